"""Small pieces of arithmetic that several mechanisms share."""

from __future__ import annotations

import math

import numpy as np

from sim.arrays import F64
from sim.jit import helper, kernel

MOST_VISITS = 30


@helper
def chance(hazard):
    """Return the probability of at least one event in a month at a hazard (/month)."""
    return 1.0 - math.exp(-hazard)


@helper
def happens(u, hazard):
    """Return whether an event of a hazard (/month) happens in a month, for a uniform number u."""
    return u < hazard and u < chance(hazard)  # 1 - exp(-h) <= h: most months need no exponential


@kernel
def fill_exp(lo, hi, exponents, out):
    """Fill exp of flat values; NumPy's own differs between processors in the last bit, this one does not."""
    for j in range(lo, hi):
        out[j] = math.exp(exponents[j])


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


@helper
def poisson(u, mean):
    """Return the Poisson quantile at u, at most `MOST_VISITS`."""
    if u < 1.0 - mean:  # exp(-m) >= 1 - m: most months bring no visit, and need no exponential
        return 0
    term = math.exp(-mean)
    total = term
    n = 0
    while u >= total and n < MOST_VISITS:
        n += 1
        term *= mean / n
        total += term
    return n


@helper
def find(cdf, lo, hi, u):
    """Return the first index in [lo, hi) whose cumulative weight exceeds u times the last one.

    `cdf` rises from 0 at lo; entries of weight 0 are never chosen.
    """
    target = u * cdf[hi - 1]
    a, b = lo, hi - 1
    while a < b:
        mid = (a + b) // 2
        if cdf[mid] > target:
            b = mid
        else:
            a = mid + 1
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
