"""The census of one block: types by skill are counted in one small table a place, which is unfolded at the end."""

from __future__ import annotations

import math

import numpy as np

from sim.jit import helper, kernel
from sim.mechanisms.census import LASTING_MONTHS, recommends
from sim.numeric import share_of
from sim.state import (
    AGES,
    COMMUNITY_BIT,
    DIRECT,
    DIRECT_PEOPLE,
    EXCHANGE,
    FREE,
    HOBBY,
    HOME_TIES,
    LATENT,
    MAIN_HOBBY,
    MARK_COMMUNITY,
    MARK_NEAR,
    MARK_RECOMMEND,
    MARK_ROOTS,
    MARK_SHORT,
    NONVISITING,
    OLDEST,
    ONLINE,
    SHORT_BIT,
    SKILLS,
    SLOTS,
    START_BITS,
    TIED,
    VISITING,
    WELLBEING,
)
from sim.ties import born_at, has_roots, is_near

CLASSES = 64
"""Numbers of a place in the table of types by skill: type s and skill k in column 8 s + k, a row in four lines of the cache."""


@helper
def count_ties(n, b, h, month, interest, born, reached, neighbours, ages, hosted, classes, marks):
    """Count n ties of people of home h (`census`)."""
    st, place, host, kind, skill, age, q = b.st, b.place, b.host, b.kind, b.skill, b.age, b.strength
    x, likes, person = b.x0, b.contacts, b.person
    for t in range(n):
        x[t] = interest[np.uint64(person[t])]
    for t in range(n):
        likes[t] = recommends(x[t], np.float64(q[t]))
    for t in range(n):
        s, r, bits = np.uint64(st[t]), np.uint64(place[t]), kind[t]
        live, start, months = 1 if FREE < s < LATENT else 0, bits & START_BITS, min(age[t], AGES - 1)
        visiting, online = 1 if HOBBY <= s < LATENT else 0, 1 if s == ONLINE else 0
        classes[r, 8 * s + np.uint64(skill[t])] += 1
        neighbours[h, r] += live
        ages[start, is_near(bits), months] += live
        marks[r, MARK_NEAR] += visiting * is_near(bits)
        marks[r, MARK_ROOTS] += visiting * (1 if has_roots(bits) else 0)
        marks[r, MARK_SHORT] += visiting * (1 if bits & SHORT_BIT else 0)
        marks[r, MARK_COMMUNITY] += online * (1 if bits & COMMUNITY_BIT else 0)
        marks[r, MARK_RECOMMEND] += visiting * likes[t]
        hosted[np.uint64(host[t])] += 1 if EXCHANGE <= s < LATENT else 0
        if months == LASTING_MONTHS and start >= HOBBY:
            reached[r] += live
        if age[t] > OLDEST:
            born[np.uint64(b.slot[t])] = born_at(month, age[t])


@helper
def count_people(n, rows, usual, mains, stage, strength, wellbeing, home):
    """Count people by their ties (`census`); columns flat, `home` the row of their home."""
    tied, visiting, direct_people, visiting_ties, gained = 0, 0, 0, 0, 0.0
    for which in range(LATENT + 1):
        mains[which] = 0
    for j in range(n):
        f = np.uint64(SLOTS) * np.uint64(rows[j])
        live, direct, main, most = 0, 0, np.int64(0), np.float32(-1.0)
        for k in range(SLOTS):
            st, q = np.int64(stage[f + np.uint64(k)]), strength[f + np.uint64(k)]
            visits = 1 if HOBBY <= st < LATENT else 0
            live |= 1 if FREE < st < LATENT else 0
            direct |= 1 if st == DIRECT else 0
            visiting_ties += visits
            more = visits > 0 and q > most
            main, most = (st, q) if more else (main, most)
        tied += live
        direct_people += direct
        mains[main] += 1
        gain = math.floor(1e6 * (share_of(wellbeing[np.uint64(rows[j])]) - usual) + 0.5)
        visiting += 1 if main > 0 else 0
        gained += gain if main > 0 else 0.0
    home[TIED] += tied
    home[VISITING] += visiting
    home[NONVISITING] += tied - visiting
    home[DIRECT_PEOPLE] += direct_people
    home[HOME_TIES] += visiting_ties
    home[WELLBEING] += np.int64(gained)
    for which in range(HOBBY, LATENT):
        home[MAIN_HOBBY + which - HOBBY] += mains[which]


@kernel
def unfold(lo, hi, classes, stages, participants):
    """Add the ties to places [lo, hi), counted by type and skill, to the columns of the census."""
    for r in range(lo, hi):
        for st in range(ONLINE, LATENT + 1):
            for s in range(SKILLS):
                n = classes[r, 8 * st + s]
                stages[r, st] += n
                if EXCHANGE <= st < LATENT:
                    participants[r, st - EXCHANGE, s] += n
