"""Memory that the C library keeps for itself: by default a heap for each of many threads, and whatever was freed.

Known to the GNU C library only; elsewhere nothing is done.
"""

from __future__ import annotations

import ctypes
from contextlib import suppress

HEAPS = (-8, 2)
"""`M_ARENA_MAX`: threads share two heaps instead of having one each."""

LARGE = (-3, 256 * 1024)
"""`M_MMAP_THRESHOLD`: arrays of more bytes go back to the machine when they are freed, also after larger ones."""


def spare() -> None:
    """Ask the C library to keep little; called once, before threads begin."""
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        for option, value in (HEAPS, LARGE):
            library.mallopt(option, value)


def give_back() -> None:
    """Give memory that nobody uses back to the machine."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
