"""Findings: what was measured, how sure it is, and whether it is what the statement demands.

A sign is demanded by `SIGN` standard errors and each side of a shape by `SHAPE`. With no effect at all, a mean of n
paired differences passes with the probability of Student's t with n - 1 degrees of freedom: 0.7% and 3.8% for 10 seeds. A flat curve
of 5 or 6 arms passes for a hump with 2.5%, the choice of its top included (simulated with normal luck).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from experiments.intervals import LEVEL, mean_interval
from sim.arrays import F64

SIGN = 3.0
"""Standard errors by which an effect must differ from zero."""

SHAPE = 2.0
"""Standard errors by which each side of a hump, and other parts of a shape, must stand out."""


@dataclass(frozen=True)
class Finding:
    """One thing measured.

    Attributes:
        ja: What, in Japanese.
        en: What, in English.
        estimate: Mean over the seeds.
        error: Its standard error.
        low: Lower end of the 90% interval.
        high: Upper end.
        n: Seeds.
        unit: "%" (of the arm compared with), "" for plain numbers.
        demand: What the statement demands, as a formula, e.g. "> 0 (3 s.e.)".
        holds: Whether the demand is met.
    """

    ja: str
    en: str
    estimate: float
    error: float
    low: float
    high: float
    n: int
    unit: str
    demand: str
    holds: bool


def up(ja: str, en: str, values: F64, unit: str = "", by: float = SIGN, above: float = 0.0) -> Finding:
    """Demand that the mean lies above a number, surely."""
    mean, error, low, high, n = _summary(values)
    holds = math.isfinite(error) and mean - above > by * error
    return Finding(ja, en, mean, error, low, high, n, unit, f"> {above:g} ({by:g} s.e.)", holds)


def down(ja: str, en: str, values: F64, unit: str = "", by: float = SIGN, below: float = 0.0) -> Finding:
    """Demand that the mean lies below a number, surely."""
    mean, error, low, high, n = _summary(values)
    holds = math.isfinite(error) and below - mean > by * error
    return Finding(ja, en, mean, error, low, high, n, unit, f"< {below:g} ({by:g} s.e.)", holds)


def within(ja: str, en: str, values: F64, least: float, most: float, unit: str = "") -> Finding:
    """Demand that the mean lies within a range."""
    mean, error, low, high, n = _summary(values)
    return Finding(
        ja, en, mean, error, low, high, n, unit, f"{least:g} … {most:g}", bool(least <= mean <= most)
    )


def hump(ja: str, en: str, values: Sequence[F64], unit: str = "%") -> Finding:
    """Demand an interior maximum with both ends surely lower.

    The estimate is the height of the top over the higher end, in percent of the top's mean.
    """
    means = [float(np.mean(v)) for v in values]
    top = int(np.argmax(means))
    interior = 0 < top < len(values) - 1
    gaps = [100.0 * (values[top] - values[end]) / means[top] for end in (0, -1)]
    summaries = [_summary(gap) for gap in gaps]
    sure = all(math.isfinite(s[1]) and s[0] > SHAPE * s[1] for s in summaries)
    mean, error, low, high, n = min(summaries, key=lambda s: s[0])
    return Finding(
        ja,
        en,
        mean,
        error,
        low,
        high,
        n,
        unit,
        f"top inside, ends lower ({SHAPE:g} s.e. each)",
        interior and sure,
    )


def percent(arm: F64, base: F64) -> F64:
    """Return paired differences in percent of the base's mean."""
    with np.errstate(
        divide="ignore", invalid="ignore"
    ):  # none of what is compared with: no number, and no finding
        return np.asarray(100.0 * (arm - base) / np.mean(base))


def _summary(values: F64) -> tuple[float, float, float, float, int]:
    """Return mean, standard error, interval and number; any seed without a number makes it unknown."""
    x = np.asarray(values, np.float64)
    mean, low, high = mean_interval(x, LEVEL) if np.isfinite(x).all() else (math.nan,) * 3
    error = float(x.std(ddof=1)) / math.sqrt(len(x)) if len(x) > 1 and math.isfinite(mean) else math.nan
    return mean, error, low, high, len(x)
