"""Results in the words of the pages: the headline, the tiles, and what a screen reader says about a picture."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from markupsafe import Markup

from experiments.compare import EXTRA, YEN, paired, table
from experiments.results import units
from experiments.rows import Difference, differences
from sim.indicators import records
from sim.scenario import Scenario
from viz.dash.editing import OWN
from viz.dash.engine import Result
from viz.dash.series import Fan, Look
from viz.messages import bare_unit, say
from viz.naming import label
from viz.numbers import clear_of_zero, number, people
from viz.sentences import difference, extra_sentence, interval_text, reading, value

TILES = (
    "visiting_share",
    "direct_contributors",
    "lasting_ties",
    "persistence_36",
    "burnt_out_share",
    "host_use",
)
"""Indicators shown as tiles, beside the price of a lasting tie."""


def called(scenario: Scenario, lang: str) -> str:
    """Return what people call a scenario: its title, or that it is their own."""
    return say(lang)("dash mine") if scenario.name == OWN else label(scenario, lang)


class Tile(NamedTuple):
    """One indicator in three lines, and whether the change is good, bad, plain or none."""

    name: str
    value: str
    note: str
    kind: str


def headline(fan: Fan, result: Result, look: Look, where: str, lang: str) -> Markup:
    """Return the main result in one sentence, with the difference and its interval."""
    t = say(lang)
    months = len(fan.other.mean)
    words = {
        "other": called(result.asked, lang),
        "where": where,
        "when": t("dash in years", years=number(months / 12, 0, lang)),
        "what": within(t(f"look {look.key}"), lang),
        "level": Markup("<b>{}</b>").format(amount(float(fan.base.mean[-1] + fan.gap.mean[0]), look, lang)),
    }
    if not result.asked.measures and not result.asked.shocks:
        return Markup(t("dash headline base")).format(**words)
    gap, low, high = (float(x[0]) for x in fan.gap)
    words["gap"] = Markup("<b>{}</b>").format(gap_text(gap, fan, look, lang))
    if not math.isfinite(low):
        return Markup(t("dash headline rough")).format(**words)
    words["interval"] = interval(fan, look, lang)
    return Markup(t("dash headline" if clear_of_zero(low, high) else "dash headline same")).format(**words)


def within(words: str, lang: str) -> str:
    """Return words as they stand within a sentence."""
    return words[0].lower() + words[1:] if lang == "en" else words


def gap_text(gap: float, fan: Fan, look: Look, lang: str) -> str:
    """Return a difference: points for shares, otherwise the amount and percent of the base."""
    if look.share:
        return difference(gap, look.digits, "%", lang)
    percent = number(float(fan.relative.mean[0]), 1, lang, sign=True)
    return f"{people(gap, lang, sign=True)}{piece(look, lang)} ({percent}%)"


def interval(fan: Fan, look: Look, lang: str) -> str:
    """Return the 90% interval of a difference."""
    source, digits = (fan.gap, look.digits) if look.share else (fan.relative, 1)
    low, high = (number(float(x[0]), digits, lang, sign=True) for x in (source.low, source.high))
    unit = bare_unit("points", lang) if look.share else "%"
    return f"{low}{'〜' if lang == 'ja' else ' to '}{high}{'' if lang == 'ja' or unit == '%' else ' '}{unit}"


def amount(number_: float, look: Look, lang: str) -> str:
    """Return a level of a look."""
    return (
        f"{number(number_, look.digits, lang)}%" if look.share else people(number_, lang) + piece(look, lang)
    )


def piece(look: Look, lang: str) -> str:
    """Return the counting word after an amount."""
    if look.share or lang == "en":
        return ""
    return "人" if look.key == "visitors" else "件"


def compared(result: Result) -> dict[str, Difference]:
    """Return the rows of the comparison by indicator: those of the tiles only, since every look waits for them."""
    figures = table([*result.base, *result.other])
    figures = figures[figures["indicator"].isin((*TILES, YEN))]
    base, other = result.base[0].scenario.name, result.other[0].scenario.name
    rows = paired(figures, base, other)
    rows["unit"] = rows["indicator"].map(units())
    return differences(rows)


def tiles(result: Result, rows: Mapping[str, Difference], lang: str) -> list[Tile]:
    """Return the main indicators with their differences."""
    t, known = say(lang), records()
    found = []
    for name in TILES:
        row, record = rows[name], known[name]
        if not math.isfinite(row.other):
            found.append(Tile(t(f"tile {name}"), "–", t("tile too short"), "none"))
            continue
        word, kind = reading(row, record.better, lang)
        gap = difference(row.difference, record.digits, record.unit, lang)
        if not any(digit in gap for digit in "123456789") and kind != "none":
            word, kind = t("reading tiny"), "none"  # clear of zero, and still too small to print
        between = interval_text(row.low, row.high, record.digits, record.unit, lang, sign=True)
        note = f"{word}: {gap}" + ("" if result.preview else t("dash tile interval", interval=between))
        found.append(Tile(t(f"tile {name}"), value(row.other, record.digits, record.unit, lang), note, kind))
    if not result.preview and result.asked.measures:
        found.append(
            Tile(t("tile extra"), extra_short(rows[EXTRA], lang), extra_sentence(rows[EXTRA], lang), "plain")
        )
    return found


def extra_short(row: Difference, lang: str) -> str:
    """Return the price of one more lasting tie, or that there is none."""
    from viz.numbers import yen

    return (
        yen(row.difference, lang)
        if math.isfinite(row.difference) and row.difference > 0
        else say(lang)("cannot tell")
    )
