"""Interest: rises by information and by people around who have ties, and falls back (E1).

    x' = x + d_x (x0 + (1 - x0) min(1, k_sch school / 100) - x) + (1 - x) (k_inf information / 100 + beta_s phi_h + k_news max z)

phi_h is the share of residents of the home with a live tie. The jump at a new tie is made where the tie is
made (search). The rule is linear in x, so that whoever does nothing can be brought up to date later.

| symbol | here |
|---|---|
| x, x0 | people.interest, people.setpoint |
| d_x, beta_s, k_inf, k_sch, k_news | interest.forgetting, peers, told, school, news |
| information, school, z | levels.information, levels.school_programmes, shocks.help |
| phi_h | census.home[:, TIED] / residents |

Reads census.home, levels, shocks. Writes people.interest. Draws nothing. MODEL.md 7.9.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import F64
from sim.jit import inlined, kernel
from sim.numeric import block_of
from sim.state import TIED
from sim.world import World


@inlined
def drifted(x, x0, forgetting, push, school):
    """Return x after a month, before meetings (E1)."""
    x += forgetting * (x0 + (1.0 - x0) * school - x) + (1.0 - x) * push
    return max(0.0, min(x, 1.0))


@kernel
def drift(lo, hi, forgetting, starts, push, school, setpoints, setpoint, interest):
    """Move the interest of people [lo, hi)."""
    home = block_of(starts, lo)
    for i in range(lo, hi):
        while i >= starts[home + 1]:
            home += 1
        x0 = setpoints[setpoint[i]]
        interest[i] = drifted(np.float64(interest[i]), x0, forgetting, push[home], school[home])


def pushes(w: World) -> tuple[F64, F64]:
    """Return what information, neighbours and news do to interest, and what schools do (both (R,))."""
    p = w.parameters.interest
    residents = np.maximum(np.diff(w.geometry.starts), 1)
    push = p.told * w.levels.information / 100.0 + p.peers * w.state.census.home[:, TIED] / residents
    push += p.news * w.shocks.help.max()
    return push, np.minimum(1.0, p.school * w.levels.school_programmes / 100.0)


def interest(w: World) -> None:
    """Let interest rise and fall."""
    people = w.state.people
    w.crew.each(
        drift, w.parameters.interest.forgetting, w.geometry.starts, *pushes(w), w.tables.setpoint,
        people.setpoint, people.interest,
    )  # fmt: skip
