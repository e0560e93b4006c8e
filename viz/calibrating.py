"""A calibration in the terminal and as files: the ensembles fitted, or compared with the survey again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from rich.progress import Progress as Bar

from experiments.ensemble import WORLDS, Ensemble, load
from experiments.files import reason, write_whole
from scenarios.loader import load as scenario
from scenarios.places import load_places
from sim.errors import InputError, out_of_range, unknown
from viz.jobs import OUT
from viz.messages import say
from viz.numbers import number, span
from viz.terminal import aside, plain_table, screen

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from experiments.calibration.waves import Fitted, Known

MAX_WEIGHT = 100_000.0
POLICIES = ("baseline", "connect", "care", "both")
POLICY_MEMBERS = 30
POLICY_MONTHS = 84
"""Long enough for ties of three years to begin under a measure and last."""


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

    Raises:
        InputError: A scale out of range, or a folder that cannot be written.
    """
    if not 1.0 <= weight <= MAX_WEIGHT:
        raise out_of_range("--persons-per-agent", weight, 1, MAX_WEIGHT, "adults for one simulated person")
    from experiments.calibration.checking import OUTSIDE
    from experiments.calibration.checking import check as run_again
    from experiments.calibration.runs import Book
    from viz import calibration_figures

    met = True
    for world in worlds:
        ensemble = load(world)
        book = Book(out / "check" if out else None, workers=workers)
        with _bar() as report:
            found = run_again(ensemble, members, weight, book, report)
        _print(found, ensemble, min(members, len(ensemble.members)), weight, lang)
        if out is not None:
            _write(out, f"targets_{world}", found, calibration_figures.targets(found, world, lang))
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
            t("calibration reason", target=t(f"target {row['id']}"), reason=row["reason"]), markup=False
        )
    inside = int((found["verdict"] == "inside").sum())
    console.print(t("calibration verdicts", inside=inside, all=len(found)), markup=False)


def fit(worlds: Sequence[str], workers: int, folder: Path | None, lang: str) -> None:
    """Find the ensembles of worlds, write them with what they leave open, and say so.

    Raises:
        InputError: The folder cannot be used, or too few sets were found.
    """
    from experiments.calibration.artifact import write
    from experiments.calibration.runs import Book
    from experiments.calibration.waves import Size, calibrate

    out = folder or OUT / "calibration"
    t, size, book = say(lang), Size(), Book(out / "runs", workers=workers)
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
    """Write what the ensemble leaves open: ranges, pairs, targets left out, and what the presets do across it."""
    import numpy as np

    from experiments.across import across, summary
    from experiments.calibration.artifact import order
    from experiments.calibration.leaving_out import left_out
    from experiments.calibration.space import values
    from viz import calibration_figures

    world, points = fitted.world, [fitted.points[at] for at in order(fitted)]
    members = pd.DataFrame([values(p) for p in points])
    _write(out, f"ranges_{world}", members.describe(), calibration_figures.ranges(members, world, lang))
    _write(out, f"pairs_{world}", members.corr("spearman"), calibration_figures.pairs(members, world, lang))
    foretold = left_out(known, world, np.array(points))
    _write(out, f"left_out_{world}", foretold, calibration_figures.left_out(foretold, world, lang))
    ensemble = Ensemble(world, tuple(values(p) for p in points), values(points[0]), {})
    asked = [scenario(name).model_copy(update={"months": POLICY_MONTHS}) for name in POLICIES]
    found = across(
        asked, load_places(asked[0].places), ensemble, min(POLICY_MEMBERS, len(points)), [1], workers
    )
    _write(out, f"policies_{world}", summary(found), None)


def _write(out: Path, name: str, table: pd.DataFrame, figure: Figure | None) -> None:
    from viz import theme

    try:
        out.mkdir(parents=True, exist_ok=True)
        write_whole(out / f"{name}.csv", table.to_csv().encode("utf-8-sig"))
        if figure is not None:
            write_whole(out / f"{name}.png", theme.png(figure))
    except OSError as error:
        raise InputError(f"{out / name}: could not be written ({reason(error)}).") from None


class _bar:  # noqa: N801  # used like a function
    """Show how many runs are done, on a screen only."""

    def __enter__(self) -> Callable[[int, int], None]:
        self._bar = Bar(console=aside(), transient=True, disable=not sys.stderr.isatty())
        self._bar.start()
        task = self._bar.add_task("", total=None)
        return lambda done, total: self._bar.update(task, completed=done, total=total)

    def __exit__(self, *_: object) -> None:
        self._bar.stop()
