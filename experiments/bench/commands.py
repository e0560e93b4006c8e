"""What a person waits for at the command line: compiling, starting, a run. Each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

REPEATS = 3
CLI = ("-m", "viz")
RUN = (*CLI, "run", "baseline", "--seed", "1", "--lang", "en", "--out", "{out}")
TINY = (*RUN, "--places", "workshop", "--persons-per-agent", "20", "--months", "12")
COLD = {
    "compile all kernels of a month: passes": ("-m", "experiments.bench.compiling", "passes"),
    "compile all kernels of a month: mechanisms": ("-m", "experiments.bench.compiling", "mechanisms"),
    "first run ever: compiling, burn-in, run, report": RUN,
}
"""Commands that are given a new folder for what is compiled and stored, each time."""

WARM = {
    "kakawari --help": (*CLI, "--help"),
    "kakawari validate baseline": (*CLI, "validate", "baseline"),
    "tiny run again: 5 places, 12 months": TINY,
    "run again: 100,000 persons, 120 months, report": RUN,
}
"""Commands that find everything compiled and stored."""


class Wait(NamedTuple):
    """How long something takes: medians of repeats."""

    name: str
    seconds: float
    """Wall clock."""
    processor: float
    """Processor seconds, of all cores and children."""
    repeats: int


def taken(arguments: tuple[str, ...], cache: Path, out: Path) -> tuple[float, float]:
    """Return the wall and processor seconds of a Python process with a cache folder of its own.

    Raises:
        subprocess.CalledProcessError: The process failed.
    """
    words = [sys.executable, *(a.format(out=out) for a in arguments)]
    begun, before = time.perf_counter(), os.times()
    subprocess.run(words, env=os.environ | {"XDG_CACHE_HOME": str(cache)}, check=True, capture_output=True)
    after = os.times()
    processor = sum(getattr(after, n) - getattr(before, n) for n in ("children_user", "children_system"))
    return time.perf_counter() - begun, processor


def waits(repeats: int = REPEATS) -> list[Wait]:
    """Return what is waited for; commands that are compared follow each other, round by round."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in (*COLD, *WARM)}
    with tempfile.TemporaryDirectory() as folder:
        kept, out = Path(folder) / "kept", Path(folder) / "out"
        for arguments in WARM.values():  # fills the folder that is kept
            taken(arguments, kept, out)
        for _ in range(repeats):
            for name, arguments in COLD.items():
                with tempfile.TemporaryDirectory() as new:
                    found[name].append(taken(arguments, Path(new), out))
            for name, arguments in WARM.items():
                found[name].append(taken(arguments, kept, out))
    return [typical(name, pairs) for name, pairs in found.items()]


def typical(name: str, pairs: list[tuple[float, float]]) -> Wait:
    """Return the medians of pairs of wall and processor seconds."""
    return Wait(name, median(w for w, _ in pairs), median(p for _, p in pairs), len(pairs))
