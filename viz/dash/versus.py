"""The table and the sentences of the comparison. Pure functions of a fleet."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from experiments.compare import EXTRA
from experiments.rows import Difference
from sim.indicators import records
from viz.dash import fleet, session
from viz.dash.fleet import TODAY, Fleet
from viz.dash.told import extra_short
from viz.messages import bare_unit
from viz.numbers import yen
from viz.sentences import difference, interval_text, reading, value


def line(name: str, made: Fleet, rows: Sequence[Mapping[str, Difference]]) -> list[Any]:
    """Return one indicator's row: today's level, then each scenario's level with its difference."""
    lang, record = session.LANG.value, records()[name]
    cells: list[Any]
    if record.unit.startswith("million yen"):
        amounts = [made.means(n)[name].mean * 1e6 for n in made.names]
        gaps = [yen(a - amounts[0], lang, sign=True) for a in amounts[1:]]
        shown = Markup("<b>{}</b><br><span class='kk-plain'>{}</span>")
        return [
            title(name, lang),
            yen(amounts[0], lang),
            *map(shown.format, [yen(a, lang) for a in amounts[1:]], gaps),
        ]
    cells = [
        named(name, lang),
        value(made.means(TODAY)[name].mean, record.digits, record.unit, lang),
    ]
    for found in rows:
        row = found[name]
        word, kind = reading(row, record.better, lang)
        cells.append(
            Markup(
                "<b>{}</b><br><span class='kk-{}'>{} {}</span><br><small class='kk-quiet'>{}</small>"
            ).format(
                value(row.other, record.digits, record.unit, lang),
                kind,
                difference(row.difference, record.digits, record.unit, lang),
                word,
                interval_text(row.low, row.high, record.digits, record.unit, lang, sign=True),
            )
        )
    return cells


def extra_line(rows: Sequence[Mapping[str, Difference]]) -> list[Any]:
    """Return the row of yen for each extra lasting tie."""
    t, lang = session.words(), session.LANG.value
    cells: list[Any] = [t("tile extra"), "–"]
    for found in rows:
        row = found[EXTRA]
        between = (
            ""
            if not math.isfinite(row.low)
            else f"{yen(row.low, lang)}{'〜' if lang == 'ja' else ' to '}{yen(row.high, lang)}"
        )
        cells.append(
            Markup("<b>{}</b><br><small class='kk-quiet'>{}</small>").format(extra_short(row, lang), between)
        )
    return cells


def sentences(made: Fleet, titles: Sequence[str], indicator: str) -> list[str]:
    """Return in words which scenarios can be told apart, from the largest down."""
    t = session.words()
    order = sorted(range(len(titles)), key=lambda i: -made.means(made.names[i + 1])[indicator].mean)
    said = []
    for above, below in itertools.pairwise(order):
        apart = fleet.clearly_apart(made, made.names[below + 1], made.names[above + 1], indicator)
        said.append(
            t(
                "compare apart" if apart else "compare overlap",
                above=titles[above],
                below=titles[below],
                what=title(indicator, session.LANG.value),
            )
        )
    return said


def tidy(
    made: Fleet, titles: Sequence[str], rows: Sequence[Mapping[str, Difference]]
) -> tuple[list[str], list[list[object]]]:
    """Return the table for a spreadsheet: one row a scenario and indicator."""
    head = ["scenario", "indicator", "unit", "today", "level", "difference", "low", "high", "pairs"]
    body = [
        [n, r.indicator, r.unit, r.base, r.other, r.difference, r.low, r.high, r.n]
        for n, found in zip(titles, rows, strict=True)
        for r in found.values()
    ]
    return head, body


def title(indicator: str, lang: str) -> str:
    """Return an indicator's everyday name."""
    record = records()[indicator]
    return (record.ja if lang == "ja" else record.en).strip()


def named(indicator: str, lang: str) -> Markup:
    """Return an indicator's name with its unit, unless the unit stands with the numbers."""
    record = records()[indicator]
    if record.unit.startswith("%") or record.unit in ("people", "ties"):
        return Markup("{}").format(title(indicator, lang))
    return Markup("{} <small class='kk-quiet'>({})</small>").format(
        title(indicator, lang), bare_unit(record.unit, lang)
    )


def letter(at: int) -> str:
    """Return A for the first scenario, and so on."""
    return f"{chr(ord('A') + at)}."
