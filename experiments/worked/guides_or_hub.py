"""Guides or hubs, for the same yen? Two packaged scenarios that cost the same, against doing nothing more."""

from __future__ import annotations

import pandas as pd

from experiments.members import Progress
from experiments.worked.record import Answer, Experiment, Figure, Settings, figures_of, side, spread, tabled
from experiments.worked.swept import by_repetition, over_members, packaged

BASE, GUIDES, HUBS = "baseline", "guides_only", "hubs_only"
MEASURES = {"lasting_ties": "ties", "direct_contributors": "people", "persistence_12": "points"}
FIRST = "lasting_ties"


def _run(settings: Settings, report: Progress | None) -> pd.DataFrame:
    scenarios = [packaged(name, settings) for name in (BASE, GUIDES, HUBS)]
    return over_members("guides_or_hub", scenarios, settings, report)


def table(runs: pd.DataFrame) -> pd.DataFrame:
    """Return what each adds to doing nothing more, and what hubs add to guides."""
    rows = []
    for measure, unit in MEASURES.items():
        wide = by_repetition(runs, measure)
        gaps = {"guides": (GUIDES, BASE), "hubs": (HUBS, BASE), "hubs_less_guides": (HUBS, GUIDES)}
        rows += [spread(row, measure, wide[a] - wide[b], unit) for row, (a, b) in gaps.items()]
    return tabled(rows)


def answer(found: pd.DataFrame) -> Answer:
    """Return which brings more lasting ties, or that it cannot be told."""
    better = {1: "hubs", -1: "guides", 0: "undecided"}[side(found, "hubs_less_guides", FIRST)]
    gap = figures_of(found, "hubs_less_guides", FIRST)
    if better == "guides":
        mirrored = {"median": "median", "low": "high", "high": "low"}
        gap = {name: Figure(-gap[other].value, gap[other].unit) for name, other in mirrored.items()}
    return Answer(better, gap)


GUIDES_OR_HUB = Experiment(
    "guides_or_hub", 12, 1, 1000.0, _run, table, answer, ("hubs", "guides", "undecided")
)
