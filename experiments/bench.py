"""How fast the month is: nanoseconds per person-month, by mechanism, beside the machine's own streaming floor.

`make bench` prints the table and writes `build/bench.json`. Ratios are the headline: the floor (every column of a
person read and written once) is measured in the same run, in turn with the months, so that a busy machine moves both.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from scenarios import load, load_places
from sim.jit import kernel
from sim.loop import Mechanism, advance
from sim.run import Simulation
from sim.scenario import Scenario, levels
from sim.world import World

SETTLE = 60
"""Months run before the clock starts, so that ties and memories are there."""

REPEATS = 9
"""Months timed, each followed by one streaming pass."""

SIZES = ((100_000, 1), (1_000_000, 1), (1_000_000, 2))
"""People and threads."""


@kernel
def stream(lo: int, hi: int, column: np.ndarray[Any, Any]) -> None:
    """Read and write every byte of a column once, eight at a time."""
    for i in range(lo, hi):
        column[i] += 1


def columns(simulation: Simulation) -> list[np.ndarray[Any, Any]]:
    """Return copies of the people's columns as whole 8-byte words: what a month has to move at least."""
    state = simulation.world.state
    flat = [np.array(c).reshape(-1).view(np.uint8) for group in (state.people, state.ties) for c in group]
    return [c[: len(c) // 8 * 8].view(np.uint64) for c in flat]


def measure(scenario: Scenario, people: int, threads: int) -> dict[str, Any]:
    """Return the speed of the month for a number of people and threads.

    Args:
        scenario: What is run; its scale is set from `people`.
        people: Simulated persons, about.
        threads: Threads over people.
    """
    places = load_places(scenario.places)
    scale = float(places.adults.sum()) / people
    simulation = Simulation(
        scenario.model_copy(update={"persons_per_agent": scale}), places, 1, threads=threads
    )
    for _ in range(SETTLE):
        simulation.step()
    seconds: dict[str, list[float]] = defaultdict(list)
    floors, moved = [], columns(simulation)
    level = levels(scenario, places, 0)

    def timed(mechanism: Mechanism, w: World) -> None:
        begun = time.perf_counter()
        mechanism(w)
        seconds[mechanism.__name__].append(time.perf_counter() - begun)

    for _ in range(REPEATS):
        advance(simulation.world, level, call=timed)
        start = time.perf_counter()
        for column in moved:
            stream(0, len(column), column)
        floors.append(time.perf_counter() - start)
    return summary(people, threads, len(places), seconds, floors, sum(c.nbytes for c in moved) / people)


def summary(
    people: int, threads: int, places: int, seconds: dict[str, list[float]], floors: list[float], size: float
) -> dict[str, Any]:
    """Return medians in nanoseconds per person-month, and the ratio to the floor."""
    each = {name: median(values) / people * 1e9 for name, values in seconds.items()}
    months = [sum(values) for values in zip(*seconds.values(), strict=True)]
    floor = median(floors) / people * 1e9
    total = median(months) / people * 1e9
    return {
        "people": people,
        "places": places,
        "threads": threads,
        "bytes_per_person": size,
        "ns_per_person_month": total,
        "floor_ns": floor,
        "ratio_to_floor": total / floor,
        "by_mechanism": each,
    }


def show(results: list[dict[str, Any]], console: Console) -> None:
    """Print the results as a table, the slowest mechanism first."""
    table = Table(title="ns per person-month (medians)")
    table.add_column("")
    for r in results:
        table.add_column(
            f"{r['people']:,} people\n{r['places']} places, {r['threads']} thread(s)", justify="right"
        )
    table.add_row("whole month", *(f"{r['ns_per_person_month']:.1f}" for r in results), style="bold")
    table.add_row("streaming floor", *(f"{r['floor_ns']:.2f}" for r in results))
    table.add_row("times the floor", *(f"{r['ratio_to_floor']:.1f}" for r in results), style="bold")
    table.add_row("bytes a person", *(f"{r['bytes_per_person']:.0f}" for r in results), end_section=True)
    names = sorted(results[0]["by_mechanism"], key=lambda n: -results[0]["by_mechanism"][n])
    for name in names:
        table.add_row(name, *(f"{r['by_mechanism'][name]:.1f}" for r in results))
    console.print(table)


def main() -> None:
    """Measure all sizes, print and write."""
    console = Console()
    scenario = load("baseline")
    results = []
    for people, threads in SIZES:
        with console.status(f"{people:,} people, {threads} thread(s)"):
            results.append(measure(scenario, people, threads))
    show(results, console)
    path = Path("build") / "bench.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(results, indent=2), encoding="utf-8")
    console.print(f"Written to {path}")


if __name__ == "__main__":
    main()
