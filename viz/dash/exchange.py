"""What goes out of a page and comes in: links, scenario files, tables, pictures, the report, the command line."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import solara

from scenarios.loader import dump, load, read
from sim.errors import InputError
from sim.scenario import Scenario
from viz.dash import editing, files, session
from viz.dash.parts import button, download, html, section
from viz.dash.widgets import Choice

MAX_PINS = 6
MAX_BYTES = 262_144


@solara.component
def Exchange() -> None:  # noqa: N802
    """Show all ways out and in."""
    t, scenario = session.words(), session.now()
    with section():
        html("{}", t("dash exchange"), tag="h2")
        with section("kk-row", "div"):
            button(t("dash pin"), pin, icon="mdi-pin-outline", disabled=not can_pin(scenario))
            button(
                t("dash copy link"), lambda: session.COPY.set(session.COPY.value + 1), icon="mdi-link-variant"
            )
            download(
                t("dash save yaml"),
                lambda: yaml_file(scenario),
                f"{scenario.name}.yaml",
                "mdi-file-document-outline",
            )
            if base_name(scenario) != "baseline":
                download(
                    t("dash save base"),
                    lambda: yaml_file(editing.without_measures(scenario)),
                    "as-today.yaml",
                    "mdi-file-document-outline",
                )
        Downloads()
        Choice.element(
            fields=[{"name": "yaml", "kind": "file", "accept": ".yaml,.yml", "label": t("dash open yaml")}],
            on_changed=session.guarded(take_in),
        )
        html("{}<br><code>{}</code>", t("dash command"), command(scenario), classes="kk-quiet", tag="p")


@solara.component
def Downloads() -> None:  # noqa: N802
    """Show the files that are made of full runs."""
    t, result, lang = session.words(), session.RESULT.value, session.LANG.value
    if result is None or result.preview:
        return
    with section("kk-row", "div", style="margin-top:8px"):
        download(t("dash csv"), lambda: files.months_csv(result, lang), "kakawari-months.csv", "mdi-table")
        download(
            t("dash csv places"), lambda: files.places_csv(result, lang), "kakawari-places.csv", "mdi-table"
        )
        for kind in ("png", "svg"):
            download(kind.upper(), partial(picture, kind), f"kakawari.{kind}", "mdi-image-outline")
        download(
            t("dash report"),
            lambda: files.report(result, command(result.asked), lang),
            "kakawari-report.html",
            "mdi-printer",
        )


def picture(kind: str) -> bytes:
    """Return the main chart as a file."""
    from viz.dash.chart import curves, place_name
    from viz.dash.series import LOOKS
    from viz.dash.told import called, headline

    result, lang, look = session.RESULT.value, session.LANG.value, LOOKS[session.LOOK.value]
    assert result is not None
    drawn = curves(result, look)
    title = headline(drawn, result, look, place_name(result.places), lang).striptags()
    return files.picture(
        drawn, look, title, [session.words()("as today"), called(result.asked, lang)], lang, kind
    )


def take_in(changed: Mapping[str, object]) -> None:
    """Take over a scenario file; it may name packaged places and scenarios only.

    Raises:
        InputError: Not a scenario file, too large, or something in it cannot be used.
    """
    file = changed.get("value")
    if not isinstance(file, Mapping) or not isinstance(file.get("text"), str):
        raise InputError("file: this is not a text; allowed: a scenario file.")
    text, name = str(file["text"]), str(file.get("name", "file"))[:60]
    if not text or len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise InputError(
            f"{name}: empty or too large; allowed: a scenario file of at most {MAX_BYTES:,} bytes."
        )
    scenario = read(text, name)
    if scenario.months > editing.MAX_MONTHS:
        raise InputError(
            f"{name}: months is {scenario.months}; allowed on this page: at most {editing.MAX_MONTHS}."
        )
    session.put(scenario)


def yaml_file(scenario: Scenario) -> bytes:
    """Return a scenario as the file that the command line reads."""
    return dump(scenario).encode("utf-8")


def base_name(scenario: Scenario) -> str:
    """Return what the command line calls the scenario that this one is compared with."""
    same = editing.without_measures(scenario).digest == load("baseline").digest
    return "baseline" if same and scenario.places == load("baseline").places else "as-today.yaml"


def command(scenario: Scenario) -> str:
    """Return the command line that gives the same numbers."""
    packaged = editing.same_as_packaged(scenario)
    name = packaged.name if packaged else f"{scenario.name}.yaml"
    if name == "baseline":
        return "kakawari run baseline --replicates 8 --seed 1"
    return f"kakawari compare {base_name(scenario)} {name} --replicates 8 --seed 1"


def can_pin(scenario: Scenario) -> bool:
    """Return whether a scenario is new among the pinned ones."""
    pins = session.PINS.value
    return len(pins) < MAX_PINS and all(
        p.digest != scenario.digest or p.places != scenario.places for p in pins
    )


def pin() -> None:
    """Keep the scenario for the comparison."""
    scenario = session.now()
    if can_pin(scenario):
        session.PINS.value = (*session.PINS.value, scenario)
