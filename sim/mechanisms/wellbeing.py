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

from sim.contact import care_of_hosts, contact_quality
from sim.jit import inlined, kernel
from sim.numeric import share_of, steps_of
from sim.state import FREE, LATENT, SLOTS
from sim.world import World


@inlined
def settled(p, b):
    """Return b after a month."""
    return b + p.back * (p.usual - b)


@inlined
def enjoyed(p, b, best):
    """Return b after contacts of which the best had quality `best`."""
    return b + p.gain * best * (1.0 - b)


@kernel
def settle(lo, hi, p, wellbeing):
    """Let the wellbeing of people [lo, hi) return to its usual level."""
    for i in range(lo, hi):
        wellbeing[i] = steps_of(settled(p, share_of(wellbeing[i])))


@kernel
def enjoy(lo, hi, rows, p, care, opennesses, openness, stage, host, visits, wellbeing):
    """Let people rows[lo:hi] gain from the best contact of the month."""
    best, cared, shown = care
    for j in range(lo, hi):
        i = rows[j]
        most = 0.0
        for k in range(SLOTS):
            st = stage[i, k]
            if st != FREE and st != LATENT and visits[i, k] > 0:
                a = host[i, k]
                most = max(most, contact_quality(best[st], cared[a], shown[a], opennesses[openness[i]], st))
        wellbeing[i] = steps_of(enjoyed(p, share_of(wellbeing[i]), most))


def wellbeing(w: World) -> None:
    """Let people gain from good contact, and settle."""
    p, t, people = w.parameters.wellbeing, w.state.ties, w.state.people
    w.crew.each(settle, p, people.wellbeing)
    w.crew.each_tied(
        enjoy, p, care_of_hosts(w), w.tables.openness, people.openness, t.stage, t.host, t.visits,
        people.wellbeing,
    )  # fmt: skip
