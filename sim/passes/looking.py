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
    block, levels = interest[first:last], setpoint[first:last]
    for j in range(last - first):
        x0[j] = setpoints[levels[j]]
    for j in range(last - first):
        block[j] = drifted(np.float64(block[j]), x0[j], forgetting, push, school)


@helper
def list_keen(first, last, free, tied, interest, leads, in_use, low, rows):
    """List people [first, last) whose leading byte allows the largest hazard at their interest; return how many.

    `free` and `tied` are 256 times the largest hazard at an interest of 1, without and with a slot in use (float32).
    """
    block = interest[first:last]
    for j in range(last - first):
        low[j] = np.float32(leads[j]) < (tied if in_use[j] != FREE else free) * block[j]
    n = 0
    for j in range(last - first):
        rows[n] = first + j
        n += low[j]
    return n


@helper
def list_eager(n, first, more, tied, free, eager, mobility, interest, leads, in_use, hazard, rows):
    """Keep those of n people in rows whose leading byte allows the chance of their hazard; return how many.

    Whoever has a slot in use may have `tied` times the hazard, others have `free` times. Hazards are left beside the rows.
    """
    kept = 0
    for t in range(n):
        i = np.uint64(rows[t])
        j = i - np.uint64(first)
        h = more * eager[mobility[i]] * np.float64(interest[i])
        rows[kept], hazard[kept] = i, h
        kept += leads[j] < 256.0 * h * (tied if in_use[j] != FREE else free)
    return kept


@helper
def list_lookers(first, last, seed, stream, month, more, tied, free, top, eager, people, b):
    """List people [first, last) of one home who may look for something in b.person, their hazards in b.x0; return how many.

    `more` is what home does to a hazard, `eager` the hazard at an interest of 1 by level of mobility, `top` a hair more than the
    largest. A slot in use multiplies it by at most `tied`, none by `free`. Leading bytes are left in b.words, from first % 16 on.
    """
    fill_leads(first, last, seed, stream, month, b.words)
    leads, most = b.words.view(np.uint8)[first & 15 :], 256.0 * more * top
    n = list_keen(
        first, last, np.float32(most * free), np.float32(most * tied), people.interest, leads, b.in_use, b.low, b.person,
    )  # fmt: skip
    return list_eager(
        n, first, more, tied, free, eager, people.mobility, people.interest, leads, b.in_use, b.x0, b.person,
    )  # fmt: skip


@helper
def search_all(first, last, home, seed, month, offers, top, b, people, ties, found):
    """Let people [first, last) of one home look for a place (`search`)."""
    most, n, part = max(offers.again, offers.called), 0, b.part
    candidates = list_lookers(
        first, last, seed, SEARCH, month, offers.more[home], most, offers.called, top, offers.eager, people, b,
    )  # fmt: skip
    for t in range(candidates):
        part[t] = 0
    fill_draws(candidates, seed, SEARCH, month, b.person, part, b.u0, b.u1, b.u2, b.u3)
    person, u1, u2, u3 = b.person, b.u1, b.u2, b.u3
    leads, hazard, u0 = b.words.view(np.uint8)[first & 15 :], b.x0, b.u0
    for t in range(candidates):
        i = np.int64(person[t])
        person[n], u1[n], u2[n], u3[n] = person[t], u1[t], u2[t], u3[t]
        n += looks(offers.again, offers.called, i, np.int64(leads[i - first]), hazard[t], u0[t], ties.stage)
    look_around(
        n, person, home, seed, month, offers, u1, u2, u3, people.skill, people.interest,
        ties.stage, ties.place, ties.strength, ties.host, ties.born, ties.kind, *found,
    )  # fmt: skip


@helper
def support_all(first, last, home, seed, month, screens, top, b, people, ties, searchers, started, returned):
    """Let people [first, last) of one home find a place to support without visiting (`online`)."""
    n = list_lookers(
        first, last, seed, ONLINE_STREAM, month, screens.more[home], 1.0, 1.0, top, screens.eager, people, b,
    )  # fmt: skip
    leads, person, hazard = b.words.view(np.uint8)[first & 15 :], b.person, b.x0
    for t in range(n):
        i = np.int64(person[t])
        support(
            screens, i, home, np.int64(leads[i - first]), hazard[t], seed, month, people.interest,
            ties.stage, ties.place, ties.strength, ties.host, ties.born, ties.kind, searchers, started, returned,
        )  # fmt: skip
