"""Strength, wellbeing, leaving, deepening and census in one walk over the people (MODEL.md 3.2)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.arrays import F64
from sim.contact import Care, care_of_hosts
from sim.draws import LEAVE, STEP, fill_draws
from sim.groups_people import Strength, Wellbeing
from sim.jit import kernel
from sim.mechanisms.deepening import Calls, calls_of_month
from sim.mechanisms.leaving import Reasons, reasons_of_month
from sim.mechanisms.strength import fading
from sim.numeric import block_of
from sim.passes.blocks import BLOCK, blocks, list_tied, list_ties
from sim.passes.changes import leave_all, step_all
from sim.passes.counts import KINDS, count_people, count_ties, unfold
from sim.passes.growth import enjoy_all, fetch, grow_all, settle_all
from sim.state import (
    SKILLS,
)  # fmt: skip
from sim.world import World


class Keeping(NamedTuple):
    """What the mechanisms of this pass need to know."""

    strength: Strength
    slower: float
    wellbeing: Wellbeing
    care: Care
    fading: F64
    openness: F64
    reasons: Reasons
    calls: Calls
    most: F64
    """No hazard of a step is larger, by type of tie (7,)."""


@kernel
def keep(
    b, lo, hi, seed, month, rules, starts, people, ties, ended, spells, taken, turned,
    home, reached, neighbours, ages, hosted, classes, praise,
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
            fill_draws(n, seed, LEAVE, month, b.person, b.part, b.u0, b.u1, b.u2, b.u3)
            leave_all(n, b, month, rules.reasons, people, ties, ended, spells)
            fill_draws(n, seed, STEP, month, b.person, b.part, b.u0, b.u1, b.u2, b.u3)
            step_all(n, b, rules.most, rules.calls, people, ties, taken, turned)
            count_ties(
                n, b, h, month, people.interest, ties.born.reshape(-1), reached, neighbours, ages, hosted, classes, praise
            )  # fmt: skip
            count_people(tied, b.rows, rules.wellbeing.usual, stage, strength, people.wellbeing, home[h])
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
    return most * (1.0 + 1e-9)


def keeping(w: World) -> None:
    """Let ties grow, end and deepen, and count them."""
    p, calls = w.parameters, calls_of_month(w)
    rules = Keeping(
        strength=p.strength,
        slower=p.roots.slower_fading,
        wellbeing=p.wellbeing,
        care=care_of_hosts(w),
        fading=fading(w),
        openness=w.tables.openness,
        reasons=reasons_of_month(w),
        calls=calls,
        most=most_steps(calls),
    )
    flows = [[getattr(x, name) for x in w.tallies] for name in ("ended", "spells", "taken", "turned")]
    counts = [
        [getattr(x, name) for x in w.counts] for name in ("home", "reached", "neighbours", "ages", "hosted")
    ]
    r = len(w.places)
    classes = [np.zeros((r, 7 * SKILLS * KINDS), np.int32) for _ in w.counts]
    praise = [np.zeros(r, np.int64) for _ in w.counts]
    w.crew.each(
        keep, np.uint64(w.seed), w.month, rules, w.geometry.starts, w.state.people, w.state.ties,
        rooms=blocks(w), tallies=[*flows, *counts, classes, praise],
    )  # fmt: skip
    counted = w.counts[0]
    unfold(0, r, classes[0], praise[0], counted.stages, counted.participants, counted.marks)
