"""What a prediction is called and means, and what a family of them looks like."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.arrays import F32, F64
from sim.places import Places

Rows = NDArray[np.int64]
"""Indices of places."""


class Words(NamedTuple):
    """The same in both languages."""

    ja: str
    en: str


@dataclass(frozen=True)
class Quantity:
    """One quantity.

    Attributes:
        name: Stable name: the family, then its parts, with dots between.
        unit: Unit, as in the table of messages.
        words: What people read.
        definition: How it is counted.
        base: The denominator, or what is counted.
    """

    name: str
    unit: str
    words: Words
    definition: Words
    base: Words


@dataclass(frozen=True, eq=False)
class Asked:
    """What the quantities are asked of.

    Attributes:
        places: The table of places.
        origins: Groups of places by name, by residence.
        destinations: Groups of places by name, to which ties lead.
        struck: Places that a disaster strikes.
    """

    places: Places
    origins: Mapping[str, Rows]
    destinations: Mapping[str, Rows]
    struck: Rows

    @property
    def residences(self) -> dict[str, Rows]:
        """Metropolitan and other places, and the groups of origin."""
        metro = self.places.metro > 0
        both = {"metro": np.flatnonzero(metro), "other": np.flatnonzero(~metro)}
        return {name: rows for name, rows in both.items() if len(rows)} | dict(self.origins)

    @property
    def pairs(self) -> dict[tuple[str, str], tuple[Rows, Rows]]:
        """Each group of origin with each group of destination, by their names."""
        return {
            (o, d): (here, there)
            for o, here in self.origins.items()
            for d, there in self.destinations.items()
        }


@dataclass(frozen=True, eq=False)
class Seen:
    """What is looked at in the runs of one member: N people, 3 slots each, R places.

    Attributes:
        places: The table.
        weight: Adults for one simulated person.
        home: Place of residence (N,).
        stage: Type of tie at the end of the quiet months (N, 3).
        place: Place the tie leads to (N, 3).
        strength: Its strength (N, 3).
        days: Its visits in the last 12 months (N, 3).
        pull: Hazard a month with which the tie makes its person move there (N, 3).
        hours: Travel time by home and place (R, R).
        at_risk: Ties at risk by type at the start, class of distance and age in months (6, classes, ages).
        ended: Those of them that ended.
        work_before: Mean visits for work a month to the struck places in the last 12 quiet months.
        work: Visits for work a month to them after the disaster (60,).
        helpers: Visiting ties to them that the disaster brought, month by month (60,).
    """

    places: Places
    weight: float
    home: Rows
    stage: NDArray[np.uint8]
    place: NDArray[np.int64]
    strength: NDArray[np.float64]
    days: NDArray[np.int64]
    pull: F64
    hours: F32 | F64
    at_risk: NDArray[np.int64] = field(default_factory=lambda: np.zeros((6, 3, 1), np.int64))
    ended: NDArray[np.int64] = field(default_factory=lambda: np.zeros((6, 3, 1), np.int64))
    work_before: float = float("nan")
    work: F64 = field(default_factory=lambda: np.zeros(60))
    helpers: F64 = field(default_factory=lambda: np.zeros(60))


@dataclass(frozen=True)
class Family:
    """Quantities that are measured together.

    Attributes:
        name: First part of their names.
        quantities: Their records, for what is asked.
        measure: Their values in the runs of one member, by name; NaN where undefined.
    """

    name: str
    quantities: Callable[[Asked], list[Quantity]]
    measure: Callable[[Seen, Asked], dict[str, float]]


GROUP_WORDS = {
    "metro": Words("三大都市圏", "metropolitan areas"),
    "other": Words("その他の地域", "other areas"),
}


def group_words(name: str) -> Words:
    """Return what people read for a group: the user's own word, but for the two groups that are always there."""
    return GROUP_WORDS.get(name, Words(name, name))


def along(words: Words, origin: str, destination: str) -> Words:
    """Return words followed by the pair of groups that they are said of."""
    here, there = group_words(origin), group_words(destination)
    return Words(f"{words.ja}（{here.ja}から{there.ja}へ）", f"{words.en} (from {here.en} to {there.en})")


def share(part: float, whole: float) -> float:
    """Return part over whole in per cent; NaN where there is no whole."""
    return 100.0 * float(part) / float(whole) if whole > 0 else float("nan")
