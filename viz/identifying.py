"""What an ensemble leaves open: ranges, parameters that balance each other, and policies whose effect changes its sign."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from rich.markup import escape

from experiments.across import across, summary, turning
from experiments.ensemble import Ensemble
from scenarios.loader import load
from scenarios.places import load_places
from sim.indicators import records
from viz import calibration_figures
from viz.calibration_files import write
from viz.messages import say
from viz.numbers import number
from viz.terminal import plain_table, progress, screen

POLICIES = ("baseline", "connect", "care", "both")
MEMBERS = 30
WEIGHT = 1_000.0
MONTHS = 84
"""Long enough for ties of three years to begin under a measure and last."""


def leave_open(
    ensemble: Ensemble, out: Path, workers: int, lang: str, most: int = MEMBERS, weight: float = WEIGHT
) -> None:
    """Write what members leave open, and say which policies it turns round.

    Args:
        ensemble: Whose members.
        out: Folder.
        workers: Runs at a time.
        lang: Language of what is printed and drawn.
        most: Members with which policies are run, at most.
        weight: Adults for one simulated person in these runs.

    Raises:
        InputError: The folder cannot be written.
    """
    world, members = ensemble.world, pd.DataFrame(ensemble.members)
    write(out, f"ranges_{world}", members.describe(), calibration_figures.ranges(members, world, lang))
    write(out, f"pairs_{world}", members.corr("spearman"), calibration_figures.pairs(members, world, lang))
    count = min(MEMBERS, most, len(members))
    size = {"months": MONTHS, "persons_per_agent": weight}
    scenarios = [load(name).model_copy(update=size) for name in POLICIES]
    with progress(lang) as report:
        found = across(scenarios, load_places(scenarios[0].places), ensemble, count, [1], workers, report)
    summed = summary(found)
    write(out, f"policies_{world}", summed, None)
    _print(turning(summed[summed["scenario"] != POLICIES[0]]), world, count, lang)


def _print(found: pd.DataFrame, world: str, members: int, lang: str) -> None:
    t, console = say(lang), screen()
    names = ", ".join(POLICIES[1:])
    key = "calibration turning" if len(found) else "calibration turning none"
    console.print(t(key, world=world, members=members, names=names), markup=False)
    if not len(found):
        return
    table = plain_table()
    for key in ("scenario", "indicator", "up", "down"):
        table.add_column(
            t("column indicator" if key == "indicator" else f"across {key}"),
            justify="right" if key in ("up", "down") else "left",
        )
    for row in found.to_dict("records"):
        record = records()[row["indicator"]]
        shares = (f"{number(100.0 * row[key], 0, lang)}%" for key in ("up", "down"))
        table.add_row(row["scenario"], escape(record.ja if lang == "ja" else record.en), *shares)
    console.print(table)
