"""The coordinator: deals out batches, and is the only one that writes.

Every run ends as one row, of figures or with the cause of its failure. Runs whose worker died are made again, each
alone, until it is clear which of them did it.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import pyarrow as pa

from experiments.files import reason
from experiments.sweep import folder as folders
from experiments.sweep import parts
from experiments.sweep.interrupts import interrupts
from experiments.sweep.meter import Meter, Progress
from experiments.sweep.plan import Plan, frame
from experiments.sweep.pools import Died, Lost, Pool
from experiments.sweep.trial import Trial
from experiments.sweep.waiting import Waiting
from experiments.sweep.worker import FAILED, Batch, Done, Row, Runner, failed, simulate
from sim.jit import code_hash, is_warm
from sim.loop import WAYS

Report = Callable[[Progress], None]

FLUSH_SECONDS = 5.0
"""Rows wait no longer than this to be written: what a power cut can cost."""

FLUSH_ROWS = 1_000
LARGEST_BATCH = 500
GRACE = 3.0
"""Seconds that batches under way are given to finish after Ctrl-C."""


@dataclass(frozen=True)
class Summary:
    """What has become of a sweep.

    Attributes:
        progress: The last state of affairs.
        digest: SHA-256 of all stored rows of the design.
        damaged: Parts that were found damaged at the start; their runs were made again.
        stopped: Why it ended early, in words; "" if it did not.
    """

    progress: Progress
    digest: str
    damaged: int
    stopped: str


def sweep(
    plan: Plan,
    target: Path,
    pool: Pool,
    report: Report | None = None,
    *,
    command: str = "",
    runner: Runner = simulate,
    retry: bool = False,
    flush: float = FLUSH_SECONDS,
) -> Summary:
    """Make all runs of a sweep that are not stored yet.

    Args:
        plan: The sweep.
        target: Its folder.
        pool: Who makes the runs.
        report: Told how far it is, now and then.
        command: The command line that does the same again, for the manifest.
        runner: Makes one run; the model unless given.
        retry: Make runs that failed before again.
        flush: Seconds that rows wait at most to be written.

    Raises:
        InputError: The folder cannot be used, or a point cannot be run.
        KeyboardInterrupt: Stopped with Ctrl-C; what had been made is stored.
    """
    design, trials = frame(plan)
    with folders.opened(target, plan, design, command) as damaged:
        if retry:
            parts.forget_failures(target)
        table = parts.read(target)
        status = dict(zip(table["key"].to_pylist(), table["status"].to_pylist(), strict=True))
        missing = [t for t in trials if t.key not in status]
        old = [status[t.key] for t in trials if t.key in status]
        meter = Meter(len(trials), len(old), old.count(FAILED), pool.lanes)
        desk = _Desk(plan, target, pool, meter, Waiting(missing, trials), runner, report, flush)
        stopped = desk.work()
        mine = {t.key for t in trials}
        rows = parts.read(target)
        kept = rows.filter(pa.array([key in mine for key in rows["key"].to_pylist()], pa.bool_()))
        return Summary(meter.read(), parts.digest(kept), len(damaged), stopped)


class _Desk:
    """The coordinator's desk: what is out, what has come back, what is to be written."""

    def __init__(
        self, plan: Plan, target: Path, pool: Pool, meter: Meter, waiting: Waiting, runner: Runner,
        report: Report | None, flush: float,
    ) -> None:  # fmt: skip
        self.plan, self.target, self.pool, self.meter = plan, target, pool, meter
        self.waiting, self.runner, self.report, self.flush = waiting, runner, report, flush
        self.out: dict[int, tuple[list[Trial], float]] = {}
        self.rows: list[Row] = []
        self.deaths: Counter[str] = Counter()
        self.flushed = time.monotonic()
        self.tickets = 0
        self.each = 0.0

    def work(self) -> str:
        """Make all runs; return why it ended early, or ""."""
        try:
            with interrupts() as asked:
                self._loop(asked)
                self._flush()
        except Lost as lost:
            return self._keep(str(lost))
        except OSError as error:
            return f"{self.target}: {reason(error)}"
        finally:
            self.pool.close()
            self._tell()
        if asked.is_set():
            raise KeyboardInterrupt
        return ""

    def _loop(self, asked: Event) -> None:
        while (self.waiting or self.out) and not asked.is_set():
            self._deal()
            self._hear(1.0)
            if self._due():
                self._flush()
        end = time.monotonic() + GRACE
        while self.out and time.monotonic() < end:
            self._hear(0.1)

    def _deal(self) -> None:
        while self.waiting.ordinary and len(self.out) < self._window():
            self._send(self.waiting.take(self._size()))
        # Suspects wait until nothing else is under way, so that a death can only be their own doing.
        alone = not self.waiting.ordinary and all(
            len(t) == 1 and t[0].key in self.deaths for t, _ in self.out.values()
        )
        while alone and self.waiting.suspects and len(self.out) < self.pool.alone:
            self._send([self.waiting.suspects.popleft()])

    def _window(self) -> int:
        """Return how many batches may be out: one at first, if it has to compile the model for all others."""
        return 2 * self.pool.lanes if self.meter.done or any(map(is_warm, WAYS)) else 1

    def _size(self) -> int:
        """Return how many runs make a batch of the wished length, fewer towards the end."""
        if self.each <= 0.0:
            return 1
        share = len(self.waiting) / (2 * self.pool.lanes)
        return max(1, min(int(self.pool.seconds / self.each), int(share), LARGEST_BATCH))

    def _send(self, trials: list[Trial]) -> None:
        shared = tuple(self.waiting.shared(t) for t in trials)
        self.tickets += 1
        self.out[self.tickets] = (trials, time.monotonic())
        batch = Batch(tuple(trials), self.plan.places, self.plan.limit, shared, self.runner)
        self.pool.submit(self.tickets, batch)

    def _hear(self, timeout: float) -> None:
        event = self.pool.next(timeout)
        if event is None:
            self._tell()
            return
        ticket, result = event
        trials, since = self.out.pop(ticket)
        if isinstance(result, Died):
            self._mourn(trials, time.monotonic() - since, result)
        else:
            self._collect(trials, result)
        self._tell()

    def _collect(self, trials: list[Trial], done: Done) -> None:
        each = done.model / len(done.rows)
        self.each = each if self.each <= 0.0 else 0.8 * self.each + 0.2 * each
        self.rows += done.rows
        self.meter.add(done)
        for trial in trials:
            self.waiting.finished(trial.group)

    def _mourn(self, trials: list[Trial], seconds: float, end: Died) -> None:
        """Give up a run that ends every worker it is given to; suspect all runs of a batch that ended one."""
        if len(trials) == 1 and trials[0].key in self.deaths:
            key = trials[0].key
            self.deaths[key] += 1
            if end.tries and seconds >= end.tries * self.plan.limit:
                self._give_up(key, f"took longer than {self.plan.limit:g} s")
                return
            if self.deaths[key] >= self.pool.patience:
                self._give_up(key, f"its worker died each time ({end.cause})")
                return
        for trial in trials:
            self.deaths.setdefault(trial.key, 0)
            self.waiting.finished(trial.group)
        self.waiting.suspects.extend(trials)

    def _give_up(self, key: str, cause: str) -> None:
        row = failed(key, cause)
        self.rows.append(row)
        self.meter.count([row])

    def _due(self) -> bool:
        return len(self.rows) >= FLUSH_ROWS or time.monotonic() - self.flushed >= self.flush

    def _flush(self) -> None:
        if self.rows:
            parts.write(self.target, self.rows, code_hash())
            self.rows = []
        self.flushed = time.monotonic()

    def _keep(self, why: str) -> str:
        """Write what has come back so far; return why the sweep ends."""
        try:
            self._flush()
        except OSError as error:
            return f"{self.target}: {reason(error)}"
        return why

    def _tell(self) -> None:
        if self.report is not None:
            self.report(self.meter.read())
