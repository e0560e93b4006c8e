"""Sweep: open a finished sweep, or try a small one: what moves a figure most, over two factors, and cost against effect."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

import solara

from sim.indicators import records as indicators
from viz.dash import files, session, sweep_order, sweep_runs
from viz.dash.compare import ROWS
from viz.dash.engine import Progress
from viz.dash.exchange import yaml_file
from viz.dash.parts import button, download, html, section, table
from viz.dash.sweep_form import ORDER, Fields
from viz.dash.sweep_runs import Found
from viz.dash.sweep_shown import Picture, Shown, shown, title
from viz.dash.told import called
from viz.dash.widgets import Choice

FOUND: solara.Reactive[Found | None] = solara.reactive(None)
DRAWN: solara.Reactive[Shown | None] = solara.reactive(None)
BUSY: solara.Reactive[Progress | None] = solara.reactive(None)
STOP: solara.Reactive[threading.Event | None] = solara.reactive(None)
INDICATOR = solara.reactive("lasting_ties")


@solara.component
def Sweeps() -> None:  # noqa: N802
    """Show the page."""
    t = session.words()
    solara.use_effect(lambda: stop, [])
    solara.use_effect(redraw, [FOUND.value, INDICATOR.value, session.LANG.value])
    with section("kk-page", "div"):
        html("{}", t("dash page sweep title"), tag="h1")
        html("{}", t("sweeps lead"), tag="p", classes="kk-lead")
        with section("kk-split", "div"):
            with section():
                Form()
            with section():
                Stored()
        State()
        Pictures()


@solara.component
def Form() -> None:  # noqa: N802
    """Show what a small sweep varies, and start it."""
    t, lang, order, scenario = session.words(), session.LANG.value, ORDER.value, session.now()
    html("{}", t("sweeps small"), tag="h2")
    html("{}", t("sweeps on", name=called(scenario, lang)), tag="p", classes="kk-quiet")
    Fields()
    html("{}", t("sweeps runs", runs=order.runs, most=sweep_order.MOST_RUNS), tag="p", classes="kk-quiet")
    with section("kk-row", "div"):
        button(t("sweeps start"), start, main=True, disabled=BUSY.value is not None)
        download(t("sweeps save"), sweep_file, sweep_order.FILE, "mdi-file-document-outline")
        if sweep_order.scenario_file(scenario):
            download(
                t("dash save yaml"),
                lambda: yaml_file(scenario),
                f"{scenario.name}.yaml",
                "mdi-file-document-outline",
            )
    html(
        "{}<br><code>{}</code>",
        t("dash command"),
        f"kakawari sweep {sweep_order.FILE}",
        classes="kk-quiet",
        tag="p",
    )


@solara.component
def Stored() -> None:  # noqa: N802
    """Show the sweeps that lie on this server."""
    t = session.words()
    names = solara.use_memo(sweep_runs.names, [FOUND.value])
    html("{}", t("sweeps stored"), tag="h2")
    if not names:
        html(
            "{}<br><code>{}</code>",
            t("sweeps none"),
            "kakawari sweep hosting",
            tag="p",
            classes="kk-quiet kk-empty",
        )
        return
    options = [{"items": [["", t("compare choose")], *([name, name] for name in names)]}]
    Choice.element(
        fields=[
            {"name": "sweep", "kind": "select", "label": t("sweeps open"), "value": "", "options": options}
        ],
        on_changed=session.guarded(open_stored),
    )
    html("{}", t("sweeps stored note"), tag="p", classes="kk-quiet")


@solara.component
def State() -> None:  # noqa: N802
    """Show how far a running sweep is, and what the pictures are of."""
    t, busy, found, drawn = session.words(), BUSY.value, FOUND.value, DRAWN.value
    with section("kk-state", "div"):
        if found is not None and drawn is not None:
            ok, all_, failed = drawn.state
            words = t("sweeps state" if ok == all_ else "sweeps part", ok=ok, all=all_, failed=failed)
            html(
                "{}",
                f"{found.title(session.LANG.value)} – {words}",
                tag="span",
                classes="kk-badge kk-done",
                data_sweep="shown",
            )
        if busy is not None:
            share = round(100 * busy.share)
            html("<progress max='100' value='{}' aria-label='{}'></progress> {}", share, t("progress"),
                 t("sweeps progress", done=busy.done, runs=busy.runs) if busy.runs else t("dash starting"), tag="span")  # fmt: skip
            button(t("dash cancel"), stop)


@solara.component
def Pictures() -> None:  # noqa: N802
    """Show what the sweep says."""
    t, lang, drawn = session.words(), session.LANG.value, DRAWN.value
    if drawn is None:
        html("{}", t("sweeps nothing"), classes="kk-card kk-quiet")
        return
    field = {"name": "indicator", "kind": "select", "label": t("dash look"), "value": INDICATOR.value,
             "options": [{"items": [[n, title(indicators()[n], lang)] for n in ROWS]}]}  # fmt: skip
    with section():
        Choice.element(fields=[field], on_changed=session.guarded(choose))
    for note in drawn.notes:
        html("{}", note, classes="kk-notice", tag="p")
    with section("kk-split", "div"):
        for picture in drawn.pictures:
            with section():
                One(picture)
        if drawn.best:
            with section():
                html("{}", t("sweeps best"), tag="h2")
                head = [t("analysis alternative"), t("sweeps yen"), t("analysis ties"), t("analysis load")]
                table(head, drawn.best, caption=t("analysis front").lstrip("●： "), numbers=range(1, 4))


@solara.component
def One(picture: Picture) -> None:  # noqa: N802
    """Show one picture, with its words and its table to save."""
    html("{}", picture.title, tag="h2")
    if picture.reading:
        html("{}", picture.reading, tag="p")
    html(
        "<picture><source media='(max-width: 640px)' srcset='{}'><img src='{}' alt='{} {}' style='width:100%;background:#fff'></picture>",
        picture.narrow, picture.wide, picture.title, picture.reading, data_picture=picture.key.split()[0],
    )  # fmt: skip
    name = f"kakawari-{picture.key.replace(' ', '-')}.csv"
    download(
        session.words()("compare csv"), lambda: files.to_csv(picture.head, picture.rows), name, "mdi-table"
    )


def choose(changed: Mapping[str, object]) -> None:
    """Take over what is looked at."""
    if changed.get("value") in ROWS:
        INDICATOR.value = str(changed["value"])


def sweep_file() -> bytes:
    """Return the form as a sweep file."""
    return sweep_order.text(ORDER.value, session.now(), session.places_of(session.now())).encode("utf-8")


def start() -> None:
    """Run the small sweep that the form describes, in a thread."""
    order, scenario, places = ORDER.value, session.now(), session.places_of(session.now())
    if BUSY.value is None:
        _work(lambda told, halt: sweep_runs.made(order, scenario, places, told, halt))


def open_stored(changed: Mapping[str, object]) -> None:
    """Open a sweep that lies on this server, in a thread."""
    name = changed.get("value")
    if name != "" and BUSY.value is None:
        _work(lambda told, halt: sweep_runs.opened(name))


def stop() -> None:
    """Stop what is running; what was drawn stays."""
    if STOP.value is not None:
        STOP.value.set()


def _work(make: Callable[[Callable[[Progress], None], threading.Event], Found]) -> None:
    halt = threading.Event()
    STOP.value, BUSY.value = halt, Progress()

    def work() -> None:
        FOUND.value = make(BUSY.set, halt)
        session.NOTICE.value = ""

    def ended() -> None:
        BUSY.value = STOP.value = None

    session.aside(work, ended)


def redraw() -> Callable[[], None] | None:
    """Draw the pictures in a thread; the old ones stay until the new ones are there."""
    found, indicator, lang, old = FOUND.value, INDICATOR.value, session.LANG.value, threading.Event()
    if found is None:
        return None

    def work() -> None:
        made = shown(found, indicator, lang)
        if not old.is_set():
            DRAWN.value = made

    session.aside(work)
    return old.set
