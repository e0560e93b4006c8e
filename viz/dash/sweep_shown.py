"""What a sweep shows: pictures, sentences and tables. Pure functions of what was found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from experiments.analysis.alternatives import alternatives, front
from experiments.analysis.sensitivity import heat, morris, sobol, swings
from experiments.sweep.worker import OK
from sim.errors import InputError
from sim.indicators import Indicator, records
from viz import sweep_figures, theme
from viz.dash.sweep_order import word
from viz.dash.sweep_runs import Found
from viz.dash.told import within
from viz.errors import told
from viz.messages import bare_unit, say
from viz.numbers import clear_of_zero, number, people, yen
from viz.sentences import difference, interval_text

MOST_BEST = 12
Draw = Callable[[bool], Figure]


class Picture(NamedTuple):
    """One picture, wide and for a phone, as addresses of images; what it says; and its table."""

    key: str
    title: str
    reading: str
    wide: str
    narrow: str
    head: list[str]
    rows: list[list[object]]


@dataclass(frozen=True)
class Shown:
    """What there is to see of a sweep.

    Attributes:
        pictures: Heat map, tornado and Pareto front, where its design has them.
        best: Name, yen, ties and load of what no other beats.
        notes: What could not be shown, and why.
        state: How many runs there are.
    """

    pictures: tuple[Picture, ...]
    best: tuple[tuple[str, str, str, str], ...]
    notes: tuple[str, ...]
    state: tuple[int, int, int]


def shown(found: Found, indicator: str, lang: str) -> Shown:
    """Return all that can be shown of a sweep with one indicator."""
    runs, factors = worded(found, lang)
    record, notes = records()[indicator], list[str]()
    pictures: list[Picture] = []
    best: list[tuple[str, str, str, str]] = []
    known = bool(runs[indicator].notna().any())
    if not known:
        notes.append(say(lang)("sweeps no value", what=title(record, lang)))
    for make in (_tornado, _heat, _pareto) if known else (_pareto,):
        try:
            made, also = make(runs, factors, found.about, record, lang)
        except InputError as error:
            notes.append(say(lang)("sweeps not shown", why=told(error, lang)))
            continue
        pictures += made
        best += also
    status = runs["status"].value_counts()
    state = (int(status.get(OK, 0)), len(runs), int(status.get("failed", 0)))
    return Shown(tuple(pictures), tuple(best), tuple(notes), state)


def worded(found: Found, lang: str) -> tuple[pd.DataFrame, list[str]]:
    """Return the runs with what people call the factors as names of their columns, and these names."""
    said: dict[str, str] = {}
    for name in found.factors:
        text = word(name, lang)
        said[name] = name if text in said.values() or text in found.runs.columns else text
    both = {**said, **{f"u:{name}": f"u:{text}" for name, text in said.items()}}
    return found.runs.rename(columns=both), list(said.values())


Made = tuple[list[Picture], list[tuple[str, str, str, str]]]


def _tornado(
    runs: pd.DataFrame, factors: list[str], about: dict[str, Any], record: Indicator, lang: str
) -> Made:
    t, name, design = say(lang), title(record, lang), about["design"]
    if design not in ("factorial", "sobol", "morris") or not factors:
        return [], []
    heading = (
        t("title tornado", indicator=within(name, lang))
        if design == "factorial"
        else t(f"analysis {design}", indicator=name)
    )
    if design == "factorial":
        table = swings(runs, factors, record.name)
    else:
        table = (
            sobol(runs, factors, record.name)
            if design == "sobol"
            else morris(runs, factors, record.name, about["levels"])
        )
    made = []
    for at, (_, rows) in enumerate(table.groupby("scenario", sort=False)):
        draws: dict[str, Draw] = {
            "factorial": partial(sweep_figures.tornado, rows, "", record.unit, lang),
            "sobol": partial(sweep_figures.indices, rows, "", lang),
            "morris": partial(sweep_figures.elementary, rows, "", bare_unit(record.unit, lang), lang),
        }
        reading = _swing_words(rows.iloc[0].to_dict(), record, lang) if design == "factorial" else ""
        made.append(_picture(f"tornado {at}", heading, reading, draws[design], rows))
    return made, []


def _swing_words(row: dict[Any, Any], record: Indicator, lang: str) -> str:
    t = say(lang)
    gap = difference(row["difference"], record.digits, record.unit, lang)
    interval = interval_text(row["low"], row["high"], record.digits, record.unit, lang, sign=True)
    key = "sweeps swing" if clear_of_zero(row["low"], row["high"]) else "sweeps swing same"
    return t(
        key,
        factor=row["factor"],
        low=f"{row['from']:g}",
        high=f"{row['to']:g}",
        what=title(record, lang),
        gap=gap,
        interval=interval,
    )


def _heat(
    runs: pd.DataFrame, factors: list[str], about: dict[str, Any], record: Indicator, lang: str
) -> Made:
    t, made = say(lang), []
    if about["design"] in ("sobol", "morris") or len(factors) < 2:
        return [], []
    across, up = factors[:2]
    for at, (_, rows) in enumerate(runs.groupby("scenario", sort=False)):
        table = heat(rows, across, up, record.name).rename_axis(index=up, columns=across)
        if table.empty:
            continue
        draw = partial(sweep_figures.heat, table, "", record.digits, lang, unit=record.unit)
        heading = t("sweeps heat", what=title(record, lang), unit=bare_unit(record.unit, lang))
        made.append(
            _picture(
                f"heat {at}", heading, t("sweeps heat note", across=across, up=up), draw, table.reset_index()
            )
        )
    return made, []


def _pareto(
    runs: pd.DataFrame, factors: list[str], about: dict[str, Any], record: Indicator, lang: str
) -> Made:
    t = say(lang)
    if about["design"] in ("sobol", "morris", "latin") and runs["scenario"].nunique() < 2:
        return [], []
    table = front(alternatives(runs, factors))
    kept = table[table["ties_front"]].sort_values("yen_total")
    best = [
        (
            str(row["alternative"]),
            yen(1e6 * row["yen_total"], lang),
            people(row["lasting_ties"], lang),
            number(row["host_use"], 1, lang),
        )
        for row in kept.head(MOST_BEST).to_dict("records")
    ]
    reading = t("sweeps front note", count=len(table), best=len(kept))
    return [
        _picture(
            "pareto",
            t("title pareto"),
            reading,
            partial(sweep_figures.pareto, table, lang, titled=False),
            table,
        )
    ], best


def _picture(key: str, heading: str, reading: str, draw: Draw, table: pd.DataFrame) -> Picture:
    wide, narrow = (theme.data_uri(theme.svg(draw(narrow))) for narrow in (False, True))
    rows = [list(row) for row in table.itertuples(index=False, name=None)]
    return Picture(key, heading, reading, wide, narrow, [str(c) for c in table.columns], rows)


def title(record: Indicator, lang: str) -> str:
    """Return what people call an indicator."""
    return (record.ja if lang == "ja" else record.en).strip()
