"""The Mesa face: the same run as `sim.run`, month by month, for Mesa's tools (3.3.1 and 3.5.1).

Agents and people, and where Mesa is imported, are here and in `sim.mesa_agents` only. In a script:

    model = RelationalPopulation(places=places, hub=1.0, rng=42)
    model.run_for(12)
    model.datacollector.get_model_vars_dataframe()
    model.people.select(visiting=True).groupby("home").count()

Many runs; Mesa 3.5 takes `rng=[1, 2]` beside `parameters`, Mesa 3.3 as one of them:

    mesa.batch_run(RelationalPopulation, {"places": places, "hub": [0, 1], "rng": [1, 2]}, max_steps=120)

In a browser, with whatever else is to be shown:

    params = {"places": places, "hub": Slider("hubs", 0, 0, 3.5, 0.5), "rng": 42}
    SolaraViz(model, components=[make_plot_component("visiting_share")], model_params=params)
"""

from __future__ import annotations

import gc
import math
import operator
import secrets
from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from typing import Any

import mesa
import numpy as np

from sim.errors import InputError, out_of_range, unknown
from sim.levers import levers
from sim.mechanisms.census import census
from sim.mesa_agents import (
    EventAgent,
    GuideAgent,
    HubAgent,
    IntermediaryAgent,
    OrganisationAgent,
    RegionAgent,
    TrackedPerson,
)
from sim.mesa_people import People
from sim.outcome import TYPES, Outcome
from sim.places import Places
from sim.record import Row, observe
from sim.run import Simulation, burnt_in
from sim.scenario import Measure, Scenario

WITHIN_A_MONTH = (
    "reached36", "searchers", "met", "started", "returned", "ended", "visits", "meeting_chance", "slot_chance",
    "room", "turned", "moved", "work", "diversity", "spark", "outsiders", "yen",
)  # fmt: skip
"""Columns about what happens within a month: NaN at t = 0, when there was none yet."""


def _count(name: str, model: RelationalPopulation) -> float:
    return float(model.latest[name].sum()) * model.simulation.scenario.persons_per_agent


def _ratio(top: str, bottom: str, model: RelationalPopulation) -> float:
    a, b = float(model.latest[top].sum()), float(model.latest[bottom].sum())
    return a / b if b else math.nan


def _mean(name: str, weight: str, model: RelationalPopulation) -> float:
    weights = model.latest[weight]
    return float((model.latest[name] * weights).sum()) / float(weights.sum()) if weights.any() else math.nan


def _yen(model: RelationalPopulation) -> float:
    return float(model.latest["yen"].sum())


REPORTERS: dict[str, Any] = {
    "t": "t",
    "visiting_share": partial(_ratio, "visiting", "people"),
    "nonvisiting_share": partial(_ratio, "nonvisiting", "people"),
    "indifferent_share": partial(_ratio, "indifferent", "people"),
    "ties_per_visitor": partial(_ratio, "home_ties", "visiting"),
    "direct_contributors": partial(_count, "direct_people"),
    **{f"ties_{name}": partial(_count, f"ties_{name}") for name in TYPES},
    **{
        name: partial(_count, name)
        for name in ("latent", "started", "returned", "ended", "visits", "moved", "reached36")
    },
    "host_use": partial(_ratio, "load_hours", "capacity_hours"),
    "burnt_out_share": partial(_ratio, "hosts_burnt", "hosts"),
    "room": partial(_mean, "room", "people"),
    "meeting_chance": partial(_mean, "meeting_chance", "people"),
    "slot_chance": partial(_mean, "slot_chance", "searchers"),
    "understanding": partial(_mean, "understanding", "people"),
    "lead": partial(_mean, "lead", "people"),
    "wellbeing_gain": partial(_ratio, "wellbeing", "visiting"),
    "yen": _yen,
}
"""What the data collector notes; counts are real people and ties. No closures, because they cannot be pickled."""

PERSON_REPORTERS = {
    name: operator.attrgetter(name)
    for name in ("row", "home", "interest", "wellbeing", "main", "main_place", "live_ties", "visiting_ties")
}
"""What the data collector notes of tracked persons."""


