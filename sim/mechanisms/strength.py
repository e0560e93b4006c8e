"""Strength: a tie grows by good contacts and fades without them (E12, E13).

    Q = Q_st att (1 - B/2) (1/2 + U/2) (1 + b_w w v) (1 + b_o o) (1 - b_m (1 - matching)), at most 1
        host terms for exchange, work, direct only
    n contacts:  1 - q' = (1 - q) (1 - eta Q)^n         (eta k_NV for ties without visits)
    no contact:  q' = q (1 - d_q (1 - k_on min(1, sessions story / 5)))      fading slower by k_kin with roots

| symbol | here |
|---|---|
| Q_st | strength.quality_online ... quality_direct |
| att, B, w | chances.attention, hosts.exhaustion, hosts.openness |
| U, v | regions.understanding, people.openness |
| b_w, b_o, b_m, eta, k_NV, d_q | strength.weakness_bonus, shared_doing, matching, gain, online_gain, decay |
| k_kin, k_on | roots.slower_fading, online.keeping |
| o, matching, sessions, story | levels.shared_doing, matching, virtual_hub, story |

Reads ties, people, hosts, regions, chances, levels. Writes ties.strength. Draws nothing. MODEL.md 7.17.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import F64
from sim.contact import care_of_hosts, contact_quality
from sim.jit import inlined, kernel
from sim.state import FREE, LATENT, ONLINE, SLOTS
from sim.ties import has_roots
from sim.world import World

SESSIONS = 5.0
"""Monthly sessions with a good story that keep ties from fading as far as sessions can."""


@inlined
def faded(q, fading, slower, bits):
    """Return q after a month without contact."""
    return q * (1.0 - (fading * slower if has_roots(bits) else fading))


@inlined
def grown(p, q, st, contacts, met):
    """Return q after contacts of quality `met`."""
    gain = p.gain * met * (p.online_gain if st == ONLINE else 1.0)
    left = 1.0 - q
    for _ in range(contacts):
        left *= 1.0 - gain
    return 1.0 - left


@kernel
def grow(
    lo, hi, rows, p, slower, care, fading, opennesses, openness, stage, place, host, kind, visits, strength
):
    """Let the ties of people rows[lo:hi] grow or fade."""
    best, cared, shown = care
    for j in range(lo, hi):
        i = rows[j]
        for k in range(SLOTS):
            st, q, n = stage[i, k], np.float64(strength[i, k]), visits[i, k]
            if st == FREE or st == LATENT:
                continue
            if n == 0:
                strength[i, k] = faded(q, fading[place[i, k]], slower, kind[i, k])
            else:
                a = host[i, k]
                met = contact_quality(best[st], cared[a], shown[a], opennesses[openness[i]], st)
                strength[i, k] = grown(p, q, st, n, met)


def fading(w: World) -> F64:
    """Return d_q (1 - k_on min(1, sessions story / 5)) (R,)."""
    p, lv = w.parameters, w.levels
    kept = p.online.keeping * np.minimum(1.0, lv.virtual_hub * lv.story / SESSIONS)
    return p.strength.decay * (1.0 - kept)


def strength(w: World) -> None:
    """Let ties grow or fade."""
    p, t = w.parameters, w.state.ties
    w.crew.each_tied(
        grow, p.strength, p.roots.slower_fading, care_of_hosts(w), fading(w),
        w.tables.openness, w.state.people.openness, t.stage, t.place, t.host, t.kind, t.visits, t.strength,
    )  # fmt: skip
