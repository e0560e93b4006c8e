"""Compile every kernel of the month as a first run does, and do nothing else: `python -m experiments.bench.compiling passes`."""

from __future__ import annotations

import sys

from scenarios import load, load_places
from sim.compiling import prepare
from sim.loop import LARGE_HOME

PEOPLE = {"passes": LARGE_HOME, "mechanisms": LARGE_HOME // 2}
"""People a place, by the way in which a world of so many runs."""


def main() -> None:
    """Compile the way named on the command line."""
    places = load_places("workshop")
    people = PEOPLE[sys.argv[1]] * len(places)
    weight = float(places.adults.sum()) / people
    prepare(load("baseline").model_copy(update={"places": "workshop", "persons_per_agent": weight}), places)


if __name__ == "__main__":
    main()
