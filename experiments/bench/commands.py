"""Seconds that a person waits: compiling, starting, the burn-in, one run, one report. Each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

RUN = ("run", "baseline", "--seed", "1", "--lang", "en")
WARM = 3


def command(arguments: tuple[str, ...], cache: Path, out: Path) -> float:
    """Return the seconds that `kakawari` takes with a cache folder of its own.

    Raises:
        subprocess.CalledProcessError: The command failed.
    """
    environment = os.environ | {"XDG_CACHE_HOME": str(cache)}
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "viz.cli", *arguments, "--out", str(out)],
        env=environment, check=True, capture_output=True,
    )  # fmt: skip
    return time.perf_counter() - begun


def waits() -> dict[str, float]:
    """Return seconds by what is waited for."""
    with tempfile.TemporaryDirectory() as folder:
        cache, out = Path(folder) / "cache", Path(folder) / "out"
        cold = command(RUN, cache, out)
        warm = [command(RUN, cache, out) for _ in range(WARM)]
        return {"first run: compiling, burn-in, run": cold, "same run again": median(warm)}
