"""What the controls do to a scenario: pure functions scenario -> scenario, each value checked on this side.

A control shows the *level* of a lever (today's plus what the measures add). A value may come straight over the
websocket, past the control's own ends; whatever cannot be used raises `InputError` in one sentence.
"""

from __future__ import annotations

import math
from functools import cache

from scenarios.loader import load, names
from sim.errors import InputError, out_of_range, unknown
from sim.levers import levers
from sim.parameters import changed, records
from sim.places import Places
from sim.scenario import Measure, Scenario

OWN = "my-plan"
"""Name of a scenario that was made with the controls."""

MAX_MONTHS = 240
LENGTHS = (60, 120, 240)
"""Months that the page offers."""


def checked(value: object, where: str, low: float, high: float, unit: str) -> float:
    """Return a number that came from a browser.

    Raises:
        InputError: It is no number, not finite, or outside its range.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(f"{where}: this is not a number; allowed: {low:,.15g} to {high:,.15g} ({unit}).")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not (math.isfinite(number) and low - 1e-9 <= number <= high + 1e-9):
        raise out_of_range(where, value, low, high, unit)
    return min(max(number, low), high)


def level(scenario: Scenario, lever: str) -> float:
    """Return the highest level that the measures on a lever reach; today's where there are none."""
    record = levers()[lever]
    amounts = [m.amount for m in scenario.measures if m.lever == lever]
    return record.today + max(amounts, key=abs, default=0.0)


def moved(scenario: Scenario, lever: object, value: object) -> Scenario:
    """Return the scenario with a lever at another level.

    Measures that are there keep their places and months and take the new amount; without any, one is added where
    and when the others act.

    Raises:
        InputError: There is no such lever, or the level is out of range.
    """
    if not isinstance(lever, str) or lever not in levers():
        raise unknown("measure", "lever", lever, levers())
    record = levers()[lever]
    number = checked(value, lever, record.low, record.high, record.unit)
    amount = round(number - record.today, 9)
    others = tuple(m for m in scenario.measures if m.lever != lever)
    mine = tuple(m for m in scenario.measures if m.lever == lever)
    if amount == 0.0:
        measures = others
    elif mine:
        measures = tuple(
            m.model_copy(update={"amount": amount}) if m.lever == lever else m for m in scenario.measures
        )
    else:
        first = others[0] if others else None
        like = {"places": first.places, "first": first.first, "last": first.last} if first else {}
        measures = (*others, Measure(lever=lever, amount=amount, **like))
    return own(scenario, {"measures": measures})


def placed(scenario: Scenario, codes: tuple[str, ...] | None, first: int, last: int | None) -> Scenario:
    """Return the scenario with all its measures in these places and months.

    Raises:
        InputError: Months outside the run.
    """
    if not 1 <= first <= (last or scenario.months) <= scenario.months:
        raise out_of_range("from, to", f"{first}, {last}", 1, scenario.months, "months, from before to")
    update = {"places": codes, "first": first, "last": last}
    return own(scenario, {"measures": tuple(m.model_copy(update=update) for m in scenario.measures)})


def lasting(scenario: Scenario, months: object) -> Scenario:
    """Return the scenario with another length; what begins after its end is left out.

    Raises:
        InputError: Not a length that can be run.
    """
    length = int(checked(months, "months", 1, MAX_MONTHS, "months"))
    kept = tuple(_cut(m, length) for m in scenario.measures if m.first <= length)
    shocks = tuple(s for s in scenario.shocks if s.first <= length)
    return own(scenario, {"months": length, "measures": kept, "shocks": shocks})


def on_places(scenario: Scenario, name: str) -> Scenario:
    """Return the scenario on another table of places; measures and shocks that name places act everywhere there."""
    measures = {m.lever: m.model_copy(update={"places": None}) for m in scenario.measures}
    return own(scenario, {"places": name, "measures": tuple(measures.values()), "shocks": ()})


def assumed(scenario: Scenario, path: object, value: object) -> Scenario:
    """Return the scenario with another value of a parameter.

    Raises:
        InputError: There is no such parameter, or the value makes no sense.
    """
    if not isinstance(path, str) or path not in records():
        raise unknown("parameters", "parameter", path, records())
    record = records()[path]
    number = checked(value, path, record.low, record.high, record.unit)
    return own(scenario, {"parameters": changed(scenario.parameters, {path: number})})


def parameter(scenario: Scenario, path: str) -> float:
    """Return the value of a parameter."""
    record = records()[path]
    return float(getattr(getattr(scenario.parameters, record.group), record.name))


def own(scenario: Scenario, update: dict[str, object]) -> Scenario:
    """Return a changed scenario under the name of a packaged one with the same content, or as one's own."""
    blank = {
        f"{text}_{lang}": ""
        for text in ("title", "question", "expectation", "finding")
        for lang in ("ja", "en")
    }
    made = scenario.model_copy(update={**blank, "name": OWN, "compared_with": "baseline", **update})
    return same_as_packaged(made) or made


def same_as_packaged(scenario: Scenario) -> Scenario | None:
    """Return the packaged scenario that asks the same, if there is one."""
    return packaged().get((scenario.places, scenario.digest))


@cache
def packaged() -> dict[tuple[str, str], Scenario]:
    """Return the packaged scenarios by what they ask: digests are slow to make, and every move asks for them."""
    # The first of two that ask the same is the one that is meant.
    return {(s.places, s.digest): s for s in map(load, reversed(names()))}


def without_measures(scenario: Scenario) -> Scenario:
    """Return what a scenario is compared with: the same without its measures, or, where it has none, without shocks."""
    update: dict[str, object] = {"name": "as-today", "measures": ()}
    if not scenario.measures:
        update["shocks"] = ()
    return scenario.model_copy(update=update)


def span(scenario: Scenario) -> tuple[int, int | None] | None:
    """Return the months of all measures; None where they differ."""
    spans = {(m.first, m.last) for m in scenario.measures}
    if not spans:
        return 1, None
    return spans.pop() if len(spans) == 1 else None


def area(scenario: Scenario) -> tuple[str, ...] | bool | None:
    """Return the places of all measures, None for everywhere, False where they differ."""
    areas = {m.places for m in scenario.measures}
    if not areas:
        return None
    return areas.pop() if len(areas) == 1 else False


def step(low: float, high: float) -> float:
    """Return a round step with 40 to 100 positions between two ends."""
    raw = (high - low) / 40.0
    size = 10.0 ** math.floor(math.log10(raw))
    return max(s * size for s in (1.0, 2.0, 5.0) if s * size <= raw * 1.0000001)


def group_codes(places: Places, metro: bool) -> tuple[str, ...]:
    """Return the codes of the metropolitan areas, or of all the rest."""
    return tuple(code for code, flag in zip(places.code, places.metro, strict=True) if bool(flag) == metro)


def _cut(measure: Measure, months: int) -> Measure:
    return measure.model_copy(update={"last": None}) if measure.last and measure.last > months else measure
