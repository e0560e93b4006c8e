"""Runs that were made before, shared by everybody on this server."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from experiments.compare import Run
from viz.dash.film import Film

KEPT_BYTES = 160_000_000


class Shot(NamedTuple):
    """One run, and its film where one was taken."""

    run: Run
    film: Film | None


class Shelf:
    """A memory of runs; those that were not asked for longest go when there are too many."""

    def __init__(self, most: int = KEPT_BYTES) -> None:
        self._kept: OrderedDict[Any, tuple[Shot, int]] = OrderedDict()
        self._bytes, self._most = 0, most
        self._lock = threading.Lock()

    def holds(self, keys: Iterable[Any]) -> bool:
        """Return whether all of these are there."""
        with self._lock:
            return all(key in self._kept for key in keys)

    def get(self, key: Any) -> Shot | None:
        """Return what lies under a key."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def put(self, key: Any, shot: Shot) -> None:
        """Lay a run down."""
        with self._lock:
            if key in self._kept:
                self._bytes -= self._kept.pop(key)[1]
            self._kept[key] = shot, _size(shot)
            self._bytes += self._kept[key][1]
            while self._bytes > self._most and len(self._kept) > 1:
                self._bytes -= self._kept.popitem(last=False)[1][1]


@cache
def shelf() -> Shelf:
    """Return this server's memory."""
    return Shelf()


def _size(shot: Shot) -> int:
    film = shot.film
    columns = sum(values.nbytes for table in shot.run.tables.values() for values in table.values())
    return columns + (0 if film is None else film.flows.nbytes + film.tired.nbytes + film.hosts.nbytes)
