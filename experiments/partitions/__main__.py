"""Run a world whole and in partitions, and print what the partitions told each other: `python -m experiments.partitions`."""

from __future__ import annotations

import argparse
import sys
import time

from rich.console import Console
from rich.table import Table

from experiments.partitions.messages import COUNTS, COUNTS_WRITTEN, FLOWS, LOADS, MOVES, WRITTEN
from experiments.partitions.together import Together
from scenarios import load, load_places
from sim.run import Simulation
from sim.scenario import Scenario, levels
from sim.shocks import shocks
from sim.state import State

GROUPS = {
    "flows": FLOWS,
    "loads on hosts": LOADS,
    "census": COUNTS,
    "homes cut": ("neighbours",),
    "movers": MOVES,
    "written down": (*WRITTEN, *COUNTS_WRITTEN),
}
"""What crosses, by the heading it is counted under."""


def different(one: State, other: State) -> list[str]:
    """Return the names of columns in which two states differ in any bit."""
    groups = ("people", "ties", "hosts", "regions", "census")
    pairs = ((g, n, v) for g in groups for n, v in getattr(one, g)._asdict().items())
    return [f"{g}.{n}" for g, n, v in pairs if v.tobytes() != getattr(getattr(other, g), n).tobytes()]


def whole(scenario: Scenario, table: str, months: int) -> tuple[Simulation, float]:
    """Return a simulation after some months without partitions, and the seconds of a month."""
    simulation = Simulation(scenario, load_places(table), 1)
    begun = time.perf_counter()
    for _ in range(months):
        simulation.step()
    return simulation, (time.perf_counter() - begun) / months


def parted(scenario: Scenario, table: str, months: int, parts: int) -> tuple[Together, float]:
    """Return partitions after some months, and the seconds of a month that are not spent with people, of one partition."""
    start = Simulation(scenario, load_places(table), 1)
    together, first = Together(start.world, parts), -scenario.burn_in + 1
    begun = time.perf_counter()
    for month in range(first, first + months):
        level = levels(scenario, start.places, month)
        together.step(level, shocks(scenario.shocks, start.places, month, scenario.parameters.shock))
    people = sum(part.crew.seconds for part in together.parts)
    return together, (time.perf_counter() - begun - people) / months / parts


def main() -> int:
    """Print the table; the exit code is 1 where a bit differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parts", type=int, nargs="+", default=[2, 8, 64], help="numbers of partitions")
    parser.add_argument("--people", type=float, default=2e5, help="simulated persons (200,000)")
    parser.add_argument("--places", default="prefectures", help="table of places (prefectures)")
    parser.add_argument("--months", type=int, default=24, help="months (24)")
    given = parser.parse_args()
    adults = float(load_places(given.places).adults.sum())
    scenario = load("baseline").model_copy(
        update={"places": given.places, "persons_per_agent": adults / given.people}
    )
    plain, seconds = whole(scenario, given.places, given.months)
    g = plain.world.geometry
    heads = ("partitions", "bits equal", *GROUPS, "sum", "without noughts", "shared ms a month")
    title = (
        f"kB a partition sends a month; {int(g.starts[-1]):,} people, {len(g.units):,} places, "
        f"{int(g.host_starts[-1]):,} hosts, {given.months} months; a month as a whole takes {1e3 * seconds:.0f} ms"
    )
    table, equal = Table(*heads, title=title), True
    for parts in given.parts:
        together, repeated = parted(scenario, given.places, given.months, parts)
        found = different(plain.world.state, together.state())
        per = 1e3 * parts * given.months
        cells = [sum(together.sent[name] for name in names) / per for names in GROUPS.values()]
        table.add_row(
            str(parts), "no: " + ", ".join(found) if found else "all",
            *(f"{c:.1f}" for c in (*cells, sum(cells), together.nonzero / per)), f"{1e3 * repeated:.1f}",
        )  # fmt: skip
        equal = equal and not found
    Console(width=160).print(table)
    return 0 if equal else 1


if __name__ == "__main__":
    sys.exit(main())
