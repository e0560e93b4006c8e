"""Groups of places that a person names: typed, or from a file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from experiments.predictions.record import Asked, Rows
from scenarios.places import load_places, resolve
from scenarios.text_file import read_text, shown
from scenarios.yaml_text import parse
from sim.errors import InputError
from sim.places import Places

MAX_BYTES = 1_000_000
FORM = "NAME=PLACE,PLACE,… (e.g. tokyo=13,14,11,12) or a .yaml or .csv file"
_NAME = re.compile(r"[^\W.=,;:][^.=,;:\s]{0,39}")
STRUCK = 3
"""Places that a disaster strikes unless the user names some."""


def groups(texts: Sequence[str], places: Places, option: str) -> dict[str, Rows]:
    """Return groups of places by name.

    Args:
        texts: Each NAME=PLACE,PLACE,… with names, codes, metro, other or all; or the path of a YAML file
            (`name: [place, place]`) or CSV file (columns group, place).
        places: The table.
        option: Named in errors, e.g. "--origins".

    Raises:
        InputError: A group or place that cannot be used.
    """
    found: dict[str, Rows] = {}
    for text in texts:
        for name, words, where in _read(text, option):
            if not _NAME.fullmatch(name):
                raise InputError(
                    f"{where}: '{shown(name)}' cannot name a group; allowed: up to 40 letters, digits, - and _."
                )
            if name in found:
                raise InputError(f"{where}: the group '{name}' is named twice; allowed: each name once.")
            found[name] = rows(words, places, f"{where}: {name}")
    return found


def rows(words: Sequence[str], places: Places, where: str) -> Rows:
    """Return the indices of the places that words stand for.

    Raises:
        InputError: An unknown place, with the nearest name there is.
    """
    codes = resolve(words, places, where)
    return np.arange(len(places)) if codes is None else np.flatnonzero(np.isin(places.code, codes))


def asked(
    places: Places, origins: Sequence[str], destinations: Sequence[str], struck: Sequence[str]
) -> Asked:
    """Return what quantities are asked of; metropolitan and other places where no groups are named.

    Raises:
        InputError: A group or place that cannot be used.
    """
    hit = rows(list(struck), places, "--struck") if struck else usual_struck(places)
    both = _metro_and_other(places)
    return Asked(
        places,
        groups(origins, places, "--origins") or both,
        groups(destinations, places, "--destinations") or both,
        hit,
    )


def usual_struck(places: Places) -> Rows:
    """Return which places a disaster strikes if nobody says: the three middling ones outside the metropolitan areas.

    In the municipalities' table, all municipalities of the three prefectures.
    """
    if places.name == "municipalities":
        prefectures = load_places("prefectures")
        codes = tuple(prefectures.code[i] for i in usual_struck(prefectures))
        return np.array([i for i, code in enumerate(places.code) if code.startswith(codes)])
    outside = np.flatnonzero(places.metro == 0) if (places.metro == 0).any() else np.arange(len(places))
    order = outside[np.argsort(places.adults[outside], kind="stable")]
    first = max((len(order) - STRUCK) // 2, 0)
    return np.sort(order[first : first + STRUCK])


def _metro_and_other(places: Places) -> dict[str, Rows]:
    both = {"metro": np.flatnonzero(places.metro > 0), "other": np.flatnonzero(places.metro == 0)}
    return {name: found for name, found in both.items() if len(found)}


def _read(text: str, option: str) -> list[tuple[str, list[str], str]]:
    """Return name, words and where they stand, for each group of a text or file."""
    suffix = Path(text).suffix.lower()
    if "=" not in text and suffix in (".yaml", ".yml"):
        return _yaml(Path(text))
    if "=" not in text and suffix == ".csv":
        return _csv(Path(text))
    name, sign, words = text.partition("=")
    if not sign:
        raise InputError(f"{option}: '{shown(text)}' is no group of places; allowed: {FORM}.")
    return [(name.strip(), [word.strip() for word in words.split(",") if word.strip()], option)]


def _yaml(path: Path) -> list[tuple[str, list[str], str]]:
    root = parse(read_text(path, MAX_BYTES, "file of groups"), shown(path), "file of groups")
    found = []
    for name, item in root.value.items():
        items = item.value if item.kind == "list" else [item]
        if item.kind in ("mapping", "empty") or any(
            one.kind in ("mapping", "list", "empty") for one in items
        ):
            raise InputError(
                f"{item.where}: '{shown(name)}' is no list of places; allowed: {name}: [place, place]."
            )
        found.append((name, [one.text for one in items], item.where))
    return found


def _csv(path: Path) -> list[tuple[str, list[str], str]]:
    table = csv.DictReader(io.StringIO(read_text(path, MAX_BYTES, "file of groups")))
    if table.fieldnames is None or not {"group", "place"} <= set(table.fieldnames):
        raise InputError(f"{shown(path)}: the columns are {table.fieldnames}; allowed: group, place.")
    words: dict[str, list[str]] = {}
    for line in table:
        words.setdefault((line["group"] or "").strip(), []).append((line["place"] or "").strip())
    return [(name, found, shown(path)) for name, found in words.items()]
