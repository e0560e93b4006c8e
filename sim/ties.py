"""How a tie slot is filled, ended and emptied: the one way to do each."""

from __future__ import annotations

import numpy as np

from sim.arrays import I64, U8
from sim.draws import FAMILY, draw
from sim.jit import helper, inlined
from sim.numeric import find
from sim.state import (
    AGES,
    DIRECT,
    EXCHANGE,
    FREE,
    LATENT,
    MONTHS,
    NEAR_BIT,
    OLDEST,
    ROOTS_BIT,
    SLOTS,
    START_BITS,
    WORK,
)


@inlined
def is_near(kind):
    """Return 1 for a tie with a place within an hour, else 0."""
    return 1 if kind & NEAR_BIT else 0


@inlined
def has_roots(kind):
    """Return whether a tie leads to the place of one's family or former home."""
    return (kind & ROOTS_BIT) != 0


@inlined
def age_of(month, born):
    """Return the age of a spell in months, 0 to 255; `born` is a month modulo 256."""
    return (month - np.int64(born)) & (MONTHS - 1)


@inlined
def born_at(month, age):
    """Return `born` of a live tie of an age, before it is too long ago to be told from a recent month."""
    return (month - min(age, OLDEST)) & (MONTHS - 1)


def ages(month: int, born: U8) -> I64:
    """Return `age_of` for a whole column."""
    return np.bitwise_and(month - born.astype(np.int64), MONTHS - 1)


@helper
def family_place(i, home, seed, share, family_cdf, pull):
    """Return the place where the household of row i has family, or -1 (FAMILY, the same in every month)."""
    u0, u1, _, _ = draw(seed, FAMILY, 0, i, 0)
    if u0 >= share:
        return -1
    r = find(family_cdf, 0, len(family_cdf), u1)
    return r if pull[home, r] > 0.0 else -1


@helper
def slot_for(i, r, stage, place, strength):
    """Return the slot in which person i would begin a tie with place r, or -1 if there is none.

    A live tie with r already: -1. A latent one with r: its slot. Else the first free slot, else that of
    the weakest latent tie.
    """
    best = -1
    weakest = 2.0
    for k in range(SLOTS):
        if stage[i, k] == FREE:
            score = -1.0
        elif place[i, k] == r:
            return k if stage[i, k] == LATENT else -1
        elif stage[i, k] == LATENT:
            score = np.float64(strength[i, k])
        else:
            continue
        if score < weakest:
            best, weakest = k, score
    return best


@helper
def has_room(i, stage):
    """Return whether person i has a free or latent slot."""
    for k in range(SLOTS):
        if stage[i, k] == FREE or stage[i, k] == LATENT:
            return True
    return False


@helper
def is_tied(i, stage):
    """Return whether person i has a live tie."""
    for k in range(SLOTS):
        if FREE < stage[i, k] < LATENT:
            return True
    return False


@helper
def pick_host(r, u, host_starts, host_cdf):
    """Return a host of place r who takes new ties (E10), or -1 if there is none."""
    lo, hi = host_starts[r], host_starts[r + 1]
    if hi == lo or host_cdf[hi - 1] <= 0.0:
        return -1
    return find(host_cdf, lo, hi, u)


@helper
def role(p, u):
    """Return the type of a new tie with a role (E7)."""
    if u < p.exchange:
        return EXCHANGE
    return WORK if u < p.exchange + p.work else DIRECT


@helper
def begin(i, k, r, new_stage, q, a, flags, month, stage, place, strength, host, born, kind):
    """Begin a spell of a tie between person i and place r in slot k; flags are bits of `kind`."""
    stage[i, k] = new_stage
    place[i, k] = r
    strength[i, k] = q
    host[i, k] = a
    born[i, k] = month & (MONTHS - 1)
    kind[i, k] = new_stage + flags


@helper
def end(i, k, u, kept, month, stage, place, strength, host, born, kind, ended, spells):
    """End a live tie: with probability kept * min(1, 2 q) it sleeps, else the slot is free (E16)."""
    r = place[i, k]
    age = min(age_of(month, born[i, k]), AGES - 1)
    ended[r] += 1
    spells[kind[i, k] & START_BITS, is_near(kind[i, k]), age] += 1
    host[i, k] = -1
    if u < kept * min(1.0, 2.0 * np.float64(strength[i, k])):
        stage[i, k] = LATENT
    else:
        clear(i, k, stage, place, strength, host)


@helper
def depart(i, month, stage, place, strength, host, born, kind, ended, spells):
    """End all live ties of person i, who is gone, and empty the slots."""
    for k in range(SLOTS):
        if FREE < stage[i, k] < LATENT:
            end(i, k, 1.0, 0.0, month, stage, place, strength, host, born, kind, ended, spells)
        clear(i, k, stage, place, strength, host)


@helper
def clear(i, k, stage, place, strength, host):
    """Empty a slot."""
    stage[i, k] = FREE
    place[i, k] = -1
    strength[i, k] = 0.0
    host[i, k] = -1
