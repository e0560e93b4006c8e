"""How cost grows: with people, places, ties and threads.

Worlds are settled first. Then all worlds of a series run a month each, round by round, so that a busy machine moves them alike.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median
from typing import Any

import numpy as np

from experiments.intervals import LEVEL, student_t
from scenarios import load, load_places
from sim.loop import QUICK, advance, quickest
from sim.parameters import changed
from sim.places import Places
from sim.run import Simulation
from sim.scenario import levels
from sim.state import LATENT

SETTLE = 60
"""Months before the clock starts."""

ROUNDS = 9
PEOPLE = (1e4, 3e4, 1e5, 2e5, 3e5, 5e5, 1e6, 2e6, 3e6, 1e7, 3e7, 1e8)
FITTED_FROM = 3e5
"""Fewer people are not fitted: much of their month is the places' own."""

FIXED = 1e6
"""People of the series in which something else grows."""

PLACES = (1, 10, 47, 200, 1741)
LOOKING = (0.0, 0.25, 0.5, 1.0, 2.0, 4.0)
"""Factors on how often people look for places, which is what ties grow from."""

THREADS = (1, 2)
INNER_KM = 5.0
"""Distance between residents of a sampled place, so that they can choose it where it is the only one."""

Row = dict[str, Any]


def sampled(number: int) -> Places:
    """Return so many municipalities, spread evenly over the table, whose residents may choose their own."""
    whole = load_places("municipalities")
    rows = np.linspace(0, len(whole) - 1, number).round().astype(np.int64)

    def cut(name: str) -> Any:
        column = getattr(whole, name)
        return column[rows] if isinstance(column, np.ndarray) else tuple(column[i] for i in rows)

    names = ("code", "name_ja", "name_en", "metro", "adults", "area_km2", "lat", "lon")
    return replace(
        whole,
        name=f"{number} municipalities",
        inner_km=np.full(number, INNER_KM),
        **{n: cut(n) for n in names},
    )


def settled(
    people: float, places: Places, looking: float = 1.0, threads: int = 1, like: Simulation | None = None
) -> Simulation:
    """Return a simulation of a world that has settled, or one in the state of another."""
    scenario = load("baseline")
    rates = {
        f"search.{name}": looking * getattr(scenario.parameters.search, name)
        for name in ("rate", "online_rate")
    }
    scenario = scenario.model_copy(
        update={
            "persons_per_agent": float(places.adults.sum()) / people,
            "parameters": changed(scenario.parameters, rates),
        }
    )
    if like is not None:
        return Simulation(scenario, places, 1, threads=threads, state=like.world.state)
    simulation = Simulation(scenario, places, 1, threads=max(THREADS))
    for _ in range(SETTLE):
        simulation.step()
    return Simulation(scenario, places, 1, threads=threads, state=simulation.world.state)


def clock(simulations: Sequence[Simulation], on_wall: bool = False) -> list[Row]:
    """Return what a month of each takes, round by round, on the clock of the processor or that on the wall."""
    taken: list[list[tuple[float, float]]] = [[] for _ in simulations]
    for turn in range(-1, ROUNDS):  # the first one only warms up
        for s, pairs in zip(simulations, taken, strict=True):
            level = levels(s.scenario, s.places, 0)
            begun, processor = time.perf_counter(), time.process_time()
            advance(s.world, level)
            pair = time.perf_counter() - begun, time.process_time() - processor
            if turn >= 0:
                pairs.append(pair)
    return [row(s, pairs, on_wall) for s, pairs in zip(simulations, taken, strict=True)]


def row(s: Simulation, pairs: Sequence[tuple[float, float]], on_wall: bool) -> Row:
    """Return the figures of one world: the median month with its 90% interval by order statistics.

    Others on the machine disturb the processor's clock less; only that on the wall can tell what several threads gain.
    """
    w = s.world
    people, live = len(w.state.people.interest), (w.state.ties.stage > 0) & (w.state.ties.stage < LATENT)
    own = (*w.state.people, *w.state.ties)
    rest = (*w.state.hosts, *w.state.regions, *w.state.census)
    times = sorted(wall if on_wall else processor for wall, processor in pairs)
    edge = order(len(times))
    return {
        "people": people,
        "places": len(w.places),
        "threads": w.crew.threads,
        "passes": quickest(w) is QUICK,
        "ties": float(live.sum()) / people,
        "tied": float(live.any(axis=1).mean()),
        "bytes_people": sum(c.nbytes for c in own) / people,
        "bytes": sum(c.nbytes for c in (*own, *rest)) / people,
        "seconds": median(times),
        "low": times[edge],
        "high": times[-1 - edge],
        "wall": median(wall for wall, _ in pairs),
        "ns": median(times) / people * 1e9,
    }


def order(n: int) -> int:
    """Return k so that the (k+1)th smallest and largest of n values enclose their median in 90% of cases or more."""
    k, tail = 0, 0.5**n
    while k + 1 < n // 2 and tail + math.comb(n, k + 1) * 0.5**n <= (1.0 - LEVEL) / 2.0:
        k += 1
        tail += math.comb(n, k) * 0.5**n
    return k


def exponent(x: Sequence[float], y: Sequence[float]) -> tuple[float, float, float]:
    """Return the slope of log y on log x with its interval; NaN where there are fewer than three points."""
    if len(x) < 3:
        return math.nan, math.nan, math.nan
    a, b = np.log(np.asarray(x, float)), np.log(np.asarray(y, float))
    centred = a - a.mean()
    slope = float((centred * b).sum() / (centred**2).sum())
    residual = b - b.mean() - slope * centred
    spread = math.sqrt(float((residual**2).sum()) / (len(a) - 2) / float((centred**2).sum()))
    half = student_t(LEVEL, len(a) - 2) * spread
    return slope, slope - half, slope + half


def growth(most: float) -> Mapping[str, Any]:
    """Return the series of months by people, places, ties and threads, up to so many people."""
    prefectures = load_places("prefectures")
    fixed = min(FIXED, most)
    by_people = [settled(n, prefectures) for n in PEOPLE if n <= most]
    found = {"people": clock(by_people)}
    large = [r for r in found["people"] if r["people"] >= 0.99 * FITTED_FROM]
    last, people = by_people[-1], found["people"][-1]["people"]
    found["threads"] = clock(
        [settled(people, prefectures, threads=t, like=last) for t in THREADS], on_wall=True
    )
    del by_people, last
    found["places"] = clock([settled(fixed, sampled(number)) for number in PLACES])
    found["ties"] = clock([settled(fixed, prefectures, looking) for looking in LOOKING])
    fit = exponent([r["people"] for r in large], [r["seconds"] for r in large])
    whole = exponent([r["people"] for r in found["people"]], [r["seconds"] for r in found["people"]])
    return {**found, "exponent": fit, "exponent_whole_range": whole}
