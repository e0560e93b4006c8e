"""`kakawari predict`: what the ensemble says about quantities that nothing was fitted to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.markup import escape

from scenarios.loader import load
from sim.compiling import prepare, ready
from viz.jobs import Overrides
from viz.messages import bare_unit, say
from viz.numbers import number, span
from viz.terminal import aside, plain_table, progress, screen

if TYPE_CHECKING:
    from experiments.predictions.record import Asked, Quantity, Words
    from sim.places import Places
    from sim.scenario import Scenario


PERSONS_A_PLACE = 600
"""Simulated persons that a place has at least on average, unless a scale is asked for: with few persons small places
have too many and too uneven hosts (MODEL.md 2)."""


@dataclass(frozen=True)
class Question:
    """One `kakawari predict`.

    Attributes:
        world: Survey that the ensemble was fitted to.
        members: How many of its members are run.
        origins: Groups of places by residence, as typed.
        destinations: Groups of places to which ties lead, as typed.
        struck: Places that a disaster strikes, as typed.
        overrides: Table of places and scale.
        workers: Members at a time.
        lang: Language of what is printed.
    """

    world: str
    members: int
    origins: Sequence[str]
    destinations: Sequence[str]
    struck: Sequence[str]
    overrides: Overrides
    workers: int
    lang: str


def predict(question: Question, as_json: bool) -> None:
    """Run the members and print the predictions.

    Raises:
        InputError: Something typed cannot be used.
    """
    from experiments.ensemble import load as load_ensemble
    from experiments.predictions.groups import asked
    from experiments.predictions.predict import predict as run

    scenario, places = _fine(question.overrides)
    what = asked(places, question.origins, question.destinations, question.struck)
    ensemble = load_ensemble(question.world)
    if not ready(scenario, places):
        aside().print(say(question.lang)("compiling"), markup=False)
        prepare(scenario, places)
    with progress(question.lang, "sets") as report:
        found = run(ensemble, scenario, what, question.members, question.workers, report)
    if as_json:
        print(json.dumps(found, ensure_ascii=False, allow_nan=False))
    else:
        _print(found, question.lang)


def _fine(overrides: Overrides) -> tuple[Scenario, Places]:
    """Return the baseline and its places, at a scale that is fine enough for them."""
    scenario, places = overrides.apply(load("baseline"))
    if overrides.persons_per_agent is not None:
        return scenario, places
    finest = float(places.adults.sum()) / (PERSONS_A_PLACE * len(places))
    weight = min(scenario.persons_per_agent, max(float(f"{finest:.2g}"), 1.0))
    return scenario.model_copy(update={"persons_per_agent": weight}), places


def list_names(question: Question) -> None:
    """Print the names of all quantities with their definitions, and what cannot be predicted. Runs nothing.

    Raises:
        InputError: A group or place that cannot be used.
    """
    from experiments.predictions.groups import asked
    from experiments.predictions.registry import CANNOT, quantities

    lang, console = question.lang, screen()
    t = say(lang)
    _, places = question.overrides.apply(load("baseline"))
    what: Asked = asked(places, question.origins, question.destinations, question.struck)
    # What is counted the same way stands together under its definition.
    for definition, alike in groupby(side_by_side(quantities(what)), key=lambda q: q.definition):
        table = plain_table()
        for key in ("name", "meaning", "unit", "base"):
            table.add_column(t(f"predict {key}"), overflow="fold", no_wrap=key == "name")
        for q in alike:
            texts = (q.name, _in(q.words, lang), bare_unit(q.unit, lang), _in(q.base, lang))
            table.add_row(*(escape(text) for text in texts))
        console.print(_in(definition, lang), style="bold", markup=False)
        console.print(table)
    console.print(t("predict cannot"), style="bold")
    for line in CANNOT:
        console.print(f"- {_in(line, lang)}", markup=False)


def side_by_side(found: list[Quantity]) -> list[Quantity]:
    """Return quantities with those of one definition next to each other, in the order of the first of each."""
    order = {definition: i for i, definition in enumerate(dict.fromkeys(q.definition for q in found))}
    return sorted(found, key=lambda q: order[q.definition])


def _print(found: dict[str, Any], lang: str) -> None:
    t, table = say(lang), plain_table()
    for key in ("name", "meaning", "median", "interval", "unit"):
        right = key in ("median", "interval")
        table.add_column(t(f"predict {key}"), justify="right" if right else "left", overflow="fold")
    for name, row in found["quantities"].items():
        middle, low, high = (float("nan") if row[k] is None else row[k] for k in ("median", "low", "high"))
        digits = _digits(middle)
        said = row["name_ja"] if lang == "ja" else row["name"]
        table.add_row(
            escape(name), escape(said), number(middle, digits, lang), span(low, high, digits, lang),
            escape(bare_unit(row["unit"], lang)),
        )  # fmt: skip
    console = screen()
    console.print(table)
    console.print(
        t(
            "predict note",
            world=found["world"],
            members=found["members"],
            weight=f"{found['provenance']['persons_per_agent']:g}",
        ),
        markup=False,
    )


def _digits(value: float) -> int:
    """Return digits after the point that show about three figures."""
    return 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2


def _in(words: Words, lang: str) -> str:
    return words.ja if lang == "ja" else words.en
