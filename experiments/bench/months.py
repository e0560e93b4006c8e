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
    """Return the speed of the month, one row for each number of threads."""
    places = load_places(size.table)
    scenario = load("baseline").model_copy(
        update={"places": size.table, "persons_per_agent": float(places.adults.sum()) / size.people}
    )
    settled = Simulation(scenario, places, 1, threads=max(size.threads))
    for _ in range(SETTLE):
        settled.step()
    state, rows = settled.world.state, []
    for threads in size.threads:
        simulation = Simulation(scenario, places, 1, threads=threads, state=state)
        rows.append({"places": len(places), "threads": threads, **clock(simulation)})
    return rows


def clock(simulation: Simulation) -> dict[str, Any]:
    """Return medians of months by passes, months by mechanisms and streaming passes, in turn."""
    w, moved = simulation.world, columns(simulation.world.state)
    level = levels(simulation.scenario, simulation.places, 0)
    parts: dict[str, list[float]] = defaultdict(list)
    months: dict[str, list[float]] = defaultdict(list)

    def timed(mechanism: Mechanism, world: World) -> None:
        begun = time.perf_counter()
        mechanism(world)
        parts[mechanism.__name__].append(time.perf_counter() - begun)

    for repeat in range(-1, REPEATS):  # the first one only warms up
        for name, way in (("passes", QUICK), ("mechanisms", MONTH)):
            begun = time.perf_counter()
            advance(w, level, call=timed, month=way)
            months[name].append(time.perf_counter() - begun)
        begun = time.perf_counter()
        for column in moved:
            stream(0, len(column), column)
        months["floor"].append(time.perf_counter() - begun)
        if repeat < 0:
            parts.clear()
            months.clear()
    return summary(len(w.state.people.interest), months, parts, sum(c.nbytes for c in moved))


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
