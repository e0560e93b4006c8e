"""Who and what there is: MODEL.md 2, the initial state (5) and the input (6)."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from types import SimpleNamespace

from reference import draws
from reference.draws import HOST_TRAITS, TRAITS, draw, f32, ratio
from sim.groups import Parameters
from sim.levers import levers
from sim.parameters import records
from sim.places import EARTH_KM, Places
from sim.scenario import Scenario

SKILLS = range(5)
ONLINE, HOBBY, EXCHANGE, WORK, DIRECT, LATENT = range(1, 7)
EMPTY, ACTIVE, RESTING, GONE = range(4)


@dataclass
class Tie:
    """A slot in use; what `born`, `start` and `near` say of a latent tie is of its last spell."""

    stage: int
    place: int
    q: float
    host: int | None
    born: int
    start: int
    near: bool
    visits: int = 0

    @property
    def live(self) -> bool:
        """Types 1-5."""
        return self.stage != LATENT

    @property
    def visiting(self) -> bool:
        """Types 2-5."""
        return HOBBY <= self.stage <= DIRECT

    @property
    def involved(self) -> bool:
        """Types 3-5."""
        return EXCHANGE <= self.stage <= DIRECT


@dataclass
class Person:
    """An adult: levels of the traits, interest x, three slots for ties."""

    home: int
    x0_level: int = 0
    f_level: int = 0
    v_level: int = 0
    skill: int = 0
    x: float = 0.0
    slots: list[Tie | None] = field(default_factory=lambda: [None, None, None])

    @property
    def live(self) -> list[Tie]:
        """The live ties."""
        return [tie for tie in self.slots if tie and tie.live]


@dataclass
class Host:
    """A host place."""

    place: int
    status: int = ACTIVE
    c: float = 0.0
    B: float = 0.0
    w: float = 0.0
    n: int = 0  # ties at the last census
    L: int = 0  # minutes of load
    pi: float = 0.0  # chance to be chosen this month
    own: int = 0  # minutes of the visits by name this month
    att: float = 1.0


@dataclass
class Place:
    """A place: what it remembers, its levels of support, and the counts of the month."""

    n5: float
    adults: float  # in simulated persons, not rounded
    M: float
    metro: bool
    daily_area: bool
    hosts: list[int]
    K: list[float]
    N: list[float]
    D: list[float]
    U: float
    T: float = 0.0
    X: float = 0.0
    levels: dict[str, float] = field(default_factory=dict)
    # census
    residents: int = 0
    tied: int = 0
    participants: list[int] = field(default_factory=lambda: [0] * 5)
    # encounter
    p_H: float = 0.0
    p_E: float = 0.0
    p_enc: float = 0.0
    p_K: list[float] = field(default_factory=list)
    room: list[float] = field(default_factory=list)
    # counts of the month
    searchers: list[int] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)
    work: list[float] = field(default_factory=list)
    unmatched: int = 0
    hobby_seconds: int = 0
    met: int = 0
    started: int = 0
    returned: int = 0
    ended: int = 0
    visits: int = 0


@dataclass
class World:
    """Everything, in one month."""

    seed: int
    scenario: Scenario
    codes: tuple[str, ...]
    p: SimpleNamespace
    tau: list[list[float]]
    places: list[Place]
    hosts: list[Host]
    people: list[Person]
    neighbours: list[list[int]]
    tables: dict[str, list[float]]
    month: int = 0
    P: list[list[float]] = field(default_factory=list)
    spells: list[tuple[int, bool, int]] = field(default_factory=list)
    acted: Counter[str] = field(default_factory=Counter)

    def f(self, person: Person) -> float:
        """Return the mobility of a person."""
        return self.tables["f"][person.f_level]

    def v(self, person: Person) -> float:
        """Return the openness of a person."""
        return self.tables["v"][person.v_level]

    def x0(self, person: Person) -> float:
        """Return the natural interest of a person."""
        return self.tables["x0"][person.x0_level]


def symbols(parameters: Parameters) -> SimpleNamespace:
    """Return the parameters by the symbols of MODEL.md 9."""
    p = SimpleNamespace()
    for r in records().values():
        setattr(p, r.symbol, getattr(getattr(parameters, r.group), r.name))
    p.f_st = [math.nan, math.nan, p.f_V1, p.f_V2, p.f_V3, p.f_V4]
    p.h_st = [math.nan, math.nan, p.h_V1, p.h_V2, p.h_V3, p.h_V4]
    p.Q_st = [math.nan, p.Q_NV, p.Q_V1, p.Q_V2, p.Q_V3, p.Q_V4]
    p.hx_st = [math.nan, p.hx_NV, p.hx_V1, p.hx_V2, p.hx_V3, p.hx_V4]
    return p


def start(scenario: Scenario, table: Places, seed: int) -> World:
    """Return the initial state (MODEL.md 5)."""
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
    for r in range(len(table)):
        adults = float(table.adults[r]) / scale
        share = p.a_HM if table.metro[r] else p.a_H
        count = max(1, round(share * adults))
        K = p.nu * 4e-4 * adults
        density = max(1.0, float(table.adults[r]) / float(table.area_km2[r]))
        place = Place(
            n5=adults / 5000,
            adults=adults,
            M=float(table.adults[r]) * density**-p.delta,
            metro=bool(table.metro[r]),
            daily_area=float(table.inner_km[r]) == 0,
            hosts=list(range(len(hosts), len(hosts) + count)),
            K=[K for _ in SKILLS],
            N=[K / (p.d_N + p.om * p.w_a) for _ in SKILLS],
            D=[60 * adults / 5000 for _ in SKILLS],
            U=p.U_0,
        )
        places.append(place)
        hosts += [Host(place=r) for _ in range(count)]
    residents = _residents(table, scale)
    for place, count in zip(places, residents, strict=True):
        place.residents = count
    world = World(
        seed=seed,
        scenario=scenario,
        codes=table.code,
        p=p,
        tau=travel(table),
        places=places,
        hosts=hosts,
        people=[Person(home=r) for r, count in enumerate(residents) for _ in range(count)],
        neighbours=[[0] * len(places) for _ in places],
        tables=tables,
    )
    for i, person in enumerate(world.people):
        new_person(world, i, person)
    for a, host in enumerate(hosts):
        new_host(world, a, host)
    return world


def _residents(table: Places, scale: float) -> list[int]:
    """Share out the rounded national sum by largest remainder: quotas are shares of the whole number."""
    adults = [float(a) for a in table.adults]
    total = round(sum(adults) / scale)
    quota = [total * a / sum(adults) for a in adults]
    count = [math.floor(e) for e in quota]
    for r in sorted(range(len(quota)), key=lambda r: count[r] - quota[r])[: total - sum(count)]:
        count[r] += 1
    return count


def new_person(world: World, i: int, person: Person) -> None:
    """Draw the traits of a new person; interest is at its natural level, and there are no ties."""
    u0, u1, u2, u3 = draw(world.seed, i, world.month, TRAITS)
    person.x0_level, person.f_level, person.v_level = int(256 * u0), int(256 * u1), int(256 * u2)
    person.skill = int(5 * u3)
    person.x = f32(world.x0(person))
    person.slots = [None, None, None]


def new_host(world: World, a: int, host: Host) -> None:
    """Draw the hours and the openness of a new host."""
    u0, u1, _, _ = draw(world.seed, a, world.month, HOST_TRAITS)
    host.status, host.B = ACTIVE, 0.0
    host.c = f32(world.tables["c"][int(1024 * u0)])
    host.w = f32(world.tables["w"][int(1024 * u1)])


def travel(table: Places) -> list[list[float]]:
    """Return one-way hours by home and place (6.2), kept as float32."""
    lat = [math.radians(d) for d in table.lat]
    lon = [math.radians(d) for d in table.lon]

    def hours(h: int, r: int) -> float:
        half = math.sin((lat[h] - lat[r]) / 2) ** 2
        half += math.cos(lat[h]) * math.cos(lat[r]) * math.sin((lon[h] - lon[r]) / 2) ** 2
        d = float(table.inner_km[h]) if h == r else 2 * EARTH_KM * math.asin(math.sqrt(half))
        return f32(min(0.25 + 1.3 * d / 60, 1 + 1.25 * d / 190, 3.2 + d / 650))

    return [[hours(h, r) for r in range(len(table))] for h in range(len(table))]


def support(world: World) -> None:
    """Set the level of every lever in every place (6.3): today's, plus the measures in force."""
    month = world.month - world.scenario.burn_in
    for code, place in zip(world.codes, world.places, strict=True):
        for name, lever in levers().items():
            level = lever.today
            for m in world.scenario.measures:
                here = m.places is None or code in m.places
                if m.lever == name and here and month >= 1 and m.active(month):
                    level += m.amount
            place.levels[name] = min(max(level, lever.low), lever.high)


def smin(a: float, b: float) -> float:
    """Return the soft minimum of 7.3."""
    return ratio(math.sqrt(2) * a * b, math.sqrt(a * a + b * b))
