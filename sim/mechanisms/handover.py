"""Handover: ties whose host has gone, or is burnt out, pass to another host (E19).

When a host stops, each tie is handed over with probability rho_h + (1 - rho_h) lambda, else it falls
asleep. Under coordination, ties of burnt-out hosts (B > B_rel) are moved with probability k_rel lambda a month.
A handed-over tie loses a part hloss of its strength, because trust was in the person.

| symbol | here |
|---|---|
| rho_h | succession.handed_over |
| k_rel, B_rel | succession.relief, succession.relief_above |
| hloss | succession.handover_loss |
| lambda | levels.coordination |

Reads ties, hosts, chances.host, levels. Writes ties, tally.ended, tally.spells. Draws HANDOVER (whether,
who). MODEL.md 7.13.
"""

from __future__ import annotations

import numpy as np

from sim.draws import HANDOVER, draw
from sim.jit import kernel
from sim.state import GONE, LATENT, SLOTS
from sim.ties import end, pick_host
from sim.world import World

ASLEEP = -1.0
"""A number below any chance: the tie falls asleep for certain."""


@kernel
def pass_on(
    lo, hi, rows, seed, month, p, coordination, status, exhaustion, host_starts, host_cdf,
    stage, place, strength, host, born, kind, ended, spells,
):  # fmt: skip
    """Pass on the ties of people rows[lo:hi] whose host is gone or burnt out."""
    for j in range(lo, hi):
        i = rows[j]
        for k in range(SLOTS):
            a = host[i, k]
            if a < 0 or stage[i, k] == LATENT:
                continue
            lam = coordination[place[i, k]]
            gone = status[a] == GONE
            if gone:
                moves = p.handed_over + (1.0 - p.handed_over) * lam
            elif np.float64(exhaustion[a]) > p.relief_above:
                moves = p.relief * lam
            else:
                continue
            u0, u1, _, _ = draw(seed, HANDOVER, month, i, place[i, k] + 1)
            if u0 < moves:
                other = pick_host(place[i, k], u1, host_starts, host_cdf)
                if other >= 0:
                    host[i, k] = other
                    if other != a:
                        strength[i, k] = np.float64(strength[i, k]) * (1.0 - p.handover_loss)
                    continue
            if gone:
                end(i, k, ASLEEP, 1.0, month, stage, place, strength, host, born, kind, ended, spells)


def handover(w: World) -> None:
    """Pass on ties."""
    t, h = w.state.ties, w.state.hosts
    w.crew.each_tied(
        pass_on, np.uint64(w.seed), w.month, w.parameters.succession,
        w.levels.coordination, h.status, h.exhaustion, w.geometry.host_starts, w.chances.host,
        t.stage, t.place, t.strength, t.host, t.born, t.kind,
        tallies=[[x.ended for x in w.tallies], [x.spells for x in w.tallies]],
    )  # fmt: skip
