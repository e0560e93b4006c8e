"""The figures as tables: now beside those of the last run."""

from __future__ import annotations

from typing import Any

from rich import box
from rich.table import Table

Rows = list[dict[str, Any]]

LINES = (
    ("month by passes", "passes_ns", "bold"),
    ("month by mechanisms", "mechanisms_ns", ""),
    ("streaming floor", "floor_ns", ""),
    ("times the floor", "ratio_to_floor", "bold"),
    ("bytes a person", "bytes_per_person", ""),
)

RATIOS = (
    ("first run ever: compiling, burn-in, run, report", "run again: 100,000 persons, 120 months, report"),
    ("compile all kernels of a month: mechanisms", "compile all kernels of a month: passes"),
    ("one slider run of 120 months: full size, 100,000 persons", "one slider run of 120 months: preview, 20,000 persons"),
    ("burn-in of 240 months: full size, 100,000 persons", "one slider run of 120 months: full size, 100,000 persons"),
    ("write the report of a comparison", "one slider run of 120 months: full size, 100,000 persons"),
)  # fmt: skip
"""Waits that are compared."""


def ratios(now: Rows) -> Table:
    """Return how many times the processor time of one wait another takes: what a busy machine changes least."""
    took = {r["name"]: r["processor"] for r in now}
    table = Table("", "times", title="Ratios of processor time", box=box.MARKDOWN)
    for over, under in RATIOS:
        table.add_row(f"{over} / {under}", f"{took[over] / took[under]:.2f}")
    return table


def waits(now: Rows, before: Rows) -> Table:
    """Return the table of what a person waits for."""
    table = Table(title="What a person waits for, seconds (medians)", box=box.MARKDOWN)
    for head in ("", "before", "now", "processor", "repeats"):
        table.add_column(head, justify="right" if head else "left")
    then = {row["name"]: f"{row['seconds']:.2f}" for row in before}
    for r in now:
        clock = f"{r['seconds']:.2f}", f"{r['processor']:.2f}", str(r["repeats"])
        table.add_row(r["name"], then.get(r["name"], "-"), *clock)
    return table


def growth(found: dict[str, Any]) -> Table:
    """Return the table of how cost grows."""
    fits = (("from 300,000 people", "exponent"), ("whole range", "exponent_whole_range"))
    lines = ["How the cost of a month grows"]
    for words, key in fits:
        slope, low, high = found[key]
        lines.append(f"{words}: time ~ people^{slope:.3f} (90% interval {low:.3f} to {high:.3f})")
    table = Table(title="\n".join(lines), box=box.MARKDOWN)
    heads = (
        "people",
        "places",
        "threads",
        "ties a person",
        "ms a month",
        "90% interval",
        "ns a person",
        "bytes a person",
    )
    for head in ("", *heads):
        table.add_column(head, justify="right" if head else "left")
    for name in ("people", "places", "ties", "threads"):
        for r in found[name]:
            table.add_row(
                name, f"{r['people']:,}", f"{r['places']:,}", str(r["threads"]), f"{r['ties']:.3f}",
                f"{1e3 * r['seconds']:,.1f}", f"{1e3 * r['low']:,.1f} to {1e3 * r['high']:,.1f}",
                f"{r['ns']:,.1f}", f"{r['bytes']:,.1f}",
            )  # fmt: skip
    return table


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
