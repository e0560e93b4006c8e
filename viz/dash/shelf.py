"""Runs that were made before, shared by everybody on this server, and how many are made at once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from experiments.compare import Run, Stopped
from viz.dash.film import Film

KEPT_BYTES = 400_000_000
AT_ONCE = 2
"""Full runs at a time: one a core of a small machine. Previews have as many seats of their own."""

PATIENCE = 0.1
"""Seconds between two looks at whether one has been told to stop."""


class Shot(NamedTuple):
    """One run, and its film where one was taken."""

    run: Run
    film: Film | None


class Shelf:
    """A memory of runs; whoever asks for one that is being made waits for it instead of making it twice."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Any, Shot] = OrderedDict()
        self._making: set[Any] = set()
        self._changed = threading.Condition()

    def holds(self, keys: Iterable[Any]) -> bool:
        """Return whether all of these are there."""
        with self._changed:
            return all(key in self._kept for key in keys)

    def get(self, key: Any, make: Callable[[], Shot], stop: threading.Event) -> Shot:
        """Return what lies under a key, made now if it is not there.

        Raises:
            Stopped: `stop` was set before it was there.
        """
        with self._changed:
            while key in self._making:
                if stop.is_set():
                    raise Stopped
                self._changed.wait(PATIENCE)
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            self._making.add(key)
        try:
            made = make()
            with self._changed:
                self._kept[key] = made
                self._forget()
            return made
        finally:
            with self._changed:
                self._making.discard(key)
                self._changed.notify_all()

    def _forget(self) -> None:
        sizes = {key: _size(shot) for key, shot in self._kept.items()}
        total = sum(sizes.values())
        for key in list(self._kept)[:-1]:
            if total <= KEPT_BYTES:
                return
            total -= sizes[key]
            del self._kept[key]


@cache
def shelf() -> Shelf:
    """Return this server's memory."""
    return Shelf()


class Seats:
    """Seats for full runs, given to whoever has waited longest.

    A visitor waits with at most two runs at a time, so that first come, first served is one run for everybody in turn.
    """

    def __init__(self, count: int) -> None:
        self._free = count
        self._waiting: list[_Ticket] = []
        self._lock = threading.Lock()

    def take(self, stop: threading.Event) -> None:
        """Wait for one's turn; a visitor is known by what stops their question.

        Raises:
            Stopped: `stop` was set while waiting.
        """
        mine = _Ticket(stop)
        with self._lock:
            self._waiting.append(mine)
            self._call()
        while not mine.turn.wait(PATIENCE):
            with self._lock:
                if stop.is_set() and mine in self._waiting:
                    self._waiting.remove(mine)
                    raise Stopped

    def leave(self) -> None:
        """Give a seat back."""
        with self._lock:
            self._free += 1
            self._call()

    def ahead(self, stop: threading.Event) -> int:
        """Return how many other visitors wait before this one; 0 for whoever is not waiting."""
        with self._lock:
            stops = [ticket.stop for ticket in self._waiting]
        return len({id(s) for s in stops[: stops.index(stop)]}) if stop in stops else 0

    def _call(self) -> None:
        """Wake those whose turn it is, and nobody else: with many waiting, waking all would cost the others' clicks."""
        while self._free and self._waiting:
            self._free -= 1
            self._waiting.pop(0).turn.set()


@dataclass(eq=False)
class _Ticket:
    """One run that waits for a seat."""

    stop: threading.Event
    turn: threading.Event = field(default_factory=threading.Event)


@cache
def seats() -> Seats:
    """Return this server's seats for full runs."""
    return Seats(AT_ONCE)


@cache
def preview_seats() -> Seats:
    """Return this server's seats for rough pictures: a queue of their own, so that these never wait for full runs."""
    return Seats(AT_ONCE)


@contextmanager
def seat(stop: threading.Event, among: Seats | None = None) -> Iterator[None]:
    """Wait for one's turn to run in full, or for one of other seats.

    Raises:
        Stopped: `stop` was set while waiting.
    """
    row = among or seats()
    row.take(stop)
    try:
        yield
    finally:
        row.leave()


def _size(shot: Shot) -> int:
    film = shot.film
    columns = sum(values.nbytes for table in shot.run.tables.values() for values in table.values())
    return columns + (0 if film is None else film.flows.nbytes + film.tired.nbytes + film.hosts.nbytes)
