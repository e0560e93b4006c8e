"""Census: people and ties are counted anew at the end of each month; no total is kept beside them.

A person is visiting with at least one tie that brings visits, non-visiting with only ties without, indifferent
with interest under 0.2. The main tie is the strongest one that brings visits (the survey counts each person once).

| symbol | here |
|---|---|
| b, beta_0 | people.wellbeing, wellbeing.usual |

Reads people, ties. Writes census, hosts.ties. Draws nothing. MODEL.md 7.28.
"""

from __future__ import annotations

import math

import numpy as np

from sim.jit import helper, inlined, kernel
from sim.numeric import block_of, share_of
from sim.state import (
    AGES,
    COMMUNITY_BIT,
    DIRECT,
    DIRECT_PEOPLE,
    EXCHANGE,
    FREE,
    HOBBY,
    HOME_TIES,
    INDIFFERENT,
    LATENT,
    MAIN_HOBBY,
    MARK_COMMUNITY,
    MARK_NEAR,
    MARK_RECOMMEND,
    MARK_ROOTS,
    MARK_SHORT,
    NONVISITING,
    ONLINE,
    SHORT_BIT,
    SLOTS,
    START_BITS,
    TIED,
    VISITING,
    WELLBEING,
)  # fmt: skip
from sim.ties import age_of, born_at, has_roots, is_near
from sim.world import World

INDIFFERENT_BELOW = 0.2
LASTING_MONTHS = 36


@helper
def main_tie(i, stage, strength):
    """Return the slot of person i's strongest visiting tie, or -1."""
    best = -1
    for k in range(SLOTS):
        if HOBBY <= stage[i, k] <= DIRECT and (best < 0 or strength[i, k] > strength[i, best]):
            best = k
    return best


@inlined
def recommends(x, q):
    """Return 1 for somebody who would recommend the place, -1 for a critic, else 0 (mGAP)."""
    score = 10.0 * (0.2 * x + 0.8 * q)
    return (1 if score >= 7.5 else 0) - (1 if score < 5.5 else 0)


@kernel
def count_indifferent(lo, hi, starts, interest, home):
    """Count the indifferent among people [lo, hi)."""
    h = block_of(starts, lo)
    for i in range(lo, hi):
        while i >= starts[h + 1]:
            h += 1
        home[h, INDIFFERENT] += np.float64(interest[i]) < INDIFFERENT_BELOW


@kernel
def count(
    lo, hi, rows, month, usual, starts, interest, wellbeing, skill, stage, place, strength, host, born, kind,
    home, stages, participants, marks, reached, neighbours, ages, hosted,
):  # fmt: skip
    """Count people rows[lo:hi] by their ties, and the ties."""
    h = block_of(starts, rows[lo])
    for j in range(lo, hi):
        i = rows[j]
        while i >= starts[h + 1]:
            h += 1
        live, direct = 0, 0
        for k in range(SLOTS):
            st = stage[i, k]
            if st == FREE:
                continue
            r = place[i, k]
            stages[r, st] += 1
            if st == LATENT:
                continue
            live += 1
            neighbours[h, r] += 1
            age = age_of(month, born[i, k])
            born[i, k], age = born_at(month, age), min(age, AGES - 1)
            bits = kind[i, k]
            start = bits & START_BITS
            ages[start, is_near(bits), age] += 1
            if age == LASTING_MONTHS and start >= HOBBY:
                reached[r] += 1
            if st == ONLINE:
                marks[r, MARK_COMMUNITY] += 1 if bits & COMMUNITY_BIT else 0
                continue
            home[h, HOME_TIES] += 1
            marks[r, MARK_NEAR] += is_near(bits)
            marks[r, MARK_ROOTS] += 1 if has_roots(bits) else 0
            marks[r, MARK_SHORT] += 1 if bits & SHORT_BIT else 0
            marks[r, MARK_RECOMMEND] += recommends(np.float64(interest[i]), np.float64(strength[i, k]))
            if st >= EXCHANGE:
                participants[r, st - EXCHANGE, skill[i]] += 1
                hosted[host[i, k]] += 1
            if st == DIRECT:
                direct = 1
        if live == 0:
            continue
        home[h, TIED] += 1
        home[h, DIRECT_PEOPLE] += direct
        k = main_tie(i, stage, strength)
        if k < 0:
            home[h, NONVISITING] += 1
        else:
            home[h, VISITING] += 1
            home[h, WELLBEING] += math.floor(1e6 * (share_of(wellbeing[i]) - usual) + 0.5)
            home[h, MAIN_HOBBY + stage[i, k] - HOBBY] += 1


def clear_counts(w: World) -> None:
    """Set this month's counts to nothing."""
    for copy in w.counts:
        for column in copy:
            column[...] = 0


def publish(w: World) -> None:
    """Make this month's counts known to the mechanisms of the next month."""
    for name, kept in w.state.census._asdict().items():
        kept[...] = getattr(w.counts[0], name)
    w.state.hosts.ties[...] = w.state.census.hosted


def census(w: World) -> None:
    """Count people and ties."""
    t, people = w.state.ties, w.state.people
    clear_counts(w)
    homes = [copy.home for copy in w.counts]
    w.crew.each(count_indifferent, w.geometry.starts, people.interest, tallies=[homes])
    w.crew.each_tied(
        count, w.month, w.parameters.wellbeing.usual, w.geometry.starts, people.interest, people.wellbeing, people.skill,
        t.stage, t.place, t.strength, t.host, t.born, t.kind,
        tallies=[list(copies) for copies in zip(*w.counts, strict=True)],
    )  # fmt: skip
    publish(w)
