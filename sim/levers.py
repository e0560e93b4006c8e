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
        today_source: Where today's level comes from.
        price: Yen a year for one unit of the level and 5,000 adults.
        price_status: "measured", "assumed", or "defined" where a unit is an amount of yen.
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
    today_source: str
    price: float
    price_status: Literal["measured", "assumed", "defined"]
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
    guide_meetings: F64
    guide_training: F64
    guide_recognition: F64
    hub: F64
    open_days: F64
    greeting: F64
    slots_shown: F64
    virtual_hub: F64
    story: F64
    events: F64
    online_share: F64
    information: F64
    school_programmes: F64
    outreach: F64
    travel_subsidy: F64
    transport: F64
    local_exchange: F64
    tax_campaign: F64
    vacant_houses: F64
    free_time: F64
    barrier_fund: F64
    matching: F64
    small_roles: F64
    unfinished_projects: F64
    disclosure: F64
    recruit_mix: F64
    reply_letters: F64
    shared_doing: F64
    gradation: F64
    minimum_duty: F64
    coordination: F64
    host_bodies: F64
    intermediary: F64
    staff: F64
    successors: F64
    gatherings: F64
    newsletters: F64
    reception_desk: F64
    reviews: F64
    organisation: F64
    subsidy: F64
    fees: F64


@cache
def levers() -> dict[str, Lever]:
    """Return every lever by name, in the order of `Levels`."""
    text = (files("sim") / "data" / "levers.csv").read_text(encoding="utf-8")
    rows = (Lever.model_validate(row) for row in csv.DictReader(text.splitlines()))
    return {row.name: row for row in rows}
