"""Answers across the ensemble: what holds whichever of the accepted parameter sets is true.

Each member is run with the same seeds in all scenarios, so that differences are paired. What is reported is the spread
over members of the mean over seeds: what is not known of the parameters, rather than the luck of a run.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from experiments.compare import EXTRA, YEN, Progress, Run, paired, replicate, table
from experiments.ensemble import Ensemble
from experiments.intervals import LEVEL
from sim.errors import InputError, out_of_range
from sim.parameters import changed, differences
from sim.places import Places
from sim.scenario import Scenario


def scenarios_of(scenarios: Sequence[Scenario], member: dict[str, float]) -> list[Scenario]:
    """Return scenarios with a member's parameter values.

    Raises:
        InputError: A scenario sets one of the values itself, so that it would not be the member that is run.
    """
    found = []
    for s in scenarios:
        clash = sorted(set(differences(s.parameters)) & set(member))
        if clash:
            raise InputError(
                f"'{s.name}' sets {clash[0]} itself, which the ensemble varies; leave out one of the two."
            )
        found.append(s.model_copy(update={"parameters": changed(s.parameters, member)}))
    return found


def across(
    scenarios: Sequence[Scenario], places: Places, ensemble: Ensemble, members: int, seeds: Sequence[int],
    workers: int = 2, progress: Progress | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Run scenarios with each of the first members.

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
    if not 1 <= members <= len(ensemble.members):
        raise out_of_range("--ensemble", members, 1, len(ensemble.members), "members")
    frames = []
    for at, member in enumerate(ensemble.members[:members]):
        runs = replicate(
            scenarios_of(scenarios, member), places, seeds, workers, _part(progress, at, members)
        )
        frames.append(_rows(runs, [s.name for s in scenarios], at))
    return pd.concat(frames, ignore_index=True)


def summary(found: pd.DataFrame, level: float = LEVEL) -> pd.DataFrame:
    """Return the spread over members: scenario, indicator, median, low, high, up, down, n.

    low and high hold the middle `level` of the members; up and down are the shares of members above and below zero.
    """
    half = 0.5 * (1.0 - level)
    lines = []
    for (scenario, name), rows in found.groupby(["scenario", "indicator"], sort=False):
        values = rows["value"].dropna().to_numpy()
        if len(values):
            low, median, high = np.quantile(values, [half, 0.5, 1.0 - half])
            up, down = float((values > 0.0).mean()), float((values < 0.0).mean())
            lines.append((scenario, name, median, low, high, up, down, len(values)))
    return pd.DataFrame(lines, columns=["scenario", "indicator", "median", "low", "high", "up", "down", "n"])


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
