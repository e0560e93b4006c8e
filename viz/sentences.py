"""Results in plain sentences: what changes, by how much, and whether that can be told from chance."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from experiments.rows import Difference, Mean
from viz.messages import say, step, unit
from viz.numbers import clear_of_zero, number, people, span, yen

FINDINGS = ("visiting_share", "direct_contributors", "persistence_12", "burnt_out_share")
"""Indicators of the cards and sentences at the top of a report."""

COUNTED = {"people": "人", "people a year": "人", "ties": "件"}
"""Units of what is counted, said to about three figures, with the Japanese word after the number."""


def headline(row: Difference, labels: Mapping[str, str], months: int, lang: str) -> tuple[str, str]:
    """Return the main result in one sentence, and the numbers behind it in another.

    Args:
        row: The comparison's row of lasting ties.
        labels: Words for the base and the other.
        months: Length of the run.
        lang: "ja" or "en".
    """
    t = say(lang)
    base, other = labels.values()
    piece = "件" if lang == "ja" else ""
    words: dict[str, Any] = {"other": other, "base": base, "years": number(months / 12, 0, lang)}
    if not clear_of_zero(row.low, row.high):
        first = t("headline same", **words)
    else:
        words["amount"] = people(abs(row.difference), lang) + piece
        first = t("headline up" if row.difference > 0 else "headline down", **words)
    share = 100.0 / row.base if row.base else math.nan
    second = t(
        "headline detail", base=base, before=people(row.base, lang) + piece, after=people(row.other, lang) + piece,
        relative=number(row.difference * share, 1, lang, sign=True),
        low=number(row.low * share, 1, lang, sign=True) + "%", high=number(row.high * share, 1, lang, sign=True) + "%",
    )  # fmt: skip
    return first, second


def headline_single(means: Mapping[str, Mean], label: str, months: int, lang: str) -> tuple[str, str]:
    """Return the same for one scenario."""
    t = say(lang)
    years = number(months / 12, 0, lang)
    share = number(means["visiting_share"].mean, 1, lang)
    ties = people(means["lasting_ties"].mean, lang) + ("件" if lang == "ja" else "")
    cost = yen(means["yen_total"].mean * 1e6, lang)
    first = t("headline single", other=label, years=years, share=share)
    return first, t("headline single detail", years=years, ties=ties, yen=cost)


def finding(row: Difference, what: str, digits: int, unit_name: str, lang: str) -> str:
    """Return one sentence on one row of a comparison; says so where there is no clear difference."""
    t = say(lang)
    after = f"{value(row.other, digits, unit_name, lang)}"
    before = f"{value(row.base, digits, unit_name, lang)}"
    if not math.isfinite(row.low):
        return t("finding unknown", what=what, before=before, after=after)
    gap = difference(row.difference, digits, unit_name, lang)
    interval = interval_text(row.low, row.high, digits, unit_name, lang, sign=True)
    if not clear_of_zero(row.low, row.high):
        return t("finding same", what=what, gap=gap, interval=interval)
    key = "finding up" if row.difference > 0 else "finding down"
    return t(key, what=what, before=before, after=after, gap=gap, interval=interval)


def value(number_: float, digits: int, unit_name: str, lang: str) -> str:
    """Return a value with the short form of its unit."""
    if unit_name.startswith("%"):
        return number(number_, digits, lang) + "%"
    if unit_name in COUNTED:
        return people(number_, lang) + (COUNTED[unit_name] if lang == "ja" else "")
    return number(number_, digits, lang)


def difference(number_: float, digits: int, unit_name: str, lang: str) -> str:
    """Return a difference with a sign and the short form of its unit."""
    if unit_name.startswith("%"):
        between = "" if lang == "ja" else " "
        return number(number_, digits, lang, sign=True) + between + step(unit_name, lang)
    if unit_name in COUNTED:
        return people(number_, lang, sign=True) + (COUNTED[unit_name] if lang == "ja" else "")
    return number(number_, digits, lang, sign=True)


def interval_text(low: float, high: float, digits: int, unit_name: str, lang: str, sign: bool = False) -> str:
    """Return an interval, counts of people and ties to about three figures."""
    if unit_name in COUNTED and math.isfinite(low) and math.isfinite(high):
        between = "〜" if lang == "ja" else " to "
        first, last = people(low, lang, sign), people(high, lang, sign)
        word = last.lstrip("+-−0123456789,.")
        # 1.2 to 1.4 million, not 1.2 million to 1.4 million.
        return (first.removesuffix(word) if first.endswith(word) else first) + between + last
    return span(low, high, digits, lang, sign)


def rounded(number_: float, digits: int, unit_name: str, lang: str, sign: bool = False) -> str:
    """Return a number for a table: people, ties and yen to about three figures, since intervals leave no more."""
    if unit_name in COUNTED:
        return people(number_, lang, sign)
    if unit_name.startswith(("million yen", "yen")):
        return yen(number_ * (1e6 if unit_name.startswith("million") else 1.0), lang, sign)
    return number(number_, digits, lang, sign)


def rounded_span(low: float, high: float, digits: int, unit_name: str, lang: str, sign: bool = False) -> str:
    """Return an interval for a table."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return span(low, high, digits, lang)
    ends = (rounded(end, digits, unit_name, lang, sign) for end in (low, high))
    return ("〜" if lang == "ja" else " to ").join(ends)


def rounded_unit(unit_name: str, lang: str) -> str:
    """Return the unit beside such numbers: yen stand with each of them, so that what is left is what they are counted by."""
    if unit_name.startswith(("million yen", "yen")):
        return unit("yen/year" if unit_name.endswith("a year") else "yen a tie", lang)
    return unit(unit_name, lang)


def extra_sentence(row: Difference, lang: str) -> str:
    """Return what an extra lasting tie costs, or that this cannot be told."""
    t = say(lang)
    if not math.isfinite(row.difference):
        return t("extra none")
    if row.difference < 0:
        return t("extra saved", yen=yen(-row.difference, lang))
    return t("extra finding", yen=yen(row.difference, lang), low=yen(row.low, lang), high=yen(row.high, lang))


def reading(row: Difference, better: str, lang: str) -> tuple[str, str]:
    """Return the word for the last column of the table, and its kind: good, bad, plain or none."""
    t = say(lang)
    if not math.isfinite(row.low):
        return t("reading unknown"), "none"
    if not clear_of_zero(row.low, row.high):
        return t("reading none"), "none"
    up = row.difference > 0
    if better == "none":
        return t("reading more" if up else "reading less"), "plain"
    return (t("reading better"), "good") if up == (better == "up") else (t("reading worse"), "bad")