SCALES = {"persons_per_agent": (1, "adults"), "months": (1, "whole months"), "burn_in": (0, "whole months")}
"""What may be given in place of the scenario's own: smallest value and unit."""


class RelationalPopulation(mesa.Model):
    """The simulated country as a Mesa model.

    After the scenario's last month it stops itself: the next step changes nothing but `running`. So the last row
    is the same on every version of Mesa, though they count steps differently.

    Args:
        places: The table of places.
        base: Scenario to start from; by default today's support for 10 years. `batch_run` wants it in a list.
        rng: Seed, a whole number; None for any, which is then in `seed`.
        persons_per_agent: Instead of that of `base`.
        months: Instead of those of `base`.
        burn_in: Instead of that of `base`.
        tracked: Rows of people who become true agents, or how many of them, spread evenly over the rows.
        threads: Threads over people; changes nothing but the time.
        kwargs: Levers by name (`sim.levers`): what is added to today's level everywhere in all months, on top of
            `base`. (Mesa's view wants this name.)
    """

    def __init__(
        self,
        *,
        places: Places,
        base: Scenario | None = None,
        rng: int | str | None = None,
        persons_per_agent: float | None = None,
        months: int | None = None,
        burn_in: int | None = None,
        tracked: int | Sequence[int] = 0,
        threads: int = 1,
        **kwargs: float,
    ) -> None:
        gc.collect()  # models are reference cycles: free the arrays of those before
        given = {"persons_per_agent": persons_per_agent, "months": months, "burn_in": burn_in}
        scenario = asked(base or Scenario(name="mesa", places=places.name), given, kwargs)
        seed = as_seed(rng)
        simulation = burnt_in(scenario, places, seed, threads=threads)
        super().__init__(rng=seed)
        self.seed, self.simulation = seed, simulation
        self.people = People(simulation.world)
        self._begin(tracked_rows(tracked, len(self.people)))

    def _begin(self, tracked: Sequence[int]) -> None:
        if self.simulation.scenario.burn_in == 0:
            census(self.simulation.world)  # nobody has been counted yet
        self._start = _start(self.simulation)
        self._add_agents(tracked)
        persons = {TrackedPerson: PERSON_REPORTERS} if tracked else None
        self.datacollector = mesa.DataCollector(model_reporters=REPORTERS, agenttype_reporters=persons)
        self.datacollector.collect(self)

    def _add_agents(self, tracked: Sequence[int]) -> None:
        rows = range(len(self.simulation.places))
        self.regions = [RegionAgent(self, r) for r in rows]
        for r in rows:
            IntermediaryAgent(self, r)
            HubAgent(self, r)
            EventAgent(self, r)
            GuideAgent(self, r, "city")
            GuideAgent(self, r, "local")
        for row in tracked:
            TrackedPerson(self, row)
        self.organisations: dict[int, OrganisationAgent] = {}
        self._follow_organisations()

    def _follow_organisations(self) -> None:
        """Let private bodies come and go with the lever `organisation`."""
        here = np.flatnonzero(self.simulation.world.levels.organisation > 0.0).tolist()
        for r in self.organisations.keys() - here:
            self.organisations.pop(r).remove()
        for r in here:
            if r not in self.organisations:
                self.organisations[r] = OrganisationAgent(self, r)

    @property
    def t(self) -> int:
        """Months done."""
        return self.simulation.month

    @property
    def latest(self) -> Row:
        """This month's columns of the `months` table, by place (R,); at t = 0 what the burn-in left behind."""
        recorder = self.simulation.recorder
        return recorder.latest if recorder.done else self._start

    def step(self) -> None:
        """Run one month, or stop where there is none left."""
        if self.t >= self.simulation.scenario.months:
            self.running = False
            return
        self.simulation.step()
        self._follow_organisations()
        self.datacollector.collect(self)

    def run_for(self, duration: float) -> None:
        """Run some months."""
        for _ in range(int(duration)):
            self.step()

    def _repr_html_(self) -> str:
        """Return what the model is and how far it has come, for notebooks."""
        scenario, now = self.simulation.scenario, self.latest
        visiting = 100.0 * float(now["visiting"].sum()) / max(len(self.people), 1)
        rows = {
            "scenario": scenario.name,
            "places": f"{self.simulation.places.name} ({len(self.regions):,})",
            "persons": f"{len(self.people):,}, each standing for {scenario.persons_per_agent:,g} adults",
            "month": f"{self.t:,} of {scenario.months:,} (seed {self.seed})",
            "visiting another place": f"{visiting:.1f}% of persons",
        }
        cells = "".join(f"<tr><th>{key}</th><td>{escape(text)}</td></tr>" for key, text in rows.items())
        return f"<table><caption>RelationalPopulation</caption>{cells}</table>"

    def outcome(self) -> Outcome:
        """Return the tables of the run so far; `sim.run.run` gives the same to the last bit."""
        return self.simulation.outcome()

    def __getstate__(self) -> dict[str, Any]:
        """Return everything but the pool of threads and what can be made again."""
        kept: dict[str, Any] = dict(super().__getstate__())
        s, w = kept.pop("simulation"), self.simulation.world
        del kept["people"]
        return kept | {
            "_asked": (s.scenario, s.places, s.seed, w.crew.threads),
            "_held": (w.state, w.chances, w.levels, w.tally, s.recorder),
        }

    def __setstate__(self, kept: dict[str, Any]) -> None:
        (scenario, places, seed, threads), (state, chances, now, tally, recorder) = (
            kept.pop("_asked"),
            kept.pop("_held"),
        )
        s = Simulation(scenario, places, seed, threads=threads, state=state)
        s.world.chances, s.world.tallies[0], s.recorder = chances, tally, recorder
        s.world.levels = now
        self.__dict__.update(kept, simulation=s, people=People(s.world))


