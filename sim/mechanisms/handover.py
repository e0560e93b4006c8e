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

from sim.arrays import F64
from sim.draws import HANDOVER, draw
from sim.jit import inlined, kernel
from sim.state import GONE, LATENT, SLOTS
from sim.ties import end, pick_host
from sim.world import World

ASLEEP = -1.0
"""A number below any chance: the tie falls asleep for certain."""


@inlined
def pass_on_tie(
    i, k, seed, month, loss, moves, status, host_starts, host_cdf,
    stage, place, strength, host, born, kind, ended, spells,
):  # fmt: skip
    """Pass on the tie in slot k of person i, whose host is gone or burnt out, if so drawn."""
    a = host[i, k]
    u0, u1, _, _ = draw(seed, HANDOVER, month, i, place[i, k] + 1)
    if u0 < moves[a]:
        other = pick_host(place[i, k], u1, host_starts, host_cdf)
        if other >= 0:
            host[i, k] = other
            if other != a:
                strength[i, k] = np.float64(strength[i, k]) * (1.0 - loss)
            return
    if status[a] == GONE:
        end(i, k, ASLEEP, 1.0, month, stage, place, strength, host, born, kind, ended, spells)


@kernel
def pass_on(
    lo, hi, rows, seed, month, loss, moves, status, host_starts, host_cdf,
    stage, place, strength, host, born, kind, ended, spells,
):  # fmt: skip
    """Pass on the ties of people rows[lo:hi] whose host is gone or burnt out."""
    for j in range(lo, hi):
        i = rows[j]
        for k in range(SLOTS):
            a = host[i, k]
            if a >= 0 and stage[i, k] != LATENT and moves[a] >= 0.0:
                pass_on_tie(
                    i, k, seed, month, loss, moves, status, host_starts, host_cdf,
                    stage, place, strength, host, born, kind, ended, spells,
                )  # fmt: skip


def passing(w: World) -> F64:
    """Return the probability that a host's tie is handed over this month (A,); -1 for hosts who keep theirs."""
    p, h = w.parameters.succession, w.state.hosts
    shared = w.levels.coordination[w.geometry.host_home]
    tired = h.exhaustion.astype(np.float64) > p.relief_above
    relieved = np.where(tired & (shared > 0.0), p.relief * shared, -1.0)
    return np.where(h.status == GONE, p.handed_over + (1.0 - p.handed_over) * shared, relieved)


def handover(w: World) -> None:
    """Pass on ties."""
    t = w.state.ties
    w.crew.each_tied(
        pass_on, np.uint64(w.seed), w.month, w.parameters.succession.handover_loss, passing(w),
        w.state.hosts.status, w.geometry.host_starts, w.chances.host,
        t.stage, t.place, t.strength, t.host, t.born, t.kind,
        tallies=[[x.ended for x in w.tallies], [x.spells for x in w.tallies]],
    )  # fmt: skip
