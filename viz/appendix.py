"""The tables of MODEL.md that are made from the records: `python -m viz.appendix` writes them anew."""

from __future__ import annotations

from pathlib import Path

from sim.levers import levers
from sim.parameters import records

START, END = "<!-- parameters -->", "<!-- /parameters -->"


def parameter_table() -> str:
    """Return all parameters as a Markdown table."""
    rows = [
        "| parameter | symbol | default | range | unit | status | meaning | source |",
        "|---|---|---|---|---|---|---|---|",
    ]
    rows += [
        f"| {r.path} | {r.symbol} | {r.default:g} | {r.low:g}-{r.high:g} | {r.unit} | {r.status} | {r.en} | {r.source} |"
        for r in records().values()
    ]
    return "\n".join(rows)


def lever_table() -> str:
    """Return all levers as a Markdown table."""
    rows = [
        "| lever | today | range | unit | today's level is | yen a unit, year and 5,000 adults | price is | from |",
        "|---|---|---|---|---|---|---|---|",
    ]
    rows += [
        f"| {v.name} | {v.today:g} | {v.low:g}-{v.high:g} | {v.unit} | {v.today_source} | {v.price:,.0f} | {v.price_status} | {v.price_source} |"
        for v in levers().values()
    ]
    return "\n".join(rows)


def with_tables(text: str) -> str:
    """Return MODEL.md's text with the tables between the marks made anew."""
    head, rest = text.split(START)
    _, tail = rest.split(END)
    return f"{head}{START}\n{parameter_table()}\n\nLevers:\n\n{lever_table()}\n{END}{tail}"


if __name__ == "__main__":
    page = Path("MODEL.md")
    page.write_text(with_tables(page.read_text(encoding="utf-8")), encoding="utf-8")
