"""What a person waits for inside a program that has started: the burn-in, and one move of a slider."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from experiments.bench.commands import REPEATS, Wait, typical
from scenarios import load, load_places
from sim.places import Places
from sim.run import Simulation
from sim.scenario import Scenario
from sim.state import State

SIZES = {"preview, 20,000 persons": 20_000, "full size, 100,000 persons": 100_000}
"""What the dashboard runs when a slider has moved: a preview, then eight runs of full size."""


def clocked(work: Callable[[], Any]) -> tuple[float, float]:
    """Return the wall and processor seconds of some work."""
    begun, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begun, time.process_time() - processor


def national(people: float) -> tuple[Scenario, Places]:
    """Return the baseline of 47 prefectures with so many simulated persons."""
    places = load_places("prefectures")
    weight = float(places.adults.sum()) / people
    return load("baseline").model_copy(update={"persons_per_agent": weight}), places


def burn(scenario: Scenario, places: Places) -> State:
    """Return the state after the burn-in, nothing stored used."""
    simulation = Simulation(scenario, places, 1)
    while simulation.month < 0:
        simulation.step()
    return simulation.world.state


def slide(scenario: Scenario, places: Places, settled: State) -> None:
    """Run all months from a settled state, as a slider's run does."""
    simulation = Simulation(scenario, places, 1, state=copy.deepcopy(settled))
    while simulation.month < scenario.months:
        simulation.step()
    simulation.outcome()


def runs(repeats: int = REPEATS) -> list[Wait]:
    """Return the burn-in and the months after it, by size; sizes follow each other, round by round."""
    asked = {name: national(people) for name, people in SIZES.items()}
    settled = {name: burn(*world) for name, world in asked.items()}  # compiles, too
    found: dict[str, list[tuple[float, float]]] = {}
    for _ in range(repeats):
        for name, world in asked.items():
            burning, sliding = partial(burn, *world), partial(slide, *world, settled[name])
            found.setdefault(f"burn-in of 240 months: {name}", []).append(clocked(burning))
            found.setdefault(f"one slider run of 120 months: {name}", []).append(clocked(sliding))
    return [typical(name, pairs) for name, pairs in found.items()]
