"""The laboratory: arms are run once for each seed, all with the same luck, and kept for whoever asks again.

A run of these small regions is mostly many short calls, which threads of one process would make in turn; so the
seeds are dealt out to processes, each of which makes the burn-ins of its own seeds.
"""

from __future__ import annotations

import atexit
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor

from experiments.children import children
from experiments.statements.arms import Arm, Values
from experiments.statements.perform import perform
from experiments.statements.runs import Kept, Runs
from sim.jit import is_warm

_processes: list[ProcessPoolExecutor] = []


class Lab:
    """Runs arms and remembers them.

    Attributes:
        seeds: The seeds of every arm.
        off: Parameters forced upon every arm, burn-in included; they switch a mechanism off.
        base: Parameters that every arm starts from, where they are not the defaults.
        runs_done: Runs made so far.
    """

    def __init__(
        self,
        seeds: Sequence[int],
        off: Mapping[str, float] | None = None,
        workers: int = 2,
        base: Values = (),
    ) -> None:
        self.seeds = tuple(seeds)
        self.off = tuple((off or {}).items())
        self.base = base
        self.runs_done = 0
        self._workers = min(workers, len(self.seeds))
        self._kept: dict[tuple[Arm, int], Kept] = {}

    def run(self, *arms: Arm) -> list[Runs]:
        """Return the runs of some arms; those asked for before are not run again."""
        missing = [
            (arm, seed) for arm in dict.fromkeys(arms) for seed in self.seeds if (arm, seed) not in self._kept
        ]
        if self._workers > 1 and len(missing) > 1:
            self._run_dealt(missing)
        else:
            self._kept |= {(arm, seed): perform(arm, self.base, self.off, seed) for arm, seed in missing}
        self.runs_done += len(missing)
        return [Runs([self._kept[arm, seed] for seed in self.seeds]) for arm in arms]

    def _run_dealt(self, missing: list[tuple[Arm, int]]) -> None:
        """Run each seed's arms in the process of that seed."""
        if not is_warm("passes"):
            # Two processes that compile at once may read each other's half-written files.
            arm, seed = missing.pop(0)
            self._kept[arm, seed] = perform(arm, self.base, self.off, seed)
        place = {seed: _process(i % self._workers) for i, seed in enumerate(self.seeds)}
        futures: dict[tuple[Arm, int], Future[Kept]] = {
            (arm, seed): place[seed].submit(perform, arm, self.base, self.off, seed) for arm, seed in missing
        }
        try:
            self._kept |= {job: future.result() for job, future in futures.items()}
        except BaseException:
            for future in futures.values():
                future.cancel()
            raise


def _process(number: int) -> ProcessPoolExecutor:
    """Return the executor of one process, begun when first asked for."""
    while len(_processes) <= number:
        _processes.append(children(1))
    return _processes[number]


@atexit.register
def _close() -> None:
    for process in _processes:
        process.shutdown(wait=False, cancel_futures=True)
