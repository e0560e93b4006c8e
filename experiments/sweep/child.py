"""The process behind a lane: takes batches from its standard input, gives results on its standard output.

It ends with its coordinator, however that ends: a thread waits for the end of the input, and Linux sends a signal.
"""

from __future__ import annotations

import ctypes
import os
import pickle
import queue
import signal
import sys
import threading
from contextlib import suppress
from typing import Any, BinaryIO

PR_SET_PDEATHSIG = 1
ORPHANED = 70
"""Exit status of a worker whose coordinator is gone."""


def main() -> None:
    """Make batches until the coordinator goes."""
    _end_with_parent()
    waiting: queue.SimpleQueue[tuple[int, Any]] = queue.SimpleQueue()
    results = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever a library prints must not run into the results.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    # Before the model is imported: from here on nothing outlives the coordinator.
    threading.Thread(target=_listen, args=(sys.stdin.buffer, waiting), daemon=True).start()
    from experiments.sweep.worker import perform

    while True:
        ticket, batch = waiting.get()
        results.write(pickle.dumps((ticket, perform(batch))))
        results.flush()


def _end_with_parent() -> None:
    # At once even while an import or a library holds Python's lock; elsewhere than on Linux the thread has to do.
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _listen(source: BinaryIO, waiting: queue.SimpleQueue[tuple[int, Any]]) -> None:
    try:
        while True:
            waiting.put(pickle.load(source))
    finally:
        os._exit(ORPHANED)
