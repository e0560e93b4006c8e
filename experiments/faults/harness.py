"""Hands for the proofs: a small sweep, victims to start and kill, and a look at what they leave."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from experiments.sweep import parts
from experiments.sweep.worker import FAILED

SWEEP = """
name: victim
scenario: baseline
places: workshop
persons_per_agent: 2000
months: 12
burn_in: 6
design: factorial
factors:
  - {{factor: hub.amount, values: [0, 1]}}
  - {{factor: newtie.exchange, values: [0.5, 0.6]}}
replicates: {replicates}
time_limit: {limit}
"""

PATIENCE = 2.0
"""Seconds within which the last worker must be gone."""


class Left(NamedTuple):
    """What a sweep has left on disk."""

    digest: str
    rows: int
    doubled: int
    failed: int
    damaged: int
    unfinished: int


def sweep_file(folder: Path, replicates: int = 20, limit: float = 60.0) -> Path:
    """Write a small sweep: 4 points, so many replicates."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "victim.yaml"
    path.write_text(SWEEP.format(replicates=replicates, limit=limit), encoding="utf-8")
    return path


def start(file: Path, folder: Path, *more: str) -> subprocess.Popen[str]:
    """Start a victim in a process group of its own."""
    command = [sys.executable, "-m", "experiments.faults.victim", str(file), str(folder), *more]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def finish(file: Path, folder: Path, *more: str, timeout: float = 300.0) -> tuple[int, str]:
    """Run a victim to its end; return its exit code and what it said."""
    victim = start(file, folder, *more)
    out, err = victim.communicate(timeout=timeout)
    return victim.returncode, (out + err).strip()


def left(folder: Path) -> Left:
    """Look at what is on disk."""
    tables, damaged = parts.verified(folder)
    rows = parts.one_a_key(tables)
    every = sum(table.num_rows for table in tables)
    unfinished = sum(1 for path in folder.rglob("*.part"))
    failed = rows["status"].to_pylist().count(FAILED)
    return Left(parts.digest(rows), rows.num_rows, every - rows.num_rows, failed, len(damaged), unfinished)


def children(pid: int) -> list[int]:
    """Return the living children of a process."""
    return [int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit() and _parent(int(p.name)) == pid]


def kill(pids: Sequence[int]) -> None:
    """Kill -9."""
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def seconds_until_gone(pids: Sequence[int], patience: float = 30.0) -> float:
    """Return how long processes went on living."""
    begun = time.monotonic()
    while any(_parent(pid) is not None for pid in pids):
        if time.monotonic() - begun > patience:
            return float("inf")
        time.sleep(0.01)
    return time.monotonic() - begun


def _parent(pid: int) -> int | None:
    """Return the parent of a living process, None for one that is gone or waits to be buried."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    state, parent = text.rpartition(")")[2].split()[:2]
    return None if state in "ZX" else int(parent)
