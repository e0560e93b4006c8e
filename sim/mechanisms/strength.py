"""Strength: a tie grows by good contacts and fades without them (E12, E13).

    Q = Q_st att (1 - B/2) (1/2 + U/2) (1 + b_w w v), at most 1        host terms for exchange, work, direct only
    n contacts:  1 - q' = (1 - q) (1 - eta Q)^n         (eta k_NV for ties without visits)
    no contact:  q' = q (1 - d_q)

| symbol | here |
|---|---|
| Q_st | strength.quality_online ... quality_direct |
| att, B, w | chances.attention, hosts.exhaustion, hosts.openness |
| U, v | regions.understanding, people.openness |
| b_w, eta, k_NV, d_q | strength.weakness_bonus, gain, online_gain, decay |

Reads ties, people, hosts, regions, chances. Writes ties.strength. Draws nothing. MODEL.md 7.13.
"""

from __future__ import annotations

import numpy as np

from sim.jit import helper, kernel
from sim.state import FREE, HOBBY, LATENT, ONLINE, SLOTS
from sim.world import World


@helper
def quality(best, bonus, attention, exhaustion, understanding, shown, openness):
    """Return Q of a contact that a host looks after (E12)."""
    q = best * attention * (1.0 - exhaustion / 2.0) * (0.5 + understanding / 2.0)
    return min(1.0, q * (1.0 + bonus * shown * openness))


@kernel
def grow(
    lo, hi, rows, p, best, understanding, attention, exhaustion, shown, opennesses, openness,
    stage, place, host, visits, strength,
):  # fmt: skip
    """Let the ties of people rows[lo:hi] grow or fade."""
    for j in range(lo, hi):
        i = rows[j]
        for k in range(SLOTS):
            st = stage[i, k]
            if st == FREE or st == LATENT:
                continue
            q = np.float64(strength[i, k])
            n = visits[i, k]
            if n == 0:
                strength[i, k] = q * (1.0 - p.decay)
                continue
            gain = p.gain * best[st]
            if st == ONLINE:
                gain *= p.online_gain
            elif st > HOBBY:
                a = host[i, k]
                gain = p.gain * quality(
                    best[st], p.weakness_bonus, attention[a], np.float64(exhaustion[a]),
                    understanding[place[i, k]], np.float64(shown[a]), opennesses[openness[i]],
                )  # fmt: skip
            left = 1.0 - q
            for _ in range(n):
                left *= 1.0 - gain
            strength[i, k] = 1.0 - left


def strength(w: World) -> None:
    """Let ties grow or fade."""
    p, t, h = w.parameters.strength, w.state.ties, w.state.hosts
    best = np.array(
        [0.0, p.quality_online, p.quality_hobby, p.quality_exchange, p.quality_work, p.quality_direct]
    )
    w.crew.each_tied(
        grow, p, best, w.state.regions.understanding, w.chances.attention, h.exhaustion, h.openness,
        w.tables.openness, w.state.people.openness, t.stage, t.place, t.host, t.visits, t.strength,
    )  # fmt: skip
