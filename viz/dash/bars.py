"""Differences with their intervals, one line a scenario, in the page's colours and at any width."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from markupsafe import Markup

from experiments.rows import Difference
from viz.numbers import clear_of_zero
from viz.sentences import difference, interval_text


def intervals(rows: Sequence[tuple[str, Difference]], digits: int, lang: str, axis: str) -> Markup:
    """Return a dot at each mean difference, a bar over its 90% interval, and a line at zero.

    Args:
        rows: Titles with their differences.
        digits: Decimals for printing.
        lang: "ja" or "en".
        axis: What is shown, with its unit.
    """
    known = [v for _, row in rows for v in (row.low, row.high, row.difference) if math.isfinite(v)] or [0.0]
    low, high = min(0.0, *known), max(0.0, *known)
    room = 0.06 * (high - low) or 1.0

    def at(value: float) -> float:
        return round(100.0 * (value - low + room) / (high - low + 2.0 * room), 2)

    lines = Markup("").join(_line(title, row, at, digits, lang) for title, row in rows)
    return Markup("<div class='kk-intervals'>{}<p class='kk-quiet'>{}</p></div>").format(lines, axis)


def _line(title: str, row: Difference, at: Callable[[float], float], digits: int, lang: str) -> Markup:
    color = (
        "var(--base)"
        if not clear_of_zero(row.low, row.high)
        else "var(--blue)"
        if row.difference > 0
        else "var(--orange)"
    )
    words = difference(row.difference, digits, row.unit, lang)
    between = interval_text(row.low, row.high, digits, row.unit, lang, sign=True)
    span = Markup("")
    if math.isfinite(row.low):
        span = Markup("<i class='kk-span' style='left:{}%;width:{}%;background:{}'></i>").format(
            at(row.low), round(at(row.high) - at(row.low), 2), color
        )
    return Markup(
        "<div class='kk-interval'><div><span>{}</span><span><b>{}</b> <small class='kk-quiet'>({})</small></span></div>"
        "<p aria-hidden='true'><i class='kk-zero' style='left:{}%'></i>{}<i class='kk-mean' style='left:{}%;background:{}'></i></p></div>"
    ).format(title, words, between, at(0.0), span, at(row.difference), color)
