"""What a person sees in the terminal before and during a run: plans and progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from scenarios.places import load_places
from sim.levers import levers
from sim.places import Places
from sim.scenario import Scenario
from viz import describe
from viz.messages import Say, bare_unit, say, unit
from viz.naming import label, places_name, question
from viz.numbers import yen

Report = Callable[[int, int], None]

LINE_EVERY = 60.0
"""Seconds between two lines of progress where there is no screen to draw a bar on."""


def screen() -> Console:
    """Return the console for results; wide enough for tables when the output is not a screen."""
    return Console(width=None if sys.stdout.isatty() else 150, highlight=False, soft_wrap=False)


def aside() -> Console:
    """Return the console for progress and notices, which keeps stdout clean."""
    return Console(stderr=True, highlight=False)


@contextmanager
def progress(lang: str, what: str = "months") -> Iterator[Report]:
    """Show a bar with the time left on stderr; where that is a file, a line for each minute.

    Args:
        lang: Language.
        what: What is counted: months, runs, sets (of parameters) or statements.
    """
    t, console = say(lang), aside()
    if not console.is_terminal:
        yield _lines(console, t, what)
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


def _lines(console: Console, t: Say, what: str) -> Report:
    """Return what prints how much is done whenever another `LINE_EVERY` seconds have passed."""
    last = monotonic()

    def report(done: int, total: int) -> None:
        nonlocal last
        if monotonic() - last >= LINE_EVERY:
            last = monotonic()
            console.print(t(f"progress {what}", done=f"{done:,}", total=f"{total:,}"), markup=False)

    return report


def valid_line(scenario: Scenario, lang: str) -> str:
    """Return the line for a scenario in which nothing is wrong."""
    places = load_places(scenario.places)
    plan = describe.plan(scenario, places)
    return say(lang)(
        "valid", name=scenario.name, measures=len(scenario.measures), shocks=len(scenario.shocks),
        months=scenario.months, places=len(places), yen=yen(plan.added, lang),
    )  # fmt: skip


def print_plan(console: Console, scenario: Scenario, places: Places, lang: str) -> None:
    """Print what a scenario will do."""
    t, plan = say(lang), describe.plan(scenario, places)
    console.print(f"{label(scenario, lang)} ({scenario.name})", style="bold", markup=False)
    for line in _words(scenario, lang):
        console.print(line, markup=False)
    console.print(t(
        "describe run", places=places_name(places, lang), count=len(places), agents=f"{plan.agents:,}",
        adults=f"{int(places.adults.sum()):,}", burn=scenario.burn_in, months=scenario.months,
    ), markup=False)  # fmt: skip
    if scenario.measures:
        console.print(t("describe support"), style="bold")
        console.print(_measures(scenario, places, lang))
        if len(plan.phases) > 1:
            console.print(_phases(plan, lang))
    else:
        console.print(t("describe no support"), markup=False)
    if scenario.shocks:
        console.print(t("describe shocks"), style="bold")
        console.print(_shocks(scenario, places, lang))
    console.print(t("describe total", total=yen(plan.total, lang), added=yen(plan.added, lang)), markup=False)
    if plan.changes:
        console.print(t("describe parameters"), style="bold")
        console.print(_changes(plan, lang))
    else:
        console.print(t("describe no parameters"), markup=False)


def print_names(console: Console, scenarios: Sequence[Scenario], lang: str) -> None:
    """Print the packaged scenarios, each with its title and question."""
    table = plain_table()
    for _ in range(3):
        table.add_column()
    table.show_header = False
    for scenario in scenarios:
        table.add_row(scenario.name, escape(label(scenario, lang)), escape(question(scenario, lang)))
    console.print(table)


def _words(scenario: Scenario, lang: str) -> list[str]:
    """Return what the scenario says about itself, a line each."""
    t = say(lang)
    said = [("question", question(scenario, lang))]
    said.append(("expectation", scenario.expectation_ja if lang == "ja" else scenario.expectation_en))
    said.append(("finding", scenario.finding_ja if lang == "ja" else scenario.finding_en))
    if scenario.compared_with != Scenario.model_fields["compared_with"].default:
        said.append(("compared", scenario.compared_with))
    colon = "：" if lang == "ja" else ": "
    return [f"{t(f'describe {key}')}{colon}{words}" for key, words in said if words]


def _measures(scenario: Scenario, places: Places, lang: str) -> Table:
    table = _table(("measure", "unit", "now", "amount", "price", "where", "months"), lang)
    table.add_column(say(lang)("describe year yen"), justify="right", overflow="fold")
    for m in scenario.measures:
        lever = levers()[m.lever]
        table.add_row(
            describe.measure_name(m, lang), bare_unit(lever.unit, lang),
            describe.level(lever.today, lang), describe.level(m.amount, lang, sign=True), describe.price_text(m, lang),
            describe.place_text(m, places, lang), describe.month_text(m.first, m.last or scenario.months, lang),
            yen(describe.yearly_cost(m, scenario, places), lang, sign=True),
        )  # fmt: skip
    return table


def _shocks(scenario: Scenario, places: Places, lang: str) -> Table:
    t, table = say(lang), _table(("shock", "size", "where", "months", "meaning"), lang)
    for shock in scenario.shocks:
        table.add_row(
            t(f"shock {shock.kind}"), describe.shock_size(shock, lang), describe.place_text(shock, places, lang),
            describe.shock_months(shock, scenario, lang), t(f"shock help {shock.kind}"),
        )  # fmt: skip
    return table


def _phases(plan: describe.Plan, lang: str) -> Table:
    table = _table(("months", "levels"), lang)
    table.add_column(say(lang)("describe yen"), justify="right", overflow="fold")
    for phase in plan.phases:
        lines = "\n".join(describe.level_text(moved, lang) for moved in phase.levels)
        months = describe.month_text(phase.first, phase.last, lang)
        table.add_row(months, lines or say(lang)("describe today"), yen(phase.yen, lang))
        table.add_section()
    return table


def _table(columns: Sequence[str], lang: str) -> Table:
    table = plain_table()
    for key in columns:
        # Japanese has no spaces to break at.
        table.add_column(say(lang)(f"describe {key}"), overflow="fold")
    return table


def _changes(plan: describe.Plan, lang: str) -> Table:
    t = say(lang)
    table = plain_table()
    for text in ("", t("describe value"), t("column unit"), t("describe status"), t("describe source")):
        table.add_column(text, overflow="fold")
    for change in plan.changes:
        r = change.record
        table.add_row(
            f"{r.path}\n{r.ja if lang == 'ja' else r.en}", f"{change.value:g} ({r.default:g})", unit(r.unit, lang),
            t(f"status {r.status}"), r.source,
        )  # fmt: skip
    return table


def plain_table() -> Table:
    """Return an empty table in the house style."""
    return Table(box=box.SIMPLE_HEAD, pad_edge=False)
