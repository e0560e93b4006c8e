"""Turns an item of a file into a mapping, list, text or number, or says in one sentence why it cannot be."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable

from scenarios.plain import NUMBER, looks_like_date
from scenarios.text_file import shown
from scenarios.yaml_text import Item
from sim.errors import InputError, out_of_range, unknown


def refused(item: Item, name: str, found: str, allowed: str) -> InputError:
    """Return the error for a value of a wrong kind."""
    return InputError(f"{item.where}: {name} is {found}; allowed: {allowed}.")


def mapping(item: Item, name: str, keys: Iterable[str]) -> dict[str, Item]:
    """Return a mapping whose keys are all known; nothing at all counts as an empty one."""
    allowed = list(keys)
    if item.kind == "empty":
        return {}
    if item.kind != "mapping":
        raise refused(item, name, _found(item), f"lines of 'key: value' with the keys {', '.join(allowed)}")
    entries: dict[str, Item] = item.value
    for key, value in entries.items():
        if key not in allowed:
            raise unknown(value.where, f"key in {name}", shown(key), allowed)
    return entries


def listing(item: Item, name: str, of: str) -> list[Item]:
    """Return the items of a list; nothing at all counts as an empty one."""
    if item.kind == "empty":
        return []
    if item.kind != "list":
        raise refused(item, name, _found(item), f"a list of {of}, each on a line that begins with '- '")
    items: list[Item] = item.value
    return items


def text(item: Item, name: str, longest: int) -> str:
    """Return a text on one line."""
    if item.kind != "text":
        hint = " (put it in quotes if it is meant as text)" if item.text else ""
        raise refused(item, name, _found(item) + hint, "a text")
    words = " ".join(str(item.value).split("\n")).strip()
    if not words:
        raise refused(item, name, "an empty text", f"a text of 1 to {longest} characters")
    if len(words) > longest:
        raise refused(item, name, f"{len(words)} characters long", f"at most {longest} characters")
    return words


def number(item: Item, name: str, unit: str) -> float:
    """Return a finite number."""
    if item.kind != "number":
        raise refused(item, name, _found(item) + _hint(item), f"a number ({unit})")
    if not math.isfinite(item.value):
        raise refused(
            item,
            name,
            f"'{shown(item.text)}', which is not a number to count with",
            f"a finite number ({unit})",
        )
    return float(item.value)


def within(item: Item, name: str, unit: str, low: float, high: float) -> float:
    """Return a number from low to high."""
    value = number(item, name, unit)
    if not low <= value <= high:
        raise out_of_range(f"{item.where}: {name}", shown(item.text), low, high, unit)
    return value


def whole(item: Item, name: str, unit: str, low: int, high: int) -> int:
    """Return a whole number from low to high."""
    value = within(item, name, unit, low, high)
    if not isinstance(item.value, int):
        raise refused(
            item, name, f"'{shown(item.text)}'", f"a whole number ({unit}) written without a decimal point"
        )
    return int(value)


def month(item: Item, name: str, low: int, months: int) -> int:
    """Return a month of the run, counted from 1."""
    if item.kind == "date" or (item.kind == "text" and looks_like_date(item.text)):
        allowed = f"the month of the run as a number, from 1 (the first) to {months} (the last)"
        raise refused(item, name, f"the date '{shown(item.text)}'", allowed)
    return whole(item, name, "month of the run", low, months)


def _found(item: Item) -> str:
    value = f"'{shown(item.text)}'"
    return {
        "mapping": "a group of 'key: value' lines",
        "list": "a list",
        "text": f"the text {value}",
        "number": f"the number {value}",
        "truth": f"{value}, which YAML reads as {'true' if item.value else 'false'}",
        "empty": "empty",
        "odd": f"{value}, which YAML does not read as a plain decimal number",
        "date": f"{value}, which YAML reads as a date",
    }[item.kind]


def _hint(item: Item) -> str:
    if item.kind != "text":
        return ""
    narrow = unicodedata.normalize("NFKC", item.text).strip()
    if NUMBER.fullmatch(item.text):
        return " (leave out the quotes)"
    if NUMBER.fullmatch(narrow):
        return f" (write {narrow} with half-width digits)"
    if NUMBER.fullmatch(narrow.replace(",", "")):
        return f" (write {narrow.replace(',', '')} without commas)"
    return ""
