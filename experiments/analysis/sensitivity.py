"""Which factor moves a figure: Sobol' indices, Morris' effects, swings, and maps of two factors."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from experiments.analysis.alternatives import repetition
from experiments.intervals import LEVEL, LUCK, MEMBERS
from experiments.sweep.designs import problem
from experiments.sweep.worker import OK
from sim.errors import InputError

RESAMPLES = 1_000
BINS = 8
DISTINCT = 12
"""A factor with no more values than this is shown value by value, others in bins."""


def sobol(runs: pd.DataFrame, factors: list[str], indicator: str, level: float = LEVEL) -> pd.DataFrame:
    """Return Sobol' indices of a figure, for each scenario of a `sobol` design.

    Returns:
        scenario, factor, first, first_low, first_high, total, total_low, total_high: shares of the variance that a
        factor explains alone, and with all others; bootstrap intervals.

    Raises:
        InputError: A point has no result.
    """
    from SALib.analyze import sobol as analysis

    rows: list[tuple[Any, ...]] = []
    for name, values in _values(runs, indicator):
        _refuse_constant(values, indicator)
        found = analysis.analyze(
            problem(factors),
            values,
            calc_second_order=False,
            num_resamples=RESAMPLES,
            conf_level=level,
            seed=1,
        )
        for i, factor in enumerate(factors):
            first, total = float(found["S1"][i]), float(found["ST"][i])
            one, all_ = float(found["S1_conf"][i]), float(found["ST_conf"][i])
            rows.append((name, factor, first, first - one, first + one, total, total - all_, total + all_))
    ends = ["first", "first_low", "first_high", "total", "total_low", "total_high"]
    return pd.DataFrame(rows, columns=["scenario", "factor", *ends])


def morris(
    runs: pd.DataFrame, factors: list[str], indicator: str, levels: int, level: float = LEVEL
) -> pd.DataFrame:
    """Return Morris' elementary effects on a figure, for each scenario of a `morris` design.

    Returns:
        scenario, factor, effect (mean of the absolute effects over the whole range of the factor), low, high, mean
        (with its sign), spread (over the trajectories: large where a factor works together with others).

    Raises:
        InputError: A point has no result.
    """
    from SALib.analyze import morris as analysis

    rows: list[tuple[Any, ...]] = []
    for name, values in _values(runs, indicator):
        first = runs[(runs["scenario"] == name)].drop_duplicates("point").sort_values("point")
        cube = first[[f"u:{factor}" for factor in factors]].to_numpy()
        found = analysis.analyze(
            problem(factors),
            cube,
            values,
            num_levels=levels,
            num_resamples=RESAMPLES,
            conf_level=level,
            seed=1,
        )
        for i, factor in enumerate(factors):
            effect, arm = float(found["mu_star"][i]), float(found["mu_star_conf"][i])
            rows.append(
                (
                    name,
                    factor,
                    effect,
                    effect - arm,
                    effect + arm,
                    float(found["mu"][i]),
                    float(found["sigma"][i]),
                )
            )
    return pd.DataFrame(rows, columns=["scenario", "factor", "effect", "low", "high", "mean", "spread"])


def swings(runs: pd.DataFrame, factors: list[str], indicator: str, level: float = LEVEL) -> pd.DataFrame:
    """Return what each factor does to a figure from its lowest to its highest value, in a crossed design.

    The other factors take all their values at both ends, and each seed, or member of the ensemble, is compared with
    itself.

    Returns:
        scenario, factor, from, to (its ends), at_from, at_to (means of the figure there), difference, low, high; the
        largest swing first. Factors of words, and of a single value, are left out.
    """
    rows: list[tuple[Any, ...]] = []
    good, repeat = runs[(runs["status"] == OK) & runs[indicator].notna()], repetition(runs)
    spread = MEMBERS if repeat == "member" else LUCK
    for name, table in good.groupby("scenario", sort=False):
        for factor in factors:
            if not pd.api.types.is_numeric_dtype(table[factor]) or table[factor].nunique() < 2:
                continue
            ends = float(table[factor].min()), float(table[factor].max())
            one, two = (table[table[factor] == end].groupby(repeat)[indicator].mean() for end in ends)
            gap = (two - one).dropna().to_numpy()
            if gap.size:
                rows.append((name, factor, *ends, one.mean(), two.mean(), *spread.one(gap, level)))
    columns = ["scenario", "factor", "from", "to", "at_from", "at_to", "difference", "low", "high"]
    found = pd.DataFrame(rows, columns=columns)
    return found.sort_values("difference", key=abs, ascending=False, kind="stable", ignore_index=True)


def heat(runs: pd.DataFrame, across: str, up: str, indicator: str) -> pd.DataFrame:
    """Return the mean of a figure over two factors.

    Returns:
        A row a value (or bin) of `up`, a column a value (or bin) of `across`; NaN where nothing was run.
    """
    good = runs[runs["status"] == OK]
    table = good.assign(across=_binned(good[across]), up=_binned(good[up]))
    return table.pivot_table(
        index="up", columns="across", values=indicator, aggfunc="mean", observed=True, sort=True
    )


def _values(runs: pd.DataFrame, indicator: str) -> list[tuple[str, np.ndarray]]:
    """Return a figure at each point, mean over its seeds, scenario by scenario."""
    found = []
    for name, rows in runs.groupby("scenario", sort=False):
        mean = rows.groupby("point")[indicator].mean()
        without = int(mean.isna().sum()) or int((rows["status"] != OK).sum())
        if without:
            raise InputError(
                f"{without} points or runs of '{name}' have no {indicator}; allowed: a complete sweep (run it again, "
                "with --retry-failed if runs failed), or another --indicator."
            )
        found.append((str(name), mean.sort_index().to_numpy(dtype=np.float64)))
    return found


def _refuse_constant(values: np.ndarray, indicator: str) -> None:
    if float(np.ptp(values)) == 0.0:
        raise InputError(f"{indicator} is the same at every point; allowed: a figure that the factors move.")


def _binned(values: pd.Series) -> pd.Series:
    if values.nunique() <= DISTINCT or not pd.api.types.is_numeric_dtype(values):
        return values
    edges = np.linspace(float(values.min()), float(values.max()), BINS + 1)
    middle = 0.5 * (edges[1:] + edges[:-1])
    return pd.Series(
        middle[np.clip(np.searchsorted(edges, values, "right") - 1, 0, BINS - 1)], index=values.index
    )
