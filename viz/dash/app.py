"""The dashboard's pages, as Solara looks for them. `viz.serve` starts it."""

from __future__ import annotations

import solara

from viz.dash.explore import Explore
from viz.dash.frame import Frame

routes = [
    solara.Route("/", component=Explore, layout=Frame),
]
