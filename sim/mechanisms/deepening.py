"""Deepening: ties step up where there is room, and loosen where there is none (E15).

    hobby -> exchange     u_12 (p_enc + k_E (1 - exp(-n_e / 12))) room (0.3 + q)
    exchange -> direct    u_24 room q          exchange -> work   u_23 room q
    online -> visits      c_nv (0.3 + 2 q)     with a role (p_K): exchange, else hobby
    exchange -> hobby     d_21 (1 - room)      work, direct -> exchange   d_42 (1 - room) (1 - q)

A graph, not a ladder: steps down are normal. A step that needs a host happens only where somebody takes new ties.

| symbol | here |
|---|---|
| u_12, u_24, u_23, c_nv | deepening.hobby_to_exchange, exchange_to_direct, exchange_to_work, online_to_visit |
| d_21, d_42, k_E | deepening.down_exchange, down_involved, event_exposure |
| p_enc, p_K, room | chances.meeting, slot, room |

Reads ties, people.skill, chances, levels. Writes ties.stage, ties.host, tally.taken. Draws STEP (whether, which,
host, role). MODEL.md 7.15.
"""

from __future__ import annotations

import numpy as np

from sim.draws import STEP, draw
from sim.jit import helper, kernel
from sim.numeric import exp, happens
from sim.state import DIRECT, EXCHANGE, FREE, HOBBY, LATENT, ONLINE, SLOTS, WORK
from sim.ties import pick_host
from sim.world import World


@helper
def hazards(p, st, q, room, invited):
    """Return the hazards (direct, work, exchange, hobby) of leaving a type of tie for another (E15)."""
    if st == ONLINE:
        return 0.0, 0.0, 0.0, p.online_to_visit * (0.3 + 2.0 * q)
    if st == HOBBY:
        return 0.0, 0.0, p.hobby_to_exchange * invited * room * (0.3 + q), 0.0
    if st == EXCHANGE:
        up = room * q
        return p.exchange_to_direct * up, p.exchange_to_work * up, 0.0, p.down_exchange * (1.0 - room)
    return 0.0, 0.0, p.down_involved * (1.0 - room) * (1.0 - q), 0.0


@kernel
def step(
    lo, hi, rows, seed, month, p, invited, slot, room, host_starts, host_cdf, skill,
    stage, place, strength, host, taken,
):  # fmt: skip
    """Let the ties of people rows[lo:hi] step up or down."""
    for j in range(lo, hi):
        i = rows[j]
        for k in range(SLOTS):
            st = stage[i, k]
            if st == FREE or st == LATENT:
                continue
            r, s = place[i, k], skill[i]
            direct, work, exchange, hobby = hazards(p, st, np.float64(strength[i, k]), room[r, s], invited[r])
            total = direct + work + exchange + hobby
            u0, u1, u2, u3 = draw(seed, STEP, month, i, place[i, k] + 1)
            if not happens(u0, total):
                continue
            choice = u1 * total
            if choice < direct:
                to = DIRECT
            elif choice < direct + work:
                to = WORK
            else:
                to = EXCHANGE if exchange > 0.0 else HOBBY
            role = st == ONLINE and u3 < slot[r, s]
            if role:
                to = EXCHANGE
            if to == HOBBY:
                host[i, k] = -1
            elif host[i, k] < 0:
                a = pick_host(r, u2, host_starts, host_cdf)
                if a < 0:
                    continue
                host[i, k] = a
                if role:
                    taken[r, s] += 1
            stage[i, k] = to


def deepening(w: World) -> None:
    """Let ties step up or down."""
    p, c, t = w.parameters.deepening, w.chances, w.state.ties
    invited = c.meeting + p.event_exposure * (1.0 - exp(-w.levels.events / 12.0))
    w.crew.each_tied(
        step, np.uint64(w.seed), w.month, p, invited, c.slot, c.room, w.geometry.host_starts, c.host,
        w.state.people.skill, t.stage, t.place, t.strength, t.host,
        tallies=[[x.taken for x in w.tallies]],
    )  # fmt: skip
