"""The model beside its slow twin (`reference`), which was written from MODEL.md alone.

Every column of the state, the census and the tally of the month, every level of support and every chance is compared
after every month, in small worlds: as they are by default, with all levers moved, under shocks, and pushed so that rare
rules act as well.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pytest
from reference import World, counts, draws, shocks, start, step

from sim.levers import levers
from sim.parameters import changed, defaults
from sim.places import Places
from sim.run import Simulation
from sim.scenario import Measure, Scenario
from sim.shocks import Shock
from sim.state import (
    ACTIVE,
    COMMUNITY_BIT,
    HOME_COUNTS,
    MARK_COMMUNITY,
    MARK_NEAR,
    MARK_RECOMMEND,
    MARK_ROOTS,
    MARK_SHORT,
    NEAR_BIT,
    RESTING,
    ROOTS_BIT,
    SHORT_BIT,
    START_BITS,
    WELLBEING,
)
from sim.state import (
    MONTHS as BIRTHS,
)

# A metropolis and a town within an hour of it, a country of several towns, a far city, a village with few residents, and
# one that is too small to have any.
PLACES = Places(
    name="six places",
    code=("metropolis", "suburb", "country", "city", "village", "hamlet"),
    name_ja=("都", "近郊", "県", "市", "村", "集落"),
    name_en=("Metropolis", "Suburb", "Country", "City", "Village", "Hamlet"),
    metro=np.array([1, 0, 0, 0, 0, 0]),
    adults=np.array([250_000, 90_000, 110_000, 60_000, 9_300, 400]),
    area_km2=np.array([200.0, 900.0, 4000.0, 1500.0, 300.0, 900.0]),
    lat=np.array([35.7, 35.9, 36.6, 35.2, 34.9, 39.5]),
    lon=np.array([139.7, 139.6, 138.2, 136.9, 135.7, 141.0]),
    inner_km=np.array([0.0, 0.0, 35.0, 0.0, 0.0, 0.0]),
)

MEASURES = (
    Measure(lever="guides_city", amount=1.5, places=("suburb", "hamlet"), first=3),
    Measure(lever="guides_local", amount=2.0, first=3),
    Measure(lever="guides_local", amount=-9.0, places=("city",), first=3, last=9),
    Measure(lever="hub", amount=0.5, places=("metropolis", "country"), first=3),
    Measure(lever="hub", amount=-0.5, places=("village",), first=3),
    Measure(lever="events", amount=20.0, places=("country", "city"), first=3, last=12),
    Measure(lever="information", amount=2.0, places=("metropolis",), first=3),
    Measure(lever="information", amount=9.0, places=("village",), first=3),
    Measure(lever="coordination", amount=0.5, places=("country", "city", "village"), first=3),
    Measure(lever="coordination", amount=0.7, places=("country",), first=5),
    Measure(lever="intermediary", amount=0.4, places=("suburb", "country"), first=3),
)

TODAY: tuple[Measure, ...] = ()

MANY = (  # every lever
    *MEASURES,
    Measure(lever="guide_meetings", amount=8.0, places=("country", "city"), first=2),
    Measure(lever="guide_training", amount=12.0, places=("country", "village"), first=2),
    Measure(lever="guide_recognition", amount=3.0, places=("city", "suburb"), first=4, last=15),
    Measure(lever="open_days", amount=-12.0, places=("metropolis",), first=2),
    Measure(lever="open_days", amount=4.0, places=("country",), first=2),
    Measure(lever="greeting", amount=0.5, places=("country", "city"), first=3),
    Measure(lever="greeting", amount=-0.5, places=("village",), first=3),
    Measure(lever="slots_shown", amount=20.0, places=("country", "metropolis"), first=5),
    Measure(lever="virtual_hub", amount=8.0, places=("country", "village", "hamlet"), first=2),
    Measure(lever="virtual_hub", amount=1.5, places=("suburb",), first=7, last=12),
    Measure(lever="story", amount=0.4, places=("country", "suburb"), first=3),
    Measure(lever="online_share", amount=0.6, places=("city", "country"), first=4),
    Measure(lever="school_programmes", amount=2.5, places=("metropolis", "suburb"), first=2),
    Measure(lever="outreach", amount=0.8, places=("village", "hamlet"), first=2),
    Measure(lever="travel_subsidy", amount=6.0, places=("country", "hamlet"), first=4),
    Measure(lever="transport", amount=25.0, places=("country", "suburb"), first=3),
    Measure(lever="local_exchange", amount=9.0, places=("metropolis", "suburb"), first=3),
    Measure(lever="tax_campaign", amount=6.0, places=("country", "village"), first=2, last=18),
    Measure(lever="vacant_houses", amount=30.0, places=("country", "suburb", "city"), first=6),
    Measure(lever="free_time", amount=6.0, places=("metropolis", "city"), first=3),
    Measure(lever="barrier_fund", amount=0.7, places=("country", "suburb"), first=3),
    Measure(lever="matching", amount=0.8, places=("country", "metropolis"), first=4),
    Measure(lever="small_roles", amount=10.0, places=("suburb", "country"), first=3),
    Measure(lever="unfinished_projects", amount=5.0, places=("city", "country"), first=3),
    Measure(lever="disclosure", amount=8.0, places=("suburb", "city"), first=2),
    Measure(lever="recruit_mix", amount=0.7, places=("country", "metropolis"), first=2),
    Measure(lever="reply_letters", amount=4.0, places=("country", "suburb"), first=4),
    Measure(lever="shared_doing", amount=0.6, places=("country", "village"), first=2),
    Measure(lever="shared_doing", amount=-0.2, places=("city",), first=2),
    Measure(lever="gradation", amount=-0.6, places=("city",), first=2),
    Measure(lever="gradation", amount=0.4, places=("country",), first=2),
    Measure(lever="minimum_duty", amount=8.0, places=("country", "suburb"), first=5),
    Measure(lever="host_bodies", amount=2.0, places=("country", "city"), first=4),
    Measure(lever="staff", amount=0.5, places=("suburb", "city"), first=4, last=16),
    Measure(lever="staff", amount=2.5, places=("village",), first=6, last=10),
    Measure(lever="reception_desk", amount=0.6, places=("country", "metropolis"), first=5),
    Measure(lever="successors", amount=4.0, places=("suburb", "country", "city"), first=3),
    Measure(lever="gatherings", amount=12.0, places=("country", "village"), first=2),
    Measure(lever="newsletters", amount=12.0, places=("suburb", "city"), first=2),
    Measure(lever="reviews", amount=4.0, places=("country", "city", "village"), first=2),
    Measure(lever="reviews", amount=2.0, places=("suburb",), first=2, last=15),
    Measure(lever="organisation", amount=1.0, places=("country", "city", "village", "hamlet"), first=2),
    Measure(lever="organisation", amount=0.5, places=("suburb",), first=2, last=16),
    Measure(lever="subsidy", amount=18.0, places=("country",), first=2, last=10),
    Measure(lever="subsidy", amount=20.0, places=("city",), first=7, last=20),
    Measure(lever="subsidy", amount=6.0, places=("suburb",), first=2),
    Measure(lever="fees", amount=15.0, places=("country", "suburb"), first=2),
)

SHOCKS = (
    Shock(kind="disaster", size=0.25, places=("country",), first=3),
    Shock(kind="disaster", size=0.6, places=("country", "village"), first=12),
    Shock(kind="key_people", size=0.3, places=("metropolis", "suburb"), first=5),
    Shock(kind="key_people", size=0.8, places=("suburb", "city"), first=14),
    Shock(kind="travel", size=0.7, first=8, last=11),
    Shock(kind="travel", size=0.6, places=("country", "city"), first=10, last=16),
    Shock(kind="needs", size=2.5, places=("village", "country"), first=6, last=12),
    Shock(kind="needs", size=0.3, places=("country",), first=9),
)


BUSY = {
    "search.rate": 2.0,
    "search.online_rate": 0.6,
    "search.online_chance": 0.9,
    "encounter.chance": 0.5,
    "traits.turnover": 0.02,
}
WORN = {  # visits that cost many hours: hosts tire, rest and stop
    **BUSY,
    "hosting.host_share": 0.05,
    "hosting.host_share_metro": 0.03,
    "load.event_overhead": 5.0,
    "load.exchange": 4.0,
    "load.work": 4.0,
    "load.direct": 4.0,
    "burnout.tiring": 0.5,
    "burnout.recovery": 0.3,
    "room.inflow": 12.0,
    "succession.withdrawal": 0.005,
    "succession.recruitment": 0.3,
    "succession.relief_above": 0.4,
}
RESTLESS = {  # ties that step, end, sleep and return
    **WORN,
    "room.participant_crowding": 0.3,
    "deepening.exchange_to_work": 1.0,
    "deepening.exchange_to_direct": 1.0,
    "deepening.down_involved": 1.0,
    "deepening.down_exchange": 0.5,
    "deepening.online_transactional": 0.5,
    "deepening.online_community": 0.9,
    "leaving.online": 0.2,
    "leaving.hobby": 0.2,
    "leaving.life_event": 0.1,
    "latent.kept": 1.0,
    "latent.forgotten": 0.095,
    "latent.reminded": 1.0,
    "latent.spontaneous": 0.05,
    "strength.decay": 0.03,
}
VACANT = {  # hosts who stop and are not followed
    **RESTLESS,
    "hosting.host_share": 0.02,
    "succession.withdrawal": 0.1,
    "succession.recruitment": 0.02,
    "succession.spark": 0.5,
}
CROWDED = {  # numbers at their ends: interest 1, 30 visits a month, roles and demand at nought
    **BUSY,
    "interest.forgetting": 0.0,
    "interest.peers": 1.0,
    "encounter.memory": 0.0,
    "visit.direct": 40.0,
    "load.direct": 0.01,
    "room.inflow": 1.0,
    "strength.weakness_bonus": 2.0,
    "strength.quality_direct": 1.0,
    "hosting.understanding": 0.9,
    "hosting.popularity": 1.2,
    "succession.rest_above": 0.2,
    "succession.back_below": 0.1,
    "openness.learning": 1.0,
    "openness.window": 1.0,
}
LASTING = {
    **BUSY,
    "leaving.online": 0.001,
    "leaving.hobby": 0.001,
    "leaving.exchange": 0.001,
    "leaving.work": 0.001,
    "leaving.direct": 0.001,
}
SETTLING = {  # people who move
    **RESTLESS,
    "moving.rate": 0.9,
    "moving.houses": 0.3,
    "moving.become_host": 0.9,
    "roots.choice": 0.6,
    "roots.share": 0.7,
    "succession.withdrawal": 0.08,
    "succession.spark": 0.5,
    "newtie.strength": 0.5,
}
DESERTED = {  # strangers who stay with a place that nobody lives in
    **SETTLING,
    "shock.strangers": 3000.0,
    "shock.strangers_months": 12.0,
    "leaving.short_lived": 0.05,
    "understanding.crowding": 0.0,
    "succession.withdrawal": 0.0,
    "succession.rest_above": 1.0,
}
RUN_OVER = {  # too many visitors, who do the work of the residents, and guides who cannot follow
    **BUSY,
    "understanding.bearable": 0.02,
    "understanding.crowding": 1.0,
    "leading.bearable": 0.05,
    "leading.growth": 1.0,
    "guides.overload": 0.5,
    "organisation.patience": 1.0,
    "organisation.cost": 8.0,
    "review.too_full": 0.3,
    "review.slack": 0.25,
    "review.open_enough": 0.1,
}


class Case(NamedTuple):
    """What is run."""

    parameters: dict[str, float]
    seed: int
    scale: float = 1000
    months: int = 24
    measures: tuple[Measure, ...] = MEASURES
    shocks: tuple[Shock, ...] = ()


CASES = {
    "today": Case({}, 7, measures=TODAY),
    "today, and a large seed": Case({}, 2**63 + 12345, 777.7),
    "busy today": Case(BUSY, 3, measures=TODAY),
    "busy": Case(BUSY, 3),
    "worn": Case(WORN, 4),
    "restless": Case(RESTLESS, 5),
    "restless again": Case(RESTLESS, 6, 650),
    "vacant": Case(VACANT, 8),
    "crowded": Case(CROWDED, 9),
    "lasting": Case(LASTING, 10, 2000, 40),
    "many levers": Case({}, 11, measures=MANY),
    "many levers, busy": Case(BUSY, 12, measures=MANY),
    "many levers, worn": Case(WORN, 13, measures=MANY),
    "many levers, restless": Case(RESTLESS, 14, measures=MANY),
    "many levers, run over": Case(RUN_OVER, 15, measures=MANY),
    "shocks": Case({}, 16, measures=TODAY, shocks=SHOCKS),
    "shocks, busy": Case(BUSY, 17, measures=TODAY, shocks=SHOCKS),
    "shocks, restless": Case(RESTLESS, 18, measures=MANY, shocks=SHOCKS),
    "settling": Case(SETTLING, 19),
    "settling, many levers and shocks": Case(SETTLING, 20, measures=MANY, shocks=SHOCKS),
    "settling where nobody lives": Case(
        DESERTED,
        22,
        2000,
        measures=TODAY,
        shocks=(Shock(kind="disaster", size=1.0, places=("hamlet",), first=2),),
    ),
    "nobody travels": Case(
        BUSY, 21, months=12, measures=TODAY, shocks=(Shock(kind="travel", size=1.0, first=4, last=8),)
    ),
}

# Names of `World.acted`.
RULES = {
    *("replaced", "nobody with time to spare", "place without a host", "searched in vain: has a tie there"),
    *(
        "moved",
        "moved within the home",
        "passed over",
        "remembers the old home",
        "stayed: nobody lives there",
    ),
    *("body closed", "body shrank", "body grew", "body stands on its own feet"),
    *("budget moved to the hosts", "budget moved back"),
    *(f"began as {stage}" for stage in (1, 2, 3, 4, 5)),
    *("began with roots", "began short-lived", "began in a community", "went to the family's place"),
    *("came back by a search", "came back by a search online", "pushed out of memory"),
    *("handed over", "relieved", "lost its host"),
    *("fell asleep", "forgotten", "returned as hobby", "returned with a role"),
    *("dropped", "ended by a life event", *(f"loosened from {stage}" for stage in (2, 3, 4, 5))),
    "ended short-lived",
    *(
        f"stepped from {a} to {b}"
        for a, b in (
            *((1, 2), (1, 3), (1, 5), (2, 3), (2, 5)),
            *((3, 2), (3, 4), (3, 5), (4, 3), (5, 3)),
        )
    ),
    "no host for a step",
    *("host rests", "host is back", "host stopped", "host followed", "key person left", "could not travel"),
    *("newcomers of last year may host", "staff helped"),
    *("too many visitors", "lead crowded out", "guides overloaded"),
}


def scenario(case: Case) -> Scenario:
    return Scenario(
        name="twin",
        persons_per_agent=case.scale,
        burn_in=0,
        months=case.months,
        parameters=changed(defaults(), case.parameters),
        measures=case.measures,
        shocks=case.shocks,
    )


def happening(asked: Scenario, month: int) -> Any:
    """Return the twin's own shocks of a month of the run."""
    rows = {code: r for r, code in enumerate(PLACES.code)}
    plain = [shock.model_dump() for shock in asked.shocks]
    for shock in plain:
        shock["places"] = shock["places"] and [rows[code] for code in shock["places"]]
    return shocks(plain, len(PLACES), month, asked.parameters)


