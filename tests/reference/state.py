"""Who and what there is: MODEL.md 2."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

SKILLS = range(5)
ONLINE, HOBBY, EXCHANGE, WORK, DIRECT, LATENT = range(1, 7)
EMPTY, ACTIVE, RESTING, GONE = range(4)
CITY, LOCAL = range(2)


@dataclass
class Tie:
    """A slot in use; what `born`, `start`, `community` and `short_lived` say of a latent tie is of its last spell."""

    stage: int
    place: int
    q: float
    host: int | None
    born: int
    start: int
    near: bool
    visits: int = 0
    roots: bool = False
    community: bool = False
    short_lived: bool = False

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
    """An adult: levels of the traits, interest x, wellbeing b, three slots for ties."""

    home: int
    x0_level: int = 0
    f_level: int = 0
    v_level: int = 0
    skill: int = 0
    x: float = 0.0
    b: float = 0.0
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
    named: int = 0  # minutes of the visits by name this month, before staff help
    att: float = 1.0


@dataclass
class Guides:
    """The guides of one side: share of posts filled, motivation, skill."""

    F: float = 0.8
    m: float = 0.55
    z: float = 0.5


@dataclass
class Body:
    """The private body of a place."""

    money: float = 0.0
    sv: float = 1.0
    closed: bool = False
    feet: int = 0  # months on its own feet


@dataclass
class Place:
    """A place: what it remembers, its levels of support, and the counts of the month."""

    r: int
    n5: float
    adults: float  # in simulated persons, not rounded
    M: float
    metro: bool
    daily_area: bool
    hosts: list[int]
    asks: int  # kind of need it asks for most
    K: list[float]
    N: list[float]
    D: list[float]
    D_V: float
    U: float
    R: float
    chi: float
    guides: list[Guides] = field(default_factory=lambda: [Guides(), Guides()])
    body: Body = field(default_factory=Body)
    v: float = 0.0  # share of the movable budget that has been moved
    newcomers: Counter[int] = field(default_factory=Counter)  # by month
    T: float = 0.0
    X: float = 0.0
    levels: dict[str, float] = field(default_factory=dict)
    # census
    first: int = 0  # row of the first resident
    residents: int = 0
    tied: int = 0
    supporters: int = 0
    sorts: list[list[int]] = field(default_factory=lambda: [[0] * 5 for _ in range(3)])  # type 3-5, skill
    visits_before: int = 0  # visits of last month
    # sparking, encounter
    S: float = 0.0
    p_G: float = 0.0
    p_H: float = 0.0
    p_E: float = 0.0
    p_V: float = 0.0
    p_enc: float = 0.0
    found: float = 0.0
    introductions: float = 0.0
    q_new: float = 0.0
    p_K: list[float] = field(default_factory=list)
    room: list[float] = field(default_factory=list)
    # counts of the month
    searchers: list[int] = field(default_factory=list)
    searchers_online: int = 0
    taken: list[int] = field(default_factory=list)
    work: list[float] = field(default_factory=list)
    unmatched: int = 0
    hobby_seconds: int = 0
    met: int = 0
    started: int = 0
    returned: int = 0
    ended: int = 0
    stepped: int = 0  # steps from type 1
    visits: int = 0

    @property
    def participants(self) -> list[int]:
        """Involved ties of the last census by skill."""
        return [sum(sort[s] for sort in self.sorts) for s in SKILLS]


@dataclass
class Shocks:
    """The shocks of a month (6.4), each a list over places."""

    help: list[float]  # z
    strangers: list[float]  # g
    damage: list[float]  # y
    struck: list[float]  # sizes of the disasters whose first month this is
    leavers: list[float]
    travel: list[float]
    inflow: list[float]  # factor on the inflow of needs


@dataclass
class World:
    """Everything, in one month."""

    seed: int
    scenario: Any
    codes: tuple[str, ...]
    p: SimpleNamespace
    tau: list[list[float]]
    places: list[Place]
    hosts: list[Host]
    people: list[Person]
    neighbours: list[list[int]]
    tables: dict[str, list[float]]
    shocks: Shocks
    month: int = 0
    P: list[list[float]] = field(default_factory=list)
    P_V: list[float] = field(default_factory=list)
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
