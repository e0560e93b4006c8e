"""Search: interested people look for a place, may meet somebody there, and may find a role (E2, E7).

    h_c = r_s (1 + m_metro [metropolitan]) x f / (0.7 + 0.3 f) (1 + kappa_act [has a tie])     if a slot is free or latent
    place r by E3, meeting with p_enc of r, role with p_K of r and the person's skill
    with a role:  exchange, work or direct contribution with p_V2, p_V3, rest, and a host (E10)
    without:      hobby;  strength q_0 in both cases;  interest jumps by (1 - x) g_enc

The factor in f saturates so that very mobile people do not fill all slots. Whoever has a live tie with the
place already meets nobody new; a latent tie with it comes back to life.

| symbol | here |
|---|---|
| r_s, m_metro, kappa_act | search.rate, search.metro, search.reinforcement |
| f | people.mobility |
| p_enc, p_K | chances.meeting, chances.slot |
| p_V2, p_V3, q_0 | newtie.exchange, newtie.work, newtie.strength |
| g_enc | interest.first_meeting |

Reads people, ties, chances. Writes ties, people.interest, tally.searchers, met, taken, unmatched, started,
returned. Draws SEARCH (whether, where, met, role), ROLE (type, host). MODEL.md 7.6.
"""

from __future__ import annotations

import numpy as np

from sim.draws import ROLE, SEARCH, draw, lead_byte, lead_words
from sim.jit import kernel
from sim.numeric import block_of, chance, find
from sim.state import HOBBY, LATENT
from sim.ties import begin, has_room, is_tied, pick_host, role, slot_for
from sim.world import World


@kernel
def look(
    lo, hi, seed, month, p, new, jump, starts, metro, destination, meeting, slot, near, host_starts, host_cdf, eager,
    mobility, skill, interest, stage, place, strength, host, born, kind,
    searchers, met, taken, unmatched, started, returned,
):  # fmt: skip
    """Let people [lo, hi) look for a place."""
    home = block_of(starts, lo)
    leads = lead_words(seed, SEARCH, month, lo)
    for i in range(lo, hi):
        while i >= starts[home + 1]:
            home += 1
        if i % 16 == 0:
            leads = lead_words(seed, SEARCH, month, i)
        x = np.float64(interest[i])
        hazard = (1.0 + p.metro * metro[home]) * eager[mobility[i]] * x
        lead = lead_byte(leads, i)
        if lead >= 256.0 * hazard * (1.0 + p.reinforcement) or not has_room(i, stage):
            continue
        u0, u1, u2, u3 = draw(seed, SEARCH, month, i, 0)
        if is_tied(i, stage):
            hazard *= 1.0 + p.reinforcement
        if lead + u0 >= 256.0 * chance(hazard):
            continue
        r, s = find(destination[home], 0, len(meeting), u1), skill[i]
        searchers[r, s] += 1
        k = slot_for(i, r, stage, place, strength)
        if k < 0 or u2 >= meeting[r]:
            continue
        met[r] += 1
        interest[i] = x + (1.0 - x) * jump
        v0, v1, _, _ = draw(seed, ROLE, month, i, 0)
        a = pick_host(r, v1, host_starts, host_cdf) if u3 < slot[r, s] else -1
        if a >= 0:
            taken[r, s] += 1
            kind_of_tie = role(new, v0)
        else:
            unmatched[r] += 1
            kind_of_tie = HOBBY
        if stage[i, k] == LATENT and place[i, k] == r:
            returned[r] += 1
        else:
            started[r] += 1
            strength[i, k] = 0.0
        q = max(np.float64(strength[i, k]), new.strength)
        begin(i, k, r, kind_of_tie, q, a, near[home, r], month, stage, place, strength, host, born, kind)


def search(w: World) -> None:
    """Let people look for a place."""
    g, c, people, t = w.geometry, w.chances, w.state.people, w.state.ties
    f = w.tables.mobility
    eager = w.parameters.search.rate * f / (0.7 + 0.3 * f)
    names = ("searchers", "met", "taken", "unmatched", "started", "returned")
    w.crew.each(
        look, np.uint64(w.seed), w.month, w.parameters.search, w.parameters.newtie,
        w.parameters.interest.first_meeting, g.starts, w.places.metro, c.destination, c.meeting, c.slot, g.near, g.host_starts,
        c.host, eager, people.mobility, people.skill, people.interest,
        t.stage, t.place, t.strength, t.host, t.born, t.kind,
        tallies=[[getattr(x, name) for x in w.tallies] for name in names],
    )  # fmt: skip
