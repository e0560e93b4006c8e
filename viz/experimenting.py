"""`kakawari experiment`: a worked experiment as a table, a picture and one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from rich.markup import escape

from experiments.files import reason, write_whole
from sim.errors import InputError
from sim.jit import is_warm
from sim.loop import WAYS
from viz import experiment_figures, theme
from viz.jobs import OUT
from viz.messages import bare_unit, keys, say
from viz.numbers import number, people, span
from viz.terminal import aside, plain_table, progress, screen

if TYPE_CHECKING:
    from experiments.worked.record import Answer, Experiment

LANGUAGES = ("ja", "en")
COUNTED = ("ties", "people", "ties a hub")
"""Units written to about three figures."""


@dataclass(frozen=True)
class Order:
    """One `kakawari experiment NAME`; None leaves an experiment's own size.

    Attributes:
        name: Which one.
        world: Survey that the ensemble was fitted to.
        members: Members of the ensemble.
        replicates: Seeds for each.
        persons_per_agent: Scale.
        workers: Runs at a time.
        out: Folder; None for out/experiments.
        lang: Language of what is printed.
    """

    name: str
    world: str
    members: int | None
    replicates: int | None
    persons_per_agent: float | None
    workers: int
    out: Path | None
    lang: str


def list_names(lang: str) -> None:
    """Print the experiments with their questions. Runs nothing."""
    from experiments.worked.catalogue import EXPERIMENTS

    table = plain_table()
    table.show_header = False
    for _ in range(2):
        table.add_column(overflow="fold")
    for experiment in EXPERIMENTS:
        table.add_row(experiment.name, escape(say(lang)(f"experiment {experiment.name} question")))
    screen().print(table)


def perform(order: Order) -> None:
    """Run an experiment, write its folder, print table and sentence.

    Raises:
        InputError: Something typed cannot be used, or a folder cannot be written.
    """
    from experiments.ensemble import load
    from experiments.worked.catalogue import by_name
    from experiments.worked.record import Settings

    experiment, home = by_name(order.name), order.out or OUT / "experiments"
    settings = Settings(
        load(order.world), order.members or experiment.members, order.replicates or experiment.replicates,
        order.persons_per_agent or experiment.persons_per_agent, order.workers, home,
    )  # fmt: skip
    if not any(map(is_warm, WAYS)):
        aside().print(say(order.lang)("compiling"), markup=False)
    with progress(order.lang, "runs") as report:
        table = experiment.table(experiment.run(settings, report))
    answer = experiment.answer(table)
    folder = home / experiment.name
    _write(folder, experiment, table, answer)
    _print(experiment, table, answer, folder, order.lang)


def sentence(experiment: Experiment, table: pd.DataFrame, answer: Answer, lang: str) -> str:
    """Return what the table says, in one sentence."""
    t = say(lang)
    blanks = {name: written(value, unit, lang) for name, (value, unit) in answer.figures.items()}
    blanks |= {name: row_label(experiment.name, row, lang) for name, row in answer.rows.items()}
    return t(f"experiment {experiment.name} {answer.key}", n=int(table["n"].max()), **blanks)


def row_label(name: str, row: str, lang: str) -> str:
    """Return what people read for a row: its own words, or those of the parameter that it is."""
    from sim.parameters import records

    if row in records():
        record = records()[row]
        return record.ja if lang == "ja" else record.en
    return say(lang)(f"experiment {name} row {row}")


def written(value: float, unit: str, lang: str) -> str:
    """Return a figure as a sentence has it: large counts to three figures, per cent and the like to one digit."""
    if unit == "others":
        return number(value, 0, lang)
    return people(float(f"{value:.3g}"), lang) if unit in COUNTED else number(value, 1, lang)


def _write(folder: Path, experiment: Experiment, table: pd.DataFrame, answer: Answer) -> None:
    said = "".join(f"{sentence(experiment, table, answer, lang)}\n" for lang in LANGUAGES)
    # With a mark by which spreadsheets know UTF-8.
    files = {"table.csv": table.to_csv(index=False).encode("utf-8-sig"), "answer.txt": said.encode()}
    for lang in LANGUAGES:
        figure = experiment_figures.rows(experiment.name, table, row_label, lang)
        files |= {f"picture.{lang}.svg": theme.svg(figure).encode(), f"picture.{lang}.png": theme.png(figure)}
    for name, content in files.items():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(folder / name, content)
        except OSError as error:
            raise InputError(f"{folder / name}: could not be written ({reason(error)}).") from None


def _print(experiment: Experiment, table: pd.DataFrame, answer: Answer, folder: Path, lang: str) -> None:
    t, console, printed = say(lang), screen(), plain_table()
    console.print(t(f"experiment {experiment.name} question"), style="bold", markup=False)
    for key in ("row", "measure", "median", "interval", "unit"):
        right = key in ("median", "interval")
        printed.add_column(t(f"experiment {key}"), justify="right" if right else "left", overflow="fold")
    for row in table.to_dict("records"):
        digits = 0 if row["unit"] in COUNTED else 3 if row["unit"] == "0-1" else 1
        printed.add_row(
            escape(row_label(experiment.name, row["row"], lang)), escape(measure_label(row["measure"], lang)),
            number(row["median"], digits, lang), span(row["low"], row["high"], digits, lang),
            bare_unit(row["unit"], lang),
        )  # fmt: skip
    console.print(printed)
    console.print(sentence(experiment, table, answer, lang), style="bold", markup=False)
    console.print(t("experiment written", path=folder), markup=False, soft_wrap=True)


def measure_label(measure: str, lang: str) -> str:
    """Return what people read for a measure."""
    key = f"short {measure}"
    return say(lang)(key if key in keys() else f"experiment measure {measure}")
