"""Every figure of a report from its results: the table, the picture, and one line to read it by."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from experiments import summaries
from experiments.compare import EXTRA
from experiments.rows import Difference, Mean, differences, means
from experiments.store import Results
from sim.indicators import records
from sim.places import Places
from viz import figures, maps
from viz.messages import say
from viz.numbers import clear_of_zero, number, people, yen
from viz.sentences import extra_sentence

MAIN = (
    "visiting_share", "direct_contributors", "persistence_12", "persistence_36",
    "lasting_ties", "load_gini", "burnt_out_share", "room",
)  # fmt: skip
"""Indicators in the figure of differences, from top to bottom."""


@dataclass(frozen=True)
class Chart:
    """One figure of a report.

    Attributes:
        name: Stable short name, used for files.
        title: What it shows.
        reading: One sentence on what to see in it.
        draw: Returns the figure, for a phone if told so.
    """

    name: str
    title: str
    reading: str
    draw: Callable[[bool], Figure]


@dataclass(frozen=True)
class Material:
    """What charts are made of: results, places and the words for the scenarios (the base first)."""

    results: Results
    places: Places
    shapes: Mapping[str, Any] | None
    labels: Mapping[str, str]
    lang: str

    @property
    def names(self) -> list[str]:
        """Names of the scenarios, the base first."""
        return list(self.labels)

    @property
    def other(self) -> str:
        """Name of the scenario looked at: the second of two, or the only one."""
        return self.names[-1]

    @property
    def compared(self) -> bool:
        """Whether there are two scenarios."""
        return len(self.labels) > 1

    @property
    def pairs(self) -> dict[str, Difference]:
        """Rows of the comparison by indicator; empty for a single scenario."""
        return {} if self.results.comparison is None else differences(self.results.comparison)

    def means(self, name: str) -> dict[str, Mean]:
        """Return mean, low and high of a scenario's indicators."""
        return means(self.results.indicators, name)


def charts(material: Material) -> list[Chart]:
    """Return the figures in the order of a report."""
    made = [_ties(material), _persistence(material), _load(material), _map(material), _cost(material)]
    if material.compared:
        made.insert(0, _differences(material))
    return [chart for chart in made if chart is not None]


def relative(pairs: Mapping[str, Difference], better: Mapping[str, str]) -> pd.DataFrame:
    """Return differences in per cent of the base: indicator, mean, low, high, good (1, -1, 0)."""
    rows = []
    for row in (pairs[name] for name in MAIN if name in pairs):
        if not row.base or not math.isfinite(row.base):
            continue
        # No indicator can lose more than all of itself, however uncertain its difference is.
        mean, low, high = (
            max(100.0 * v / abs(row.base), -100.0) for v in (row.difference, row.low, row.high)
        )
        rows.append((row.indicator, mean, low, high, goodness(row, better.get(row.indicator, "none"))))
    return pd.DataFrame(rows, columns=["indicator", "mean", "low", "high", "good"])


def goodness(row: Difference, better: str) -> int:
    """Return 1 for better, -1 for worse, 0 where the interval includes zero or neither is better."""
    if better == "none" or not clear_of_zero(row.low, row.high):
        return 0
    return 1 if (row.difference > 0.0) == (better == "up") else -1


def _differences(m: Material) -> Chart:
    t, base = say(m.lang), m.labels[m.names[0]]
    table = relative(m.pairs, {name: r.better for name, r in records().items()})
    table.insert(0, "label", [t(f"short {name}") for name in table["indicator"]])
    title = t("title differences", base=base)
    kinds = [int(kind) for kind in table["good"]]
    counts = {
        "better": kinds.count(1),
        "worse": kinds.count(-1),
        "same": kinds.count(0),
    }
    reading = t("read differences", count=len(kinds), **counts)
    return Chart(
        "differences", title, reading, lambda narrow: figures.differences(table, base, m.lang, narrow)
    )


