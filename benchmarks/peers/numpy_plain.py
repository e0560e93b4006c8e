"""NumPy: whole columns at a time, travellers by index."""

import numpy as np
from rules import GAIN, HIGHEST_SET_POINT, KEEP, KICK, LOST, PLACES, RETURN, TRIP, capacities

F = np.float32


class Model:
    """People as columns of 32-bit floats."""

    def __init__(self, people, seed):
        self.rng = np.random.default_rng(seed)
        self.home = (np.arange(people) * PLACES // people).astype(np.int8)
        self.set_point = F(HIGHEST_SET_POINT) * self.rng.random(people, F)
        self.interest = self.set_point.copy()
        self.strength = np.zeros(people, F)
        self.capacity = np.array(capacities(people))
        self.visitors, self.contacts, self.tied = [np.zeros(PLACES, int)], [], []

    def step(self):
        """Everybody in turn: drift, decay, trip, contact; then the counts."""
        rng, x, s = self.rng, self.interest, self.strength
        chance = self.capacity / (self.capacity + self.visitors[-1])
        x += F(RETURN) * (self.set_point - x) + F(2 * KICK) * (rng.random(len(x), F) - F(0.5))
        np.clip(x, 0, 1, out=x)
        s *= F(KEEP)
        s[s < F(LOST)] = 0
        travellers = np.flatnonzero(rng.random(len(x), F) < F(TRIP) * x * x)
        place = rng.integers(PLACES, size=len(travellers))
        met = rng.random(len(travellers)) < chance[place]
        s[travellers[met]] += F(GAIN) * (1 - s[travellers[met]])
        self.visitors.append(np.bincount(place, minlength=PLACES))
        self.contacts.append(np.bincount(place[met], minlength=PLACES))
        self.tied.append(np.bincount(self.home[s > 0], minlength=PLACES))


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
