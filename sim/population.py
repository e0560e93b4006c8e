"""The initial condition: people and hosts drawn from their addresses, no ties yet (MODEL.md 5)."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.draws import HOST_TRAITS, TRAITS, draw
from sim.groups import Parameters
from sim.jit import helper, kernel
from sim.numeric import steps_of
from sim.state import ACTIVE, SIDES, SKILLS, SLOTS, YEAR, Hosts, People, Regions, State, Ties
from sim.traits import LEVELS, TraitTables
from sim.world import Geometry, empty_census

POSTS, MOTIVATION, GUIDE_SKILL = 0.8, 0.55, 0.5
"""Guides before the first month: posts filled, motivation, skill."""


@helper
def new_person(i, seed, month, setpoints, usual, interest, wellbeing, setpoint, mobility, openness, skill):
    """Draw the traits of person i, who appears in a month, and set interest and wellbeing to their usual levels."""
    u0, u1, u2, u3 = draw(seed, TRAITS, month, i, 0)
    setpoint[i] = int(u0 * LEVELS)
    mobility[i] = int(u1 * LEVELS)
    openness[i] = int(u2 * LEVELS)
    skill[i] = int(u3 * SKILLS)
    interest[i] = setpoints[setpoint[i]]
    wellbeing[i] = steps_of(usual)


@helper
def new_host(a, seed, month, capacities, opennesses, capacity, openness, exhaustion):
    """Draw the hours and openness of host a, who appears in a month, rested."""
    u0, u1, _, _ = draw(seed, HOST_TRAITS, month, a, 0)
    capacity[a] = capacities[int(u0 * len(capacities))]
    openness[a] = opennesses[int(u1 * len(opennesses))]
    exhaustion[a] = 0.0


@kernel
def draw_people(lo, hi, seed, setpoints, usual, interest, wellbeing, setpoint, mobility, openness, skill):
    """Draw all people of the start."""
    for i in range(lo, hi):
        new_person(i, seed, 0, setpoints, usual, interest, wellbeing, setpoint, mobility, openness, skill)


@kernel
def draw_hosts(lo, hi, seed, capacities, opennesses, capacity, openness, exhaustion):
    """Draw all hosts of the start."""
    for a in range(lo, hi):
        new_host(a, seed, 0, capacities, opennesses, capacity, openness, exhaustion)


def build(shape: Geometry, tables: TraitTables, parameters: Parameters, seed: int) -> State:
    """Return the state before the first month of the burn-in."""
    n, a = int(shape.starts[-1]), int(shape.host_starts[-1])
    r = len(shape.units)
    people, hosts = _people(n), _hosts(a)
    draw_people(0, n, np.uint64(seed), tables.setpoint, parameters.wellbeing.usual, *people)
    draw_hosts(
        0,
        a,
        np.uint64(seed),
        tables.capacity,
        tables.host_openness,
        hosts.capacity,
        hosts.openness,
        hosts.exhaustion,
    )
    return State(
        month=0,
        people=people,
        ties=_ties(n),
        hosts=hosts,
        regions=_regions(shape, parameters),
        census=empty_census(r, a),
    )


def _people(n: int) -> People:
    def column(kind: Any = np.uint8) -> Any:
        return np.zeros(n, kind)

    return People(
        interest=column(np.float32),
        wellbeing=column(np.uint16),
        setpoint=column(),
        mobility=column(),
        openness=column(),
        skill=column(),
    )


def _ties(n: int) -> Ties:
    def column(kind: Any, value: int = 0) -> Any:
        return np.full((n, SLOTS), value, kind)

    return Ties(
        stage=column(np.uint8),
        place=column(np.int16, -1),
        strength=column(np.float32),
        host=column(np.int32, -1),
        born=column(np.uint8),
        kind=column(np.uint8),
        visits=column(np.uint8),
    )


def _hosts(a: int) -> Hosts:
    return Hosts(
        status=np.full(a, ACTIVE, np.uint8),
        capacity=np.zeros(a, np.float32),
        exhaustion=np.zeros(a, np.float32),
        openness=np.zeros(a, np.float32),
        minutes=np.zeros(a, np.int32),
        past=np.zeros((a, YEAR), np.uint16),
        ties=np.zeros(a, np.int32),
    )


def _regions(shape: Geometry, parameters: Parameters) -> Regions:
    r, room = len(shape.units), parameters.room
    inflow = room.inflow * 4e-4 * shape.adults
    outflow = room.giving_up + room.disclosure * parameters.openness.mean
    needs = np.repeat((inflow / max(outflow, 1e-9))[:, None], SKILLS, axis=1)
    return Regions(
        needs=needs,
        slots=np.repeat(inflow[:, None], SKILLS, axis=1),
        understanding=np.full(r, parameters.hosting.understanding),
        demand=np.repeat((60.0 * shape.units)[:, None], SKILLS, axis=1),
        taken=np.zeros(r),
        expired=np.zeros(r),
        demand_online=60.0 * shape.units,
        visited=np.zeros(r),
        lead=np.full(r, parameters.leading.usual),
        posts=np.full((r, SIDES), POSTS),
        motivation=np.full((r, SIDES), MOTIVATION),
        guide_skill=np.full((r, SIDES), GUIDE_SKILL),
        link=np.full(r, parameters.encounter.guide_link),
        money=np.zeros(r),
        service=np.ones(r),
        closed=np.zeros(r, np.uint8),
        own_feet=np.zeros(r, np.int32),
        shifted=np.zeros(r),
        newcomers=np.zeros((r, YEAR), np.int32),
    )
