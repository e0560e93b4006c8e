"""One month: MODEL.md 7, a function a section, in the order of section 3."""

from __future__ import annotations

from typing import Any

from reference.beginning import handover, latent, online, search
from reference.living import census, guiding, leading, understanding
from reference.meeting import destination, encounter, hosting, interest
from reference.moving import moving, turnover
from reference.organising import organising, reviewing, sparking
from reference.receiving import burnout, needs, openness, succession
from reference.records import levers
from reference.state import Shocks, World
from reference.support import calm, levels
from reference.tying import attention, deepening, leaving, strength, visiting, wellbeing

SECTIONS = (
    turnover,
    moving,
    reviewing,
    organising,
    sparking,
    hosting,
    encounter,
    destination,
    interest,
    search,
    online,
    handover,
    latent,
    visiting,
    attention,
    strength,
    wellbeing,
    leaving,
    deepening,
    burnout,
    succession,
    needs,
    openness,
    understanding,
    leading,
    guiding,
    census,
)
"""The month of MODEL.md 3; the roster (7.12) is no rule of the model, and there is none here."""


def step(world: World, support: Any = None, shocks: Shocks | None = None) -> None:
    """Do one month.

    `support` has the level of every lever as an attribute, a list over places, before *organising* and *reviewing*;
    without it the levels are today's plus the measures of the scenario. Without `shocks` there are none.
    """
    world.month += 1
    if support is None:
        scenario = world.scenario
        support = levels(scenario.measures, world.codes, world.month - scenario.burn_in)
    world.shocks = shocks or calm(len(world.places))
    world.spells = []
    for place in world.places:
        place.levels = {name: float(getattr(support, name)[place.r]) for name in levers()}
        place.searchers, place.taken, place.work = [0] * 5, [0] * 5, [0.0] * 5
        place.searchers_online = place.unmatched = place.hobby_seconds = place.stepped = 0
        place.met = place.started = place.returned = place.ended = place.visits = 0
    for host in world.hosts:
        host.named = 0
    for section in SECTIONS:
        section(world)
