"""Files made of a result: CSV that a spreadsheet opens as it is, pictures, the printable report."""

from __future__ import annotations

import csv
import io
import re
import textwrap
from collections.abc import Sequence

from matplotlib.ticker import FuncFormatter

from experiments.results import results
from viz import theme
from viz.dash.engine import Result
from viz.dash.series import LOOKS, Fan, Look, by_place, fan, place_gaps
from viz.jobs import outlines
from viz.messages import say
from viz.numbers import tick
from viz.report import render

TITLE = 44
"""Letters in a line of a picture's title."""

# What a spreadsheet would take for a formula, in half and full width.
_FORMULA = re.compile(r"^[\s\x00-\x1f]*[=+\-@＝＋－＠]")


def months_csv(result: Result, lang: str) -> bytes:
    """Return the curves of all looks by month, with their intervals."""
    t, rows = say(lang), []
    for look in LOOKS.values():
        drawn = fan(result.base, result.other, look, None)
        for month in range(len(drawn.base.mean)):
            cells = [float(band[k][month]) for band in (drawn.base, drawn.other) for k in range(3)]
            rows.append([look.key, t(f"look {look.key}"), t(f"look unit {look.key}"), month + 1, *cells])
    head = [
        "look",
        "name",
        "unit",
        "month",
        "base",
        "base_low",
        "base_high",
        "scenario",
        "scenario_low",
        "scenario_high",
    ]
    return to_csv(head, rows)


def places_csv(result: Result, lang: str) -> bytes:
    """Return the levels and paired differences of all looks by place, means of the last year."""
    t, rows = say(lang), []
    for look in LOOKS.values():
        base = [by_place(run, look)[-1] for run in result.base]
        gaps = place_gaps(result.base, result.other, look)[-1]
        before = sum(base) / len(base)
        for i, code in enumerate(result.places.code):
            names = (result.places.name_ja[i], result.places.name_en[i])
            rows.append([look.key, t(f"map unit {look.key}"), code, *names, float(before[i]), float(gaps[i])])
    return to_csv(["look", "unit", "code", "name_ja", "name_en", "base", "difference"], rows)


def to_csv(head: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Return UTF-8 with a byte order mark; texts that look like formulas get an apostrophe, numbers stay numbers."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([[_safe(cell) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def picture(drawn: Fan, look: Look, title: str, labels: Sequence[str], lang: str, kind: str) -> bytes:
    """Return the main chart as PNG or SVG."""
    t = say(lang)
    with theme.style():
        figure, ax = theme.blank()
        for band, color, label, dash in (
            (drawn.base, theme.BASE, labels[0], "--"),
            (drawn.other, theme.BLUE, labels[1], "-"),
        ):
            years = [(month + 1) / 12 for month in range(len(band.mean))]
            ax.plot(years, band.mean, dash, color=color, label=label)
            ax.fill_between(years, band.low, band.high, color=color, alpha=0.18, linewidth=0)
        ax.set_xlabel(t("dash axis years"))
        ax.set_ylabel(t(f"look unit {look.key}"))
        ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: tick(v, lang)))
        ax.legend()
        theme.title(figure, textwrap.fill(title, TITLE))
    return theme.png(figure) if kind == "png" else theme.svg(figure).encode()


def report(result: Result, command: str, lang: str) -> bytes:
    """Return the report that the command line writes."""
    first, second = result.base[0].scenario, result.other[0].scenario
    first = first.model_copy(update={"title_ja": say("ja")("as today"), "title_en": say("en")("as today")})
    made = results([*result.base, *result.other], result.places, command)
    return render(made, [first, second], result.places, outlines(result.places), lang).encode()
