"""Online: ties without visits begin by gifts, products, crowdfunding or online exchange (E2v, E3v, E7).

    h = r_v A (1 + k_ft days) x f / (0.7 + 0.3 f);  place by P_V, distance does not count
    A = sum of M_r (1 + b_tax yen) (1 + b_st sessions story): what places do draws people, and not only away from each other
    tie with found = 1 - (1 - e_0V) (1 - p_V), strength q_0V;  a community's with p_com + (1 - p_com) p_V, else a purchase
    interest jumps by (1 - x) g_enc

| symbol | here |
|---|---|
| r_v, k_ft, days | search.online_rate, search.free_time, levels.free_time |
| P_V, A, found, p_V | chances.online (cumulative; A is the last), found, session |
| p_com | online.community |
| q_0V | newtie.online_strength |
| g_enc | interest.first_meeting |

Reads people, ties, chances, levels. Writes ties, people.interest, tally.searchers_online, started, returned. Draws ONLINE
(whether, where, found, community), FAMILY. MODEL.md 7.11.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.arrays import F64, U8
from sim.draws import ONLINE as ONLINE_STREAM
from sim.draws import draw, lead_byte, lead_words
from sim.jit import inlined, kernel
from sim.numeric import block_of, chance, find
from sim.state import COMMUNITY_BIT, LATENT, NEAR_BIT, ONLINE, ROOTS_BIT
from sim.ties import begin, family_place, has_room, slot_for
from sim.world import World


class Screens(NamedTuple):
    """What a person who looks for a place to support without visiting can find."""

    eager: F64
    """r_v f / (0.7 + 0.3 f) by level of mobility (256,)."""
    more: F64
    """A (1 + k_ft days), by home (R,)."""
    places: F64
    """Cumulative P_V (R,)."""
    found: F64
    """(R,)."""
    community: F64
    """Chance that it is a community's (R,)."""
    first: float
    """q_0V."""
    jump: float
    """g_enc."""
    share: float
    """s_kin."""
    family: F64
    """Cumulative (R,)."""
    pull: F64
    """(R, R)."""
    near: U8
    """(R, R)."""


@inlined
def support(
    screens, i, home, lead, hazard, seed, month, interest, stage, place, strength, host, born, kind,
    searchers, started, returned,
):  # fmt: skip
    """Let person i, whose leading byte is under 256 times the hazard, find a place to support, if so drawn."""
    u0, u1, u2, u3 = draw(seed, ONLINE_STREAM, month, i, 0)
    if lead + u0 >= 256.0 * chance(hazard) or not has_room(i, stage):
        return
    r = find(screens.places, 0, len(screens.places), u1)
    if screens.pull[home, r] <= 0.0:
        return
    searchers[r] += 1
    k = slot_for(i, r, stage, place, strength)
    if k < 0 or u2 >= screens.found[r]:
        return
    flags = NEAR_BIT * screens.near[home, r]
    if u3 < screens.community[r]:
        flags |= COMMUNITY_BIT
    if r == family_place(i, home, seed, screens.share, screens.family, screens.pull):
        flags |= ROOTS_BIT
    if stage[i, k] == LATENT and place[i, k] == r:
        returned[r] += 1
        flags |= kind[i, k] & ROOTS_BIT
    else:
        started[r] += 1
        strength[i, k] = 0.0
    x = np.float64(interest[i])
    interest[i] = x + (1.0 - x) * screens.jump
    q = max(np.float64(strength[i, k]), screens.first)
    begin(i, k, r, ONLINE, q, -1, flags, month, stage, place, strength, host, born, kind)


@kernel
def look(
    lo, hi, seed, month, screens, starts, mobility, interest, stage, place, strength, host, born, kind,
    searchers, started, returned,
):  # fmt: skip
    """Let people [lo, hi) find a place to support without visiting."""
    home = block_of(starts, lo)
    leads = lead_words(seed, ONLINE_STREAM, month, lo)
    for i in range(lo, hi):
        while i >= starts[home + 1]:
            home += 1
        if i % 16 == 0:
            leads = lead_words(seed, ONLINE_STREAM, month, i)
        lead = lead_byte(leads, i)
        hazard = screens.more[home] * screens.eager[mobility[i]] * np.float64(interest[i])
        if lead < 256.0 * hazard:
            support(
                screens, i, home, lead, hazard, seed, month, interest, stage, place, strength, host, born,
                kind, searchers, started, returned,
            )  # fmt: skip


def screens_of_month(w: World) -> Screens:
    """Return what a person who looks for a place to support without visiting can find this month."""
    p, o, g, c, f = w.parameters.search, w.parameters.online, w.geometry, w.chances, w.tables.mobility
    return Screens(
        eager=p.online_rate * f / (0.7 + 0.3 * f),
        more=(1.0 + p.free_time * w.levels.free_time) * float(c.online[-1]),
        places=c.online,
        found=c.found,
        community=o.community + (1.0 - o.community) * c.session,
        first=w.parameters.newtie.online_strength,
        jump=w.parameters.interest.first_meeting,
        share=w.parameters.roots.share,
        family=g.family,
        pull=g.pull,
        near=g.near,
    )


def online(w: World) -> None:
    """Let people find a place to support without visiting."""
    people, t = w.state.people, w.state.ties
    w.crew.each(
        look, np.uint64(w.seed), w.month, screens_of_month(w), w.geometry.starts, people.mobility,
        people.interest, t.stage, t.place, t.strength, t.host, t.born, t.kind,
        tallies=[[getattr(x, n) for x in w.tallies] for n in ("searchers_online", "started", "returned")],
    )  # fmt: skip
