"""Columns of people of which a partition holds its own rows only.

Kernels address people by their row in the whole country, which is also the address of their random numbers. So a column spans
all rows in the address space, but has memory for the rows [lo, hi) only: whoever reads or writes another page ends
the process. What is left of the first and the last page is filled with 255, and looked at after every month.
"""

from __future__ import annotations

import ctypes
import mmap
from typing import Any, NamedTuple

import numpy as np

POISON = 255
"""Every byte beside the own rows: NaN as a float, -1 or 255 as a whole number."""

Array = np.ndarray[Any, Any]


class Column(NamedTuple):
    """A column and what surrounds its own rows."""

    values: Array
    """All rows by number; only rows [lo, hi) may be touched."""
    margins: tuple[Array, Array]
    """Bytes before and after the own rows on the same pages."""

    def intact(self) -> bool:
        """Return whether nobody has written beside the own rows."""
        return all(bool((margin == POISON).all()) for margin in self.margins)


def own_rows(whole: Array, lo: int, hi: int) -> Column:
    """Return a column like `whole` that holds a copy of its rows [lo, hi), and no others.

    Raises:
        OSError: The system does not protect the memory.
    """
    area = mmap.mmap(-1, max(whole.nbytes, 1), flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    flat = np.frombuffer(area, np.uint8)
    row = whole.nbytes // max(len(whole), 1)
    first, last = lo * row, hi * row
    below = first // mmap.PAGESIZE * mmap.PAGESIZE
    above = min(-(-last // mmap.PAGESIZE) * mmap.PAGESIZE, len(flat))
    values = np.frombuffer(area, whole.dtype, count=whole.size).reshape(whole.shape)
    margins = flat[below:first], flat[last:above]
    for margin in margins:
        margin[...] = POISON
    values[lo:hi] = whole[lo:hi]
    _forbid(flat[:below])
    _forbid(flat[above:])
    return Column(values, margins)


def _forbid(pages: Array) -> None:
    """Make whole pages unreadable."""
    if len(pages):
        system = ctypes.CDLL(None, use_errno=True)
        if system.mprotect(ctypes.c_void_p(pages.ctypes.data), ctypes.c_size_t(len(pages)), 0):
            raise OSError(ctypes.get_errno(), "mprotect")
