"""Hours that hosts can use (E11)."""

from __future__ import annotations

import numpy as np

from sim.arrays import F64
from sim.jit import helper, kernel
from sim.state import ACTIVE, RESTING
from sim.world import World

USUAL_UNDERSTANDING = 0.7
"""Understanding at which a host can use all hours (E11)."""


@helper
def usable_minutes(p, factor, capacity, exhaustion, understanding):
    """Return c_a^eff in minutes: hours that understanding allows and exhaustion leaves.

    c_a^eff = c_a e (1 - u_c + u_c U / 0.7) (1 - B), with e = `factor` for damage and host bodies
    """
    welcome = 1.0 - p.welcome_share + p.welcome_share * understanding / USUAL_UNDERSTANDING
    return 60.0 * np.float64(capacity) * factor * welcome * (1.0 - np.float64(exhaustion))


@kernel
def fill_usable(lo, hi, p, host_starts, factor, understanding, capacity, exhaustion, out):
    """Fill the usable minutes of all host places of places [lo, hi)."""
    for r in range(lo, hi):
        for a in range(host_starts[r], host_starts[r + 1]):
            out[a] = usable_minutes(p, factor[r], capacity[a], exhaustion[a], understanding[r])


def hours_factor(w: World) -> F64:
    """Return e, what damage and host bodies do to the hours of hosts (R,)."""
    p, g = w.parameters.hosting, w.geometry
    usual = p.capacity * np.maximum(np.diff(g.host_starts), 1)
    return (1.0 - w.shocks.damage) * (1.0 + p.body * w.levels.host_bodies * g.units / usual)


def usable_by_host(w: World, factor: F64) -> F64:
    """Return the minutes that hosts can use now (A,), for the factor of their place."""
    h = w.state.hosts
    usable = np.zeros(len(h.status))
    fill_usable(
        0, len(w.places), w.parameters.hosting, w.geometry.host_starts, factor, w.state.regions.understanding,
        h.capacity, h.exhaustion, usable,
    )  # fmt: skip
    return usable


def mean_use(w: World, factor: F64) -> F64:
    """Return the hours asked of the hosts at work last month over the hours that they can use now (R,)."""
    h, home = w.state.hosts, w.geometry.host_home
    at_work = (h.status == ACTIVE) | (h.status == RESTING)
    usable = usable_by_host(w, factor)
    asked = np.bincount(home, weights=h.minutes * at_work, minlength=len(w.places))
    able = np.bincount(home, weights=usable * at_work, minlength=len(w.places))
    return np.divide(asked, able, out=np.zeros(len(w.places)), where=able > 0.0)
