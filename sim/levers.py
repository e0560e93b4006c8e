"""Levers: what support can change in a place, its level today and its price.

The records are rows of `data/levers.csv`. A measure adds to today's level of a lever for some places
and months; the levels of one month are plain columns over places.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from sim.arrays import F64


class Lever(BaseModel):
    """One row of `data/levers.csv`.

    Attributes:
        name: Name in a scenario file.
        unit: Unit of the level.
        today: Level in the baseline, everywhere.
        low: Smallest level.
        high: Largest level.
        price: Yen a year for one unit of the level and 5,000 adults.
        price_status: "measured" or "assumed".
        price_source: Where the price comes from.
        group: "meet", "join" or "last": what the lever helps with.
        ja: Name in everyday Japanese.
        en: Name in everyday English.
        help_ja: What it does, in one sentence of Japanese.
        help_en: What it does, in one sentence of English.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    unit: str
    today: float
    low: float
    high: float
    price: float
    price_status: Literal["measured", "assumed"]
    price_source: str
    group: Literal["meet", "join", "last"]
    ja: str
    en: str
    help_ja: str
    help_en: str


class Levels(NamedTuple):
    """Level of every lever in every place in one month; each column has shape (places,)."""

    guides_city: F64
    guides_local: F64
    hub: F64
    events: F64
    information: F64
    coordination: F64
    intermediary: F64


@cache
def levers() -> dict[str, Lever]:
    """Return every lever by name, in the order of `Levels`."""
    text = (files("sim") / "data" / "levers.csv").read_text(encoding="utf-8")
    rows = (Lever.model_validate(row) for row in csv.DictReader(text.splitlines()))
    return {row.name: row for row in rows}
