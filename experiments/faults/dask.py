"""A real Dask scheduler and two workers on this machine: the same table as without them, also when they are killed.

    python -m experiments.faults.dask [--workers 50] [--schedulers 50] [--seed 1]

Workers are killed while a sweep goes on; it must notice nothing. The scheduler is killed; the sweep must end with
exit code 3 and a sentence, and the same command must go on once a scheduler is there again. Exit code 0 if so.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from experiments.faults.harness import (
    Left,
    children,
    finish,
    kill,
    left,
    seconds_until_gone,
    start,
    sweep_file,
)

LOCAL = "127.0.0.1"
NO_PAGE = ["--no-dashboard", "--dashboard-address", f"{LOCAL}:0"]
"""Without the second, Dask opens a page to the whole network although it was told not to."""


class Cluster:
    """A scheduler and workers on loopback.

    Attributes:
        address: Address of the scheduler.
        scheduler: Its process.
        nannies: Process that starts the workers again.
    """

    def __init__(self, work: Path) -> None:
        self.address = f"tcp://{LOCAL}:{_free_port()}"
        self._work = work
        self.scheduler = self._scheduler()
        self.nannies = self._nannies()

    def workers(self) -> list[int]:
        """Return the worker processes: children of the nannies' process that run the model."""
        return [pid for pid in children(self.nannies.pid) if b"spawn_main" in _command(pid)]

    def restart(self) -> None:
        """Start everything anew at the same address."""
        self.close()
        self.scheduler = self._scheduler()
        self.nannies = self._nannies()

    def close(self) -> None:
        """End everything."""
        pids = [*children(self.nannies.pid), self.nannies.pid, self.scheduler.pid]
        kill(pids)
        self.nannies.wait()
        self.scheduler.wait()
        seconds_until_gone(pids)

    def _scheduler(self) -> subprocess.Popen[bytes]:
        host, port = self.address.removeprefix("tcp://").split(":")
        return _quiet("distributed.cli.dask_scheduler", "--host", host, "--port", port, *NO_PAGE)

    def _nannies(self) -> subprocess.Popen[bytes]:
        return _quiet(
            "distributed.cli.dask_worker", self.address, "--nworkers", "2", "--nthreads", "1",
            "--host", LOCAL, "--local-directory", str(self._work), *NO_PAGE,
        )  # fmt: skip


@contextlib.contextmanager
def cluster(work: Path) -> Iterator[Cluster]:
    """Have a cluster for a while."""
    mine = Cluster(work)
    try:
        yield mine
    finally:
        mine.close()


def kill_workers(
    kills: int, luck: random.Random, here: Cluster, file: Path, folder: Path, whole: Left
) -> int:
    """Kill workers while sweeps go on; return how many sweeps went wrong."""
    done = sweeps = wrong = 0
    while done < kills:
        sweeps += 1
        target = folder / f"workers-{sweeps}"
        victim = start(file, target, "--scheduler", here.address)
        while victim.poll() is None and done < kills:
            time.sleep(luck.uniform(1.0, 4.0))
            workers = here.workers()
            if victim.poll() is None and workers:
                kill([luck.choice(workers)])
                done += 1
        wrong += _differs(victim, target, whole)
    print(f"worker       {done} kills in {sweeps} sweeps, {wrong} stores that differ", flush=True)
    return wrong


def kill_schedulers(
    kills: int, luck: random.Random, here: Cluster, file: Path, folder: Path, whole: Left, length: float
) -> int:
    """Kill the scheduler in the middle of sweeps that take so many seconds; return how many went wrong."""
    wrong = silent = late = struck = 0
    while struck < kills and late < 5 * kills:
        target = folder / f"schedulers-{struck + late}"
        victim = start(file, target, "--scheduler", here.address)
        time.sleep(luck.uniform(0.3, 0.95) * length)
        # A scheduler that goes when everything is made is no proof.
        if victim.poll() is None:
            os.kill(here.scheduler.pid, signal.SIGKILL)
            _, said = victim.communicate(timeout=120)
            silent += victim.returncode not in (0, 2, 3) or "Traceback" in said
            here.restart()
        struck, late = struck + (victim.returncode != 0), late + (victim.returncode == 0)
        wrong += _differs(start(file, target, "--scheduler", here.address), target, whole)
    print(
        f"scheduler    {struck} kills ({late} more came too late), {silent} not told in a sentence, {wrong} stores that differ",
        flush=True,
    )
    return wrong + silent + (struck < kills)


def _differs(victim: subprocess.Popen[str], target: Path, whole: Left) -> bool:
    out, err = victim.communicate(timeout=300)
    found = left(target)
    if victim.returncode == 0 and found == whole:
        return False
    print(
        f"{target.name}: exit code {victim.returncode}, {found} instead of {whole}: {out}{err}",
        file=sys.stderr,
    )
    return True


def _quiet(module: str, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", module, *words]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def _command(pid: int) -> bytes:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((LOCAL, 0))
        return int(one.getsockname()[1])


def main() -> int:
    """Prove it; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--workers", type=int, default=50, help="workers to kill")
    parser.add_argument("--schedulers", type=int, default=50, help="schedulers to kill")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    luck = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as temporary, contextlib.ExitStack() as stack:
        folder = Path(temporary)
        here = stack.enter_context(cluster(folder / "dask"))
        file = sweep_file(folder, replicates=50)
        code, said = finish(file, folder / "local")
        whole = left(folder / "local")
        wrong = code
        # The first sweep is slow, because workers load their kernels: the length is that of the second.
        for name in ("dask-1", "dask-2"):
            begun = time.monotonic()
            wrong += _differs(start(file, folder / name, "--scheduler", here.address), folder / name, whole)
            length = time.monotonic() - begun
        print(
            f"undisturbed  {whole.rows} runs, {'other' if wrong else 'same'} table as with local processes {said[:16]}"
        )
        wrong += kill_workers(given.workers, luck, here, file, folder, whole)
        wrong += kill_schedulers(given.schedulers, luck, here, file, folder, whole, length)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
