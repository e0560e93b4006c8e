"""Nanoseconds per person-month, by mechanisms and by passes, beside the machine's own streaming floor.

Ratios are the headline: the floor (every column of a person read and written once) is measured in the same run, in turn with
the months, so that a busy machine moves both.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any, NamedTuple

import numpy as np

from scenarios import load, load_places
from sim.jit import kernel
from sim.loop import MONTH, QUICK, Mechanism, advance
from sim.run import Simulation
from sim.scenario import levels
from sim.state import State
from sim.world import World

SETTLE = 60
"""Months run before the clock starts, so that ties and memories are there."""

REPEATS = 7
"""Months timed of each kind, each followed by one streaming pass."""


class Size(NamedTuple):
    """What is timed.

    Attributes:
        people: Simulated persons, about.
        table: Table of places.
        threads: Numbers of threads, in turn on the same settled state.
    """

    people: int
    table: str
    threads: tuple[int, ...] = (1,)


SIZES = (
    Size(100_000, "prefectures"),
    Size(100_000, "municipalities"),
    Size(1_000_000, "prefectures"),
    Size(1_000_000, "municipalities"),
    Size(10_000_000, "prefectures"),
    Size(10_000_000, "municipalities", (1, 2)),
)


@kernel
def stream(lo: int, hi: int, column: np.ndarray[Any, Any]) -> None:
    """Read and write every byte of a column once, eight at a time."""
    for i in range(lo, hi):
        column[i] += 1


def columns(state: State) -> list[np.ndarray[Any, Any]]:
    """Return copies of the people's columns as whole 8-byte words: what a month has to move at least."""
    flat = [np.array(c).reshape(-1).view(np.uint8) for group in (state.people, state.ties) for c in group]
    return [c[: len(c) // 8 * 8].view(np.uint64) for c in flat]


def measure(size: Size) -> list[dict[str, Any]]:
    """Return the speed of the month, one row for each number of threads; their months take turns on the same state."""
    places = load_places(size.table)
    scenario = load("baseline").model_copy(
        update={"places": size.table, "persons_per_agent": float(places.adults.sum()) / size.people}
    )
    settled = Simulation(scenario, places, 1, threads=max(size.threads))
    for _ in range(SETTLE):
        settled.step()
    state = settled.world.state
    clocks = [Clock(Simulation(scenario, places, 1, threads=n, state=state)) for n in size.threads]
    moved = columns(state)
    for repeat in range(-1, REPEATS):  # the first one only warms up
        for clock in clocks:
            clock.measure(moved)
            if repeat < 0:
                clock.forget()
    return [
        {"places": len(places), "threads": n, **clock.summary()}
        for n, clock in zip(size.threads, clocks, strict=True)
    ]


class Clock:
    """Times months by passes, months by mechanisms and streaming passes, in turn."""

    def __init__(self, simulation: Simulation) -> None:
        self._world = simulation.world
        self._level = levels(simulation.scenario, simulation.places, 0)
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self._moved = 0
        self._parts: dict[str, list[float]] = defaultdict(list)
        self._months: dict[str, list[float]] = defaultdict(list)

    def measure(self, moved: Sequence[np.ndarray[Any, Any]]) -> None:
        """Time one of each kind; `moved` is what a streaming pass reads and writes."""
        for name, way in (("passes", QUICK), ("mechanisms", MONTH)):
            begun = time.perf_counter()
            advance(self._world, self._level, call=self._timed, month=way)
            self._months[name].append(time.perf_counter() - begun)
        begun = time.perf_counter()
        for column in moved:
            stream(0, len(column), column)
        self._months["floor"].append(time.perf_counter() - begun)
        self._moved = sum(column.nbytes for column in moved)

    def summary(self) -> dict[str, Any]:
        """Return the medians."""
        return summary(len(self._world.state.people.interest), self._months, self._parts, self._moved)

    def _timed(self, mechanism: Mechanism, world: World) -> None:
        begun = time.perf_counter()
        mechanism(world)
        self._parts[mechanism.__name__].append(time.perf_counter() - begun)


def summary(
    people: int, months: Mapping[str, Sequence[float]], parts: Mapping[str, Sequence[float]], size: int
) -> dict[str, Any]:
    """Return medians in nanoseconds per person-month, and the ratios to the floor."""

    def ns(values: Sequence[float]) -> float:
        return median(values) / people * 1e9

    floor = ns(months["floor"])
    return {
        "people": people,
        "bytes_per_person": size / people,
        "floor_ns": floor,
        "passes_ns": ns(months["passes"]),
        "mechanisms_ns": ns(months["mechanisms"]),
        "ratio_to_floor": median(a / b for a, b in zip(months["passes"], months["floor"], strict=True)),
        "by_mechanism": {name: ns(values) for name, values in parts.items()},
    }
