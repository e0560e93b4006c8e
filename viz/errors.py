"""What is said about input that cannot be used, in the language of whoever reads it.

The code says it in English, where it finds it (`sim.errors.InputError`). The Japanese is found by the shape of the
sentence, piece by piece, in one table: `data/errors.yaml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter

from viz.messages import bare_unit

LONGEST = 2_000
"""Characters of a sentence that is looked at."""

WORDS = ("kind", "of", "unit")
"""Blanks that hold words, not sentences."""

_LINE = re.compile(r"^(.*), line (\d+)(?:, column (\d+))?$")
_SHAPES = {
    "number": r"(?:(?!: ).)+?",
    **dict.fromkeys(("n", "first", "last", "line", "month", "low", "high", "top"), r"\S+?"),
}
_QUOTED = r"(?:(?!' ).)*?"


@dataclass(frozen=True)
class Pattern:
    """The shape of an English sentence, and the Japanese one.

    Attributes:
        shape: Matches it, with a group for each blank.
        raw: Blanks that stay as they are: they stand in quotes.
        ja: The Japanese, with the same blanks.
    """

    shape: re.Pattern[str]
    raw: frozenset[str]
    ja: str


def told(error: BaseException | str, lang: str) -> str:
    """Return an error's sentence in a language; what nobody has translated stays English."""
    text = str(error)
    return _said(text) if lang == "ja" and len(text) <= LONGEST else text


def _said(text: str) -> str:
    known, patterns = _table()
    if text in known:
        return known[text]
    for pattern in patterns:
        found = pattern.shape.fullmatch(text)
        if found:
            blanks = found.groupdict()
            return pattern.ja.format(
                **{k: v if k in pattern.raw else _filled(k, v) for k, v in blanks.items()}
            )
    return _place(", ".join(known.get(part, part) for part in text.split(", ")))


def _filled(blank: str, text: str) -> str:
    if blank not in WORDS:
        return _said(text)
    words, patterns = _words()
    if text in words:
        return words[text]
    for pattern in patterns:
        found = pattern.shape.fullmatch(text)
        if found:
            return pattern.ja.format(**{k: _filled(k, v) for k, v in found.groupdict().items()})
    return bare_unit(text, "ja")


def _place(text: str) -> str:
    """Return where something stands: a file, its line, and what is on it."""
    where, colon, what = text.partition(": ")
    found, known = _LINE.match(where), _table()[0]
    if found:
        file, line, column = found.groups()
        where = f"{file}の{line}行目" + (f"の{column}文字目" if column else "")
    elif where not in known or not colon:
        return text
    return known.get(where, where) + ("：" + _said(what) if colon else "")


@cache
def _table() -> tuple[dict[str, str], tuple[Pattern, ...]]:
    return _read("sentences")


@cache
def _words() -> tuple[dict[str, str], tuple[Pattern, ...]]:
    return _read("words")


def _read(part: str) -> tuple[dict[str, str], tuple[Pattern, ...]]:
    """Return what has no blanks, and the patterns, those that say most first."""
    import yaml

    text = (files("viz") / "data" / "errors.yaml").read_text(encoding="utf-8")
    table: dict[str, str] = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))[part]
    known = {en: ja for en, ja in table.items() if "{" not in en}
    shaped = sorted((en for en in table if en not in known), key=lambda en: -len(re.sub(r"\{\w+\}", "", en)))
    return known, tuple(_pattern(en, table[en]) for en in shaped)


def _pattern(en: str, ja: str) -> Pattern:
    shape, raw = "", set()
    for literal, blank, _, _ in Formatter().parse(en):
        shape += re.escape(literal)
        if blank and literal.endswith("'"):
            raw.add(blank)
        if blank:
            shape += f"(?P<{blank}>{_QUOTED if blank in raw else _SHAPES.get(blank, '.+?')})"
    return Pattern(re.compile(shape), frozenset(raw), ja)
