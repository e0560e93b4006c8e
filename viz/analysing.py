"""What a sweep says, in the terminal, as CSV and as figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from rich.console import Console
from rich.markup import escape

from experiments.analysis.alternatives import Alternatives, alternatives, effects, enough, front, ranks
from experiments.analysis.sensitivity import heat, morris, sobol, swings
from experiments.compare import EXTRA
from experiments.files import reason, write_whole
from experiments.sweep.folder import manifest
from experiments.sweep.views import load
from sim.errors import InputError, unknown
from sim.indicators import Indicator, records
from viz import sweep_figures, theme
from viz.figures import differences
from viz.messages import bare_unit, say
from viz.numbers import clear_of_zero, number, people, span, yen
from viz.terminal import plain_table, screen

MOST_ROWS = 40
"""Alternatives that a figure or a table on the screen has room for."""

HEAT_FACTORS = 2


class _Pages:
    """Where tables and figures go: the screen, and files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.console = screen()

    def table(self, name: str, frame: pd.DataFrame) -> None:
        """Write a table as CSV; with a mark by which spreadsheets know UTF-8."""
        self._write(f"{name}.csv", frame.to_csv(index=False).encode("utf-8-sig"))

    def figure(self, name: str, figure: Figure) -> None:
        """Write a figure."""
        self._write(f"{name}.svg", theme.svg(figure).encode())

    def _write(self, name: str, data: bytes) -> None:
        try:
            self.folder.mkdir(exist_ok=True)
            write_whole(self.folder / name, data)
        except OSError as error:
            raise InputError(f"{self.folder / name}: could not be written ({reason(error)}).") from None


def analyse(folder: Path, indicator: str, lang: str) -> None:
    """Print what a sweep says, and write its tables and figures into the folder `analysis` in it.

    Raises:
        InputError: It is no folder of a sweep, there is no such indicator, or too little has been run.
    """
    if indicator not in records():
        raise unknown("--indicator", "indicator", indicator, records())
    about, runs, record = manifest(folder), load(folder), records()[indicator]
    _refuse_nothing(runs, indicator)
    pages, factors = _Pages(folder / "analysis"), [f["name"] for f in about["factors"]]
    if about["design"] in ("sobol", "morris"):
        _sensitivity(runs, factors, about, record, pages, lang)
    if about["design"] in ("factorial", "table", "latin") and len(factors) >= HEAT_FACTORS:
        _heat(runs, factors, record, pages, lang)
    if about["design"] == "factorial":
        _swings(runs, factors, record, pages, lang)
    if len(runs["scenario"].unique()) > 1 or about["design"] in ("factorial", "table"):
        _compared(alternatives(runs, factors), record, pages, lang)
    pages.console.print(say(lang)("analysis written", path=pages.folder), markup=False, soft_wrap=True)


def _refuse_nothing(runs: pd.DataFrame, indicator: str) -> None:
    if runs[indicator].isna().all():
        known = [name for name in records() if runs[name].notna().any()]
        raise InputError(
            f"--indicator: no run of this sweep has a figure for {indicator}; allowed: {', '.join(known) or 'none yet'}."
        )


def _compared(compared: Alternatives, record: Indicator, pages: _Pages, lang: str) -> None:
    t, base = say(lang), compared.names[0]
    if compared.dropped:
        pages.console.print(t("analysis dropped", count=compared.dropped), markup=False)
    found, best = effects(compared), front(compared)
    pages.table("effects", found)
    pages.table("front", best)
    pages.figure("front", sweep_figures.pareto(best, lang))
    if found.empty:
        return
    pages.console.print(
        t("analysis effects", base=base, indicator=_name(record, lang), over=t(f"analysis {compared.over}")),
        style="bold", markup=False,
    )  # fmt: skip
    _print_effects(found, _surely(compared, found, record, pages, lang), record, pages.console, lang)
    if compared.over != "members":
        pages.console.print(t("analysis needed note"), markup=False)
    _draw_effects(found, base, record, pages, lang)
    _print_front(best, pages.console, lang)
    _ranks(compared, record, pages, lang)


def _surely(
    compared: Alternatives, found: pd.DataFrame, record: Indicator, pages: _Pages, lang: str
) -> pd.DataFrame:
    """Return what says how sure each difference is, by alternative: repetitions that are enough, or signs over members.

    More members of an ensemble do not make what is not known smaller, so no number of them is enough.
    """
    if compared.over == "members":
        rows = found[found["indicator"] == record.name].set_index("alternative")[["up", "down"]]
        return rows.map(lambda share: f"{number(100.0 * share, 0, lang)}%")
    wanted = enough(compared)
    pages.table("enough", wanted)
    rows = wanted[wanted["indicator"] == record.name].set_index("alternative")[["needed"]]
    return rows.map(lambda few: number(few if few > 0 else float("nan"), 0, lang))


def _print_effects(
    found: pd.DataFrame, surely: pd.DataFrame, record: Indicator, console: Console, lang: str
) -> None:
    t, table = say(lang), plain_table()
    for key in ("alternative", "base", "other", "difference", "interval", *surely, "extra"):
        table.add_column(
            t(f"analysis {key}"), justify="left" if key == "alternative" else "right", overflow="fold"
        )
    extra = found[found["indicator"] == EXTRA].set_index("alternative").to_dict("index")
    for row in found[found["indicator"] == record.name].head(MOST_ROWS).to_dict("records"):
        price = extra[row["alternative"]]
        table.add_row(
            escape(str(row["alternative"])), _figure(row["base"], record, lang), _figure(row["other"], record, lang),
            _figure(row["difference"], record, lang, True), _span(row["low"], row["high"], record, lang),
            *surely.loc[row["alternative"]],
            f"{yen(price['difference'], lang)} ({yen(price['low'], lang)} – {yen(price['high'], lang)})",
        )  # fmt: skip
    console.print(table)


