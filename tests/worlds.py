"""Small worlds for the tests of the model core: four places, a few people, and hands to set things by."""

from __future__ import annotations

import copy
import math
from functools import cache

import numpy as np

from sim.loop import Mechanism, advance
from sim.mechanisms.roster import roster
from sim.parameters import Parameters, changed, defaults
from sim.places import Places
from sim.population import build
from sim.scenario import Scenario, levels
from sim.state import ACTIVE, HOBBY, LATENT, NEAR_BIT, State
from sim.traits import trait_tables
from sim.world import World, geometry, make_world

CITY, SUBURB, TOWN, ISLAND = 0, 1, 2, 3
ADULTS = 4_000_000

MANY_HOSTS = {"hosting.host_share": 0.1, "hosting.host_share_metro": 0.1}
"""So that a few hundred people have some dozens of hosts."""

BOOK = {
    "interest": {"forgetting": 0.05, "peers": 0.005, "first_meeting": 0.05},
    "search": {"reinforcement": 1.5, "metro": 0.25, "distance": 0.55, "rural_pull": 0.2, "peer_choice": 0.05},
    "encounter": {
        "chance": 0.06, "guide_contacts": 20.0, "guide_link": 0.5, "hub_contacts": 60.0, "event_seats": 25.0,
        "guide_yield": 0.6, "hub_yield": 0.4, "event_yield": 0.4, "memory": 0.7,
    },
    "room": {
        "inflow": 3.7, "disclosure": 0.3, "giving_up": 0.04, "expiry": 0.03, "slot_crowding": 0.11,
        "participant_crowding": 0.025, "work_done": 0.1,
    },
    "newtie": {"exchange": 0.6, "work": 0.15, "strength": 0.1, "online_strength": 0.08},
    "visit": {
        "hobby": 0.3, "exchange": 0.3, "work": 0.6, "direct": 0.5, "distance": 0.1, "event_draw": 0.3,
        "online_contact": 0.15,
    },
    "load": {
        "hobby": 0.05, "exchange": 0.4, "work": 0.55, "direct": 0.6, "unmatched": 0.1, "event_overhead": 60.0,
        "experience": 0.5, "shared_doing": 0.2, "shared_saving": 0.4,
    },
    "hosting": {
        "host_share": 0.2, "host_share_metro": 0.2, "popularity": 0.9, "welcome_share": 0.6, "understanding": 0.7,
    },
    "strength": {
        "gain": 0.15, "online_gain": 0.3, "decay": 0.0135, "quality_online": 0.35, "quality_hobby": 0.55,
        "quality_exchange": 0.8, "quality_work": 0.88, "quality_direct": 0.88, "weakness_bonus": 0.4,
    },
    "leaving": {
        "strong_ties": 2.0, "poor_attention": 2.0, "tired_host": 1.5, "no_room": 0.9, "near": 0.3, "step_down": 0.6,
    },
    "deepening": {
        "hobby_to_exchange": 0.29, "exchange_to_direct": 0.034, "exchange_to_work": 0.03, "online_to_visit": 0.004,
        "event_exposure": 0.1, "down_exchange": 0.02, "down_involved": 0.03,
    },
    "latent": {"kept": 0.5, "spontaneous": 0.004, "reminded": 0.05, "forgotten": 0.02},
    "burnout": {"tiring": 0.12, "recovery": 0.1, "steepness": 6.0, "lost_capacity": 0.5},
    "succession": {
        "withdrawal": 0.002, "withdrawal_tired": 4.0, "rest_above": 0.7, "back_below": 0.3, "recruitment": 0.04,
        "handed_over": 0.5, "relief": 0.3, "relief_above": 0.6, "handover_loss": 0.15,
    },
    "openness": {"mean": 0.35, "learning": 0.02, "tired_silence": 0.02, "window": 3.0},
}  # fmt: skip
"""Values of the tables worked by hand: fixed here, so that tuning the baseline does not touch them."""


def four_places() -> Places:
    """A city, its suburb within an hour, a town 240 km away, and an island that its own people cannot choose."""
    return Places(
        name="four",
        code=("c", "s", "t", "i"),
        name_ja=("都会", "郊外", "町", "島"),
        name_en=("City", "Suburb", "Town", "Island"),
        metro=np.array([1, 0, 0, 0], np.int64),
        adults=np.array([1_600_000, 800_000, 1_000_000, 600_000], np.int64),
        area_km2=np.array([800.0, 900.0, 6000.0, 2500.0]),
        lat=np.array([35.7, 35.7, 37.2, 32.0]),
        lon=np.array([139.7, 139.4, 137.9, 130.5]),
        inner_km=np.array([12.0, 12.0, 30.0, 0.0]),
    )


def scenario(persons: int = 400, **fields) -> Scenario:
    """Return a scenario over `four_places` for a number of simulated people."""
    base = {"name": "test", "places": "four", "months": 12, "burn_in": 0, "parameters": parameters()}
    return Scenario(**{**base, "persons_per_agent": ADULTS / persons, **fields})


