"""Sparking: varied people touch residents and each other off (E22).

    H = - sum p ln p / ln 15        p: shares of participants by type (3) and skill (5)
    S = sigma_0 dens / (dens + d_0) H^nu_H,     dens = participants / adults

| symbol | here |
|---|---|
| participants | census.participants |
| sigma_0, d_0, nu_H | spark.strength, density, diversity |
| H, S | chances.diversity, chances.spark |

Reads census.participants. Writes chances.diversity, chances.spark. Draws nothing. MODEL.md 7.5.
"""

from __future__ import annotations

import math

import numpy as np

from sim.jit import kernel
from sim.world import World


@kernel
def touch_off(lo, hi, p, adults, participants, diversity, spark):
    """Set diversity and spark of places [lo, hi)."""
    kinds = participants.shape[1] * participants.shape[2]
    for r in range(lo, hi):
        total = 0
        for n in participants[r].flat:
            total += n
        entropy = 0.0
        for n in participants[r].flat:
            if n > 0:
                entropy -= n / total * math.log(n / total)
        diversity[r] = entropy / math.log(kinds)
        dens = total / adults[r] if adults[r] > 0.0 else 0.0
        spark[r] = p.strength * dens / (dens + p.density) * diversity[r] ** p.diversity if total > 0 else 0.0


def sparking(w: World) -> None:
    """Set how far varied people touch each other off."""
    c = w.chances
    touch_off(
        0, len(w.places), w.parameters.spark, w.geometry.adults, np.ascontiguousarray(w.state.census.participants),
        c.diversity, c.spark,
    )  # fmt: skip
