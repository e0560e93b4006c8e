"""One month: MODEL.md 7, a function a section, in the order of section 3."""

from __future__ import annotations

from reference.beginning import handover, latent, online, search
from reference.meeting import destination, encounter, hosting, interest, turnover
from reference.receiving import burnout, census, needs, openness, succession
from reference.start import World, support
from reference.tying import attention, deepening, leaving, strength, visiting

SECTIONS = (
    turnover,
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
    leaving,
    deepening,
    burnout,
    succession,
    needs,
    openness,
    census,
)
"""The month of MODEL.md 3; the roster (7.8) is no rule of the model, and there is none here."""


def step(world: World) -> None:
    """Do one month."""
    world.month += 1
    support(world)
    for place in world.places:
        place.searchers, place.taken, place.work = [0] * 5, [0] * 5, [0.0] * 5
        place.unmatched = place.hobby_seconds = 0
        place.met = place.started = place.returned = place.ended = place.visits = 0
    for host in world.hosts:
        host.own = 0
    for section in SECTIONS:
        section(world)
