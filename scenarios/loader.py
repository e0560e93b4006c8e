"""Scenario files: read, put on top of their bases, and checked from the first line to the last."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from scenarios.checks import mapping, number, refused, text, whole, within
from scenarios.claims import Claim, claims
from scenarios.dump import dump
from scenarios.measures import measure_items, measures
from scenarios.places import PACKAGED, load_places
from scenarios.shocks import shock_items, shocks
from scenarios.sources import PRESETS, Source, chain, find, preset, source
from scenarios.text_file import shown
from scenarios.yaml_text import Item
from sim.errors import InputError, unknown
from sim.groups import Parameters
from sim.parameters import changed, defaults, records
from sim.places import Places
from sim.scenario import Scenario

__all__ = ["dump", "load", "names", "read", "shows"]

MAX_MONTHS = 1_200
MAX_BURN_IN = 600
MAX_WEIGHT = 1_000_000
MAX_NAME = 60
TEXTS = {"title": 200, "question": 1_000, "expectation": 1_000, "finding": 1_000}
"""Texts in two languages, and how long they may be."""

# Letters a to z, digits, - and _, kana, kanji: a name becomes a folder and a column.
_NAME = re.compile(r"[A-Za-z0-9_\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u9fff]"
                   r"[A-Za-z0-9_\-\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u9fff]*")  # fmt: skip

_ALLOWED = f"1 to {MAX_NAME} letters a-z, digits, - and _, kana or kanji"


def names() -> list[str]:
    """Return the names of the packaged scenarios, in the order in which their story is told."""
    return list(PRESETS)


def load(name_or_path: str | Path) -> Scenario:
    """Return a scenario.

    Args:
        name_or_path: A packaged name (see `names`), or the path of a YAML file.

    Raises:
        InputError: There is no such scenario, or something in it cannot be used.
    """
    name = str(name_or_path)
    if name in PRESETS:
        return _packaged(name)
    return _scenario(find(name, "scenario", Path()))


def read(yaml_text: str, where: str, folder: Path | None = None) -> Scenario:
    """Return the scenario that a YAML text holds.

    Args:
        yaml_text: The text.
        where: What to call it in messages, e.g. "upload.yaml".
        folder: Where its paths start. None, for texts from strangers: it may then name packaged places and
            scenarios only, and so cannot ask which files there are on this machine.

    Raises:
        InputError: Something in it cannot be used.
    """
    return _scenario(source(yaml_text, shown(where), shown(where), folder))


def shows(name: str) -> tuple[Claim, ...]:
    """Return what the finding of a packaged scenario rests on."""
    scenario = load(name)
    return _claims(preset(name), load_places(scenario.places), scenario.months)


@cache
def _packaged(name: str) -> Scenario:
    return _scenario(preset(name))


def _scenario(top: Source) -> Scenario:
    sources = chain(top)
    places_name, places = _places(sources)
    months = _whole(sources, "months", "months", 1, MAX_MONTHS)
    _claims(top, places, months)
    return Scenario(
        name=_name(top),
        **_texts(top),
        compared_with=_compared_with(top),
        places=places_name,
        persons_per_agent=_weight(sources, places),
        months=months,
        burn_in=_whole(sources, "burn_in", "months", 0, MAX_BURN_IN),
        parameters=_parameters(sources),
        measures=measures(_items(sources, "measures", measure_items), places, months),
        shocks=shocks(_items(sources, "shocks", shock_items), places, months),
    )


def named(item: Item) -> str:
    """Return a name that may become a folder and a column.

    Raises:
        InputError: It may not.
    """
    name = text(item, "name", MAX_NAME)
    if not _NAME.fullmatch(name):
        raise refused(item, "name", f"'{shown(name)}'", f"{_ALLOWED}, not beginning with -")
    return name


def _name(top: Source) -> str:
    if "name" not in top.entries:
        raise InputError(f"{top.line}: the scenario has no name; allowed: name: and {_ALLOWED}.")
    return named(top.entries["name"])


def _texts(top: Source) -> dict[str, str]:
    """Return what people read, which belongs to a scenario alone and not to those built on it."""
    found = {}
    for key, longest in TEXTS.items():
        found[f"{key}_ja"], found[f"{key}_en"] = _in_languages(top, key, longest)
    return found


def _in_languages(top: Source, key: str, longest: int) -> tuple[str, str]:
    item = top.entries.get(key)
    if item is None:
        return "", ""
    if item.kind != "mapping":
        words = text(item, key, longest)
        return words, words
    entries = mapping(item, key, ("ja", "en"))
    ja, en = (
        text(entries[lang], f"{key} ({lang})", longest) if lang in entries else "" for lang in ("ja", "en")
    )
    return ja or en, en or ja


def _compared_with(top: Source) -> str:
    item = top.entries.get("compared_with")
    if item is None:
        default: str = Scenario.model_fields["compared_with"].default
        return default
    name = text(item, "compared_with", 1_000)
    find(name, item.where, top.folder)
    return name if name in PRESETS or top.folder is None else str(top.folder / name)


def _claims(top: Source, places: Places, months: int) -> tuple[Claim, ...]:
    return claims(top.entries["shows"], places, months) if "shows" in top.entries else ()


def _items(sources: list[Source], key: str, items_of: Callable[[Item], list[Item]]) -> list[Item]:
    """Return the items of a list that grows from base to base."""
    return [item for s in sources if key in s.entries for item in items_of(s.entries[key])]


def _last(sources: list[Source], key: str) -> tuple[Item, Source] | None:
    """Return what the last source says that says anything: a scenario overrules its bases."""
    said = [(s.entries[key], s) for s in sources if key in s.entries]
    return said[-1] if said else None


def _whole(sources: list[Source], key: str, unit: str, low: int, high: int) -> int:
    said = _last(sources, key)
    default: int = Scenario.model_fields[key].default
    return whole(said[0], key, unit, low, high) if said else default


def _weight(sources: list[Source], places: Places) -> float:
    said = _last(sources, "persons_per_agent")
    unit = "adults for one simulated person"
    weight: float = Scenario.model_fields["persons_per_agent"].default
    where = sources[-1].line
    if said:
        where = said[0].where
        weight = within(said[0], "persons_per_agent", unit, 1, MAX_WEIGHT)
    adults = int(places.adults.sum())
    if weight > adults:
        raise InputError(
            f"{where}: persons_per_agent is {weight:,.15g}, more than the {adults:,} adults of '{shown(places.name)}'; "
            f"allowed: at least 1, at most {adults:,} ({unit})."
        )
    return weight


def _places(sources: list[Source]) -> tuple[str, Places]:
    said = _last(sources, "places")
    if said is None:
        default: str = Scenario.model_fields["places"].default
        return default, load_places(default)
    item, origin = said
    name = text(item, "places", 1_000)
    if name not in PACKAGED:
        own = [] if origin.folder is None else ["the path of a .csv file"]  # see `read`
        if origin.folder is None or not name.lower().endswith(".csv"):
            raise unknown(item.where, "table of places", shown(name), [*PACKAGED, *own])
        name = str(origin.folder / name)
    return name, load_places(name, item.where)


def _parameters(sources: list[Source]) -> Parameters:
    result = defaults()
    for layer in sources:
        if "parameters" in layer.entries:
            for path, item in _paths(layer.entries["parameters"]).items():
                number(item, path, records()[path].unit)
                result = changed(result, {path: item.value}, item.where)
    return result


def _paths(item: Item) -> dict[str, Item]:
    """Return values by `group.name`, whether they are written so or nested."""
    if item.kind not in ("mapping", "empty"):
        raise refused(item, "parameters", "not a group of values", "lines such as 'search.rate: 0.3'")
    found: dict[str, Item] = {}
    for key, value in (item.value or {}).items():
        nested = (
            {f"{key}.{name}": v for name, v in value.value.items()}
            if value.kind == "mapping"
            else {key: value}
        )
        for path, entry in nested.items():
            if path not in records():
                raise unknown(entry.where, "parameter", shown(path), records())
            if path in found:
                raise refused(entry, path, f"already set on line {found[path].line}", "each parameter once")
            found[path] = entry
    return found
