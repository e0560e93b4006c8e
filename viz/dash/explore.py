"""Explore: move a measure, see what changes at once, where, and how surely."""

from __future__ import annotations

import solara

from viz.dash import session
from viz.dash.chart import Chart, Headline, State, Tiles
from viz.dash.controls import Controls
from viz.dash.exchange import Exchange
from viz.dash.map import Map
from viz.dash.parts import html, section


@solara.component
def Explore() -> None:  # noqa: N802
    """Show the controls, the result and the map."""
    t = session.words()
    session.use_result()
    with section("kk-page", "div"):
        html("{}", t("dash page explore title"), tag="h1")
        with section("kk-page kk-explore", "div", style="padding:0"):
            Controls()
            with section("kk-stack", "div"):
                with section():
                    Headline()
                    State()
                    Chart()
                Tiles()
            with section("kk-stack kk-maps", "div"):
                with section():
                    Map()
                Exchange()
        html("<a href='#controls'>{}</a>", t("dash jump"), classes="kk-jump")