START = ("people", "ties", "hosts", "regions", "guides", "bodies")
MONTHLY = (*START, "census", "tally", "chances", "levels")


def model(simulation: Simulation, part: str) -> dict[str, np.ndarray]:
    """Return the columns of the model under the twin's names."""
    w, s = simulation.world, simulation.world.state
    if part == "ties":
        kind = s.ties.kind
        bits = {"near": NEAR_BIT, "roots": ROOTS_BIT, "community": COMMUNITY_BIT, "short_lived": SHORT_BIT}
        return {
            **{
                name: getattr(s.ties, name)
                for name in ("stage", "place", "strength", "host", "born", "visits")
            },
            "start": kind & START_BITS,
            **{name: (kind & bit) != 0 for name, bit in bits.items()},
        }
    if part == "regions":
        names = ("needs", "slots", "understanding", "demand", "taken", "expired", "demand_online", "lead")
        own = {
            "visits": s.regions.visited,
            "moved_budget": s.regions.shifted,
            "newcomers": s.regions.newcomers,
        }
        return {**{name: getattr(s.regions, name) for name in names}, **own}
    if part == "guides":
        names = {"filled": "posts", "motivation": "motivation", "skill": "guide_skill", "link": "link"}
        return {name: getattr(s.regions, own) for name, own in names.items()}
    if part == "bodies":
        return {name: getattr(s.regions, name) for name in ("money", "service", "closed", "own_feet")}
    if part == "census":
        return census(simulation)
    if part == "tally":
        names = ("searchers", "searchers_online", "met", "taken", "unmatched", "started", "returned", "ended")
        own = {"stepped": w.tally.turned, "newcomers": w.tally.moved, "named": w.tally.minutes}
        own |= {"hobby_seconds": w.tally.pooled}
        same_name = {name: getattr(w.tally, name) for name in (*names, "visits", "work", "spells")}
        return {**same_name, **own}
    if part == "chances":
        return chances(simulation)
    if part == "levels":
        return w.levels._asdict()
    found = getattr(s, part)._asdict()
    found.pop("past", None)
    return found


