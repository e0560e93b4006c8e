"""Starsim: one module with states, and a distribution for each decision (with common random numbers, as it comes)."""

import numpy as np
import starsim as ss
from rules import GAIN, HIGHEST_SET_POINT, KEEP, KICK, LOST, PLACES, RETURN, TRIP, capacities

MOST_STEPS = 5000


class Ties(ss.Module):
    """Interest, trips, contacts and ties."""

    def __init__(self):
        super().__init__()
        self.define_pars(
            kick=ss.uniform(-KICK, KICK),
            trip=ss.bernoulli(p=lambda self, sim, uids: TRIP * self.interest[uids] ** 2),
            place=ss.randint(PLACES),
            contact=ss.bernoulli(p=lambda self, sim, uids: self.chance[self.place]),
        )
        self.define_states(
            ss.FloatArr("set_point", default=ss.uniform(0, HIGHEST_SET_POINT)),
            ss.FloatArr("interest"),
            ss.FloatArr("strength", default=0.0),
            ss.IntArr("home"),
        )
        self.visitors, self.contacts, self.tied = [np.zeros(PLACES, int)], [], []

    def init_post(self):
        """Set interest, homes and capacities."""
        super().init_post()
        people = len(self.sim.people)
        self.interest[:] = self.set_point.values
        self.home[:] = np.arange(people) * PLACES // people
        self.capacity = np.array(capacities(people))

    def step(self):
        """Drift, decay, trips and contacts."""
        x, s = self.interest.values, self.strength.values * KEEP
        kick = self.pars.kick.rvs(self.sim.people.auids)
        self.interest[:] = np.clip(x + RETURN * (self.set_point.values - x) + kick, 0, 1)
        self.strength[:] = np.where(s < LOST, 0, s)
        self.chance = self.capacity / (self.capacity + self.visitors[-1])
        travellers = self.pars.trip.filter()
        self.place = self.pars.place.rvs(travellers)
        met = self.pars.contact.rvs(travellers)
        self.strength[travellers[met]] += GAIN * (1 - self.strength[travellers[met]])
        self.visitors.append(np.bincount(self.place, minlength=PLACES))
        self.contacts.append(np.bincount(self.place[met], minlength=PLACES))

    def update_results(self):
        """Count ties by home."""
        super().update_results()
        self.tied.append(np.bincount(self.home.values[self.strength.values > 0], minlength=PLACES))


def make(people, seed):
    """Return a model before its first step."""
    return ss.Sim(
        n_agents=people, modules=Ties(), start=2000, dur=MOST_STEPS, rand_seed=seed, verbose=0
    ).init()


def step(model):
    """Advance one step and keep its counts."""
    model.run_one_step()


def records(model):
    """Return visitors and contacts by place and ties by home, a row a step."""
    ties = model.get_module(Ties)
    return ties.visitors, ties.contacts, ties.tied


def columns(model):
    """Return interest and strength of everybody."""
    ties = model.get_module(Ties)
    return ties.interest.values, ties.strength.values
