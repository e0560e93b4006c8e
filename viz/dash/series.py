"""From runs to what the pages draw: monthly series with intervals, differences by place. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.compare import Run
from experiments.intervals import LEVEL, student_t
from experiments.summaries import VISITING, YEAR

F64 = NDArray[np.float64]


@dataclass(frozen=True)
class Look:
    """One thing to look at month by month.

    Attributes:
        key: Name in messages and addresses.
        top: Columns that are added up.
        under: Columns they are divided by; none for a count of real people or ties.
        better: "up", "down" or "none".
        digits: Decimals for printing, in percent where it is a share.
    """

    key: str
    top: tuple[str, ...]
    under: tuple[str, ...] = ()
    better: str = "up"
    digits: int = 1

    @property
    def share(self) -> bool:
        """Whether it is a share, in percent."""
        return bool(self.under)


LOOKS = {
    look.key: look
    for look in (
        Look("ties", VISITING),
        Look("direct", ("ties_direct",)),
        Look("visitors", ("visiting",)),
        Look("tired", ("hosts_burnt",), ("hosts",), "down"),
        Look("use", ("load_hours",), ("capacity_hours",), "down"),
    )
}


class Band(NamedTuple):
    """Mean and 90% interval over the seeds; NaN ends where there are too few."""

    mean: F64
    low: F64
    high: F64


class Fan(NamedTuple):
    """What the main chart shows: two bands over months, and the paired difference in the last month."""

    base: Band
    other: Band
    gap: Band
    relative: Band


def fan(base: Sequence[Run], other: Sequence[Run], look: Look, row: int | None) -> Fan:
    """Return the curves of a look, for one place or the whole table."""
    a, b = (np.array([series(run, look, row) for run in runs]) for runs in (base, other))
    months = min(a.shape[1], b.shape[1])
    # What stands at the end is the mean of the last year, so that one month's luck does not decide.
    last = slice(max(0, months - YEAR), months)
    one, two = a[:, last].mean(axis=1), b[:, last].mean(axis=1)
    middle = float(one.mean())
    gap = band((two - one)[:, None], least=2)
    relative = Band(*(100.0 * values / middle if middle else values * np.nan for values in gap))
    return Fan(band(a), band(b), gap, relative)


def series(run: Run, look: Look, row: int | None = None) -> F64:
    """Return one run's months: real people or ties, or percent."""
    top, under = (columns(run, names) for names in (look.top, look.under))
    top, under = (x if row is None else x[:, row : row + 1] for x in (top, under))
    return _value(top.sum(axis=1), under.sum(axis=1), look, run)


def by_place(run: Run, look: Look) -> F64:
    """Return one run's months and places (T, R), 12-month means: ties for 10,000 adults who live there, or percent."""
    top = _year_mean(columns(run, look.top))
    under = _year_mean(columns(run, look.under or ("people",)))
    scale = 100.0 if look.share else 10_000.0
    return scale * np.divide(top, under, out=np.full_like(top, np.nan), where=under > 0)


def place_gaps(base: Sequence[Run], other: Sequence[Run], look: Look) -> F64:
    """Return the mean paired difference by month and place (T, R)."""
    pairs = zip(base, other, strict=True)
    gaps = []
    for a, b in pairs:
        one, two = by_place(a, look), by_place(b, look)
        months = min(len(one), len(two))
        gaps.append(two[:months] - one[:months])
    return np.asarray(np.mean(gaps, axis=0))


def columns(run: Run, names: Sequence[str]) -> F64:
    """Return the sum of some columns by month and place (T, R); zeros for none."""
    table = run.tables["months"]
    months = int(table["month"][-1]) if len(table["month"]) else 0
    shape = (months, -1)
    if not names:
        return np.zeros_like(table["people"].reshape(shape), dtype=np.float64)
    return np.asarray(sum(table[name].astype(np.float64).reshape(shape) for name in names))


def band(values: F64, least: int = 3) -> Band:
    """Return mean and interval over the first axis; no interval for fewer than `least`.

    With two, intervals are right but so wide that they would be all there is to see in a picture.
    """
    n, mean = len(values), values.mean(axis=0)
    if n < least:
        return Band(mean, np.full_like(mean, np.nan), np.full_like(mean, np.nan))
    half = student_t(LEVEL, n - 1) * values.std(axis=0, ddof=1) / np.sqrt(n)
    return Band(mean, mean - half, mean + half)


def _value(top: F64, under: F64, look: Look, run: Run) -> F64:
    if not look.share:
        return top * run.scenario.persons_per_agent
    return 100.0 * np.divide(top, under, out=np.full_like(top, np.nan), where=under > 0)


def _year_mean(values: F64) -> F64:
    """Return trailing means over up to 12 months."""
    total = np.cumsum(values, axis=0)
    before = np.zeros_like(total)
    before[YEAR:] = total[:-YEAR]
    counts = np.minimum(np.arange(1, len(values) + 1), YEAR)[:, None]
    return np.asarray((total - before) / counts)
