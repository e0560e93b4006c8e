"""Interest, search, online, handover, latent and visiting in one walk over the people (MODEL.md 3.2)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.arrays import F64, U8
from sim.draws import VISIT, fill_two
from sim.jit import kernel
from sim.mechanisms.census import INDIFFERENT_BELOW, clear_counts
from sim.mechanisms.handover import passing
from sim.mechanisms.interest import pushes
from sim.mechanisms.latent import Memory, memory_of_month
from sim.mechanisms.online import Screens, screens_of_month
from sim.mechanisms.search import Offers, offers_of_month
from sim.mechanisms.visiting import Trips, trips_of_month
from sim.numeric import block_of
from sim.passes.blocks import BLOCK, HAIR, blocks, list_tied, list_ties
from sim.passes.looking import drift_all, search_all, support_all
from sim.passes.visits import forget_visits, pass_on_all, remember_all, travel_all
from sim.state import INDIFFERENT
from sim.world import World


class Meeting(NamedTuple):
    """What the mechanisms of this pass need to know."""

    forgetting: float
    push: F64
    school: F64
    setpoints: F64
    offers: Offers
    keenest: float
    """No level of mobility has a larger hazard to look for a place."""
    screens: Screens
    fondest: float
    """Nor one to look for a place to support."""
    loss: float
    moves: F64
    leaving: U8
    """1 where a host's ties may pass on (A,)."""
    status: U8
    memory: Memory
    trips: Trips


@kernel
def meet(
    b, lo, hi, seed, month, rules, starts, people, ties, searchers, searchers_online, met, taken, unmatched, started,
    returned, ended, spells, visited, work, minutes, pooled, home, stages,
):  # fmt: skip
    """Let people [lo, hi) look for places, and their ties pass on, return and bring visits."""
    h, first = block_of(starts, lo), lo
    stage, place, interest = ties.stage.reshape(-1), ties.place.reshape(-1), people.interest
    while first < hi:
        while first >= starts[h + 1]:
            h += 1
        last = min(first + BLOCK, starts[h + 1], hi)
        drift_all(
            first, last, rules.forgetting, rules.push[h], rules.school[h], rules.setpoints, people.setpoint, interest,
            b.x0,
        )  # fmt: skip
        list_tied(first, last, stage, b.in_use, b.rows)
        search_all(
            first, last, h, seed, month, rules.offers, rules.keenest, b, people, ties,
            (searchers, met, taken, unmatched, started, returned),
        )  # fmt: skip
        support_all(
            first, last, h, seed, month, rules.screens, rules.fondest, b, people, ties, searchers_online, started,
            returned,
        )  # fmt: skip
        indifferent = np.int64(0)
        for i in range(first, last):
            indifferent += np.float64(interest[i]) < INDIFFERENT_BELOW
        home[h, INDIFFERENT] += indifferent
        tied = list_tied(first, last, stage, b.in_use, b.rows)
        n, m = list_ties(tied, b.rows, stage, place, b.person, b.slot, b.part, b.sleeping)
        n, m = pass_on_all(
            n, m, b, seed, month, rules.loss, rules.moves, rules.leaving, rules.status, rules.memory, ties, ended, spells,
        )  # fmt: skip
        n = remember_all(n, m, b, seed, month, rules.memory, people, ties, stages, returned, taken, unmatched)
        forget_visits(tied, b.rows, ties.visits.reshape(-1))
        fill_two(n, seed, VISIT, month, b.person, b.part, b.u0, b.u1)
        travel_all(n, b, h, rules.trips, people, ties, visited, work, minutes, pooled)
        first = last


def meeting(w: World) -> None:
    """Let people look for places, and ties pass on, return and bring visits; begin the month's census."""
    clear_counts(w)
    push, school = pushes(w)
    offers, screens, moves = offers_of_month(w), screens_of_month(w), passing(w)
    rules = Meeting(
        forgetting=w.parameters.interest.forgetting,
        push=push,
        school=school,
        setpoints=w.tables.setpoint,
        offers=offers,
        keenest=HAIR * float(offers.eager.max()),
        screens=screens,
        fondest=HAIR * float(screens.eager.max()),
        loss=w.parameters.succession.handover_loss,
        moves=moves,
        leaving=(moves >= 0.0).astype(np.uint8),
        status=w.state.hosts.status,
        memory=memory_of_month(w),
        trips=trips_of_month(w),
    )
    names = (
        "searchers", "searchers_online", "met", "taken", "unmatched", "started", "returned", "ended", "spells",
        "visits", "work", "minutes", "pooled",
    )  # fmt: skip
    flows = [[getattr(x, name) for x in w.tallies] for name in names]
    w.crew.each(
        meet, np.uint64(w.seed), w.month, rules, w.geometry.starts, w.state.people, w.state.ties,
        rooms=blocks(w), tallies=[*flows, [x.home for x in w.counts], [x.stages for x in w.counts]],
    )  # fmt: skip
