"""Visiting: ties bring visits, and visits cost the time of the people who receive them (E8, E9).

    h_v = f_st f (0.4 + 1.2 q) exp(-beta_v tau) (1 + b_E (1 - exp(-n_e / 12)))      visits ~ Poisson(h_v)
    minutes of a visit = 60 h_st (1 - eps q) (1 - k_o o) (1 - mu)

A tie without visits has a contact with probability p_NV. Exchange, work and direct visits fall on the tie's
host by name; hobby visits fall on the hosts of the place together. Load is counted in whole minutes,
that of a hobby visit, a few minutes, in seconds.

| symbol | here |
|---|---|
| f_st, beta_v, b_E, p_NV | visit.hobby ... direct, distance, event_draw, online_contact |
| h_st, eps, o, k_o | load.hobby ... direct, experience, shared_doing, shared_saving |
| mu, n_e | levels.intermediary, levels.events |

Reads ties, people, levels. Writes ties.visits, tally.visits, work, minutes, pooled. Draws VISIT (how many).
MODEL.md 7.11.
"""

from __future__ import annotations

import numpy as np

from sim.draws import VISIT, draw
from sim.jit import kernel
from sim.numeric import block_of, exp, poisson
from sim.state import FREE, HOBBY, LATENT, ONLINE, SLOTS, WORK
from sim.world import World


@kernel
def travel(
    lo, hi, rows, seed, month, p, frequency, cost, experience, starts, reach, draw_by_events, cheaper, mobilities,
    mobility, skill, stage, place, strength, host, visits, visited, work, minutes, pooled,
):  # fmt: skip
    """Let the ties of people rows[lo:hi] bring visits."""
    home = block_of(starts, rows[lo])
    for j in range(lo, hi):
        i = rows[j]
        while i >= starts[home + 1]:
            home += 1
        for k in range(SLOTS):
            st = stage[i, k]
            visits[i, k] = 0
            if st == FREE or st == LATENT:
                continue
            u, _, _, _ = draw(seed, VISIT, month, i, place[i, k] + 1)
            if st == ONLINE:
                visits[i, k] = 1 if u < p.online_contact else 0
                continue
            r, q = place[i, k], np.float64(strength[i, k])
            mean = frequency[st] * mobilities[mobility[i]] * (0.4 + 1.2 * q) * np.float64(reach[home, r])
            n = poisson(u, mean * draw_by_events[r])
            if n == 0:
                continue
            visits[i, k] = n
            visited[r] += n
            spent = n * 60.0 * cost[st] * (1.0 - experience * q) * cheaper[r]
            if st == HOBBY:
                pooled[r] += int(60.0 * spent + 0.5)
            else:
                minutes[host[i, k]] += int(spent + 0.5)
                work[r, skill[i]] += 2 * n if st >= WORK else n


def visiting(w: World) -> None:
    """Let ties bring visits."""
    v, load, g, lv = w.parameters.visit, w.parameters.load, w.geometry, w.levels
    frequency = np.array([0.0, 0.0, v.hobby, v.exchange, v.work, v.direct])
    cost = np.array([0.0, 0.0, load.hobby, load.exchange, load.work, load.direct])
    more = 1.0 + v.event_draw * (1.0 - exp(-lv.events / 12.0))
    cheaper = (1.0 - load.shared_saving * load.shared_doing) * (1.0 - lv.intermediary)
    people, t = w.state.people, w.state.ties
    w.crew.each_tied(
        travel, np.uint64(w.seed), w.month, v, frequency, cost, load.experience, g.starts, g.reach, more,
        cheaper, w.tables.mobility, people.mobility, people.skill,
        t.stage, t.place, t.strength, t.host, t.visits,
        tallies=[[getattr(x, n) for x in w.tallies] for n in ("visits", "work", "minutes", "pooled")],
    )  # fmt: skip
