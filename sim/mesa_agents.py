"""The true agents of the Mesa face: places and what support stands in them, and tracked persons.

Agents show this month's numbers and own no rule: rules are in `sim.mechanisms`.
"""

from __future__ import annotations

import itertools
import math
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

import mesa
import numpy as np

from sim.mesa_people import Column, People, Traits, column, ties
from sim.world import World

ON_ITS_OWN_FEET = 24
"""Months without subsidy and debt after which a private body is called self-sustaining (MODEL.md 7.3)."""


class _Counters(WeakKeyDictionary[Any, Any]):
    """Counters of agents by model. Mesa 3.3's own table of them keeps every model alive for ever."""

    def __getitem__(self, model: Any) -> Any:
        return self.setdefault(model, itertools.count(1))


class _Agent(mesa.Agent):
    _ids: ClassVar[Any] = _Counters()

    @property
    def world(self) -> World:
        """Where this month's columns are."""
        return self.model.simulation.world


class PlaceAgent(_Agent):
    """Something that stands in a place: `place` is its row among the places."""

    def __init__(self, model: Any, place: int) -> None:
        super().__init__(model)
        self.place = place

    @property
    def code(self) -> str:
        """Code of the place."""
        return self.world.places.code[self.place]

    def get(self, name: str) -> Any:
        """Return a column of the `months` table for this place and month."""
        return self.model.latest[name][self.place].item()

    def level(self, lever: str) -> float:
        """Return this month's level of a lever here, in the lever's unit."""
        return float(self.world.levels._asdict()[lever][self.place])

    def number(self, lever: str) -> float:
        """Return this month's level times the place's real adults in units of 5,000."""
        return self.level(lever) * float(self.world.places.adults[self.place]) / 5000.0


class RegionAgent(PlaceAgent):
    """A place. Its attributes are the columns of the `months` table (`sim.outcome.Outcome`)."""

    people, visiting, nonvisiting, indifferent = (Column() for _ in range(4))
    main_hobby, main_exchange, main_work, main_direct = (Column() for _ in range(4))
    ties_online, ties_hobby, ties_exchange, ties_work, ties_direct = (Column() for _ in range(5))
    direct_people, home_ties, latent = (Column() for _ in range(3))
    reached36, searchers, met, started, returned, ended, visits = (Column() for _ in range(7))
    hosts, hosts_resting, hosts_burnt = (Column() for _ in range(3))
    load_hours, capacity_hours, use, exhaustion = (Column() for _ in range(4))
    open_slots, needs, meeting_chance, slot_chance, room, openness = (Column() for _ in range(6))
    wellbeing, ties_near, ties_roots, ties_short, ties_community, recommend = (Column() for _ in range(6))
    turned, moved, work = (Column() for _ in range(3))
    diversity, spark, understanding, lead, outsiders = (Column() for _ in range(5))
    posts_city, posts_local, motivation_city, motivation_local = (Column() for _ in range(4))
    skill_city, skill_local, link = (Column() for _ in range(3))
    money, service, closed, own_feet, review_moved, gifts = (Column() for _ in range(6))
    yen = Column()

    @property
    def residents(self) -> People:
        """The people who live here."""
        lo, hi = self.world.geometry.starts[self.place : self.place + 2]
        return People(self.world, np.arange(lo, hi))


class GuideAgent(PlaceAgent):
    """The guides of a place on one side, "city" or "local"; they work only together with the other side."""

    link = Column()  # how well the two sides work together, 0-1

    def __init__(self, model: Any, place: int, side: str) -> None:
        super().__init__(model, place)
        self.side = side

    @property
    def per_5000(self) -> float:
        """Full-time posts per 5,000 adults."""
        return self.level(f"guides_{self.side}")

    @property
    def count(self) -> float:
        """Full-time posts for all real adults of the place."""
        return self.number(f"guides_{self.side}")

    @property
    def posts(self) -> float:
        """Share of the posts that are filled, 0-1."""
        return float(self.get(f"posts_{self.side}"))

    @property
    def at_work(self) -> float:
        """Full-time guides at work, for all real adults of the place."""
        return self.count * self.posts

    @property
    def motivation(self) -> float:
        """Motivation of the guides, 0-1."""
        return float(self.get(f"motivation_{self.side}"))

    @property
    def skill(self) -> float:
        """Skill of the guides, 0-1."""
        return float(self.get(f"skill_{self.side}"))


class HubAgent(PlaceAgent):
    """The hubs of a place: rooms where people drop in and are spoken to; that of a private body counts."""

    @property
    def per_5000(self) -> float:
        """Hubs per 5,000 adults."""
        return self.level("hub")

    @property
    def count(self) -> float:
        """Hubs for all real adults of the place."""
        return self.number("hub")

    @property
    def chance(self) -> float:
        """This month's chance of a searcher to meet somebody in a hub; NaN at t = 0."""
        return float(self.world.chances.hub[self.place]) if self.model.t > 0 else math.nan


class EventAgent(PlaceAgent):
    """The programme of events of a place."""

    @property
    def per_5000(self) -> float:
        """Events a year per 5,000 adults."""
        return self.level("events")

    @property
    def count(self) -> float:
        """Events this month for all real adults of the place."""
        return self.number("events") / 12.0

    @property
    def chance(self) -> float:
        """This month's chance of a searcher to meet somebody at an event; NaN at t = 0."""
        return float(self.world.chances.event[self.place]) if self.model.t > 0 else math.nan


class IntermediaryAgent(PlaceAgent):
    """The intermediary of a place, and the hosts it helps (columns of the `months` table)."""

    hosts, hosts_resting, hosts_burnt, load_hours, capacity_hours, use = (Column() for _ in range(6))

    @property
    def share(self) -> float:
        """Part of the hosts' hours that its staff take over, 0-1."""
        return self.level("intermediary")

    @property
    def coordination(self) -> float:
        """Part of the visitors who are sent to the hosts with time left, 0-1."""
        return self.level("coordination")


class OrganisationAgent(PlaceAgent):
    """A private body, which lives from its income and a subsidy. There is one where the lever `organisation` is above 0."""

    money, service, closed, own_feet = (Column() for _ in range(4))  # columns of the `months` table

    @property
    def size(self) -> float:
        """How much of a full body it is meant to be, 0-1."""
        return self.level("organisation")

    @property
    def subsidy(self) -> float:
        """This month's subsidy in million yen a year and 5,000 adults."""
        return self.level("subsidy")

    @property
    def self_sustaining(self) -> bool:
        """Whether it has lived without subsidy and without debt for two years."""
        return int(self.own_feet) >= ON_ITS_OWN_FEET


class TrackedPerson(Traits, _Agent):
    """One of the people as a true agent, for whatever in Mesa wants agents: a row number."""

    def __init__(self, model: Any, row: int) -> None:
        super().__init__(model)
        self.row = row

    def get(self, name: str) -> Any:
        """Return one of the columns of people for this person."""
        return column(self.world, name, self.row)

    @property
    def ties(self) -> list[dict[str, Any]]:
        """Places this person is tied to, as in `sim.mesa_people.Person`."""
        return ties(self.world, self.row)
