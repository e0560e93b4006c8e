"""The laboratory: arms are run once for each seed, all with the same luck, and kept for whoever asks again."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from experiments.statements.arms import PLACES, WEIGHT, Arm, places
from experiments.statements.edits import EDITS
from experiments.statements.probes import FOLLOWED, Followed, observe
from experiments.statements.runs import Kept, Runs
from sim.groups import Parameters
from sim.parameters import changed, defaults
from sim.run import Simulation, burnt_in
from sim.scenario import Scenario
from sim.state import State

Told = Callable[[int], None]


class Lab:
    """Runs arms and remembers them.

    Attributes:
        seeds: The seeds of every arm.
        off: Parameters forced upon every arm, burn-in included; they switch a mechanism off.
        runs_done: Runs made so far.
    """

    def __init__(
        self,
        seeds: Sequence[int],
        off: Mapping[str, float] | None = None,
        workers: int = 2,
        told: Told | None = None,
    ) -> None:
        self.seeds = tuple(seeds)
        self.off = dict(off or {})
        self.runs_done = 0
        self.stopped = threading.Event()
        self._workers, self._told = max(1, workers), told
        self._lock = threading.Lock()
        self._kept: dict[tuple[Arm, int], Kept] = {}
        self._burnt: dict[tuple[object, int], State] = {}

    def run(self, *arms: Arm) -> list[Runs]:
        """Return the runs of some arms; those asked for before are not run again."""
        wanted = [(arm, seed) for arm in arms for seed in self.seeds]
        missing = [job for job in dict.fromkeys(wanted) if job not in self._kept]
        starts = list(dict.fromkeys((arm.before, seed) for arm, seed in missing))
        with ThreadPoolExecutor(self._workers) as pool:
            # Burn-ins first, so that no two threads make the same one.
            self._drain([pool.submit(self._burn_in, *start) for start in starts], pool)
            self._drain([pool.submit(self._one, *job) for job in missing], pool)
        return [Runs([self._kept[arm, seed] for seed in self.seeds]) for arm in arms]

    def _drain(self, futures: list[object], pool: ThreadPoolExecutor) -> None:
        try:
            for future in futures:
                future.result()  # type: ignore[attr-defined]
        except BaseException:
            self.stopped.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise

    def _burn_in(self, start: tuple[tuple[str, float], ...], seed: int) -> None:
        if (start, seed) in self._burnt:
            return
        scenario = _scenario(Arm(before=start), self._values(Arm(before=start)))
        if scenario.parameters == defaults():
            simulation = burnt_in(scenario, places(), seed)
        else:
            # Not kept on disk: a state for every mechanism switched off would push all others out.
            simulation = Simulation(scenario, places(), seed)
            while simulation.month < 0:
                simulation.step()
        self._burnt[start, seed] = simulation.world.state

    def _one(self, arm: Arm, seed: int) -> None:
        scenario = _scenario(arm, changed(self._values(arm), {**dict(arm.after), **self.off}))
        state = copy.deepcopy(self._burnt[arm.before, seed])
        if arm.edit:
            EDITS[arm.edit](state)
        simulation = Simulation(scenario, places(), seed, state=state)
        extra: list[dict[str, np.ndarray]] = []
        followed = None
        while simulation.month < arm.months and not self.stopped.is_set():
            status = simulation.world.state.hosts.status.copy()
            simulation.step()
            extra.append(observe(simulation.world, status))
            if simulation.month == arm.months - FOLLOWED:
                followed = Followed(simulation)
        roots = followed.kept(simulation) if followed else (np.nan, np.nan)
        kept = Kept.of(simulation.outcome(), extra, len(places()), roots)
        with self._lock:
            self._kept[arm, seed] = kept
            self.runs_done += 1
            if self._told is not None:
                self._told(self.runs_done)

    def _values(self, arm: Arm) -> Parameters:
        """Return the parameters of an arm's burn-in."""
        return changed(defaults(), {**dict(arm.before), **self.off})


def _scenario(arm: Arm, parameters: Parameters) -> Scenario:
    return Scenario(
        name="statement", places=PLACES, persons_per_agent=WEIGHT, months=arm.months,
        parameters=parameters, measures=arm.measures, shocks=arm.shocks,
    )  # fmt: skip
