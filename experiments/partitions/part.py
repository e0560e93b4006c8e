"""One partition: its own rows of people, and hosts and places like everybody's."""

from __future__ import annotations

import copy
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from experiments.partitions.memory import Array, Column, own_rows
from experiments.partitions.messages import (
    COUNTS,
    COUNTS_WRITTEN,
    FLOWS,
    LOADS,
    WRITTEN,
    Message,
    Talk,
    add_up,
    chosen,
    nobody,
    packed,
    unpack,
)
from sim.crew import Crew, Kernel, Tallies
from sim.levers import Levels
from sim.loop import advance, quickest
from sim.mechanisms.attention import attention
from sim.mechanisms.burnout import burnout
from sim.mechanisms.moving import moving, way_out
from sim.shocks import Shocks
from sim.state import People, State, Ties
from sim.world import World, empty_chances, empty_tally, make_world


class OwnCrew(Crew):
    """A crew that walks over the rows [lo, hi) only.

    Attributes:
        seconds: Time spent with people.
    """

    def __init__(self, lo: int, hi: int, rows: int, places: int) -> None:
        super().__init__(rows, places)
        self._chunks = [(lo, hi)]
        self._tied = [(lo, lo)]
        self.seconds = 0.0

    def each_place(self, kernel: Kernel, *columns: Any) -> None:
        """Do as a crew does, without looking at the clock."""
        for lo, hi in self._places:
            kernel(lo, hi, *columns)

    def _share(
        self,
        kernel: Kernel,
        chunks: list[tuple[int, int]],
        columns: Any,
        tallies: Tallies,
        rooms: Sequence[Any] = (),
    ) -> None:
        begun = time.perf_counter()
        super()._share(kernel, chunks, columns, tallies, rooms)
        self.seconds += time.perf_counter() - begun


class Movers(OwnCrew):
    """Lists who moves, and whose rows they take, and lets nobody move yet."""

    def listed(self, kernel: Kernel, *columns: Any) -> Array:
        """Keep the list, and return an empty one."""
        seed, month, rate, _, stage, place, strength = columns
        self.rows = super().listed(kernel, *columns)
        self.ways = [(i, *way_out(i, seed, month, rate, stage, place, strength)) for i in self.rows.tolist()]
        return self.rows[:0]


class Settlers(Crew):
    """Lets those move who are known to do so."""

    def __init__(self, rows: Array) -> None:
        super().__init__(0, 0)
        self.rows = rows

    def listed(self, kernel: Kernel, *columns: Any) -> Array:
        """Return the list."""
        return self.rows


class Part:
    """A partition.

    Attributes:
        number: Its place in the order of partitions; the first one writes down.
        lo: Its first row.
        hi: The row after its last.
        world: Its own rows, all hosts, all places.
        crew: What walks over its rows.
    """

    def __init__(self, number: int, lo: int, hi: int, whole: World) -> None:
        self.number, self.lo, self.hi = number, lo, hi
        s = whole.state
        self._people = [own_rows(c, lo, hi) for c in s.people]
        self._ties = [own_rows(c, lo, hi) for c in s.ties]
        state = State(
            month=s.month,
            people=People(*(c.values for c in self._people)),
            ties=Ties(*(c.values for c in self._ties)),
            hosts=copy.deepcopy(s.hosts),
            regions=copy.deepcopy(s.regions),
            census=copy.deepcopy(s.census),
        )
        g = whole.geometry
        self.world = make_world(whole.seed, whole.places, whole.parameters, g, state, whole.levels, threads=1)
        self.world.chances = empty_chances(len(whole.places), int(g.host_starts[-1]))
        self.crew = OwnCrew(lo, hi, int(g.starts[-1]), len(whole.places))
        self.world.crew = self.crew

    @property
    def columns(self) -> list[Column]:
        """Columns of its people."""
        return [*self._people, *self._ties]

    def month(self, levels: Levels, shocks: Shocks | None, cut: Array) -> Talk:
        """Run a month; `cut` are the homes whose residents are in several partitions."""
        w = self.world
        first, *rest = quickest(w)
        advance(w, levels, shocks, month=(first,))  # turnover, after last month's tally has been cleared
        for mechanism in rest:
            if mechanism is attention:
                yield from add_up(chosen(w.tally, LOADS))
            elif mechanism is burnout:
                yield from add_up(chosen(w.tally, FLOWS))
                yield from add_up(chosen(w.tally, WRITTEN), to_all=False)
            if mechanism is moving:
                yield from self._move()
            else:
                mechanism(w)
        yield from self._count(cut)

    def _count(self, cut: Array) -> Talk:
        """Make the census everybody's; who of a home has ties elsewhere stays with the home, unless it is cut."""
        census = self.world.state.census
        yield from add_up(chosen(census, COUNTS))
        yield from add_up(chosen(census, COUNTS_WRITTEN), to_all=False)
        neighbours = census.neighbours[cut]
        yield from add_up({"neighbours": neighbours})
        census.neighbours[cut] = neighbours
        self.world.state.hosts.ties[...] = census.hosted.astype(np.int32)

    def _move(self) -> Talk:
        """Let people move: the rows of movers, and those that they take, are told to all; all settle them alike."""
        w = self.world
        crew = Movers(self.lo, self.hi, int(w.geometry.starts[-1]), len(w.places))
        moving(replace(w, crew=crew))
        asked = self._wanted(crew)
        told = yield Message({"movers": packed(crew.rows, w.state), "wanted rows": asked.tobytes()})
        wanted = np.unique(np.concatenate([np.frombuffer(t["wanted rows"], np.int64) for t in told]))
        own = wanted[(wanted >= self.lo) & (wanted < self.hi)]
        answers = yield Message({"replaced": packed(own, w.state)})
        hall = nobody(w.state)
        replaced = [unpack(t["replaced"], hall) for t in answers]
        movers = np.concatenate([unpack(t["movers"], hall) for t in told])
        counted = w.tallies if self.number == 0 else [empty_tally(len(w.places), len(w.geometry.host_home))]
        settlers = Settlers(movers.astype(np.int32))
        moving(replace(w, crew=settlers, state=hall, tallies=counted))
        rows = np.concatenate([*replaced, movers])
        unpack(packed(rows[(rows >= self.lo) & (rows < self.hi)], hall), w.state)

    def _wanted(self, crew: Movers) -> Array:
        """Return the rows that movers take in other places."""
        starts, place = self.world.geometry.starts, self.world.state.ties.place
        found = []
        for i, k, u in crew.ways:
            r = int(place[i, k])
            residents = int(starts[r + 1] - starts[r])
            if residents and not starts[r] <= i < starts[r + 1]:
                found.append(int(starts[r]) + int(u * residents))
        return np.array(found, np.int64)
