"""A stand-in of the calibrated ensemble: a handful of parameter sets around the baseline's values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.errors import unknown
from sim.parameters import records

WORLDS = ("2020", "2023")
VARIED = ("search.rate", "leaving.hobby", "leaving.exchange", "moving.rate", "visit.hobby", "room.inflow")


@dataclass(frozen=True)
class Ensemble:
    """Parameter sets that fit a survey.

    Attributes:
        world: The survey.
        members: Values by path, one mapping a set.
        median: Values of the median member.
        provenance: How it was made.
    """

    world: str
    members: tuple[dict[str, float], ...]
    median: dict[str, float]
    provenance: dict[str, Any]


def load(world: str) -> Ensemble:
    """Return the ensemble of a world.

    Raises:
        InputError: There is no such world.
    """
    if world not in WORLDS:
        raise unknown("--world", "world", world, WORLDS)
    default = {path: records()[path].default for path in VARIED}
    members = tuple(
        {
            path: value * (0.9 + 0.2 * ((7 * i + 3 * k) % 11) / 10)
            for k, (path, value) in enumerate(default.items())
        }
        for i in range(12)
    )
    return Ensemble(world, members, default, {"stand-in": True})
