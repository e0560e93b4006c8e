"""Compiles all kernels of a month before the first run, in two processes: in one, Numba compiles one after the other.

`python -m sim.compiling passes meet` is such a process: it runs half of a month's mechanisms once, in a world of a few
hundred people, and leaves their kernels in the user's cache.
"""

from __future__ import annotations

import subprocess
import sys

import numpy as np

from sim.jit import cache_is_shared, is_warm
from sim.loop import WAYS, Mechanism, advance, way
from sim.mechanisms.attention import attention
from sim.mechanisms.interest import interest
from sim.passes.meeting import meeting
from sim.places import Places
from sim.run import Simulation
from sim.scenario import Scenario

HALVES = ("meet", "keep")


def ready(scenario: Scenario, places: Places) -> bool:
    """Return whether a run of the scenario finds its kernels compiled."""
    return is_warm(_way(scenario, places))


def prepare(scenario: Scenario, places: Places) -> None:
    """Compile what a run of the scenario needs; a run would do it too, on one core."""
    if ready(scenario, places) or not cache_is_shared():
        return
    command = [sys.executable, "-m", "sim.compiling", _way(scenario, places)]
    quiet = subprocess.DEVNULL
    processes = [subprocess.Popen([*command, half], stdout=quiet, stderr=quiet) for half in HALVES]
    try:
        for process in processes:
            process.wait()
    finally:
        for process in processes:
            process.kill()


def compile_half(way: str, half: str) -> None:
    """Compile the kernels of half a month: how people meet and visit, or all the rest."""
    scenario = Scenario(name="compiling", burn_in=0, months=1, persons_per_agent=10)
    simulation = Simulation(scenario, _two_places(), 0)
    advance(simulation.world, simulation.world.levels, month=_half(WAYS[way], half))


def _half(month: tuple[Mechanism, ...], half: str) -> tuple[Mechanism, ...]:
    first = month.index(meeting if meeting in month else interest)
    last = month.index(attention)
    return month[first:last] if half == "meet" else month[:first] + month[last:]


def _way(scenario: Scenario, places: Places) -> str:
    return way(round(float(places.adults.sum()) / scenario.persons_per_agent), len(places))


def _two_places() -> Places:
    return Places(
        name="compiling", code=("1", "2"), name_ja=("一", "二"), name_en=("One", "Two"),
        metro=np.array([1, 0]), adults=np.array([2000, 2000]), area_km2=np.array([10.0, 100.0]),
        lat=np.array([35.0, 36.0]), lon=np.array([135.0, 136.0]), inner_km=np.zeros(2),
    )  # fmt: skip


if __name__ == "__main__":
    compile_half(*sys.argv[1:])
