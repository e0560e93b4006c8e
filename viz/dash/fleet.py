"""Many scenarios with the same seeds, and what is compared between them. Pure functions, and one that runs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass

import pandas as pd

from experiments.compare import Run, Stopped, paired, table
from experiments.results import units
from experiments.rows import Difference, Mean, differences, means
from sim.errors import InputError
from sim.places import Places
from sim.scenario import Scenario
from viz.dash import engine
from viz.dash.engine import Progress, shot
from viz.dash.shelf import seats
from viz.numbers import clear_of_zero

TODAY = "today"
"""Name of the first of a fleet: today's support only."""


@dataclass(frozen=True, eq=False)
class Fleet:
    """Scenarios that were run side by side.

    Attributes:
        names: Their names within the fleet, today's support first.
        figures: Indicators by scenario and seed.
    """

    names: tuple[str, ...]
    figures: pd.DataFrame

    def against(self, base: str, other: str) -> dict[str, Difference]:
        """Return the paired differences between two scenarios by indicator."""
        rows = paired(self.figures, base, other)
        rows["unit"] = rows["indicator"].map(units())
        return differences(rows)

    def means(self, name: str) -> dict[str, Mean]:
        """Return one scenario's indicators."""
        return means(self.figures, name)


def named(scenarios: Sequence[Scenario]) -> list[Scenario]:
    """Return today's support and the scenarios, under names that tell them apart.

    Raises:
        InputError: They do not run on the same places and months, so that differences would not be their effect.
    """
    first = scenarios[0]
    for other in scenarios[1:]:
        same = (other.places, other.months, other.persons_per_agent, other.burn_in)
        if same != (first.places, first.months, first.persons_per_agent, first.burn_in):
            raise InputError(
                f"'{other.name}' runs on {other.places} for {other.months} months, but '{first.name}' on {first.places} for "
                f"{first.months}; allowed: scenarios on the same places, months and persons."
            )
    today = first.model_copy(update={"name": TODAY, "measures": (), "shocks": ()})
    return [today, *(s.model_copy(update={"name": str(i)}) for i, s in enumerate(scenarios, 1))]


def launch(
    scenarios: Sequence[Scenario], places: Places, told: Callable[[Progress], None], stop: threading.Event
) -> Fleet:
    """Run all scenarios with all seeds.

    Raises:
        Stopped: `stop` was set.
        InputError: Too many, or not comparable.
    """
    fleet = named(scenarios)
    burn_ins = len({scenario.parameters for scenario in fleet})
    engine.affordable(fleet[0], places, len(fleet), burn_ins)
    jobs = [(scenario, seed) for seed in engine.SEEDS for scenario in fleet]

    def one(job: tuple[Scenario, int]) -> Run:
        return shot(job[0], places, job[1], stop, turn=True).run

    found: list[Run] = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        waiting = {pool.submit(one, job) for job in jobs}
        try:
            while waiting:
                done, waiting = wait(waiting, timeout=0.25, return_when=FIRST_COMPLETED)
                found += [future.result() for future in done]
                told(Progress(len(found) / len(jobs), len(found), len(jobs), ahead=seats().ahead(stop)))
                if stop.is_set():
                    raise Stopped
        except BaseException:
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return Fleet(tuple(s.name for s in fleet), table(found))


def clearly_apart(fleet: Fleet, one: str, two: str, indicator: str) -> bool:
    """Return whether the paired difference between two scenarios lies on one side of zero."""
    row = fleet.against(one, two)[indicator]
    return clear_of_zero(row.low, row.high)
