"""Strength, wellbeing, leaving, deepening and census in one walk over the people (MODEL.md 3.2)."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.arrays import F64
from sim.contact import Care, care_of_hosts
from sim.draws import LEAVE, STEP, fill_two
from sim.groups_people import Strength, Wellbeing
from sim.jit import kernel
from sim.mechanisms.deepening import Calls, calls_of_month
from sim.mechanisms.leaving import Reasons, reasons_of_month
from sim.mechanisms.strength import fading
from sim.numeric import block_of, exp
from sim.passes.blocks import BLOCK, HAIR, blocks, list_tied, list_ties
from sim.passes.changes import leave_all, step_all
from sim.passes.counts import CLASSES, count_people, count_ties, unfold
from sim.passes.growth import enjoy_all, fetch, grow_all, settle_all
from sim.state import HOBBY, ONLINE
from sim.world import World


class Cap(NamedTuple):
    """No hazard of leaving is larger than steady host + more, but for those whom a disaster brought."""

    steady: F64
    """By type of tie (7,)."""
    host: F64
    """What the host does to it at most, for ties with one (A,)."""
    more: F64
    """What is added, by type of tie (7,)."""


class Keeping(NamedTuple):
    """What the mechanisms of this pass need to know."""

    strength: Strength
    slower: float
    wellbeing: Wellbeing
    care: Care
    fading: F64
    openness: F64
    reasons: Reasons
    cap: Cap
    calls: Calls
    most: F64
    """No hazard of a step is larger, by type of tie (7,)."""


@kernel
def keep(
    b, lo, hi, seed, month, rules, starts, people, ties, ended, spells, taken, turned,
    home, marks, reached, neighbours, ages, hosted, classes,
):  # fmt: skip
    """Let the ties of people [lo, hi) grow, end and deepen, and count them."""
    h, first = block_of(starts, lo), lo
    stage, place, strength = ties.stage.reshape(-1), ties.place.reshape(-1), ties.strength.reshape(-1)
    while first < hi:
        while first >= starts[h + 1]:
            h += 1
        last = min(first + BLOCK, starts[h + 1], hi)
        settle_all(first, last, rules.wellbeing, people.wellbeing)
        tied = list_tied(first, last, stage, b.in_use, b.rows)
        n, _ = list_ties(tied, b.rows, stage, place, b.person, b.slot, b.part, b.sleeping)
        if n > 0:
            fetch(n, b, month, people, ties)
            grow_all(
                n, b, rules.strength, rules.slower, rules.care, rules.fading, rules.openness, people, ties
            )
            enjoy_all(n, b, rules.wellbeing, people.wellbeing)
            fill_two(n, seed, LEAVE, month, b.person, b.part, b.u0, b.u1)
            leave_all(n, b, seed, month, rules.reasons, rules.cap, ties, ended, spells)
            fill_two(n, seed, STEP, month, b.person, b.part, b.u0, b.u1)
            step_all(n, b, seed, month, rules.most, rules.calls, people, ties, taken, turned)
            count_ties(
                n, b, h, month, people.interest, ties.born.reshape(-1), reached, neighbours, ages, hosted, classes, marks
            )  # fmt: skip
            count_people(
                tied, b.rows, rules.wellbeing.usual, b.mains, stage, strength, people.wellbeing, home[h]
            )
        first = last


def most_steps(c: Calls) -> F64:
    """Return a number by type of tie (7,) that no hazard of a step exceeds."""
    p, touched = c.p, float(c.touched.max())
    slow = max(p.online_community, p.online_transactional)
    most = np.array([
        0.0,
        c.help_online.max() + slow * 2.3 * c.followed.max(),
        c.help_hobby.max() + p.hobby_to_exchange * c.invited.max() * 1.3 * touched,
        p.exchange_to_direct * touched + p.exchange_to_work + p.down_exchange,
        p.down_involved,
        p.down_involved,
        0.0,
    ])  # fmt: skip
    return most * HAIR


def cap_of_exits(why: Reasons) -> Cap:
    """Return bounds of the hazards of leaving: for weak ties with far places that offer nothing to do (E14)."""
    p, asked = why.p, float(why.fee.max() + why.duty.max())
    idle = math.exp(0.5 * p.no_room)
    return Cap(
        steady=HAIR * np.array([*why.base[: ONLINE + 1], *(idle * why.base[HOBBY:]), 0.0]),
        host=exp(why.strain),
        more=HAIR * np.array([0.0, 0.0, 0.0, asked, asked + p.mismatch, asked, 0.0]),
    )


def keeping(w: World) -> None:
    """Let ties grow, end and deepen, and count them."""
    p, calls, reasons = w.parameters, calls_of_month(w), reasons_of_month(w)
    rules = Keeping(
        strength=p.strength,
        slower=p.roots.slower_fading,
        wellbeing=p.wellbeing,
        care=care_of_hosts(w),
        fading=fading(w),
        openness=w.tables.openness,
        reasons=reasons,
        cap=cap_of_exits(reasons),
        calls=calls,
        most=most_steps(calls),
    )
    flows = [[getattr(x, name) for x in w.tallies] for name in ("ended", "spells", "taken", "turned")]
    counts = [
        [getattr(x, name) for x in w.counts]
        for name in ("home", "marks", "reached", "neighbours", "ages", "hosted")
    ]
    r = len(w.places)
    classes = [np.zeros((r, CLASSES), np.int32) for _ in w.counts]
    w.crew.each(
        keep, np.uint64(w.seed), w.month, rules, w.geometry.starts, w.state.people, w.state.ties,
        rooms=blocks(w), tallies=[*flows, *counts, classes],
    )  # fmt: skip
    counted = w.counts[0]
    unfold(0, r, classes[0], counted.stages, counted.participants)
