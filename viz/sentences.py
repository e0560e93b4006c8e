"""Results in plain sentences: what changes, by how much, and whether that can be told from chance."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from experiments.compare import EXTRA
from viz.messages import say, step, unit
from viz.numbers import clear_of_zero, number, people, span, yen

FINDINGS = ("visiting_share", "direct_contributors", "persistence_12", "burnt_out_share")
"""Indicators of the cards and sentences at the top of a report."""


def headline(comparison: pd.DataFrame, labels: Mapping[str, str], months: int, lang: str) -> tuple[str, str]:
    """Return the main result in one sentence, and the numbers behind it in another."""
    t = say(lang)
    base, other = labels.values()
    row = _row(comparison, "lasting_ties")
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


def headline_single(means: pd.DataFrame, label: str, months: int, lang: str) -> tuple[str, str]:
    """Return the same for one scenario; `means` is indexed by indicator."""
    t = say(lang)
    years = number(months / 12, 0, lang)
    share = number(means.at["visiting_share", "mean"], 1, lang)
    ties = people(means.at["lasting_ties", "mean"], lang) + ("件" if lang == "ja" else "")
    cost = yen(means.at["yen_total", "mean"] * 1e6, lang)
    first = t("headline single", other=label, years=years, share=share)
    return first, t("headline single detail", years=years, ties=ties, yen=cost)


def finding(row: Any, what: str, digits: int, unit_name: str, lang: str) -> str:
    """Return one sentence on one row of a comparison; says so where there is no clear difference."""
    t = say(lang)
    after = f"{value(row.other, digits, unit_name, lang)}"
    before = f"{value(row.base, digits, unit_name, lang)}"
    if not math.isfinite(row.low):
        return t("finding unknown", what=what, before=before, after=after)
    gap = difference(row.difference, digits, unit_name, lang)
    interval = span(row.low, row.high, digits, lang, sign=True)
    if not clear_of_zero(row.low, row.high):
        return t("finding same", what=what, gap=gap, interval=interval)
    key = "finding up" if row.difference > 0 else "finding down"
    return t(key, what=what, before=before, after=after, gap=gap, interval=interval)


def value(number_: float, digits: int, unit_name: str, lang: str) -> str:
    """Return a value with the short form of its unit."""
    if unit_name.startswith("%"):
        return number(number_, digits, lang) + "%"
    if unit_name in ("people", "ties"):
        return people(number_, lang) + (unit(unit_name, lang) if lang == "ja" else "")
    return number(number_, digits, lang)


def difference(number_: float, digits: int, unit_name: str, lang: str) -> str:
    """Return a difference with a sign and the short form of its unit."""
    if unit_name.startswith("%"):
        between = "" if lang == "ja" else " "
        return number(number_, digits, lang, sign=True) + between + step(unit_name, lang)
    if unit_name in ("people", "ties"):
        return people(number_, lang, sign=True) + (unit(unit_name, lang) if lang == "ja" else "")
    return number(number_, digits, lang, sign=True)


def extra_sentence(comparison: pd.DataFrame, lang: str) -> str:
    """Return what an extra lasting tie costs, or that this cannot be told."""
    t = say(lang)
    row = _row(comparison, EXTRA)
    if not math.isfinite(row.difference):
        return t("extra none")
    if row.difference < 0:
        return t("extra saved", yen=yen(-row.difference, lang))
    return t("extra finding", yen=yen(row.difference, lang), low=yen(row.low, lang), high=yen(row.high, lang))


def reading(row: Any, better: str, lang: str) -> tuple[str, str]:
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


def _row(comparison: pd.DataFrame, name: str) -> Any:
    return next(comparison[comparison["indicator"] == name].itertuples(index=False))
