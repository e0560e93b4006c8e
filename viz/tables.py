"""Results as tables in the terminal, and as JSON for programs."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from typing import Any

from rich.markup import escape
from rich.table import Table

from experiments.compare import EXTRA, YEN
from experiments.rows import Difference, differences, means
from experiments.store import Results
from sim.indicators import records
from sim.places import Places
from sim.scenario import Scenario
from viz import sentences
from viz.messages import bare_unit, say
from viz.naming import label
from viz.numbers import number, people
from viz.terminal import plain_table

COMPARED = ("base", "other", "difference", "low", "high")
ALONE = ("mean", "low", "high")
STYLES = {"good": "blue", "bad": "dark_orange3", "plain": "not dim", "none": "dim"}
MARKS = {"good": "● ", "bad": "■ ", "plain": "  ", "none": "–"}
ROOMY = 140
"""Letters a line from which the table of a comparison fits without breaking numbers."""


def results_table(results: Results, scenarios: Sequence[Scenario], lang: str, width: int = 120) -> Table:
    """Return the table of a comparison, or of a single scenario, for a screen of so many letters."""
    t = say(lang)
    table = plain_table()
    # On a wide screen numbers stay on one line and names give way; on a narrow one everything wraps.
    roomy = width >= ROOMY
    table.add_column(t("column indicator"), min_width=36 if roomy else None, overflow="fold")
    for scenario in scenarios:
        table.add_column(escape(label(scenario, lang)), justify="right")
    if results.comparison is not None:
        table.add_column(t("column difference"), justify="right", style="bold", no_wrap=roomy)
    table.add_column(t("column interval"), justify="right", no_wrap=roomy)
    if results.comparison is None:
        _fill_single(table, results, scenarios[0], lang)
    else:
        table.add_column(t("column reading"), no_wrap=roomy)
        _fill_comparison(table, results, lang)
    return table


def _fill_comparison(table: Table, results: Results, lang: str) -> None:
    assert results.comparison is not None
    for row in differences(results.comparison).values():
        if row.indicator == YEN:
            continue
        record = records().get(row.indicator)
        digits = record.digits if record else 0
        word, kind = sentences.reading(row, record.better, lang) if record else ("", "none")
        if row.indicator == EXTRA:
            table.add_section()
        table.add_row(
            _named(row.indicator, row.unit, lang), _short(row.base, digits, row.unit, lang),
            _short(row.other, digits, row.unit, lang),
            _short(row.difference, digits, row.unit, lang, sign=True) + _points(row),
            sentences.interval_text(row.low, row.high, digits, row.unit, lang, sign=True),
            _mark(word, kind),
        )  # fmt: skip


def _fill_single(table: Table, results: Results, scenario: Scenario, lang: str) -> None:
    for row in means(results.indicators, scenario.name).values():
        record = records().get(row.indicator)
        if record is not None:
            digits, name = record.digits, record.unit
            interval = sentences.interval_text(row.low, row.high, digits, name, lang)
            table.add_row(_named(row.indicator, name, lang), _short(row.mean, digits, name, lang), interval)


def last_lines(results: Results, lang: str) -> list[str]:
    """Return what to say under the table: the price of an extra tie, and what an interval means."""
    t = say(lang)
    if len(results.manifest["seeds"]) < 2:
        return [t("no interval note")]
    if results.comparison is None:
        return []
    return [t("marks note"), sentences.extra_sentence(differences(results.comparison)[EXTRA], lang)]


def run_line(results: Results, places: Places, lang: str) -> str:
    """Return one line on what was run."""
    manifest = results.manifest
    agents = float(places.adults.sum()) / manifest["persons_per_agent"]
    seeds = manifest["seeds"]
    return say(lang)(
        "seeds line", months=manifest["months"], n=len(seeds), first=seeds[0], last=seeds[-1],
        agents=number(agents, 0, lang), places=len(places),
    )  # fmt: skip


def _named(indicator: str, unit_name: str, lang: str) -> str:
    record = records().get(indicator)
    name = say(lang)(indicator) if record is None else record.ja if lang == "ja" else record.en
    short = "%" if unit_name.startswith("%") else bare_unit(unit_name, lang)
    return f"{name} [dim]({short})[/]" if lang == "en" else f"{name} [dim]（{short}）[/]"


def _mark(word: str, kind: str) -> str:
    if not word:
        return ""
    return f"[{STYLES[kind]}]{MARKS[kind]}{'' if kind == 'none' else word}[/]"


def _short(value: float, digits: int, unit_name: str, lang: str, sign: bool = False) -> str:
    """Return a number that fits a column: counts of people and ties to about three figures."""
    large = unit_name in ("people", "ties")
    return people(value, lang, sign) if large else number(value, digits, lang, sign)


def _points(row: Difference) -> str:
    return " pt" if row.unit.startswith("%") and math.isfinite(row.difference) else ""


def as_json(results: Results, out: str) -> dict[str, Any]:
    """Return results as plain data under stable names; values are in the unit beside them.

    One scenario: mean, low and high of each indicator. Two: base and other (means), difference, low
    and high (of the difference). Null where a number is not defined.
    """
    names = [s["name"] for s in results.manifest["scenarios"]]
    data: dict[str, Any] = {"scenario": names[-1], "seeds": results.manifest["seeds"]}
    data["level"] = results.manifest["level"]
    if results.comparison is not None:
        data["base"] = names[0]
        data["indicators"] = {
            name: {**{c: _finite(getattr(row, c)) for c in COMPARED}, "unit": row.unit}
            for name, row in differences(results.comparison).items()
        }
    else:
        known = dict(zip(results.indicators["indicator"], results.indicators["unit"], strict=True))
        data["indicators"] = {
            name: {**{c: _finite(getattr(row, c)) for c in ALONE}, "unit": known[name]}
            for name, row in means(results.indicators, names[0]).items()
        }
    digests = results.manifest["digests"]
    return {**data, "digest": _one_digest(digests), "digests": digests, "out": out}


def _one_digest(digests: dict[str, dict[str, str]]) -> str:
    """Return the digest of a single run as it is, of several runs a digest of theirs."""
    every = [digest for by_seed in digests.values() for digest in by_seed.values()]
    return every[0] if len(every) == 1 else hashlib.sha256("".join(every).encode()).hexdigest()


def _finite(value: float) -> float | None:
    """Return the number, or None where there is none: JSON knows no NaN."""
    return float(value) if math.isfinite(value) else None
