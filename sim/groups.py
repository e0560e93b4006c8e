"""The values of all parameters; the groups go to the Numba kernels as they are.

Units, ranges, sources and meanings are in `data/parameters.csv`, symbols in MODEL.md.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.groups_people import (
    Deepening,
    Interest,
    Latent,
    Leaving,
    Moving,
    NewTie,
    Online,
    Roots,
    Search,
    Strength,
    Traits,
    Visit,
    Wellbeing,
)
from sim.groups_places import (
    Burnout,
    Encounter,
    Guides,
    Hosting,
    Leading,
    Load,
    Openness,
    Organisation,
    Review,
    Room,
    Shock,
    Spark,
    Succession,
    Understanding,
)


class Parameters(NamedTuple):
    """All parameters of a run, one group a mechanism."""

    traits: Traits
    interest: Interest
    search: Search
    roots: Roots
    online: Online
    encounter: Encounter
    room: Room
    newtie: NewTie
    visit: Visit
    load: Load
    hosting: Hosting
    strength: Strength
    wellbeing: Wellbeing
    leaving: Leaving
    deepening: Deepening
    latent: Latent
    shock: Shock
    spark: Spark
    burnout: Burnout
    succession: Succession
    openness: Openness
    leading: Leading
    understanding: Understanding
    guides: Guides
    moving: Moving
    organisation: Organisation
    review: Review
