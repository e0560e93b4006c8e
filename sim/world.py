"""What a run is given, and the month in the making.

A `World` holds the fixed geometry of the places, the parameters, the state, and this month's levels,
chances and tally. Mechanisms take it as their only argument and hand flat columns to their kernels.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from sim.arrays import F32, F64, I64, U8
from sim.crew import Crew
from sim.draws import PLACE, draw
from sim.groups import Parameters
from sim.jit import kernel
from sim.levers import Levels
from sim.numeric import exp, power
from sim.places import Places, travel_matrix
from sim.shocks import Shocks, no_shocks
from sim.state import AGES, HOME_COUNTS, MARKS, SKILLS, Census, State, Tally
from sim.traits import TraitTables, trait_tables

NEAR_HOURS = 1.0
"""A place within an hour is near (R02)."""


class Geometry(NamedTuple):
    """Fixed facts of the places at this scale."""

    starts: I64
    """First row of each place's residents (R + 1,)."""
    host_starts: I64
    """First row of each place's hosts (R + 1,)."""
    host_home: I64
    """Place of each host (A,)."""
    units: F64
    """n5 = simulated adults over 5,000 (R,)."""
    adults: F64
    """Adults in simulated persons, not rounded (R,)."""
    near: U8
    """1 where a place is within an hour of a home (R, R)."""
    hours: F32
    """tau, travel time of a home to a place (R, R)."""
    pull: F64
    """M_r exp(-beta_tau tau): weight of a place for a home, before peers (R, R)."""
    mass: F64
    """M_r as shares (R,)."""
    family: F64
    """Cumulative M_r: where people have family (R,)."""
    needed: I64
    """Kind of need that a place has most of (R,)."""


@dataclass(eq=False)
class Chances:
    """What holds for everybody in this month, made from last month's state.

    Attributes:
        destination: Cumulative weight of places by home (R, R).
        reach: What travel leaves of visits, by home and place (R, R).
        online: Cumulative weight of places for ties without visits (R,).
        meeting: p_enc (R,).
        introductions: p_G D, introductions that guides make (R,).
        hub: Part of p_enc from hubs (R,).
        event: Part of p_enc from events (R,).
        session: p_V, chance of an online session (R,).
        found: Chance that a search without visits finds a tie (R,).
        first: Strength of a new tie (R,).
        spark: S (R,).
        diversity: H (R,).
        hours: Factor e on the hosts' hours (R,).
        slot: p_K by skill (R, 5).
        room: Room for involvement by skill (R, 5).
        host: Cumulative weight of hosts within their place (A,).
        attention: att by host (A,).
    """

    destination: F64
    reach: F64
    online: F64
    meeting: F64
    introductions: F64
    hub: F64
    event: F64
    session: F64
    found: F64
    first: F64
    spark: F64
    diversity: F64
    hours: F64
    slot: F64
    room: F64
    host: F64
    attention: F64


@dataclass(eq=False)
class World:
    """One run between two months. See the module's docstring."""

    seed: int
    places: Places
    parameters: Parameters
    geometry: Geometry
    tables: TraitTables
    crew: Crew
    state: State
    levels: Levels
    shocks: Shocks
    chances: Chances
    tallies: list[Tally]
    counts: list[Census]
    month: int = field(default=0)
    reach_made_for: object = None
    """Parameters and levels that `chances.reach` was made for."""

    @property
    def tally(self) -> Tally:
        """This month's tally; complete once the census is done."""
        return self.tallies[0]


def apportion(amounts: F64, total: int) -> I64:
    """Return whole numbers that sum to `total` in proportion to `amounts` (largest remainder)."""
    exact = amounts * (total / max(float(amounts.sum()), 1e-12))
    whole = np.floor(exact).astype(np.int64)
    rest = np.argsort(-(exact - whole), kind="stable")[: total - int(whole.sum())]
    whole[rest] += 1
    return whole


@kernel
def draw_needed(lo, hi, seed, out):
    """Draw the kind of need that each place [lo, hi) has most of."""
    for r in range(lo, hi):
        out[r] = int(draw(seed, PLACE, 0, r, 0)[0] * SKILLS)


def most_needed(seed: int, places: int) -> I64:
    """Return the kind of need that each of R places has most of."""
    out = np.zeros(places, np.int64)
    draw_needed(0, places, np.uint64(seed), out)
    return out


