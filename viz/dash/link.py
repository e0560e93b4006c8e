"""A scenario as the address of a page, and back: only what differs from the baseline is written.

`?s=care` is a packaged scenario; `?m=hub:0.5&m=events:6:other:13:72&p=search.rate:0.3&x=disaster:0.3:05:37` are
measures, parameters and shocks. What an address says is turned into the text of a scenario file and read by the one
loader that checks those, so that a bad address is refused with the same sentence as a bad file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

import yaml

from scenarios.loader import load, names, read
from scenarios.places import PACKAGED, describe, load_places
from sim.errors import InputError
from sim.parameters import differences
from sim.scenario import Measure, Scenario
from sim.shocks import Shock
from viz.dash.editing import MAX_MONTHS, same_as_packaged
from viz.messages import LANGUAGES

MAX_LENGTH = 6_000
MAX_FIELDS = 200
PLAIN = {"places": str, "months": int, "people": float, "burn_in": int}
"""Entries with one value; `people` are the adults for whom one simulated person stands."""

VIEW = ("lang", "mode", "room", "look", "place")
"""Entries that say how to look at the scenario."""


@dataclass(frozen=True)
class Address:
    """What an address asks for.

    Attributes:
        scenario: The scenario.
        view: How to look at it.
    """

    scenario: Scenario
    view: dict[str, str]


def query(scenario: Scenario, view: dict[str, str]) -> str:
    """Return the part of the address after the question mark; "" for the baseline."""
    shown = [(key, value) for key, value in view.items() if value]
    return urlencode([*_scenario_fields(scenario), *shown], safe=":.+")


def parse(search: str) -> Address:
    """Return what an address asks for.

    Raises:
        InputError: It is too long, or something in it cannot be used.
    """
    if len(search) > MAX_LENGTH:
        raise InputError(
            f"address: {len(search):,} characters are too many; allowed: at most {MAX_LENGTH:,}."
        )
    try:
        fields = parse_qsl(search.lstrip("?"), max_num_fields=MAX_FIELDS)
    except ValueError:
        raise InputError(f"address: too many entries; allowed: at most {MAX_FIELDS}.") from None
    view = {key: value for key, value in fields if key in VIEW}
    if view.get("lang", "ja") not in LANGUAGES:
        raise InputError("address: unknown language; allowed: lang=ja, lang=en.")
    asked = [(key, value) for key, value in fields if key not in VIEW]
    return Address(_scenario(asked), view)


def language(search: str) -> str:
    """Return the language an address asks for, also where nothing else in it can be used."""
    asked = dict(parse_qsl(search[:MAX_LENGTH].lstrip("?"))).get("lang", "")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def _scenario_fields(scenario: Scenario) -> list[tuple[str, str]]:
    known = same_as_packaged(scenario)
    if known is not None:
        return [] if known.name == "baseline" else [("s", known.name)]
    plain, fields = load("baseline"), []
    for key, name in (
        ("places", "places"),
        ("months", "months"),
        ("people", "persons_per_agent"),
        ("burn_in", "burn_in"),
    ):
        value = getattr(scenario, name)
        if value != getattr(plain, name) and (key != "places" or value in PACKAGED):
            fields.append((key, f"{value:g}" if isinstance(value, float) else str(value)))
    fields += [("m", _measure_text(m, scenario)) for m in scenario.measures]
    fields += [("p", f"{path}:{value!r}") for path, value in differences(scenario.parameters).items()]
    return fields + [("x", _shock_text(s, scenario)) for s in scenario.shocks]


def _measure_text(m: Measure, scenario: Scenario) -> str:
    parts = [
        m.lever,
        f"{m.amount:g}",
        *_where_and_when(m, scenario),
        "" if m.price is None else f"{m.price:g}",
    ]
    return ":".join(parts).rstrip(":")


def _shock_text(s: Shock, scenario: Scenario) -> str:
    return ":".join([s.kind, f"{s.size:g}", *_where_and_when(s, scenario)]).rstrip(":")


def _where_and_when(of: Measure | Shock, scenario: Scenario) -> list[str]:
    where = ""
    if of.places is not None:
        words: str | list[str] = list(of.places)
        if scenario.places in PACKAGED:
            words = describe(of.places, load_places(scenario.places))
        where = words if isinstance(words, str) else "+".join(words)
    return [where, "" if of.first == 1 else str(of.first), "" if of.last is None else str(of.last)]


def _scenario(fields: list[tuple[str, str]]) -> Scenario:
    if not fields:
        return load("baseline")
    if fields[0][0] == "s" and len(fields) == 1 and fields[0][1] in names():
        return load(fields[0][1])
    data: dict[str, Any] = {"name": "my-plan", "base": "baseline"}
    for key, value in fields:
        _add(data, key, value)
    try:
        found = read(yaml.safe_dump(data, allow_unicode=True), "address")
    except InputError as error:  # nobody has seen the lines that the address was turned into
        raise InputError(re.sub(r"^address, line \d+", "address", str(error))) from None
    if found.months > MAX_MONTHS:
        raise InputError(f"address: months is {found.months}; allowed: at most {MAX_MONTHS}.")
    return same_as_packaged(found) or found


def _add(data: dict[str, Any], key: str, value: str) -> None:
    parts = value.split(":")
    if key == "s":
        data["base"] = value
    elif key in PLAIN:
        data["persons_per_agent" if key == "people" else key] = value if key == "places" else _number(value)
    elif key == "m":
        data.setdefault("measures", []).append(
            _entry(parts, "lever", "amount", "places", "from", "to", "price")
        )
    elif key == "x":
        data.setdefault("shocks", []).append(_entry(parts, "kind", "size", "places", "from", "to"))
    elif key == "p" and len(parts) == 2:
        data.setdefault("parameters", {})[parts[0]] = _number(parts[1])
    else:
        raise InputError(
            f"address: unknown entry '{key[:20]}'; allowed: s, m, p, x, {', '.join(PLAIN)}, {', '.join(VIEW)}."
        )


def _entry(parts: list[str], *keys: str) -> dict[str, Any]:
    if len(parts) > len(keys):
        raise InputError(f"address: too many parts in '{':'.join(parts)[:40]}'; allowed: {':'.join(keys)}.")
    entry: dict[str, Any] = {}
    for key, part in zip(keys, parts, strict=False):
        if key == "places" and part:
            entry[key] = part.split("+") if "+" in part else part
        elif part:
            entry[key] = part if key in ("lever", "kind") else _number(part)
    return entry


def _number(text: str) -> int | float | str:
    """Return a number where the text is one; the loader says what is wrong with any other."""
    for kind in (int, float):
        try:
            return kind(text) if len(text) < 40 else text
        except ValueError:
            continue
    return text
