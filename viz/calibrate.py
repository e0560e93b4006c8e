"""`kakawari calibrate` as a command; what it does is in `viz.calibrating`, which needs packages that take time."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from viz.options import Language, Workers, screen_lang


def calibrate(
    world: Annotated[
        str | None,
        typer.Option(help="2020 or 2023: the wave of the survey. Default: both.", show_default=False),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Run the packaged sets again and compare them with the survey.")
    ] = False,
    members: Annotated[int, typer.Option(help="Sets that --check runs.", min=1, max=1_000)] = 100,
    persons_per_agent: Annotated[
        float, typer.Option(help="Adults for one simulated person in --check.", metavar="N")
    ] = 1_000.0,
    rounds: Annotated[
        int, typer.Option(help="Last rounds of a fit at most, 40 runs of each world.", min=1, max=1_000)
    ] = 12,
    workers: Workers = 2,
    out: Annotated[
        Path | None, typer.Option(help="Folder. Default: out/calibration.", metavar="DIR", show_default=False)
    ] = None,
    lang: Language = None,
) -> None:
    """Find the parameter sets that look like the survey; or --check those that come with the program.

    The same command goes on where it stopped. About half an hour of one core; --check about 7 minutes, and with --out, where it
    writes what the sets leave open, about 4 more.
    """
    from viz.calibrating import check as compare
    from viz.calibrating import fit, worlds_of

    worlds = worlds_of(world)
    if not check:
        fit(worlds, rounds, workers, out, screen_lang(lang))
    elif not compare(worlds, members, persons_per_agent, workers, out, screen_lang(lang)):
        raise typer.Exit(3)
