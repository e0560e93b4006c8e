"""The dashboard's pages, as Solara looks for them. `viz.serve` starts it."""

from __future__ import annotations

import solara

from viz.dash.assumptions import Assumptions
from viz.dash.compare import Compare
from viz.dash.explore import Explore
from viz.dash.frame import Frame
from viz.dash.learn import Learn
from viz.dash.place import Place
from viz.dash.sweeps import Sweeps
from viz.dash.workshop import Workshop

routes = [
    solara.Route("/", component=Explore, layout=Frame),
    solara.Route("place", component=Place),
    solara.Route("compare", component=Compare),
    solara.Route("sweep", component=Sweeps),
    solara.Route("assumptions", component=Assumptions),
    solara.Route("learn", component=Learn),
    solara.Route("workshop", component=Workshop),
]
