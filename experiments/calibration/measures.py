"""The model's counterparts of survey figures, counted at the end of a run on prefectures.

Days a year are those of the main tie at its present pace: visits are a Poisson count, so a tie of so many visits a
year falls into each class with a known probability, and no luck is added.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.indicators import indicators, survival
from sim.mechanisms.visiting import trips_of_month
from sim.outcome import TYPES, Outcome, Table
from sim.places import Places, travel_matrix
from sim.run import Simulation
from sim.state import DIRECT, HOBBY

Array = NDArray[Any]

YEAR = 12
TOKYO = "13"
SHUTO = ("11", "12", "13", "14")
CLASSES = {"travel_30": 0.5, "travel_60": 1.0, "travel_90": 1.5}
"""Hours, one way, within which a tie is counted."""

PLAIN = (
    "visiting_share", "visiting_share_metro", "visiting_share_other", "nonvisiting_share", "indifferent_share",
    "ties_per_visitor", "hobby_share", "exchange_share", "work_share", "direct_share", "load_gini",
)  # fmt: skip
"""Indicators that are targets as they are."""


def measured(simulation: Simulation, outcome: Outcome) -> dict[str, float]:
    """Return the counterparts of all targets of both worlds at the end of a run."""
    places = simulation.places
    found = indicators(outcome, places)
    values = {name: found[name] for name in PLAIN}
    values["visiting_gap"] = values["visiting_share_metro"] - values["visiting_share_other"]
    values["nonvisiting_share_metro"] = _nonvisiting_metro(outcome, places)
    values["none_share_metro"] = 1.0 - values["visiting_share_metro"] - values["nonvisiting_share_metro"]
    stay = {f"stay_{name}": float(survival(outcome, (k,))[1][YEAR]) for k, name in enumerate(TYPES, 1)}
    return {**values, **hosting(outcome), **flows(outcome.flows, places), **days(simulation), **stay}


def hosting(outcome: Outcome) -> dict[str, float]:
    """Return how much hosts are used, how many are burnt out, and the room for involvement, in the last year."""
    months = outcome.months
    rows = months["month"] > months["month"].max() - YEAR
    return {
        "host_use": float(months["use"][rows].mean()),
        "hosts_burnt": float(months["hosts_burnt"][rows].sum() / months["hosts"][rows].sum()),
        "room": float(months["room"][rows].mean()),
    }


def flows(table: Table, places: Places) -> dict[str, float]:
    """Return shares of the flows between homes and places.

    Args:
        table: The outcome's flows: home, place, people (by main tie), ties.
        places: The table of places.
    """
    metro, codes = places.metro > 0, np.array([code.zfill(2)[:2] for code in places.code])
    home, place, people = table["home"], table["place"], table["people"]
    hours = travel_matrix(places)[home, place]

    def share(rows: Array, among: Array, of: Array) -> float:
        return float(of[rows & among].sum() / of[among].sum()) if of[among].sum() else math.nan

    values = {
        "metro_to_other": share(~metro[place], metro[home], people),
        "other_to_other": share(~metro[place], ~metro[home], people),
        "tokyo_to_shuto": share(np.isin(codes[place], SHUTO), codes[home] == TOKYO, people),
    }
    return values | {
        name: share(hours <= limit, metro[home], table["ties"]) for name, limit in CLASSES.items()
    }


def days(simulation: Simulation) -> dict[str, float]:
    """Return the shares of visitors who come on at most 1, on 2 to 7, and on 8 or more days a year."""
    w = simulation.world
    t, trips = w.state.ties, trips_of_month(w)
    visiting = (t.stage >= HOBBY) & (t.stage <= DIRECT)
    rows = np.flatnonzero(visiting.any(axis=1))
    best = np.where(visiting, t.strength, np.float32(-1.0)).argmax(axis=1)[rows]
    stage, place, strength = (column[rows, best].astype(kind) for column, kind in (
        (t.stage, np.int64), (t.place, np.int64), (t.strength, np.float64),
    ))  # fmt: skip
    home = np.repeat(np.arange(len(simulation.places)), np.diff(w.geometry.starts))[rows]
    mobility = trips.mobility[w.state.people.mobility[rows]]
    pace = trips.frequency[stage] * mobility * (0.4 + 1.2 * strength) * trips.reach[home, place]
    return classes(YEAR * pace * trips.drawn[place])


def classes(visits: Array) -> dict[str, float]:
    """Return the shares of the classes for mean visits a year, one a visitor."""
    if len(visits) == 0:
        return dict.fromkeys(("days_1", "days_2_7", "days_8"), math.nan)
    chance = np.exp(-visits)
    upto = np.zeros(8)
    for n in range(8):
        upto[n] = chance.mean() + (upto[n - 1] if n else 0.0)
        chance = chance * visits / (n + 1)
    return {"days_1": upto[1], "days_2_7": upto[7] - upto[1], "days_8": 1.0 - upto[7]}


def _nonvisiting_metro(outcome: Outcome, places: Places) -> float:
    months = outcome.months
    rows = (months["month"] > months["month"].max() - YEAR) & (places.metro[months["place"]] > 0)
    return float(months["nonvisiting"][rows].sum() / months["people"][rows].sum())