def _ties(m: Material) -> Chart:
    t, manifest = say(m.lang), m.results.manifest
    table = summaries.ties_by_type(m.results.months, manifest["persons_per_agent"])
    end = table[(table["month"] == table["month"].max()) & table["kind"].isin(summaries.VISITING)]
    sums = end.groupby("scenario", observed=True)["mean"].sum()
    words = {name: people(float(sums[name]), m.lang) + _piece(m.lang) for name in m.names}
    blanks = {"years": number(manifest["months"] / 12, 0, m.lang), "after": words[m.other]}
    reading = t("read ties single", **blanks)
    if m.compared:
        reading = t("read ties", **blanks, before=words[m.names[0]], base=m.labels[m.names[0]])
    return Chart(
        "ties", t("title ties"), reading, lambda narrow: figures.ties_by_type(table, m.labels, m.lang, narrow)
    )


def _persistence(m: Material) -> Chart:
    t = say(m.lang)
    table = summaries.persistence(m.results.persistence)

    def share(name: str, age: int) -> str:
        value = table.loc[(table["scenario"] == name) & (table["age"] == age), "mean"]
        return number(100.0 * float(value.iloc[0]) if len(value) else math.nan, 0, m.lang)

    blanks = {"other12": share(m.other, 12), "other36": share(m.other, 36)}
    reading = t("read persistence single", **blanks)
    if m.compared:
        base = m.names[0]
        reading = t(
            "read persistence", **blanks, base=m.labels[base], base12=share(base, 12), base36=share(base, 36)
        )
    title = t("title persistence")
    return Chart(
        "persistence", title, reading, lambda narrow: figures.persistence(table, m.labels, m.lang, narrow)
    )


def _load(m: Material) -> Chart:
    t = say(m.lang)
    table = summaries.load_tenths(m.results.hosts)
    top = summaries.top_tenth_share(m.results.hosts)
    share = {name: number(100.0 * top[name], 0, m.lang) for name in m.names}
    gini = {name: number(m.means(name)["load_gini"].mean, 2, m.lang) for name in m.names}
    reading = t("read load single", other=share[m.other], gini=gini[m.other])
    if m.compared:
        base = m.names[0]
        reading = t(
            "read load", other=share[m.other], before=share[base], base=m.labels[base],
            gini=gini[m.other], gini_base=gini[base],
        )  # fmt: skip
    return Chart(
        "load", t("title load"), reading, lambda narrow: figures.load(table, m.labels, m.lang, narrow)
    )


def _map(m: Material) -> Chart | None:
    t = say(m.lang)
    rates = summaries.ties_per_10000(m.results.months)
    if m.compared:
        values = summaries.place_differences(rates, m.names[0], m.other)
    else:
        values = summaries.bands(rates, ["code"])
    known = values.dropna(subset=["mean"]).sort_values("mean", ascending=False)["code"].astype(str)
    if known.empty:
        return None
    names = dict(zip(m.places.code, m.places.name_ja if m.lang == "ja" else m.places.name_en, strict=True))
    few = min(3, max(1, len(known) // 3))
    blanks = {
        "first": t("names joiner").join(names[c] for c in known.iloc[:few]),
        "last": t("names joiner").join(names[c] for c in known.iloc[: -few - 1 : -1]),
    }
    key = "title map difference" if m.compared else "title map"
    reading = t("read map" if m.compared else "read map single", **blanks)
    return Chart(
        "map", t(key), reading,
        lambda narrow: maps.place_map(values, m.places, m.shapes, m.lang, m.compared, narrow),
    )  # fmt: skip


def _cost(m: Material) -> Chart:
    t = say(m.lang)
    rows = []
    for name, label in m.labels.items():
        row = m.means(name)["yen_per_lasting_tie"]
        rows.append((label, row.mean, row.low, row.high))
    each = yen(m.means(m.other)["yen_per_lasting_tie"].mean, m.lang)
    reading = t("read cost single", yen=each)
    if m.compared:
        extra = m.pairs[EXTRA]
        rows.append((t("cost extra"), extra.difference, extra.low, extra.high))
        reading = extra_sentence(extra, m.lang)
    table = pd.DataFrame(rows, columns=["label", "mean", "low", "high"])
    return Chart("cost", t("title cost"), reading, lambda narrow: figures.cost(table, m.lang, narrow))


def _piece(lang: str) -> str:
    return "件" if lang == "ja" else ""
