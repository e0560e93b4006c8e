"""How long must a subsidy last? Private bodies that are subsidised for some years, looked at five years after it ends."""

from __future__ import annotations

import pandas as pd

from experiments.members import Progress
from experiments.worked.record import Answer, Experiment, Settings, figures_of, spread, tabled
from experiments.worked.swept import by_repetition, over_members, packaged
from sim.scenario import Scenario

YEARS = (2, 4, 6, 8, 10)
LATER = 60
"""Months after the end of the subsidy at which is looked."""

FIRST, HALF = "self_running", 50.0


def _run(settings: Settings, report: Progress | None) -> pd.DataFrame:
    subsidised = packaged("after_subsidy", settings)
    return over_members("subsidy_years", [_lasting(subsidised, y) for y in YEARS], settings, report)


def _lasting(scenario: Scenario, years: int) -> Scenario:
    measures = tuple(
        m.model_copy(update={"last": 12 * years}) if m.lever == "subsidy" else m for m in scenario.measures
    )
    months = 12 * years + LATER
    return scenario.model_copy(update={"name": row_of(years), "measures": measures, "months": months})


def row_of(years: int) -> str:
    """Return the row of a length of the subsidy."""
    return f"years_{years}"


def table(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the share of places whose body stands on its own feet, and what ten years bring over two."""
    wide = by_repetition(runs, FIRST)
    rows = [spread(row_of(y), FIRST, wide[row_of(y)], "% of places with a body") for y in YEARS]
    gain = wide[row_of(YEARS[-1])] - wide[row_of(YEARS[0])]
    return tabled([*rows, spread("longest_less_shortest", "gain", gain, "points")])


def answer(found: pd.DataFrame) -> Answer:
    """Return the shortest subsidy after which half of the bodies run themselves, or that none in the range does."""
    for years in YEARS:
        here = figures_of(found, row_of(years), FIRST)
        if here["median"].value >= HALF:
            return Answer("enough", here, {"years": row_of(years)})
    last = figures_of(found, row_of(YEARS[-1]), FIRST)
    return Answer("never", last | figures_of(found, "longest_less_shortest", "gain", "gain_"))


SUBSIDY_YEARS = Experiment("subsidy_years", 12, 1, 1000.0, _run, table, answer, ("enough", "never"))
