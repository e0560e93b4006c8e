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

from typing import NamedTuple

import numpy as np

from sim.arrays import F64, I64
from sim.draws import RETURN, draw
from sim.groups_people import NewTie
from sim.jit import inlined, kernel
from sim.numeric import happens
from sim.state import HOBBY, LATENT, NEAR_BIT, ROOTS_BIT, SLOTS
from sim.ties import begin, clear, has_roots, pick_host, role
from sim.world import World


class Memory(NamedTuple):
    """What keeps and wakes sleeping ties."""

    new: NewTie
    decay: float
    slower: float
    forgotten: float
    woken: F64
    """Hazard of returning for a full strength (R,)."""
    slot: F64
    """p_K by skill (R, 5)."""
    host_starts: I64
    """(R + 1,)."""
    host: F64
    """Cumulative weight of hosts within their place (A,)."""


@inlined
def remembered(decay, slower, q, bits):
    """Return q of a sleeping tie after a month."""
    return q * (1.0 - (decay * slower if has_roots(bits) else decay))


@inlined
def return_tie(
    memory, i, k, u1, u2, u3, month, skill, stage, place, strength, host, born, kind, returned, taken,
    unmatched,
):  # fmt: skip
    """Let the sleeping tie in slot k of person i come back to life."""
    r, s = place[i, k], skill[i]
    a = pick_host(r, u3, memory.host_starts, memory.host) if u1 < memory.slot[r, s] else -1
    if a >= 0:
        taken[r, s] += 1
    else:
        unmatched[r] += 1
    returned[r] += 1
    kind_of_tie = role(memory.new, u2) if a >= 0 else HOBBY
    flags, q = kind[i, k] & (NEAR_BIT | ROOTS_BIT), np.float64(strength[i, k])
    begin(i, k, r, kind_of_tie, q, a, flags, month, stage, place, strength, host, born, kind)


@kernel
def remember(
    lo, hi, rows, seed, month, memory, skill, stage, place, strength, host, born, kind, returned, taken,
    unmatched,
):  # fmt: skip
    """Let the latent ties of people rows[lo:hi] fade, return or be forgotten."""
    for j in range(lo, hi):
        i = rows[j]
        for k in range(SLOTS):
            if stage[i, k] != LATENT:
                continue
            q = remembered(memory.decay, memory.slower, np.float64(strength[i, k]), kind[i, k])
            strength[i, k] = q
            if q < memory.forgotten:
                clear(i, k, stage, place, strength, host)
                continue
            u0, u1, u2, u3 = draw(seed, RETURN, month, i, place[i, k] + 1)
            if happens(u0, q * memory.woken[place[i, k]]):
                return_tie(
                    memory, i, k, u1, u2, u3, month, skill, stage, place, strength, host, born, kind,
                    returned, taken, unmatched,
                )  # fmt: skip


def memory_of_month(w: World) -> Memory:
    """Return what keeps and wakes sleeping ties this month."""
    p, c = w.parameters.latent, w.chances
    reminded = p.reminded * (c.hub + c.event) + w.parameters.shock.help_latent * w.shocks.help
    return Memory(
        new=w.parameters.newtie,
        decay=w.parameters.strength.decay,
        slower=w.parameters.roots.slower_fading,
        forgotten=p.forgotten,
        woken=p.spontaneous / 0.2 + reminded,
        slot=c.slot,
        host_starts=w.geometry.host_starts,
        host=c.host,
    )


def latent(w: World) -> None:
    """Let latent ties fade, return or be forgotten."""
    t = w.state.ties
    w.crew.each_tied(
        remember, np.uint64(w.seed), w.month, memory_of_month(w), w.state.people.skill,
        t.stage, t.place, t.strength, t.host, t.born, t.kind,
        tallies=[[getattr(x, n) for x in w.tallies] for n in ("returned", "taken", "unmatched")],
    )  # fmt: skip
