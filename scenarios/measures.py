"""Measures of a scenario file: read, checked against the levers, and against each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenarios.checks import listing, mapping, number, text, within
from scenarios.entries import chosen, span
from scenarios.text_file import shown
from scenarios.yaml_text import Item
from sim.arrays import I64
from sim.errors import InputError, out_of_range, unknown
from sim.levers import Lever, levers
from sim.places import Places
from sim.scenario import Measure

KEYS = ("lever", "amount", "places", "from", "to", "price")
MAX_MEASURES = 1_000
MAX_PRICE = 1e12

BODY = "organisation"
FOR_A_BODY = ("subsidy", "fees")
"""Levers that act through a private body only (MODEL.md 7.4)."""


@dataclass(frozen=True)
class _Placed:
    """A measure and where it stands in the file."""

    item: Item
    measure: Measure
    rows: I64
    last: int


def measures(items: list[Item], places: Places, months: int) -> tuple[Measure, ...]:
    """Return the measures that items of a file describe.

    Args:
        items: One a measure.
        places: Places of the scenario.
        months: Length of its run.

    Raises:
        InputError: The first measure that cannot be used, or two that exclude each other.
    """
    if len(items) > MAX_MEASURES:
        where = items[MAX_MEASURES].where
        raise InputError(f"{where}: {len(items):,} measures are too many; allowed: at most {MAX_MEASURES:,}.")
    read = [(item, _measure(item, places, months)) for item in items]
    order = {code: row for row, code in enumerate(places.code)}
    areas = {m.places for _, m in read}  # few, though measures may be many
    rows = {area: np.array([order[code] for code in area or order], dtype=np.int64) for area in areas}
    placed = [_Placed(item, m, rows[m.places], m.last or months) for item, m in read]
    _refuse_overlaps(placed, places)
    _refuse_bodiless(placed, places, months)
    return tuple(p.measure for p in placed)


def measure_items(item: Item) -> list[Item]:
    """Return the items of a file's `measures`."""
    return listing(item, "measures", "measures")


def _measure(item: Item, places: Places, months: int) -> Measure:
    entries = mapping(item, "a measure", KEYS)
    lever = _lever(item, entries)
    first, last = span(entries, months)
    price = within(entries["price"], "price", "yen a year", 0, MAX_PRICE) if "price" in entries else None
    return Measure(
        lever=lever.name,
        amount=_amount(item, entries, lever),
        places=chosen(entries, places),
        first=first,
        last=last,
        price=price,
    )


def _lever(item: Item, entries: dict[str, Item]) -> Lever:
    if "lever" not in entries:
        raise InputError(
            f"{item.where}: a measure has no lever; allowed: lever: and one of {', '.join([*levers()][:12])}, …."
        )
    entry = entries["lever"]
    name = text(entry, "lever", 100)
    if name not in levers():
        raise unknown(entry.where, "lever", shown(name), levers())
    return levers()[name]


def _amount(item: Item, entries: dict[str, Item], lever: Lever) -> float:
    if "amount" not in entries:
        raise InputError(
            f"{item.where}: the measure '{lever.name}' has no amount; allowed: amount: and a number ({lever.unit})."
        )
    entry = entries["amount"]
    value = number(entry, "amount", lever.unit)
    # The level, not the amount, has the range: people forget what there is today. Rounded, because 0.1 + 0.9 is not
    # always 1 in binary.
    level = round(lever.today + value, 9)
    if not lever.low <= level <= lever.high:
        raise out_of_range(
            f"{entry.where}: amount of '{lever.name}', added to today's {lever.today:g}",
            shown(entry.text),
            lever.low - lever.today,
            lever.high - lever.today,
            lever.unit,
        )
    return value


def _refuse_overlaps(placed: list[_Placed], places: Places) -> None:
    """Go through each lever's measures by first month and remember, for each place, how long it is taken."""
    for lever in dict.fromkeys(p.measure.lever for p in placed):
        until = np.zeros(len(places), dtype=np.int64)
        owner = np.zeros(len(places), dtype=np.int64)
        mine = sorted((p for p in placed if p.measure.lever == lever), key=lambda p: p.measure.first)
        for turn, later in enumerate(mine):
            taken = later.rows[until[later.rows] >= later.measure.first]
            if taken.size:
                raise _excluded(mine[owner[taken[0]]], later, places, int(taken[0]))
            until[later.rows] = later.last
            owner[later.rows] = turn


def _refuse_bodiless(placed: list[_Placed], places: Places, months: int) -> None:
    """Refuse money for, or fees of, a private body where and when none runs: it would do nothing but cost."""
    asked = [p for p in placed if p.measure.lever in FOR_A_BODY and p.measure.amount > 0]
    if not asked:
        return
    runs = np.full((len(places), months + 1), levers()[BODY].today > 0)
    for p in placed:
        if p.measure.lever == BODY:
            level = levers()[BODY].today + p.measure.amount
            runs[p.rows, p.measure.first : p.last + 1] = level > 0
    for p in asked:
        idle = np.argwhere(~runs[p.rows, p.measure.first : p.last + 1])
        if idle.size:
            row, month = int(p.rows[idle[0, 0]]), int(idle[0, 1]) + p.measure.first
            raise InputError(
                f"{p.item.where}: '{p.measure.lever}' has no private body to act on in {places.name_ja[row]} "
                f"({places.code[row]}) in month {month}; allowed: a measure on '{BODY}' above 0 in the same places and months."
            )


def _excluded(one: _Placed, two: _Placed, places: Places, row: int) -> InputError:
    first, second = (
        sorted((one, two), key=lambda p: p.item.line) if one.item.file == two.item.file else (one, two)
    )
    start, end = max(one.measure.first, two.measure.first), min(one.last, two.last)
    months = f"months {start} to {end}" if start < end else f"month {start}"
    other = f"line {first.item.line}" if first.item.file == second.item.file else first.item.where
    return InputError(
        f"{second.item.where}: two measures that exclude each other: '{two.measure.lever}' is moved here and at {other} "
        f"in {places.name_ja[row]} ({places.code[row]}) in {months}; allowed: one measure for a lever, place and month."
    )
