"""The statements over the ensemble, in the terminal: in how many parameter sets each holds, and how large its effects are."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

from rich.markup import escape

from experiments.ensemble import load
from experiments.statements.over import Over, Shared, over_members
from experiments.statements.record import Statement
from viz.messages import say
from viz.numbers import number, span
from viz.options import Fitted
from viz.terminal import plain_table, progress, screen


def show(
    wanted: Sequence[Statement], seeds: Sequence[int], sets: Fitted, workers: int, lang: str, as_json: bool
) -> None:
    """Measure statements with members of an ensemble and print them.

    Raises:
        InputError: No such world, or more members than there are.
    """
    ensemble = load(sets.world)
    with progress(lang, "statements") as report:
        found = over_members(wanted, seeds, ensemble, sets.members, workers, report)
    if as_json:
        rows = [_row(s, o) for s, o in zip(wanted, found, strict=True)]
        told = {"world": sets.world, "members": sets.members, "seeds": len(seeds), "statements": rows}
        print(json.dumps(told, ensure_ascii=False, allow_nan=False))
        return
    t, table, console = say(lang), plain_table(), screen()
    for key in ("number", "words", "holds", "spread"):
        table.add_column(t(f"statements {key}"), overflow="fold", no_wrap=key == "number")
    for s, o in zip(wanted, found, strict=True):
        lines = "\n".join(_finding(shared, lang) for shared in o.findings)
        table.add_row(s.id, escape(s.ja if lang == "ja" else s.en), _percent(o.holds, lang), lines)
        table.add_section()
    heading = t("across heading", world=sets.world, members=sets.members, seeds=len(seeds))
    console.print(heading, style="bold", markup=False)
    console.print(table)
    everywhere = sum(o.holds == 1.0 for o in found)
    console.print(t("statements everywhere", hold=everywhere, all=len(found)), markup=False)


def _finding(shared: Shared, lang: str) -> str:
    f = shared.finding
    digits, sign = 1 if f.unit else 3, "…" not in f.demand
    value = f"{number(shared.median, digits, lang, sign)}{f.unit}"
    spread = span(shared.low, shared.high, digits, lang, sign)
    words = escape(f.ja if lang == "ja" else f.en)
    return f"{_percent(shared.holds, lang)} {words} [bold]{value}[/] [dim]({spread})[/]"


def _percent(part: float, lang: str) -> str:
    return f"{number(100.0 * part, 0, lang)}%"


def _row(s: Statement, o: Over) -> dict[str, Any]:
    findings = [
        {
            "ja": shared.finding.ja, "en": shared.finding.en, "unit": shared.finding.unit, "demand": shared.finding.demand,
            **{name: _plain(getattr(shared, name)) for name in ("median", "low", "high", "holds")},
        }
        for shared in o.findings
    ]  # fmt: skip
    return {"id": s.id, "ja": s.ja, "en": s.en, "holds": o.holds, "findings": findings}


def _plain(value: float) -> float | None:
    return value if math.isfinite(value) else None
