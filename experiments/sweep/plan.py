"""What a sweep is: scenarios, what is varied in them, the design, and how often each is run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from experiments.sweep.designs import rows, unit_cube
from experiments.sweep.factors import Factor, Value, applied
from experiments.sweep.trial import Trial, trials
from sim.errors import InputError
from sim.places import Places
from sim.scenario import Scenario

Setting = dict[Factor, Value]


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
        """Runs asked for: points x scenarios x replicates."""
        return len(self.settings) * len(self.scenarios) * self.replicates

    def cells(self) -> Iterator[tuple[int, Scenario, Trial]]:
        """Yield point, scenario and run of every cell of the design.

        Raises:
            InputError: A point that cannot be run.
        """
        for point, setting in enumerate(self.settings):
            for scenario in self.scenarios:
                try:
                    ready = applied(scenario, setting, self.places)
                except InputError as error:
                    raise InputError(f"point {point} of '{self.name}': {error}") from None
                for one in trials(ready, self.places, self.seeds):
                    yield point, scenario, one


def frame(plan: Plan) -> tuple[pd.DataFrame, list[Trial]]:
    """Return the design as a table, and its runs without repetition.

    Returns:
        A row a cell: point, scenario, seed, key of the run, a column for each factor, and for drawn designs
        `u:` and the factor's name, its position from 0 to 1. And the runs: two cells that ask the same share one.
    """
    cube = unit_cube(plan)
    lines: list[tuple[object, ...]] = []
    trials: dict[str, Trial] = {}
    values = [list(setting.values()) for setting in plan.settings]
    for point, scenario, one in plan.cells():
        trials.setdefault(one.key, one)
        where = () if cube is None else tuple(cube[point])
        lines.append((point, scenario.name, one.seed, one.key, *values[point], *where))
    names = [f.name for f in plan.factors]
    columns = [
        "point",
        "scenario",
        "seed",
        "key",
        *names,
        *([] if cube is None else [f"u:{n}" for n in names]),
    ]
    return pd.DataFrame(lines, columns=columns), list(trials.values())
