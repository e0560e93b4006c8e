"""The factors of a sweep file: lines under `factors:`, or the columns of a table."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

from experiments.sweep.factors import Factor, Value, check, known
from scenarios.checks import listing, mapping, number, refused, text
from scenarios.plain import meaning
from scenarios.text_file import read_text, shown
from scenarios.yaml_text import Item
from sim.errors import InputError
from sim.places import Places
from sim.scenario import Scenario

KEYS = ("factor", "low", "high", "values")
MAX_BYTES = 20_000_000
MAX_ROWS = 100_000

Scenarios = tuple[Scenario, ...]


def factor(item: Item, scenarios: Scenarios, places: Places, design: str) -> Factor:
    """Return the factor that an item of a sweep file describes.

    Raises:
        InputError: It cannot be varied so.
    """
    e = mapping(item, "a factor", KEYS)
    if "factor" not in e:
        raise InputError(
            f"{item.where}: a factor has no name; allowed: factor: and a parameter or LEVER.amount."
        )
    found = known(text(e["factor"], "factor", 200), e["factor"].where)
    if "values" in e:
        if "low" in e or "high" in e:
            raise refused(e["values"], "values", "given beside low or high", "either values, or low and high")
        values = tuple(_value(found, v, scenarios, places) for v in listing(e["values"], "values", "values"))
        if len(set(values)) < max(len(values), 1):
            raise refused(e["values"], "values", "empty, or has a value twice", "different values")
        return replace(found, values=values)
    return _ranged(found, e, item, scenarios, places)


def _ranged(found: Factor, e: dict[str, Item], item: Item, scenarios: Scenarios, places: Places) -> Factor:
    if found.kind == "places":
        raise InputError(f"{item.where}: {found.name} has no values; allowed: values: and a list of places.")
    if found.kind in ("from", "to") and not {"low", "high"} <= set(e):
        raise InputError(f"{item.where}: {found.name} has no range; allowed: low: and high:, or values:.")
    low = number(e["low"], "low", found.unit) if "low" in e else found.low
    high = number(e["high"], "high", found.unit) if "high" in e else found.high
    for key, value in (("low", low), ("high", high)):
        check(found, value, scenarios, places, (e.get(key) or item).where)
    if not low < high:
        raise refused(e.get("high") or item, "high", f"{high:g}, not above low, which is {low:g}", "a range")
    return replace(found, low=low, high=high)


def _value(found: Factor, item: Item, scenarios: Scenarios, places: Places) -> Value:
    if found.kind == "places":
        words = item.value if item.kind == "list" else [item]
        value: Value = ";".join(word.text for word in words)
    else:
        value = number(item, found.name, found.unit)
    check(found, value, scenarios, places, item.where)
    return value


def table(
    name: str, item: Item, scenarios: Scenarios, places: Places, folder: Path
) -> tuple[tuple[Factor, ...], tuple[tuple[Value, ...], ...]]:
    """Return the factors and the points of a CSV: a column a factor, a row a point.

    Raises:
        InputError: It cannot be read, or something in it cannot be used.
    """
    path = folder / name
    if not path.exists():
        raise refused(item, "table", f"'{shown(name)}', which is no file", "the path of a .csv file")
    lines = list(csv.reader(read_text(path, MAX_BYTES, "table of points").splitlines()))
    head, body = [word.strip() for word in lines[0]], [row for row in lines[1:] if any(row)]
    factors = tuple(known(word, f"{shown(path)}, line 1") for word in head)
    if len(set(head)) < len(head) or not 1 <= len(body) <= MAX_ROWS:
        raise InputError(
            f"{shown(path)}: allowed: each factor in one column, and 1 to {MAX_ROWS:,} rows of values."
        )
    points = []
    for at, row in enumerate(body, start=2):
        where = f"{shown(path)}, line {at}"
        if len(row) != len(head):
            raise InputError(f"{where}: {len(row)} values; allowed: {len(head)}, one for each column.")
        values = tuple(_cell(f, word.strip(), where) for f, word in zip(factors, row, strict=True))
        for f, value in zip(factors, values, strict=True):
            check(f, value, scenarios, places, where)
        points.append(values)
    return factors, tuple(points)


def _cell(found: Factor, word: str, where: str) -> Value:
    if found.kind == "places":
        return word
    kind, value = meaning(word)
    if kind != "number" or not isinstance(value, int | float):
        raise InputError(f"{where}: {found.name} is '{shown(word)}'; allowed: a number ({found.unit}).")
    return float(value)
