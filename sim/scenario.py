"""What is asked: a named difference from the baseline."""

from __future__ import annotations

import hashlib
import json
import math
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from sim.arrays import F64
from sim.errors import out_of_range, unknown
from sim.groups import Parameters
from sim.levers import Levels, levers
from sim.parameters import defaults, differences
from sim.places import Places
from sim.shocks import Shock


class Measure(BaseModel):
    """One support measure: a lever moved in some places for some months.

    Attributes:
        lever: Name of the lever.
        amount: Units added to today's level (negative: taken away).
        places: Codes of the places; None for everywhere.
        first: First month in force, 1 = first month of the run.
        last: Last month in force; None for the end of the run.
        price: Yen a year for one unit and 5,000 adults; None for the lever's own price.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    lever: str
    amount: float
    places: tuple[str, ...] | None = None
    first: int = 1
    last: int | None = None
    price: float | None = None

    def model_post_init(self, _: object) -> None:
        """Refuse what can never be meant.

        Raises:
            InputError: An unknown lever, an amount or price that is no number, or months that are none.
        """
        if self.lever not in levers():
            raise unknown("measure", "lever", self.lever, levers())
        numbers = {"amount": (self.amount, -math.inf), "price": (self.price or 0.0, 0.0)}
        for name, (value, low) in numbers.items():
            if not (math.isfinite(value) and value >= low):
                raise out_of_range(
                    f"measure on {self.lever}: {name}", value, low, math.inf, "a finite number"
                )
        last = self.first if self.last is None else self.last
        if not 1 <= self.first <= last:
            raise out_of_range(f"measure on {self.lever}: last", last, max(self.first, 1), math.inf, "months")

    def active(self, month: int) -> bool:
        """Return whether the measure is in force in a month of the run (1 = first)."""
        return self.first <= month and (self.last is None or month <= self.last)


class Scenario(BaseModel):
    """A run's question: places, length, parameters and measures.

    Attributes:
        name: Short name, used in tables and folders.
        title_ja: One line for people, in Japanese.
        title_en: One line for people, in English.
        question_ja: What the scenario is meant to answer, in Japanese.
        question_en: The same in English.
        expectation_ja: What one would expect before running it, in Japanese.
        expectation_en: The same in English.
        finding_ja: What the runs show, in Japanese.
        finding_en: The same in English.
        compared_with: Scenario that it is meant to be compared with: a packaged name or a path.
        places: Name of the packaged table, or the path of one's own.
        persons_per_agent: Adults for whom one simulated person stands; 1 is the whole country.
        months: Length of the run.
        burn_in: Months run before, at today's levels, so that ties and hosts settle.
        parameters: All parameter values.
        measures: Support measures in force.
        shocks: What happens besides.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    name: str
    title_ja: str = ""
    title_en: str = ""
    question_ja: str = ""
    question_en: str = ""
    expectation_ja: str = ""
    expectation_en: str = ""
    finding_ja: str = ""
    finding_en: str = ""
    compared_with: str = "baseline"
    places: str = "prefectures"
    persons_per_agent: float = 1000.0
    months: int = 120
    burn_in: int = 240
    parameters: Parameters = Field(default_factory=defaults)
    measures: tuple[Measure, ...] = ()
    shocks: tuple[Shock, ...] = ()

    def model_post_init(self, _: object) -> None:
        """Refuse what can never be run.

        Raises:
            InputError: A scale, length or burn-in out of range.
        """
        if not 0.0 < self.persons_per_agent < math.inf:
            raise out_of_range("persons_per_agent", self.persons_per_agent, 0, math.inf, "above 0")
        if self.months < 1:
            raise out_of_range("months", self.months, 1, math.inf, "months")
        if self.burn_in < 0:
            raise out_of_range("burn_in", self.burn_in, 0, math.inf, "months")

    def content(self) -> dict[str, Any]:
        """Return what decides the numbers beside the places, as plain data: names and texts left out."""
        return {
            "persons_per_agent": self.persons_per_agent,
            "months": self.months,
            "burn_in": self.burn_in,
            "parameters": differences(self.parameters),
            "measures": [m.model_dump() for m in self.measures],
            "shocks": [s.model_dump() for s in self.shocks],
        }

    @property
    def digest(self) -> str:
        """SHA-256 of `content()`."""
        return hashlib.sha256(json.dumps(self.content(), sort_keys=True).encode()).hexdigest()


def levels(scenario: Scenario, places: Places, month: int) -> Levels:
    """Return the level of every lever in every place in a month of the run.

    Months before 1 are the burn-in: today's levels. Amounts on one lever add up; the sum is kept
    within the lever's range.
    """
    table = _today(places)
    for measure in _in_force(scenario, month):
        table[measure.lever][_rows(measure, places)] += measure.amount
    for name, lever in levers().items():
        np.clip(table[name], lever.low, lever.high, out=table[name])
    return Levels(**table)


def yen(scenario: Scenario, places: Places, month: int) -> F64:
    """Return yen spent in a month of the run on all levers, by place (R,), for all real adults.

    Today's levels are counted at the levers' prices; what a measure adds, at its own price where it has one.
    Where the sum is held back at the end of a lever's range, every measure counts for its part of what is added.
    """
    table, today = _today(places), _today(places)
    for m in _in_force(scenario, month):
        table[m.lever][_rows(m, places)] += m.amount
    cost = np.zeros(len(places))
    part = {}
    for name, lever in levers().items():
        asked = table[name] - today[name]
        added = np.clip(table[name], lever.low, lever.high) - today[name]
        part[name] = np.divide(added, asked, out=np.zeros_like(asked), where=asked != 0.0)
        cost += today[name] * lever.price
    for m in _in_force(scenario, month):
        price = levers()[m.lever].price if m.price is None else m.price
        rows = _rows(m, places)
        cost[rows] += m.amount * part[m.lever][rows] * price
    return np.asarray(cost * places.adults / 5000.0 / 12.0)


def _today(places: Places) -> dict[str, Any]:
    return {name: np.full(len(places), lever.today) for name, lever in levers().items()}


def _in_force(scenario: Scenario, month: int) -> list[Measure]:
    return [m for m in scenario.measures if month >= 1 and m.active(month)]


def _rows(measure: Measure, places: Places) -> Any:
    if measure.places is None:
        return slice(None)
    return np.flatnonzero(np.isin(np.array(places.code), measure.places))
