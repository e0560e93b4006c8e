"""One table of all words that people read, in Japanese and English: `data/messages.yaml`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("ja", "en")

Say = Callable[..., str]


def say(lang: str) -> Say:
    """Return the function that gives a message by key, with its {blanks} filled in."""
    table = _table()

    def message(key: str, **blanks: Any) -> str:
        text = table[key][lang]
        return text.format(**blanks) if blanks else text

    return message


def unit(name: str, lang: str) -> str:
    """Return a unit as people of the language write it; unknown units stay as they are."""
    known = _table().get(f"unit {name}")
    return known[lang] if known else name


def bare_unit(name: str, lang: str) -> str:
    """Return a unit without the parentheses around it, for where others put some."""
    text = unit(name, lang)
    return text[1:-1] if text[0] in "(（" else text


def step(name: str, lang: str) -> str:
    """Return the unit of a difference: percentages differ by points."""
    return unit("points" if name.startswith("%") else name, lang)


def keys() -> tuple[str, ...]:
    """Return all keys."""
    return tuple(_table())


@cache
def _table() -> dict[str, dict[str, str]]:
    import yaml

    text = (files("viz") / "data" / "messages.yaml").read_text(encoding="utf-8")
    # libyaml where PyYAML was built with it: ten times faster, and every command waits for this table.
    table: dict[str, dict[str, str]] = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return table
