"""Where to put one hub among 1,741 municipalities? Hubs are dealt to random halves of them, and types of places compared.

Each municipality has hubs in one of two runs with the same luck, and none more than today in the other. Hubs come at one
for 5,000 adults, so that their effect stands out of the luck, and the gain is counted for one hub. The answer is about
types of places (how far from a metropolitan area, how large), never about a named town, which would say more than is known.

At a coarse scale small municipalities have too many hosts (MODEL.md 2), so the scale is finer than elsewhere.
"""

from __future__ import annotations

import copy
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.members import Progress, chosen, each, with_member
from experiments.worked.record import (
    Answer,
    Experiment,
    Settings,
    close_to_first,
    figures_of,
    side,
    spread,
    tabled,
)
from scenarios.loader import load
from scenarios.places import load_places
from sim.arrays import F64
from sim.compiling import ready
from sim.places import Places, travel_matrix
from sim.run import Simulation
from sim.scenario import Measure, Scenario
from sim.state import State

MONTHS, LASTING = 84, 36
AMOUNT = 1.0
"""Hubs more for 5,000 adults."""

FAR_HOURS = 1.5
SIZES = (10_000, 50_000)
"""Adults that tell small, middling and large municipalities apart."""

METRO, AWAY, SIZE = "metro", ("near", "far"), ("small", "middling", "large")
ALL = "all"


class _Job(NamedTuple):
    scenario: Scenario
    member: int
    seed: int


def _run(settings: Settings, report: Progress | None) -> pd.DataFrame:
    places = load_places("municipalities")
    base = load("baseline").model_copy(
        update={"places": places.name, "months": MONTHS, "persons_per_agent": settings.persons_per_agent}
    )
    jobs = [
        _Job(with_member(base, values), member, seed)
        for member, values in enumerate(chosen(settings.ensemble, settings.members))
        for seed in range(1, settings.replicates + 1)
    ]
    frames = each(
        jobs, lambda job: _pair(job, places), settings.workers if ready(base, places) else 1, report
    )
    return pd.concat(frames, ignore_index=True)


def _pair(job: _Job, places: Places) -> pd.DataFrame:
    """Run both halves from one burn-in; return the gain of each type of place, and its hubs."""
    quiet = Simulation(job.scenario, places, job.seed)
    while quiet.month < 0:
        quiet.step()
    first = np.random.default_rng(job.seed).permutation(len(places)) < len(places) // 2
    reached = [_reached(job, places, half, quiet.world.state) for half in (first, ~first)]
    gain = np.where(first, reached[0] - reached[1], reached[1] - reached[0]) * job.scenario.persons_per_agent
    return by_type(gain, places).assign(member=job.member, seed=job.seed)


def _reached(job: _Job, places: Places, half: NDArray[np.bool_], state: State) -> F64:
    """Return ties that began in the run and lasted 36 months, by place, with hubs in half of the places."""
    codes = tuple(code for code, chosen_ in zip(places.code, half, strict=True) if chosen_)
    measure = Measure(lever="hub", amount=AMOUNT, places=codes)
    scenario = job.scenario.model_copy(update={"measures": (measure,)})
    simulation = Simulation(scenario, places, job.seed, state=copy.deepcopy(state))
    total = np.zeros(len(places))
    while simulation.month < MONTHS:
        simulation.step()
        if simulation.month > LASTING:
            total += simulation.world.state.census.reached
    return total


def types(places: Places) -> NDArray[np.str_]:
    """Return the type of each place: metropolitan, or near or far from there with its size (R,).

    Metropolitan places are one type: few of them are small.
    """
    metro = places.metro > 0
    far = travel_matrix(places)[:, metro].min(axis=1) > FAR_HOURS
    size = np.searchsorted(SIZES, places.adults, side="right")
    return np.array(
        [METRO if m else f"{AWAY[f]}_{SIZE[s]}" for m, f, s in zip(metro, far.astype(int), size, strict=True)]
    )


def by_type(gain: F64, places: Places) -> pd.DataFrame:
    """Return ties gained and hubs by type of place, and of all places: row, gain, hubs."""
    hubs, kinds = AMOUNT * places.adults / 5000.0, types(places)
    rows = [(ALL, gain.sum(), hubs.sum())]
    rows += [(str(kind), gain[kinds == kind].sum(), hubs[kinds == kind].sum()) for kind in np.unique(kinds)]
    return pd.DataFrame(rows, columns=["row", "gain", "hubs"])


def table(runs: pd.DataFrame) -> pd.DataFrame:
    """Return lasting ties gained by one hub in each type of place, the best first, and how much better than anywhere."""
    # Seeds of a member are added up before anything is divided; with one member, seeds are the repetitions.
    repeat = "member" if len(runs["member"].unique()) > 1 else "seed"
    total = runs.groupby([repeat, "row"])[["gain", "hubs"]].sum()
    each_hub = (total["gain"] / total["hubs"]).unstack("row")  # noqa: PD010
    order = each_hub.drop(columns=ALL).median().sort_values(ascending=False, kind="stable").index
    rows = [spread(str(row), "gain_per_hub", each_hub[row], "ties a hub") for row in (*order, ALL)]
    rows.append(spread(str(order[0]), "over_all", each_hub[order[0]] - each_hub[ALL], "ties a hub"))
    return tabled(rows)


def answer(found: pd.DataFrame) -> Answer:
    """Return the best type of place, or that none can be told from the rest."""
    best = str(found["row"].iloc[0])
    kinds = found[(found["measure"] == "gain_per_hub") & (found["row"] != ALL)]
    figures = figures_of(found, best, "gain_per_hub") | {
        "close": close_to_first(kinds),
        "all": figures_of(found, ALL, "gain_per_hub")["median"],
        **figures_of(found, best, "over_all", "over_"),
    }
    return Answer("best" if side(found, best, "over_all") > 0 else "undecided", figures, {"place": best})


WHERE_ONE_HUB = Experiment("where_one_hub", 5, 1, 100.0, _run, table, answer, ("best", "undecided"))
