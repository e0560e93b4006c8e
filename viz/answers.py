"""What `kakawari run` and `kakawari compare` print: one parameter set, or all that fit the survey."""

from __future__ import annotations

import json

import pandas as pd
import typer

from experiments.ensemble import load as ensemble_of
from sim.errors import InputError
from viz.jobs import Job, loaded, perform
from viz.messages import bare_unit, say, step
from viz.numbers import number, span
from viz.terminal import plain_table, progress, screen


def show(job: Job, as_json: bool) -> None:
    """Run a job, write its folder, and print what came out."""
    from viz import tables

    done = perform(job)
    if as_json:
        typer.echo(
            json.dumps(tables.as_json(done.results, str(done.folder)), ensure_ascii=False, allow_nan=False)
        )
        return
    console, t = screen(), say(job.lang)
    console.print(tables.run_line(done.results, done.places, job.lang), markup=False)
    console.print(tables.results_table(done.results, done.scenarios, job.lang, console.width))
    for line in tables.last_lines(done.results, job.lang):
        console.print(line, markup=False)
    console.print(t("report at", path=done.folder / "report.html"), markup=False, soft_wrap=True)
    console.print(t("tables at", path=done.folder), markup=False, soft_wrap=True)


def show_across(job: Job, members: int, world: str, as_json: bool) -> None:
    """Run a job with members of an ensemble, and print the spread over them. Writes no folder.

    Raises:
        InputError: More members than there are, no such world, or a folder asked for.
    """
    from experiments.across import across, summary

    ensemble = ensemble_of(world)
    if job.out is not None:
        raise InputError("--ensemble: prints a table and writes no folder; leave out --out, or use --json.")
    scenarios, places = loaded(job)
    with progress(job.lang) as report:
        found = summary(across(scenarios, places, ensemble, members, job.seeds, job.workers, report))
    if as_json:
        rows = json.loads(found.to_json(orient="records", double_precision=15))
        typer.echo(json.dumps({"world": world, "members": members, "rows": rows}, ensure_ascii=False))
        return
    console, t = screen(), say(job.lang)
    heading = t("across heading", world=world, members=members, seeds=len(job.seeds))
    console.print(heading, style="bold", markup=False)
    # Of two scenarios the difference is what was asked.
    console.print(_table(found[found["scenario"] == scenarios[-1].name], len(scenarios) > 1, job.lang))


def _table(found: pd.DataFrame, compared: bool, lang: str) -> object:
    from sim.indicators import records

    t, table = say(lang), plain_table()
    table.add_column(t("column indicator"), overflow="fold")
    keys = ("difference", "spread", "up", "down") if compared else ("value", "spread")
    for key in keys:
        table.add_column(t(f"across {key}"), justify="right")
    for row in found.to_dict("records"):
        record = records()[row["indicator"]]
        unit = step(record.unit, lang) if compared else bare_unit(record.unit, lang)
        cells = [
            f"{number(row['median'], record.digits, lang, compared)} {unit}",
            span(row["low"], row["high"], record.digits, lang, compared),
        ]
        if compared:
            cells += [f"{number(100.0 * row[key], 0, lang)}%" for key in ("up", "down")]
        table.add_row(record.ja if lang == "ja" else record.en, *cells)
    return table
