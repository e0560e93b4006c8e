"""What the census of 7.28 counts, and the state, as columns: a row a person, host or place."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference.state import DIRECT, HOBBY, Person, World

Columns = dict[str, NDArray[Any]]

AGES = 121
"""Ages from 0 to 120; above 120 counts as 120."""


def people(world: World) -> Columns:
    """Return the columns of people."""
    rows = world.people
    return {
        "interest": np.array([person.x for person in rows]),
        "wellbeing": np.array([round(65535 * person.b) for person in rows]),
        "setpoint": np.array([person.x0_level for person in rows]),
        "mobility": np.array([person.f_level for person in rows]),
        "openness": np.array([person.v_level for person in rows]),
        "skill": np.array([person.skill for person in rows]),
    }


def ties(world: World) -> Columns:
    """Return the columns of ties (N, 3); `stage` is 0 where a slot is free, and the rest is 0 there too.

    What the model packs into one column is here a column each: start, near, roots, community, short_lived.
    """
    shape = (len(world.people), 3)
    whole = ("stage", "place", "born", "visits", "start", "near", "roots", "community", "short_lived")
    columns: Columns = {name: np.zeros(shape, np.int64) for name in whole}
    columns["host"], columns["strength"] = np.full(shape, -1), np.zeros(shape)
    for i, person in enumerate(world.people):
        for k, tie in enumerate(person.slots):
            if tie:
                for name in whole:
                    columns[name][i, k] = getattr(tie, name)
                columns["strength"][i, k] = tie.q
                columns["host"][i, k] = -1 if tie.host is None else tie.host
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
        "demand_online": np.array([place.D_V for place in rows]),
        "lead": np.array([place.R for place in rows]),
        "visits": np.array([place.visits_before for place in rows]),
        "moved_budget": np.array([place.v for place in rows]),
        "newcomers": np.array([newcomers(world, place.r) for place in rows]),
    }


def newcomers(world: World, r: int) -> list[int]:
    """Return the newcomers of the last 12 months: entry m mod 12 is that of month m."""
    months = range(world.month - 11, world.month + 1)
    counted = {month % 12: world.places[r].newcomers[month] for month in months}
    return [counted[k] for k in range(12)]


def guides(world: World) -> Columns:
    """Return the columns of guides, (R, 2) with the city's side first, and of the link between the sides."""
    sides = [place.guides for place in world.places]
    names = {"filled": "F", "motivation": "m", "skill": "z"}
    columns = {
        name: np.array([[getattr(g, of) for g in both] for both in sides]) for name, of in names.items()
    }
    return {**columns, "link": np.array([place.chi for place in world.places])}


def bodies(world: World) -> Columns:
    """Return the columns of private bodies."""
    rows = [place.body for place in world.places]
    return {
        "money": np.array([body.money for body in rows]),
        "service": np.array([body.sv for body in rows]),
        "closed": np.array([body.closed for body in rows]),
        "own_feet": np.array([body.feet for body in rows]),
    }


def census(world: World) -> Columns:
    """Return the counts of people and ties."""
    R = len(world.places)
    home, stages = np.zeros((R, 10), np.int64), np.zeros((R, 7), np.int64)
    reached, ages = np.zeros(R, np.int64), np.zeros((6, 2, AGES), np.int64)
    gain, mgap_home, mgap_place = np.zeros(R, np.int64), np.zeros(R, np.int64), np.zeros(R, np.int64)
    for person in world.people:
        _person(home[person.home], person)
        visiting = [tie for tie in person.live if tie.visiting]
        if visiting:
            gain[person.home] += math.floor(1e6 * (person.b - world.p.beta_0) + 1 / 2)
        for tie in visiting:
            score = round(10 * (0.2 * person.x + 0.8 * tie.q))
            mgap = int(score >= 8) - int(score <= 5)
            mgap_home[person.home] += mgap
            mgap_place[tie.place] += mgap
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
        "sorts": np.array([place.sorts for place in world.places]),
        "reached": reached,
        "neighbours": np.array(world.neighbours),
        "ages": ages,
        "hosted": np.array([host.n for host in world.hosts]),
        "gain": gain,
        "recommenders_by_home": mgap_home,
        "recommenders_by_place": mgap_place,
    }


def _person(row: NDArray[Any], person: Person) -> None:
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


def tally(world: World) -> Columns:
    """Return the counts of what happened this month."""
    spells = np.zeros((6, 2, AGES), np.int64)
    for begun_as, near, age in world.spells:
        spells[begun_as, int(near), min(age, AGES - 1)] += 1
    names = ("searchers", "searchers_online", "met", "taken", "unmatched", "started", "returned", "ended")
    columns = {
        name: np.array([getattr(place, name) for place in world.places])
        for name in (*names, "visits", "stepped")
    }
    return {
        **columns,
        "newcomers": np.array([place.newcomers[world.month] for place in world.places]),
        "work": np.array([[int(2 * work) for work in place.work] for place in world.places]),
        "spells": spells,
    }


def chances(world: World) -> Columns:
    """Return what people and hosts meet this month, for a look at where two readings part."""
    names = ("p_enc", "p_G", "p_H", "p_E", "p_V", "found", "q_new", "p_K", "room", "S")
    return {
        **{name: np.array([getattr(place, name) for place in world.places]) for name in names},
        "P": np.array(world.P),
        "P_V": np.array(world.P_V),
        "pi": np.array([host.pi for host in world.hosts]),
        "attention": np.array([host.att for host in world.hosts]),
        **{
            f"level {name}": np.array([p.levels[name] for p in world.places])
            for name in world.places[0].levels
        },
    }
