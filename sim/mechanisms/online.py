"""Online: ties without visits begin by gifts, products, crowdfunding or online exchange (E2v, E3v, E7).

    h = r_v x f / (0.7 + 0.3 f);  place by M_r alone, distance does not count;  tie with e_0V, strength q_0V;
    interest jumps by (1 - x) g_enc

| symbol | here |
|---|---|
| r_v, e_0V | search.online_rate, search.online_chance |
| M_r | geometry.online_cdf |
| q_0V | newtie.online_strength |
| g_enc | interest.first_meeting |

Reads people, ties. Writes ties, people.interest, tally.started, tally.returned. Draws ONLINE (whether, where, chance).
MODEL.md 7.7.
"""

from __future__ import annotations

import numpy as np

from sim.draws import ONLINE as ONLINE_STREAM
from sim.draws import draw, lead_byte, lead_words
from sim.jit import kernel
from sim.numeric import block_of, chance, find
from sim.state import LATENT, ONLINE
from sim.ties import begin, has_room, slot_for
from sim.world import World


@kernel
def look(
    lo, hi, seed, month, found, q0, jump, starts, places_cdf, pull, near, eager,
    mobility, interest, stage, place, strength, host, born, kind, started, returned,
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
        hazard = eager[mobility[i]] * np.float64(interest[i])
        if lead >= 256.0 * hazard:
            continue
        u0, u1, u2, _ = draw(seed, ONLINE_STREAM, month, i, 0)
        if lead + u0 >= 256.0 * chance(hazard) or u2 >= found or not has_room(i, stage):
            continue
        r = find(places_cdf, 0, len(places_cdf), u1)
        k = slot_for(i, r, stage, place, strength)
        if k < 0 or pull[home, r] <= 0.0:
            continue
        if stage[i, k] == LATENT and place[i, k] == r:
            returned[r] += 1
        else:
            started[r] += 1
            strength[i, k] = 0.0
        x = np.float64(interest[i])
        interest[i] = x + (1.0 - x) * jump
        q = max(np.float64(strength[i, k]), q0)
        begin(i, k, r, ONLINE, q, -1, near[home, r], month, stage, place, strength, host, born, kind)


def online(w: World) -> None:
    """Let people find a place to support without visiting."""
    p, g, people, t = w.parameters.search, w.geometry, w.state.people, w.state.ties
    f = w.tables.mobility
    eager = p.online_rate * f / (0.7 + 0.3 * f)
    w.crew.each(
        look, np.uint64(w.seed), w.month, p.online_chance, w.parameters.newtie.online_strength,
        w.parameters.interest.first_meeting,
        g.starts, g.online_cdf, g.pull, g.near, eager, people.mobility, people.interest,
        t.stage, t.place, t.strength, t.host, t.born, t.kind,
        tallies=[[x.started for x in w.tallies], [x.returned for x in w.tallies]],
    )  # fmt: skip
