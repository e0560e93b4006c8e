"""Who is served next, and by which process: jobs of all visitors, a few processes that run them.

Two seeds for everybody come before anybody's third; among equals, whoever has been left longest is next. A visitor's
place is the time since when they have been shown nothing. Moving a slider again does not change it: what is asked is
replaced, who asks is not. Only who throws much work away gives way.
"""

from __future__ import annotations

import math
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from experiments.compare import Stopped
from viz.dash.hand import Hand, compiling

PATIENCE = 0.1
"""Seconds between two looks at whether one has been told to stop."""

TURN_SECONDS = 60.0
"""How much longer a job of a later turn waits than one of the turn before: first looks come first, and nobody starves."""

WASTE_SECONDS = 5.0
"""Seconds of work that a visitor may throw away before the others go first."""

FULL_NICE, ROUGH_NICE = 12, 3
"""Full runs give way to rough pictures, and both to the page that answers clicks."""

MOST_PROCESSES = 8


class Visitor:
    """Somebody who asks; known by being the same object."""


@dataclass(eq=False)
class Job:
    """Something to be done by one of the processes.

    Attributes:
        visitor: Who asks.
        stop: Set when nobody wants it any more.
        work: Does it.
        tell: Given what `work` returned or raised. Never called for what was stopped while it waited.
        key: Jobs with equal keys are done one after the other; None for any time.
        turn: How many looks at an answer come before this one.
    """

    visitor: Visitor
    stop: threading.Event
    work: Callable[[Hand], Any]
    tell: Callable[[Any], None]
    key: Any = None
    turn: int = 0


@dataclass
class _Standing:
    """Since when a visitor has been shown nothing, and the seconds of work thrown away since."""

    since: float
    wasted: float = 0.0


class Crew:
    """Processes that work for all visitors.

    Args:
        hands: The processes.
        clock: Returns seconds.
    """

    def __init__(self, *hands: Hand, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._waiting: list[Job] = []
        self._doing: set[Any] = set()
        self._standing: WeakKeyDictionary[Visitor, _Standing] = WeakKeyDictionary()
        self._changed = threading.Condition()
        for hand in hands:
            threading.Thread(target=self._work, args=(hand,), daemon=True).start()

    def ask(self, *jobs: Job) -> None:
        """Put jobs into the queue, each visitor's in this order."""
        with self._changed:
            for job in jobs:
                self._standing.setdefault(job.visitor, _Standing(self._clock()))
                self._waiting.append(job)
            self._changed.notify_all()

    def served(self, visitor: Visitor) -> None:
        """Note that a visitor has been shown something, so that all who have not go first."""
        with self._changed:
            self._standing[visitor] = _Standing(self._clock())

    def forget(self, visitor: Visitor) -> None:
        """Note that a visitor has got what they asked for; where they wait for something else, their place is kept."""
        with self._changed:
            if all(job.visitor is not visitor for job in self._left()):
                self._standing.pop(visitor, None)

    def ahead(self, visitor: Visitor) -> int:
        """Return how many others wait who come before this one; 0 for whoever is not waiting."""
        with self._changed:
            mine = min((self._due(job) for job in self._left() if job.visitor is visitor), default=-math.inf)
            return len({job.visitor for job in self._waiting if self._due(job) < mine} - {visitor})

    def crowded(self, but: Visitor | None = None) -> bool:
        """Return whether somebody waits, one visitor left out."""
        with self._changed:
            return any(job.visitor is not but for job in self._left())

    @contextmanager
    def borrowed(self, visitor: Visitor, stop: threading.Event) -> Iterator[None]:
        """Wait for one's turn, then keep one of the processes from working: its core is used otherwise.

        Raises:
            Stopped: `stop` was set while waiting.
        """
        mine, back = threading.Event(), threading.Event()

        def lend(_: Hand) -> None:
            mine.set()
            back.wait()

        self.ask(Job(visitor, stop, lend, lambda _: None, key="lent"))  # one at a time: others go on
        try:
            while not mine.wait(PATIENCE):
                if stop.is_set():
                    raise Stopped
            yield
        finally:
            back.set()
            self.forget(visitor)

    def _left(self) -> list[Job]:
        """Drop what nobody wants any more; return what waits."""
        self._waiting = [job for job in self._waiting if not job.stop.is_set()]
        return self._waiting

    def _due(self, job: Job) -> float:
        """Return what jobs are sorted by."""
        return self._standing[job.visitor].since + TURN_SECONDS * job.turn

    def _waste(self, job: Job, begun: float) -> None:
        """Note that a job was stopped after it had begun."""
        standing = self._standing.get(job.visitor)
        if standing is not None:
            standing.wasted += self._clock() - begun
            if standing.wasted > WASTE_SECONDS:
                self._standing[job.visitor] = _Standing(self._clock())

    def _next(self) -> Job:
        with self._changed:
            while True:
                ready = [job for job in self._left() if job.key is None or job.key not in self._doing]
                if ready:
                    job = min(ready, key=self._due)
                    self._waiting.remove(job)
                    self._doing.add(job.key)
                    return job
                self._changed.wait()

    def _work(self, hand: Hand) -> None:
        while True:
            job, begun = self._next(), self._clock()
            try:
                found = job.work(hand)
            except Exception as error:
                found = error
            with self._changed:
                self._doing.discard(job.key)
                if isinstance(found, Stopped):
                    self._waste(job, begun)
                self._changed.notify_all()
            job.tell(found)
            del job, found  # nothing may be kept alive by somebody who waits


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def full_crew() -> Crew:
    """Return this server's processes for full runs: one a core, two at least."""
    return _crew(FULL_NICE, min(max(2, cores()), MOST_PROCESSES))


@cache
def rough_crew() -> Crew:
    """Return this server's processes for rough pictures, which never wait for full runs."""
    return _crew(ROUGH_NICE, min(max(1, cores() // 2), 2))


def _crew(nice: int, count: int) -> Crew:
    hands = [Hand(nice, compiling()) for _ in range(count)]
    for hand in hands:
        hand.begin()
    return Crew(*hands)
