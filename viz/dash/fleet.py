"""Many scenarios with the same seeds, and what is compared between them. Pure functions, and one that runs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from experiments.compare import Run, paired, table
from experiments.results import units
from experiments.rows import Difference, Mean, differences, means
from sim.errors import InputError
from sim.places import Places
from sim.scenario import Scenario
from viz.dash import engine
from viz.dash.crew import Visitor, full_crew
from viz.dash.engine import Progress
from viz.dash.hand import Order
from viz.dash.inquiry import Inquiry
from viz.numbers import clear_of_zero

TODAY = "today"
"""Name of the first of a fleet: today's support only."""

SHARE = 4
"""Runs after which others are served first: as many as a look at one scenario takes."""


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
    scenarios: Sequence[Scenario],
    places: Places,
    told: Callable[[Progress], None],
    stop: threading.Event,
    visitor: Visitor,
) -> Fleet:
    """Run all scenarios with all seeds.

    Raises:
        Stopped: `stop` was set.
        InputError: Too many, or not comparable.
    """
    fleet = named(scenarios)
    burn_ins = len({scenario.parameters for scenario in fleet})
    engine.affordable(fleet[0], places, len(fleet), burn_ins)
    orders = {(seed, s.name): Order(s, places, seed) for seed in engine.SEEDS for s in fleet}
    inquiry, found, teller = Inquiry(visitor, stop), list[Run](), engine.Teller(told)
    try:
        inquiry.ask(full_crew(), orders, engine.turn)
        while len(found) < len(orders):
            answer = inquiry.next(engine.TICK)
            if answer is not None and answer.word == "done":
                found.append(answer.what.run)
                if len(found) % SHARE == 0:
                    full_crew().served(visitor)
            if teller.due:
                share = len(found) / len(orders)
                teller.tell(Progress(share, len(found), len(orders), ahead=full_crew().ahead(visitor)))
    except BaseException:
        stop.set()
        raise
    engine.answered(visitor)
    return Fleet(tuple(s.name for s in fleet), table(found))


def clearly_apart(fleet: Fleet, one: str, two: str, indicator: str) -> bool:
    """Return whether the paired difference between two scenarios lies on one side of zero."""
    row = fleet.against(one, two)[indicator]
    return clear_of_zero(row.low, row.high)
