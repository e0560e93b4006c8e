"""The initial state: MODEL.md 5."""

from __future__ import annotations

import math
from typing import Any

from reference import draws
from reference.draws import HOST_TRAITS, TRAITS, draw, f32, in_steps
from reference.records import symbols
from reference.state import ACTIVE, SKILLS, Host, Person, Place, World
from reference.support import calm, travel


def start(scenario: Any, table: Any, seed: int) -> World:
    """Return the initial state for a scenario (its scale and parameters), a table of places and a seed."""
    p = symbols(scenario.parameters)
    scale = scenario.persons_per_agent
    tables = {
        "x0": draws.interest_levels(p.s_0, p.b_0, p.a_1, p.b_1),
        "f": draws.lognormal_levels(p.sigma_f, 256),
        "v": draws.beta_levels(2.0, 2.0, 256),
        "c": [p.c * level for level in draws.lognormal_levels(p.sigma_c, 1024)],
        "w": draws.beta_levels(5 * p.w_a, 5 * (1 - p.w_a), 1024),
    }
    places, hosts = [], []
    for r in range(len(table.code)):
        adults = float(table.adults[r]) / scale
        share = p.a_HM if table.metro[r] else p.a_H
        count = max(1, round(share * adults))
        density = max(1.0, float(table.adults[r]) / float(table.area_km2[r]))
        place = Place(
            r=r,
            n5=adults / 5000,
            adults=adults,
            M=float(table.adults[r]) * density**-p.delta,
            metro=bool(table.metro[r]),
            daily_area=float(table.inner_km[r]) == 0,
            hosts=list(range(len(hosts), len(hosts) + count)),
            asks=int(5 * draw(seed, r, 0, draws.PLACE)[0]),
            K=[p.nu * 4e-4 * adults for _ in SKILLS],
            N=[p.nu * 4e-4 * adults / max(p.d_N + p.om * p.w_a, 1e-9) for _ in SKILLS],
            D=[60 * adults / 5000 for _ in SKILLS],
            D_V=60 * adults / 5000,
            U=p.U_0,
            R=p.R_0,
            chi=p.chi,
        )
        places.append(place)
        hosts += [Host(place=r) for _ in range(count)]
    people: list[Person] = []
    for place, count in zip(places, _residents(table, scale), strict=True):
        place.first, place.residents = len(people), count
        people += [Person(home=place.r) for _ in range(count)]
    world = World(
        seed=seed,
        scenario=scenario,
        codes=tuple(table.code),
        p=p,
        tau=travel(table),
        places=places,
        hosts=hosts,
        people=people,
        neighbours=[[0] * len(places) for _ in places],
        tables=tables,
        shocks=calm(len(places)),
    )
    for i, person in enumerate(world.people):
        new_person(world, i, person)
    for a, host in enumerate(hosts):
        new_host(world, a, host)
    return world


def _residents(table: Any, scale: float) -> list[int]:
    """Share out the rounded national sum by largest remainder: quotas are shares of the whole number."""
    adults = [float(a) for a in table.adults]
    total = round(sum(adults) / scale)
    quota = [total * a / sum(adults) for a in adults]
    count = [math.floor(e) for e in quota]
    for r in sorted(range(len(quota)), key=lambda r: count[r] - quota[r])[: total - sum(count)]:
        count[r] += 1
    return count


def new_person(world: World, i: int, person: Person) -> None:
    """Draw the traits of a new person; interest is at its natural level, wellbeing as usual, and there are no ties."""
    u0, u1, u2, u3 = draw(world.seed, i, world.month, TRAITS)
    person.x0_level, person.f_level, person.v_level = int(256 * u0), int(256 * u1), int(256 * u2)
    person.skill = int(5 * u3)
    person.x, person.b = f32(world.x0(person)), in_steps(world.p.beta_0)
    person.slots = [None, None, None]


def new_host(world: World, a: int, host: Host) -> None:
    """Draw the hours and the openness of a new host."""
    u0, u1, _, _ = draw(world.seed, a, world.month, HOST_TRAITS)
    host.status, host.B = ACTIVE, 0.0
    host.c = f32(world.tables["c"][int(1024 * u0)])
    host.w = f32(world.tables["w"][int(1024 * u1)])
