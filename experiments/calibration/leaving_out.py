"""Leave one target out: how well what was left out is foretold by all the others.

The emulators of the calibration's own runs stand in for new ones. A target that the others foretell adds little; one
that they leave open is what holds the parameters it depends on.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from experiments.calibration import matching
from experiments.calibration.emulator import Emulator
from experiments.calibration.targets import SHARE, Target, reachable
from experiments.calibration.waves import Known
from experiments.intervals import quantile_interval
from sim.arrays import F64

LIMIT = 0.8
DRAWN = 400


def left_out(known: Known, world: str, start: F64) -> pd.DataFrame:
    """Return how each target is foretold by the others.

    Args:
        known: Runs of the calibration.
        world: Its wave.
        start: Accepted positions, where the search begins (n, free).

    Returns:
        One row a target: id, value, low and high (of the target), foretold (median), foretold_low, foretold_high
        (90% of the plausible sets, each with the emulator's error), inside (whether the median is).
    """
    asked = reachable(world)
    emulator = known.emulator(asked)
    return pd.DataFrame([_one(emulator, asked, j, start) for j in range(len(asked))])


def _one(emulator: Emulator, asked: Sequence[Target], j: int, start: F64) -> dict[str, object]:
    others = [k for k in range(len(asked)) if k != j]
    some = Emulator(emulator.weights[:, others], emulator.error[others])
    rng = np.random.default_rng(j)
    begin = start[rng.integers(len(start), size=DRAWN)]
    points, _ = matching.plausible(some, [asked[k] for k in others], begin, 0.0, LIMIT, j)
    # The walls of the target that was left out no longer hold the points: they need time to spread.
    points, _ = matching.plausible(some, [asked[k] for k in others], points, 0.0, LIMIT, 1_000 + j)
    even = emulator.predict(points)[:, j] + emulator.error[j] * rng.standard_normal(len(points))
    t = asked[j]
    middle, low, high = (_back(t, v) for v in quantile_interval(even))
    return {
        "id": t.id, "value": t.value, "low": t.low, "high": t.high, "unit": t.unit,
        "foretold": middle, "foretold_low": low, "foretold_high": high, "inside": t.holds(middle),
    }  # fmt: skip


def _back(target: Target, even: float) -> float:
    return 1.0 / (1.0 + math.exp(-even)) if target.unit == SHARE else even
