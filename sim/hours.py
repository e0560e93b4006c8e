"""Hours that hosts can use (E11)."""

from __future__ import annotations

import numpy as np

from sim.jit import helper, kernel

USUAL_UNDERSTANDING = 0.7
"""Understanding at which a host can use all hours (E11)."""


@helper
def usable_minutes(p, capacity, exhaustion, understanding):
    """Return c_a^eff in minutes: hours that understanding allows and exhaustion leaves.

    c_a^eff = c_a (1 - u_c + u_c U / 0.7) (1 - B)
    """
    welcome = 1.0 - p.welcome_share + p.welcome_share * understanding / USUAL_UNDERSTANDING
    return 60.0 * np.float64(capacity) * welcome * (1.0 - np.float64(exhaustion))


@kernel
def fill_usable(lo, hi, p, host_starts, understanding, capacity, exhaustion, out):
    """Fill the usable minutes of all host places of places [lo, hi)."""
    for r in range(lo, hi):
        for a in range(host_starts[r], host_starts[r + 1]):
            out[a] = usable_minutes(p, capacity[a], exhaustion[a], understanding[r])
