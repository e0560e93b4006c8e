"""Shocks of a scenario file: read, and checked against what a shock of their kind can be."""

from __future__ import annotations

from typing import get_args

from scenarios.checks import listing, mapping, text, within
from scenarios.entries import chosen, span
from scenarios.text_file import shown
from scenarios.yaml_text import Item
from sim.errors import InputError, unknown
from sim.places import Places
from sim.shocks import LARGEST, Shock

KEYS = ("kind", "size", "places", "from", "to")
KINDS: tuple[str, ...] = get_args(Shock.model_fields["kind"].annotation)
UNITS = {
    "disaster": "0-1, about 0.25 for one that fills the news",
    "key_people": "share of hosts, 0-1",
    "travel": "share of long trips, 0-1",
    "needs": "factor on new needs, 0-10",
}
ENDLESS = {
    "disaster": "a disaster, which fades by itself",
    "key_people": "key_people, who leave in one month",
}
"""Kinds that have no last month, and why."""

MAX_SHOCKS = 1_000


def shocks(items: list[Item], places: Places, months: int) -> tuple[Shock, ...]:
    """Return the shocks that items of a file describe.

    Args:
        items: One a shock.
        places: Places of the scenario.
        months: Length of its run.

    Raises:
        InputError: The first shock that cannot be used, or one that stands there twice.
    """
    if len(items) > MAX_SHOCKS:
        where = items[MAX_SHOCKS].where
        raise InputError(f"{where}: {len(items):,} shocks are too many; allowed: at most {MAX_SHOCKS:,}.")
    read = [(item, _shock(item, places, months)) for item in items]
    _refuse_repeated(read, places)
    return tuple(shock for _, shock in read)


def shock_items(item: Item) -> list[Item]:
    """Return the items of a file's `shocks`."""
    return listing(item, "shocks", "shocks")


def _shock(item: Item, places: Places, months: int) -> Shock:
    entries = mapping(item, "a shock", KEYS)
    kind = _kind(item, entries)
    if "size" not in entries:
        raise InputError(
            f"{item.where}: the shock '{kind}' has no size; allowed: size: and a number ({UNITS[kind]})."
        )
    if kind in ENDLESS and "to" in entries:
        raise InputError(
            f"{entries['to'].where}: to means nothing for {ENDLESS[kind]}; allowed: {', '.join(KEYS[:-1])}."
        )
    size = within(entries["size"], f"size of '{kind}'", UNITS[kind], 0, LARGEST[kind])
    first, last = span(entries, months)
    where = chosen(entries, places)
    return Shock.model_validate({"kind": kind, "size": size, "places": where, "first": first, "last": last})


def _kind(item: Item, entries: dict[str, Item]) -> str:
    if "kind" not in entries:
        raise InputError(f"{item.where}: a shock has no kind; allowed: kind: and one of {', '.join(KINDS)}.")
    entry = entries["kind"]
    kind = text(entry, "kind", 100)
    if kind not in KINDS:
        raise unknown(entry.where, "kind of shock", shown(kind), KINDS)
    return kind


def _refuse_repeated(read: list[tuple[Item, Shock]], places: Places) -> None:
    """Refuse two shocks of a kind that begin in one place and month: that is a slip, not a larger shock."""
    seen: dict[tuple[str, int, str], Item] = {}
    for item, shock in read:
        for code in shock.places or places.code:
            one = seen.setdefault((shock.kind, shock.first, code), item)
            if one is item:
                continue
            other = f"line {one.line}" if one.file == item.file else one.where
            name = places.name_ja[places.code.index(code)]
            raise InputError(
                f"{item.where}: '{shock.kind}' begins here and at {other} in {name} ({code}) in month {shock.first}; "
                "allowed: one shock of a kind that begins in a place and month."
            )
