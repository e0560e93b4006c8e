"""The options that several commands share."""

from __future__ import annotations

import itertools
import os
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from experiments.ensemble import DEFAULT_WORLD
from sim.errors import InputError
from viz.messages import LANGUAGES

MAX_SEED = 2**53
"""Seeds stay whole numbers in JSON, Parquet and every spreadsheet."""


class Lang(StrEnum):
    """Languages of what people read."""

    ja = "ja"
    en = "en"


Asked = Annotated[
    str,
    typer.Argument(metavar="SCENARIO", help="A packaged name (kakawari describe lists them) or a YAML file."),
]
Seed = Annotated[
    int, typer.Option(help="First seed; the next runs use the next numbers.", min=0, max=MAX_SEED)
]
Workers = Annotated[int, typer.Option(help="Runs at a time. Changes nothing but the time.", min=1, max=256)]
Out = Annotated[
    Path | None,
    typer.Option(help="Output folder. Default: out/NAME-DIGEST.", metavar="DIR", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on stdout and nothing else.")]
Language = Annotated[
    Lang | None,
    typer.Option(help="Language. Default: Japanese report; terminal by LANG.", show_default=False),
]
PlacesName = Annotated[
    str | None,
    typer.Option(
        "--places",
        help="prefectures, municipalities, workshop, typical or a CSV file.",
        metavar="TABLE",
        show_default=False,
    ),
]
Weight = Annotated[
    float | None,
    typer.Option(
        "--persons-per-agent",
        help="Adults for one simulated person; 1 = everybody.",
        metavar="N",
        show_default=False,
    ),
]
Months = Annotated[int | None, typer.Option(help="Months to run.", metavar="N", show_default=False)]
Members = Annotated[
    int | None,
    typer.Option(
        "--ensemble",
        help="Run with N of the parameter sets that fit the survey, and show their spread.",
        metavar="N",
        min=1,
        show_default=False,
    ),
]
World = Annotated[
    str | None,
    typer.Option(
        help="Wave of the survey that the parameter sets fit: 2020 or 2023. Default: 2020.",
        metavar="YEAR",
        show_default=False,
    ),
]
SweepFolder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a sweep.")]


class Fitted(NamedTuple):
    """Parameter sets that fit the survey: how many are run, and which wave."""

    members: int
    world: str


def fitted(members: int | None, world: str | None) -> Fitted | None:
    """Return which parameter sets are asked for; None for the parameters as they are.

    Raises:
        InputError: A wave without a number of sets, which would change nothing.
    """
    if members is not None:
        return Fitted(members, world or DEFAULT_WORLD)
    if world is not None:
        raise InputError("--world: says which parameter sets are run; give --ensemble N with it.")
    return None


def spoken(given: Sequence[str]) -> str:
    """Return the language of the terminal from what was typed, before anything of it was read."""
    asked = [b for a, b in itertools.pairwise(given) if a == "--lang"] + [
        a.removeprefix("--lang=") for a in given if a.startswith("--lang=")
    ]
    return asked[-1] if asked and asked[-1] in LANGUAGES else screen_lang(None)


def screen_lang(lang: Lang | None) -> str:
    """Return the language of the terminal."""
    if lang is not None:
        return lang.value
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "ja" if spoken.lower().startswith("ja") else "en"


def report_lang(lang: Lang | None) -> str:
    """Return the language of reports."""
    return lang.value if lang is not None else "ja"
