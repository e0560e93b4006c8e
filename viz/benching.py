"""`kakawari bench`: measure, print beside the figures of the time before, and keep them."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

from experiments.bench import show
from experiments.bench.commands import REPEATS, Wait, typical, waits
from experiments.bench.growth import growth
from experiments.bench.months import SIZES
from experiments.bench.months import measure as months
from experiments.bench.runs import clocked, runs
from experiments.compare import replicate
from experiments.files import reason, write_whole
from experiments.results import results
from scenarios import load, load_places
from scenarios.places import shapes
from sim.errors import InputError
from viz import theme
from viz.growth_figure import draw
from viz.report import render
from viz.terminal import aside, screen

Figures = dict[str, Any]


def measure(most: float, grows: bool, file: Path) -> None:
    """Measure how cost grows, or all else, and write the figures into a file.

    Args:
        most: Worlds with more people are left out.
        grows: Whether it is growth that is asked.
        file: JSON; figures of the other kind in it stay.

    Raises:
        InputError: The file cannot be read or written.
    """
    before = _before(file)
    now = _growth(most) if grows else _speed(most)
    console = screen()
    if grows:
        console.print(show.growth(now["growth"]))
    else:
        console.print(show.months(now["months"], before.get("months", [])))
        console.print(show.ratios(now["waits"]))
        console.print(show.waits(now["waits"], before.get("waits", [])))
    _keep(file, json.dumps({**before, **now}, indent=2).encode())
    if grows:
        _keep(file.with_suffix(".png"), theme.png(draw(now["growth"], "en")))
    console.print(f"Written to {file}", markup=False)


def _before(file: Path) -> Figures:
    """Return the figures of the time before; none where there is no file. The folder is made."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    except OSError as error:
        raise InputError(f"--out: {file} cannot be used: {reason(error)}.") from error
    except ValueError as error:
        raise InputError(f"--out: {file} holds something else; give a new name.") from error
    if not isinstance(kept, dict):
        raise InputError(f"--out: {file} holds something else; give a new name.")
    return kept


def _keep(file: Path, data: bytes) -> None:
    try:
        write_whole(file, data)
    except OSError as error:
        raise InputError(f"--out: {file} cannot be written: {reason(error)}.") from error


def _growth(most: float) -> Figures:
    with aside().status("worlds of different sizes"):
        return {"growth": growth(most)}


def _speed(most: float) -> Figures:
    console, rows = aside(), []
    for size in SIZES:
        if size.people <= most:
            with console.status(f"{size.people:,} people, {size.table}"):
                rows += months(size)
    with console.status("what a person waits for"):
        found = [*waits(), *runs(), report()]
    return {"months": rows, "waits": [wait._asdict() for wait in found]}


def report(repeats: int = REPEATS) -> Wait:
    """Return how long a report of two scenarios takes to write, once their runs are there."""
    places, pair = load_places("prefectures"), [load("baseline"), load("both")]
    done = results(replicate(pair, places, [1, 2], 1), places, "kakawari bench")
    drawn = partial(render, done, pair, places, shapes(places.name), "ja")
    return typical("write the report of a comparison", [clocked(drawn) for _ in range(repeats)])
