"""What a worker does: a batch of runs, one after the other, each with a time limit, none of which can spoil the others.

`perform` is the same in a process of this machine and on a Dask worker.
"""

from __future__ import annotations

import faulthandler
import math
import os
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from experiments.sweep.trial import Trial
from sim.indicators import records
from sim.outcome import Outcome
from sim.places import Places
from sim.run import Simulation, run

OK, FAILED = "ok", "failed"
LONGEST_CAUSE = 300
NEEDED = ("visiting_share", "yen_total")
"""Figures that are defined in every run; others may be without meaning, e.g. ties of 36 months in a run of 24."""


class Kept(NamedTuple):
    """What is kept of a run: the SHA-256 of its outcome and its figures."""

    digest: str
    figures: dict[str, float]


@dataclass(frozen=True)
class Row:
    """One run made: figures, or the cause why there are none."""

    key: str
    status: str
    cause: str
    digest: str
    figures: dict[str, float]


Runner = Callable[[Trial, Places, bool], Kept]
"""Makes a run; told whether others will share its burn-in."""


@dataclass(frozen=True)
class Batch:
    """Runs for one worker.

    Attributes:
        trials: The runs.
        places: The table they run on.
        limit: Seconds after which a run is given up, with its worker.
        shared: Whether other runs begin with the same burn-in, run by run.
        runner: Makes each run.
    """

    trials: tuple[Trial, ...]
    places: Places
    limit: float
    shared: tuple[bool, ...]
    runner: Runner


@dataclass(frozen=True)
class Done:
    """A batch made.

    Attributes:
        rows: One a run.
        model: Seconds spent in the model.
        worker: Machine and process.
        memory: Bytes of memory in use after the batch.
    """

    rows: list[Row]
    model: float
    worker: str
    memory: int


def perform(batch: Batch) -> Done:
    """Make the runs of a batch. A run that raises, or whose figures are no numbers, is a row with its cause."""
    rows, model = [], 0.0
    for trial, shared in zip(batch.trials, batch.shared, strict=True):
        begun = time.perf_counter()
        with _limited(batch.limit):
            rows.append(_attempt(trial, batch, shared))
        model += time.perf_counter() - begun
    return Done(rows, model, f"{os.uname().nodename} {os.getpid()}", _memory())


def simulate(trial: Trial, places: Places, shared: bool) -> Kept:
    """Run the model."""
    from experiments.compare import figures

    outcome = run(trial.scenario, places, trial.seed) if shared else _run_unkept(trial, places)
    for name, column in outcome.months.items():
        if np.isnan(column).any():
            raise ArithmeticError(f"column '{name}' holds NaN")
    return Kept(outcome.digest, figures(outcome, places))


def columns() -> list[str]:
    """Return the names of the figures of a run."""
    from experiments.compare import YEN

    return [*records(), YEN]


def _run_unkept(trial: Trial, places: Places) -> Outcome:
    # A burn-in that nobody shares would only push others out of the cache.
    simulation = Simulation(trial.scenario, places, trial.seed)
    while simulation.month < trial.scenario.months:
        simulation.step()
    return simulation.outcome()


def _attempt(trial: Trial, batch: Batch, shared: bool) -> Row:
    try:
        digest, found = batch.runner(trial, batch.places, shared)
        figures = {name: float(value) for name, value in found.items()}
        for name in NEEDED:
            if not math.isfinite(figures[name]):
                return failed(trial.key, f"{name} is {figures[name]}")
    except (Exception, SystemExit) as error:
        return failed(trial.key, f"{type(error).__name__}: {error}")
    return Row(trial.key, OK, "", digest, figures)


def failed(key: str, cause: str) -> Row:
    """Return the row of a run that came to nothing."""
    return Row(key, FAILED, " ".join(cause.split())[:LONGEST_CAUSE], "", {})


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """End the process when the time is over: nothing softer stops a kernel that never ends."""
    with open(os.devnull, "w") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def _memory() -> int:
    with suppress(OSError, ValueError), open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
