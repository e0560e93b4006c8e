"""Ctrl-C as a wish rather than an exception, so that nothing is cut in two."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def interrupts() -> Iterator[threading.Event]:
    """Set the event at the first Ctrl-C; the second one interrupts as usual.

    Elsewhere than in the main thread signals cannot be caught; the event then is never set.
    """
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield asked
        return

    def wish(number: int, frame: FrameType | None) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()

    before = signal.signal(signal.SIGINT, wish)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)
