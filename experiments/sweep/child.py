"""The process behind a lane: takes batches from its standard input, gives results on its standard output.

It ends with its coordinator, however that ends: a thread waits for the end of the input.
"""

from __future__ import annotations

import os
import pickle
import queue
import sys
import threading
from typing import Any, BinaryIO

ORPHANED = 70
"""Exit status of a worker whose coordinator is gone."""


def main() -> None:
    """Make batches until the coordinator goes."""
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


def _listen(source: BinaryIO, waiting: queue.SimpleQueue[tuple[int, Any]]) -> None:
    try:
        while True:
            waiting.put(pickle.load(source))
    finally:
        os._exit(ORPHANED)
