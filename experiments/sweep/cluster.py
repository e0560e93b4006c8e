"""Workers of a Dask cluster, given by the address of its scheduler. Needs the extra `cluster`."""

from __future__ import annotations

import logging
import platform
import queue
import time
from typing import Any, NoReturn

from experiments.sweep.pools import Died, Lost
from experiments.sweep.worker import Batch, Done, perform
from sim.errors import InputError
from sim.jit import code_hash

SECONDS_TO_CONNECT = 10.0
TIMES_TO_ASK = 5
SECONDS_TO_COME_BACK = 1.0
SCHEMES = ("tcp://", "tls://")
TRIES = 4
"""Workers that Dask lets a task end before it gives up (allowed-failures, and the first one)."""

CERTIFICATES = "the certificates of tls:// come from Dask's own configuration (distributed.comm.tls)"


class Cluster:
    """A pool of Dask workers; see `Pool`."""

    # Dask blames all that waits on a dead worker, and gives a task to four workers before it gives up.
    alone = 1
    patience = 1
    seconds = 3.0

    def __init__(self, address: str) -> None:
        """Connect, and refuse workers that would compute something else.

        Raises:
            InputError: No scheduler or worker is there, or a worker has other code or versions.
        """
        self._client = _connect(address)
        self._address = address
        self._events: queue.SimpleQueue[tuple[int, Any]] = queue.SimpleQueue()
        self._futures: dict[int, Any] = {}
        self.lanes = _checked(self._client, address)

    def submit(self, ticket: int, batch: Batch) -> None:
        """Give a batch to the scheduler."""
        if self._client.status != "running":
            raise self._lost()
        future = self._client.submit(perform, batch, key=f"kakawari-{id(self)}-{ticket}", pure=False)
        self._futures[ticket] = future
        future.add_done_callback(lambda done: self._events.put((ticket, done)))

    def next(self, timeout: float) -> tuple[int, Done | Died] | None:
        """Return what has come to its end."""
        try:
            ticket, future = self._events.get(timeout=timeout)
        except queue.Empty:
            if self._client.status != "running":
                raise self._lost() from None
            return None
        del self._futures[ticket]
        if future.status == "finished":
            try:
                done: Done = future.result(timeout=60)
            except Exception:
                raise self._lost() from None
            return ticket, done
        if future.status == "error":
            # Its name alone: Dask's own words on a dead worker fill a paragraph.
            return ticket, Died(type(future.exception()).__name__, TRIES)
        raise self._lost()

    def close(self) -> None:
        """Leave the cluster; its workers stay."""
        self._futures.clear()
        self._client.close(timeout=2)

    def _lost(self) -> Lost:
        return Lost(f"the scheduler at {self._address} is gone")


def _connect(address: str) -> Any:
    if not address.startswith(SCHEMES):
        raise InputError(
            f"--scheduler: '{address}' is no address; allowed: tcp://HOST:PORT or tls://HOST:PORT."
        )
    try:
        from distributed import Client
    except ImportError:
        raise InputError(
            "--scheduler: Dask is not installed; install kakawari with its extra: pip install 'kakawari[cluster]'."
        ) from None
    # It logs a traceback when the scheduler goes, which is said here in a sentence.
    for name in ("distributed", "distributed.client", "distributed.core"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        return Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise InputError(
            f"--scheduler: nobody answers at {address} ({type(error).__name__}); start 'dask scheduler' there; {CERTIFICATES}."
        ) from None


def _checked(client: Any, address: str) -> int:
    """Return the number of workers, all of them the same as this machine in what decides numbers."""
    mine = probe()
    for worker, other in _answers(client, address).items():
        for what, value in mine.items():
            if other[what] != value:
                _refuse(
                    client,
                    f"worker {worker} has {what} {other[what]}, here it is {value}; install the same there",
                )
    threads = client.nthreads()
    for worker, count in threads.items():
        if count != 1:
            _refuse(client, f"worker {worker} has {count} threads; start workers with --nthreads 1")
    return max(1, len(threads))


def _answers(client: Any, address: str) -> dict[str, dict[str, str]]:
    """Return what every worker has; where one goes away while it is asked, all are asked again."""
    for _ in range(TIMES_TO_ASK):
        try:
            client.wait_for_workers(1, timeout=SECONDS_TO_CONNECT)
        except TimeoutError:
            _refuse(
                client,
                f"no worker is connected to {address}; start some: dask worker {address} --nthreads 1",
            )
        found: dict[str, Any] = client.run(probe, on_error="return")
        failed = [answer for answer in found.values() if isinstance(answer, BaseException)]
        wrong = [error for error in failed if not isinstance(error, OSError)]
        if wrong:
            _refuse(
                client,
                f"a worker cannot load kakawari ({type(wrong[0]).__name__}); install the same version there",
            )
        if found and not failed:
            return found
        time.sleep(SECONDS_TO_COME_BACK)
    _refuse(client, "workers come and go; start them again")


def _refuse(client: Any, why: str) -> NoReturn:
    client.close(timeout=2)
    raise InputError(f"--scheduler: {why}.")


def probe() -> dict[str, str]:
    """Return what must be the same wherever runs are made."""
    import numba
    import numpy as np

    return {
        "Python": platform.python_version(),
        "NumPy": np.__version__,
        "Numba": numba.__version__,
        "code of the model": code_hash()[:12],
    }
