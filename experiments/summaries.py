"""Pure functions table -> table: what each figure shows, with its interval over the seeds."""

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.intervals import LEVEL, mean_interval

VISITING = ("ties_hobby", "ties_exchange", "ties_work", "ties_direct")
"""Columns of `months` that count ties which bring visits."""

LIVE = ("ties_online", *VISITING)
"""Columns of `months` that count live ties, by type."""

YEAR = 12


def ties_by_type(months: pd.DataFrame, people: float, level: float = LEVEL) -> pd.DataFrame:
    """Return the ties of the whole country by month: scenario, kind, month, mean, low, high.

    Args:
        months: Rows by scenario, seed, month and place.
        people: Real people for whom one simulated person stands.
        level: Share of intervals that cover the true mean.
    """
    whole = (
        months.groupby(["scenario", "seed", "month"], sort=False, observed=True)[list(LIVE)].sum() * people
    )
    tidy = whole.reset_index().melt(["scenario", "seed", "month"], var_name="kind", value_name="value")
    return bands(tidy, ["scenario", "kind", "month"], level)


def persistence(curves: pd.DataFrame, longest: int = 60, level: float = LEVEL) -> pd.DataFrame:
    """Return the share of ties still alive by age in months, up to `longest`: scenario, age, mean, low, high."""
    kept = curves[curves["age"] <= longest].rename(columns={"alive": "value"})
    return bands(kept, ["scenario", "age"], level)


def load_tenths(hosts: pd.DataFrame, level: float = LEVEL) -> pd.DataFrame:
    """Return hours a month of hosts in ten equal groups: scenario, tenth (1 least to 10 most), mean, low, high.

    As in the indicator `load_gini`, a host is somebody who gave time in the last 12 months.
    """
    rows = []
    for (scenario, seed), group in hosts[hosts["hours"] > 0].groupby(
        ["scenario", "seed"], sort=False, observed=True
    ):
        hours = np.sort(group["hours"].to_numpy(dtype=np.float64)) / YEAR
        for tenth, part in enumerate(np.array_split(hours, 10), start=1):
            rows.append((scenario, seed, tenth, part.mean() if len(part) else np.nan))
    tidy = pd.DataFrame(rows, columns=["scenario", "seed", "tenth", "value"])
    return bands(tidy, ["scenario", "tenth"], level)


def top_tenth_share(hosts: pd.DataFrame) -> dict[str, float]:
    """Return the share of all hours that the most asked tenth of hosts gives, by scenario."""
    tenths = load_tenths(hosts)
    share = {}
    for scenario, rows in tenths.groupby("scenario", sort=False, observed=True):
        total = float(rows["mean"].sum())
        top = float(rows.loc[rows["tenth"] == 10, "mean"].sum())
        share[str(scenario)] = top / total if total > 0 else float("nan")
    return share


def ties_per_10000(months: pd.DataFrame, columns: tuple[str, ...] = VISITING) -> pd.DataFrame:
    """Return ties that lead to a place for 10,000 adults who live there, mean of the last 12 months.

    Returns:
        scenario, seed, code, value.
    """
    last = months[months["month"] > months["month"].max() - YEAR]
    keys = ["scenario", "seed", "code"]
    sums = last.groupby(keys, sort=False, observed=True)[[*columns, "people"]].sum()
    ties = sums[list(columns)].sum(axis=1)
    rate = 10_000.0 * ties / sums["people"].where(sums["people"] > 0)
    return rate.rename("value").reset_index()


def place_differences(rates: pd.DataFrame, base: str, other: str, level: float = LEVEL) -> pd.DataFrame:
    """Return paired differences by place: code, base (mean), mean (of the differences), low, high."""
    wide = rates.set_index(["code", "seed", "scenario"])["value"].unstack()  # noqa: PD010
    gap = (wide[other] - wide[base]).rename("value").reset_index()
    table = bands(gap, ["code"], level)
    means = wide[base].groupby("code", observed=True).mean()
    table.insert(1, "base", table["code"].map(means))
    return table


def bands(tidy: pd.DataFrame, keys: list[str], level: float = LEVEL) -> pd.DataFrame:
    """Return the mean over seeds with its interval, for each combination of `keys`."""
    rows = [
        (*(key if isinstance(key, tuple) else (key,)), *mean_interval(group.to_numpy(), level))
        for key, group in tidy.groupby(keys, sort=False, observed=True)["value"]
    ]
    return pd.DataFrame(rows, columns=[*keys, "mean", "low", "high"])
