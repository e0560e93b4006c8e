"""Burnout: hosts tire under load and recover with slack (E18).

    u = L / (c e (1 - u_c + u_c U / 0.7) (1 - xi B)),   s = 1 / (1 + exp(-k_s (u - 1)))
    B' = B + a_B s (1 - B) - r_B (1 - s) B            fixed point B* = a_B s / (a_B s + r_B (1 - s))

Convex below full use, concave above: sharing the same load more evenly helps as long as there is slack on average.

| symbol | here |
|---|---|
| L, c, B | hosts.minutes, capacity, exhaustion |
| a_B, r_B, k_s, xi | burnout.tiring, recovery, steepness, lost_capacity |

Reads hosts, regions.understanding, chances.hours (e). Writes hosts.exhaustion. Draws nothing. MODEL.md 7.21.
"""

from __future__ import annotations

import numpy as np

from sim.hours import usable_minutes
from sim.jit import helper, kernel
from sim.numeric import exponential
from sim.state import EMPTY
from sim.world import World

NO_MINUTES = 1e-9
"""Stands for usable minutes of 0: no load is then no use, any load is more than enough."""


@helper
def strain(p, use):
    """Return s, the share of a month that tires at a use of capacity."""
    return 1.0 / (1.0 + exponential(-p.steepness * (min(use, 50.0) - 1.0)))


@helper
def tired(p, exhaustion, use):
    """Return B after a month at a use of capacity (E18)."""
    s = strain(p, use)
    return exhaustion + p.tiring * s * (1.0 - exhaustion) - p.recovery * (1.0 - s) * exhaustion


@kernel
def tire(lo, hi, p, hosting, host_starts, factor, understanding, status, capacity, minutes, exhaustion):
    """Let the hosts of places [lo, hi) tire or recover."""
    for r in range(lo, hi):
        for a in range(host_starts[r], host_starts[r + 1]):
            if status[a] == EMPTY:
                continue
            b = np.float64(exhaustion[a])
            rested = usable_minutes(hosting, factor[r], capacity[a], 0.0, understanding[r])
            exhaustion[a] = tired(p, b, minutes[a] / max(rested * (1.0 - p.lost_capacity * b), NO_MINUTES))


def burnout(w: World) -> None:
    """Let hosts tire or recover."""
    h = w.state.hosts
    w.crew.each_place(
        tire, w.parameters.burnout, w.parameters.hosting, w.geometry.host_starts,
        w.chances.hours, w.state.regions.understanding, h.status, h.capacity, h.minutes, h.exhaustion,
    )  # fmt: skip
