"""How fast the month is: nanoseconds per person-month, by mechanism, beside the machine's own streaming floor.

`make bench` prints the table beside that of the last run and writes `build/bench.json`. Ratios are the headline: the floor (every column of a
person read and written once) is measured in the same run, in turn with the months, so that a busy machine moves both.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Sequence
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

FILE = Path("build") / "bench.json"
"""Where the figures are kept; the next run prints them beside its own."""

Pair = tuple[dict[str, Any] | None, dict[str, Any]]


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


def show(results: list[dict[str, Any]], before: list[dict[str, Any]], console: Console) -> None:
    """Print the results as a table, the slowest mechanism first, each beside its figure of the time before."""
    table = Table(
        title="ns per person-month (medians), before and now" if before else "ns per person-month (medians)"
    )
    table.add_column("")
    pairs = [(_same(before, r), r) for r in results]
    for then, r in pairs:
        if then:
            table.add_column("before", justify="right", style="dim")
        table.add_column(
            f"{r['people']:,} people\n{r['places']} places, {r['threads']} thread(s)", justify="right"
        )
    for label, key, style in ROWS:
        table.add_row(label, *_cells(pairs, key), style=style)
    table.add_section()
    for name in sorted(results[0]["by_mechanism"], key=lambda n: -results[0]["by_mechanism"][n]):
        table.add_row(name, *_cells(pairs, name))
    console.print(table)


ROWS = (
    ("whole month", "ns_per_person_month", "bold"),
    ("streaming floor", "floor_ns", ""),
    ("times the floor", "ratio_to_floor", "bold"),
    ("bytes a person", "bytes_per_person", ""),
)


def _same(before: list[dict[str, Any]], r: dict[str, Any]) -> dict[str, Any] | None:
    """Return the earlier result for the same people and threads."""
    same = (b for b in before if (b["people"], b["threads"]) == (r["people"], r["threads"]))
    return next(same, None)


def _cells(pairs: Sequence[Pair], name: str) -> list[str]:
    """Return the cells of a row: of each pair the earlier figure, where there is one, and the present one."""
    kept = [{**r, **r["by_mechanism"]} for pair in pairs for r in pair if r is not None]
    return [f"{r[name]:.1f}" if name in r else "-" for r in kept]


def main() -> None:
    """Measure all sizes, print beside the last figures, and write."""
    parser = argparse.ArgumentParser(description="Nanoseconds per person-month, by mechanism.")
    parser.add_argument(
        "--against", type=Path, default=FILE, help="figures of the time before (build/bench.json)"
    )
    given = parser.parse_args()
    before = json.loads(given.against.read_text(encoding="utf-8")) if given.against.exists() else []
    console = Console()
    scenario = load("baseline")
    results = []
    for people, threads in SIZES:
        with console.status(f"{people:,} people, {threads} thread(s)"):
            results.append(measure(scenario, people, threads))
    show(results, before, console)
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps(results, indent=2), encoding="utf-8")
    console.print(f"Written to {FILE}")


if __name__ == "__main__":
    main()
