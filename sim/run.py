"""One run: a scenario, its places and a seed give an outcome, always the same one.

`run` is the whole; `Simulation` is the same month by month, for checkpoints and the Mesa face.
"""

from __future__ import annotations

import platform
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numba
import numpy as np

from sim import checkpoint
from sim.arrays import F64
from sim.errors import InputError, unknown
from sim.jit import code_hash, mark_warm
from sim.levers import Levels
from sim.loop import advance, way
from sim.outcome import Outcome
from sim.places import Places
from sim.population import build
from sim.record import Recorder, flow_table, host_table
from sim.scenario import Scenario, levels, yen
from sim.shocks import shocks
from sim.state import YEAR, State
from sim.traits import trait_tables
from sim.world import geometry, make_world

LONG_PERSON_MONTHS = 5e9
"""A run of more leaves a checkpoint a year: some minutes' work."""

Progress = Callable[[int, int], None]


class Simulation:
    """A run in the making.

    Attributes:
        scenario: What is asked.
        places: Where.
        seed: Which of the possible worlds.
        world: State, parameters and this month's chances.
        recorder: What has been written down so far.
    """

    def __init__(
        self, scenario: Scenario, places: Places, seed: int, *, threads: int = 1, state: State | None = None
    ) -> None:
        if not 0 <= seed < 2**64:
            raise InputError(f"seed: {seed} is out of range; allowed: 0 to 2^64 - 1.")
        where = [(f"measure on {m.lever}", m.places) for m in scenario.measures]
        where += [(f"shock {s.kind}", s.places) for s in scenario.shocks]
        for what, codes in where:
            for code in codes or ():
                if code not in places.code:
                    raise unknown(what, "place", code, places.code)
        shape = geometry(places, scenario.parameters, scenario.persons_per_agent, seed)
        if int(shape.starts[-1]) < 1:
            raise InputError(
                f"persons_per_agent: {scenario.persons_per_agent:g} leaves nobody to simulate; "
                f"allowed: at most {int(places.adults.sum())}."
            )
        if state is None:
            state = build(shape, trait_tables(scenario.parameters), scenario.parameters, seed)
        self.scenario, self.places, self.seed = scenario, places, seed
        self.world = make_world(
            seed, places, scenario.parameters, shape, state, levels(scenario, places, 0), threads
        )
        self.recorder = Recorder(scenario.months)
        self._plan: tuple[tuple[bool, ...], Levels, F64] | None = None

    @property
    def month(self) -> int:
        """Months of the run done; negative during the burn-in."""
        return self.world.state.month - self.scenario.burn_in

    def step(self) -> None:
        """Run one month, and write it down once the burn-in is over; there are as many as the scenario has."""
        month = self.month + 1
        s = self.scenario
        level, spent = self._planned(month)
        advance(self.world, level, shocks(s.shocks, self.places, month, s.parameters.shock))
        mark_warm(way(len(self.world.state.people.interest), len(self.places)))
        if month >= 1:
            self.recorder.collect(self.world, spent)

    def _planned(self, month: int) -> tuple[Levels, F64]:
        """Return levels and yen of a month, made anew only when a measure begins or ends."""
        active = (month >= 1, *(month >= 1 and m.active(month) for m in self.scenario.measures))
        if self._plan is None or self._plan[0] != active:
            of_month = (self.scenario, self.places, month)
            self._plan = (active, levels(*of_month), yen(*of_month))
        return self._plan[1:]

    def outcome(self) -> Outcome:
        """Return what has been written down so far."""
        return Outcome(
            months=self.recorder.month_table(),
            spells=self.recorder.spell_table(),
            hosts=host_table(self.world),
            flows=flow_table(self.world),
            provenance=provenance(self.scenario, self.places, self.seed),
        )

    def save(self, path: Path) -> None:
        """Write a checkpoint from which `resume` goes on bit for bit."""
        extra = {f"row.{name}": values for name, values in self.recorder.kept().items()}
        if self.recorder.done:
            extra["spells"] = np.array(self.recorder.spells)
        meta = {"scenario": self.scenario.digest, "places": self.places.digest, "seed": self.seed}
        checkpoint.write(path, self.world.state, meta, extra)


