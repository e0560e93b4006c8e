"""Runs a kernel over fixed chunks of rows, on one thread or several, with the same result.

Kernels release the GIL and write only to their own rows and to integer tallies of their worker, so
the number of threads cannot change a bit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

CHUNKS_PER_WORKER = 4

Kernel = Callable[..., Any]
Tallies = Sequence[Sequence[np.ndarray[Any, Any]]]


class Crew:
    """A fixed number of workers for kernels over N rows.

    Attributes:
        threads: Number of workers.
        roster: Rows of people with a tie or a memory of one; each chunk lists its own from its first row on.
        rooms: Something that each worker keeps for itself; empty until somebody fills it.
    """

    def __init__(self, rows: int, threads: int = 1) -> None:
        self.threads = max(1, threads)
        parts = self.threads * CHUNKS_PER_WORKER if self.threads > 1 else 1
        edges = np.linspace(0, rows, parts + 1).astype(np.int64)
        self._chunks = list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))
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
        def work(worker: int) -> None:
            own = [copies[worker] for copies in tallies]
            room = rooms[worker : worker + 1]
            for lo, hi in chunks[worker :: self.threads]:
                if lo < hi:
                    kernel(*room, lo, hi, *columns, *own)

        if self._pool is None:
            work(0)
        else:
            list(self._pool.map(work, range(self.threads)))
        for copies in tallies:
            for copy in copies[1:]:
                copies[0][...] += copy
                copy[...] = 0
