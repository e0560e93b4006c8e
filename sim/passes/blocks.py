"""Blocks of people small enough for the cache, and the ties of a block as plain columns side by side.

A loop that only reads tables at random places, a loop that only calculates over neighbouring numbers, and a loop that
only writes at random places are each several times faster than one that does all three: the second becomes vector
code. So a pass fetches what its ties need into the columns below, calculates, and writes back.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.arrays import F32, F64, I64, U8, U32
from sim.jit import helper
from sim.state import FREE, LATENT, SLOTS
from sim.world import World

BLOCK = 4096
"""People whose columns fit the nearest caches."""


HAIR = 1.0 + 1e-5
"""Bounds are a hair too wide, so that no rounding makes them too narrow."""


class Block(NamedTuple):
    """Room for the people and ties of one block, in the order of people and slots."""

    in_use: U8
    """Of each person: 0 where all slots are free."""
    low: U8
    """Of each person or tie: 1 where a number is low enough to look closer."""
    rows: U32
    """People with a slot in use."""
    person: U32
    """Row of the tie's person."""
    slot: U32
    """Flat row of the tie: slot k of person i is 3 i + k."""
    part: U32
    """Place + 1: part of the address of a tie's numbers."""
    sleeping: U32
    """Flat rows of sleeping ties."""
    chosen: U32
    """Ties to look at closer, as numbers of the columns here."""
    u0: F64
    u1: F64
    u2: F64
    u3: F64
    st: I64
    """Type of the tie."""
    place: I64
    host: I64
    """Row of its host; 0 where there is none."""
    kind: I64
    """Bits of its kind."""
    contacts: I64
    skill: I64
    age: I64
    """Months since it began."""
    strength: F32
    x0: F64
    x1: F64
    x2: F64
    x3: F64
    x4: F64
    x5: F64
    words: U32
    """Leading bytes of a block of people."""
    mains: I64
    """Counts of people by the type of their main tie."""


def new_block() -> Block:
    """Return room for the people and ties of one block."""
    most = 2 * SLOTS * BLOCK + 1  # a tie that falls asleep is listed twice
    sizes = {"in_use": BLOCK, "rows": BLOCK + 1, "words": BLOCK // 4 + 8, "mains": LATENT + 1}
    kinds = {"in_use": np.uint8, "low": np.uint8, "strength": np.float32}
    kinds |= dict.fromkeys(("rows", "person", "slot", "part", "sleeping", "chosen", "words"), np.uint32)
    kinds |= dict.fromkeys(("st", "place", "host", "kind", "contacts", "skill", "age", "mains"), np.int64)
    return Block(*(np.zeros(sizes.get(n, most), kinds.get(n, np.float64)) for n in Block._fields))


def blocks(w: World) -> list[Block]:
    """Return one block for each worker, made once for a world."""
    if not w.crew.rooms:
        w.crew.rooms = [new_block() for _ in range(w.crew.threads)]
    return w.crew.rooms


@helper
def choose(n, low, chosen):
    """List the first n numbers that are low enough; return how many."""
    m = 0
    for t in range(n):
        chosen[m] = t
        m += low[t]
    return m


@helper
def list_tied(first, last, stage, in_use, rows):
    """List people [first, last) with a slot in use (`stage` flat); return how many."""
    block = stage[SLOTS * first : SLOTS * last]
    for j in range(last - first):
        in_use[j] = block[SLOTS * j] | block[SLOTS * j + 1] | block[SLOTS * j + 2]
    n = 0
    for j in range(last - first):
        rows[n] = first + j
        n += in_use[j] != FREE
    return n


@helper
def list_ties(people, rows, stage, place, person, slot, part, sleeping):
    """List the live ties of the first `people` of rows, and the slots of sleeping ones; return how many of each."""
    n, m = 0, 0
    for j in range(people):
        for k in range(SLOTS):
            f = np.uint32(SLOTS) * rows[j] + np.uint32(k)
            st = stage[f]
            person[n], slot[n], part[n], sleeping[m] = rows[j], f, place[f] + 1, f
            n += FREE < st < LATENT
            m += st == LATENT
    return n, m
