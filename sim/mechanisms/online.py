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

import numpy as np

from sim.draws import ONLINE as ONLINE_STREAM
from sim.draws import draw, lead_byte, lead_words
from sim.jit import kernel
from sim.numeric import block_of, chance, find
from sim.state import COMMUNITY_BIT, LATENT, NEAR_BIT, ONLINE, ROOTS_BIT
from sim.ties import begin, family_place, has_room, slot_for
from sim.world import World


@kernel
def look(
    lo, hi, seed, month, share, p, q0, jump, starts, more, places_cdf, pull, family_cdf, near, found, session, eager,
    mobility, interest, stage, place, strength, host, born, kind, searchers, started, returned,
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
        hazard = more[home] * eager[mobility[i]] * np.float64(interest[i])
        if lead >= 256.0 * hazard:
            continue
        u0, u1, u2, u3 = draw(seed, ONLINE_STREAM, month, i, 0)
        if lead + u0 >= 256.0 * chance(hazard) or not has_room(i, stage):
            continue
        r = find(places_cdf, 0, len(places_cdf), u1)
        if pull[home, r] <= 0.0:
            continue
        searchers[r] += 1
        k = slot_for(i, r, stage, place, strength)
        if k < 0 or u2 >= found[r]:
            continue
        flags = NEAR_BIT * near[home, r]
        if u3 < p.community + (1.0 - p.community) * session[r]:
            flags |= COMMUNITY_BIT
        if r == family_place(i, home, seed, share, family_cdf, pull):
            flags |= ROOTS_BIT
        if stage[i, k] == LATENT and place[i, k] == r:
            returned[r] += 1
            flags |= kind[i, k] & ROOTS_BIT
        else:
            started[r] += 1
            strength[i, k] = 0.0
        x = np.float64(interest[i])
        interest[i] = x + (1.0 - x) * jump
        q = max(np.float64(strength[i, k]), q0)
        begin(i, k, r, ONLINE, q, -1, flags, month, stage, place, strength, host, born, kind)


def online(w: World) -> None:
    """Let people find a place to support without visiting."""
    p, g, people, t = w.parameters.search, w.geometry, w.state.people, w.state.ties
    f = w.tables.mobility
    eager = p.online_rate * f / (0.7 + 0.3 * f)
    drawn = float(w.chances.online[-1])
    more = (1.0 + p.free_time * w.levels.free_time) * drawn
    w.crew.each(
        look, np.uint64(w.seed), w.month, w.parameters.roots.share, w.parameters.online,
        w.parameters.newtie.online_strength, w.parameters.interest.first_meeting, g.starts, more, w.chances.online,
        g.pull, g.family, g.near, w.chances.found, w.chances.session, eager, people.mobility, people.interest,
        t.stage, t.place, t.strength, t.host, t.born, t.kind,
        tallies=[[getattr(x, n) for x in w.tallies] for n in ("searchers_online", "started", "returned")],
    )  # fmt: skip