def census(simulation: Simulation) -> dict[str, np.ndarray]:
    c = simulation.world.state.census
    marks = {"near": MARK_NEAR, "roots": MARK_ROOTS, "short_lived": MARK_SHORT, "community": MARK_COMMUNITY}
    return {
        "home": c.home[:, : HOME_COUNTS - 1],
        "gain": c.home[:, WELLBEING],
        "participants": c.participants.sum(axis=1),
        "sorts": c.participants,
        **{name: getattr(c, name) for name in ("stages", "reached", "neighbours", "ages", "hosted")},
        "recommenders_by_place": c.marks[:, MARK_RECOMMEND],
        **{f"marked {name}": c.marks[:, column] for name, column in marks.items()},
    }


def chances(simulation: Simulation) -> dict[str, np.ndarray]:
    w = simulation.world
    c, starts, status = w.chances, w.geometry.host_starts, w.state.hosts.status
    names = {"p_enc": "meeting", "p_H": "hub", "p_E": "event", "p_V": "session", "found": "found"}
    names |= {"q_new": "first", "p_K": "slot", "room": "room", "S": "spark", "introductions": "introductions"}
    pi = np.concatenate([np.diff(c.host[a:b], prepend=0.0) for a, b in pairwise(starts)])
    return {
        **{name: getattr(c, own) for name, own in names.items()},
        "P": shares(c.destination),
        "P_V": shares(c.online),
        "pi": pi,
        "attention": np.where((status == ACTIVE) | (status == RESTING), c.attention, 1.0),
    }


