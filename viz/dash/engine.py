"""From a scenario to curves: first a preview from a small sample, then all replicates; both with the same seeds.

Everything here runs in threads of its own. A run looks once a month whether it has been told to stop.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from typing import Any

from experiments.compare import Run, Stopped, reduce
from sim.errors import InputError
from sim.outcome import Table
from sim.places import Places
from sim.run import burnt_in
from sim.scenario import Scenario
from viz.dash.film import Camera, Film, can_be_filmed
from viz.dash.shelf import Shot, preview_seats, seat, seats, shelf

SEEDS = tuple(range(1, 9))
PREVIEW_AGENTS = 20_000
FIRST_LOOK = 24
"""Months after which the preview shows itself for the first time."""

SHOWN_AFTER = (2, 4, 6)
"""Pairs of full runs after which the picture is drawn anew, before all are there."""

QUIET = 0.15
"""Seconds without a move before the full runs begin."""

LIMIT = 1_000_000_000
"""Person-months that one visitor may have under way: persons x (months of all scenarios + burn-ins) x replicates."""

MANY_PLACES = 200
KEPT_COLUMNS = (
    "month", "place", "people", "visiting", "direct_people", "ties_online", "ties_hobby", "ties_exchange", "ties_work",
    "ties_direct", "hosts", "hosts_burnt", "load_hours", "capacity_hours", "open_slots", "needs", "yen",
)  # fmt: skip
"""Columns kept of runs on very many places: what the pages draw."""


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


@dataclass
class _Meter:
    """Months done by several threads; each adds to a number of its own."""

    total: int
    done: dict[tuple[int, str], int] = field(default_factory=dict)

    def of(self, job: tuple[int, str]) -> Callable[[int], None]:
        """Return the counter of one run."""

        def count(months: int) -> None:
            self.done[job] = months

        return count

    def share(self) -> float:
        """Return the share done."""
        return min(1.0, sum(self.done.values()) / max(self.total, 1))


Tell = Callable[[Result], None]
TellProgress = Callable[[Progress], None]


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
    scenario: Scenario, base: Scenario, places: Places, tell: Tell, told: TellProgress, stop: threading.Event
) -> None:
    """Show a preview, wait for quiet, then show the full runs as they come in.

    Raises:
        Stopped: `stop` was set.
        InputError: The scenario cannot be run here.
    """
    affordable(scenario, places)
    if not known(scenario, base, places):
        with seat(stop, preview_seats()):
            preview(scenario, base, places, tell, stop)
        if stop.wait(QUIET):
            raise Stopped
    full(scenario, base, places, tell, told, stop)


def known(scenario: Scenario, base: Scenario, places: Places) -> bool:
    """Return whether all full runs lie on the shelf."""
    film = can_be_filmed(places)
    keys = [(base.digest, places.digest, seed, False) for seed in SEEDS]
    keys += [(scenario.digest, places.digest, seed, film and seed == SEEDS[0]) for seed in SEEDS]
    return shelf().holds(keys)


def preview(scenario: Scenario, base: Scenario, places: Places, tell: Tell, stop: threading.Event) -> None:
    """Show the small sample: after its first months, and when it is done."""
    small = sample(scenario, places)
    before = shot(sample(base, places), places, SEEDS[0], stop).run

    def partly(run: Run) -> None:
        tell(Result(scenario, places, (before,), (run,), preview=True))

    other = shot(small, places, SEEDS[0], stop, look=partly)
    partly(other.run)


def full(
    scenario: Scenario, base: Scenario, places: Places, tell: Tell, told: TellProgress, stop: threading.Event
) -> None:
    """Run all seeds, both scenarios side by side, and show each time a pair is done."""
    filmed = can_be_filmed(places)
    jobs = [(seed, kind) for seed in SEEDS for kind in ("base", "other")]
    meter = _Meter(len(jobs) * scenario.months)
    begun, found, seen = time.monotonic(), dict[tuple[int, str], Shot](), 0

    def one(job: tuple[int, str]) -> Shot:
        seed, kind = job
        what = base if kind == "base" else scenario
        camera = filmed and kind == "other" and seed == SEEDS[0]
        return shot(what, places, seed, stop, film=camera, turn=True, count=meter.of(job))

    with ThreadPoolExecutor(max_workers=2) as pool:
        waiting = {pool.submit(one, job): job for job in jobs}
        try:
            while waiting:
                done, _ = wait(waiting, timeout=0.25, return_when=FIRST_COMPLETED)
                for future in done:
                    found[waiting.pop(future)] = future.result()
                    seen = _show(scenario, places, found, tell, seen)
                told(Progress(meter.share(), len(found), len(jobs), begun, seats().ahead(stop)))
                if stop.is_set():
                    raise Stopped
        except BaseException:
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _show(
    scenario: Scenario, places: Places, found: dict[tuple[int, str], Shot], tell: Tell, seen: int
) -> int:
    """Show the pairs that are there, if it is time to; return how many have been shown."""
    pairs = [s for s in SEEDS if (s, "base") in found and (s, "other") in found]
    # Two runs are made at a time: whole pictures come two by two, the first without intervals.
    if len(pairs) <= seen or len(pairs) not in (*SHOWN_AFTER, len(SEEDS)):
        return seen
    first = found.get((SEEDS[0], "other"))
    base, other = (tuple(found[s, kind].run for s in pairs) for kind in ("base", "other"))
    tell(Result(scenario, places, base, other, preview=False, film=first.film if first else None))
    return len(pairs)


def sample(scenario: Scenario, places: Places) -> Scenario:
    """Return the scenario with at most `PREVIEW_AGENTS` persons."""
    weight = max(scenario.persons_per_agent, float(places.adults.sum()) / PREVIEW_AGENTS)
    return scenario.model_copy(update={"persons_per_agent": weight})


def shot(
    scenario: Scenario,
    places: Places,
    seed: int,
    stop: threading.Event,
    *,
    film: bool = False,
    turn: bool = False,
    look: Callable[[Run], None] | None = None,
    count: Callable[[int], None] | None = None,
) -> Shot:
    """Return one run, from the shelf where it lies there.

    Args:
        scenario: What is asked.
        places: Its places.
        seed: Its luck.
        stop: Set when nobody wants it any more.
        film: Whether to take a film.
        turn: Whether to wait for a seat.
        look: Called once with the first months.
        count: Called with the months done.

    Raises:
        Stopped: `stop` was set.
    """

    def make() -> Shot:
        if not turn:
            return _made(scenario, places, seed, stop, film, look, count)
        with seat(stop):
            return _made(scenario, places, seed, stop, film, look, count)

    key = (scenario.digest, places.digest, seed, film)
    got = shelf().get(key, make, stop)
    if count is not None:
        count(scenario.months)
    # The shelf knows contents, not names.
    return Shot(replace(got.run, scenario=scenario), got.film)


def _made(
    scenario: Scenario, places: Places, seed: int, stop: threading.Event, film: bool,
    look: Callable[[Run], None] | None, count: Callable[[int], None] | None,
) -> Shot:  # fmt: skip
    def check(done: int = 0, total: int = 0) -> None:
        if stop.is_set():
            raise Stopped

    simulation = burnt_in(scenario, places, seed, progress=check)
    camera = Camera(places) if film else None
    while simulation.month < scenario.months:
        check()
        simulation.step()
        if camera is not None:
            camera.take(simulation)
        if count is not None:
            count(simulation.month)
        if look is not None and simulation.month == min(FIRST_LOOK, scenario.months - 1):
            look(_reduced(simulation.outcome(), scenario, places, seed))
    run = _reduced(simulation.outcome(), scenario, places, seed)
    return Shot(run, None if camera is None else camera.film(scenario.persons_per_agent))


def _reduced(outcome: Any, scenario: Scenario, places: Places, seed: int) -> Run:
    run = reduce(outcome, scenario, places, seed)
    if len(places) <= MANY_PLACES:
        return run
    months: Table = {name: run.tables["months"][name] for name in KEPT_COLUMNS}
    return replace(run, tables={**run.tables, "months": months})
