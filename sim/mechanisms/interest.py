"""Interest: rises by information and by people around who have ties, and falls back (E1).

    x' = x + d_x (x0 - x) + (1 - x) (p_info + beta_s phi_h)

phi_h is the share of residents of the home with a live tie. The jump at a new tie is made where the tie is
made (search). The rule is linear in x, so that whoever does nothing can be brought up to date later.

| symbol | here |
|---|---|
| x, x0 | people.interest, people.setpoint |
| d_x, beta_s | interest.forgetting, interest.peers |
| p_info | levels.information / 100 |
| phi_h | census.home[:, TIED] / residents |

Reads census.home, levels. Writes people.interest. Draws nothing. MODEL.md 7.5.
"""

from __future__ import annotations

import numpy as np

from sim.jit import kernel
from sim.numeric import block_of
from sim.state import TIED
from sim.world import World


@kernel
def drift(lo, hi, forgetting, starts, push, setpoints, setpoint, interest):
    """Move the interest of people [lo, hi)."""
    home = block_of(starts, lo)
    for i in range(lo, hi):
        while i >= starts[home + 1]:
            home += 1
        x = np.float64(interest[i])
        x += forgetting * (setpoints[setpoint[i]] - x) + (1.0 - x) * push[home]
        interest[i] = min(x, 1.0)


def interest(w: World) -> None:
    """Let interest rise and fall."""
    p, g, people = w.parameters.interest, w.geometry, w.state.people
    residents = np.maximum(np.diff(g.starts), 1)
    push = w.levels.information / 100.0 + p.peers * w.state.census.home[:, TIED] / residents
    w.crew.each(drift, p.forgetting, g.starts, push, w.tables.setpoint, people.setpoint, people.interest)