def geometry(places: Places, parameters: Parameters, persons_per_agent: float, seed: int) -> Geometry:
    """Return the fixed facts of the places at a scale of `persons_per_agent` adults a person."""
    adults = places.adults / persons_per_agent
    residents = apportion(adults, round(float(adults.sum())))
    shares = np.where(places.metro > 0, parameters.hosting.host_share_metro, parameters.hosting.host_share)
    hosts = np.maximum(np.rint(shares * adults), adults > 0).astype(np.int64)
    hours = travel_matrix(places)
    density = np.maximum(places.adults / places.area_km2, 1.0)
    mass = places.adults * power(density, -parameters.search.rural_pull)
    pull = mass * exp(-parameters.search.distance * hours.astype(np.float64))
    np.fill_diagonal(pull, np.where(places.inner_km > 0, np.diag(pull), 0.0))
    return Geometry(
        starts=np.concatenate([[0], np.cumsum(residents)]).astype(np.int64),
        host_starts=np.concatenate([[0], np.cumsum(hosts)]).astype(np.int64),
        host_home=np.repeat(np.arange(len(places)), hosts),
        units=adults / 5000.0,
        adults=adults,
        near=(hours < NEAR_HOURS).astype(np.uint8),
        hours=hours,
        pull=pull / mass.sum(),
        mass=mass / mass.sum(),
        family=np.cumsum(mass / mass.sum()),
        needed=most_needed(seed, len(places)),
    )


def empty_tally(places: int, hosts: int) -> Tally:
    """Return a tally of zeros for R places and A hosts."""

    def one() -> I64:
        return np.zeros(places, np.int64)

    def by_skill() -> I64:
        return np.zeros((places, SKILLS), np.int64)

    return Tally(
        searchers=by_skill(),
        searchers_online=one(),
        met=one(),
        taken=by_skill(),
        unmatched=one(),
        started=one(),
        returned=one(),
        ended=one(),
        turned=one(),
        moved=one(),
        visits=one(),
        work=by_skill(),
        pooled=one(),
        minutes=np.zeros(hosts, np.int32),
        spells=np.zeros((6, 2, AGES), np.int64),
    )


def empty_census(places: int, hosts: int) -> Census:
    """Return a census of zeros for R places and A hosts."""
    return Census(
        home=np.zeros((places, HOME_COUNTS), np.int64),
        stages=np.zeros((places, 7), np.int64),
        participants=np.zeros((places, 3, SKILLS), np.int64),
        marks=np.zeros((places, MARKS), np.int64),
        reached=np.zeros(places, np.int64),
        neighbours=np.zeros((places, places), np.int32),
        ages=np.zeros((6, 2, AGES), np.int64),
        hosted=np.zeros(hosts, np.int32),
    )


def empty_chances(places: int, hosts: int) -> Chances:
    """Return chances of zeros for R places and A hosts."""
    return Chances(
        destination=np.zeros((places, places)),
        reach=np.zeros((places, places)),
        **{
            name: np.zeros(places)
            for name in (
                "online",
                "meeting",
                "introductions",
                "hub",
                "event",
                "session",
                "found",
                "first",
                "spark",
                "diversity",
            )
        },
        hours=np.ones(places),
        slot=np.zeros((places, SKILLS)),
        room=np.zeros((places, SKILLS)),
        host=np.zeros(hosts),
        attention=np.zeros(hosts),
    )


def make_world(
    seed: int,
    places: Places,
    parameters: Parameters,
    shape: Geometry,
    state: State,
    levels: Levels,
    threads: int,
) -> World:
    """Return a world around a state, with empty tallies for each worker."""
    r, a = len(places), int(shape.host_starts[-1])
    crew = Crew(int(shape.starts[-1]), len(places), threads)
    return World(
        seed=seed,
        places=places,
        parameters=parameters,
        geometry=shape,
        tables=trait_tables(parameters),
        crew=crew,
        state=state,
        levels=levels,
        shocks=no_shocks(r),
        chances=empty_chances(r, a),
        tallies=[empty_tally(r, a) for _ in range(crew.threads)],
        counts=[empty_census(r, a) for _ in range(crew.threads)],
        month=state.month,
    )
