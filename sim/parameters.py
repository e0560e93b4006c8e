"""Parameters: records with unit, range, source and status, and the frozen values a run is given.

The records are rows of `data/parameters.csv`; the values are the tuples of `sim.groups`.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_type_hints

from pydantic import BaseModel, ConfigDict

from sim.errors import InputError, out_of_range, unknown
from sim.groups import Parameters


class Parameter(BaseModel):
    """One row of `data/parameters.csv`.

    Attributes:
        group: Mechanism that owns it.
        name: Name within the group.
        symbol: Letter used in MODEL.md.
        default: Value in the baseline.
        unit: Unit in words; "-" for a pure number.
        low: Lower end of the plausible range (sweeps and sliders).
        high: Upper end of the plausible range.
        floor: Smallest value that makes sense at all.
        ceiling: Largest value that makes sense at all.
        status: "measured" (from data), "fitted" (tuned to a named target) or "assumed".
        source: Data, paper or reason behind the default.
        ja: Meaning in everyday Japanese.
        en: Meaning in everyday English.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    group: str
    name: str
    symbol: str
    default: float
    unit: str
    low: float
    high: float
    floor: float
    ceiling: float
    status: Literal["measured", "fitted", "assumed"]
    source: str
    ja: str
    en: str

    @property
    def path(self) -> str:
        """Name as written in a scenario file: `group.name`."""
        return f"{self.group}.{self.name}"


@cache
def records() -> dict[str, Parameter]:
    """Return every parameter record by its path, in the order of the table."""
    text = (files("sim") / "data" / "parameters.csv").read_text(encoding="utf-8")
    rows = (
        Parameter.model_validate({**row, "ceiling": row["ceiling"] or math.inf})
        for row in csv.DictReader(text.splitlines())
    )
    return {row.path: row for row in rows}


@cache
def defaults() -> Parameters:
    """Return the baseline values of all parameters.

    Raises:
        InputError: The table and the groups above do not name the same parameters in the same order.
    """
    groups: dict[str, Any] = {}
    for name, kind in get_type_hints(Parameters).items():
        rows = [r for r in records().values() if r.group == name]
        if [r.name for r in rows] != list(kind._fields):
            raise InputError(f"data/parameters.csv: group '{name}' does not match its definition.")
        groups[name] = kind(*(float(r.default) for r in rows))
    return Parameters(**groups)


def changed(base: Parameters, changes: Mapping[str, float], where: str = "parameters") -> Parameters:
    """Return `base` with the named values replaced.

    Args:
        base: The values to start from.
        changes: New values by path (`group.name`).
        where: Place named in an error, e.g. a file and line.

    Raises:
        InputError: An unknown path, or a value that is not a number within its floor and ceiling.
    """
    result = base
    for path, value in changes.items():
        record = records().get(path)
        if record is None:
            raise unknown(where, "parameter", path, records())
        number = _number(f"{where}: {path}", value, record)
        group = getattr(result, record.group)._replace(**{record.name: number})
        result = result._replace(**{record.group: group})
    return result


def differences(parameters: Parameters) -> dict[str, float]:
    """Return the values that differ from the baseline, by path."""
    flat = {r.path: getattr(getattr(parameters, r.group), r.name) for r in records().values()}
    return {path: value for path, value in flat.items() if value != records()[path].default}


def _number(where: str, value: object, record: Parameter) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InputError(f"{where}: '{value}' is not a number; allowed: a number in {record.unit}.")
    if not record.floor <= value <= record.ceiling:
        raise out_of_range(where, value, record.floor, record.ceiling, record.unit)
    return float(value)
