"""What a calibrated world has to look like: survey figures, each with its tolerance.

A tolerance is what two waves or two wordings of one question differ by, and never less than the luck of a run. A
target with a reason cannot be reached by the model: it is shown, but no set is refused for it.
"""

from __future__ import annotations

import csv
import math
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from experiments.ensemble import WORLDS
from sim.errors import unknown

BOTH = "both"
SHARE = "share"


class Target(BaseModel):
    """One row of `data/targets.csv`.

    Attributes:
        id: Name, the same in both worlds.
        world: Wave that it belongs to, or "both".
        measure: The model's counterpart (`experiments.calibration.measures`).
        value: The survey's figure.
        tolerance: How far from it a set may be.
        unit: "share" of 0 to 1, or words.
        year: Year of the source.
        definition: What is counted.
        source: Where the figure is from.
        reason: Why the model cannot reach it; "" if it can.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    world: str
    measure: str
    value: float
    tolerance: float
    unit: str
    year: int
    definition: str
    source: str
    reason: str

    @property
    def low(self) -> float:
        """Smallest value within the tolerance."""
        return self.value - self.tolerance

    @property
    def high(self) -> float:
        """Largest value within the tolerance."""
        return self.value + self.tolerance

    def holds(self, value: float) -> bool:
        """Return whether a value is within the tolerance; what is no number is not."""
        return self.low <= value <= self.high

    def even(self, value: float) -> float:
        """Return a value on a scale without ends: log odds of a share, the value itself of anything else."""
        if self.unit != SHARE:
            return value
        inside = min(max(value, 1e-6), 1.0 - 1e-6)
        return math.log(inside / (1.0 - inside))


@cache
def targets(world: str) -> tuple[Target, ...]:
    """Return the targets of a world.

    Raises:
        InputError: There is no such world.
    """
    if world not in WORLDS:
        raise unknown("world", "world", world, WORLDS)
    text = (files("experiments") / "calibration" / "data" / "targets.csv").read_text(encoding="utf-8")
    rows = (Target.model_validate(row) for row in csv.DictReader(text.splitlines()))
    return tuple(row for row in rows if row.world in (world, BOTH))


def reachable(world: str) -> tuple[Target, ...]:
    """Return the targets that sets are accepted by."""
    return tuple(t for t in targets(world) if not t.reason)


def misses(figures: dict[str, float], world: str) -> list[str]:
    """Return the ids of the reachable targets that figures of a run do not meet."""
    return [t.id for t in reachable(world) if not t.holds(figures[t.measure])]
