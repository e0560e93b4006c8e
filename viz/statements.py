"""The 25 statements in the terminal: in our own words, with what makes them so, what moves them, and what was measured."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.table import Table

from sim.errors import unknown
from sim.levers import levers
from viz.messages import say
from viz.numbers import number, span
from viz.terminal import aside, plain_table, progress, screen

if TYPE_CHECKING:
    from experiments.statements.findings import Finding
    from experiments.statements.record import Measured, Statement
    from viz.options import Fitted


def show(
    asked: Sequence[str],
    seeds: int | None,
    workers: int,
    lang: str,
    as_json: bool,
    sets: Fitted | None = None,
) -> None:
    """Measure statements and print them, with the parameters as they are or over sets that fit the survey.

    Raises:
        InputError: A statement that does not exist, or more sets than there are.
    """
    from experiments.statements.catalogue import SEEDS, STATEMENTS, by_id, measure_all
    from sim.jit import is_warm

    for name in asked:
        if name.upper() not in by_id():
            raise unknown("statements", "statement", name, by_id())
    wanted = [by_id()[name.upper()] for name in asked] or list(STATEMENTS)
    if not is_warm("passes"):
        aside().print(say(lang)("compiling"), markup=False)
    lucks = range(1, (seeds or SEEDS) + 1)
    if sets is not None:
        from viz.statements_over import show as show_over

        show_over(wanted, lucks, sets, workers, lang, as_json)
        return
    with progress(lang, "statements") as report:
        done = measure_all(wanted, lucks, workers, report)
    if as_json:
        print(
            json.dumps(
                [_row(s, m) for s, m in zip(wanted, done, strict=True)], ensure_ascii=False, allow_nan=False
            )
        )
    else:
        _print(wanted, done, lang)


def _print(statements: Sequence[Statement], done: Sequence[Measured], lang: str) -> None:
    t, console = say(lang), screen()
    console.print(_table(statements, done, lang))
    hold = sum(m.holds for m in done)
    console.print(t("statements hold", hold=hold, all=len(done), seeds=done[0].seeds), markup=False)
    console.print(t("statements note"), markup=False)


def _table(statements: Sequence[Statement], done: Sequence[Measured], lang: str) -> Table:
    t, table = say(lang), plain_table()
    for key in ("number", "words", "moves", "effect"):
        table.add_column(t(f"statements {key}"), overflow="fold", no_wrap=key == "number")
    for s, m in zip(statements, done, strict=True):
        mark = "[blue]●[/]" if m.holds else "[dark_orange3]■[/]"
        words = s.ja if lang == "ja" else s.en
        metric = s.metric_ja if lang == "ja" else s.metric_en
        table.add_row(
            f"{s.id} {mark}",
            f"{escape(words)}\n[dim]{escape(t('statements metric', metric=metric))}\n{escape(s.test)}[/]",
            _moves(s, lang),
            "\n".join(_finding(f, lang) for f in m.findings),
        )
        table.add_section()
    return table


def _moves(s: Statement, lang: str) -> str:
    t, known = say(lang), levers()
    names = [known[name].ja if lang == "ja" else known[name].en for name in s.levers]
    files = ", ".join(f"{name}.py" for name in s.mechanisms)
    return escape(
        f"{t('statements files', files=files)}\n{t('statements levers', levers=t('statements comma').join(names))}"
    )


def _finding(f: Finding, lang: str) -> str:
    digits = 1 if f.unit else 3
    sign = "…" not in f.demand  # a range is demanded of levels, all else is a difference
    value = f"{number(f.estimate, digits, lang, sign)}{f.unit}"
    interval = span(f.low, f.high, digits, lang, sign)
    mark = "[blue]●[/]" if f.holds else "[dark_orange3]■[/]"
    gap = "" if lang == "ja" else " "  # Japanese breaks nowhere but at a space
    return f"{mark}{gap}{escape(f.ja if lang == 'ja' else f.en)} [bold]{value}[/] [dim]({interval})[/]"


def _row(s: Statement, m: Measured) -> dict[str, Any]:
    from experiments.statements.store import as_json

    return {
        "id": s.id, "ja": s.ja, "en": s.en,
        "mechanisms": [f"sim/mechanisms/{name}.py" for name in s.mechanisms], "levers": list(s.levers),
        "metric_ja": s.metric_ja, "metric_en": s.metric_en, "off": dict(s.off), "test": s.test,
        **{name: value for name, value in as_json(m).items() if name != "id"},
    }  # fmt: skip
