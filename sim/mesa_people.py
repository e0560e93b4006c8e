"""People as a view over columns: the verbs of Mesa's AgentSet at the speed of NumPy.

A view is a set of rows, and a person is one row; neither holds anything but a row number, and nobody can write
through them, because only the month's mechanisms change people. A row stays the same home and the same random
address for the whole run, but turnover may give it to somebody new.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.arrays import I64
from sim.errors import InputError, unknown
from sim.mechanisms.census import INDIFFERENT_BELOW
from sim.numeric import SHARE_STEPS
from sim.outcome import TYPES
from sim.state import (
    COMMUNITY_BIT,
    DIRECT,
    FREE,
    HOBBY,
    LATENT,
    NEAR_BIT,
    ONLINE,
    ROOTS_BIT,
    SHORT_BIT,
)
from sim.ties import ages
from sim.world import World

Read = Callable[[World, Any], Any]


class Column:
    """An attribute that is read with the `get` of its owner, and cannot be written."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, of: Any, owner: type | None = None) -> Any:
        return self if of is None else of.get(self.name)

    def __set__(self, of: Any, value: object) -> None:
        raise AttributeError(f"{self.name} is changed by the mechanisms of the month only.")


class Traits(ABC):
    """What can be asked of people: an array from a view, a number from a person."""

    __slots__ = ()

    home = Column()  # place of residence
    interest = Column()  # interest in places other than one's own, 0-1
    wellbeing = Column()  # wellbeing, 0-1
    setpoint = Column()  # level to which interest returns, 0-1
    mobility = Column()  # time, money and habit to travel, 1 on average
    openness = Column()  # openness to show one's own weakness, 0-1
    skill = Column()  # 0-4
    indifferent = Column()  # interest under 0.2
    visiting = Column()  # has a tie that brings visits
    nonvisiting = Column()  # has only ties without visits
    direct = Column()  # has a tie of direct contribution
    main = Column()  # type of the strongest tie that brings visits, as in sim.state; 0 without one
    main_place = Column()  # where that tie leads; -1 without one
    live_ties = Column()  # ties that are alive, with visits or without
    visiting_ties = Column()  # ties that bring visits

    @abstractmethod
    def get(self, name: str) -> Any:
        """Return one of the columns."""


def _homes(w: World, rows: Any) -> Any:
    numbers = np.arange(w.geometry.starts[-1])[rows] if isinstance(rows, slice) else rows
    return np.searchsorted(w.geometry.starts, numbers, side="right") - 1


def _visiting(w: World, rows: Any) -> Any:
    stage = w.state.ties.stage[rows]
    return (stage >= HOBBY) & (stage <= DIRECT)


def _live(w: World, rows: Any) -> Any:
    stage = w.state.ties.stage[rows]
    return (stage >= ONLINE) & (stage <= DIRECT)


def _of_main(w: World, rows: Any, column: Any, none: int) -> Any:
    """Return a column of ties at the slot of the main tie: the strongest one that brings visits."""
    visiting = _visiting(w, rows)
    best = np.where(visiting, w.state.ties.strength[rows], -1.0).argmax(axis=-1)
    value = np.take_along_axis(column[rows], np.expand_dims(best, -1), axis=-1)[..., 0]
    return np.where(visiting.any(axis=-1), value, none).astype(np.int64)


