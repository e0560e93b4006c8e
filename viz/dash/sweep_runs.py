"""Sweeps that lie on this server, and small ones made for a visitor.

A stored sweep is opened by its name in the server's own folder; what a browser sends is compared with the names that
are there and never made into a path. A small sweep runs in a folder that is removed when it is done: nothing that
visitors do piles up on the disk.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.compare import Stopped
from experiments.sweep.engine import sweep
from experiments.sweep.folder import is_sweep, manifest
from experiments.sweep.local import Local
from experiments.sweep.meter import Progress as Far
from experiments.sweep.views import load
from sim.errors import InputError, unknown
from sim.places import Places
from sim.scenario import Scenario
from viz.dash.crew import FULL_NICE, Visitor, full_crew
from viz.dash.engine import Progress
from viz.dash.sweep_order import Order, read
from viz.jobs import OUT
from viz.serve import SWEEPS

MOST_SHOWN = 60
MOST_ROWS = 200_000


@dataclass(frozen=True, eq=False)
class Found:
    """A sweep to look at.

    Attributes:
        about: Its manifest.
        runs: As `experiments.sweep.views.load` returns them.
    """

    about: dict[str, Any]
    runs: pd.DataFrame

    @property
    def factors(self) -> list[str]:
        """Names of what was varied."""
        return [factor["name"] for factor in self.about["factors"]]

    def title(self, lang: str) -> str:
        """Return what it is called."""
        return str(self.about[f"title_{lang}"] or self.about["name"])


def shelf_folder() -> Path:
    """Return the folder whose sweeps may be opened."""
    return Path(os.environ.get(SWEEPS) or OUT)


def names() -> list[str]:
    """Return the names of the sweeps there, the newest first; links out of the folder are left alone."""
    here = shelf_folder()
    if not here.is_dir():
        return []
    found = [p for p in here.iterdir() if p.is_dir() and not p.is_symlink() and is_sweep(p)]
    return [p.name for p in sorted(found, key=lambda p: -p.stat().st_mtime)[:MOST_SHOWN]]


def opened(name: object) -> Found:
    """Return a stored sweep.

    Raises:
        InputError: There is none of that name, it is too large for a page, or it is damaged.
    """
    if not isinstance(name, str) or name not in names():
        raise unknown("sweep", "sweep", str(name)[:60], names() or ["none on this server yet"])
    folder = shelf_folder() / name
    runs = load(folder)
    if len(runs) > MOST_ROWS:
        raise InputError(
            f"{name}: {len(runs):,} runs are too many for a page; see: kakawari analyse {folder}."
        )
    return Found(manifest(folder), runs)


def made(
    order: Order, scenario: Scenario, places: Places, told: Callable[[Progress], None], stop: threading.Event
) -> Found:
    """Run a small sweep in a process of its own, in place of one of the server's own.

    Raises:
        Stopped: `stop` was set.
        InputError: Too large, or something in it cannot be run.
    """

    def report(far: Far) -> None:
        if stop.is_set():
            raise Stopped
        done = far.total - far.missing
        told(Progress(done / max(far.total, 1), done, far.total))

    with tempfile.TemporaryDirectory(prefix="kakawari-") as name:
        folder = Path(name)
        plan = read(order, scenario, places, folder)
        target = folder / "runs"
        with full_crew().borrowed(Visitor(), stop):
            _give_way()
            pool = Local(1)
            try:
                summary = sweep(plan, target, pool, report, command=f"kakawari sweep {plan.name}.yaml")
            finally:
                pool.close()
        if summary.stopped:
            raise InputError(f"sweep: {summary.stopped}.")
        return Found(manifest(target), load(target))


def _give_way() -> None:
    """Let this thread, and the processes that it starts, give way to pages: on Linux, where each thread has a rank."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), FULL_NICE)
