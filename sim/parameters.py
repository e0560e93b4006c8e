"""Parameters: records with unit, range, source and status, and the frozen values a run is given.

The records are rows of `data/parameters.csv`. The values are `typing.NamedTuple`s, one a mechanism,
which go to the Numba kernels as they are.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple, get_type_hints

from pydantic import BaseModel, ConfigDict

from sim.errors import InputError, out_of_range, unknown


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


class Traits(NamedTuple):
    """What a person is born with (MODEL.md 5)."""

    indifferent_part: float
    indifferent_shape: float
    interested_a: float
    interested_b: float
    mobility_spread: float
    turnover: float


class Interest(NamedTuple):
    """How interest rises and falls (E1)."""

    forgetting: float
    peers: float
    first_meeting: float


class Search(NamedTuple):
    """How people look for a place and which they choose (E2, E3)."""

    rate: float
    reinforcement: float
    metro: float
    distance: float
    rural_pull: float
    peer_choice: float
    online_rate: float
    online_chance: float


class Encounter(NamedTuple):
    """How a searcher meets somebody of the place (E4, E5)."""

    chance: float
    guide_contacts: float
    guide_link: float
    hub_contacts: float
    event_seats: float
    guide_yield: float
    hub_yield: float
    event_yield: float
    memory: float


class Room(NamedTuple):
    """Needs, their disclosure and open slots: the room for involvement (E6, E20)."""

    inflow: float
    disclosure: float
    giving_up: float
    expiry: float
    slot_crowding: float
    participant_crowding: float
    work_done: float


class NewTie(NamedTuple):
    """What a meeting turns into (E7)."""

    exchange: float
    work: float
    strength: float
    online_strength: float


class Visit(NamedTuple):
    """How often a tie brings a visit (E8)."""

    hobby: float
    exchange: float
    work: float
    direct: float
    distance: float
    event_draw: float
    online_contact: float


class Load(NamedTuple):
    """Host hours that a visit costs (E9)."""

    hobby: float
    exchange: float
    work: float
    direct: float
    unmatched: float
    event_overhead: float
    experience: float
    shared_doing: float
    shared_saving: float


class Hosting(NamedTuple):
    """Hosts, their hours and who is asked (E10, E11)."""

    host_share: float
    host_share_metro: float
    capacity: float
    capacity_spread: float
    popularity: float
    welcome_share: float
    understanding: float


class Strength(NamedTuple):
    """How a tie deepens and fades (E12, E13)."""

    gain: float
    online_gain: float
    decay: float
    quality_online: float
    quality_hobby: float
    quality_exchange: float
    quality_work: float
    quality_direct: float
    weakness_bonus: float


class Leaving(NamedTuple):
    """How a tie ends (E14)."""

    online: float
    hobby: float
    exchange: float
    work: float
    direct: float
    life_event: float
    strong_ties: float
    poor_attention: float
    tired_host: float
    no_room: float
    near: float
    step_down: float


class Deepening(NamedTuple):
    """Steps up and down between types of tie (E15)."""

    hobby_to_exchange: float
    exchange_to_direct: float
    exchange_to_work: float
    online_to_visit: float
    event_exposure: float
    down_exchange: float
    down_involved: float


class Latent(NamedTuple):
    """Ties that sleep, return or are forgotten (E16)."""

    kept: float
    spontaneous: float
    reminded: float
    forgotten: float


class Burnout(NamedTuple):
    """How hosts tire and recover (E18)."""

    tiring: float
    recovery: float
    steepness: float
    lost_capacity: float


class Succession(NamedTuple):
    """Hosts who rest, stop and are followed by others; ties handed over (E19)."""

    withdrawal: float
    withdrawal_tired: float
    rest_above: float
    back_below: float
    recruitment: float
    handed_over: float
    relief: float
    relief_above: float
    handover_loss: float


class Openness(NamedTuple):
    """Weakness that hosts show, and what becomes of it (E21)."""

    mean: float
    learning: float
    tired_silence: float
    window: float


class Parameters(NamedTuple):
    """All parameters of a run, one group a mechanism."""

    traits: Traits
    interest: Interest
    search: Search
    encounter: Encounter
    room: Room
    newtie: NewTie
    visit: Visit
    load: Load
    hosting: Hosting
    strength: Strength
    leaving: Leaving
    deepening: Deepening
    latent: Latent
    burnout: Burnout
    succession: Succession
    openness: Openness


@cache
def records() -> dict[str, Parameter]:
    """Return every parameter record by its path, in the order of the table."""
    text = (files("sim") / "data" / "parameters.csv").read_text(encoding="utf-8")
    rows = (
        Parameter(**{**row, "ceiling": row["ceiling"] or math.inf})  # type: ignore[arg-type]
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
