"""AgentPy: people and hubs as agents in lists, counts as recorded variables of the model."""

import agentpy as ap
from rules import GAIN, HIGHEST_SET_POINT, KEEP, KICK, LOST, PLACES, RETURN, TRIP, capacities


class Person(ap.Agent):
    """Somebody with an interest and a tie."""

    def setup(self, home):
        """Draw the set point."""
        self.home = home
        self.set_point = self.model.random.uniform(0, HIGHEST_SET_POINT)
        self.interest = self.set_point
        self.strength = 0.0

    def act(self):
        """Drift, let the tie decay, and perhaps travel."""
        random = self.model.random
        x = self.interest + RETURN * (self.set_point - self.interest) + random.uniform(-KICK, KICK)
        self.interest = min(max(x, 0.0), 1.0)
        self.strength *= KEEP
        if self.strength < LOST:
            self.strength = 0.0
        if random.random() < TRIP * self.interest**2 and self.model.hubs[random.randrange(PLACES)].receive():
            self.strength += GAIN * (1 - self.strength)


class Hub(ap.Agent):
    """A place of limited capacity."""

    def setup(self, capacity):
        """Begin empty."""
        self.capacity = capacity
        self.visitors = self.contacts = 0

    def open(self):
        """Begin a step: how many were here last time sets the chance of a contact."""
        self.chance = self.capacity / (self.capacity + self.visitors)
        self.visitors = self.contacts = 0

    def receive(self):
        """Count a visitor, and return whether there is a contact."""
        self.visitors += 1
        met = self.model.random.random() < self.chance
        self.contacts += met
        return met


class Model(ap.Model):
    """People visit hubs."""

    def setup(self):
        """Make people and hubs."""
        n = self.p.people
        self.people = ap.AgentList(self, n, Person, home=ap.AttrIter([i * PLACES // n for i in range(n)]))
        self.hubs = ap.AgentList(self, PLACES, Hub, capacity=ap.AttrIter(capacities(n)))

    def step(self):
        """Advance one step and keep its counts."""
        self.hubs.open()
        self.people.act()
        tied = [0] * PLACES
        for person in self.people:
            if person.strength > 0:
                tied[person.home] += 1
        self.record("visitors", list(self.hubs.visitors))
        self.record("contacts", list(self.hubs.contacts))
        self.record("tied", tied)


def make(people, seed):
    """Return a model before its first step."""
    model = Model({"people": people, "seed": seed})
    model.sim_setup()
    return model


def step(model):
    """Advance one step and keep its counts."""
    model.sim_step()


def records(model):
    """Return visitors and contacts by place and ties by home, a row a step."""
    return (model.log[name] for name in ("visitors", "contacts", "tied"))


def columns(model):
    """Return interest and strength of everybody."""
    return list(model.people.interest), list(model.people.strength)
