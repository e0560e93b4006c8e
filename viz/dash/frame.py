"""What surrounds every page: name, pages, language, colours, messages, and the address that is the scenario."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import solara
from reacton import ipyvue

from sim.errors import InputError
from viz.dash import link, session
from viz.dash.parts import button, html, section
from viz.dash.series import LOOKS
from viz.dash.widgets import Bridge
from viz.messages import LANGUAGES

PAGES = ("", "place", "compare", "sweep", "assumptions", "learn")
"""Paths of the pages, in the order of the head."""


@solara.component
def Frame(children: list[Any]) -> None:  # noqa: N802 - components are named like classes
    """Show the page within its frame."""
    router = solara.use_router()
    solara.use_memo(lambda: enter(router.search or ""), [])
    error, clear = solara.use_exception()
    said = solara.use_memo(lambda: session.failed(error) if error is not None else "", [error])
    solara.Title(session.words()("dash title"))
    with section("kk", "div"):
        html("<a class='kk-skip' href='#main'>{}</a>", session.words()("dash skip"))
        Head(router.path)
        with section("", "main", id="main"):
            Notice()
            if error is not None:
                html("<p>{}</p>", said, classes="kk-notice", role="alert")
                button(session.words()("dash again"), clear)
            else:
                solara.Column(children=children, gap="0px", margin=0)
        Foot()
    Address()


def enter(search: str) -> None:
    """Take over what the address asks for, once."""
    if session.ENTERED.value:
        return
    session.ENTERED.value = True
    session.LANG.value = link.language(search)
    try:
        found = link.parse(search)
    except InputError as error:
        session.NOTICE.value = session.refused(error)
        return
    view = found.view
    session.MODE.value = "workshop" if view.get("mode") == "workshop" else ""
    session.ROOM.value = view.get("room", "")
    session.LOOK.value = view["look"] if view.get("look") in LOOKS else "ties"
    try:
        session.put(found.scenario)
    except InputError as error:
        session.NOTICE.value = session.refused(error)
    if view.get("place") in session.places_of(session.now()).code:
        session.PLACE.value = view["place"]


@solara.component
def Head(path: str) -> None:  # noqa: N802
    """Show the name, the pages and the switches."""
    t = session.words()
    here = path.strip("/").split("/")[0]
    with section("kk-head", "header"), section("", "div"):
        html(
            "<i></i><span>{}</span> <small>{}</small>",
            t("dash name"),
            t("dash slogan"),
            classes="kk-brand",
            tag="p",
        )
        with section("kk-nav", "nav", aria_label=t("dash pages")):
            for page in (*PAGES, *(("workshop",) if session.MODE.value else ())):
                PageLink(f"/{page}", t(f"dash page {page or 'explore'}"), here == page)
        with section("kk-tools", "div"):
            for lang in LANGUAGES:
                if lang != session.LANG.value:
                    button(
                        t("dash other language"),
                        partial(session.LANG.set, lang),
                        name=t("dash switch language"),
                    )
            html(
                "◐",
                tag="button",
                classes="kk-btn",
                type="button",
                data_kk="theme",
                aria_label=t("dash theme"),
                title=t("dash theme"),
            )


@solara.component
def PageLink(to: str, label: str, current: bool) -> None:  # noqa: N802
    """Show a link to a page that keeps what was computed."""
    router = solara.use_router()
    attributes = {"href": to, **({"aria-current": "page"} if current else {})}
    shown = solara.v.Html(tag="a", attributes=attributes, children=[label])
    ipyvue.use_event(shown, "click.prevent", lambda *_: router.push(to))


@solara.component
def Notice() -> None:  # noqa: N802
    """Show what could not be used."""
    if not session.NOTICE.value:
        return
    with section("kk-page", "div"), section("kk-notice", "div", role="alert"):
        html("{}", session.NOTICE.value, tag="p")
        button("✕", lambda: session.NOTICE.set(""), name=session.words()("dash close"))


@solara.component
def Foot() -> None:  # noqa: N802
    """Show what the numbers are not."""
    t = session.words()
    html(
        "<span>{}</span><span>{}</span>", t("dash caveat"), t("credit japan"), tag="footer", classes="kk-foot"
    )


@solara.component
def Address() -> None:  # noqa: N802
    """Keep the browser's address, language and Ctrl-Z in step with the session."""
    view = {
        "lang": "" if session.LANG.value == "ja" else session.LANG.value,
        "mode": session.MODE.value,
        "room": session.ROOM.value if session.MODE.value else "",
        "look": "" if session.LOOK.value == "ties" else session.LOOK.value,
        "place": session.PLACE.value,
    }
    Bridge.element(
        query=link.query(session.now(), view),
        lang=session.LANG.value,
        mode=session.MODE.value,
        copy="{here}",
        copied=session.COPY.value,
        on_pressed=session.guarded(_pressed),
        on_origin=session.guarded(_origin),
    )


def _pressed(key: Mapping[str, object]) -> None:
    history = session.HISTORY.value
    session.HISTORY.value = history.undo() if key.get("undo") is True else history.redo()


def _origin(origin: object) -> None:
    if isinstance(origin, str) and len(origin) < 200 and origin.startswith(("http://", "https://")):
        session.ORIGIN.value = origin
