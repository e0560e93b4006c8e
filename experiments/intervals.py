"""Intervals: for small samples Student's t for a mean and Fieller's for a ratio of two means, for ensembles their quantiles.

Written out here rather than taken from a statistics package: two short functions, checked in the
tests against printed tables, cost no import time on the command line.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

LEVEL = 0.90
"""Share of intervals that cover the true value; 90% unless a caller says otherwise."""


def mean_interval(values: ArrayLike, level: float = LEVEL) -> tuple[float, float, float]:
    """Return mean, low and high of a sample; values that are not numbers are left out.

    With fewer than two values nothing is known about the spread: low and high are NaN.
    """
    x = np.asarray(values, dtype=np.float64)
    x = x[np.isfinite(x)]
    if len(x) == 0:
        return math.nan, math.nan, math.nan
    mean = float(x.mean())
    if len(x) < 2:
        return mean, math.nan, math.nan
    half = student_t(level, len(x) - 1) * float(x.std(ddof=1)) / math.sqrt(len(x))
    return mean, mean - half, mean + half


def ratio_interval(over: ArrayLike, under: ArrayLike, level: float = LEVEL) -> tuple[float, float, float]:
    """Return the ratio of two paired means with Fieller's interval.

    NaN throughout where the interval of the denominator reaches zero: the ratio then has no meaning,
    and Fieller's interval would have no end.
    """
    a, b = np.asarray(over, dtype=np.float64), np.asarray(under, dtype=np.float64)
    both = np.isfinite(a) & np.isfinite(b)
    a, b = a[both], b[both]
    n = len(a)
    _, low, high = mean_interval(b, level)
    if n < 2 or not (low > 0.0 or high < 0.0):
        return math.nan, math.nan, math.nan
    t2 = student_t(level, n - 1) ** 2
    cov = np.cov(a, b, ddof=1) / n
    # Solutions r of (a - r b)^2 = t^2 var(a - r b), a quadratic q2 r^2 - 2 q1 r + q0 = 0.
    q2 = b.mean() ** 2 - t2 * cov[1, 1]
    q1 = a.mean() * b.mean() - t2 * cov[0, 1]
    q0 = a.mean() ** 2 - t2 * cov[0, 0]
    root = math.sqrt(max(q1 * q1 - q2 * q0, 0.0))
    return float(a.mean() / b.mean()), float((q1 - root) / q2), float((q1 + root) / q2)


def quantile_interval(values: ArrayLike, level: float = LEVEL) -> tuple[float, float, float]:
    """Return median, low and high of an ensemble: the middle and both ends of its central share.

    Values that are not numbers are left out. With fewer than two left, low and high are NaN.
    """
    x = np.asarray(values, dtype=np.float64)
    x = x[np.isfinite(x)]
    if len(x) == 0:
        return math.nan, math.nan, math.nan
    if len(x) < 2:
        return float(x[0]), math.nan, math.nan
    low, middle, high = np.quantile(x, [0.5 - level / 2.0, 0.5, 0.5 + level / 2.0])
    return float(middle), float(low), float(high)


def ratio_quantiles(over: ArrayLike, under: ArrayLike, level: float = LEVEL) -> tuple[float, float, float]:
    """Return median, low and high over an ensemble of the ratio of two figures.

    NaN throughout unless the denominator is positive in every member: else some ratios have no meaning.
    """
    a, b = np.asarray(over, dtype=np.float64), np.asarray(under, dtype=np.float64)
    both = np.isfinite(a) & np.isfinite(b)
    a, b = a[both], b[both]
    if not (len(b) and (b > 0.0).all()):
        return math.nan, math.nan, math.nan
    return quantile_interval(a / b, level)


class Spread(NamedTuple):
    """How repetitions are summed up in an estimate with low and high.

    Attributes:
        one: Of one figure: values and level.
        ratio: Of the ratio of two paired figures.
    """

    one: Callable[[ArrayLike, float], tuple[float, float, float]]
    ratio: Callable[[ArrayLike, ArrayLike, float], tuple[float, float, float]]


LUCK = Spread(mean_interval, ratio_interval)
"""Runs with different luck: their mean, and how surely it is known, which more runs make narrower."""

MEMBERS = Spread(quantile_interval, ratio_quantiles)
"""Members of an ensemble: their median and central share, which more members do not make narrower."""


@cache
def student_t(level: float, freedom: int) -> float:
    """Return t with P(-t < T < t) = level for Student's T with so many degrees of freedom."""
    low, high = 0.0, 1.0
    while _central(high, freedom) < level:
        high *= 2.0
    for _ in range(200):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if _central(middle, freedom) < level else (low, middle)
    return 0.5 * (low + high)


def _central(t: float, freedom: int) -> float:
    """P(-t < T < t), by the closed sums for whole degrees of freedom (Abramowitz and Stegun 26.7.3-4)."""
    angle = math.atan2(t, math.sqrt(freedom))
    cos2 = math.cos(angle) ** 2
    if freedom % 2:
        total, term = 0.0, math.cos(angle)
        for k in range(1, (freedom - 1) // 2 + 1):
            total += term
            term *= 2 * k / (2 * k + 1) * cos2
        return 2.0 / math.pi * (angle + math.sin(angle) * total)
    total, term = 0.0, 1.0
    for k in range(1, freedom // 2 + 1):
        total += term
        term *= (2 * k - 1) / (2 * k) * cos2
    return math.sin(angle) * total
