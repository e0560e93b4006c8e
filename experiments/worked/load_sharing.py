"""How much load sharing? The share of hosting that is shared out, step by step, everywhere outside the metropolitan areas."""

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.members import Progress
from experiments.worked.record import Answer, Experiment, Settings, figures_of, spread, tabled
from experiments.worked.swept import by_repetition, over_members, packaged
from scenarios.places import load_places, resolve
from sim.levers import levers
from sim.scenario import Measure

LEVELS = (0.25, 0.4, 0.55, 0.7, 0.85, 1.0)
FIRST, ENOUGH = "lasting_ties", "sharing_for_90"
PART = 0.9
"""Part of the greatest gain that counts as nearly all of it."""


def _run(settings: Settings, report: Progress | None) -> pd.DataFrame:
    base = packaged("baseline", settings)
    others, today = resolve("other", load_places(base.places)), levers()["coordination"].today
    shared = [
        base.model_copy(
            update={
                "name": row_of(level),
                "measures": (Measure(lever="coordination", amount=level - today, places=others),),
            }
        )
        for level in LEVELS
    ]
    return over_members("load_sharing", [base, *shared], settings, report)


def row_of(level: float) -> str:
    """Return the row of a level of sharing."""
    return f"sharing_{100 * level:.0f}"


def table(runs: pd.DataFrame) -> pd.DataFrame:
    """Return gains over today's level of sharing, and the level that brings nine tenths of the greatest gain."""
    rows = []
    for measure, unit in ((FIRST, "ties"), ("burnt_out_share", "points"), ("load_gini", "0-1")):
        wide = by_repetition(runs, measure)
        rows += [spread(row_of(x), measure, wide[row_of(x)] - wide["baseline"], unit) for x in LEVELS]
    wide = by_repetition(runs, FIRST)
    gains = wide[[row_of(x) for x in LEVELS]].sub(wide["baseline"], axis=0).to_numpy()
    return tabled([*rows, spread("enough", ENOUGH, [100.0 * nearly_all(g) for g in gains], "% shared")])


def nearly_all(gains: np.ndarray) -> float:
    """Return the level, between those run, at which nine tenths of the greatest gain is first reached; NaN without gain."""
    top = float(gains.max())
    if top <= 0.0:
        return float("nan")
    levels, steps = (levers()["coordination"].today, *LEVELS), (0.0, *gains)
    at = next(i for i, gain in enumerate(steps) if gain >= PART * top)
    before, here = steps[at - 1], steps[at]
    return float(levels[at - 1] + (levels[at] - levels[at - 1]) * (PART * top - before) / (here - before))


def answer(found: pd.DataFrame) -> Answer:
    """Return the level that brings nine tenths of what sharing can, and the gain with everything shared."""
    enough = figures_of(found, "enough", ENOUGH)
    if not np.isfinite(enough["median"].value):
        return Answer("no_gain")
    return Answer("enough", enough | figures_of(found, row_of(LEVELS[-1]), FIRST, "all_"))


LOAD_SHARING = Experiment("load_sharing", 12, 1, 1000.0, _run, table, answer, ("enough", "no_gain"))
