"""Workshop: a team makes a plan within a budget, guesses, sees what happens, and hands it in to the room's board."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

import segno
import solara
from markupsafe import Markup

from sim.errors import InputError
from viz.dash import link, session
from viz.dash.board import MAX_NAME, Entry, Room, board, code_of
from viz.dash.chart import Chart, Headline, State, Tiles, curves
from viz.dash.controls import SHORT, LeverPanel, Picker
from viz.dash.editing import checked
from viz.dash.parts import button, download, html, section, table
from viz.dash.series import LOOKS
from viz.dash.sheet import sheet
from viz.dash.widgets import Choice, Timer
from viz.describe import yearly_cost
from viz.numbers import number, span, yen

POLL = 2.0
"""Seconds between two looks at the board."""


@solara.component
def Workshop() -> None:  # noqa: N802
    """Show the page."""
    t = session.words()
    session.use_result()
    code = solara.use_memo(lambda: session.ROOM.set(code_of(session.ROOM.value)) or session.ROOM.value, [])
    room = solara.use_reactive(board().room(code))
    guess: solara.Reactive[float | None] = solara.use_reactive(None)
    team = solara.use_reactive("")
    solara.use_effect(lambda: watch(code, room), [code])
    solara.use_effect(lambda: guess.set(None), [session.now().digest])
    with section("kk-page", "div"):
        html("{}", t("dash page workshop title"), tag="h1")
        Lobby(code, room.value)
        with section("kk-split", "div"):
            with section():
                html("{}", t("workshop plan"), tag="h2")
                Budget(room.value)
                Picker()
                LeverPanel(SHORT)
            with section("kk-stack", "div"):
                with section():
                    Guess(guess)
                    if guess.value is not None:
                        Headline()
                        State()
                        Chart()
                        HandIn(code, guess.value, team)
                if guess.value is not None:
                    Tiles()
        with section():
            Results(code, room.value)


def watch(code: str, room: solara.Reactive[Room]) -> Callable[[], None]:
    """Follow the room's board until the page is left."""
    stop = threading.Event()

    def look() -> None:
        while not stop.wait(POLL):
            room.value = board().room(code)

    threading.Thread(target=look, daemon=True).start()
    return stop.set


@solara.component
def Lobby(code: str, room: Room) -> None:  # noqa: N802
    """Show how to join, the budget and the clock."""
    t = session.words()

    def settings(changed: Mapping[str, object]) -> None:
        if changed.get("name") == "budget":
            board().budget(code, checked(changed.get("value"), "budget", 0, 1e5, "10,000 yen") * 1e4)

    minutes = solara.use_reactive(10.0)
    with section("kk-card kk-lobby"):
        html("{}", qr(code), classes="kk-qr")
        with section("", "div"):
            html(
                "{} <b class='kk-code'>{}</b><br><small>{}<br>{}</small>",
                t("workshop room"),
                code,
                join_link(code),
                reach(),
                tag="p",
            )
            number_field = {"kind": "number", "min": 0, "step": 1}
            Choice.element(
                fields=[
                    {
                        "name": "budget",
                        "label": t("workshop budget"),
                        "value": round(room.budget / 1e4),
                        "max": 100_000,
                        **number_field,
                    }
                ],
                on_changed=session.guarded(settings),
            )
        with section("", "div"):
            html("{}", t("workshop round"), tag="p", classes="kk-quiet")
            Timer.element(ends=room.ends)
            Choice.element(
                fields=[
                    {
                        "name": "minutes",
                        "label": t("workshop minutes"),
                        "value": minutes.value,
                        "max": 120,
                        **number_field,
                    }
                ],
                on_changed=session.guarded(
                    lambda c: minutes.set(checked(c.get("value"), "minutes", 0, 120, "minutes"))
                ),
            )
            button(t("workshop start"), lambda: board().start(code, minutes.value), icon="mdi-timer")


@solara.component
def Budget(room: Room) -> None:  # noqa: N802
    """Show what the plan costs against what it may cost."""
    t, lang, cost = session.words(), session.LANG.value, each()
    over = cost > room.budget * 1.000001
    html(
        "<meter min='0' max='{}' value='{}' aria-label='{}'></meter><p class='kk-{}'>{}</p>", max(room.budget, cost, 1.0), cost,
        t("workshop cost"), "bad" if over else "good",
        t("workshop over" if over else "workshop within", cost=yen(cost, lang), budget=yen(room.budget, lang)), classes="kk-budget",
    )  # fmt: skip


def each() -> float:
    """Return what the plan costs a year for every 5,000 adults."""
    scenario = session.now()
    places = session.places_of(scenario)
    total = sum(yearly_cost(m, scenario, places) for m in scenario.measures)
    return 5000.0 * total / max(float(places.adults.sum()), 1.0)


