"""Tables of 256 quantiles: a person's traits are levels of one byte (MODEL.md 5.1)."""

from __future__ import annotations

from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from sim.arrays import F64
from sim.groups import Parameters
from sim.numeric import exp, power

LEVELS = 256


class TraitTables(NamedTuple):
    """Value of each level of each trait; shape (256,), the last two (1024,)."""

    setpoint: F64
    mobility: F64
    openness: F64
    capacity: F64
    host_openness: F64


def trait_tables(parameters: Parameters) -> TraitTables:
    """Return the tables for a set of parameters."""
    t, h = parameters.traits, parameters.hosting
    mean = parameters.openness.mean
    low, high = beta_density(1.0, t.indifferent_shape), beta_density(t.interested_a, t.interested_b)
    mixture = t.indifferent_part * low + (1.0 - t.indifferent_part) * high
    return TraitTables(
        setpoint=quantiles(mixture, LEVELS),
        mobility=lognormal(t.mobility_spread, LEVELS),
        openness=quantiles(beta_density(2.0, 2.0), LEVELS),
        capacity=h.capacity * lognormal(h.capacity_spread, 1024),
        host_openness=quantiles(beta_density(5.0 * mean, 5.0 * (1.0 - mean)), 1024),
    )


def lognormal(sigma: float, levels: int) -> F64:
    """Return mid-level quantiles of a lognormal, scaled so that their mean is exactly 1."""
    normal = NormalDist()
    z = np.array([normal.inv_cdf((k + 0.5) / levels) for k in range(levels)])
    values = exp(sigma * z)
    return np.asarray(values / values.mean())


def beta_density(a: float, b: float, cells: int = 20_000) -> F64:
    """Return the shares of Beta(a, b) in equal cells of (0, 1), by the midpoint rule; they sum to 1."""
    x = (np.arange(cells) + 0.5) / cells
    density = power(x, a - 1.0) * power(1.0 - x, b - 1.0)
    return np.asarray(density / density.sum())


def quantiles(shares: F64, levels: int) -> F64:
    """Return mid-level quantiles of a density given as shares of equal cells of (0, 1)."""
    edges = np.linspace(0.0, 1.0, len(shares) + 1)
    cumulative = np.concatenate([[0.0], np.cumsum(shares)])
    at = (np.arange(levels) + 0.5) / levels
    return np.interp(at, cumulative / cumulative[-1], edges)
