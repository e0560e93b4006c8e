"""One run of one arm, in whichever process: the burn-in is made once a process and kept for the next arm."""

from __future__ import annotations

import copy
from collections import OrderedDict
from collections.abc import Mapping

import numpy as np

from experiments.statements.arms import PLACES, WEIGHT, Arm, Values, places
from experiments.statements.edits import EDITS
from experiments.statements.probes import FOLLOWED, Followed, observe
from experiments.statements.runs import WINDOW, Kept
from sim.parameters import changed, defaults
from sim.run import Simulation
from sim.scenario import Scenario
from sim.state import State

KEPT_BURN_INS = 60
"""Burnt-in states a process remembers, about 1.5 MB each."""

_burnt: OrderedDict[tuple[Values, Values, Values, int], State] = OrderedDict()


def perform(arm: Arm, base: Values, off: Values, seed: int) -> Kept:
    """Run an arm with a seed.

    Args:
        arm: What is done.
        base: Parameters it starts from, where they are not the defaults.
        off: Parameters forced upon the run, burn-in included.
        seed: The luck.
    """
    state = copy.deepcopy(_burnt_in(base, arm.before, off, seed))
    if arm.edit:
        EDITS[arm.edit](state)
    scenario = _scenario(arm, {**dict(base), **dict(arm.before), **dict(arm.after), **dict(off)})
    simulation = Simulation(scenario, places(), seed, state=state)
    extra: list[dict[str, np.ndarray]] = []
    followed = None
    while simulation.month < arm.months:
        status = simulation.world.state.hosts.status.copy()
        simulation.step()
        extra.append(observe(simulation.world, status, simulation.month > arm.months - WINDOW))
        if simulation.month == arm.months - FOLLOWED:
            followed = Followed(simulation)
    roots = followed.kept(simulation) if followed else (np.nan, np.nan)
    return Kept.of(simulation.outcome(), extra, len(places()), roots)


def _burnt_in(base: Values, before: Values, off: Values, seed: int) -> State:
    """Return the state at the end of a burn-in; it must not be written to."""
    key = (base, before, off, seed)
    if key not in _burnt:
        # Not from the cache on disk: it is made in a second, and a state for every mechanism switched off
        # would push all others out.
        values = {**dict(base), **dict(before), **dict(off)}
        simulation = Simulation(_scenario(Arm(), values), places(), seed)
        while simulation.month < 0:
            simulation.step()
        _burnt[key] = simulation.world.state
        if len(_burnt) > KEPT_BURN_INS:
            _burnt.popitem(last=False)
    _burnt.move_to_end(key)
    return _burnt[key]


def _scenario(arm: Arm, values: Mapping[str, float]) -> Scenario:
    return Scenario(
        name="statement", places=PLACES, persons_per_agent=WEIGHT, months=arm.months,
        parameters=changed(defaults(), values), measures=arm.measures, shocks=arm.shocks,
    )  # fmt: skip
