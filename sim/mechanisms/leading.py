"""Leading: residents lead the work for their place, or step back where others do too much of it (E22c).

    R' = R + g_R U S (1 - R) - k_c [out - out_0]+ (1 - U) R + d_R (R_0 - R),      out = work / (work + k_res adults)

Where residents lead, new hosts come forward (succession).

| symbol | here |
|---|---|
| R, U, S | regions.lead, regions.understanding, chances.spark |
| g_R, k_c, out_0, k_res | leading.growth, crowding_out, bearable, residents_work |
| d_R, R_0 | leading.back, usual |
| work | tally.work (halves) |

Reads tally.work, regions.understanding, chances.spark. Writes regions.lead. Draws nothing. MODEL.md 7.26.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import F64
from sim.world import World


def leading(w: World) -> None:
    """Let residents take or lose the lead."""
    p, reg = w.parameters.leading, w.state.regions
    lead, u = reg.lead, reg.understanding
    gained = p.growth * u * w.chances.spark * (1.0 - lead) + p.back * (p.usual - lead)
    lost = p.crowding_out * np.maximum(outsiders_share(w) - p.bearable, 0.0) * (1.0 - u) * lead
    lead[...] = np.clip(lead + gained - lost, 0.0, 1.0)


def outsiders_share(w: World) -> F64:
    """Return the share of the month's work for the place that people from elsewhere did (R,)."""
    work = w.tally.work.sum(axis=1) / 2.0
    both = work + w.parameters.leading.residents_work * w.geometry.adults
    return np.divide(work, both, out=np.zeros_like(work), where=both > 0.0)
