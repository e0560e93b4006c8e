"""How long must a subsidy last? Private bodies that are subsidised for some years, looked at five years after it ends.

What is left then is compared with the same month of a run without any body.
"""

from __future__ import annotations

import pandas as pd

from experiments.members import Progress
from experiments.worked.record import Answer, Experiment, Settings, figures_of, spread, tabled
from experiments.worked.swept import by_repetition, over_members, packaged
from sim.scenario import Scenario

YEARS = (2, 4, 6, 8, 10)
LATER = 60
"""Months after the end of the subsidy at which is looked."""

LEFT, OWN_FEET, HALF = "direct_contributors", "self_running", 50.0


def _run(settings: Settings, report: Progress | None) -> pd.DataFrame:
    subsidised, quiet = packaged("after_subsidy", settings), packaged("baseline", settings)
    pairs = [(_quiet(quiet, y), _lasting(subsidised, y)) for y in YEARS]
    return over_members("subsidy_years", [s for pair in pairs for s in pair], settings, report)


def _lasting(scenario: Scenario, years: int) -> Scenario:
    measures = tuple(
        m.model_copy(update={"last": 12 * years}) if m.lever == "subsidy" else m for m in scenario.measures
    )
    months = 12 * years + LATER
    return scenario.model_copy(update={"name": row_of(years), "measures": measures, "months": months})


def _quiet(scenario: Scenario, years: int) -> Scenario:
    return scenario.model_copy(update={"name": nothing(years), "months": 12 * years + LATER})


def row_of(years: int) -> str:
    """Return the row of a length of the subsidy."""
    return f"years_{years}"


def nothing(years: int) -> str:
    """Return the name of the scenario without a body that runs as long."""
    return f"nothing_{years}"


def table(runs: pd.DataFrame) -> pd.DataFrame:
    """Return what is left behind, and the share of places whose body stands on its own feet."""
    people, running = by_repetition(runs, LEFT), by_repetition(runs, OWN_FEET)
    rows = [spread(row_of(y), LEFT, people[row_of(y)] - people[nothing(y)], "people") for y in YEARS]
    return tabled(
        rows + [spread(row_of(y), OWN_FEET, running[row_of(y)], "% of places with a body") for y in YEARS]
    )


def answer(found: pd.DataFrame) -> Answer:
    """Return the shortest subsidy after which half of the bodies run themselves, or what the shortest and longest leave."""
    for years in YEARS:
        here = figures_of(found, row_of(years), OWN_FEET)
        if here["median"].value >= HALF:
            return Answer("enough", here, {"years": row_of(years)})
    longest, shortest = row_of(YEARS[-1]), row_of(YEARS[0])
    left = figures_of(found, longest, LEFT) | figures_of(found, shortest, LEFT, "short_")
    return Answer("never", left | figures_of(found, longest, OWN_FEET, "own_"))


SUBSIDY_YEARS = Experiment("subsidy_years", 12, 1, 1000.0, _run, table, answer, ("enough", "never"))
