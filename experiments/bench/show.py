"""The figures as tables: now beside those of the last run."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

Rows = list[dict[str, Any]]

LINES = (
    ("month by passes", "passes_ns", "bold"),
    ("month by mechanisms", "mechanisms_ns", ""),
    ("streaming floor", "floor_ns", ""),
    ("times the floor", "ratio_to_floor", "bold"),
    ("bytes a person", "bytes_per_person", ""),
)


def show(now: dict[str, Any], before: dict[str, Any], console: Console) -> None:
    """Print months and waits, each beside the figure of the time before where there is one."""
    console.print(months(now["months"], before.get("months", [])))
    table = Table("seconds", "before", "now", title="What a person waits for")
    for name, seconds in now["waits"].items():
        then = before.get("waits", {}).get(name)
        table.add_row(name, "-" if then is None else f"{then:.1f}", f"{seconds:.1f}")
    console.print(table)


def months(now: Rows, before: Rows) -> Table:
    """Return the table of months, the slowest mechanism first."""
    table = Table(title="ns per person-month (medians)")
    table.add_column("")
    pairs = [(same(before, r), r) for r in now]
    for then, r in pairs:
        if then:
            table.add_column("before", justify="right", style="dim")
        head = f"{round(r['people'], -4):,} people\n{r['places']} places, {r['threads']} thread(s)"
        table.add_column(head, justify="right")
    for label, key, style in LINES:
        table.add_row(label, *cells(pairs, key), style=style)
    table.add_section()
    names = now[0]["by_mechanism"]
    for name in sorted(names, key=names.__getitem__, reverse=True):
        table.add_row(name, *cells(pairs, name))
    return table


def same(before: Rows, r: dict[str, Any]) -> dict[str, Any] | None:
    """Return the earlier row for the same people, places and threads."""
    key = ("people", "places", "threads")
    return next((b for b in before if [b[k] for k in key] == [r[k] for k in key]), None)


def cells(pairs: list[tuple[dict[str, Any] | None, dict[str, Any]]], name: str) -> list[str]:
    """Return a row's cells: of each pair the earlier figure, where there is one, and the present one."""
    kept = [{**r, **r["by_mechanism"]} for pair in pairs for r in pair if r is not None]
    return [f"{r[name]:.1f}" if name in r else "-" for r in kept]
