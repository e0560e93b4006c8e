"""LASER: people in a LaserFrame, one component with a Numba kernel, counts a thread, as in LASER's own models."""
# ruff: noqa: NPY002 (the Generator is not for Numba's kernels)

import laser.core.random
import numba as nb
import numpy as np
from laser.core import LaserFrame
from rules import GAIN, HIGHEST_SET_POINT, KEEP, KICK, LOST, PLACES, RETURN, TRIP, capacities


@nb.njit(nogil=True, parallel=True, cache=True)
def nb_step(chance, home, set_point, interest, strength, visitors, contacts, tied):
    """Take everybody through a step; a row of counts for each thread."""
    for i in nb.prange(len(interest)):
        thread = nb.get_thread_id()
        x = interest[i] + RETURN * (set_point[i] - interest[i]) + np.random.uniform(-KICK, KICK)
        x = min(max(x, 0.0), 1.0)
        s = strength[i] * KEEP
        if s < LOST:
            s = 0.0
        if np.random.random() < TRIP * x * x:
            place = np.random.randint(PLACES)
            visitors[thread, place] += 1
            if np.random.random() < chance[place]:
                contacts[thread, place] += 1
                s += GAIN * (1.0 - s)
        if s > 0.0:
            tied[thread, home[i]] += 1
        interest[i] = x
        strength[i] = s


class Ties:
    """The only component: interest, trips, contacts and ties."""

    def __init__(self, model):
        people, count = model.people, model.people.count
        people.add_scalar_property("home", np.int8)
        people.add_scalar_property("set_point", np.float32)
        people.add_scalar_property("interest", np.float32)
        people.add_scalar_property("strength", np.float32)
        people.home[:] = np.arange(count) * PLACES // count
        people.set_point[:] = model.prng.random(count, np.float32) * np.float32(HIGHEST_SET_POINT)
        people.interest[:] = people.set_point
        self.capacity = np.array(capacities(count))

    def __call__(self, model, tick):
        """Advance one tick and keep its counts."""
        people = model.people
        chance = self.capacity / (self.capacity + model.visitors[-1])
        counts = np.zeros((3, nb.get_num_threads(), PLACES), np.int64)
        nb_step(chance, people.home, people.set_point, people.interest, people.strength, *counts)
        model.visitors.append(counts[0].sum(axis=0))
        model.contacts.append(counts[1].sum(axis=0))
        model.tied.append(counts[2].sum(axis=0))


class Model:
    """People and the components they go through."""

    def __init__(self, people, seed):
        self.prng = laser.core.random.seed(seed)
        self.people = LaserFrame(people)
        self.visitors, self.contacts, self.tied = [np.zeros(PLACES, np.int64)], [], []
        self.phases = [Ties(self)]
        self.tick = 0

    def step(self):
        """Run all components."""
        for phase in self.phases:
            phase(self, self.tick)
        self.tick += 1


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
    return model.people.interest, model.people.strength
