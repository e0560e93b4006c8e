"""Succession: hosts rest, stop, and are followed by others (E19).

    gone     a host place whose ties were handed over this month (handover) becomes empty
    empty    filled with hazard g_0 U by somebody new, rested
    active   stops with hazard w_0 exp(k_B B);  rests above B_rest, takes people again below B_back

| symbol | here |
|---|---|
| w_0, k_B | succession.withdrawal, withdrawal_tired |
| B_rest, B_back | succession.rest_above, back_below |
| g_0 | succession.recruitment |
| U | regions.understanding |

Reads hosts, regions.understanding. Writes hosts. Draws HOST (stops, filled), HOST_TRAITS (the new host).
MODEL.md 7.17.
"""

from __future__ import annotations

import math

import numpy as np

from sim.draws import HOST, draw
from sim.jit import kernel
from sim.numeric import happens
from sim.population import new_host
from sim.state import ACTIVE, EMPTY, GONE, RESTING
from sim.world import World


@kernel
def succeed(
    lo, hi, seed, month, p, host_starts, understanding, capacities, opennesses,
    status, capacity, exhaustion, openness, past,
):  # fmt: skip
    """Let the hosts of places [lo, hi) rest, stop and be followed."""
    for r in range(lo, hi):
        for a in range(host_starts[r], host_starts[r + 1]):
            if status[a] == GONE:
                status[a] = EMPTY
                exhaustion[a] = 0.0
                continue
            u0, u1, _, _ = draw(seed, HOST, month, a, 0)
            if status[a] == EMPTY:
                if happens(u1, p.recruitment * understanding[r]):
                    new_host(a, seed, month, capacities, opennesses, capacity, openness, exhaustion)
                    status[a] = ACTIVE
                    past[a, :] = 0
                continue
            b = np.float64(exhaustion[a])
            if happens(u0, p.withdrawal * math.exp(p.withdrawal_tired * b)):
                status[a] = GONE
            elif b > p.rest_above:
                status[a] = RESTING
            elif b < p.back_below:
                status[a] = ACTIVE


def succession(w: World) -> None:
    """Let hosts rest, stop and be followed."""
    h, tables = w.state.hosts, w.tables
    succeed(
        0, len(w.places), np.uint64(w.seed), w.month, w.parameters.succession, w.geometry.host_starts,
        w.state.regions.understanding, tables.capacity, tables.host_openness,
        h.status, h.capacity, h.exhaustion, h.openness, h.past,
    )  # fmt: skip
