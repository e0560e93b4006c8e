"""Parameters and levers as their two records have them: MODEL.md 6.3 and 9."""

from __future__ import annotations

import csv
import math
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

DATA = Path(__file__).resolve().parents[2] / "sim" / "data"


class Lever(NamedTuple):
    """A lever: its level today, its range and its price."""

    today: float
    low: float
    high: float
    price: float

    def within(self, level: float) -> float:
        """Return the level kept within the range."""
        return min(max(level, self.low), self.high)


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a record."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def levers() -> dict[str, Lever]:
    """Return the levers by name."""
    return {r["name"]: Lever(*(float(r[k]) for k in Lever._fields)) for r in rows("levers.csv")}


@cache
def parameters() -> tuple[tuple[str, str, str, float], ...]:
    """Return group, name, symbol and default of every parameter."""
    return tuple((r["group"], r["name"], r["symbol"], float(r["default"])) for r in rows("parameters.csv"))


def defaults() -> SimpleNamespace:
    """Return the parameters by group and name, as the model's own object has them."""
    found = SimpleNamespace()
    for group, name, _, default in parameters():
        vars(found).setdefault(group, SimpleNamespace())
        setattr(getattr(found, group), name, default)
    return found


def symbols(given: Any) -> SimpleNamespace:
    """Return parameters that come by group and name by the symbols of MODEL.md 9 instead."""
    p = SimpleNamespace()
    for group, name, symbol, _ in parameters():
        setattr(p, symbol, float(getattr(getattr(given, group), name)))
    p.f_st = [math.nan, math.nan, p.f_V1, p.f_V2, p.f_V3, p.f_V4]
    p.h_st = [math.nan, math.nan, p.h_V1, p.h_V2, p.h_V3, p.h_V4]
    p.Q_st = [math.nan, p.Q_NV, p.Q_V1, p.Q_V2, p.Q_V3, p.Q_V4]
    p.hx_st = [math.nan, p.hx_NV, p.hx_V1, p.hx_V2, p.hx_V3, p.hx_V4]
    return p
