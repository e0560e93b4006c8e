"""Whether the ensemble still looks like the survey: its members run again, and set beside the targets."""

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.calibration.runs import Book, Figures, Progress, ask
from experiments.calibration.targets import Target, targets
from experiments.ensemble import Ensemble
from experiments.intervals import quantile_interval
from experiments.members import chosen

INSIDE, OUTSIDE, EXCUSED = "inside", "outside", "excused"
TIMES = 4
"""Runs of the median member, each with luck of its own: it is the one that has to be inside."""


def check(
    ensemble: Ensemble, members: int, persons_per_agent: float, book: Book, progress: Progress | None = None
) -> pd.DataFrame:
    """Run members again and compare them with the targets.

    Args:
        ensemble: The ensemble of a world.
        members: How many of them, spread evenly.
        persons_per_agent: Adults for whom one simulated person stands.
        book: Makes the runs.
        progress: Called with (runs done, runs in all).

    Returns:
        One row a target: id, low, value, high (of the target), median_member (mean of `TIMES` runs), model, model_low,
        model_high (median and 90% interval of the members), verdict, reason.
    """
    tried = chosen(ensemble, members, "--members")
    # Seeds far from those of the fit: a set that was accepted by luck has to do without it.
    asked = [ask(ensemble.median, 9_000 + at, persons_per_agent) for at in range(TIMES)]
    asked += [ask(member, 9_100 + at, persons_per_agent) for at, member in enumerate(tried)]
    rows = book.figures(asked, progress)
    return table(targets(ensemble.world), rows[:TIMES], rows[TIMES:])


def table(asked: tuple[Target, ...], median: list[Figures], members: list[Figures]) -> pd.DataFrame:
    """Return the comparison of runs of the median member and of all members with targets."""
    lines = []
    for t in asked:
        middle = float(np.mean([row[t.measure] for row in median]))
        model, low, high = quantile_interval([row[t.measure] for row in members])
        lines.append({
            "id": t.id, "low": t.low, "value": t.value, "high": t.high, "unit": t.unit, "median_member": middle,
            "model": model, "model_low": low, "model_high": high,
            "verdict": verdict(t, middle), "reason": t.reason,
        })  # fmt: skip
    return pd.DataFrame(lines)


def verdict(target: Target, value: float) -> str:
    """Return whether the median member is inside a target's tolerance, or excused by a reason."""
    if target.holds(value):
        return INSIDE
    return EXCUSED if target.reason else OUTSIDE
