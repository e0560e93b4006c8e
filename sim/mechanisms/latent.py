"""Latent ties: what has ended is remembered for a while, may come back, or is forgotten (E16).

    q' = q (1 - d_q), fading slower by k_kin with roots;  forgotten under q_min
    p_re = q (a_re / 0.2 + k_re (p_H + p_E) + k_zl z)       returns; with a role (p_K) as a newcomer would, else hobby

| symbol | here |
|---|---|
| d_q, k_kin | strength.decay, roots.slower_fading |
| k_zl, z | shock.help_latent, shocks.help |
| a_re, k_re, q_min | latent.spontaneous, reminded, forgotten |
| p_H, p_E | chances.hub, chances.event |

Reads ties, people.skill, chances, shocks. Writes ties, tally.returned, taken, unmatched. Draws RETURN (whether, role, type,
host). MODEL.md 7.14.
"""

from __future__ import annotations

import numpy as np

from sim.draws import RETURN, draw
from sim.jit import kernel
from sim.numeric import happens
from sim.state import HOBBY, LATENT, NEAR_BIT, ROOTS_BIT, SLOTS
from sim.ties import begin, clear, has_roots, pick_host, role
from sim.world import World


@kernel
def remember(
    lo, hi, rows, seed, month, p, new, decay, slower, reminded, slot, host_starts, host_cdf, skill,
    stage, place, strength, host, born, kind, returned, taken, unmatched,
):  # fmt: skip
    """Let the latent ties of people rows[lo:hi] fade, return or be forgotten."""
    for j in range(lo, hi):
        i = rows[j]
        for k in range(SLOTS):
            if stage[i, k] != LATENT:
                continue
            q = np.float64(strength[i, k]) * (1.0 - (decay * slower if has_roots(kind[i, k]) else decay))
            strength[i, k] = q
            if q < p.forgotten:
                clear(i, k, stage, place, strength, host)
                continue
            r, s = place[i, k], skill[i]
            u0, u1, u2, u3 = draw(seed, RETURN, month, i, place[i, k] + 1)
            if not happens(u0, q * (p.spontaneous / 0.2 + reminded[r])):
                continue
            a = pick_host(r, u3, host_starts, host_cdf) if u1 < slot[r, s] else -1
            if a >= 0:
                taken[r, s] += 1
            else:
                unmatched[r] += 1
            returned[r] += 1
            kind_of_tie = role(new, u2) if a >= 0 else HOBBY
            flags = kind[i, k] & (NEAR_BIT | ROOTS_BIT)
            begin(i, k, r, kind_of_tie, q, a, flags, month, stage, place, strength, host, born, kind)


def latent(w: World) -> None:
    """Let latent ties fade, return or be forgotten."""
    p, c, t = w.parameters.latent, w.chances, w.state.ties
    reminded = p.reminded * (c.hub + c.event) + w.parameters.shock.help_latent * w.shocks.help
    w.crew.each_tied(
        remember, np.uint64(w.seed), w.month, p, w.parameters.newtie, w.parameters.strength.decay,
        w.parameters.roots.slower_fading, reminded, c.slot, w.geometry.host_starts, c.host, w.state.people.skill,
        t.stage, t.place, t.strength, t.host, t.born, t.kind,
        tallies=[[getattr(x, n) for x in w.tallies] for n in ("returned", "taken", "unmatched")],
    )  # fmt: skip
