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

from typing import NamedTuple

import numpy as np

from sim.arrays import F64, I64, U8
from sim.draws import ROLE, SEARCH, TRIP, draw, lead_byte, lead_words
from sim.groups_people import NewTie, Roots
from sim.jit import helper, inlined, roomy_kernel
from sim.numeric import block_of, chance, find
from sim.state import DIRECT, HOBBY, LATENT, NEAR_BIT, ROOTS_BIT, SHORT_BIT
from sim.ties import begin, family_place, has_room, is_tied, pick_host, role, slot_for
from sim.world import World


class Offers(NamedTuple):
    """What a person who looks for a place can find."""

    eager: F64
    """r_s f / (0.7 + 0.3 f) by level of mobility (256,)."""
    more: F64
    """What home does to it (R,)."""
    again: float
    """1 + kappa_act, for those with a tie."""
    called: float
    """1 + k_out mean outreach, for those without."""
    destination: F64
    """Cumulative weight of places by home (R, R)."""
    roots: Roots
    new: NewTie
    jump: float
    """g_enc."""
    brief: F64
    """Chance that a stranger is there for a disaster only (R,)."""
    pull: F64
    """(R, R)."""
    family: F64
    """Cumulative (R,)."""
    meeting: F64
    """p_enc (R,)."""
    first: F64
    """Strength of a new tie (R,)."""
    closed: F64
    """Share of trips over an hour that cannot be made (R,)."""
    slot: F64
    """p_K by skill (R, 5)."""
    near: U8
    """(R, R)."""
    host_starts: I64
    """(R + 1,)."""
    host: F64
    """Cumulative weight of hosts within their place (A,)."""


@inlined
def looks(again, called, i, lead, hazard, u0, stage):
    """Return whether person i with this hazard, before ties are looked at, looks for a place."""
    if not has_room(i, stage):
        return False
    hazard *= again if is_tied(i, stage) else called
    return lead < 256.0 * hazard and lead + u0 < 256.0 * chance(hazard)


@helper
def look_around(
    n, rows, home, seed, month, offers, u1, u2, u3, skill, interest, stage, place, strength, host, born, kind,
    searchers, met, taken, unmatched, started, returned,
):  # fmt: skip
    """Let the first n people of rows, who live in one home, look for a place."""
    roots, destination, near, closed = (
        offers.roots,
        offers.destination[home],
        offers.near[home],
        offers.closed,
    )
    meeting, brief, slot, first = offers.meeting, offers.brief, offers.slot, offers.first
    family_cdf, pull, host_starts, host_cdf = offers.family, offers.pull, offers.host_starts, offers.host
    for t in range(n):
        i = np.int64(rows[t])
        v0, v1, v2, v3 = draw(seed, ROLE, month, i, 0)
        family = family_place(i, home, seed, roots.share, family_cdf, pull)
        to_family = family >= 0 and v2 < roots.choice
        r, s = family, skill[i]
        if not to_family:
            r = find(destination, 0, len(destination), u1[t])
            if destination[r] <= 0.0:  # there is no other place
                continue
        if closed[r] > 0.0 and not near[r] and draw(seed, TRIP, month, i, 0)[0] < closed[r]:
            continue
        searchers[r, s] += 1
        k = slot_for(i, r, stage, place, strength)
        missed = (1.0 - meeting[r]) * (1.0 - roots.welcome)
        if k < 0 or u2[t] >= (1.0 - missed if to_family else meeting[r]):
            continue
        met[r] += 1
        x = np.float64(interest[i])
        interest[i] = x + (1.0 - x) * offers.jump
        helps = not to_family and v3 < brief[r]
        a = pick_host(r, v1, host_starts, host_cdf) if u3[t] < slot[r, s] else -1
        if a >= 0:
            taken[r, s] += 1
            kind_of_tie = DIRECT if helps else role(offers.new, v0)
        else:
            unmatched[r] += 1
            kind_of_tie = HOBBY
        flags = NEAR_BIT * near[r] + (SHORT_BIT if helps else 0) + (ROOTS_BIT if r == family else 0)
        if stage[i, k] == LATENT and place[i, k] == r:
            returned[r] += 1
            flags |= kind[i, k] & ROOTS_BIT
        else:
            started[r] += 1
            strength[i, k] = 0.0
        q = max(np.float64(strength[i, k]), first[r])
        begin(i, k, r, kind_of_tie, q, a, flags, month, stage, place, strength, host, born, kind)


@roomy_kernel
def look(
    lo, hi, seed, month, offers, starts, mobility, skill, interest, stage, place, strength, host, born, kind,
    searchers, met, taken, unmatched, started, returned,
):  # fmt: skip
    """Let people [lo, hi) look for a place."""
    home = block_of(starts, lo)
    most = max(offers.again, offers.called)
    leads = lead_words(seed, SEARCH, month, lo)
    row, one, two, three = np.zeros(1, np.int64), np.zeros(1), np.zeros(1), np.zeros(1)
    for i in range(lo, hi):
        while i >= starts[home + 1]:
            home += 1
        if i % 16 == 0:
            leads = lead_words(seed, SEARCH, month, i)
        hazard = offers.more[home] * offers.eager[mobility[i]] * np.float64(interest[i])
        lead = lead_byte(leads, i)
        if lead >= 256.0 * hazard * most:
            continue
        u0, one[0], two[0], three[0] = draw(seed, SEARCH, month, i, 0)
        if looks(offers.again, offers.called, i, lead, hazard, u0, stage):
            row[0] = i
            look_around(
                1, row, home, seed, month, offers, one, two, three, skill, interest, stage, place, strength, host,
                born, kind, searchers, met, taken, unmatched, started, returned,
            )  # fmt: skip


def offers_of_month(w: World) -> Offers:
    """Return what a person who looks for a place can find this month."""
    g, c, p, strangers = w.geometry, w.chances, w.parameters.search, w.shocks.strangers
    f = w.tables.mobility
    return Offers(
        eager=p.rate * f / (0.7 + 0.3 * f),
        more=(1.0 + p.metro * w.places.metro) * (1.0 + p.free_time * w.levels.free_time),
        again=1.0 + p.reinforcement,
        called=1.0 + p.reached * float((g.mass * w.levels.outreach).sum()),
        destination=c.destination,
        roots=w.parameters.roots,
        new=w.parameters.newtie,
        jump=w.parameters.interest.first_meeting,
        brief=w.parameters.shock.short_lived_share * strangers / (1.0 + strangers),
        pull=g.pull,
        family=g.family,
        meeting=c.meeting,
        first=c.first,
        closed=w.shocks.travel,
        slot=c.slot,
        near=g.near,
        host_starts=g.host_starts,
        host=c.host,
    )


def search(w: World) -> None:
    """Let people look for a place."""
    people, t = w.state.people, w.state.ties
    names = ("searchers", "met", "taken", "unmatched", "started", "returned")
    w.crew.each(
        look, np.uint64(w.seed), w.month, offers_of_month(w), w.geometry.starts, people.mobility, people.skill,
        people.interest, t.stage, t.place, t.strength, t.host, t.born, t.kind,
        tallies=[[getattr(x, name) for x in w.tallies] for name in names],
    )  # fmt: skip
