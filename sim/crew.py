"""Runs a kernel over fixed chunks of rows, on one thread or several, with the same result.

Kernels release the GIL and write only to their own rows and to integer tallies of their worker, so
neither the number of threads nor who takes which chunk can change a bit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

CHUNKS_PER_WORKER = (8, 32)
"""At least and at most: so many that nobody waits long for the last one, or for a core that others use as well."""

CHUNK = 50_000
"""People in a chunk, between these limits: to begin one costs as much as a few hundred people."""

MANY_PLACES = 500
"""From so many places on, threads share them; with fewer, one is done sooner than two are woken."""

Kernel = Callable[..., Any]
Tallies = Sequence[Sequence[np.ndarray[Any, Any]]]


class Crew:
    """A fixed number of workers for kernels over N people or R places.

    Attributes:
        threads: Number of workers.
        roster: Rows of people with a tie or a memory of one; each chunk lists its own from its first row on.
        rooms: Something that each worker keeps for itself; empty until somebody fills it.
    """

    def __init__(self, rows: int, places: int, threads: int = 1) -> None:
        self.threads = max(1, threads)
        least, most = CHUNKS_PER_WORKER
        parts = min(max(rows // (CHUNK * self.threads), least), most) * self.threads
        self._chunks = _chunks(rows, parts if self.threads > 1 else 1)
        self._places = _chunks(places, self.threads if places >= MANY_PLACES else 1)
        self._tied = [(lo, lo) for lo, _ in self._chunks]
        self._pool = ThreadPoolExecutor(self.threads) if self.threads > 1 else None
        self.roster = np.zeros(rows, np.int32)
        self.rooms: list[Any] = []

    def each(self, kernel: Kernel, *columns: Any, tallies: Tallies = (), rooms: Sequence[Any] = ()) -> None:
        """Call `kernel(lo, hi, *columns, *tally)` for every chunk of people; with rooms, the worker's own before lo.

        Args:
            kernel: Compiled function over rows [lo, hi).
            columns: Arguments shared by all chunks.
            tallies: For each tally array, one copy a worker; their sum is left in the first.
            rooms: One object a worker that nobody else reads.
        """
        self._share(kernel, self._chunks, columns, tallies, rooms)

    def each_place(self, kernel: Kernel, *columns: Any) -> None:
        """Call `kernel(lo, hi, *columns)` for every chunk of places."""
        self._share(kernel, self._places, columns, ())

    def each_tied(self, kernel: Kernel, *columns: Any, tallies: Tallies = ()) -> None:
        """Call `kernel(lo, hi, roster, *columns, *tally)` for every chunk of the roster."""
        self._share(kernel, self._tied, (self.roster, *columns), tallies)

    def list_tied(self, kernel: Kernel, *columns: Any) -> None:
        """Make the roster: `kernel(lo, hi, *columns, roster)` lists rows from lo on and returns where it ends."""
        self._tied = self._list(kernel, columns)

    def listed(self, kernel: Kernel, *columns: Any) -> np.ndarray[Any, Any]:
        """Return the rows that a kernel of the same form lists, in order; the roster has to be made anew after it."""
        parts = self._list(kernel, columns)
        self._tied = []
        return np.concatenate([self.roster[lo:hi] for lo, hi in parts])

    def _list(self, kernel: Kernel, columns: Any) -> list[tuple[int, int]]:
        def work(chunk: tuple[int, int]) -> tuple[int, int]:
            return chunk[0], kernel(*chunk, *columns, self.roster)

        run = map if self._pool is None else self._pool.map
        return list(run(work, self._chunks))

    def _share(
        self,
        kernel: Kernel,
        chunks: list[tuple[int, int]],
        columns: Any,
        tallies: Tallies,
        rooms: Sequence[Any] = (),
    ) -> None:
        left = iter(chunks)  # shared: a worker who is free takes the next chunk, and no two take the same

        def work(worker: int) -> None:
            own = [copies[worker] for copies in tallies]
            room = rooms[worker : worker + 1]
            for lo, hi in left:
                if lo < hi:
                    kernel(*room, lo, hi, *columns, *own)

        if self._pool is None or len(chunks) == 1:
            work(0)
        else:
            list(self._pool.map(work, range(self.threads)))
        for copies in tallies:
            for copy in copies[1:]:
                copies[0][...] += copy
                copy[...] = 0


def _chunks(rows: int, parts: int) -> list[tuple[int, int]]:
    edges = np.linspace(0, rows, parts + 1).astype(np.int64)
    return list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))
