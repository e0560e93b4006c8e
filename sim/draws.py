"""Addressed random numbers: the same address gives the same number, on any thread, in any order.

Philox4x32-10, the counter-based generator of Salmon et al. (2011), "Parallel random numbers: as easy as
1, 2, 3". The key is the seed; the counter is (id, month, stream + 65536 * part, 0). Four numbers per address.
The same person in the same month draws the same number in every scenario.

Decisions that few people pass are screened first: the leading byte of their number comes from a block of 16
people (counter (id // 16, month, stream, 1)), the rest from the person's own address, drawn only if needed.
"""

from __future__ import annotations

import math

import numpy as np

from sim.jit import helper, inlined

# One stream a decision: numbers are never shared between mechanisms (MODEL.md 4.4).
TRAITS = 1
TURNOVER = 2
SEARCH = 3
ROLE = 4
ONLINE = 5
VISIT = 6
LEAVE = 7
STEP = 8
RETURN = 9
HANDOVER = 10
HOST_TRAITS = 11
HOST = 12
FAMILY = 13
MOVE = 14
PLACE = 15
TRIP = 16

_SCREENED = 1024
"""Rows whose leading bytes are drawn together."""

_M0 = np.uint64(0xD2511F53)
_M1 = np.uint64(0xCD9E8D57)
_W0 = np.uint64(0x9E3779B9)
_W1 = np.uint64(0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
_UNIT = 2.0**-32


@inlined
def philox(c0, c1, c2, c3, k0, k1):
    """Return four 32-bit words (as uint64) for a counter of four words and a key of two (all uint64)."""
    for _ in range(10):
        p0 = _M0 * c0
        p1 = _M1 * c2
        c0, c1, c2, c3 = (p1 >> _SHIFT) ^ c1 ^ k0, p1 & _LOW, (p0 >> _SHIFT) ^ c3 ^ k1, p0 & _LOW
        k0 = (k0 + _W0) & _LOW
        k1 = (k1 + _W1) & _LOW
    return c0, c1, c2, c3


@helper
def draw(seed, stream, month, person, part):
    """Return four numbers, uniform in (0, 1), for an address.

    Args:
        seed: Seed of the run, 0 to 2**64 - 1 (uint64).
        stream: One of the constants above.
        month: Month since the start of the burn-in.
        person: Row of the person or host.
        part: Place of the tie + 1, or 0: a person has at most one tie with a place.
    """
    key = np.uint64(seed)
    w0, w1, w2, w3 = philox(
        np.uint64(person),
        np.uint64(month),
        np.uint64(stream + 65536 * np.int64(part)),
        np.uint64(0),
        key & _LOW,
        key >> _SHIFT,
    )
    return (
        (np.float64(w0) + 0.5) * _UNIT,
        (np.float64(w1) + 0.5) * _UNIT,
        (np.float64(w2) + 0.5) * _UNIT,
        (np.float64(w3) + 0.5) * _UNIT,
    )


@helper
def lead_words(seed, stream, month, person):
    """Return the four words that hold the leading bytes of the block of 16 people around a person."""
    key = np.uint64(seed)
    block = np.uint64(person) >> np.uint64(4)
    return philox(block, np.uint64(month), np.uint64(stream), np.uint64(1), key & _LOW, key >> _SHIFT)


@helper
def lead_byte(words, person):
    """Return a person's leading byte (0-255) out of the words of the block."""
    which = (person >> 2) & 3
    word = words[0]
    if which == 1:
        word = words[1]
    elif which == 2:
        word = words[2]
    elif which == 3:
        word = words[3]
    return np.int64((word >> np.uint64(8 * (person & 3))) & np.uint64(255))


@helper
def fill_draws(n, seed, stream, month, rows, parts, u0, u1, u2, u3):
    """Fill the first n of four columns with `draw(seed, stream, month, rows[t], parts[t])`, as vector code."""
    key = np.uint64(seed)
    k0, k1, c1, c2 = key & _LOW, key >> _SHIFT, np.uint64(month), np.uint64(stream)
    for t in range(n):
        part = np.uint64(65536) * np.uint64(parts[t])
        w0, w1, w2, w3 = philox(np.uint64(rows[t]), c1, c2 + part, np.uint64(0), k0, k1)
        u0[t] = (np.float64(w0) + 0.5) * _UNIT
        u1[t] = (np.float64(w1) + 0.5) * _UNIT
        u2[t] = (np.float64(w2) + 0.5) * _UNIT
        u3[t] = (np.float64(w3) + 0.5) * _UNIT


@helper
def fill_two(n, seed, stream, month, rows, parts, u0, u1):
    """Fill the first n of two columns with the first two numbers of `fill_draws`."""
    key = np.uint64(seed)
    k0, k1, c1, c2 = key & _LOW, key >> _SHIFT, np.uint64(month), np.uint64(stream)
    for t in range(n):
        part = np.uint64(65536) * np.uint64(parts[t])
        w0, w1, _, _ = philox(np.uint64(rows[t]), c1, c2 + part, np.uint64(0), k0, k1)
        u0[t] = (np.float64(w0) + 0.5) * _UNIT
        u1[t] = (np.float64(w1) + 0.5) * _UNIT


@helper
def fill_leads(lo, hi, seed, stream, month, words):
    """Fill `words` so that the bytes of words, from byte lo % 16 on, are the leading bytes of rows [lo, hi)."""
    key = np.uint64(seed)
    k0, k1, c1, c2 = key & _LOW, key >> _SHIFT, np.uint64(month), np.uint64(stream)
    first = lo >> 4
    for t in range(((hi - 1) >> 4) - first + 1):
        w0, w1, w2, w3 = philox(np.uint64(first + t), c1, c2, np.uint64(1), k0, k1)
        words[4 * t], words[4 * t + 1], words[4 * t + 2], words[4 * t + 3] = w0, w1, w2, w3


@helper
def screen():
    """Return room for the leading bytes of `_SCREENED` rows, and for a list of rows."""
    return np.zeros(_SCREENED // 4 + 8, np.uint32), np.zeros(_SCREENED, np.int64)


@helper
def list_low(lo, hi, seed, stream, month, below, words, rows):
    """List the rows of [lo, hi) whose leading byte is below a number; return how many, and all leading bytes."""
    fill_leads(lo, hi, seed, stream, month, words)
    leads, limit, n = words.view(np.uint8)[lo & 15 :], math.ceil(below), 0
    for j in range(hi - lo):
        rows[n] = lo + j
        n += leads[j] < limit  # whole numbers on both sides: the same answer, sooner
    return n, leads
