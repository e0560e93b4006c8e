"""A calibration in the terminal and as files: the ensembles fitted, or compared with the survey again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from experiments.ensemble import WORLDS, Ensemble, load
from sim.errors import out_of_range, unknown
from viz.jobs import OUT
from viz.messages import say
from viz.numbers import number, span
from viz.terminal import aside, plain_table, progress, screen

if TYPE_CHECKING:
    from experiments.calibration.waves import Fitted, Known

MAX_WEIGHT = 100_000.0


def worlds_of(world: str | None) -> tuple[str, ...]:
    """Return the worlds that are meant: one, or all.

    Raises:
        InputError: There is no such world.
    """
    if world is None:
        return WORLDS
    if world not in WORLDS:
        raise unknown("--world", "world", world, WORLDS)
    return (world,)


def check(
    worlds: Sequence[str], members: int, weight: float, workers: int, out: Path | None, lang: str
) -> bool:
    """Compare the packaged ensembles with the survey; return whether every target is met or has a reason.

    With a folder, what the ensembles leave open is looked at and written, too.

    Raises:
        InputError: A scale out of range, or a folder that cannot be written.
    """
    if not 1.0 <= weight <= MAX_WEIGHT:
        raise out_of_range("--persons-per-agent", weight, 1, MAX_WEIGHT, "adults for one simulated person")
    from experiments.calibration.checking import OUTSIDE
    from experiments.calibration.checking import check as run_again
    from experiments.calibration.runs import Book
    from viz import calibration_figures
    from viz.calibration_files import write
    from viz.identifying import leave_open

    met = True
    for world in worlds:
        ensemble = load(world)
        book = Book(out / "check" if out else None, workers=workers)
        with progress(lang, "runs") as report:
            found = run_again(ensemble, members, weight, book, report)
        _print(found, ensemble, min(members, len(ensemble.members)), weight, lang)
        if out is not None:
            write(out, f"targets_{world}", found, calibration_figures.targets(found, world, lang))
            leave_open(ensemble, out, workers, lang, members, weight)
        met = met and OUTSIDE not in set(found["verdict"])
    return met


def _print(found: pd.DataFrame, ensemble: Ensemble, members: int, weight: float, lang: str) -> None:
    t, table, console = say(lang), plain_table(), screen()
    for key in ("target", "survey", "median", "ensemble", "verdict"):
        table.add_column(t(f"calibration {key}"), justify="left" if key in ("target", "verdict") else "right")
    for row in found.to_dict("records"):
        scale, unit = (100.0, "%") if row["unit"] == "share" else (1.0, "")
        digits = 1 if unit else 2
        low, value, high, median, model, model_low, model_high = (
            scale * row[k] for k in ("low", "value", "high", "median_member", "model", "model_low", "model_high")
        )  # fmt: skip
        table.add_row(
            t(f"target {row['id']}"),
            f"{number(value, digits, lang)}{unit} ({span(low, high, digits, lang)})",
            f"{number(median, digits, lang)}{unit}",
            f"{number(model, digits, lang)}{unit} ({span(model_low, model_high, digits, lang)})",
            t(f"calibration {row['verdict']}"),
        )
    console.print(
        t("calibration heading", world=ensemble.world, members=members, weight=f"{weight:g}"),
        style="bold", markup=False,
    )  # fmt: skip
    console.print(table)
    for row in found[found["verdict"] == "excused"].to_dict("records"):
        console.print(
            t("calibration reason", target=t(f"target {row['id']}"), reason=t(f"reason {row['id']}")),
            markup=False,
        )
    inside = int((found["verdict"] == "inside").sum())
    console.print(t("calibration verdicts", inside=inside, all=len(found)), markup=False)


def fit(worlds: Sequence[str], rounds: int, workers: int, folder: Path | None, lang: str) -> None:
    """Find the ensembles of worlds, write them with what they leave open, and say so.

    Raises:
        InputError: The folder cannot be used, or too few sets were found.
    """
    from experiments.calibration.artifact import write
    from experiments.calibration.runs import Book
    from experiments.calibration.waves import Size, calibrate

    out = folder or OUT / "calibration"
    t, size, book = say(lang), Size(rounds=rounds), Book(out / "runs", workers=workers)
    console = aside()
    try:
        fitted, known = calibrate(
            worlds, book, size, lambda line: console.print(line, markup=False, soft_wrap=True)
        )
    except KeyboardInterrupt:
        console.print(t("calibration interrupted", path=out), markup=False, soft_wrap=True)
        raise
    for one in fitted:
        screen().print(
            t("calibration accepted", world=one.world, tried=one.tried, accepted=len(one.points)),
            markup=False,
        )
        write(out, one, size, len(known.points))
        describe(one, known, out, workers, lang)
    screen().print(t("calibration written", path=out), markup=False, soft_wrap=True)


def describe(fitted: Fitted, known: Known, out: Path, workers: int, lang: str) -> None:
    """Write how each target is foretold by the others, and what the ensemble leaves open."""
    import numpy as np

    from experiments.calibration.artifact import order
    from experiments.calibration.leaving_out import left_out
    from experiments.calibration.space import values
    from viz import calibration_figures
    from viz.calibration_files import write
    from viz.identifying import leave_open

    world, points = fitted.world, [fitted.points[at] for at in order(fitted)]
    foretold = left_out(known, world, np.array(points))
    write(out, f"left_out_{world}", foretold, calibration_figures.left_out(foretold, world, lang))
    inside = int(foretold["inside"].sum())
    screen().print(
        say(lang)("calibration foretold by others", world=world, inside=inside, all=len(foretold)),
        markup=False,
    )
    leave_open(Ensemble(world, tuple(values(p) for p in points), values(points[0]), {}), out, workers, lang)
