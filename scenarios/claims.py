"""What a scenario's finding claims, in a form that a test can check against runs.

A packaged scenario says in words what its runs show (`finding`), and under `shows` the directions it rests on, each
against the scenario under `compared_with` with the same seeds, and how far things move: in the indicator's printed unit
(`between`) or in percent of what they are compared with (`percent`):

    shows:
      - {indicator: persistence_12, change: down, between: [-3, -1]}
      - {column: visits, places: 石川県, from: 37, to: 48, change: up, percent: [40, 60]}
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenarios.checks import listing, mapping, number, refused, text
from scenarios.entries import chosen, span
from scenarios.text_file import shown
from scenarios.yaml_text import Item
from sim.errors import InputError, unknown
from sim.indicators import indicators, records
from sim.outcome import Outcome
from sim.places import Places

KEYS = ("indicator", "column", "places", "from", "to", "change", "between", "percent")
CHANGES = ("up", "down", "same")
SAME = 0.02
"""Difference, as a share of the base's value, up to which two values are called the same."""


@dataclass(frozen=True)
class Claim:
    """One direction, and how far.

    Attributes:
        change: "up", "down" or "same".
        indicator: Name of an indicator; "" where a column is meant.
        column: Column of the `months` table, summed over places and meant over months.
        places: Codes of the places; None for everywhere.
        first: First month.
        last: Last month; None for the end of the run.
        between: Least and largest change, in the indicator's printed unit or in the column's; None where only the
            direction is claimed.
        percent: The same in percent of the value compared with.
    """

    change: str
    indicator: str = ""
    column: str = ""
    places: tuple[str, ...] | None = None
    first: int = 1
    last: int | None = None
    between: tuple[float, float] | None = None
    percent: tuple[float, float] | None = None

    def value(self, outcome: Outcome, places: Places) -> float:
        """Return what the claim is about in one run."""
        if self.indicator:
            return indicators(outcome, places)[self.indicator]
        months = outcome.months
        if self.column not in months:
            raise unknown("shows", "column of the months table", self.column, months)
        here = np.isin(np.array(places.code), self.places) if self.places else np.ones(len(places), bool)
        when = (months["month"] >= self.first) & (months["month"] <= (self.last or months["month"].max()))
        return float(
            months[self.column][when & here[months["place"]]].sum() / np.unique(months["month"][when]).size
        )

    def holds(self, base: float, other: float) -> bool:
        """Return whether means over the same seeds agree with the claim."""
        if self.change == "same":
            return abs(other - base) <= SAME * abs(base) and self._as_far(base, other)
        return (other > base if self.change == "up" else other < base) and self._as_far(base, other)

    def _as_far(self, base: float, other: float) -> bool:
        scale = records()[self.indicator].scale if self.indicator else 1.0
        # Multiplied out, so that nothing is divided by a base of 0.
        for limits, moved in (
            (self.between, scale * (other - base)),
            (self.percent and tuple(x * abs(base) for x in self.percent), 100.0 * (other - base)),
        ):
            if limits and not limits[0] <= moved <= limits[1]:
                return False
        return True


def claims(item: Item, places: Places, months: int) -> tuple[Claim, ...]:
    """Return the claims that a file's `shows` makes.

    Raises:
        InputError: The first claim that cannot be meant.
    """
    return tuple(_claim(one, places, months) for one in listing(item, "shows", "claims"))


def _claim(item: Item, places: Places, months: int) -> Claim:
    entries = mapping(item, "a claim", KEYS)
    change = text(entries["change"], "change", 10) if "change" in entries else ""
    if change not in CHANGES:
        raise unknown(entries.get("change", item).where, "change", shown(change), CHANGES)
    if ("indicator" in entries) == ("column" in entries):
        raise InputError(
            f"{item.where}: a claim has both or none of indicator and column; allowed: one of them."
        )
    between, percent = _limits(entries, "between", "printed unit"), _limits(entries, "percent", "%")
    if "column" in entries:
        first, last = span(entries, months)
        column = text(entries["column"], "column", 100)
        return Claim(change, "", column, chosen(entries, places), first, last, between, percent)
    for key in ("places", "from", "to"):
        if key in entries:
            raise refused(entries[key], key, "given for an indicator", f"{key} with a column only")
    entry = entries["indicator"]
    name = text(entry, "indicator", 100)
    if name not in records():
        raise unknown(entry.where, "indicator", shown(name), records())
    return Claim(change, name, between=between, percent=percent)


def _limits(entries: dict[str, Item], key: str, unit: str) -> tuple[float, float] | None:
    """Return how far things are said to move; None where that is left open."""
    if key not in entries:
        return None
    values = [number(item, key, unit) for item in listing(entries[key], key, "two numbers")]
    if len(values) != 2 or values[0] > values[1]:
        shape = "[" + ", ".join(f"{v:g}" for v in values[:3]) + (", …]" if len(values) > 3 else "]")
        raise refused(entries[key], key, shape, "two numbers, the smaller one first, as in [1, 2.5]")
    return values[0], values[1]