def _draw_effects(found: pd.DataFrame, base: str, record: Indicator, pages: _Pages, lang: str) -> None:
    rows = found[found["indicator"] == record.name].head(MOST_ROWS)
    scale = 100.0 / rows["base"].abs()
    table = pd.DataFrame({
        "label": rows["alternative"], "mean": rows["difference"] * scale, "low": rows["low"] * scale,
        "high": rows["high"] * scale, "good": [_good(r["difference"], r["low"], r["high"], record) for r in rows.to_dict("records")],
    })  # fmt: skip
    pages.figure("effects", differences(table, base, lang))


def _print_front(best: pd.DataFrame, console: Console, lang: str) -> None:
    t, table = say(lang), plain_table()
    for key in ("alternative", "yen", "ties", "load"):
        table.add_column(
            t(f"analysis {key}"), justify="left" if key == "alternative" else "right", overflow="fold"
        )
    for row in best.head(MOST_ROWS).to_dict("records"):
        table.add_row(
            escape(str(row["alternative"])), number(row["yen_total"], 1, lang),
            people(row["lasting_ties"], lang) + _dot(row["ties_front"]), number(row["host_use"], 1, lang) + _dot(row["load_front"]),
        )  # fmt: skip
    console.print(table)
    console.print(t("analysis front"), markup=False)


def _ranks(compared: Alternatives, record: Indicator, pages: _Pages, lang: str) -> None:
    if record.better == "none" or len(compared.names) > MOST_ROWS:
        return
    t, found = say(lang), ranks(compared, record.name, record.better)
    pages.table("ranks", found)
    pages.figure("ranks", sweep_figures.ranks(found, list(dict.fromkeys(found["alternative"])), lang))
    pages.console.print(t("analysis ranks", indicator=_name(record, lang)), style="bold", markup=False)
    table = plain_table()
    table.add_column(t("analysis alternative"), overflow="fold")
    table.add_column(t("analysis first"), justify="right")
    for row in found[found["rank"] == 1].to_dict("records"):
        table.add_row(escape(str(row["alternative"])), f"{number(100.0 * row['share'], 0, lang)}%")
    pages.console.print(table)


def _sensitivity(
    runs: pd.DataFrame, factors: list[str], about: dict[str, Any], record: Indicator, pages: _Pages, lang: str
) -> None:
    t, drawn = say(lang), about["design"]
    if drawn == "sobol":
        found = sobol(runs, factors, record.name)
        columns = {"sobol alone": "first", "sobol total": "total"}
    else:
        found = morris(runs, factors, record.name, about["levels"])
        columns = {"effect": "effect", "spread": "spread"}
    title = t(f"analysis {drawn}", indicator=_name(record, lang))
    pages.table(drawn, found)
    for scenario, rows in found.groupby("scenario", sort=False):
        unit = bare_unit(record.unit, lang)
        figure = (
            sweep_figures.indices(rows, title, lang)
            if drawn == "sobol"
            else sweep_figures.elementary(rows, title, unit, lang)
        )
        pages.figure(f"{drawn}-{scenario}", figure)
    pages.console.print(title, style="bold", markup=False)
    table = plain_table()
    for key in ("scenario", "factor", *columns):
        table.add_column(t(f"analysis {key}"), overflow="fold")
    for row in found.to_dict("records"):
        table.add_row(
            str(row["scenario"]),
            str(row["factor"]),
            *(_with_interval(row, c, lang) for c in columns.values()),
        )
    pages.console.print(table)


def _with_interval(row: dict[Any, Any], name: str, lang: str) -> str:
    low, high = (f"{name}_low", f"{name}_high") if f"{name}_low" in row else ("low", "high")
    text = number(row[name], 3, lang)
    return text if name == "spread" else f"{text} ({span(row[low], row[high], 3, lang)})"


def _swings(runs: pd.DataFrame, factors: list[str], record: Indicator, pages: _Pages, lang: str) -> None:
    found = swings(runs, factors, record.name)
    pages.table("swings", found)
    for scenario, rows in found.groupby("scenario", sort=False):
        title = say(lang)("title tornado", indicator=_name(record, lang))
        pages.figure(f"swings-{scenario}", sweep_figures.tornado(rows, title, record.unit, lang))


def _heat(runs: pd.DataFrame, factors: list[str], record: Indicator, pages: _Pages, lang: str) -> None:
    across, up = factors[:HEAT_FACTORS]
    for scenario, rows in runs.groupby("scenario", sort=False):
        table = heat(rows, across, up, record.name).rename_axis(index=up, columns=across)
        if table.empty:
            continue
        pages.table(f"heat-{scenario}", table.reset_index())
        pages.figure(
            f"heat-{scenario}",
            sweep_figures.heat(table, _name(record, lang), record.digits, lang, unit=record.unit),
        )


def _good(difference: float, low: float, high: float, record: Indicator) -> int:
    if record.better == "none" or not clear_of_zero(low, high):
        return 0
    return 1 if (difference > 0.0) == (record.better == "up") else -1


def _figure(value: float, record: Indicator, lang: str, sign: bool = False) -> str:
    large = record.unit in ("people", "ties")
    return people(value, lang, sign) if large else number(value, record.digits, lang, sign)


def _span(low: float, high: float, record: Indicator, lang: str) -> str:
    if record.unit in ("people", "ties"):
        return f"{people(low, lang, True)} – {people(high, lang, True)}"
    return span(low, high, record.digits, lang, True)


def _name(record: Indicator, lang: str) -> str:
    return (record.ja if lang == "ja" else record.en).strip()


def _dot(on: bool) -> str:
    return " [blue]●[/]" if on else "  "
