"""What people read for scenarios and tables of places."""

from __future__ import annotations

from scenarios.places import PACKAGED
from sim.places import Places
from sim.scenario import Scenario
from viz.messages import say


def label(scenario: Scenario, lang: str) -> str:
    """Return a scenario's title, or its name where it has none."""
    return (scenario.title_ja if lang == "ja" else scenario.title_en) or scenario.name


def question(scenario: Scenario, lang: str) -> str:
    """Return a scenario's question."""
    return scenario.question_ja if lang == "ja" else scenario.question_en


def places_name(places: Places, lang: str) -> str:
    """Return what people call a table of places: all Japan, or its own name."""
    return say(lang)(f"table {places.name}") if places.name in PACKAGED else places.name
