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
    """Return a scenario's question; empty where it is in a language that the reader may not know."""
    # A scenario keeps one question, in Japanese if it has both.
    japanese = any(letter >= "\u3040" for letter in scenario.question)
    return "" if lang == "en" and japanese else scenario.question


def places_name(places: Places, lang: str) -> str:
    """Return what people call a table of places: all Japan, or its own name."""
    return say(lang)(f"table {places.name}") if places.name in PACKAGED else places.name
