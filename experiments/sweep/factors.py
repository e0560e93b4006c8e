"""What a sweep varies: a parameter, or the amount, places or months of a measure.

A factor has one name in sweep files, tables and results: the path of a parameter (`newtie.exchange`), or a lever with
what is varied of its measure (`hub.amount`, `hub.places`, `hub.from`, `hub.to`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scenarios.places import resolve
from sim.errors import InputError, out_of_range, unknown
from sim.levers import levers
from sim.parameters import changed, records
from sim.places import Places
from sim.scenario import Measure, Scenario

Value = float | str
"""A number, or words for places separated by semicolons."""

PARAMETER = "parameter"
OF_MEASURE = ("amount", "places", "from", "to")
_FIELDS = {"amount": "amount", "places": "places", "from": "first", "to": "last"}


@dataclass(frozen=True)
class Factor:
    """One thing that a sweep varies.

    Attributes:
        name: Its name in files and results.
        low: Lower end; 0 where only `values` are taken.
        high: Upper end.
        values: The only values it takes; empty for any from low to high.
    """

    name: str
    low: float = 0.0
    high: float = 0.0
    values: tuple[Value, ...] = ()

    @property
    def kind(self) -> str:
        """What it varies: "parameter", "amount", "places", "from" or "to"."""
        return PARAMETER if self.name in records() else self.name.rpartition(".")[2]

    @property
    def lever(self) -> str:
        """Lever of the measure it varies; "" for a parameter."""
        return "" if self.kind == PARAMETER else self.name.rpartition(".")[0]

    @property
    def unit(self) -> str:
        """Unit of its values in words."""
        if self.kind == PARAMETER:
            return records()[self.name].unit
        return {"amount": levers()[self.lever].unit, "places": "places"}.get(self.kind, "month of the run")

    def at(self, u: float) -> Value:
        """Return the value at a position from 0 to 1 in its range, or in the list of its values."""
        if self.values:
            return self.values[min(int(u * len(self.values)), len(self.values) - 1)]
        if self.kind in ("from", "to"):
            return float(min(int(self.low + u * (self.high - self.low + 1.0)), int(self.high)))
        # Twelve digits: what is printed in the table of the design is what was run.
        return float(f"{self.low + u * (self.high - self.low):.12g}")

    def grid(self, levels: int) -> tuple[Value, ...]:
        """Return so many values from one end to the other, or its own list of values."""
        if self.values:
            return self.values
        steps = (self.low + (self.high - self.low) * i / (levels - 1) for i in range(levels))
        whole = self.kind in ("from", "to")
        return tuple(dict.fromkeys(float(round(v)) if whole else float(f"{v:.12g}") for v in steps))


def known(name: str, where: str) -> Factor:
    """Return the factor of a name with the range of its record.

    Raises:
        InputError: Neither a parameter nor something of a measure.
    """
    if name in records():
        record = records()[name]
        return Factor(name, record.low, record.high)
    lever, _, what = name.rpartition(".")
    if lever in levers() and what in OF_MEASURE:
        kept = levers()[lever]
        return (
            Factor(name, kept.low - kept.today, kept.high - kept.today) if what == "amount" else Factor(name)
        )
    every = [*records(), *(f"{lever}.{what}" for lever in levers() for what in OF_MEASURE)]
    raise unknown(where, "factor", name, every)


def check(factor: Factor, value: Value, scenarios: tuple[Scenario, ...], places: Places, where: str) -> None:
    """Refuse a value that a factor cannot take.

    Raises:
        InputError: Out of range, no such place, or a number where words belong.
    """
    if factor.kind == "places":
        resolve(str(value).split(";"), places, where)
        return
    if isinstance(value, str):
        raise InputError(f"{where}: {factor.name} is '{value}'; allowed: a number ({factor.unit}).")
    if factor.kind == PARAMETER:
        changed(scenarios[0].parameters, {factor.name: value}, where)
    elif factor.kind == "amount":
        kept = levers()[factor.lever]
        if not kept.low <= round(kept.today + value, 9) <= kept.high:
            low, high = kept.low - kept.today, kept.high - kept.today
            raise out_of_range(
                f"{where}: {factor.name}, added to today's {kept.today:g}", value, low, high, kept.unit
            )
    else:
        months = min(s.months for s in scenarios)
        if not (1 <= value <= months and value == int(value)):
            raise out_of_range(f"{where}: {factor.name}", f"{value:g}", 1, months, "whole months of the run")


def applied(scenario: Scenario, values: dict[Factor, Value], places: Places) -> Scenario:
    """Return a scenario with factors set.

    A measure that the scenario does not have is added: everywhere, for the whole run.

    Raises:
        InputError: Two measures on one lever, or a measure that would end before it begins.
    """
    path = {f.name: v for f, v in values.items() if f.kind == PARAMETER}
    parameters = changed(scenario.parameters, path)  # type: ignore[arg-type]  # `check` has refused words
    measures = list(scenario.measures)
    for lever in dict.fromkeys(f.lever for f in values if f.lever):
        fields = {_FIELDS[f.kind]: _field(f, v, places) for f, v in values.items() if f.lever == lever}
        at = [i for i, m in enumerate(measures) if m.lever == lever]
        if len(at) > 1:
            raise InputError(
                f"'{scenario.name}' has {len(at)} measures on '{lever}'; allowed: one, so that it is clear which is varied."
            )
        old = measures.pop(at[0]).model_dump() if at else {"lever": lever, "amount": 0.0}
        measures.insert(at[0] if at else len(measures), _measure({**old, **fields}))
    return scenario.model_copy(update={"parameters": parameters, "measures": tuple(measures)})


def _measure(fields: dict[str, Any]) -> Measure:
    first, last = fields.get("first", 1), fields.get("last")
    if last is not None and last < first:
        raise InputError(
            f"the measure on '{fields['lever']}' would end in month {last}, before it begins in month {first}."
        )
    return Measure(**fields)


def _field(factor: Factor, value: Value, places: Places) -> Any:
    if factor.kind == "places":
        return resolve(str(value).split(";"), places)
    return float(value) if factor.kind == "amount" else int(value)