def shares(cumulative: np.ndarray) -> np.ndarray:
    last = cumulative[..., -1:]
    return np.diff(cumulative, prepend=0.0, axis=-1) / np.where(last > 0.0, last, 1.0)


def twin(world: World, part: str) -> dict[str, np.ndarray]:
    """Return the columns of the twin, with what the model counts besides."""
    if part == "levels":
        names = world.places[0].levels
        return {name: np.array([place.levels[name] for place in world.places]) for name in names}
    found = getattr(counts, part)(world)
    if part == "ties":
        found["born"] %= BIRTHS
    if part == "census":
        found.pop("recommenders_by_home")
        found |= marked(world)
    elif part == "tally":
        found["named"] = np.array([host.named for host in world.hosts])
        found["hobby_seconds"] = np.array([place.hobby_seconds for place in world.places])
    elif part == "chances":
        found = {name: column for name, column in found.items() if not name.startswith("level ")}
        del found["p_G"]
        found["introductions"] = np.array([place.introductions for place in world.places])
        at_work = np.array([host.status in (ACTIVE, RESTING) for host in world.hosts])
        found["attention"] = np.where(at_work, found["attention"], 1.0)
        for name in ("P", "P_V"):
            total = found[name].sum(axis=-1, keepdims=True)
            found[name] = found[name] / np.where(total > 0.0, total, 1.0)
    return found


