"""What a sweep is: scenarios, what is varied in them, the design, and how often each is run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from experiments.members import with_member
from experiments.sweep.designs import count, rows, unit_cube
from experiments.sweep.factors import Factor, Value, applied
from experiments.sweep.trial import Trial, trials
from sim.errors import InputError
from sim.places import Places
from sim.scenario import Scenario

Setting = dict[Factor, Value]

MAX_RUNS = 1_000_000


class Cell(NamedTuple):
    """One cell of a design.

    Attributes:
        point: Number of the point.
        member: Number of the parameter set; 0 where no ensemble is asked.
        scenario: Name of the scenario.
        trial: Its run.
    """

    point: int
    member: int
    scenario: str
    trial: Trial


@dataclass(frozen=True, eq=False)
class Plan:
    """A sweep, checked.

    Attributes:
        name: Short name; the default folder bears it.
        title_ja: One line for people, in Japanese.
        title_en: The same in English.
        scenarios: What is run at every point; the first is what the others are compared with.
        places: The table they all run on.
        design: "factorial", "latin", "sobol", "morris" or "table".
        factors: What is varied.
        size: Points (latin), base samples (sobol) or trajectories (morris).
        levels: Values of a factor without a list of its own (factorial, morris).
        table: Rows of a table design, a value for each factor.
        replicates: Seeds for each point, the same for all points.
        seed: The first of them; it also draws the design.
        limit: Seconds after which a run is given up.
        text: The sweep file as read.
        world: Wave of the survey whose ensemble is asked; "" where none is.
        members: Its parameter sets, with each of which every point is run; none leaves parameters as they are.
    """

    name: str
    title_ja: str
    title_en: str
    scenarios: tuple[Scenario, ...]
    places: Places
    design: str
    factors: tuple[Factor, ...]
    size: int
    levels: int
    table: tuple[tuple[Value, ...], ...]
    replicates: int
    seed: int
    limit: float
    text: str
    world: str = ""
    members: tuple[Mapping[str, float], ...] = ()

    @property
    def seeds(self) -> range:
        """Seeds of every point."""
        return range(self.seed, self.seed + self.replicates)

    @cached_property
    def settings(self) -> list[Setting]:
        """Values of the factors at every point of the design."""
        return [dict(zip(self.factors, row, strict=True)) for row in rows(self)]

    @property
    def runs(self) -> int:
        """Runs asked for: points x scenarios x parameter sets x replicates."""
        return count(self) * len(self.scenarios) * max(len(self.members), 1) * self.replicates

    def cells(self) -> Iterator[Cell]:
        """Yield every cell of the design.

        Raises:
            InputError: A point that cannot be run.
        """
        for point, setting in enumerate(self.settings):
            for member, values in enumerate(self.members or ({},)):
                for scenario in self.scenarios:
                    try:
                        ready = applied(with_member(scenario, values), setting, self.places)
                    except InputError as error:
                        raise InputError(f"point {point} of '{self.name}': {error}") from None
                    for one in trials(ready, self.places, self.seeds):
                        yield Cell(point, member, scenario.name, one)


def refuse_huge(plan: Plan, where: str) -> None:
    """Refuse a sweep of more runs than anybody can mean.

    Raises:
        InputError: So many.
    """
    if plan.runs > MAX_RUNS:
        raise InputError(f"{where}: {plan.runs:,} runs are too many; allowed: at most {MAX_RUNS:,}.")


def frame(plan: Plan) -> tuple[pd.DataFrame, list[Trial]]:
    """Return the design as a table, and its runs without repetition.

    Returns:
        A row a cell: point, member, scenario, seed, key of the run, a column for each factor, and for drawn designs
        `u:` and the factor's name, its position from 0 to 1. And the runs: two cells that ask the same share one.
    """
    cube = unit_cube(plan)
    lines: list[tuple[object, ...]] = []
    trials: dict[str, Trial] = {}
    values = [list(setting.values()) for setting in plan.settings]
    for point, member, scenario, one in plan.cells():
        trials.setdefault(one.key, one)
        where = () if cube is None else tuple(cube[point])
        lines.append((point, member, scenario, one.seed, one.key, *values[point], *where))
    names = [f.name for f in plan.factors]
    drawn = [] if cube is None else [f"u:{name}" for name in names]
    columns = ["point", "member", "scenario", "seed", "key", *names, *drawn]
    return pd.DataFrame(lines, columns=columns), list(trials.values())
