"""Runs that misbehave, by their seed; all others are made as usual."""

from __future__ import annotations

import math
import os
import signal
import time

from experiments.sweep.trial import Trial
from experiments.sweep.worker import Kept, Runner, simulate
from sim.places import Places

RAISES, NAN, KILLS, ENDLESS = 1, 2, 3, 4
"""Seeds of the runs that misbehave."""


def poison(trial: Trial, places: Places, shared: bool) -> Kept:
    """Raise, return NaN, kill the own process, or never end; else run the model."""
    if trial.seed == RAISES:
        raise ValueError("this run raises")
    if trial.seed == KILLS:
        os.kill(os.getpid(), signal.SIGKILL)
    while trial.seed == ENDLESS:
        time.sleep(0.01)
    kept = simulate(trial, places, shared)
    if trial.seed == NAN:
        return kept._replace(figures={**kept.figures, "visiting_share": math.nan})
    return kept


RUNNERS: dict[str, Runner] = {"model": simulate, "poison": poison}
