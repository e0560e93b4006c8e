"""Runs asked many times with the same chances, and the paired differences between them.

Every scenario is run with the same seeds. A seed fixes the luck of every person in every month, so part
of the luck cancels in the difference between two scenarios with one seed; the interval shows the rest.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.intervals import LEVEL, LUCK, Spread, mean_interval
from sim.errors import InputError
from sim.outcome import Outcome, Table
from sim.places import Places
from sim.scenario import Scenario

Progress = Callable[[int, int], None]
Runner = Callable[..., Outcome]

EXTRA = "extra_yen_per_extra_lasting_tie"
"""Row of a comparison: yen more in the months in which the lasting ties began, for one lasting tie more."""

YEN = "yen_of_lasting"
"""Row of a table of figures: yen of the months in which the lasting ties began, from which `EXTRA` is made."""


class Stopped(Exception):  # noqa: N818
    """A run was given up because another one failed or the person asked to stop."""


@dataclass(frozen=True, eq=False)
class Run:
    """What is kept of one run.

    Attributes:
        scenario: What was asked.
        seed: Its luck.
        digest: SHA-256 of the full outcome.
        figures: Indicators in the unit of their record, and `YEN`.
        tables: The outcome's tables, with half the bytes a number.
        persistence: Share of ties still alive at 0, 1, 2, … months.
        provenance: As the run left it.
    """

    scenario: Scenario
    seed: int
    digest: str
    figures: dict[str, float]
    tables: dict[str, Table]
    persistence: NDArray[np.float64]
    provenance: dict[str, Any]


def replicate(
    scenarios: Sequence[Scenario],
    places: Places,
    seeds: Sequence[int],
    workers: int = 2,
    progress: Progress | None = None,
    runner: Runner | None = None,
) -> list[Run]:
    """Run every scenario with every seed.

    Args:
        scenarios: What is asked; names must differ.
        places: The table they all run on.
        seeds: The same for all scenarios.
        workers: Threads, each on its own run, or shared by the runs where these are fewer. The kernels release
            Python's lock.
        progress: Called with (months done, months in all) over all runs.
        runner: Performs one run; `sim.run` unless given.

    Returns:
        The runs, by scenario and then by seed, whatever the number of workers.
    """
    _check(scenarios, seeds)
    meter = _Meter(len(scenarios) * len(seeds), progress)
    run = runner or _sim_run()
    # Whole runs side by side keep all cores busy; threads within a run are for cores without a run of their own.
    threads = max(1, workers // (len(scenarios) * len(seeds)))

    def one(scenario: Scenario, seed: int) -> Run:
        outcome = run(scenario, places, seed, threads=threads, progress=meter.part())
        return reduce(outcome, scenario, places, seed)

    # Scenario by scenario: the first one fills the cache of burn-ins that the others read.
    jobs = [(s, seed) for s in scenarios for seed in seeds]
    with ThreadPoolExecutor(max_workers=max(1, workers)) as pool:
        futures = [pool.submit(one, *job) for job in jobs]
        try:
            return [f.result() for f in futures]
        except BaseException:
            meter.stopped.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def reduce(outcome: Outcome, scenario: Scenario, places: Places, seed: int) -> Run:
    """Return what figures and tables need of an outcome, in less memory."""
    from sim.indicators import survival

    return Run(
        scenario=scenario,
        seed=seed,
        digest=outcome.digest,
        figures=figures(outcome, places),
        tables={name: _thin(table) for name, table in outcome.tables.items()},
        persistence=np.asarray(survival(outcome)[1], dtype=np.float64),
        provenance=dict(outcome.provenance),
    )


def figures(outcome: Outcome, places: Places) -> dict[str, float]:
    """Return the indicators of an outcome in the unit of their record, and `YEN`."""
    from sim.indicators import indicators, records, yen_of_lasting

    raw = indicators(outcome, places)
    found = {name: float(raw[name]) * record.scale for name, record in records().items()}
    return {**found, YEN: yen_of_lasting(outcome.months)}


def table(runs: Iterable[Run]) -> pd.DataFrame:
    """Return one row a scenario, seed and indicator; values are in the unit of the indicator's record."""
    rows = [(run.scenario.name, run.seed, name, value) for run in runs for name, value in run.figures.items()]
    return pd.DataFrame(rows, columns=["scenario", "seed", "indicator", "value"])


