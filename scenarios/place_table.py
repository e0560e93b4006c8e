"""Checks a table of places, row by row and value by value."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from scenarios.text_file import UNPRINTABLE, shown
from sim.errors import InputError, out_of_range, unknown

REQUIRED = ("code", "name_ja", "name_en", "metro", "adults", "area_km2", "lat", "lon")
OPTIONAL = ("inner_km",)
METRO = {"shuto": 1, "osaka": 1, "nagoya": 1, "other": 0, "1": 1, "0": 0}
RESERVED = ("all", "metro", "other")
MAX_ROWS = 20_000
MAX_LINES = 2 * MAX_ROWS  # blank lines are allowed, millions of them are not
MAX_LINE = 10_000
MAX_NAME = 60

# Columns of numbers: lowest, highest, unit. Japan with its outermost islands lies within these degrees.
RANGES = {
    "adults": (0, 20_000_000, "persons"),
    "area_km2": (0, 1_000_000, "km2, above 0"),
    "lat": (20, 46, "degrees north"),
    "lon": (122, 154.5, "degrees east"),
    "inner_km": (0, 2_000, "km"),
}
_WHOLE = re.compile(r"[0-9]+")
_DECIMAL = re.compile(r"[-+]?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]{1,3})?")


class Row(NamedTuple):
    """One checked place."""

    code: str
    name_ja: str
    name_en: str
    metro: int
    adults: int
    area_km2: float
    lat: float
    lon: float
    inner_km: float


def rows(text: str, file: str) -> list[Row]:
    """Return the checked rows of a CSV text.

    Args:
        text: The whole table, with its line of column names.
        file: Its name, for messages.

    Raises:
        InputError: The first thing that is wrong, with its line.
    """
    reader = csv.reader(_lines(text, file), strict=True)
    seen: dict[str, int] = {}
    result: list[Row] = []
    header: list[str] | None = None
    try:
        for cells in reader:
            where = f"{file}, line {reader.line_num}"
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = _header(cells, where)
                continue
            row = _row(_cells(cells, header, where), where)
            _refuse_duplicate(row.code, seen, reader.line_num, where)
            result.append(row)
            if len(result) > MAX_ROWS:
                raise InputError(f"{where}: more than {MAX_ROWS:,} places; allowed: at most {MAX_ROWS:,}.")
    except csv.Error as error:
        raise InputError(
            f"{file}, line {reader.line_num}: not valid CSV ({error}); allowed: values between commas."
        ) from None
    return result


def _lines(text: str, file: str) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=None), 1):
        if number > MAX_LINES:
            raise InputError(
                f"{file}, line {number}: the file has too many lines; allowed: at most {MAX_LINES:,}."
            )
        if len(line) > MAX_LINE:
            raise InputError(
                f"{file}, line {number}: {len(line):,} characters in one line; allowed: at most {MAX_LINE:,}, one place a line."
            )
        found = UNPRINTABLE.search(line)
        if found:
            raise InputError(
                f"{file}, line {number}: the control character U+{ord(found[0]):04X} is not text; allowed: plain text in UTF-8."
            )
        yield line


def _header(cells: list[str], where: str) -> list[str]:
    names = [cell.strip() for cell in cells]
    allowed = (*REQUIRED, *OPTIONAL)
    for name in names:
        if name not in allowed:
            raise unknown(where, "column", shown(name), allowed)
        if names.count(name) > 1:
            raise InputError(f"{where}: the column '{name}' stands there twice; allowed: each column once.")
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise InputError(
            f"{where}: the column '{missing[0]}' is missing; allowed: {', '.join(REQUIRED)} and, if known, inner_km."
        )
    return names


def _cells(cells: list[str], header: list[str], where: str) -> dict[str, str]:
    if len(cells) != len(header):
        raise InputError(
            f"{where}: {len(cells)} values in this row; allowed: {len(header)}, one for each column."
        )
    return {name: cell.strip() for name, cell in zip(header, cells)}


def _row(cells: dict[str, str], where: str) -> Row:
    metro = cells["metro"]
    if metro not in METRO:
        raise unknown(f"{where}: metro", "value", shown(metro), METRO)
    area = _decimal("area_km2", cells, where)
    if area == 0:
        raise out_of_range(f"{where}: area_km2", cells["area_km2"], *RANGES["area_km2"])
    return Row(
        code=_word("code", cells, where),
        name_ja=_word("name_ja", cells, where),
        name_en=_word("name_en", cells, where),
        metro=METRO[metro],
        adults=_adults(cells["adults"], where),
        area_km2=area,
        lat=_decimal("lat", cells, where),
        lon=_decimal("lon", cells, where),
        inner_km=_decimal("inner_km", cells, where) if cells.get("inner_km") else 0.0,
    )


def _word(column: str, cells: dict[str, str], where: str) -> str:
    word = cells[column]
    if not word or len(word) > MAX_NAME or "\n" in word:
        raise InputError(
            f"{where}: {column} is '{shown(word)}'; allowed: a text of 1 to {MAX_NAME} characters on one line."
        )
    if word.lower() in RESERVED:
        raise InputError(
            f"{where}: {column} is '{word}', which means a group of places; allowed: any other text."
        )
    return word


def _adults(text: str, where: str) -> int:
    low, high, unit = RANGES["adults"]
    if not _WHOLE.fullmatch(text.removeprefix("-")):
        raise InputError(
            f"{where}: adults is '{shown(text)}'; allowed: a whole number from 0 to {high:,} in plain digits, without commas."
        )
    if text.startswith("-") or len(text) > 12 or int(text) > high:
        raise out_of_range(f"{where}: adults", shown(text), low, high, unit)
    return int(text)


def _decimal(column: str, cells: dict[str, str], where: str) -> float:
    text = cells[column]
    low, high, unit = RANGES[column]
    if not _DECIMAL.fullmatch(text):
        raise InputError(
            f"{where}: {column} is '{shown(text)}'; allowed: a number from {low:,.15g} to {high:,.15g} ({unit})."
        )
    value = float(text)
    if not low <= value <= high:
        raise out_of_range(f"{where}: {column}", shown(text), low, high, unit)
    return value


def _refuse_duplicate(code: str, seen: dict[str, int], line: int, where: str) -> None:
    if code in seen:
        raise InputError(
            f"{where}: the code '{shown(code)}' is already used on line {seen[code]}; allowed: each code once."
        )
    seen[code] = line
