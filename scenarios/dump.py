"""A scenario as the text of a scenario file: what differs from the baseline, and nothing else."""

from __future__ import annotations

from typing import Any

import yaml

from scenarios.places import describe, load_places
from scenarios.plain import meaning
from sim.errors import InputError
from sim.parameters import differences
from sim.places import Places
from sim.scenario import Measure, Scenario
from sim.shocks import Shock


class _Dumper(yaml.SafeDumper):
    """Quotes every text that the loader would not read as text."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = None if meaning(value)[0] == "text" else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def dump(scenario: Scenario) -> str:
    """Return the YAML of a scenario; `scenarios.loader.read` turns it into an equal scenario.

    Measures name groups and prefectures where they can, codes where they must.
    """
    data: dict[str, Any] = {"name": scenario.name}
    for key in ("title", "question", "expectation", "finding"):
        ja, en = getattr(scenario, f"{key}_ja"), getattr(scenario, f"{key}_en")
        if ja or en:
            data[key] = ja if ja == en else {"ja": ja, "en": en}
    plain = Scenario(name=scenario.name)
    for key in ("compared_with", "places", "persons_per_agent", "months", "burn_in"):
        value = getattr(scenario, key)
        if value != getattr(plain, key):
            data[key] = _short(value)
    changes = differences(scenario.parameters)
    if changes:
        data["parameters"] = {path: _short(value) for path, value in changes.items()}
    places = _places(scenario) if scenario.measures or scenario.shocks else None
    if scenario.measures:
        data["measures"] = [_measure(measure, places) for measure in scenario.measures]
    if scenario.shocks:
        data["shocks"] = [_shock(shock, places) for shock in scenario.shocks]
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)


def _measure(measure: Measure, places: Places | None) -> dict[str, Any]:
    data: dict[str, Any] = {"lever": measure.lever, "amount": _short(measure.amount)}
    data |= _where_and_when(measure, places)
    if measure.price is not None:
        data["price"] = _short(measure.price)
    return data


def _shock(shock: Shock, places: Places | None) -> dict[str, Any]:
    return {"kind": shock.kind, "size": _short(shock.size), **_where_and_when(shock, places)}


def _where_and_when(of: Measure | Shock, places: Places | None) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if of.places is not None:
        data["places"] = describe(of.places, places) if places else list(of.places)
    if of.first != 1:
        data["from"] = of.first
    if of.last is not None:
        data["to"] = of.last
    return data


def _places(scenario: Scenario) -> Places | None:
    try:
        return load_places(scenario.places)
    except InputError:  # one's own table may be gone; the codes still say which places
        return None


def _short(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value
