"""What a worked experiment is: a question, runs, a table of one shape, and what its sentence says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from experiments.ensemble import Ensemble
from experiments.intervals import quantile_interval
from experiments.members import Progress

COLUMNS = ("row", "measure", "median", "low", "high", "unit", "n")


@dataclass(frozen=True)
class Settings:
    """How large an experiment is run, and where.

    Attributes:
        ensemble: Parameter sets.
        members: How many of them; trajectories where assumptions themselves are varied.
        replicates: Seeds for each.
        persons_per_agent: Adults for one simulated person.
        workers: Runs at a time; changes nothing but the time.
        folder: Where sweeps keep their runs.
    """

    ensemble: Ensemble
    members: int
    replicates: int
    persons_per_agent: float
    workers: int
    folder: Path


class Figure(NamedTuple):
    """One number of a sentence, with the unit by which it is written."""

    value: float
    unit: str


@dataclass(frozen=True)
class Answer:
    """What the sentence says.

    Attributes:
        key: Which of the experiment's sentences it is.
        figures: Its numbers, by the name of the blank; all from the table.
        rows: Its words: rows of the table, by the name of the blank.
    """

    key: str
    figures: dict[str, Figure] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)


Run = Callable[[Settings, Progress | None], pd.DataFrame]
"""Makes the runs; returns a row a repetition and alternative."""


@dataclass(frozen=True)
class Experiment:
    """One worked experiment.

    Attributes:
        name: Stable name; its words stand in the table of messages under it.
        members: Members of the ensemble in full.
        replicates: Seeds in full.
        persons_per_agent: Scale in full.
        run: Makes the runs.
        table: Turns runs into a table with `COLUMNS`; the first measure is the one that is drawn.
        answer: Turns the table into what the sentence says.
        sentences: Keys of the sentences there are.
    """

    name: str
    members: int
    replicates: int
    persons_per_agent: float
    run: Run
    table: Callable[[pd.DataFrame], pd.DataFrame]
    answer: Callable[[pd.DataFrame], Answer]
    sentences: tuple[str, ...]


def spread(row: str, measure: str, values: ArrayLike, unit: str) -> tuple[object, ...]:
    """Return a row of a table: median and central 90% of the repetitions."""
    finite = np.asarray(values, np.float64)
    return (row, measure, *quantile_interval(finite), unit, int(np.isfinite(finite).sum()))


def tabled(rows: Iterable[tuple[object, ...]]) -> pd.DataFrame:
    """Return rows as a table."""
    return pd.DataFrame(list(rows), columns=list(COLUMNS))


def figures_of(table: pd.DataFrame, row: str, measure: str, prefix: str = "") -> dict[str, Figure]:
    """Return median, low and high of a row, for a sentence."""
    one = table[(table["row"] == row) & (table["measure"] == measure)].iloc[0]
    return {
        f"{prefix}{name}": Figure(float(one[name]), str(one["unit"])) for name in ("median", "low", "high")
    }


def close_to_first(rows: pd.DataFrame) -> Figure:
    """Return how many rows cannot be told from the first: their intervals reach its estimate."""
    return Figure(float((rows["high"] >= rows["median"].iloc[0]).sum() - 1), "others")


def side(table: pd.DataFrame, row: str, measure: str) -> int:
    """Return 1 or -1 where the interval of a row lies on one side of zero, else 0."""
    found = figures_of(table, row, measure)
    return int(found["low"].value > 0.0) - int(found["high"].value < 0.0)