def as_seed(rng: object) -> int:
    """Return a seed; generators are refused, because versions of Mesa take different numbers from them."""
    if rng is None or (isinstance(rng, str) and not rng.strip()):
        return secrets.randbits(32)
    try:
        return int(rng) if isinstance(rng, str) else operator.index(rng)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise InputError(f"rng: '{rng}' is not a seed; allowed: a whole number from 0 to 2^64 - 1.") from None


def asked(base: Scenario, given: Mapping[str, Any], amounts: Mapping[str, float]) -> Scenario:
    """Return the scenario with what is given in its place, and levers moved everywhere in all months."""
    changes = {name: value for name, value in given.items() if value is not None}
    for name, value in changes.items():
        low, unit = SCALES[name]
        if not low <= value < math.inf or ("whole" in unit and value % 1):
            raise out_of_range(name, value, low, math.inf, unit)
    for name, amount in amounts.items():
        if name not in levers():
            raise unknown("RelationalPopulation", "lever", name, levers())
        lever = levers()[name]
        if not lever.low <= round(lever.today + amount, 9) <= lever.high:
            raise out_of_range(name, amount, lever.low - lever.today, lever.high - lever.today, lever.unit)
    moved = [Measure(lever=name, amount=float(amount)) for name, amount in amounts.items() if amount]
    return Scenario(**{**dict(base), **changes, "measures": (*base.measures, *moved)})


def tracked_rows(tracked: int | Sequence[int], people: int) -> list[int]:
    """Return the rows of tracked persons, spread evenly where only their number is given."""
    if isinstance(tracked, int | np.integer):
        if not 0 <= tracked <= people:
            raise out_of_range("tracked", tracked, 0, people, "people")
        return np.linspace(0, people - 1, int(tracked)).astype(np.int64).tolist()
    rows = [int(row) for row in tracked]
    for row in rows:
        if not 0 <= row < people:
            raise out_of_range("tracked", row, 0, people - 1, "rows of people")
    return rows


def _start(simulation: Simulation) -> Row:
    none = np.full(len(simulation.places), np.nan)
    return observe(simulation.world, none) | dict.fromkeys(WITHIN_A_MONTH, none)
