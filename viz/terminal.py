"""What a person sees in the terminal before and during a run: plans and progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich import box
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from scenarios.places import load_places
from sim.places import Places
from sim.scenario import Scenario
from viz import describe
from viz.messages import say
from viz.naming import label, places_name, question
from viz.numbers import number, yen

Report = Callable[[int, int], None]


def screen() -> Console:
    """Return the console for results; wide enough for tables when the output is not a screen."""
    return Console(width=None if sys.stdout.isatty() else 150, highlight=False, soft_wrap=False)


def aside() -> Console:
    """Return the console for progress and notices, which keeps stdout clean."""
    return Console(stderr=True, highlight=False)


@contextmanager
def progress(lang: str) -> Iterator[Report]:
    """Show a bar with the time left on stderr; nothing where stderr is not a screen."""
    t, console = say(lang), aside()
    if not console.is_terminal:
        yield lambda done, total: None
        return
    columns = (
        TextColumn(t("progress")),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn(t("left")),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def valid_line(scenario: Scenario, lang: str) -> str:
    """Return the line for a scenario in which nothing is wrong."""
    places = load_places(scenario.places)
    plan = describe.plan(scenario, places)
    return say(lang)(
        "valid", name=scenario.name, measures=len(scenario.measures), months=scenario.months,
        places=len(places), yen=yen(plan.added, lang),
    )  # fmt: skip


def print_plan(console: Console, scenario: Scenario, places: Places, lang: str) -> None:
    """Print what a scenario will do."""
    t, plan = say(lang), describe.plan(scenario, places)
    console.print(f"{label(scenario, lang)} ({scenario.name})", style="bold", markup=False)
    if asked := question(scenario, lang):
        console.print(f"{t('describe question')}: {asked}", markup=False)
    console.print(t(
        "describe run", places=places_name(places, lang), count=len(places), agents=f"{plan.agents:,}",
        adults=f"{int(places.adults.sum()):,}", burn=scenario.burn_in, months=scenario.months,
    ), markup=False)  # fmt: skip
    console.print(_phases(plan, places, lang))
    console.print(t("describe total", total=yen(plan.total, lang), added=yen(plan.added, lang)), markup=False)
    if plan.changes:
        console.print(t("describe parameters"), style="bold")
        console.print(_changes(plan, lang))
    else:
        console.print(t("describe no parameters"), markup=False)


def _phases(plan: describe.Plan, places: Places, lang: str) -> Table:
    t = say(lang)
    table = plain_table()
    for key in ("describe months", "describe measures", "describe levels"):
        table.add_column(t(key))
    table.add_column(t("describe yen"), justify="right")
    for phase in plan.phases:
        measures = "\n".join(_measure(m, places, lang) for m in phase.measures) or t("describe today")
        moved = "\n".join(describe.level_text(level, lang) for level in phase.levels)
        months = describe.month_text(phase.first, phase.last, lang)
        table.add_row(months, measures, moved, yen(phase.yen, lang))
        table.add_section()
    return table


def _measure(measure: Any, places: Places, lang: str) -> str:
    name, where = describe.measure_name(measure, lang), describe.place_text(measure, places, lang)
    return f"{name} {number(measure.amount, 2, lang, sign=True).rstrip('0').rstrip('.')} – {where}"


def _changes(plan: describe.Plan, lang: str) -> Table:
    t = say(lang)
    table = plain_table()
    for text in ("", t("describe value"), t("column unit"), t("describe status"), t("describe source")):
        table.add_column(text)
    for change in plan.changes:
        r = change.record
        table.add_row(
            f"{r.path}\n{r.ja if lang == 'ja' else r.en}", f"{change.value:g} ({r.default:g})", r.unit,
            t(f"status {r.status}"), r.source,
        )  # fmt: skip
    return table


def plain_table() -> Table:
    """Return an empty table in the house style."""
    return Table(box=box.SIMPLE_HEAD, pad_edge=False)
