"""A sweep to be killed: `python -m experiments.faults.victim FILE FOLDER [--scheduler ADDRESS] [--runner NAME]`.

Like `kakawari sweep`, but it writes several times a second, so that a kill finds every kind of half-done work.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from experiments.faults.runners import RUNNERS
from experiments.sweep.cluster import Cluster
from experiments.sweep.engine import sweep
from experiments.sweep.file import read
from experiments.sweep.local import Local
from experiments.sweep.pools import Pool
from sim.errors import InputError

FLUSH = 0.1


def main() -> int:
    """Run the sweep and return the exit code that `kakawari sweep` would give."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--scheduler")
    parser.add_argument("--runner", choices=RUNNERS, default="model")
    given = parser.parse_args()
    try:
        plan = read(given.file)
        pool: Pool = Cluster(given.scheduler) if given.scheduler else Local(given.workers)
        done = sweep(plan, given.folder, pool, runner=RUNNERS[given.runner], flush=FLUSH)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    print(done.stopped or done.digest, file=sys.stderr if done.stopped else sys.stdout)
    return 3 if done.stopped or done.progress.failed else 0


if __name__ == "__main__":
    sys.exit(main())
