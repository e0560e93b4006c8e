"""Turnover: a few adults are replaced each month by others with fresh traits and no ties.

With probability tau_0 the person of a row dies, leaves the country or comes of age; the row then holds
somebody new, whose ties have ended with the old person.

| symbol | here |
|---|---|
| tau_0 | traits.turnover |

Reads people, ties. Writes people, ties, tally.ended, tally.spells. Draws TURNOVER (who), TRAITS (the new
person). Source: demography, 1.4% of adults a year. MODEL.md 7.1.
"""

from __future__ import annotations

import numpy as np

from sim.draws import TURNOVER, draw, list_low, screen
from sim.jit import roomy_kernel
from sim.population import new_person
from sim.ties import depart
from sim.world import World


@roomy_kernel
def replace(
    lo, hi, seed, month, share, setpoints, usual,
    interest, wellbeing, setpoint, mobility, openness, skill,
    stage, place, strength, host, born, kind, ended, spells,
):  # fmt: skip
    """Replace people of rows [lo, hi) and end their ties."""
    words, rows = screen()
    for first in range(lo, hi, len(rows)):
        last = min(first + len(rows), hi)
        n, leads = list_low(first, last, seed, TURNOVER, month, 256.0 * share, words, rows)
        for t in range(n):
            i = rows[t]
            u, _, _, _ = draw(seed, TURNOVER, month, i, 0)
            if leads[i - first] + u < 256.0 * share:
                depart(i, month, stage, place, strength, host, born, kind, ended, spells)
                new_person(
                    i, seed, month, setpoints, usual, interest, wellbeing, setpoint, mobility, openness, skill
                )


def turnover(w: World) -> None:
    """Replace adults."""
    t = w.state.ties
    w.crew.each(
        replace, np.uint64(w.seed), w.month, w.parameters.traits.turnover, w.tables.setpoint,
        w.parameters.wellbeing.usual, *w.state.people,
        t.stage, t.place, t.strength, t.host, t.born, t.kind,
        tallies=[[x.ended for x in w.tallies], [x.spells for x in w.tallies]],
    )  # fmt: skip
