"""Who is served next, and by which process: jobs of all visitors, a few processes that run them.

A visitor's place in the queue is the time since when nothing has been done for them. Moving a slider again does not
change it: what is asked is replaced, who asks is not.
"""

from __future__ import annotations

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
    """

    visitor: Visitor
    stop: threading.Event
    work: Callable[[Hand], Any]
    tell: Callable[[Any], None]
    key: Any = None


class Crew:
    """Processes that work for all visitors; whoever has been left longest is next.

    Args:
        hands: The processes.
    """

    def __init__(self, *hands: Hand) -> None:
        self._waiting: list[Job] = []
        self._doing: set[Any] = set()
        self._since: WeakKeyDictionary[Visitor, float] = WeakKeyDictionary()
        self._changed = threading.Condition()
        for hand in hands:
            threading.Thread(target=self._work, args=(hand,), daemon=True).start()

    def ask(self, *jobs: Job) -> None:
        """Put jobs into the queue, each visitor's in this order."""
        with self._changed:
            for job in jobs:
                self._since.setdefault(job.visitor, time.monotonic())
                self._waiting.append(job)
            self._changed.notify_all()

    def served(self, visitor: Visitor) -> None:
        """Note that a visitor has been shown something, so that all who have not go first."""
        with self._changed:
            self._since[visitor] = time.monotonic()

    def forget(self, visitor: Visitor) -> None:
        """Note that a visitor wants nothing more."""
        with self._changed:
            self._since.pop(visitor, None)

    def ahead(self, visitor: Visitor) -> int:
        """Return how many others wait who come before this one; 0 for whoever is not waiting."""
        with self._changed:
            waiting = {job.visitor for job in self._left()}
            return sum(self._since[v] < self._since[visitor] for v in waiting) if visitor in waiting else 0

    def crowded(self) -> bool:
        """Return whether somebody waits."""
        with self._changed:
            return bool(self._left())

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

        self.ask(Job(visitor, stop, lend, lambda _: None))
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

    def _next(self) -> Job:
        with self._changed:
            while True:
                ready = [job for job in self._left() if job.key is None or job.key not in self._doing]
                if ready:
                    job = min(ready, key=lambda one: self._since.get(one.visitor, 0.0))
                    self._waiting.remove(job)
                    self._doing.add(job.key)
                    return job
                self._changed.wait()

    def _work(self, hand: Hand) -> None:
        hand.begin()
        while True:
            job = self._next()
            try:
                found = job.work(hand)
            except Exception as error:
                found = error
            with self._changed:
                self._doing.discard(job.key)
                self._changed.notify_all()
            job.tell(found)
            del job, found  # nothing may be kept alive by somebody who waits


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def full_crew() -> Crew:
    """Return this server's processes for full runs: one a core, two at least."""
    return Crew(*(Hand(FULL_NICE, compiling()) for _ in range(min(max(2, cores()), MOST_PROCESSES))))


@cache
def rough_crew() -> Crew:
    """Return this server's processes for rough pictures, which never wait for full runs."""
    return Crew(*(Hand(ROUGH_NICE, compiling()) for _ in range(min(max(1, cores() // 2), 2))))
