"""Compare: scenarios side by side with the same luck, in numbers, in a picture, per yen and in words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import solara

from scenarios.loader import load, names
from sim.indicators import records
from sim.scenario import Scenario
from viz.dash import files, fleet, session
from viz.dash.bars import intervals
from viz.dash.engine import Progress
from viz.dash.exchange import MAX_PINS
from viz.dash.fleet import TODAY, Fleet
from viz.dash.parts import button, download, html, section, table
from viz.dash.told import TILES, called
from viz.dash.versus import extra_line, letter, line, sentences, tidy, title
from viz.dash.widgets import Choice
from viz.messages import bare_unit, step
from viz.naming import label

ROWS = (*TILES, "load_gini", "room", "understanding", "moves", "yen_total")
START = ("care", "both", "connect")
"""Scenarios compared before anybody has pinned one."""


@solara.component
def Compare() -> None:  # noqa: N802
    """Show the page."""
    t = session.words()
    found: solara.Reactive[Fleet | None] = solara.use_reactive(None)
    indicator = solara.use_reactive("lasting_ties")
    solara.use_memo(begin, [])
    pins = session.PINS.value
    solara.use_effect(lambda: run(pins, found), [tuple((p.digest, p.places) for p in pins)])
    with section("kk-page", "div"):
        html("{}", t("dash page compare title"), tag="h1")
        html("{}", t("compare lead"), tag="p", classes="kk-lead")
        with section():
            Pins()
        if session.PROGRESS.value is not None:
            share = round(100 * session.PROGRESS.value.share)
            with section("kk-state", "div"):
                html(
                    "<progress max='100' value='{}' aria-label='{}'></progress> {}",
                    share,
                    t("progress"),
                    t("dash ahead", count=session.PROGRESS.value.ahead)
                    if session.PROGRESS.value.ahead
                    else f"{share}%",
                    tag="span",
                )
                button(t("dash cancel"), session.cancel)
        if found.value is not None and len(found.value.names) == len(pins) + 1:
            Shown(found.value, pins, indicator)


def begin() -> None:
    """Pin a few packaged scenarios where nobody has pinned any."""
    if not session.PINS.value:
        session.PINS.value = tuple(load(name) for name in START)


def run(pins: Sequence[Scenario], found: solara.Reactive[Fleet | None]) -> Callable[[], None] | None:
    """Run the pinned scenarios in a thread; return how to stop it."""
    if not pins:
        return None
    places, who = session.places_of(pins[0]), session.visitor()

    def work(told: Callable[[Progress], None], stop: threading.Event) -> None:
        made = fleet.launch(pins, places, told, stop, who)
        if not stop.is_set():
            found.value = made

    return session.asked(work)


@solara.component
def Pins() -> None:  # noqa: N802
    """Show what is compared, with ways to add and remove."""
    t, lang, pins = session.words(), session.LANG.value, session.PINS.value

    def add(changed: Mapping[str, object]) -> None:
        name = changed.get("value")
        scenario = (
            session.now()
            if name == "now"
            else load(name)
            if isinstance(name, str) and name in names()
            else None
        )
        if scenario is not None and len(pins) < MAX_PINS and all(p.digest != scenario.digest for p in pins):
            session.PINS.value = (*pins, scenario)

    def remove(at: int) -> None:
        session.PINS.value = pins[:at] + pins[at + 1 :]

    html("{}", t("compare chosen", count=len(pins), most=MAX_PINS), tag="h2")
    with section("kk-row", "div"):
        for at, scenario in enumerate(pins):
            button(
                f"{letter(at)} {called(scenario, lang)} ✕",
                partial(remove, at),
                name=t("compare remove", name=called(scenario, lang)),
            )
    options = [
        ["", t("compare choose")],
        ["now", t("compare now")],
        *([n, label(load(n), lang)] for n in names()),
    ]
    Choice.element(
        fields=[
            {
                "name": "add",
                "kind": "select",
                "label": t("compare add"),
                "value": "",
                "options": [{"items": options}],
            }
        ],
        on_changed=session.guarded(add),
    )


@solara.component
def Shown(made: Fleet, pins: Sequence[Scenario], indicator: solara.Reactive[str]) -> None:  # noqa: N802
    """Show the picture, the words and the table."""
    t, lang = session.words(), session.LANG.value
    titles = [f"{letter(i)} {called(s, lang)}" for i, s in enumerate(pins)]

    def choose(changed: Mapping[str, object]) -> None:
        name = changed.get("value")
        if isinstance(name, str) and name in ROWS:
            indicator.value = name

    rows = [made.against(TODAY, name) for name in made.names[1:]]
    with section():
        options = [{"items": [[n, title(n, lang)] for n in ROWS]}]
        Choice.element(
            fields=[
                {
                    "name": "indicator",
                    "kind": "select",
                    "label": t("dash look"),
                    "value": indicator.value,
                    "options": options,
                }
            ],
            on_changed=session.guarded(choose),
        )
        record = records()[indicator.value]
        unit = bare_unit(step(record.unit, lang), lang)
        html("{}", t("compare picture", what=title(indicator.value, lang), unit=unit), tag="h2")
        html(
            "{}",
            intervals(
                [(n, r[indicator.value]) for n, r in zip(titles, rows, strict=True)],
                record.digits,
                lang,
                t("compare axis", unit=unit),
            ),
        )
        html("{}", "".join(sentences(made, titles, indicator.value)), tag="p")
    with section():
        html("{}", t("compare table"), tag="h2")
        head = [t("column indicator"), t("as today"), *titles]
        table(
            head,
            [*(line(name, made, rows) for name in ROWS), extra_line(rows)],
            caption=t("interval note"),
            numbers=range(1, len(head)),
        )
        download(
            t("compare csv"),
            lambda: files.to_csv(*tidy(made, titles, rows)),
            "kakawari-compare.csv",
            "mdi-table",
        )
