"""Visiting: ties bring visits, and visits cost the time of the people who receive them (E8, E9).

    h_v = f_st f' (0.4 + 1.2 q) exp(-beta_v tau' - beta_y [y_tau tau' - paid]+) (1 + b_E (1 - exp(-n_e (1 - online) / 12)))
          (1 + b_H (1 - exp(-hub days / 20))) (1 - travel [far])                      visits ~ Poisson(h_v)
    f' = (f + k_bar fund [1 - f]+) (1 + k_ft free),   tau' = max(tau - saved / 60, min(tau, 1/4))
    minutes of a visit = 60 h_st (1 - eps q) (1 - k_o o) (1 - mu)

A tie without visits has a contact with probability p_NV. Exchange, work and direct visits fall on the tie's
host by name; hobby visits fall on the hosts of the place together. Load is counted in whole minutes,
that of a hobby visit, a few minutes, in seconds.

| symbol | here |
|---|---|
| f_st, beta_v, beta_y, y_tau | visit.hobby ... direct, distance, cost, fare |
| b_E, b_H, k_bar, p_NV | visit.event_draw, hub_draw, barrier, online_contact |
| k_ft | search.free_time |
| h_st, eps, k_o | load.hobby ... direct, experience, shared_saving |
| mu, n_e, online, o, hub, days | levels.intermediary, events, online_share, shared_doing, hub, open_days |
| saved, paid, fund, free | levels.transport, travel_subsidy, barrier_fund, free_time |
| travel | shocks.travel |

Reads ties, people, levels, shocks. Writes ties.visits, tally.visits, work, minutes, pooled. Draws VISIT (how many).
MODEL.md 7.15.
"""

from __future__ import annotations

import math

import numpy as np

from sim.draws import VISIT, draw
from sim.jit import helper, kernel
from sim.numeric import block_of, exp, poisson
from sim.state import FREE, HOBBY, LATENT, ONLINE, SLOTS, WORK
from sim.world import NEAR_HOURS, World

SHORTEST = 0.25
"""Hours under which faster transport cannot bring a trip."""


@helper
def reach(p, hours, saved, paid):
    """Return how travel time and fare thin out visits, after minutes saved and fares paid (E8)."""
    hours = max(hours - saved, min(hours, SHORTEST))
    return math.exp(-p.distance * hours - p.cost * max(p.fare * hours - paid, 0.0))


@kernel
def travel(
    lo, hi, rows, seed, month, p, frequency, cost, experience, starts, hours, saved, paid, drawn, possible, helped, free,
    cheaper, mobilities, mobility, skill, stage, place, strength, host, visits, visited, work, minutes, pooled,
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
            f = mobilities[mobility[i]]
            f = (f + helped[r] * max(1.0 - f, 0.0)) * free[home]
            mean = (
                frequency[st]
                * f
                * (0.4 + 1.2 * q)
                * reach(p, np.float64(hours[home, r]), saved[r], paid[r])
                * drawn[r]
            )
            if hours[home, r] >= NEAR_HOURS:
                mean *= possible[r]
            n = poisson(u, mean)
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
    drawn = 1.0 + v.event_draw * (1.0 - exp(-lv.events * (1.0 - lv.online_share) / 12.0))
    drawn *= 1.0 + v.hub_draw * (1.0 - exp(-lv.hub * lv.open_days / 20.0))
    cheaper = (1.0 - load.shared_saving * lv.shared_doing) * (1.0 - lv.intermediary)
    free = 1.0 + w.parameters.search.free_time * lv.free_time
    people, t = w.state.people, w.state.ties
    w.crew.each_tied(
        travel, np.uint64(w.seed), w.month, v, frequency, cost, load.experience, g.starts, g.hours, lv.transport / 60.0,
        lv.travel_subsidy, drawn, 1.0 - w.shocks.travel, v.barrier * lv.barrier_fund, free, cheaper, w.tables.mobility, people.mobility, people.skill,
        t.stage, t.place, t.strength, t.host, t.visits,
        tallies=[[getattr(x, n) for x in w.tallies] for n in ("visits", "work", "minutes", "pooled")],
    )  # fmt: skip
