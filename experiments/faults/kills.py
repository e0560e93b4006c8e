"""Kill -9 at random moments: the coordinator, coordinator and workers at once, or a worker.

    python -m experiments.faults.kills [--kills 50] [--seed 1]

A killed sweep is started again until it ends by itself. Then its store must be, to the byte of the sorted table, that of
a sweep nobody disturbed: nothing lost, nothing doubled, nothing failed. Exit code 0 if so.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from experiments.faults.harness import (
    PATIENCE,
    Left,
    children,
    finish,
    kill,
    left,
    seconds_until_gone,
    start,
    sweep_file,
)

KINDS = ("coordinator", "everything", "worker")


@dataclass
class Tally:
    """What came of the kills of one kind."""

    kind: str
    kills: int = 0
    missed: int = 0
    sweeps: int = 0
    wrong: int = 0
    lingering: float = 0.0
    interrupted_writes: int = 0

    @property
    def line(self) -> str:
        """One line for people."""
        return (
            f"{self.kind:12} {self.kills} kills in {self.sweeps} sweeps, {self.wrong} stores that differ, last worker gone "
            f"after {self.lingering:.2f} s at most, {self.interrupted_writes} writes cut short ({self.missed} came too late)"
        )

    @property
    def fine(self) -> bool:
        """Whether nothing went wrong."""
        return self.wrong == 0 and self.lingering <= PATIENCE


def prove(kind: str, kills: int, seed: int, folder: Path, replicates: int = 20) -> Tally:
    """Kill so many times and compare."""
    luck, tally = random.Random(f"{kind} {seed}"), Tally(kind)
    file = sweep_file(folder, replicates)
    # Nobody can be struck in the middle of a sweep whose length was measured while kernels were compiled.
    finish(file, folder / "warm")
    begun = time.monotonic()
    code, said = finish(file, folder / "whole")
    if code:
        raise RuntimeError(f"the undisturbed sweep ended with {code}: {said}")
    length = time.monotonic() - begun
    whole = left(folder / "whole")
    while tally.kills < kills:
        tally.sweeps += 1
        _disturbed(file, folder / f"{kind}-{tally.sweeps}", kind, kills, luck, length, tally, whole)
    return tally


def _disturbed(
    file: Path,
    target: Path,
    kind: str,
    kills: int,
    luck: random.Random,
    length: float,
    tally: Tally,
    whole: Left,
) -> None:
    """Start one sweep again and again until it ends by itself."""
    while True:
        victim = start(file, target)
        if tally.kills < kills:
            time.sleep(luck.uniform(0.0, length))
            _strike(kind, victim, luck, tally)
        _, said = victim.communicate(timeout=300)
        if target.exists():
            tally.interrupted_writes += left(target).unfinished
        if victim.returncode >= 0:
            break
    found = left(target)
    if victim.returncode != 0 or found != whole:
        tally.wrong += 1
        print(
            f"{target.name}: exit code {victim.returncode}, {found} instead of {whole} {said}",
            file=sys.stderr,
        )


def _strike(kind: str, victim: subprocess.Popen[str], luck: random.Random, tally: Tally) -> None:
    # Stopped first, so that it starts no worker between the look at them and the kill.
    victim.send_signal(signal.SIGSTOP)
    workers, pid = sorted(children(victim.pid)), victim.pid
    doomed = {
        "coordinator": [pid],
        "everything": [pid, *workers],
        "worker": workers and [luck.choice(workers)],
    }[kind]
    late = victim.poll() is not None or not doomed
    if not late:
        kill(doomed)
        tally.kills += 1
    victim.send_signal(signal.SIGCONT)
    if late:
        tally.missed += 1
        return
    if kind != "worker":
        tally.lingering = max(tally.lingering, seconds_until_gone(workers))


def main() -> int:
    """Prove all kinds; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=50, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    fine = True
    with tempfile.TemporaryDirectory() as work:
        for kind in KINDS:
            tally = prove(kind, given.kills, given.seed, Path(work) / kind)
            print(tally.line, flush=True)
            fine &= tally.fine
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
