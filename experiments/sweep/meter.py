"""How far a sweep is: done, failed, rate, time left, and how much of the cores' time went into the model.

Measured by a clock that nobody can set.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from experiments.sweep.worker import FAILED, Done, Row


@dataclass(frozen=True)
class Progress:
    """How far a sweep is.

    Attributes:
        total: Runs of the design, each counted once.
        stored: Runs that were there at the start.
        done: Runs made since, failed ones included.
        failed: Failed runs, also of earlier times.
        seconds: Since the start.
        rate: Runs a second; 0 while nothing is known.
        left: Seconds to the end, NaN while nothing is known.
        in_model: Share of the workers' time spent in the model.
        memory: Bytes of memory of a worker early in the sweep and now, the largest of all workers.
    """

    total: int
    stored: int
    done: int
    failed: int
    seconds: float
    rate: float
    left: float
    in_model: float
    memory: tuple[int, int]

    @property
    def missing(self) -> int:
        """Runs that are still to be made."""
        return self.total - self.stored - self.done


@dataclass
class Meter:
    """Counts what comes back."""

    total: int
    stored: int
    failed: int
    lanes: int
    done: int = 0
    model: float = 0.0
    begun: float = field(default_factory=time.monotonic)
    early: dict[str, int] = field(default_factory=dict)
    late: dict[str, int] = field(default_factory=dict)

    def add(self, done: Done) -> None:
        """Count a batch."""
        self.model += done.model
        self.late[done.worker] = done.memory
        if self.done <= 0.1 * (self.total - self.stored):
            self.early[done.worker] = done.memory
        self.count(done.rows)

    def count(self, rows: list[Row]) -> None:
        """Count rows."""
        self.done += len(rows)
        self.failed += sum(row.status == FAILED for row in rows)

    def read(self) -> Progress:
        """Return how far the sweep is now."""
        seconds = time.monotonic() - self.begun
        rate = self.done / seconds if seconds > 0.0 else 0.0
        missing = self.total - self.stored - self.done
        memory = (max(self.early.values(), default=0), max(self.late.values(), default=0))
        return Progress(
            self.total, self.stored, self.done, self.failed, seconds, rate,
            missing / rate if rate > 0.0 else float("nan"),
            self.model / (seconds * self.lanes) if seconds > 0.0 else 0.0, memory,
        )  # fmt: skip