def summary(figures: pd.DataFrame, scenario: str, level: float = LEVEL) -> pd.DataFrame:
    """Return mean and interval over the seeds of one scenario: indicator, mean, low, high, n."""
    wide = _wide(figures, scenario)
    rows = [(name, *mean_interval(wide[name], level), int(wide[name].notna().sum())) for name in wide]
    return pd.DataFrame(rows, columns=["indicator", "mean", "low", "high", "n"])


def paired(
    figures: pd.DataFrame, base: str, other: str, level: float = LEVEL, spread: Spread = LUCK
) -> pd.DataFrame:
    """Compare two scenarios seed by seed.

    Args:
        figures: As `table` returns them.
        base: Name of the scenario to compare with.
        other: Name of the scenario compared.
        level: Share of intervals that cover the true difference.
        spread: How pairs are summed up; `MEMBERS` where what is called a seed is a member of an ensemble.

    Returns:
        indicator, base and other (means), difference (mean of the paired differences), low, high
        (Student's t), n (pairs). The last row, `EXTRA`, is the extra yen for each extra
        lasting tie, with Fieller's interval; NaN where more ties cannot be told from none.
        Medians and quantiles in place of means and intervals over members of an ensemble.
    """
    a, b = _wide(figures, base), _wide(figures, other)
    if not a.index.equals(b.index):
        raise InputError(f"Cannot compare '{base}' with '{other}': they were run with different seeds.")
    rows = []
    for name in a:
        gap = gaps(a[name], b[name]).dropna()
        kept = gap.index
        sides = (spread.one(side[name].loc[kept], level)[0] for side in (a, b))
        rows.append((name, *sides, *spread.one(gap, level), len(gap)))
    rows.append(_extra(a, b, level, spread))
    return pd.DataFrame(rows, columns=["indicator", "base", "other", "difference", "low", "high", "n"])


def _extra(a: pd.DataFrame, b: pd.DataFrame, level: float, spread: Spread) -> tuple[Any, ...]:
    yen, ties = gaps(a[YEN], b[YEN]), gaps(a["lasting_ties"], b["lasting_ties"])
    ratio = spread.ratio(yen, ties, level)
    if not ties.mean() > 0.0:
        # Yen for ties that were lost are not the price of anything.
        ratio = (math.nan, math.nan, math.nan)
    return (EXTRA, math.nan, math.nan, *ratio, len(yen))


def gaps(a: pd.Series, b: pd.Series) -> pd.Series:
    """Return differences, with the dust of floating-point sums taken for the zero that it is."""
    gap = b - a
    return gap.where(gap.abs() > 1e-12 * np.maximum(a.abs(), b.abs()), gap * 0.0)


def _wide(figures: pd.DataFrame, scenario: str) -> pd.DataFrame:
    rows = figures[figures["scenario"] == scenario]
    if rows.empty:
        raise InputError(f"There are no results of a scenario called '{scenario}'.")
    order = list(dict.fromkeys(rows["indicator"]))
    return rows.set_index(["seed", "indicator"])["value"].unstack().sort_index()[order]  # noqa: PD010


def _check(scenarios: Sequence[Scenario], seeds: Sequence[int]) -> None:
    names = [s.name for s in scenarios]
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise InputError(f"Two scenarios are called '{twice[0]}'; give one of them another name.")
    if len(set(seeds)) < len(seeds) or not seeds:
        raise InputError("Seeds must be different numbers, at least one.")


def _sim_run() -> Runner:
    from sim.run import run

    return run


def _thin(columns: Table) -> Table:
    smaller = {"f8": np.float32, "i8": np.int32, "u8": np.uint32}
    return {
        name: values.astype(smaller.get(values.dtype.str[1:], values.dtype), copy=False)
        for name, values in columns.items()
    }


class _Meter:
    """Adds up the months done by runs on several threads, and stops them all at once."""

    def __init__(self, runs: int, report: Progress | None) -> None:
        self.stopped = threading.Event()
        self._runs, self._report = runs, report
        self._lock = threading.Lock()
        self._done = 0

    def part(self) -> Progress:
        """Return the progress callback of one run."""
        before = 0

        def told(done: int, total: int) -> None:
            nonlocal before
            if self.stopped.is_set():
                raise Stopped
            with self._lock:
                self._done += done - before
                before = done
                if self._report is not None:
                    self._report(self._done, total * self._runs)

        return told
