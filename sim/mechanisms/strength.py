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

from sim.contact import best_qualities, hosting_style, quality
from sim.jit import kernel
from sim.state import FREE, LATENT, ONLINE, SLOTS
from sim.ties import has_roots
from sim.world import World

SESSIONS = 5.0
"""Monthly sessions with a good story that keep ties from fading as far as sessions can."""


@kernel
def grow(
    lo, hi, rows, p, slower, best, understanding, style, fading, attention, exhaustion, shown, opennesses, openness,
    stage, place, host, kind, visits, strength,
):  # fmt: skip
    """Let the ties of people rows[lo:hi] grow or fade."""
    for j in range(lo, hi):
        i = rows[j]
        for k in range(SLOTS):
            st = stage[i, k]
            if st == FREE or st == LATENT:
                continue
            r, q = place[i, k], np.float64(strength[i, k])
            n = visits[i, k]
            if n == 0:
                strength[i, k] = q * (1.0 - (fading[r] * slower if has_roots(kind[i, k]) else fading[r]))
                continue
            gain = p.gain * quality(
                st, best, p.weakness_bonus, host[i, k], attention, exhaustion, understanding[r], shown,
                opennesses[openness[i]], style[r],
            )  # fmt: skip
            if st == ONLINE:
                gain *= p.online_gain
            left = 1.0 - q
            for _ in range(n):
                left *= 1.0 - gain
            strength[i, k] = 1.0 - left


def strength(w: World) -> None:
    """Let ties grow or fade."""
    p, t, h, lv = w.parameters.strength, w.state.ties, w.state.hosts, w.levels
    kept = w.parameters.online.keeping * np.minimum(1.0, lv.virtual_hub * lv.story / SESSIONS)
    w.crew.each_tied(
        grow, p, w.parameters.roots.slower_fading, best_qualities(w), w.state.regions.understanding,
        hosting_style(w), p.decay * (1.0 - kept), w.chances.attention, h.exhaustion, h.openness,
        w.tables.openness, w.state.people.openness, t.stage, t.place, t.host, t.kind, t.visits, t.strength,
    )  # fmt: skip
