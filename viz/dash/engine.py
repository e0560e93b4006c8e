"""From a scenario to curves: first a preview from a small sample, then all replicates; both with the same seeds.

A question is asked in a thread of its own, which only waits: runs are made by other processes (`viz.dash.hand`).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from experiments.compare import Run
from sim.errors import InputError
from sim.places import Places
from sim.scenario import Scenario
from viz.dash.crew import Visitor, full_crew, rough_crew
from viz.dash.film import Film, can_be_filmed
from viz.dash.hand import Order
from viz.dash.inquiry import Inquiry, key
from viz.dash.shelf import Shot, shelf

SEEDS = tuple(range(1, 9))
PREVIEW_AGENTS = 20_000
FIRST_LOOK = 24
"""Months after which the preview shows itself for the first time."""

SHOWN_AFTER, SHOWN_IN_A_CROWD = (2, 4, 6), (2,)
"""Pairs of full runs after which the picture is drawn anew, before all are there: all others are then served first.

With others waiting there is one such look: drawing pages is what the server then has least time for."""

QUIET = 0.15
"""Seconds without a move before the full runs begin."""

TICK, WAITING_TICK = 0.4, 2.0
"""Seconds between two looks at how far the runs are, and at how many are served before."""

LIMIT = 1_000_000_000
"""Person-months that one visitor may have under way: persons x (months of all scenarios + burn-ins) x replicates."""


@dataclass(frozen=True, eq=False)
class Result:
    """What there is to see.

    Attributes:
        asked: The scenario.
        places: Its places.
        base: Runs of what it is compared with, by seed.
        other: Runs of the scenario with the same seeds.
        preview: Whether this is a rough picture from a small sample.
        film: Months of the first seed.
    """

    asked: Scenario
    places: Places
    base: tuple[Run, ...]
    other: tuple[Run, ...]
    preview: bool
    film: Film | None = None


@dataclass(frozen=True)
class Progress:
    """How far the full runs are: months done of all, runs done of all, and how many visitors are served before."""

    share: float = 0.0
    done: int = 0
    runs: int = 0
    begun: float = 0.0
    ahead: int = 0


Tell = Callable[[Result], None]
TellProgress = Callable[[Progress], None]


class Teller:
    """Says how far runs are, news only, and no oftener than people look: each time a page is drawn again.

    Args:
        told: Who hears it.
        clock: Returns seconds.
    """

    def __init__(self, told: TellProgress, clock: Callable[[], float] = time.monotonic) -> None:
        self._told, self._clock = told, clock
        self._last, self._next = Progress(), clock() + TICK

    @property
    def due(self) -> bool:
        """Whether it is time to look."""
        return self._clock() >= self._next

    def tell(self, far: Progress) -> None:
        """Pass it on, unless that was said already."""
        self._next = self._clock() + (WAITING_TICK if far.ahead else TICK)
        if far != self._last:
            self._last = far
            self._told(far)


def cost(scenario: Scenario, places: Places, scenarios: int = 2, burn_ins: int = 1) -> float:
    """Return the person-months of a question: scenarios that differ in parameters need a burn-in each."""
    persons = float(places.adults.sum()) / scenario.persons_per_agent
    return persons * (scenario.months * scenarios + scenario.burn_in * burn_ins) * len(SEEDS)


def affordable(scenario: Scenario, places: Places, scenarios: int = 2, burn_ins: int = 1) -> None:
    """Refuse what would keep this server busy for everybody else.

    Raises:
        InputError: Too many persons, months and replicates together.
    """
    asked = cost(scenario, places, scenarios, burn_ins)
    if asked > LIMIT:
        raise InputError(
            f"persons x months x replicates: {asked / 1e6:,.0f} million is too many for the dashboard; allowed: at most "
            f"{LIMIT / 1e6:,.0f} million. Use a larger persons_per_agent, or the command line."
        )


def pursue(
    scenario: Scenario, base: Scenario, places: Places, tell: Tell, told: TellProgress, stop: threading.Event, visitor: Visitor
) -> None:  # fmt: skip
    """Show a preview, and once nothing has been moved for a moment the full runs as they come in.

    Raises:
        Stopped: `stop` was set.
        InputError: The scenario cannot be run here.
    """
    affordable(scenario, places)
    question = _Question(scenario, base, places, tell, Inquiry(visitor, stop))
    try:
        question.pursue(told)
    except BaseException:
        stop.set()
        raise
    answered(visitor)


def answered(visitor: Visitor) -> None:
    """Note that a visitor has what they asked for, or wants it no more: what they ask next is a new question."""
    full_crew().forget(visitor)
    rough_crew().forget(visitor)


def turn(name: tuple[int, str]) -> int:
    """Return how many looks at an answer come before a run: two seeds a look."""
    return SEEDS.index(name[0]) // 2


@dataclass
class _Question:
    """A scenario that is being compared, and what is known of its runs so far."""

    scenario: Scenario
    base: Scenario
    places: Places
    tell: Tell
    inquiry: Inquiry
    rough: dict[str, Run] = field(default_factory=dict)
    found: dict[tuple[int, str], Shot] = field(default_factory=dict)
    months: dict[tuple[int, str], int] = field(default_factory=dict)
    shown: int = 0

    def pursue(self, told: TellProgress) -> None:
        begun, orders = time.monotonic(), full_orders(self.scenario, self.base, self.places)
        if not shelf().holds(key(order) for order in orders.values()):
            self.inquiry.ask(rough_crew(), rough_orders(self.scenario, self.base, self.places))
            while (left := begun + QUIET - time.monotonic()) > 0.0:
                self._hear(left)
        self.inquiry.ask(full_crew(), orders, turn)
        teller = Teller(told)
        while len(self.found) < len(orders):
            self._hear(TICK)
            if teller.due:
                share = sum(self.months.values()) / (len(orders) * self.scenario.months)
                ahead = full_crew().ahead(self.inquiry.visitor)
                teller.tell(Progress(round(share, 2), len(self.found), len(orders), begun, ahead))

    def _hear(self, seconds: float) -> None:
        answer = self.inquiry.next(seconds)
        if answer is None:
            return
        if isinstance(answer.name, str):
            self._rough(answer.name, answer.what)
        elif answer.word == "done":
            self.found[answer.name] = answer.what
            self.months[answer.name] = self.scenario.months
            self._show()
        else:
            self.months[answer.name] = answer.what

    def _rough(self, kind: str, what: object) -> None:
        if not isinstance(what, (Run, Shot)):
            return
        self.rough[kind] = what.run if isinstance(what, Shot) else what
        if len(self.rough) == 2 and not self.shown:
            before, other = ((self.rough[kind],) for kind in ("base", "other"))
            self.tell(Result(self.scenario, self.places, before, other, preview=True))
            rough_crew().served(self.inquiry.visitor)

    def _show(self) -> None:
        """Show the pairs that are there, if it is time to."""
        pairs = [s for s in SEEDS if (s, "base") in self.found and (s, "other") in self.found]
        # Several runs are made at a time: whole pictures come two by two.
        looks = SHOWN_IN_A_CROWD if full_crew().crowded(self.inquiry.visitor) else SHOWN_AFTER
        if len(pairs) <= self.shown or len(pairs) not in (*looks, len(SEEDS)):
            return
        self.shown = len(pairs)
        first = self.found.get((SEEDS[0], "other"))
        base, other = (tuple(self.found[s, kind].run for s in pairs) for kind in ("base", "other"))
        film = first.film if first else None
        self.tell(Result(self.scenario, self.places, base, other, preview=False, film=film))
        full_crew().served(self.inquiry.visitor)


def full_orders(scenario: Scenario, base: Scenario, places: Places) -> dict[tuple[int, str], Order]:
    """Return the full runs of a question, seed by seed; the first one of the scenario is filmed."""
    filmed, orders = can_be_filmed(places), dict[tuple[int, str], Order]()
    for seed in SEEDS:
        orders[seed, "base"] = Order(base, places, seed)
        orders[seed, "other"] = Order(scenario, places, seed, film=filmed and seed == SEEDS[0])
    return orders


def rough_orders(scenario: Scenario, base: Scenario, places: Places) -> dict[str, Order]:
    """Return the runs of a small sample; of its first months only, where others wait for theirs."""
    small, look = sample(scenario, places), min(FIRST_LOOK, scenario.months)
    brief = look if rough_crew().crowded() else 0
    return {
        "base": Order(sample(base, places), places, SEEDS[0]),
        "other": Order(small, places, SEEDS[0], look=look, last=brief),
    }


def sample(scenario: Scenario, places: Places) -> Scenario:
    """Return the scenario with at most `PREVIEW_AGENTS` persons."""
    weight = max(scenario.persons_per_agent, float(places.adults.sum()) / PREVIEW_AGENTS)
    return scenario.model_copy(update={"persons_per_agent": weight})
