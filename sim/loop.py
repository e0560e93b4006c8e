"""The month, as one tuple: read this file first.

`MONTH` is the model: one mechanism after the other. Where homes are large a run uses `QUICK`, in which two passes do what the
mechanisms between turnover and census do with people, in one walk over them each; a test holds the two equal in every bit.

Congestion uses last month's demand, so no person needs another person within a month, and the order of people
cannot matter. The order of mechanisms does, and is written here and nowhere else (MODEL.md 3).
"""

from __future__ import annotations

from collections.abc import Callable

from sim.levers import Levels
from sim.mechanisms.attention import attention
from sim.mechanisms.burnout import burnout
from sim.mechanisms.census import census, publish
from sim.mechanisms.deepening import deepening
from sim.mechanisms.destination import destination
from sim.mechanisms.encounter import encounter
from sim.mechanisms.guiding import guiding
from sim.mechanisms.handover import handover
from sim.mechanisms.hosting import hosting
from sim.mechanisms.interest import interest
from sim.mechanisms.latent import latent
from sim.mechanisms.leading import leading
from sim.mechanisms.leaving import leaving
from sim.mechanisms.moving import moving
from sim.mechanisms.needs import needs
from sim.mechanisms.online import online
from sim.mechanisms.openness import openness
from sim.mechanisms.organising import organising
from sim.mechanisms.reviewing import reviewing
from sim.mechanisms.roster import roster
from sim.mechanisms.search import search
from sim.mechanisms.sparking import sparking
from sim.mechanisms.strength import strength
from sim.mechanisms.succession import succession
from sim.mechanisms.turnover import turnover
from sim.mechanisms.understanding import understanding
from sim.mechanisms.visiting import visiting
from sim.mechanisms.wellbeing import wellbeing
from sim.passes.keeping import keeping
from sim.passes.meeting import meeting
from sim.shocks import Shocks, no_shocks
from sim.world import World

Mechanism = Callable[[World], None]

MONTH: tuple[Mechanism, ...] = (
    turnover,  # some adults are replaced
    moving,  # some move to the place of a deep tie
    reviewing,  # budgets move between meeting and receiving
    organising,  # private bodies earn, shrink, grow or close
    sparking,  # varied people touch each other off
    hosting,  # who among the hosts is asked this month
    encounter,  # chances to meet somebody and to find a role
    destination,  # which places people have in mind
    interest,  # interest rises and falls
    search,  # people look, meet, begin ties
    online,  # people begin ties without visits
    roster,  # whoever has a tie is listed
    handover,  # ties of hosts who left or burnt out pass on
    latent,  # sleeping ties return or are forgotten
    visiting,  # ties bring visits, visits cost host time
    attention,  # load on hosts, and the care they can give
    strength,  # ties grow by good contacts, fade without
    wellbeing,  # good contact does people good
    leaving,  # ties end or loosen
    deepening,  # ties step up and down
    burnout,  # hosts tire and recover
    succession,  # hosts rest, stop, are followed
    needs,  # needs arise, are shown, answered
    openness,  # hosts learn to show weakness
    understanding,  # residents come to understand, or lose patience
    leading,  # residents lead, or step back
    guiding,  # guides are encouraged, trained, lost
    census,  # everything is counted anew
)


QUICK: tuple[Mechanism, ...] = (
    *MONTH[: MONTH.index(interest)],
    meeting,  # interest to visiting
    attention,
    keeping,  # strength to deepening, and the counts of the census
    *MONTH[MONTH.index(burnout) : MONTH.index(census)],
    publish,
)


LARGE_HOME = 300
"""Residents a place, on average, from which passes are quicker than mechanisms."""


WAYS: dict[str, tuple[Mechanism, ...]] = {"mechanisms": MONTH, "passes": QUICK}
"""Two ways to run a month with the same numbers."""


def way(people: int, places: int) -> str:
    """Return the name of the quicker way for so many people and places."""
    return "passes" if people >= LARGE_HOME * places else "mechanisms"


def quickest(w: World) -> tuple[Mechanism, ...]:
    """Return the mechanisms and passes of the quicker way."""
    return WAYS[way(len(w.state.people.interest), len(w.places))]


def plainly(mechanism: Mechanism, w: World) -> None:
    """Call a mechanism."""
    mechanism(w)


def advance(
    w: World,
    levels: Levels,
    shocks: Shocks | None = None,
    call: Callable[[Mechanism, World], None] = plainly,
    month: tuple[Mechanism, ...] | None = None,
) -> None:
    """Run one month at the given levels of support.

    Args:
        w: The world; its state is changed in place.
        levels: Level of every lever in every place this month.
        shocks: What happens to places besides; None for quiet times.
        call: Calls each mechanism; a benchmark passes one that looks at the clock.
        month: Mechanisms and passes in their order; None for the quicker way.
    """
    w.month = w.state.month + 1
    w.levels = levels
    w.shocks = no_shocks(len(w.places)) if shocks is None else shocks
    for tally in w.tallies:
        for column in tally:
            column[...] = 0
    for mechanism in month or quickest(w):
        call(mechanism, w)
    w.state.month = w.month
