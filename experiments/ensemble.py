"""The calibrated ensembles: sets of parameter values that fit a survey within its tolerances.

Each world is one wave of the survey, taken as it is: the waves disagree about the types, so they are never pooled.
The files are made by `kakawari calibrate`.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from sim.errors import unknown
from sim.parameters import changed, defaults

WORLDS = ("2020", "2023")
"""Waves of the survey that an ensemble was fitted to."""

DEFAULT_WORLD = WORLDS[0]
"""The wave that is meant unless somebody names another one."""


@dataclass(frozen=True)
class Ensemble:
    """Parameter sets that fit one wave.

    Attributes:
        world: The wave.
        members: Values by parameter path, one set a member; the first is the median member.
        median: The member nearest the centre of all.
        provenance: How they were found: code, date, runs, targets with tolerances, what was fixed.
    """

    world: str
    members: tuple[dict[str, float], ...]
    median: dict[str, float]
    provenance: dict[str, Any]


@cache
def load(world: str) -> Ensemble:
    """Return the packaged ensemble of a world.

    Raises:
        InputError: There is no such world.
    """
    if world not in WORLDS:
        raise unknown("world", "world", world, WORLDS)
    folder = files("experiments") / "calibration" / "data"
    rows = csv.DictReader((folder / f"ensemble_{world}.csv").read_text(encoding="utf-8").splitlines())
    members = tuple({path: float(value) for path, value in row.items()} for row in rows)
    for at, member in enumerate(members):
        changed(defaults(), member, f"ensemble_{world}.csv, line {at + 2}")
    provenance = json.loads((folder / f"ensemble_{world}.json").read_text(encoding="utf-8"))
    return Ensemble(world, members, members[0], provenance)