def marked(world: World) -> dict[str, np.ndarray]:
    """Count ties that lead to a place: visiting ones by their marks, and those without visits in a community."""
    found = {
        f"marked {name}": np.zeros(len(world.places), int)
        for name in ("near", "roots", "short_lived", "community")
    }
    for tie in (tie for person in world.people for tie in person.live):
        for name in ("near", "roots", "short_lived"):
            found[f"marked {name}"][tie.place] += tie.visiting and getattr(tie, name)
        found["marked community"][tie.place] += tie.stage == 1 and tie.community
    return found


def differences(simulation: Simulation, world: World, parts: tuple[str, ...]) -> list[str]:
    """Return the columns in which model and twin differ, with the first row that does."""
    assert simulation.world.state.month == world.month
    found = []
    for part in parts:
        real, mine = model(simulation, part), twin(world, part)
        assert set(real) == set(mine)
        for name, expected in mine.items():
            rows = np.argwhere(~same(real[name], expected) & in_use(part, name, mine))
            if len(rows):
                row = tuple(int(i) for i in rows[0])
                values = f"model {real[name][row]}, twin {expected[row]}"
                found.append(f"month {world.month}, {part}.{name}{list(row)}: {values} ({len(rows)} rows)")
    return found


def same(real: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Integers are equal, float32 to their last place, sums in float64 to nine digits."""
    assert real.shape == expected.shape
    if real.dtype == np.float32:
        return np.isclose(real.astype(float), expected, rtol=1.2e-7, atol=0)
    if real.dtype == np.float64:
        return np.isclose(real, expected, rtol=1e-9, atol=1e-12)
    return real == expected


def in_use(part: str, name: str, mine: dict[str, np.ndarray]) -> Any:
    """Where a column means anything: not in free slots, nor for an empty place for a host, nor marks of an ended spell."""
    if part == "ties" and name in ("community", "short_lived"):
        return (mine["stage"] >= 1) & (mine["stage"] <= 5)
    if part == "ties" and name not in ("stage", "host"):
        return mine["stage"] > 0
    if part == "hosts" and name in ("capacity", "openness"):
        return mine["status"] > 0
    return True


@cache
def run(case: str) -> tuple[list[str], Counter[str], dict[str, int]]:
    """Run model and twin side by side; return what differs in the first such month, and what happened in the twin."""
    asked = scenario(CASES[case])
    seed = CASES[case].seed
    simulation, world = Simulation(asked, PLACES, seed=seed), start(asked, PLACES, seed)
    most = {"visits": 0, "reached": 0, "full interest": 0}
    found: list[str] = []
    for month in range(1, asked.months + 1):
        simulation.step()
        step(world, shocks=happening(asked, month))
        found = found or differences(simulation, world, MONTHLY)
        most["visits"] = max(most["visits"], int(counts.ties(world)["visits"].max()))
        most["reached"] += int(counts.census(world)["reached"].sum())
        most["full interest"] += sum(person.x == 1 for person in world.people)
    return found, world.acted, most


def test_the_twins_philox_gives_the_words_published_with_it():
    # kat_vectors of Random123, philox4x32 10
    ones = 2**32 - 1
    pi = (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344), (0xA4093822, 0x299F31D0)
    assert draws.philox((0, 0, 0, 0), (0, 0)) == (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)
    assert draws.philox((ones,) * 4, (ones,) * 2) == (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)
    assert draws.philox(*pi) == (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1)


@pytest.mark.parametrize("scale", [5000.0, 1000.0, 333.3])
@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"traits.indifferent_part": 0.6, "traits.indifferent_shape": 8.0, "traits.mobility_spread": 1.3},
        {"traits.interested_a": 2.0, "traits.interested_b": 6.0, "hosting.capacity_spread": 0.0},
        {"openness.mean": 0.7, "hosting.host_share": 0.013, "hosting.capacity": 5.0, "room.inflow": 1.0},
        {"wellbeing.usual": 0.41, "leading.usual": 0.3, "encounter.guide_link": 0.9},
    ],
)
def test_model_and_twin_start_alike(parameters, scale):
    asked = scenario(Case(parameters, 11, scale))
    simulation, world = Simulation(asked, PLACES, seed=11), start(asked, PLACES, 11)
    assert differences(simulation, world, START) == []


def test_every_lever_and_every_kind_of_shock_is_moved_somewhere():
    assert {m.lever for m in MANY} == set(levers())
    assert {s.kind for s in SHOCKS} == {"disaster", "key_people", "travel", "needs"}


@pytest.mark.parametrize("case", CASES)
def test_model_and_twin_agree_after_every_month(case):
    found, _, _ = run(case)
    assert not found, "\n".join(found)


def test_every_rule_acts_in_the_worlds_of_the_twin():
    acted = sum((run(case)[1] for case in CASES), Counter())
    assert {rule for rule, times in acted.items() if times} == RULES
    assert max(run(case)[2]["visits"] for case in CASES) == 30
    assert run("lasting")[2]["reached"] > 0
    assert run("crowded")[2]["full interest"] > 0


def test_a_place_without_roles_and_without_participants_has_no_room():
    # A fraction 0/0 counts as 0 (MODEL.md 7), whatever the fraction was a month before.
    simulation = Simulation(scenario(Case({}, 1)), PLACES, seed=1)
    simulation.step()
    simulation.world.state.regions.slots[:] = 0
    simulation.world.state.census.participants[:] = 0
    simulation.step()
    assert not simulation.world.chances.room.any()
