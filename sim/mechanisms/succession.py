"""Succession: hosts rest, stop, and are followed by others (E19).

    gone     a host place whose ties were handed over this month (handover) becomes empty
    empty    filled by somebody new, rested, with hazard
             (g_0 U + g_S S) (1/2 + R) + (successors n5 / 12 + a_mh newcomers of 11 months ago) / empty places
    active   stops with hazard w_0 exp(k_B B);  rests above B_rest, takes people again below B_back

| symbol | here |
|---|---|
| w_0, k_B | succession.withdrawal, withdrawal_tired |
| B_rest, B_back | succession.rest_above, back_below |
| g_0, g_S, a_mh | succession.recruitment, spark, moving.become_host |
| U, R, S | regions.understanding, regions.lead, chances.spark |
| newcomers | regions.newcomers |

If key people leave (shocks.leavers), those at work with most ties are gone.

Reads hosts, regions, chances.spark, levels, shocks. Writes hosts. Draws HOST (stops, filled), HOST_TRAITS (the new host).
MODEL.md 7.22.
"""

from __future__ import annotations

import math

import numpy as np

from sim.draws import HOST, draw
from sim.jit import helper, kernel
from sim.numeric import exponential, happens
from sim.population import new_host
from sim.state import ACTIVE, EMPTY, GONE, RESTING, YEAR
from sim.world import World

LEFT = 9
"""Status, within this step only, of a key person who leaves this month."""


@helper
def lose_key_people(first, last, share, ties, status):
    """Mark the share of hosts at work [first, last) with most ties as leaving, the first of equals first."""
    at_work = 0
    for a in range(first, last):
        at_work += status[a] == ACTIVE or status[a] == RESTING
    for _ in range(math.ceil(share * at_work)):
        most = -1
        for a in range(first, last):
            if (status[a] == ACTIVE or status[a] == RESTING) and (most < 0 or ties[a] > ties[most]):
                most = a
        status[most] = LEFT


@kernel
def succeed(
    lo, hi, seed, month, p, host_starts, coming, trained, leavers, capacities, opennesses,
    ties, status, capacity, exhaustion, openness, past,
):  # fmt: skip
    """Let the hosts of places [lo, hi) rest, stop and be followed."""
    for r in range(lo, hi):
        first, last = host_starts[r], host_starts[r + 1]
        lose_key_people(first, last, leavers[r], ties, status)
        empty = 0
        for a in range(first, last):
            empty += status[a] == EMPTY
        filling = coming[r] + (trained[r] / empty if empty > 0 else 0.0)
        for a in range(first, last):
            if status[a] == LEFT:
                status[a] = GONE
                continue
            if status[a] == GONE:
                status[a] = EMPTY
                exhaustion[a] = 0.0
                continue
            u0, u1, _, _ = draw(seed, HOST, month, a, 0)
            if status[a] == EMPTY:
                if happens(u1, filling):
                    new_host(a, seed, month, capacities, opennesses, capacity, openness, exhaustion)
                    status[a] = ACTIVE
                    past[a, :] = 0
                continue
            b = np.float64(exhaustion[a])
            if happens(u0, p.withdrawal * exponential(p.withdrawal_tired * b)):
                status[a] = GONE
            elif b > p.rest_above:
                status[a] = RESTING
            elif b < p.back_below:
                status[a] = ACTIVE


def succession(w: World) -> None:
    """Let hosts rest, stop and be followed."""
    h, tables, p, reg = w.state.hosts, w.tables, w.parameters.succession, w.state.regions
    coming = (p.recruitment * reg.understanding + p.spark * w.chances.spark) * (0.5 + reg.lead)
    settled = reg.newcomers[:, (w.month + 1) % YEAR]  # eleven months ago: they are in their twelfth month
    trained = w.levels.successors * w.geometry.units / 12.0 + w.parameters.moving.become_host * settled
    w.crew.each_place(
        succeed, np.uint64(w.seed), w.month, p, w.geometry.host_starts,
        coming, trained, w.shocks.leavers, tables.capacity, tables.host_openness, h.ties,
        h.status, h.capacity, h.exhaustion, h.openness, h.past,
    )  # fmt: skip
