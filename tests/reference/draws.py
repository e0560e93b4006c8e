"""Chance and rounding: MODEL.md 4.3 to 4.5, and the tables of levels of 5.1."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate
from statistics import NormalDist

import numpy as np

TRAITS, TURNOVER, SEARCH, ROLE, ONLINE, VISIT = 1, 2, 3, 4, 5, 6
LEAVE, STEP, RETURN, HANDOVER, HOST_TRAITS, HOST = 7, 8, 9, 10, 11, 12
FAMILY, MOVE, PLACE, TRIP = 13, 14, 15, 16

WORD = 2**32
CELLS = 20_000


def philox(counter: Sequence[int], key: Sequence[int]) -> tuple[int, int, int, int]:
    """Return the four words of Philox4x32-10 (Salmon et al. 2011)."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        high0, low0 = divmod(0xD2511F53 * c0, WORD)
        high1, low1 = divmod(0xCD9E8D57 * c2, WORD)
        c0, c1, c2, c3 = high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0
        k0, k1 = (k0 + 0x9E3779B9) % WORD, (k1 + 0xBB67AE85) % WORD
    return c0, c1, c2, c3


def words(seed: int, *counter: int) -> tuple[int, int, int, int]:
    """Return W0..W3 of one counter."""
    return philox(counter, (seed % WORD, seed // WORD))


def draw(seed: int, row: int, month: int, stream: int, part: int = 0) -> list[float]:
    """Return u0..u3 of a decision: `row` of the person or host, `part` the tie slot."""
    return [(W + 0.5) / 2**32 for W in words(seed, row, month, stream + 65536 * part, 0)]


@lru_cache(maxsize=1024)
def _leading_words(seed: int, block: int, month: int, stream: int) -> tuple[int, int, int, int]:
    return words(seed, block, month, stream, 1)


def screened(seed: int, row: int, month: int, stream: int) -> float:
    """Return the number of a screened decision: the leading byte of the person, then u0."""
    word = _leading_words(seed, row // 16, month, stream)[row // 4 % 4]
    b = word >> 8 * (row % 4) & 255
    return (b + draw(seed, row, month, stream)[0]) / 256


def probability(hazard: float) -> float:
    """Return the probability of a hazard a month (4.3)."""
    return 1 - math.exp(-hazard)


def choose(weights: Sequence[float], u: float) -> int | None:
    """Return the first index whose cumulative weight exceeds u times the sum; None where all are 0."""
    C = list(accumulate(weights))
    return next((i for i, c in enumerate(C) if c > u * C[-1]), None) if C else None


def poisson(mean: float, u: float) -> int:
    """Return the Poisson quantile at u, at most 30."""
    k, p = 0, math.exp(-mean)
    below = p
    while below < u and k < 30:
        k += 1
        p *= mean / k
        below += p
    return k


def f32(x: float) -> float:
    """Return what is left of a number that is stored as float32."""
    return float(np.float32(x))


def in_steps(x: float) -> float:
    """Return what is left of a number that is stored in whole steps of 1/65535."""
    return math.floor(65535 * x + 0.5) / 65535


def ratio(a: float, b: float) -> float:
    """Return a / b, and 0 for 0/0."""
    return a / b if b else 0.0


def _beta_shares(a: float, b: float) -> list[float]:
    middles = [(i + 0.5) / CELLS for i in range(CELLS)]
    density = [x ** (a - 1) * (1 - x) ** (b - 1) for x in middles]
    total = sum(density)
    return [d / total for d in density]


def _quantiles(shares: Sequence[float], levels: int) -> list[float]:
    """Return mid-level quantiles, by linear interpolation of the cumulative shares."""
    table, cell, below = [], 0, 0.0
    for level in range(levels):
        p = (level + 0.5) / levels
        while below + shares[cell] < p:
            below += shares[cell]
            cell += 1
        table.append((cell + (p - below) / shares[cell]) / CELLS)
    return table


@cache
def beta_levels(a: float, b: float, levels: int) -> list[float]:
    """Return the values of the levels of Beta(a, b)."""
    return _quantiles(_beta_shares(a, b), levels)


@cache
def interest_levels(s_0: float, b_0: float, a_1: float, b_1: float) -> list[float]:
    """Return the values of the 256 levels of natural interest x0."""
    low, high = _beta_shares(1, b_0), _beta_shares(a_1, b_1)
    return _quantiles([s_0 * i + (1 - s_0) * j for i, j in zip(low, high, strict=True)], 256)


@cache
def lognormal_levels(sigma: float, levels: int) -> list[float]:
    """Return the values of the levels of a lognormal, scaled so that their mean is 1."""
    raw = [math.exp(sigma * NormalDist().inv_cdf((i + 0.5) / levels)) for i in range(levels)]
    return [value * levels / sum(raw) for value in raw]
