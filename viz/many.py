"""The commands of many runs: `kakawari sweep`, `kakawari query` and `kakawari analyse`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from viz.options import Json, Language, Members, SweepFolder, Workers, World, fitted, screen_lang


def sweep(
    file: Annotated[str, typer.Argument(metavar="SWEEP", help="A packaged name (hosting) or a YAML file.")],
    workers: Workers = 2,
    scheduler: Annotated[
        str | None,
        typer.Option(
            help="Dask scheduler, e.g. tcp://127.0.0.1:8786.", metavar="ADDRESS", show_default=False
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder. Default: out/NAME.", metavar="DIR", show_default=False)
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be run, and what it takes.")
    ] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Run again what failed before.")
    ] = False,
    ensemble: Members = None,
    world: World = None,
    lang: Language = None,
) -> None:
    """Run a whole design: many settings, each with the same luck. The same command goes on where it stopped."""
    from viz.sweeping import Order, perform

    order = Order(
        file, workers, scheduler, out, dry_run, retry_failed, screen_lang(lang), fitted(ensemble, world)
    )
    if not perform(order):
        raise typer.Exit(3)


def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="A question to runs, failures or indicators.")],
    folder: SweepFolder,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    as_json: Json = False,
) -> None:
    """Ask the results of a sweep with SQL (DuckDB)."""
    from viz.sweeping import ask

    ask(folder, sql, as_csv, as_json)


def analyse(
    folder: SweepFolder,
    indicator: Annotated[str, typer.Option(help="What is looked at.", metavar="NAME")] = "lasting_ties",
    lang: Language = None,
) -> None:
    """Show what a sweep says: differences, cost, Pareto front, sensitivity, ranks. Writes tables and figures, too."""
    from viz.analysing import analyse as show

    show(folder, indicator, screen_lang(lang))
