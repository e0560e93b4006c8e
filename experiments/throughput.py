"""How much of the cores' time a sweep spends in the model, and whether its workers grow: `make throughput`.

1,000 runs of 20,000 persons and 120 months on two cores, as `kakawari sweep` makes them. Exit code 0 where at least
nine tenths of the workers' time is spent in the model, and their memory at the end is within a tenth of that early on.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from experiments.sweep.engine import sweep
from experiments.sweep.file import plan
from experiments.sweep.local import Local
from experiments.sweep.meter import Progress

SWEEP = """
name: throughput
scenario: baseline
persons_per_agent: 5137
months: 120
design: factorial
factors:
  - {{factor: hub.amount, low: 0, high: 3}}
levels: {levels}
replicates: {replicates}
"""
"""Adults of Japan over 5,137: 20,000 persons."""

LEVELS = 10
LEAST_IN_MODEL = 0.9
MOST_GROWTH = 1.1
LINE_SECONDS = 30.0


def main() -> int:
    """Measure, print, and return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=1_000)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    text = SWEEP.format(levels=LEVELS, replicates=max(given.runs // LEVELS, 1))
    with tempfile.TemporaryDirectory() as work:
        asked = plan(text, "throughput", Path(work))
        done = sweep(asked, Path(work) / "x", Local(given.workers), _Lines()).progress
    early, late = done.memory
    print(
        f"{done.done} runs in {done.seconds:.0f} s on {given.workers} workers, {done.failed} failed; "
        f"{100 * done.in_model:.1f}% of their time in the model; memory {early / 1e6:.0f} MB early, {late / 1e6:.0f} MB late"
    )
    return 0 if done.in_model >= LEAST_IN_MODEL and late <= MOST_GROWTH * early and not done.failed else 1


class _Lines:
    """Prints a line now and then."""

    def __init__(self) -> None:
        self._told = time.monotonic()

    def __call__(self, far: Progress) -> None:
        if time.monotonic() - self._told >= LINE_SECONDS:
            self._told = time.monotonic()
            print(f"{far.done} of {far.total}, {far.rate:.2f}/s, {far.left:.0f} s left", flush=True)


if __name__ == "__main__":
    sys.exit(main())
