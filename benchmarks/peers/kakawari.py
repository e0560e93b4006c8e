"""Ours: columns of people, Numba kernels, Philox numbers by address; the same bits in every run.

People go through in tiles that fit the processor's nearest cache. Loops without branches are left to its vector unit:
random numbers, interest, strength, and who may travel, judged by the leading byte of the decision. Only those few
(6 in 100) get numbers of their own, which settle the trip, the place and the contact.
"""

import numba
import numpy as np
from rules import GAIN, HIGHEST_SET_POINT, KEEP, KICK, LOST, PLACES, RETURN, TRIP, capacities, first_residents

from sim import draws
from sim.jit import kernel, roomy_kernel

F, U = np.float32, np.uint64
TILE = 8192
EVERY = np.arange(TILE, dtype=np.uint32)
SET_POINT, DRIFT, LEAD, VISIT = range(4)  # streams of random numbers

UNIT, LOW, WORD = 2.0**-32, U(0xFFFFFFFF), U(32)
BACK, KEPT, LEAST, LIFT = F(RETURN), F(KEEP), F(LOST), F(GAIN)
LEVEL = F(HIGHEST_SET_POINT / 256)  # set points are levels of one byte
STEP, MIDDLE = F(2 * KICK / 65536), F(65535 / 2)  # kicks are levels of two bytes
CHANCE = F(256 * TRIP)  # in units of the leading byte
ZERO, HALF, ONE = F(0), F(0.5), F(1)

philox = numba.njit(draws.philox.py_func, inline="always")


@kernel
def numbers(first, ids, seed, step, stream, words):
    """Draw four words for each address first + ids; unsigned indices let the compiler use vectors."""
    for j in range(U(len(ids))):
        address = (U(first) + U(ids[j])) & LOW
        w = philox(address, U(step) & LOW, U(stream) & LOW, U(0), U(seed) & LOW, U(seed) >> WORD)
        words[U(4) * j] = w[0]
        words[U(4) * j + U(1)] = w[1]
        words[U(4) * j + U(2)] = w[2]
        words[U(4) * j + U(3)] = w[3]


@kernel
def drift(set_point, kick, interest):
    """Move interest towards its set point, and kick it."""
    for i in range(len(interest)):
        goal = (F(set_point[i]) + HALF) * LEVEL
        x = interest[i] + BACK * (goal - interest[i]) + (F(kick[i]) - MIDDLE) * STEP
        interest[i] = min(max(x, ZERO), ONE)


@kernel
def fade(strength):
    """Let ties decay."""
    for i in range(len(strength)):
        s = strength[i] * KEPT
        strength[i] = s if s >= LEAST else ZERO


@kernel
def screen(lead, interest, may):
    """Mark who may travel."""
    for i in range(len(interest)):
        may[i] = F(lead[i]) < CHANCE * interest[i] * interest[i]


@kernel
def marked(may, ids):
    """List the marked, and return how many they are."""
    found = U(0)
    for i in range(U(len(may))):
        ids[found] = i
        found += U(may[i])
    return found


@kernel
def visit(ids, words, lead, interest, chance, strength, visitors, contacts):
    """Settle trip, place and contact of those who may travel."""
    for j in range(len(ids)):
        i = ids[j]
        travels = lead[i] + words[4 * j] * UNIT < CHANCE * interest[i] * interest[i]
        place = (U(words[4 * j + 1]) * U(PLACES)) >> WORD
        meets = travels & (words[4 * j + 2] * UNIT < chance[place])
        visitors[place] += travels
        contacts[place] += meets
        strength[i] += F(meets) * LIFT * (ONE - strength[i])


@kernel
def ties(strength):
    """Return how many have a tie."""
    n = np.int32(0)
    for i in range(len(strength)):
        n += np.int32(strength[i] > ZERO)
    return n


@roomy_kernel
def sweep(seed, step, chance, homes, set_point, interest, strength, visitors, contacts, tied):
    """Take everybody through a step, tile by tile."""
    kicks, leads, own = (
        np.empty(TILE // 2, np.uint32),
        np.empty(TILE // 4, np.uint32),
        np.empty(4 * TILE, np.uint32),
    )
    may, listed = np.empty(TILE, np.bool_), np.empty(TILE + 1, np.uint32)
    kick, lead = kicks.view(np.uint16), leads.view(np.uint8)
    for lo in range(0, len(interest), TILE):
        hi = min(lo + TILE, len(interest))
        x, s = interest[lo:hi], strength[lo:hi]
        numbers(lo // 8, EVERY[: (len(x) + 7) // 8], seed, step, DRIFT, kicks)
        numbers(lo // 16, EVERY[: (len(x) + 15) // 16], seed, step, LEAD, leads)
        drift(set_point[lo:hi], kick, x)
        fade(s)
        screen(lead, x, may)
        ids = listed[: marked(may[: len(x)], listed)]
        numbers(lo, ids, seed, step, VISIT, own)
        visit(ids, own, lead, x, chance, s, visitors, contacts)
    for h in range(PLACES):
        tied[h] = ties(strength[homes[h] : homes[h + 1]])


class Model:
    """People as columns: a byte of set point, four of interest, four of strength."""

    def __init__(self, people, seed):
        blocks = np.arange((people + 15) // 16, dtype=np.uint32)
        words = np.empty(4 * len(blocks), np.uint32)
        numbers(0, blocks, seed, 0, SET_POINT, words)
        self.seed, self.homes = seed, np.array(first_residents(people))
        self.set_point = words.view(np.uint8)[:people].copy()
        self.interest = (self.set_point + HALF) * LEVEL
        self.strength = np.zeros(people, F)
        self.capacity = np.array(capacities(people))
        self.visitors, self.contacts, self.tied = [np.zeros(PLACES, int)], [], []

    def step(self):
        """Advance one step and keep its counts."""
        chance = self.capacity / (self.capacity + self.visitors[-1])
        counts = np.zeros((3, PLACES), int)
        sweep(
            self.seed,
            len(self.tied) + 1,
            chance,
            self.homes,
            self.set_point,
            self.interest,
            self.strength,
            *counts,
        )
        for record, row in zip((self.visitors, self.contacts, self.tied), counts, strict=True):
            record.append(row)


def make(people, seed):
    """Return a model before its first step."""
    return Model(people, seed)


def step(model):
    """Advance one step and keep its counts."""
    model.step()


def records(model):
    """Return visitors and contacts by place and ties by home, a row a step."""
    return model.visitors, model.contacts, model.tied


def columns(model):
    """Return interest and strength of everybody."""
    return model.interest, model.strength
