"""Answers across the ensemble: what holds whichever of the accepted parameter sets is true.

Each member is run with the same seeds in all scenarios, so that differences are paired. What is reported is the spread
over members of the mean over seeds: what is not known of the parameters, rather than the luck of a run.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from experiments.compare import EXTRA, YEN, Progress, Run, paired, replicate, table
from experiments.ensemble import Ensemble
from experiments.intervals import LEVEL, quantile_interval
from experiments.members import chosen, with_member
from sim.places import Places
from sim.scenario import Scenario

SURE = 0.95
"""Share of members that have to agree on a sign before it counts as theirs."""


def across(
    scenarios: Sequence[Scenario], places: Places, ensemble: Ensemble, members: int, seeds: Sequence[int],
    workers: int = 2, progress: Progress | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Run scenarios with members spread evenly over an ensemble.

    Args:
        scenarios: One, or more: the others are compared with the first.
        places: The table they run on.
        ensemble: Whose members.
        members: How many; the median member is the first.
        seeds: The same for all scenarios and members.
        workers: Runs at a time.
        progress: Called with (months done, months in all).

    Returns:
        One row a member, scenario and indicator: member, scenario, indicator, value (mean over the seeds; of the other
        scenarios the paired difference from the first).

    Raises:
        InputError: More members than there are, or a scenario that cannot be run with them.
    """
    frames = []
    for at, values in enumerate(chosen(ensemble, members)):
        own = [with_member(s, values) for s in scenarios]
        runs = replicate(own, places, seeds, workers, _part(progress, at, members))
        frames.append(_rows(runs, [s.name for s in scenarios], at))
    return pd.concat(frames, ignore_index=True)


def summary(found: pd.DataFrame, level: float = LEVEL) -> pd.DataFrame:
    """Return the spread over members: scenario, indicator, median, low, high, up, down, n.

    low and high hold the middle `level` of the members, NaN for a single one; up and down are the shares of members
    above and below zero.
    """
    lines = []
    for (scenario, name), rows in found.groupby(["scenario", "indicator"], sort=False):
        values = rows["value"].dropna()
        if len(values):
            signs = float((values > 0.0).mean()), float((values < 0.0).mean())
            lines.append((scenario, name, *quantile_interval(values, level), *signs, len(values)))
    return pd.DataFrame(lines, columns=["scenario", "indicator", "median", "low", "high", "up", "down", "n"])


def turning(found: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a summary of differences whose sign depends on which member is true."""
    moved = (found["up"] > 0.0) | (found["down"] > 0.0)
    return found[moved & (found[["up", "down"]].max(axis=1) < SURE)]


def _rows(runs: list[Run], names: list[str], member: int) -> pd.DataFrame:
    figures = table(runs)
    figures = figures[figures["indicator"] != YEN]
    base = figures[figures["scenario"] == names[0]].groupby("indicator", sort=False)["value"].mean()
    parts = [pd.DataFrame({"scenario": names[0], "indicator": base.index, "value": base.to_numpy()})]
    for name in names[1:]:
        gap = paired(table(runs), names[0], name)
        gap = gap[~gap["indicator"].isin([YEN, EXTRA])]
        parts.append(
            pd.DataFrame({"scenario": name, "indicator": gap["indicator"], "value": gap["difference"]})
        )
    whole = pd.concat(parts, ignore_index=True)
    whole.insert(0, "member", member)
    return whole


def _part(progress: Progress | None, at: int, members: int) -> Progress | None:
    if progress is None:
        return None
    return lambda done, total: progress(at * total + done, members * total)
