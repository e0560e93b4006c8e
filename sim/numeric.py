"""Small pieces of arithmetic that several mechanisms share."""

from __future__ import annotations

import numpy as np

from sim.arrays import F64
from sim.jit import helper, inlined, kernel

MOST_VISITS = 30
SHARE_STEPS = 65535

_LOG2_E = 1.4426950408889634
_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
_ROUND = 6755399441055744.0  # 1.5 * 2**52: adding it rounds to the nearest whole number
_BIAS, _FRACTION_BITS = 1023, 52


@inlined
def exponential(x):
    """Return exp(x) to one unit in the last place; x is taken as -700 to 700.

    The library's own differs between processors in the last bit and cannot be part of a vector loop. Here
    x = k ln 2 + r with |r| <= ln 2 / 2, a Taylor series in r, and 2^k put together from its bits.
    """
    x = min(max(x, -700.0), 700.0)
    k = (x * _LOG2_E + _ROUND) - _ROUND
    r = (x - k * _LN2_HIGH) - k * _LN2_LOW
    series = 1.0 / 6227020800.0
    series = series * r + 1.0 / 479001600.0
    series = series * r + 1.0 / 39916800.0
    series = series * r + 1.0 / 3628800.0
    series = series * r + 1.0 / 362880.0
    series = series * r + 1.0 / 40320.0
    series = series * r + 1.0 / 5040.0
    series = series * r + 1.0 / 720.0
    series = series * r + 1.0 / 120.0
    series = series * r + 1.0 / 24.0
    series = series * r + 1.0 / 6.0
    series = series * r + 0.5
    series = series * r + 1.0
    series = series * r + 1.0
    return series * np.int64((np.int64(k) + _BIAS) << _FRACTION_BITS).view(np.float64)


@inlined
def chance(hazard):
    """Return the probability of at least one event in a month at a hazard (/month)."""
    return 1.0 - exponential(-hazard)


@helper
def happens(u, hazard):
    """Return whether an event of a hazard (/month) happens in a month, for a uniform number u."""
    return u < hazard and u < chance(hazard)  # 1 - exp(-h) <= h: most months need no exponential


@kernel
def fill_exp(lo, hi, exponents, out):
    """Fill exp of flat values."""
    for j in range(lo, hi):
        out[j] = exponential(exponents[j])


@kernel
def fill_power(lo, hi, values, exponent, out):
    """Fill powers of flat values, the same on every processor."""
    for j in range(lo, hi):
        out[j] = values[j] ** exponent


def power(values: F64, exponent: float) -> F64:
    """Return a flat array to a power, the same on every processor."""
    out = np.empty(len(values))
    fill_power(0, len(values), np.ascontiguousarray(values, np.float64), exponent, out)
    return out


def exp(exponents: F64) -> F64:
    """Return exp of an array of any shape, the same on every processor."""
    flat = np.ascontiguousarray(exponents, np.float64).reshape(-1)
    out = np.empty_like(flat)
    fill_exp(0, len(flat), flat, out)
    return out.reshape(exponents.shape)


@inlined
def share_of(steps):
    """Return the number from 0 to 1 that is stored in two bytes."""
    return np.float64(steps) / SHARE_STEPS


@inlined
def steps_of(share):
    """Return a number from 0 to 1 as two bytes store it: in whole steps, the nearest."""
    return np.uint16(np.int32(share * SHARE_STEPS + 0.5))  # by way of a whole number that vector code knows


@helper
def poisson_from(u, mean, n, term, total):
    """Return the Poisson quantile at u, known to be at least n, with the probabilities of n and of at most n."""
    while u >= total and n < MOST_VISITS:
        n += 1
        term *= mean / n
        total += term
    return n


@helper
def poisson(u, mean):
    """Return the Poisson quantile at u, at most `MOST_VISITS`."""
    term = exponential(-mean)
    return poisson_from(u, mean, 0, term, term)


@helper
def find(cdf, lo, hi, u):
    """Return the first index in [lo, hi) whose cumulative weight exceeds u times the last one.

    `cdf` rises from 0 at lo; entries of weight 0 are never chosen.
    """
    target = u * cdf[hi - 1]
    a, left = lo, hi - lo
    while left > 1:  # no branch depends on what is found: a guess is wrong half of the time, and dear
        half = left // 2
        a += half * (cdf[a + half - 1] <= target)
        left -= half
    return a


@helper
def block_of(starts, row):
    """Return the place whose block of rows, starts[place] to starts[place + 1], holds a row."""
    a, b = 0, len(starts) - 2
    while a < b:
        mid = (a + b) // 2
        if starts[mid + 1] > row:
            b = mid
        else:
            a = mid + 1
    return a
