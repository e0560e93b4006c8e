"""Wellbeing: good contact does people good, and the good wears off (E24b).

    b' = b + d_b (beta_0 - b);     who had contacts this month:  b'' = b' + a_b Q* (1 - b')

Q* is the largest quality of a contact this month: quality counts, not the number of visits. The first rule is linear,
so that whoever has no contact can be brought up to date later.

| symbol | here |
|---|---|
| b | people.wellbeing |
| a_b, d_b, beta_0 | wellbeing.gain, back, usual |
| Q | contact.quality |

Reads ties, people, hosts, regions, chances, levels. Writes people.wellbeing. Draws nothing. MODEL.md 7.18.
"""

from __future__ import annotations

import numpy as np

from sim.contact import best_qualities, hosting_style, quality
from sim.jit import kernel
from sim.state import FREE, LATENT, SLOTS
from sim.world import World


@kernel
def settle(lo, hi, p, wellbeing):
    """Let the wellbeing of people [lo, hi) return to its usual level."""
    for i in range(lo, hi):
        b = np.float64(wellbeing[i])
        wellbeing[i] = b + p.back * (p.usual - b)


@kernel
def enjoy(
    lo, hi, rows, p, bonus, best, understanding, style, attention, exhaustion, shown, opennesses, openness,
    stage, place, host, visits, wellbeing,
):  # fmt: skip
    """Let people rows[lo:hi] gain from the best contact of the month."""
    for j in range(lo, hi):
        i = rows[j]
        most = 0.0
        for k in range(SLOTS):
            st = stage[i, k]
            if st == FREE or st == LATENT or visits[i, k] == 0:
                continue
            q = quality(
                st, best, bonus, host[i, k], attention, exhaustion, understanding[place[i, k]], shown,
                opennesses[openness[i]], style[place[i, k]],
            )  # fmt: skip
            most = max(most, q)
        b = np.float64(wellbeing[i])
        wellbeing[i] = b + p.gain * most * (1.0 - b)


def wellbeing(w: World) -> None:
    """Let people gain from good contact, and settle."""
    p, t, h, people = w.parameters.wellbeing, w.state.ties, w.state.hosts, w.state.people
    w.crew.each(settle, p, people.wellbeing)
    w.crew.each_tied(
        enjoy, p, w.parameters.strength.weakness_bonus, best_qualities(w), w.state.regions.understanding,
        hosting_style(w), w.chances.attention, h.exhaustion, h.openness, w.tables.openness, people.openness,
        t.stage, t.place, t.host, t.visits, people.wellbeing,
    )  # fmt: skip
