"""Differences with their intervals as one SVG that follows the page's colours."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from markupsafe import Markup

from experiments.rows import Difference
from viz.numbers import clear_of_zero
from viz.sentences import difference

WIDTH, LEFT, ROW = 760, 230, 46


def intervals(rows: Sequence[tuple[str, Difference]], digits: int, lang: str, axis: str) -> Markup:
    """Return one line a scenario: a dot at the mean difference, a bar over its 90% interval, a line at zero.

    Args:
        rows: Titles with their differences.
        digits: Decimals for printing.
        lang: "ja" or "en".
        axis: What the axis shows, with its unit.
    """
    known = [v for _, row in rows for v in (row.low, row.high, row.difference) if math.isfinite(v)] or [0.0]
    low, high = min(0.0, *known), max(0.0, *known)
    room = 0.12 * (high - low) or 1.0
    low, high = low - room, high + room
    height = ROW * len(rows) + 58

    def x(value: float) -> float:
        return round(LEFT + (value - low) / (high - low) * (WIDTH - LEFT - 20), 1)

    zero = Markup(
        '<line x1="{0}" x2="{0}" y1="6" y2="{1}" stroke="var(--quiet)" stroke-width="1.5"/>'
    ).format(x(0.0), height - 46)
    lines = Markup("").join(_line(title, row, i, x, digits, lang) for i, (title, row) in enumerate(rows))
    label = Markup(
        '<text x="{}" y="{}" text-anchor="middle" fill="var(--quiet)" font-size="13">{}</text>'
    ).format((LEFT + WIDTH) / 2, height - 10, axis)
    mark = Markup(
        '<text x="{}" y="{}" text-anchor="middle" fill="var(--quiet)" font-size="13">0</text>'
    ).format(x(0.0), height - 30)
    words = "; ".join(f"{title} {difference(row.difference, digits, row.unit, lang)}" for title, row in rows)
    return Markup(
        '<svg class="kk-intervals" viewBox="0 0 {} {}" role="img" aria-label="{}" style="width:100%;max-width:60rem">{}{}{}{}</svg>'
    ).format(WIDTH, height, f"{axis}: {words}", zero, lines, label, mark)


def _line(
    title: str, row: Difference, at: int, x: Callable[[float], float], digits: int, lang: str
) -> Markup:
    y = ROW * at + 30
    color = (
        "var(--base)"
        if not clear_of_zero(row.low, row.high)
        else "var(--blue)"
        if row.difference > 0
        else "var(--orange)"
    )
    shown = title if len(title) < 18 else title[:17] + "…"
    bar = Markup("")
    if math.isfinite(row.low):
        bar = Markup(
            '<line x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}" stroke-width="9" stroke-linecap="round" opacity=".32"/>'
        ).format(x(row.low), x(row.high), y, y, color)
    dot = Markup('<circle cx="{}" cy="{}" r="6" fill="{}"/>').format(x(row.difference), y, color)
    name = Markup('<text x="0" y="{}" fill="var(--ink)" font-size="15">{}</text>').format(y + 5, shown)
    text = Markup(
        '<text x="{}" y="{}" text-anchor="middle" fill="{}" font-size="14" font-weight="600">{}</text>'
    ).format(x(row.difference), y - 12, "var(--ink)", difference(row.difference, digits, row.unit, lang))
    return name + bar + dot + text
