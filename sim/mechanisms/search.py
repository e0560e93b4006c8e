"""Search: interested people look for a place, may meet somebody there, and may find a role (E2, E7).

    h_c = r_s (1 + m_metro [metropolitan]) (1 + k_ft days) x f / (0.7 + 0.3 f)
          (1 + kappa_act if tied, else 1 + k_out mean outreach)      with a slot free or latent
    place r by E3, or with p_kin that of one's family; meeting with p_enc of r (family: or e_kin); role with p_K of r and the skill
    with a role:  exchange, work or direct contribution with p_V2, p_V3, rest, and a host (E10)
    without:      hobby;  strength q_0 (1 + b_z (zbar - 1/2)) in both cases;  interest jumps by (1 - x) g_enc
    whom a disaster brought (p_epi g / (1 + g)) helps directly, and is short-lived

The factor in f saturates so that very mobile people do not fill all slots. Whoever has a live tie with the
place already meets nobody new; a latent tie with it comes back to life.

| symbol | here |
|---|---|
| r_s, m_metro, kappa_act | search.rate, search.metro, search.reinforcement |
| f | people.mobility |
| p_kin, s_kin, e_kin | roots.choice, share, welcome |
| k_ft, days | search.free_time, levels.free_time |
| k_out | search.reached; outreach of the places weighted by M_r |
| travel | shocks.travel: trips over an hour that cannot be made |
| g, p_epi | shocks.strangers, shock.short_lived_share |
| p_enc, p_K | chances.meeting, chances.slot |
| q_0 (1 + b_z (zbar - 1/2)) | chances.first |
| p_V2, p_V3 | newtie.exchange, newtie.work |
| g_enc | interest.first_meeting |

Reads people, ties, chances, levels, shocks. Writes ties, people.interest, tally.searchers, met, taken, unmatched, started,
returned. Draws SEARCH (whether, where, met, role), ROLE (type, host,
family, short-lived), FAMILY, TRIP. MODEL.md 7.10.
"""

from __future__ import annotations

import numpy as np

from sim.draws import ROLE, SEARCH, TRIP, draw, lead_byte, lead_words
from sim.jit import kernel
from sim.numeric import block_of, chance, find
from sim.state import DIRECT, HOBBY, LATENT, NEAR_BIT, ROOTS_BIT, SHORT_BIT
from sim.ties import begin, family_place, has_room, is_tied, pick_host, role, slot_for
from sim.world import World


@kernel
def look(
    lo, hi, seed, month, p, roots, new, jump, short, called, starts, more, destination, pull, family_cdf, meeting, first, strangers, closed, slot,
    near, host_starts, host_cdf, eager, mobility, skill, interest, stage, place, strength, host, born, kind,
    searchers, met, taken, unmatched, started, returned,
):  # fmt: skip
    """Let people [lo, hi) look for a place."""
    home = block_of(starts, lo)
    most = max(1.0 + p.reinforcement, called)
    leads = lead_words(seed, SEARCH, month, lo)
    for i in range(lo, hi):
        while i >= starts[home + 1]:
            home += 1
        if i % 16 == 0:
            leads = lead_words(seed, SEARCH, month, i)
        x = np.float64(interest[i])
        hazard = more[home] * eager[mobility[i]] * x
        lead = lead_byte(leads, i)
        if lead >= 256.0 * hazard * most or not has_room(i, stage):
            continue
        hazard *= 1.0 + p.reinforcement if is_tied(i, stage) else called
        if lead >= 256.0 * hazard:
            continue
        u0, u1, u2, u3 = draw(seed, SEARCH, month, i, 0)
        if lead + u0 >= 256.0 * chance(hazard):
            continue
        v0, v1, v2, v3 = draw(seed, ROLE, month, i, 0)
        family = family_place(i, home, seed, roots.share, family_cdf, pull)
        to_family = family >= 0 and v2 < roots.choice
        r, s = find(destination[home], 0, len(meeting), u1), skill[i]
        if to_family:
            r = family
        elif destination[home, r] <= 0.0:  # there is no other place
            continue
        if closed[r] > 0.0 and not near[home, r] and draw(seed, TRIP, month, i, 0)[0] < closed[r]:
            continue
        searchers[r, s] += 1
        k = slot_for(i, r, stage, place, strength)
        meets = 1.0 - (1.0 - meeting[r]) * (1.0 - roots.welcome) if to_family else meeting[r]
        if k < 0 or u2 >= meets:
            continue
        met[r] += 1
        interest[i] = x + (1.0 - x) * jump
        brief = not to_family and v3 < short * strangers[r] / (1.0 + strangers[r])
        a = pick_host(r, v1, host_starts, host_cdf) if u3 < slot[r, s] else -1
        if a >= 0:
            taken[r, s] += 1
            kind_of_tie = DIRECT if brief else role(new, v0)
        else:
            unmatched[r] += 1
            kind_of_tie = HOBBY
        flags = NEAR_BIT * near[home, r] + (SHORT_BIT if brief else 0) + (ROOTS_BIT if r == family else 0)
        if stage[i, k] == LATENT and place[i, k] == r:
            returned[r] += 1
            flags |= kind[i, k] & ROOTS_BIT
        else:
            started[r] += 1
            strength[i, k] = 0.0
        q = max(np.float64(strength[i, k]), first[r])
        begin(i, k, r, kind_of_tie, q, a, flags, month, stage, place, strength, host, born, kind)


def search(w: World) -> None:
    """Let people look for a place."""
    g, c, people, t = w.geometry, w.chances, w.state.people, w.state.ties
    f, p = w.tables.mobility, w.parameters.search
    eager = p.rate * f / (0.7 + 0.3 * f)
    more = (1.0 + p.metro * w.places.metro) * (1.0 + p.free_time * w.levels.free_time)
    called = 1.0 + p.reached * float((g.mass * w.levels.outreach).sum())
    names = ("searchers", "met", "taken", "unmatched", "started", "returned")
    w.crew.each(
        look, np.uint64(w.seed), w.month, p, w.parameters.roots, w.parameters.newtie,
        w.parameters.interest.first_meeting, w.parameters.shock.short_lived_share, called, g.starts, more, c.destination, g.pull,
        g.family, c.meeting, c.first, w.shocks.strangers, w.shocks.travel, c.slot, g.near, g.host_starts, c.host, eager, people.mobility, people.skill, people.interest,
        t.stage, t.place, t.strength, t.host, t.born, t.kind,
        tallies=[[getattr(x, name) for x in w.tallies] for name in names],
    )  # fmt: skip
