"""A small sweep as its form describes it: what is varied, how finely, how often. Pure functions, each value checked.

It becomes the text of a sweep file and is read by the one reader of those, so that the same file can be saved and run
from the command line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from experiments.sweep.file import plan
from experiments.sweep.plan import Plan, frame
from scenarios.loader import dump
from scenarios.places import PACKAGED
from sim.errors import InputError, unknown
from sim.levers import levers
from sim.parameters import records
from sim.places import Places
from sim.scenario import Scenario
from viz.dash import editing, engine

NAME = "my-sweep"
FILE = f"{NAME}.yaml"
MOST_FACTORS = 3
VALUES = (2, 3, 4, 5)
REPLICATES = (3, 4, 6, 8)
MOST_RUNS = 160
"""Runs of a sweep that is started on the page; larger ones belong on the command line."""


@dataclass(frozen=True)
class Vary:
    """One factor with its ends; amounts are added to today's level, as in sweep files."""

    factor: str
    low: float
    high: float


@dataclass(frozen=True)
class Order:
    """What is to be run: every combination of so many values of each factor, each with so many seeds."""

    varied: tuple[Vary, ...]
    values: int = 3
    replicates: int = 4

    @property
    def runs(self) -> int:
        """Runs asked for."""
        return self.values ** len(self.varied) * self.replicates


def first_order() -> Order:
    """Return what the form shows to begin with."""
    return Order((vary("hub.amount"), vary("coordination.amount")))


def factors() -> tuple[str, ...]:
    """Return the names of all factors that the form offers: levers, then parameters that have a range."""
    ranged = (path for path, record in records().items() if record.low < record.high)
    return (*(f"{name}.amount" for name in levers()), *ranged)


def vary(factor: object) -> Vary:
    """Return a factor from today's level up, or over the range of its parameter.

    Raises:
        InputError: There is no such factor.
    """
    if not isinstance(factor, str) or factor not in factors():
        raise unknown("sweep", "factor", factor, factors())
    low, high = ends(factor)
    return Vary(factor, max(low, 0.0) if factor.endswith(".amount") and high > 0.0 else low, high)


def ends(factor: str) -> tuple[float, float]:
    """Return the lowest and the highest value that a factor can take."""
    if factor in records():
        return records()[factor].low, records()[factor].high
    lever = levers()[factor.removesuffix(".amount")]
    return round(lever.low - lever.today, 9), round(lever.high - lever.today, 9)


def unit(factor: str) -> str:
    """Return the unit of a factor."""
    return records()[factor].unit if factor in records() else levers()[factor.removesuffix(".amount")].unit


def word(factor: str, lang: str) -> str:
    """Return what people call a factor; its own name where they have no word for it."""
    record: Any = records().get(factor) or levers().get(factor.removesuffix(".amount"))
    return str(record.ja if lang == "ja" else record.en) if record else factor


def changed(order: Order, field: object, value: object) -> Order:
    """Return the order with one field of the form changed.

    Raises:
        InputError: No such field, or a value that it cannot take.
    """
    name, _, at = str(field).partition(" ")
    if name in ("values", "replicates"):
        allowed = VALUES if name == "values" else REPLICATES
        if value not in [str(number) for number in allowed]:
            raise InputError(f"{name}: not offered; allowed: {', '.join(map(str, allowed))}.")
        number = int(str(value))
        return replace(order, values=number) if name == "values" else replace(order, replicates=number)
    row = int(at) if at in ("0", "1", "2") else MOST_FACTORS
    if name == "factor" and row < MOST_FACTORS:
        return _with_factor(order, row, value)
    if name in ("low", "high") and row < len(order.varied):
        one = order.varied[row]
        end = round(editing.checked(value, one.factor, *ends(one.factor), unit(one.factor)), 9)
        made = replace(one, low=end) if name == "low" else replace(one, high=end)
        if not made.low < made.high:
            raise InputError(
                f"{one.factor}: from {made.low:g} to {made.high:g}; allowed: the end above the beginning."
            )
        return replace(order, varied=(*order.varied[:row], made, *order.varied[row + 1 :]))
    raise unknown("sweep", "field", str(field)[:40], ("factor 0", "low 0", "high 0", "values", "replicates"))


def _with_factor(order: Order, row: int, value: object) -> Order:
    kept = list(order.varied)
    if value == "":
        if len(kept) == 1:
            raise InputError("sweep: nothing would be varied; allowed: 1 to 3 factors.")
        return replace(order, varied=tuple(kept[:row] + kept[row + 1 :]))
    new = vary(value)
    if new.factor in [v.factor for i, v in enumerate(kept) if i != row]:
        raise InputError(f"sweep: '{new.factor}' is varied already; allowed: each factor once.")
    return replace(order, varied=(*kept[:row], new, *kept[row + 1 :]))


def text(order: Order, scenario: Scenario, places: Places) -> str:
    """Return the order as a sweep file; persons are as few as in the preview, so that many runs stay short."""
    data: dict[str, Any] = {
        "name": NAME,
        "scenario": scenario_file(scenario) or scenario.name,
        "persons_per_agent": round(engine.sample(scenario, places).persons_per_agent, 3),
        "design": "factorial",
        "factors": [{"factor": v.factor, "values": _values(v, order.values)} for v in order.varied],
        "replicates": order.replicates,
    }
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def scenario_file(scenario: Scenario) -> str:
    """Return the file beside the sweep that holds the scenario; "" where it is a packaged one."""
    return "" if editing.same_as_packaged(scenario) else f"{scenario.name}.yaml"


def read(order: Order, scenario: Scenario, places: Places, folder: Path) -> Plan:
    """Return the checked plan of an order; its scenario is written into the folder.

    Raises:
        InputError: Too many runs, too many person-months, or something that cannot be run.
    """
    if scenario.places not in PACKAGED:
        raise InputError(
            "sweep: runs on a table of one's own are left to the command line; choose a packaged map."
        )
    if order.runs > MOST_RUNS:
        raise InputError(
            f"sweep: {order.runs:,} runs are too many for the page; allowed: at most {MOST_RUNS}. "
            "Take fewer values or seeds, or save the file and use the command line."
        )
    file = scenario_file(scenario)
    if file:
        (folder / file).write_text(dump(scenario), encoding="utf-8")
    made = plan(text(order, scenario, places), FILE, folder)
    asked = person_months(made)
    if asked > engine.LIMIT:
        raise InputError(
            f"sweep: persons x months x runs: {asked / 1e6:,.0f} million is too many for the page; allowed: at most "
            f"{engine.LIMIT / 1e6:,.0f} million. Take fewer values or seeds: parameters need a burn-in for each value."
        )
    return made


def person_months(made: Plan) -> float:
    """Return persons x months of all different runs, and of all different burn-ins before them."""
    trials = frame(made)[1]
    burn_ins = {t.group: t.scenario.burn_in for t in trials}
    months = sum(t.scenario.months for t in trials) + sum(burn_ins.values())
    return months * float(made.places.adults.sum()) / made.scenarios[0].persons_per_agent


def _values(one: Vary, count: int) -> list[float]:
    return [float(f"{one.low + (one.high - one.low) * i / (count - 1):.9g}") for i in range(count)]
