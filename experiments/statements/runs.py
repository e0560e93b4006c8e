"""What is kept of an arm's runs, and how statements ask for it: always one number a seed, in the order of the seeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from experiments.statements.arms import places
from sim.arrays import F64
from sim.indicators import gini
from sim.outcome import Outcome, Table

WINDOW = 24
"""Stocks are means over the last two years of an arm."""

SPELL_YEARS = 3
"""Life tables are of the last three years of an arm."""

YEAR = 12

INVOLVED = ("ties_exchange", "ties_work", "ties_direct")
VISITING = ("ties_hobby", *INVOLVED)


COLUMNS = (
    "people", "visiting", "nonvisiting", "indifferent", "wellbeing", "main_direct", "ties_online",
    "ties_hobby", "ties_exchange", "ties_work", "ties_direct", "ties_near", "ties_roots", "ties_short",
    "latent", "reached36", "searchers", "met", "started", "turned", "moved", "visits", "load_hours", "hosts",
    "hosts_burnt", "use", "room", "open_slots", "needs", "openness", "diversity", "spark", "understanding",
    "lead", "posts_local", "link", "motivation_local", "skill_city", "skill_local", "closed", "service",
    "gifts", "yen", "own_feet", "money",
)  # fmt: skip
"""Columns of a run that are kept: those the statements ask for, and a few to look into them."""

AGES = 37
"""Months of a tie's life that are kept."""


@dataclass(frozen=True, eq=False)
class Kept:
    """One run.

    Attributes:
        months: Columns by month and place (T, R).
        life: Ties at risk and ended in the last years, by start, near and age (2, 6, 2, AGES).
        flows: Ties by home and place at the end, as in the outcome.
        load_gini: Gini coefficient of the hosts' hours of the last year, outside the metropolitan regions.
        roots: Share of ties kept over the last year: with roots, without.
    """

    months: dict[str, NDArray[np.float32]]
    life: NDArray[np.int64]
    flows: Table
    load_gini: float
    roots: tuple[float, float]

    @staticmethod
    def of(outcome: Outcome, extra: Sequence[dict[str, F64]], size: int, roots: tuple[float, float]) -> Kept:
        """Return what is kept of an outcome and its further columns."""
        columns = {name: outcome.months[name].reshape(-1, size).astype(np.float32) for name in COLUMNS}
        columns |= {name: np.array([row[name] for row in extra], np.float32) for name in extra[0]}
        hours = outcome.hosts["hours"][np.isin(outcome.hosts["place"], outside())]
        return Kept(columns, _life(outcome.spells), outcome.flows, gini(hours[hours > 0]), roots)


def _life(spells: Table) -> NDArray[np.int64]:
    life = np.zeros((2, 6, 2, AGES), np.int64)
    rows = (spells["year"] > spells["year"].max(initial=0) - SPELL_YEARS) & (spells["age"] < AGES)
    where = tuple(spells[name][rows] for name in ("start", "near", "age"))
    np.add.at(life[0], where, spells["at_risk"][rows])
    np.add.at(life[1], where, spells["ended"][rows])
    return life


def outside() -> NDArray[np.int64]:
    """Return the indices of the regions that are not metropolitan."""
    return np.flatnonzero(places().metro == 0)


class Runs:
    """The runs of one arm, one a seed."""

    def __init__(self, kept: Sequence[Kept]) -> None:
        self._kept = list(kept)

    def by_place(self, name: str, rows: Sequence[int] | NDArray[np.int64] | None = None) -> F64:
        """Return a column as (seeds, months, places): the regions that are not metropolitan unless others are named."""
        rows = outside() if rows is None else np.asarray(rows)
        return np.array([k.months[name][:, rows] for k in self._kept], np.float64)

    def series(self, *names: str, rows: Sequence[int] | None = None) -> F64:
        """Return the sum of columns over places, month by month (seeds, months)."""
        return np.asarray(sum(self.by_place(name, rows).sum(axis=2) for name in names), np.float64)

    def total(self, *names: str, first: int | None = None, last: int | None = None) -> F64:
        """Return the sum of columns over places, mean of months first..last (the last two years by default)."""
        values = self.series(*names)
        end = values.shape[1] if last is None else last
        start = end - WINDOW if first is None else first - 1
        return np.asarray(values[:, max(start, 0) : end].mean(axis=1))

    def mean(self, name: str, first: int | None = None, last: int | None = None) -> F64:
        """Return the mean of a column over places and months."""
        return self.total(name, first=first, last=last) / len(outside())

    def everywhere(self, name: str, months: int = WINDOW) -> F64:
        """Return the sum of a column over all places, mean of the last months."""
        every = np.arange(len(places()))
        return np.asarray(self.by_place(name, every)[:, -months:].sum(axis=2).mean(axis=1))

    def involved(self, first: int | None = None, last: int | None = None) -> F64:
        """Return the number of ties that take part, work or contribute."""
        return self.total(*INVOLVED, first=first, last=last)

    def visiting(self, first: int | None = None, last: int | None = None) -> F64:
        """Return the number of ties that bring visits."""
        return self.total(*VISITING, first=first, last=last)

    def persistence(self, starts: Sequence[int] = (2, 3, 4, 5), near: int | None = None) -> F64:
        """Return the share of ties alive after a year: a period life table of the last years."""
        nears = (0, 1) if near is None else (near,)
        life = np.array([k.life[:, starts][:, :, nears, :YEAR].sum(axis=(1, 2)) for k in self._kept])
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(np.prod(1.0 - life[:, 1] / life[:, 0], axis=1))

    @property
    def load_gini(self) -> F64:
        """Gini coefficient of the hosts' hours."""
        return np.array([k.load_gini for k in self._kept])

    @property
    def roots(self) -> F64:
        """Share of ties kept over the last year, with and without roots (seeds, 2)."""
        return np.array([k.roots for k in self._kept])

    @property
    def flows(self) -> list[Table]:
        """Ties by home and place at the end, one table a seed."""
        return [k.flows for k in self._kept]
