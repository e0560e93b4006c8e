"""Interest, search and online for the people of one block."""

from __future__ import annotations

import numpy as np

from sim.draws import ONLINE as ONLINE_STREAM
from sim.draws import SEARCH, fill_draws, fill_leads
from sim.jit import helper
from sim.mechanisms.interest import drifted
from sim.mechanisms.online import support
from sim.mechanisms.search import look_around, looks
from sim.state import FREE


@helper
def drift_all(first, last, forgetting, push, school, setpoints, setpoint, interest, x0):
    """Move the interest of people [first, last) of one home (`interest`)."""
    for j in range(last - first):
        x0[j] = setpoints[setpoint[first + j]]
    block = interest[first:last]
    for j in range(last - first):
        block[j] = drifted(np.float64(block[j]), x0[j], forgetting, push, school)


@helper
def list_eager(first, last, more, most, least, eager, mobility, interest, leads, in_use, hazard, rows):
    """List people [first, last) whose leading byte allows the chance of their hazard; return how many.

    Whoever has a slot in use may have `most` times the hazard, others have `least` times.

    Their hazards are left in `hazard`, in the order of the people.
    """
    for j in range(last - first):
        hazard[j] = eager[mobility[first + j]]
    block = interest[first:last]
    for j in range(last - first):
        hazard[j] = more * hazard[j] * np.float64(block[j])
    n, shift = 0, first & 15
    for j in range(last - first):
        rows[n] = first + j
        n += leads[shift + j] < 256.0 * hazard[j] * (most if in_use[j] != FREE else least)
    return n


@helper
def search_all(first, last, home, seed, month, offers, b, people, ties, found):
    """Let people [first, last) of one home look for a place (`search`)."""
    fill_leads(first, last, seed, SEARCH, month, b.words)
    leads, shift, n = b.words.view(np.uint8), first & 15, 0
    more, eager = offers.more[home], offers.eager
    most = max(offers.again, offers.called)
    candidates = list_eager(
        first,
        last,
        more,
        most,
        offers.called,
        eager,
        people.mobility,
        people.interest,
        leads,
        b.in_use,
        b.x0,
        b.person,
    )
    for t in range(candidates):
        b.part[t] = 0
    fill_draws(candidates, seed, SEARCH, month, b.person, b.part, b.u0, b.u1, b.u2, b.u3)
    for t in range(candidates):
        i = np.int64(b.person[t])
        b.person[n], b.u1[n], b.u2[n], b.u3[n] = b.person[t], b.u1[t], b.u2[t], b.u3[t]
        lead = np.int64(leads[shift + i - first])
        n += looks(offers.again, offers.called, i, lead, b.x0[i - first], b.u0[t], ties.stage)
    look_around(
        n, b.person, home, seed, month, offers, b.u1, b.u2, b.u3, people.skill, people.interest,
        ties.stage, ties.place, ties.strength, ties.host, ties.born, ties.kind, *found,
    )  # fmt: skip


@helper
def support_all(first, last, home, seed, month, screens, b, people, ties, searchers, started, returned):
    """Let people [first, last) of one home find a place to support without visiting (`online`)."""
    fill_leads(first, last, seed, ONLINE_STREAM, month, b.words)
    leads = b.words.view(np.uint8)
    n = list_eager(
        first,
        last,
        screens.more[home],
        1.0,
        1.0,
        screens.eager,
        people.mobility,
        people.interest,
        leads,
        b.in_use,
        b.x0,
        b.person,
    )
    shift = first & 15
    for t in range(n):
        i = np.int64(b.person[t])
        support(
            screens, i, home, np.int64(leads[shift + i - first]), b.x0[i - first], seed, month, people.interest,
            ties.stage, ties.place, ties.strength, ties.host, ties.born, ties.kind, searchers, started, returned,
        )  # fmt: skip