def burnt_in(
    scenario: Scenario, places: Places, seed: int, *, threads: int = 1, progress: Progress | None = None
) -> Simulation:
    """Return a simulation at the end of its burn-in, from the user's cache where it is known.

    A long one goes on from the last year that an earlier, interrupted call left behind.
    """
    return _begun(scenario, places, seed, threads, progress, latest=0)


def resume(path: Path, scenario: Scenario, places: Places, *, threads: int = 1) -> Simulation:
    """Return a simulation that goes on from a checkpoint.

    Raises:
        InputError: The file is damaged, or belongs to another scenario, place table or code.
    """
    state, meta, extra = checkpoint.read(path)
    if meta.get("scenario") != scenario.digest or meta.get("places") != places.digest:
        raise InputError(f"{path}: this checkpoint belongs to another scenario or table of places.")
    simulation = Simulation(scenario, places, meta["seed"], threads=threads, state=state)
    rows = {name.removeprefix("row."): values for name, values in extra.items() if name.startswith("row.")}
    spells = ((at_risk, ended) for at_risk, ended in extra.get("spells", ()))
    simulation.recorder.restore(rows, spells)
    return simulation


def run(
    scenario: Scenario, places: Places, seed: int, *, threads: int = 1, progress: Progress | None = None
) -> Outcome:
    """Run a scenario.

    Args:
        scenario: What is asked.
        places: The table of places it is asked of.
        seed: 0 to 2**64 - 1; the same seed gives the same people, chances and fates in every scenario.
        threads: Threads over people; changes nothing but the time.
        progress: Called with (months done, months in all), burn-in included.

    Returns:
        The tables of the run with their provenance.

    Raises:
        InputError: A seed or scale out of range.
    """
    simulation = _begun(scenario, places, seed, threads, progress, latest=scenario.months)
    while simulation.month < scenario.months:
        _step(simulation, progress)
    outcome = simulation.outcome()
    checkpoint.unfinished(scenario, places, seed).unlink(missing_ok=True)
    return outcome


def _step(simulation: Simulation, progress: Progress | None) -> None:
    """Run a month, tell of it, and leave a checkpoint at the end of each year of a long run."""
    simulation.step()
    if (
        _is_long(simulation)
        and simulation.month % YEAR == 0
        and simulation.month < simulation.scenario.months
    ):
        path = checkpoint.unfinished(simulation.scenario, simulation.places, simulation.seed)
        with suppress(OSError):  # a full disk costs the checkpoint, not the run
            path.parent.mkdir(parents=True, exist_ok=True)
            simulation.save(path)
    if progress is not None:
        burn_in = simulation.scenario.burn_in
        progress(simulation.month + burn_in, simulation.scenario.months + burn_in)


def _begun(
    scenario: Scenario, places: Places, seed: int, threads: int, progress: Progress | None, latest: int
) -> Simulation:
    """Return a simulation past its burn-in: at the run's last checkpoint up to month `latest`, else at month 0."""
    key = checkpoint.burn_in_key(scenario, places, seed)
    simulation = _unfinished(scenario, places, seed, threads)
    if simulation is None or simulation.month > latest:
        state = checkpoint.stored_burn_in(key)
        simulation = Simulation(scenario, places, seed, threads=threads, state=state)
    if simulation.month < 0:
        while simulation.month < 0:
            _step(simulation, progress)
        checkpoint.store_burn_in(key, simulation.world.state)
    return simulation


def _unfinished(scenario: Scenario, places: Places, seed: int, threads: int) -> Simulation | None:
    path = checkpoint.unfinished(scenario, places, seed)
    if path.exists():
        with suppress(InputError):
            return resume(path, scenario, places, threads=threads)
    return None


def _is_long(simulation: Simulation) -> bool:
    months = simulation.scenario.burn_in + simulation.scenario.months
    return len(simulation.world.state.people.interest) * months > LONG_PERSON_MONTHS


def provenance(scenario: Scenario, places: Places, seed: int) -> dict[str, Any]:
    """Return what decided the numbers of a run."""
    return {
        "scenario": scenario.name,
        "content": scenario.content(),
        "scenario_digest": scenario.digest,
        "persons_per_agent": scenario.persons_per_agent,
        "places": places.name,
        "places_digest": places.digest,
        "seed": seed,
        "code": code_hash(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "numba": numba.__version__,
    }