@solara.component
def Guess(guess: solara.Reactive[float | None]) -> None:  # noqa: N802
    """Ask for a guess before anything is shown."""
    t = session.words()
    asked = solara.use_reactive(0.0)
    html("{}", t("workshop guess"), tag="h2")
    if guess.value is not None:
        html(
            "{}",
            t("workshop guessed", guess=number(guess.value, 0, session.LANG.value, sign=True)),
            tag="p",
            classes="kk-quiet",
        )
        return
    html("{}", t("workshop guess lead"), tag="p", classes="kk-lead")
    Choice.element(
        fields=[
            {
                "name": "guess",
                "kind": "number",
                "label": t("workshop guess field"),
                "value": asked.value,
                "min": -100,
                "max": 500,
                "step": 1,
            }
        ],
        on_changed=session.guarded(lambda c: asked.set(checked(c.get("value"), "guess", -100, 500, "%"))),
    )
    button(t("workshop reveal"), lambda: guess.set(asked.value), main=True)


@solara.component
def HandIn(code: str, guess: float, team: solara.Reactive[str]) -> None:  # noqa: N802
    """Hand the result in under the team's name, and print it."""
    t, result = session.words(), session.RESULT.value
    ready = result is not None and not result.preview

    def name(changed: Mapping[str, object]) -> None:
        value = changed.get("value")
        if not isinstance(value, str):
            raise InputError("team: this is not a name.")
        team.value = value[:MAX_NAME]

    Choice.element(
        fields=[
            {
                "name": "team",
                "kind": "text",
                "label": t("workshop team"),
                "value": team.value,
                "longest": MAX_NAME,
            }
        ],
        on_changed=session.guarded(name),
    )
    with section("kk-row", "div", style="margin-top:8px"):
        button(
            t("workshop hand in"),
            lambda: board().hand_in(code, entry(team.value, guess)),
            main=True,
            disabled=not ready or not team.value,
        )
        if ready and result is not None:
            download(
                t("workshop print"),
                lambda: sheet(result, entry(team.value, guess), session.LANG.value),
                "kakawari-team.html",
                "mdi-printer",
            )


def entry(team: str, guess: float) -> Entry:
    """Return what the team hands in.

    Raises:
        InputError: The full runs are not there yet.
    """
    result = session.RESULT.value
    if result is None or result.preview:
        raise InputError("board: the runs are not finished yet.")
    drawn = curves(result, LOOKS["ties"]).relative
    found, low, high = (float(x[0]) for x in drawn)
    return Entry(team, link.query(result.asked, {}), guess, found, low, high, each())


@solara.component
def Results(code: str, room: Room) -> None:  # noqa: N802
    """Show what all teams have handed in, the largest change first."""
    t, lang = session.words(), session.LANG.value
    html("{}", t("workshop board"), tag="h2")
    order = sorted(room.entries.values(), key=lambda e: -e.found)
    rows = [
        [e.team, f"{number(e.guess, 0, lang, sign=True)}%",
         Markup("<b>{}%</b><br><small class='kk-quiet'>{}%</small>").format(number(e.found, 1, lang, sign=True), span(e.low, e.high, 1, lang, sign=True)),
         yen(e.yen, lang), Markup("<a href='/?{}'>{}</a>").format(e.query, t("workshop open"))]
        for e in order
    ]  # fmt: skip
    head = [
        t("workshop team"),
        t("workshop column guess"),
        t("workshop column found"),
        t("workshop column yen"),
        t("workshop column plan"),
    ]
    with section("kk-board", "div"):
        table(
            head, rows, caption=t("workshop board note") if rows else t("workshop empty"), numbers=(1, 2, 3)
        )
    if rows:
        button(t("workshop clear"), lambda: board().clear(code))


def join_link(code: str) -> str:
    """Return the address that phones open."""
    return f"{session.ORIGIN.value}/workshop?mode=workshop&room={code}"


def reach() -> str:
    """Return whether phones can open the link."""
    here = session.ORIGIN.value.startswith(("http://127.0.0.1", "http://localhost"))
    return session.words()("workshop here only") if here else ""


def qr(code: str) -> Markup:
    """Return the join link as a QR code."""
    if not session.ORIGIN.value:
        return Markup("")
    picture = segno.make(join_link(code), error="m").svg_inline(
        scale=4, border=2, dark="#1f2933", light="#ffffff", omitsize=True
    )
    # The picture is made of the link alone, which the browser's own address and a checked code make up.
    return Markup("<span role='img' aria-label='QR'>{}</span>").format(Markup(picture))