COLUMNS: dict[str, Read] = {
    "home": _homes,
    "interest": lambda w, rows: w.state.people.interest[rows],
    "wellbeing": lambda w, rows: w.state.people.wellbeing[rows] / SHARE_STEPS,
    "setpoint": lambda w, rows: w.tables.setpoint[w.state.people.setpoint[rows]],
    "mobility": lambda w, rows: w.tables.mobility[w.state.people.mobility[rows]],
    "openness": lambda w, rows: w.tables.openness[w.state.people.openness[rows]],
    "skill": lambda w, rows: w.state.people.skill[rows],
    "indifferent": lambda w, rows: w.state.people.interest[rows] < INDIFFERENT_BELOW,
    "visiting": lambda w, rows: _visiting(w, rows).any(axis=-1),
    "nonvisiting": lambda w, rows: _live(w, rows).any(axis=-1) & ~_visiting(w, rows).any(axis=-1),
    "direct": lambda w, rows: (w.state.ties.stage[rows] == DIRECT).any(axis=-1),
    "main": lambda w, rows: _of_main(w, rows, w.state.ties.stage, FREE),
    "main_place": lambda w, rows: _of_main(w, rows, w.state.ties.place, -1),
    "live_ties": lambda w, rows: _live(w, rows).sum(axis=-1),
    "visiting_ties": lambda w, rows: _visiting(w, rows).sum(axis=-1),
}
"""One value a person; an attribute of the same name stands in `Traits`."""

TIE_COLUMNS = ("stage", "place", "strength", "host", "born", "kind", "visits")
"""Three values a person, one for each slot, as in `sim.state.Ties`; `get` knows them as tie_stage and so on."""


MARKS = {"near": NEAR_BIT, "roots": ROOTS_BIT, "community": COMMUNITY_BIT, "short_lived": SHORT_BIT}
"""What marks a tie, as bits of its `kind`."""


def column(w: World, name: str, rows: Any) -> Any:
    """Return some rows of a column, as an array that cannot be written, or the value of one row."""
    if name.startswith("tie_") and name[4:] in TIE_COLUMNS:
        values = getattr(w.state.ties, name[4:])[rows]
    elif name in COLUMNS:
        values = COLUMNS[name](w, rows)
    else:
        raise unknown("people", "column", name, [*COLUMNS, *(f"tie_{n}" for n in TIE_COLUMNS)])
    if np.ndim(values) == 0:
        return values.item()
    values = values.view()  # the flag is set on a view, so that the model itself can still write
    values.flags.writeable = False
    return values


def ties(w: World, row: int) -> list[dict[str, Any]]:
    """Return the ties of one person, sleeping ones included, as plain values."""
    t = w.state.ties
    return [
        {
            "place": int(t.place[row, k]),
            "type": "latent" if stage == LATENT else TYPES[stage - ONLINE],
            "strength": float(t.strength[row, k]),
            "host": int(t.host[row, k]) if t.host[row, k] >= 0 else None,
            "months": int(ages(w.state.month, t.born[row, k])),
            "visits": int(t.visits[row, k]),
            **{name: bool(t.kind[row, k] & bit) for name, bit in MARKS.items()},
        }
        for k, stage in enumerate(t.stage[row].tolist())
        if stage != FREE
    ]


@dataclass(frozen=True)
class Person(Traits):
    """One person: a row number with read-only properties."""

    world: World = field(repr=False)
    row: int

    def get(self, name: str) -> Any:
        """Return one of the columns of people for this person."""
        return column(self.world, name, self.row)

    @property
    def ties(self) -> list[dict[str, Any]]:
        """Places this person is tied to: place, type, strength, host (row or None), months, visits, and `MARKS`."""
        return ties(self.world, self.row)


