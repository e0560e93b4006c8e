"""Processes that help this one: they leave Ctrl-C to it, and end when it does, however that ends."""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process

ORPHANED = 70
"""Exit status of a process whose parent is gone."""


def children(count: int) -> ProcessPoolExecutor:
    """Return so many fresh processes; a fork would copy locks that other threads hold."""
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_follow)


def _follow() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(ORPHANED)

    threading.Thread(target=watch, daemon=True).start()
