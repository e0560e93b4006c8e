"""The indicators of an outcome, each defined once with unit and meaning (E26)."""

from __future__ import annotations

import csv
import math
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict

from sim.arrays import F64, I64
from sim.outcome import Outcome, Table
from sim.places import Places
from sim.state import DIRECT, HOBBY, YEAR

WINDOW = 12
"""Stocks are means over the last 12 months of the run."""

LASTING = 36
"""Months after which a tie counts as lasting; counted are those that began within the run."""

SELF_RUNNING = 24
"""Months without subsidy and without debt after which a private body is on its own feet."""

SPELL_YEARS = 3
"""Persistence is a period life table of the last 3 years of the run."""


class Indicator(BaseModel):
    """One row of `data/indicators.csv`.

    Attributes:
        name: Stable name.
        unit: Unit after multiplying by `scale`.
        scale: Factor for printing.
        digits: Decimals for printing.
        better: "up", "down" or "none": which way is good news.
        ja: Name in everyday Japanese.
        en: Name in everyday English.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    unit: str
    scale: float
    digits: int
    better: Literal["up", "down", "none"]
    ja: str
    en: str


@cache
def records() -> dict[str, Indicator]:
    """Return every indicator by name, in the order of the table."""
    text = (files("sim") / "data" / "indicators.csv").read_text(encoding="utf-8")
    rows = (Indicator.model_validate(row) for row in csv.DictReader(text.splitlines()))
    return {row.name: row for row in rows}


def indicators(outcome: Outcome, places: Places) -> dict[str, float]:
    """Return every indicator of an outcome; counts are real people and ties, NaN where undefined."""
    weight = outcome.provenance["persons_per_agent"]
    months = outcome.months
    last = _window(months)
    values = {
        **_shares(last, places),
        **_hosting(outcome, last),
        **_ties(last, weight),
        **_residents(last),
        "persistence_12": _survival_at(outcome, 12),
        "persistence_36": _survival_at(outcome, 36),
        "direct_contributors": weight * _mean_total(last, "direct_people"),
        "lasting_ties": weight * _lasting(months),
        "yen_total": float(months["yen"].sum()) / len(np.unique(months["month"])) * 12.0 / 1e6,
    }
    values["yen_per_lasting_tie"] = _ratio(yen_of_lasting(months), values["lasting_ties"])
    return {name: values[name] for name in records()}


def survival(outcome: Outcome, starts: tuple[int, ...] | None = None) -> tuple[I64, F64]:
    """Return ages in months and the share of ties still alive at each (Kaplan-Meier).

    A period life table over the last 3 years of the run: S(a) = product over ages below a of
    1 - ended / at risk. NaN from the first age at which nobody was at risk.

    Args:
        outcome: The run.
        starts: Types at the start (1-5); by default all that bring visits.
    """
    at_risk, ended = _life_table(outcome, starts or tuple(range(HOBBY, DIRECT + 1)))
    hazard = np.divide(ended, at_risk, out=np.full(len(at_risk), np.nan), where=at_risk > 0)
    alive = np.concatenate([[1.0], np.cumprod(1.0 - hazard)])
    return np.arange(len(alive)), alive


def yen_of_lasting(months: Table) -> float:
    """Return the yen of the months in which the lasting ties began: all but the last 36; NaN in a shorter run.

    Ties that begin later cannot reach 36 months within the run, so their months' yen buy none.
    """
    last = int(months["month"].max())
    return float(months["yen"][months["month"] <= last - LASTING].sum()) if last > LASTING else math.nan


def gini(values: F64) -> float:
    """Return the Gini coefficient of non-negative values; NaN where they sum to 0."""
    x = np.sort(values)
    if len(x) == 0 or x.sum() <= 0:
        return math.nan
    rank = 2.0 * np.arange(1, len(x) + 1) - len(x) - 1.0
    return float((rank * x).sum() / (len(x) * x.sum()))


def _lasting(months: Table) -> float:
    late = months["month"] > LASTING
    return float(months["reached36"][late].sum()) if late.any() else math.nan


def _shares(last: Table, places: Places) -> dict[str, float]:
    metro = places.metro[last["place"]] > 0
    people, visiting = last["people"], last["visiting"]
    values = {
        "visiting_share": _ratio(visiting.sum(), people.sum()),
        "visiting_share_metro": _ratio(visiting[metro].sum(), people[metro].sum()),
        "visiting_share_other": _ratio(visiting[~metro].sum(), people[~metro].sum()),
        "nonvisiting_share": _ratio(last["nonvisiting"].sum(), people.sum()),
        "indifferent_share": _ratio(last["indifferent"].sum(), people.sum()),
        "ties_per_visitor": _ratio(last["home_ties"].sum(), visiting.sum()),
    }
    for name in ("hobby", "exchange", "work", "direct"):
        values[f"{name}_share"] = _ratio(last[f"main_{name}"].sum(), visiting.sum())
    return values


def _hosting(outcome: Outcome, last: Table) -> dict[str, float]:
    hours = outcome.hosts["hours"]
    residents = np.maximum(last["people"], 0)
    return {
        "load_gini": gini(hours[hours > 0]),
        "host_use": _ratio(last["load_hours"].sum(), last["capacity_hours"].sum()),
        "burnt_out_share": _ratio(last["hosts_burnt"].sum(), last["hosts"].sum()),
        "room": _ratio((last["room"] * residents).sum(), residents.sum()),
        "slot_chance": _ratio((last["slot_chance"] * last["searchers"]).sum(), last["searchers"].sum()),
    }


def _ties(last: Table, weight: float) -> dict[str, float]:
    visiting = last["ties_hobby"] + last["ties_exchange"] + last["ties_work"] + last["ties_direct"]
    places = np.unique(last["place"], return_inverse=True)[1]
    people = np.bincount(places, weights=last["people"])
    ties = np.bincount(places, weights=visiting)
    return {
        "near_share": _ratio(last["ties_near"].sum(), visiting.sum()),
        "roots_share": _ratio(last["ties_roots"].sum(), visiting.sum()),
        "place_gini": gini(ties[people > 0] / people[people > 0]),
        "wellbeing_gain": _ratio(last["wellbeing"].sum(), last["visiting"].sum()),
        "recommend": _ratio(last["recommend"].sum(), visiting.sum()),
        "moves": weight * _yearly(last, "moved"),
        "turned_share": _ratio(12.0 * last["turned"].sum(), last["ties_online"].sum()),
        "gifts": _yearly(last, "gifts") / 1e6,
    }


def _residents(last: Table) -> dict[str, float]:
    people = np.maximum(last["people"], 0)
    bodies = last["month"] == last["month"].max()
    bodies &= (last["service"] < 1.0) | (last["own_feet"] > 0) | (last["money"] != 0.0)
    return {
        "understanding": _ratio((last["understanding"] * people).sum(), people.sum()),
        "lead": _ratio((last["lead"] * people).sum(), people.sum()),
        "needs": 5000.0 * _ratio(last["needs"].sum(), people.sum()),
        "self_running": _ratio((last["own_feet"][bodies] >= SELF_RUNNING).sum(), bodies.sum()),
    }


def _window(months: Table) -> Table:
    rows = months["month"] > months["month"].max() - WINDOW
    return {name: column[rows] for name, column in months.items()}


def _mean_total(last: Table, name: str) -> float:
    return float(last[name].sum()) / len(np.unique(last["month"]))


def _yearly(last: Table, name: str) -> float:
    return YEAR * _mean_total(last, name)


def _survival_at(outcome: Outcome, age: int) -> float:
    return float(survival(outcome)[1][age])


def _life_table(outcome: Outcome, starts: tuple[int, ...]) -> tuple[F64, F64]:
    spells = outcome.spells
    rows = np.isin(spells["start"], starts) & (spells["year"] > spells["year"].max(initial=0) - SPELL_YEARS)
    size = int(spells["age"].max(initial=0)) + 1
    size = max(size, 37)
    ages = spells["age"][rows]
    at_risk = np.bincount(ages, weights=spells["at_risk"][rows], minlength=size)
    ended = np.bincount(ages, weights=spells["ended"][rows], minlength=size)
    return np.asarray(at_risk, np.float64), np.asarray(ended, np.float64)


def _ratio(a: Any, b: Any) -> float:
    return float(a) / float(b) if b else math.nan
