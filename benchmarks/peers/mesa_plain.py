"""Mesa: people and hubs as agents, a data collector for the counts."""

import mesa
from rules import GAIN, HIGHEST_SET_POINT, KEEP, KICK, LOST, PLACES, RETURN, TRIP, capacities


class Person(mesa.Agent):
    """Somebody with an interest and a tie."""

    def __init__(self, model, home):
        super().__init__(model)
        self.home = home
        self.set_point = self.random.uniform(0, HIGHEST_SET_POINT)
        self.interest = self.set_point
        self.strength = 0.0

    def step(self):
        """Drift, let the tie decay, and perhaps travel."""
        x = self.interest + RETURN * (self.set_point - self.interest) + self.random.uniform(-KICK, KICK)
        self.interest = min(max(x, 0.0), 1.0)
        self.strength *= KEEP
        if self.strength < LOST:
            self.strength = 0.0
        if self.random.random() < TRIP * self.interest**2 and self.random.choice(self.model.hubs).receive():
            self.strength += GAIN * (1 - self.strength)


class Hub(mesa.Agent):
    """A place of limited capacity."""

    def __init__(self, model, capacity):
        super().__init__(model)
        self.capacity = capacity
        self.visitors = self.contacts = 0

    def open(self):
        """Begin a step: how many were here last time sets the chance of a contact."""
        self.chance = self.capacity / (self.capacity + self.visitors)
        self.visitors = self.contacts = 0

    def receive(self):
        """Count a visitor, and return whether there is a contact."""
        self.visitors += 1
        met = self.random.random() < self.chance
        self.contacts += met
        return met


class Model(mesa.Model):
    """People visit hubs."""

    def __init__(self, people, seed):
        super().__init__(rng=seed)
        self.people = Person.create_agents(self, people, [i * PLACES // people for i in range(people)])
        self.hubs = list(Hub.create_agents(self, PLACES, capacities(people)))
        self.datacollector = mesa.DataCollector(
            {
                "visitors": lambda model: [hub.visitors for hub in model.hubs],
                "contacts": lambda model: [hub.contacts for hub in model.hubs],
                "tied": Model.count_tied,
            }
        )

    def count_tied(self):
        """Return how many have a tie, by home."""
        tied = [0] * PLACES
        for person in self.people:
            if person.strength > 0:
                tied[person.home] += 1
        return tied

    def step(self):
        """Advance one step and keep its counts."""
        self.agents_by_type[Hub].do("open")
        self.people.do("step")
        self.datacollector.collect(self)


def make(people, seed):
    """Return a model before its first step."""
    return Model(people, seed)


def step(model):
    """Advance one step and keep its counts."""
    model.step()


def records(model):
    """Return visitors and contacts by place and ties by home, a row a step."""
    return (model.datacollector.model_vars[name] for name in ("visitors", "contacts", "tied"))


def columns(model):
    """Return interest and strength of everybody."""
    return model.people.get("interest"), model.people.get("strength")
