"""Compile every kernel of the month, and do nothing else: `python -m experiments.bench.compiling passes`.

A month of a world of a few people; what the month itself takes is nothing beside it.
"""

from __future__ import annotations

import sys

from scenarios import load, load_places
from sim.loop import MONTH, QUICK, advance
from sim.run import Simulation

PEOPLE = 200
WAYS = {"passes": QUICK, "mechanisms": MONTH}


def main() -> None:
    """Run one month in the way named on the command line."""
    places = load_places("workshop")
    scenario = load("baseline").model_copy(
        update={"places": "workshop", "persons_per_agent": float(places.adults.sum()) / PEOPLE}
    )
    world = Simulation(scenario, places, 1).world
    advance(world, world.levels, month=WAYS[sys.argv[1]])


if __name__ == "__main__":
    main()
