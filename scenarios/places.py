"""Tables of places: the two of all Japan, two small invented ones, or one's own CSV."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.naming import codes_of, index, shortest
from scenarios.place_table import Row, rows
from scenarios.text_file import decode, read_text, shown
from sim.errors import InputError, unknown
from sim.places import Places

PACKAGED = {
    "prefectures": "the 47 prefectures of Japan",
    "municipalities": "the 1,741 municipalities of Japan",
    "workshop": "eight invented places",
    "typical": "twelve invented regions",
}
INVENTED = ("workshop", "typical")
JAPAN_ADULTS = 102_745_791
MAX_BYTES = 20_000_000


def load_places(name_or_path: str | Path, where: str = "places") -> Places:
    """Return a table of places.

    Args:
        name_or_path: A packaged table (see `PACKAGED`) or the path of a CSV file with the columns code,
            name_ja, name_en, metro, adults, area_km2, lat, lon and, if known, inner_km.
        where: Place named in an error about the name, e.g. a file and line.

    Raises:
        InputError: No such table, or one that cannot be used.
    """
    name = str(name_or_path)
    if name in PACKAGED:
        return _packaged(name)
    path = Path(name)
    if path.suffix.lower() != ".csv":
        raise unknown(where, "table of places", shown(name), [*PACKAGED, "the path of a .csv file"])
    if "\0" in name or not path.exists():
        raise InputError(
            f"{where}: there is no file '{shown(path)}'; allowed: {', '.join(PACKAGED)} or the path of a .csv file."
        )
    return _table(name, rows(read_text(path, MAX_BYTES, "table of places"), shown(path)), shown(path))


def read_places(csv_text: str, name: str) -> Places:
    """Return the table of places that a CSV text holds.

    Args:
        csv_text: The text, with the columns that `load_places` names.
        name: Name of the table, also in messages.

    Raises:
        InputError: A table that cannot be used.
    """
    return _table(name, rows(csv_text, name), name)


def shapes(name: str) -> dict[str, Any] | None:
    """Return the outlines of a packaged table as GeoJSON, one feature a place with its code as `id`.

    None for tables without outlines. The outlines are shared: copy before changing them.
    """
    return _shapes(name) if name in PACKAGED else None


def resolve(tokens: str | Sequence[str], places: Places, where: str = "places") -> tuple[str, ...] | None:
    """Return the codes of the places that words stand for, in the order of the table; None for everywhere.

    Args:
        tokens: One word or several: all, metro, other, a code, a Japanese name, or an English name in capitals or
            not. In the municipalities' table a prefecture's name or code means all its municipalities, and a
            prefecture's name before a municipality's tells apart those of one name (東京都府中市).
        places: The table.
        where: Place named in an error, e.g. a file and line.

    Raises:
        InputError: An unknown word, or a name that several places bear.
    """
    words = [tokens] if isinstance(tokens, str) else list(tokens)
    return codes_of(words, index(places, _prefectures(places)), where)


def describe(codes: tuple[str, ...], places: Places) -> str | list[str]:
    """Return the shortest words that `resolve` turns into these codes."""
    return shortest(codes, index(places, _prefectures(places)))


def _prefectures(places: Places) -> Places | None:
    # JIS codes of municipalities begin with the code of their prefecture.
    return load_places("prefectures") if places.name == "municipalities" else None


@cache
def _packaged(name: str) -> Places:
    file = f"{name}.csv"
    text = decode((files("scenarios") / "data" / file).read_bytes(), file, "table of places")
    places = _table(name, rows(text, file), file)
    total = int(places.adults.sum())
    if name not in INVENTED and total != JAPAN_ADULTS:
        raise InputError(
            f"{file}: the adults add up to {total:,}; allowed: {JAPAN_ADULTS:,}, as in the census."
        )
    return places


@cache
def _shapes(name: str) -> dict[str, Any] | None:
    file = files("scenarios") / "data" / f"{name}.geojson"
    if not file.is_file():
        return None
    result: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return result


def _table(name: str, table: list[Row], file: str) -> Places:
    if len(table) < 2:
        raise InputError(
            f"{file}: the table has {len(table)} places; allowed: at least 2, so that there is somewhere to go."
        )
    if not any(row.adults for row in table):
        raise InputError(f"{file}: no place has adults; allowed: at least one place with adults above 0.")
    numbers = {
        "metro": np.array([row.metro for row in table], dtype=np.int64),
        "adults": np.array([row.adults for row in table], dtype=np.int64),
        "area_km2": np.array([row.area_km2 for row in table]),
        "lat": np.array([row.lat for row in table]),
        "lon": np.array([row.lon for row in table]),
        "inner_km": np.array([row.inner_km for row in table]),
    }
    for column in numbers.values():
        column.flags.writeable = False  # the packaged tables are shared by everybody
    return Places(
        name=name,
        code=tuple(row.code for row in table),
        name_ja=tuple(row.name_ja for row in table),
        name_en=tuple(row.name_en for row in table),
        **numbers,
    )
