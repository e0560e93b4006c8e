"""Workers on this machine: one process a lane, spoken to through its pipes.

Not `concurrent.futures`: there one dead worker breaks all others' runs, and nobody is told which one it was. Here a
lane is a child whose end is seen at once, with its exit status, and which ends itself when its coordinator does.
"""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import threading
from contextlib import suppress

from experiments.sweep.pools import Died, Lost
from experiments.sweep.worker import Batch, Done

OVERTIME = "exit status 1"
"""How faulthandler ends a process with a run that takes too long."""


class Local:
    """A pool of processes on this machine; see `Pool`."""

    alone: int
    patience = 3
    seconds = 1.0

    def __init__(self, workers: int) -> None:
        self.lanes = self.alone = workers
        self._events: queue.SimpleQueue[tuple[_Lane, int | None, Done | None]] = queue.SimpleQueue()
        self._lanes = [_Lane(self._events) for _ in range(workers)]

    def submit(self, ticket: int, batch: Batch) -> None:
        """Give a batch to the lane with the fewest."""
        lane = min(self._lanes, key=lambda one: len(one.tickets))
        lane.take(ticket, batch)

    def next(self, timeout: float) -> tuple[int, Done | Died] | None:
        """Return what has come to its end."""
        for lane in self._lanes:
            if lane.orphans:
                return lane.orphans.pop(), Died(lane.cause, int(lane.cause == OVERTIME))
        try:
            lane, ticket, done = self._events.get(timeout=timeout)
        except queue.Empty:
            return None
        if ticket is None or done is None:
            lane.bury()
            return self.next(0.0) if lane.orphans else None
        lane.tickets.remove(ticket)
        return ticket, done

    def close(self) -> None:
        """End all workers."""
        for lane in self._lanes:
            lane.end()


class _Lane:
    """One worker process, replaced when it dies."""

    def __init__(self, events: queue.SimpleQueue[tuple[_Lane, int | None, Done | None]]) -> None:
        self.tickets: list[int] = []
        self.orphans: list[int] = []
        self.cause = ""
        self._events = events
        self._process: subprocess.Popen[bytes] | None = None
        self._listener: threading.Thread | None = None

    def take(self, ticket: int, batch: Batch) -> None:
        self.tickets.append(ticket)
        # A pipe of a worker that has just died: the reading side will tell.
        with suppress(BrokenPipeError):
            self._send((ticket, batch))

    def bury(self) -> None:
        """Note the end of the process, and whose batches went with it."""
        status = self.end()
        self.cause = f"signal {-status}" if status < 0 else f"exit status {status}"
        self.orphans, self.tickets = self.tickets, []

    def end(self) -> int:
        """End the process, if there is one; return its exit status."""
        process, self._process = self._process, None
        if process is None:
            return 0
        process.kill()  # nothing, if it has ended by itself
        status = process.wait()
        if self._listener is not None:
            # A thread that is still reading when Python goes can take the whole process down.
            self._listener.join()
        for pipe in (process.stdin, process.stdout):
            # What a dead worker has not read cannot be flushed.
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        return status

    def _send(self, frame: object) -> None:
        process = self._process or self._start()
        assert process.stdin is not None
        process.stdin.write(pickle.dumps(frame))
        process.stdin.flush()

    def _start(self) -> subprocess.Popen[bytes]:
        # A session of its own: Ctrl-C in the terminal is for the coordinator, which lets running batches finish.
        # One thread in libraries: the runs side by side are what fills the cores.
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _CODE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
                env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            )  # fmt: skip
        except OSError as error:
            raise Lost(f"no worker process could be started ({error.strerror})") from None
        self._listener = threading.Thread(target=self._listen, args=(self._process,), daemon=True)
        self._listener.start()
        assert self._process.stdin is not None
        self._process.stdin.write(pickle.dumps(sys.path))
        return self._process

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        # Whatever cannot be read is the end of the worker, perhaps in the middle of a word.
        with suppress(Exception):
            while True:
                ticket, done = pickle.load(process.stdout)
                self._events.put((self, ticket, done))
        self._events.put((self, None, None))


_CODE = "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); from experiments.sweep.child import main; main()"
