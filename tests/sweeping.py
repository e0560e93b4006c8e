"""Small sweeps, and runs that cost nothing, for tests of the engine: importable by its workers, too."""

from __future__ import annotations

import hashlib
import math
import os
import signal
import time
from pathlib import Path

from experiments.sweep.file import plan
from experiments.sweep.pools import Died
from experiments.sweep.worker import Kept, columns, perform
from sim.parameters import records

HEAD = "name: small\nscenario: baseline\nplaces: workshop\npersons_per_agent: 2000\nmonths: 12\nburn_in: 6\n"
GRID = "design: factorial\nfactors:\n  - {factor: hub.amount, values: [0, 1]}\n  - {factor: newtie.exchange, values: [0.5, 0.6]}\n"
RAISES, NAN, KILLS, ENDLESS = 1, 2, 3, 4
ISHIGAMI = ("newtie.exchange", "search.rate", "strength.decay")


def small(more: str = GRID, head: str = HEAD, folder: Path = Path()):
    return plan(head + more, "small.yaml", folder)


def figures(value: float) -> dict[str, float]:
    return dict.fromkeys(columns(), value)


def cheap(trial, places, shared) -> Kept:
    """Figures from a hash of what is asked: any mix-up of runs shows."""
    text = f"{trial.scenario.content()} {trial.seed}"
    number = int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) / 2**32
    return Kept(f"{number}", figures(number))


def unruly(trial, places, shared) -> Kept:
    """Some seeds raise, give no number, kill their process or never end."""
    if trial.seed == RAISES:
        raise ValueError("this one\nraises")
    if trial.seed == KILLS:
        os.kill(os.getpid(), signal.SIGKILL)
    while trial.seed == ENDLESS:
        time.sleep(0.01)
    return cheap(trial, places, shared) if trial.seed != NAN else Kept("", figures(math.nan))


def ishigami(trial, places, shared) -> Kept:
    """The function of Ishigami and Homma (1990), a = 7, b = 0.1, whose indices are known."""
    x = []
    for path in ISHIGAMI:
        record = records()[path]
        value = getattr(getattr(trial.scenario.parameters, record.group), record.name)
        x.append(math.pi * (2.0 * (value - record.low) / (record.high - record.low) - 1.0))
    y = math.sin(x[0]) + 7.0 * math.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * math.sin(x[0])
    return Kept("", figures(y))


def killed_at_last(one) -> dict[str, float]:
    """A run of a calibration: its seed, unless it kills its process, a second after the others were made."""
    if one.seed == KILLS:
        time.sleep(1.0)
        os.kill(os.getpid(), signal.SIGKILL)
    return {"a": float(one.seed)}


def noted(one) -> dict[str, float]:
    """A run of a calibration that leaves a file in the folder that its one value names, and takes a while."""
    (Path(one.values[0][0]) / f"{one.seed}").touch()
    time.sleep(0.2)
    return {"a": float(one.seed)}


class Inline:
    """A pool that makes batches where it stands, the last one first; `breaks` are seeds that end its worker."""

    def __init__(self, breaks=(), seconds=1.0, lanes=2):
        self.lanes = self.alone = lanes
        self.patience, self.seconds, self.breaks = 3, seconds, set(breaks)
        self.done, self.batches, self.closed = [], [], False

    def submit(self, ticket, batch):
        self.batches.append([(t.group, t.seed) for t in batch.trials])
        ended = self.breaks & {t.seed for t in batch.trials}
        self.done.append((ticket, Died("signal 9") if ended else perform(batch)))

    def next(self, timeout):
        return self.done.pop() if self.done else None

    def close(self):
        self.closed = True