def parameters(**changes: float) -> Parameters:
    """Return the defaults with many hosts, and `group__name=value` changed."""
    named = {name.replace("__", "."): value for name, value in changes.items()}
    return changed(defaults(), {**MANY_HOSTS, **named})


def book(**changes: float) -> Parameters:
    """Return the values of `BOOK`, with `group__name=value` changed."""
    written = {f"{group}__{name}": value for group, values in BOOK.items() for name, value in values.items()}
    return parameters(**{**written, **changes})


def world(
    persons: int = 400, months: int = 0, seed: int = 1, p: Parameters | None = None, threads: int = 1
) -> World:
    """Return a world after some months at today's levels, ready for the mechanisms of the next month."""
    p = p or parameters()
    state = copy.deepcopy(_settled(persons, months, seed, p))
    places, shape = four_places(), geometry(four_places(), p, ADULTS / persons)
    w = make_world(seed, places, p, shape, state, levels(scenario(persons), places, 0), threads)
    w.month = state.month + 1
    return w


@cache
def _settled(persons: int, months: int, seed: int, p: Parameters) -> State:
    """Return a state after some months; made once a process."""
    if months == 0:
        return build(geometry(four_places(), p, ADULTS / persons), trait_tables(p), p, seed)
    w = world(persons, 0, seed, p)
    for _ in range(months):
        advance(w, w.levels)
    return w.state


def act(w: World, mechanism: Mechanism, months: int = 1) -> None:
    """List the people with ties and run one mechanism, for some months in a row."""
    for _ in range(months):
        roster(w)
        mechanism(w)
        w.state.month += 1
        w.month += 1


def bare(persons: int = 40, seed: int = 1, **changes: float) -> World:
    """Return a world of equal people: interest 1/2, mobility 1, openness 1/2, skill 0; no ties; values of `BOOK`.

    With 40 people the homes have 16, 8, 10 and 6 residents and 3, 2, 2 and 1 hosts of 10 hours a month, with
    openness 1/2 and no load. Understanding is 0.7, at which hosts can use all their hours. All chances are 0
    but attention, which is 1.
    """
    w = world(persons, seed=seed, p=book(**changes))
    w.tables = w.tables._replace(
        mobility=np.ones(256), openness=np.full(256, 0.5), setpoint=np.full(256, 0.5)
    )
    w.state.people.interest[...] = 0.5
    w.state.people.skill[...] = 0
    w.state.hosts.capacity[...] = 10.0
    w.state.hosts.openness[...] = 0.5
    w.chances.attention[...] = 1.0
    return w


def tie(w: World, person, slot, stage: int, place: int, strength: float = 0.5, host=-1, **rest) -> None:
    """Write a tie into the slot of a person, or of several at once; `born` and `near` are 0 unless told."""
    t = w.state.ties
    near, born = rest.get("near", 0), rest.get("born", 0)
    t.stage[person, slot], t.place[person, slot] = stage, place
    t.strength[person, slot], t.host[person, slot] = strength, host
    start = rest.get("start", HOBBY if stage == LATENT else stage)
    t.born[person, slot], t.kind[person, slot] = born, start + NEAR_BIT * near
    t.visits[person, slot] = rest.get("visits", 0)


def set_levels(w: World, **amounts: float) -> None:
    """Set levers in all places."""
    w.levels = w.levels._replace(**{name: np.full(len(w.places), value) for name, value in amounts.items()})


def set_parameters(w: World, **changes: float) -> None:
    """Change parameters (`group__name=value`) of a world as it stands; tables of traits stay."""
    w.parameters = changed(w.parameters, {name.replace("__", "."): value for name, value in changes.items()})


def open_hosts(w: World) -> None:
    """Let every active host be asked with the same weight."""
    starts = w.geometry.host_starts
    for r in range(len(w.places)):
        block = slice(starts[r], starts[r + 1])
        w.chances.host[block] = np.cumsum(w.state.hosts.status[block] == ACTIVE)


def columns(w: World) -> dict[str, np.ndarray]:
    """Return copies of all columns of a world that a month can change, by name."""
    groups = {
        "people": w.state.people, "ties": w.state.ties, "hosts": w.state.hosts, "regions": w.state.regions,
        "census": w.state.census, "tally": w.tally,
    }  # fmt: skip
    found = {f"{g}.{n}": np.array(v) for g, kept in groups.items() for n, v in kept._asdict().items()}
    return found | {f"chances.{n}": np.array(v) for n, v in vars(w.chances).items()}


def live(stage: np.ndarray) -> np.ndarray:
    """Return which slots hold a live tie."""
    return (stage >= 1) & (stage <= 5)


def home_of(w: World) -> np.ndarray:
    """Return the home of each person."""
    return np.repeat(np.arange(len(w.places)), np.diff(w.geometry.starts))


def is_likely(count: float, trials: int, p: float) -> bool:
    """Return whether a binomial count lies within 5 standard deviations: false alarm about 6e-7."""
    return abs(count - trials * p) <= 5.0 * math.sqrt(trials * p * (1.0 - p))
