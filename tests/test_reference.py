"""The model beside its slow twin (`reference`), which was written from MODEL.md alone.

Every column of the state, the census and the tally of the month is compared after every month, in small worlds: as they
are by default, and pushed so that rare rules act as well.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import numpy as np
import pytest
from reference import World, counts, draws, start, step

from sim.parameters import changed, defaults
from sim.places import Places
from sim.run import Simulation
from sim.scenario import Measure, Scenario

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
    "deepening.online_to_visit": 0.5,
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

# Parameters that differ, seed, persons an agent, months.
CASES: dict[str, tuple[dict[str, float], int, float, int]] = {
    "default": ({}, 7, 1000, 24),
    "default with a large seed": ({}, 2**63 + 12345, 777.7, 24),
    "busy": (BUSY, 3, 1000, 24),
    "worn": (WORN, 4, 1000, 24),
    "restless": (RESTLESS, 5, 1000, 24),
    "restless again": (RESTLESS, 6, 650, 24),
    "vacant": (VACANT, 8, 1000, 24),
    "crowded": (CROWDED, 9, 1000, 24),
    "lasting": (LASTING, 10, 2000, 40),
}

# Names of `World.acted`.
RULES = {
    *("replaced", "nobody with time to spare", "place without a host", "searched in vain: has a tie there"),
    *(f"began as {stage}" for stage in (1, 2, 3, 4, 5)),
    *("came back by a search", "came back by a search online", "pushed out of memory"),
    *("handed over", "relieved", "lost its host"),
    *("fell asleep", "forgotten", "returned as hobby", "returned with a role"),
    *("dropped", "ended by a life event", *(f"loosened from {stage}" for stage in (2, 3, 4, 5))),
    *(
        f"stepped from {a} to {b}"
        for a, b in ((1, 2), (1, 3), (2, 3), (3, 2), (3, 4), (3, 5), (4, 3), (5, 3))
    ),
    "no host for a step",
    *("host rests", "host is back", "host stopped", "host followed"),
}


def scenario(parameters: dict[str, float], scale: float = 1000, months: int = 24) -> Scenario:
    return Scenario(
        name="twin",
        persons_per_agent=scale,
        burn_in=0,
        months=months,
        parameters=changed(defaults(), parameters),
        measures=MEASURES,
    )


def differences(simulation: Simulation, world: World, parts: tuple[str, ...]) -> list[str]:
    """Return the columns in which model and twin differ, with the first row that does."""
    state = simulation.world.state
    assert state.month == world.month
    found = []
    for part in parts:
        real = simulation.world.tally if part == "tally" else getattr(state, part)
        mine = getattr(counts, part)(world)
        for name, expected in mine.items():
            rows = np.argwhere(~same(getattr(real, name), expected) & in_use(part, name, mine))
            if len(rows):
                row = tuple(int(i) for i in rows[0])
                values = f"model {getattr(real, name)[row]}, twin {expected[row]}"
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
    """Where a column means anything: not in free slots, nor for an empty place for a host."""
    if part == "ties" and name not in ("stage", "host"):
        return mine["stage"] > 0
    if part == "hosts" and name in ("capacity", "openness"):
        return mine["status"] > 0
    return True


@cache
def run(case: str) -> tuple[list[str], Counter[str], dict[str, int]]:
    """Run model and twin side by side; return what differs in the first such month, and what happened in the twin."""
    parameters, seed, scale, months = CASES[case]
    asked = scenario(parameters, scale, months)
    simulation, world = Simulation(asked, PLACES, seed=seed), start(asked, PLACES, seed)
    most = {"visits": 0, "reached": 0, "full interest": 0}
    found: list[str] = []
    for _ in range(months):
        simulation.step()
        step(world)
        parts = ("people", "ties", "hosts", "regions", "census", "tally")
        found = found or differences(simulation, world, parts)
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
    ],
)
def test_model_and_twin_start_alike(parameters, scale):
    asked = scenario(parameters, scale)
    simulation, world = Simulation(asked, PLACES, seed=11), start(asked, PLACES, 11)
    assert differences(simulation, world, ("people", "ties", "hosts", "regions")) == []


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
    # A fraction 0/0 counts as 0 (MODEL.md 7.3), whatever the fraction was a month before.
    simulation = Simulation(scenario({}), PLACES, seed=1)
    simulation.step()
    simulation.world.state.regions.slots[:] = 0
    simulation.world.state.census.participants[:] = 0
    simulation.step()
    assert not simulation.world.chances.room.any()
