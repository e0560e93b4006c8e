"""Runs one implementation in this process, and prints its moments, times and memory as JSON.

`run.py` calls it with the Python of each implementation: `python clock.py NAME PEOPLE STEPS SECONDS SEED [SEED ...]`.
"""

import ctypes
import gc
import importlib
import json
import platform
import sys
import time
from pathlib import Path

import numpy as np

CHECKED = (4, 20, 40)
"""Steps after which the moments are taken."""

MOST_STEPS = 4000
"""Steps of one run at most."""


def status(field: str) -> int:
    """Return a field of this process's memory in bytes (Linux)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1]) * 1024
    raise KeyError(field)


def settle() -> int:
    """Give back free memory, begin a new peak, and return what is resident."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5")
    return status("VmRSS")


def moments(module, model, people: int) -> dict[str, tuple[float, float]]:
    """Return the moments of SPEC.md as mean a person and variance between persons."""
    visitors, contacts, tied = (np.asarray(list(rows)[-1], float) for rows in module.records(model))
    interest, strength = (np.asarray(column, float) for column in module.columns(model))
    if tied.sum() != (strength > 0).sum():
        raise ValueError("the ties counted are not the ties there are")
    if interest.min() < 0 or interest.max() > 1 or len(interest) != people:
        raise ValueError("interest is not within 0 and 1, or not everybody's")
    shares = {
        "travelling": visitors.sum(),
        "meeting": contacts.sum(),
        "meeting, smaller half of places": contacts[: len(contacts) // 2].sum(),
        "tied": tied.sum(),
        "tied, first ten homes": tied[:10].sum(),
    }
    found = {name: (n / people, n / people * (1 - n / people)) for name, n in shares.items()}
    columns = {"interest": interest, "interest squared": interest**2, "strength": strength}
    return found | {name: (float(x.mean()), float(x.var())) for name, x in columns.items()}


def clocked(module, people: int, steps: int, seconds: float, seed: int) -> dict:
    """Return moments, times and memory of one run."""
    before = settle()
    model = module.make(people, seed)
    built = status("VmRSS")
    found, wall, cpu, done, peak = {}, 0.0, 0.0, 0, 0
    while done < steps or (cpu < seconds and done < MOST_STEPS):
        wall_0, cpu_0 = time.perf_counter(), time.process_time()
        module.step(model)
        wall, cpu, done = wall + time.perf_counter() - wall_0, cpu + time.process_time() - cpu_0, done + 1
        if done in CHECKED and done <= steps:
            peak = max(peak, status("VmHWM"))  # before the moments, whose copies are not the model's
            found[done] = moments(module, model, people)
            settle()
    return {
        "seed": seed,
        "steps": done,
        "cpu_s": cpu,
        "wall_s": wall,
        "built_bytes": built - before,
        "peak_bytes": peak - before,
        "moments": found,
    }


def main() -> None:
    """Warm up on a small model, then run."""
    name, people, steps, seconds, *seeds = sys.argv[1:]
    module = importlib.import_module(f"peers.{name}")
    warm = module.make(2000, 1)
    module.step(warm)
    module.step(warm)
    moments(module, warm, 2000)
    del warm
    runs = [clocked(module, int(people), int(steps), float(seconds), int(seed)) for seed in seeds]
    print(json.dumps({"python": platform.python_version(), "runs": runs}))


if __name__ == "__main__":
    main()
