"""The commands that ask the ensemble: `kakawari predict` and `kakawari experiment`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from experiments.ensemble import DEFAULT_WORLD
from viz.options import Json, Language, PlacesName, Weight, Workers, World, screen_lang

_GROUP = "a .yaml or .csv file of groups. Can be given again."


def predict(
    world: World = None,
    ensemble: Annotated[
        int,
        typer.Option(help="How many of the parameter sets that fit the survey are run.", min=1, metavar="N"),
    ] = 20,
    origins: Annotated[
        list[str] | None,
        typer.Option(
            help=f"Group by residence, NAME=PLACE,PLACE,… or {_GROUP}", metavar="GROUP", show_default=False
        ),
    ] = None,
    destinations: Annotated[
        list[str] | None,
        typer.Option(
            help=f"Group that ties lead to, NAME=PLACE,PLACE,… or {_GROUP}",
            metavar="GROUP",
            show_default=False,
        ),
    ] = None,
    struck: Annotated[
        list[str] | None,
        typer.Option(help="Place that a disaster strikes.", metavar="PLACE", show_default=False),
    ] = None,
    places: PlacesName = None,
    persons_per_agent: Weight = None,
    workers: Workers = 2,
    as_json: Json = False,
    listed: Annotated[
        bool, typer.Option("--list", help="Print all names with their definitions; run nothing.")
    ] = False,
    lang: Language = None,
) -> None:
    """Predict what nothing was fitted to, for groups of places of your own, with 90% intervals over the ensemble."""
    from viz.jobs import Overrides
    from viz.predicting import Question, list_names
    from viz.predicting import predict as perform

    own = Overrides(places, persons_per_agent)
    question = Question(
        world or DEFAULT_WORLD,
        ensemble,
        origins or (),
        destinations or (),
        struck or (),
        own,
        workers,
        screen_lang(lang),
    )
    if listed:
        list_names(question)
    else:
        perform(question, as_json)


def experiment(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="Which one; without a name, all of them.", show_default=False),
    ] = None,
    world: World = None,
    ensemble: Annotated[
        int | None,
        typer.Option(
            help="How many of the parameter sets that fit the survey are run.",
            min=1,
            metavar="N",
            show_default=False,
        ),
    ] = None,
    replicates: Annotated[
        int | None, typer.Option(help="Seeds for each member.", min=1, max=1_000, show_default=False)
    ] = None,
    persons_per_agent: Weight = None,
    workers: Workers = 2,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder. Default: out/experiments.", metavar="DIR", show_default=False),
    ] = None,
    lang: Language = None,
) -> None:
    """Run a worked experiment: one question, a table, a picture, and the answer in one sentence. A few minutes each."""
    from viz.experimenting import Order, list_names, perform

    if name is None:
        list_names(screen_lang(lang))
        return
    world = world or DEFAULT_WORLD
    perform(Order(name, world, ensemble, replicates, persons_per_agent, workers, out, screen_lang(lang)))
