"""mesa-frames: people as a Polars frame, travellers by row number."""

import numpy as np
import polars as pl
from mesa_frames import AgentSetPolars, ModelDF
from rules import GAIN, HIGHEST_SET_POINT, KEEP, KICK, LOST, PLACES, RETURN, TRIP, capacities

F = np.float32


class People(AgentSetPolars):
    """Everybody, a row each."""

    def __init__(self, model, people):
        super().__init__(model)
        set_point = F(HIGHEST_SET_POINT) * model.random.random(people, F)
        self += pl.DataFrame(
            {
                "unique_id": np.arange(people),
                "home": (np.arange(people) * PLACES // people).astype(np.int8),
                "set_point": set_point,
                "interest": set_point,
                "strength": np.zeros(people, F),
            }
        )

    def step(self):
        """Drift, decay, trips and contacts."""
        rng, model = self.random, self.model
        x, s = pl.col("interest"), pl.col("strength") * KEEP
        kick = pl.Series(F(2 * KICK) * (rng.random(len(self), F) - F(0.5)))
        self.agents = self.agents.with_columns(
            (x + RETURN * (pl.col("set_point") - x) + kick).clip(0, 1),
            pl.when(s < LOST).then(0).otherwise(s).alias("strength"),
        )
        luck = pl.Series(rng.random(len(self), F))
        travellers = self.agents.select(luck < TRIP * x * x).to_series().arg_true()
        place = rng.integers(PLACES, size=len(travellers))
        met = rng.random(len(travellers)) < model.chance[place]
        who = travellers.filter(pl.Series(met))
        strength = self["strength"]
        self.agents = self.agents.with_columns(
            strength.scatter(who, GAIN + (1 - GAIN) * strength.gather(who))
        )
        model.visitors.append(np.bincount(place, minlength=PLACES))
        model.contacts.append(np.bincount(place[met], minlength=PLACES))


class Model(ModelDF):
    """People visit places."""

    def __init__(self, people, seed):
        super().__init__(seed)
        self.people = People(self, people)
        self.agents += self.people
        self.capacity = np.array(capacities(people))
        self.visitors, self.contacts, self.tied = [np.zeros(PLACES, int)], [], []

    def step(self):
        """Everybody in turn, then the counts."""
        self.chance = self.capacity / (self.capacity + self.visitors[-1])
        self.agents.step()
        homes = self.people.agents.filter(pl.col("strength") > 0).group_by("home").len()
        tied = np.zeros(PLACES, int)
        tied[homes["home"].to_numpy()] = homes["len"].to_numpy()
        self.tied.append(tied)


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
    return model.people["interest"], model.people["strength"]
