"""The entries that measures and shocks have in common: from which month to which, and where."""

from __future__ import annotations

from scenarios.checks import month, refused
from scenarios.places import resolve
from scenarios.text_file import shown
from scenarios.yaml_text import Item
from sim.errors import InputError
from sim.places import Places


def span(entries: dict[str, Item], months: int) -> tuple[int, int | None]:
    """Return the first and the last month that `from` and `to` give: 1 and None where they are left out."""
    first = month(entries["from"], "from", 1, months) if "from" in entries else 1
    last = month(entries["to"], "to", 1, months) if "to" in entries else None
    if last is not None and first > last:
        raise InputError(
            f"{entries['to'].where}: to is {last}, before from, which is {first}; allowed: a month from {first} to {months}."
        )
    return first, last


def chosen(entries: dict[str, Item], places: Places) -> tuple[str, ...] | None:
    """Return the codes of the places that `places` names; None for everywhere."""
    if "places" not in entries:
        return None
    entry = entries["places"]
    words = entry.value if entry.kind == "list" else [entry]
    if not words:
        return resolve([], places, entry.where)
    for word in words:
        # A code such as 01 counts as written, not as the number YAML makes of it.
        if word.kind not in ("text", "number", "odd"):
            shape = (
                "empty"
                if word.kind == "empty"
                else f"'{shown(word.text)}'"
                if word.text
                else f"a {word.kind}"
            )
            raise refused(
                word, "places", shape, "all, metro, other, a name or code of a place, or a list of them"
            )
    # Word by word, so that a message names the line of its word.
    parts = [resolve(word.text, places, word.where) for word in words]
    if len(parts) == 1 or None in parts:
        return parts[0] if len(parts) == 1 else None
    return resolve([code for part in parts if part for code in part], places, entry.where)
