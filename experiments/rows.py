"""Rows of the small tables, typed, for those who write sentences and not tables."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from experiments.compare import summary
from experiments.intervals import LEVEL


class Difference(NamedTuple):
    """One row of a comparison: means of both scenarios, mean difference and its interval."""

    indicator: str
    base: float
    other: float
    difference: float
    low: float
    high: float
    n: int
    unit: str


class Mean(NamedTuple):
    """One indicator of one scenario: mean over seeds and its interval."""

    indicator: str
    mean: float
    low: float
    high: float
    n: int


def differences(comparison: pd.DataFrame) -> dict[str, Difference]:
    """Return the rows of a comparison by indicator, in its order."""
    rows = comparison[list(Difference._fields)].itertuples(index=False, name=None)
    return {str(row[0]): Difference(*row) for row in rows}


def means(indicators: pd.DataFrame, scenario: str, level: float = LEVEL) -> dict[str, Mean]:
    """Return a scenario's indicators with their intervals, in the order of the table."""
    rows = summary(indicators, scenario, level)[list(Mean._fields)].itertuples(index=False, name=None)
    return {str(row[0]): Mean(*row) for row in rows}