class People(Traits):
    """Some people, or all of them, in the order of their rows unless sorted."""

    def __init__(self, world: World, rows: I64 | None = None) -> None:
        self.world = world
        self._rows: Any = slice(None) if rows is None else rows

    @property
    def rows(self) -> I64:
        """Row numbers (n,)."""
        whole = isinstance(self._rows, slice)
        return np.arange(len(self)) if whole else self._rows

    def get(self, names: str | list[str]) -> Any:
        """Return a column, or a dict of columns for a list of names (what a pandas.DataFrame is made from)."""
        if isinstance(names, str):
            return column(self.world, names, self._rows)
        return {name: column(self.world, name, self._rows) for name in names}

    def select(self, filter_func: Any = None, at_most: int | float = math.inf, **equal: Any) -> People:
        """Return those who meet all conditions, the first `at_most` of them.

        Args:
            filter_func: A mask of booleans (n,), or a function that makes one from this view. What one writes for a
                single agent in Mesa mostly works as it is, for all at once: `lambda p: p.interest > 0.5`.
            at_most: A number of people, or as a float up to 1.0 a share of this view.
            equal: Values of columns: `home=3`, `main=[4, 5]` for any of several, `visiting=True`.
        """
        keep = np.ones(len(self), bool)
        if filter_func is not None:
            keep &= self._mask(filter_func(self) if callable(filter_func) else filter_func)
        for name, value in equal.items():
            keep &= np.isin(self.get(name), value)
        found = self.rows[keep]
        if isinstance(at_most, float) and at_most <= 1.0:
            at_most = int(len(self) * at_most)
        return People(self.world, found[: int(min(at_most, len(found)))])

    def agg(self, name: str, func: Any) -> Any:
        """Return a function of a column, or a list of them for a list of functions."""
        values = self.get(name)
        return [f(values) for f in func] if isinstance(func, list | tuple) else func(values)

    def groupby(self, by: str | Callable[[People], Any]) -> Groups:
        """Return groups by a column, or by what a function makes of this view (n,)."""
        return Groups(self, np.asarray(by(self) if callable(by) else self.get(by)))

    def sort(self, key: str, ascending: bool = False) -> People:
        """Return the same people in the order of a column; ties stay in the order of rows."""
        values = self.get(key)
        order = np.argsort(values, kind="stable")
        if not ascending:
            order = len(order) - 1 - np.argsort(values[::-1], kind="stable")[::-1]
        return People(self.world, self.rows[order])

    def map(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Return what a function makes of each person, one by one in Python: for few people."""
        return [function(person, *args, **kwargs) for person in self]

    def do(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> People:
        """Call a function for each person, one by one in Python, and return this view."""
        self.map(function, *args, **kwargs)
        return self

    def __len__(self) -> int:
        return int(self.world.geometry.starts[-1]) if isinstance(self._rows, slice) else len(self._rows)

    def __iter__(self) -> Iterator[Person]:
        rows = range(len(self)) if isinstance(self._rows, slice) else self._rows
        return (Person(self.world, int(row)) for row in rows)

    def __getitem__(self, item: Any) -> Any:
        """Return the person at a position, or a view of a slice, a mask or positions."""
        if isinstance(item, int | np.integer):
            at = range(len(self))[int(item)]
            return Person(self.world, at if isinstance(self._rows, slice) else int(self._rows[at]))
        return People(self.world, self.rows[item])

    def __repr__(self) -> str:
        return f"<People: {len(self):,}>"

    def _mask(self, values: Any) -> Any:
        mask = np.asarray(values)
        if mask.dtype != bool or mask.shape != (len(self),):
            raise InputError(
                f"select: a condition gave {mask.dtype} of shape {mask.shape}; allowed: {len(self)} booleans."
            )
        return mask


class Groups:
    """People by a key, as Mesa's GroupBy."""

    def __init__(self, people: People, keys: Any) -> None:
        self._people = people
        self._order = np.argsort(keys, kind="stable")
        self._keys, counts = np.unique(keys, return_counts=True)
        self._edges = np.concatenate([[0], np.cumsum(counts)])

    def count(self) -> dict[Any, int]:
        """Return the number of people by key."""
        return dict(zip(self._keys.tolist(), np.diff(self._edges).tolist(), strict=True))

    def agg(self, name: str, func: Callable[[Any], Any]) -> dict[Any, Any]:
        """Return a function of a column by key."""
        values = self._people.get(name)[self._order]
        return {key: func(values[lo:hi]) for key, lo, hi in self._spans()}

    def __iter__(self) -> Iterator[tuple[Any, People]]:
        rows = self._people.rows[self._order]
        return ((key, People(self._people.world, rows[lo:hi])) for key, lo, hi in self._spans())

    def __len__(self) -> int:
        return len(self._keys)

    def _spans(self) -> Iterator[tuple[Any, int, int]]:
        return zip(self._keys.tolist(), self._edges[:-1].tolist(), self._edges[1:].tolist(), strict=True)
