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


class Crew:
    """A fixed number of workers for kernels over N rows."""

    def __init__(self, rows: int, threads: int = 1) -> None:
        self.rows = rows
        self.threads = max(1, threads)
        parts = self.threads * CHUNKS_PER_WORKER if self.threads > 1 else 1
        edges = np.linspace(0, rows, parts + 1).astype(np.int64)
        self._chunks = list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))
        self._pool = ThreadPoolExecutor(self.threads) if self.threads > 1 else None

    def each(
        self,
        kernel: Callable[..., None],
        *columns: Any,
        tallies: Sequence[Sequence[np.ndarray[Any, Any]]] = (),
    ) -> None:
        """Call `kernel(lo, hi, *columns, *tally)` for every chunk.

        Args:
            kernel: Compiled function over rows [lo, hi).
            columns: Arguments shared by all chunks.
            tallies: For each tally array, one copy a worker; their sum is left in the first.
        """

        def work(worker: int) -> None:
            own = [copies[worker] for copies in tallies]
            for lo, hi in self._chunks[worker :: self.threads]:
                kernel(lo, hi, *columns, *own)

        if self._pool is None:
            work(0)
        else:
            list(self._pool.map(work, range(self.threads)))
        for copies in tallies:
            for copy in copies[1:]:
                copies[0][...] += copy
                copy[...] = 0
