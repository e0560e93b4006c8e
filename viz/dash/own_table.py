"""A table of places of one's own, typed in: checked by the same reader as a file."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

import solara

from scenarios.places import read_places
from sim.errors import InputError
from viz.dash import session
from viz.dash.controls import on_table
from viz.dash.parts import button, download, html, section
from viz.dash.widgets import Choice

NAME = "own-places.csv"
MOST_PLACES = 200
MAX_CHARACTERS = 40_000


@solara.component
def OwnTable() -> None:  # noqa: N802
    """Show the table as text, and take it over."""
    t = session.words()
    text = solara.use_reactive(solara.use_memo(example, []))

    def changed(change: Mapping[str, object]) -> None:
        value = change.get("value")
        if not isinstance(value, str) or len(value) > MAX_CHARACTERS:
            raise InputError(f"table: not a text of at most {MAX_CHARACTERS:,} characters.")
        text.value = value

    html("{}", t("own title"), tag="h2")
    html("{}", t("own lead"), tag="p", classes="kk-lead")
    field = {
        "name": "table",
        "kind": "textarea",
        "label": t("own field"),
        "value": text.value,
        "wide": True,
        "longest": MAX_CHARACTERS,
    }
    Choice.element(fields=[field], on_changed=session.guarded(changed))
    with section("kk-row", "div", style="margin-top:10px"):
        button(t("own use"), lambda: use(text.value), main=True)
        download(t("own save"), lambda: text.value.encode("utf-8-sig"), NAME, "mdi-table")


def example() -> str:
    """Return the packaged workshop table, to begin with."""
    return (files("scenarios") / "data" / "workshop.csv").read_text(encoding="utf-8")


def use(text: str) -> None:
    """Make a typed table the places of the scenario.

    Raises:
        InputError: The table cannot be used.
    """
    places = read_places(text, NAME)
    if len(places) > MOST_PLACES:
        raise InputError(f"{NAME}: {len(places)} places; allowed on this page: at most {MOST_PLACES}.")
    session.OWN.value = places
    session.put(on_table(session.now(), NAME))
