"""What the census of 7.20 counts, and the state, as the columns that `sim/state.py` documents."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference.start import DIRECT, HOBBY, World
from sim.state import AGES

Columns = dict[str, NDArray[Any]]


def people(world: World) -> Columns:
    """Return the columns of people."""
    rows = world.people
    return {
        "interest": np.array([person.x for person in rows]),
        "setpoint": np.array([person.x0_level for person in rows]),
        "mobility": np.array([person.f_level for person in rows]),
        "openness": np.array([person.v_level for person in rows]),
        "skill": np.array([person.skill for person in rows]),
    }


def ties(world: World) -> Columns:
    """Return the columns of ties (N, 3); `stage` is 0 where a slot is free, and the rest is 0 there too."""
    shape = (len(world.people), 3)
    columns: Columns = {
        name: np.zeros(shape, np.int64) for name in ("stage", "place", "born", "kind", "visits")
    }
    columns["host"], columns["strength"] = np.full(shape, -1), np.zeros(shape)
    for i, person in enumerate(world.people):
        for k, tie in enumerate(person.slots):
            if tie:
                columns["stage"][i, k], columns["place"][i, k] = tie.stage, tie.place
                columns["strength"][i, k], columns["born"][i, k] = tie.q, tie.born
                columns["host"][i, k] = -1 if tie.host is None else tie.host
                columns["kind"][i, k], columns["visits"][i, k] = tie.start + 8 * tie.near, tie.visits
    return columns


def hosts(world: World) -> Columns:
    """Return the columns of hosts."""
    rows = world.hosts
    return {
        "status": np.array([host.status for host in rows]),
        "capacity": np.array([host.c for host in rows]),
        "exhaustion": np.array([host.B for host in rows]),
        "openness": np.array([host.w for host in rows]),
        "minutes": np.array([host.L for host in rows]),
        "ties": np.array([host.n for host in rows]),
    }


def regions(world: World) -> Columns:
    """Return the columns of places."""
    rows = world.places
    return {
        "needs": np.array([place.N for place in rows]),
        "slots": np.array([place.K for place in rows]),
        "understanding": np.array([place.U for place in rows]),
        "demand": np.array([place.D for place in rows]),
        "taken": np.array([place.T for place in rows]),
        "expired": np.array([place.X for place in rows]),
    }


def census(world: World) -> Columns:
    """Return the counts of people and ties."""
    R = len(world.places)
    home, stages = np.zeros((R, 10), np.int64), np.zeros((R, 7), np.int64)
    reached, ages = np.zeros(R, np.int64), np.zeros((6, 2, AGES), np.int64)
    for person in world.people:
        row = home[person.home]
        visiting = [tie for tie in person.live if tie.visiting]
        row[0] += bool(visiting)
        row[1] += bool(person.live) and not visiting
        row[2] += person.x < 0.2
        row[3] += bool(person.live)
        if visiting:
            main = max(visiting, key=lambda tie: tie.q)  # the first of equals
            row[4 + main.stage - HOBBY] += 1
        row[8] += any(tie.stage == DIRECT for tie in person.live)
        row[9] += len(visiting)
        for tie in person.slots:
            if tie:
                stages[tie.place, tie.stage] += 1
        for tie in person.live:
            age = world.month - tie.born
            ages[tie.start, int(tie.near), min(age, AGES - 1)] += 1
            reached[tie.place] += tie.start in (2, 3, 4, 5) and age == 36
    return {
        "home": home,
        "stages": stages,
        "participants": np.array([place.participants for place in world.places]),
        "reached": reached,
        "neighbours": np.array(world.neighbours),
        "ages": ages,
        "hosted": np.array([host.n for host in world.hosts]),
    }


def tally(world: World) -> Columns:
    """Return the counts of what happened this month."""
    spells = np.zeros((6, 2, AGES), np.int64)
    for begun_as, near, age in world.spells:
        spells[begun_as, int(near), min(age, AGES - 1)] += 1
    names = ("searchers", "met", "taken", "unmatched", "started", "returned", "ended", "visits")
    columns = {name: np.array([getattr(place, name) for place in world.places]) for name in names}
    return {
        **columns,
        "work": np.array([[int(2 * work) for work in place.work] for place in world.places]),
        "spells": spells,
    }
