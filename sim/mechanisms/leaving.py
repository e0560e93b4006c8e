"""Leaving: ties end, or loosen when life leaves less time (E14, first part of E15, E16).

    h_exit = hx_st exp(-b_q q - b_near [tau < 1 h] - b_kin [roots] + b_room (1/2 - room) [visiting]
                       + (b_att (1 - att) + b_B B) [exchange, work, direct])
             + hx_mis exp(-age / 6) [work] + k_duty days / 12 [exchange, work, direct, no visit this month]
             + k_fee fees a [exchange, work, direct, where a private body is open]
    h_exit = hx_epi for whom only a disaster brought
    life event with hazard hx_0: with probability `gradation` the tie steps down (direct, work -> exchange -> hobby ->
    without visits), else it ends.  An ended tie sleeps with probability p_lat min(1, 2 q).

| symbol | here |
|---|---|
| hx_st, hx_0 | leaving.online ... direct, life_event |
| hx_mis, k_duty, hx_epi, k_fee | leaving.mismatch, duty, short_lived, fee |
| fees, a | levels.fees, organisation |
| b_kin, days | roots.longer, levels.minimum_duty |
| b_q, b_near, b_room, b_att, b_B | leaving.strong_ties, near, no_room, poor_attention, tired_host |
| room, att, B | chances.room, chances.attention, hosts.exhaustion |
| p_lat | latent.kept |

Reads ties, people.skill, hosts, chances, levels, regions.closed. Writes ties, tally.ended, tally.spells. Draws LEAVE (exit, life event,
sleeps). MODEL.md 7.19.
"""

from __future__ import annotations

import math

import numpy as np

from sim.draws import LEAVE, draw
from sim.jit import helper, kernel
from sim.numeric import chance, happens
from sim.state import EXCHANGE, FREE, HOBBY, LATENT, ONLINE, SHORT_BIT, SLOTS, WORK
from sim.ties import end, has_roots, is_near
from sim.world import World


@helper
def exit_hazard(p, base, st, q, near, roots, room, attention, exhaustion):
    """Return the monthly hazard that a tie ends for good reasons of its own (E14); `roots` is b_kin or 0."""
    log = -p.strong_ties * q - p.near * near - roots
    if st >= HOBBY:
        log += p.no_room * (0.5 - room)
    if st >= EXCHANGE:
        log += p.poor_attention * (1.0 - attention) + p.tired_host * exhaustion
    return base * math.exp(log)


@helper
def loosened(st):
    """Return the next looser type of tie; 0 where there is none."""
    if st > EXCHANGE:
        return EXCHANGE
    return st - 1


@kernel
def leave(
    lo, hi, rows, seed, month, p, base, kept, longer, loosens, duty, fee, room, attention, exhaustion, skill,
    stage, place, strength, host, born, kind, visits, ended, spells,
):  # fmt: skip
    """End or loosen the ties of people rows[lo:hi]."""
    life = chance(p.life_event)
    for j in range(lo, hi):
        i = rows[j]
        for k in range(SLOTS):
            st = stage[i, k]
            if st == FREE or st == LATENT:
                continue
            u0, u1, u2, _ = draw(seed, LEAVE, month, i, place[i, k] + 1)
            a = host[i, k]
            att = attention[a] if a >= 0 else 1.0
            tired = np.float64(exhaustion[a]) if a >= 0 else 0.0
            r, bits = place[i, k], kind[i, k]
            if bits & SHORT_BIT:
                hazard = p.short_lived
            else:
                roots = longer if has_roots(bits) else 0.0
                q = np.float64(strength[i, k])
                hazard = exit_hazard(p, base[st], st, q, is_near(bits), roots, room[r, skill[i]], att, tired)
                if st == WORK:
                    hazard += p.mismatch * math.exp(-(month - born[i, k]) / 6.0)
                if st >= EXCHANGE:
                    hazard += fee[r]
                    if visits[i, k] == 0:
                        hazard += duty[r]
            if happens(u0, hazard):
                end(i, k, u2, kept, month, stage, place, strength, host, born, kind, ended, spells)
            elif u1 < life:
                if u1 < life * loosens[r] and st > ONLINE:
                    stage[i, k] = loosened(st)
                    if st <= EXCHANGE:
                        host[i, k] = -1
                else:
                    end(i, k, u2, kept, month, stage, place, strength, host, born, kind, ended, spells)


def leaving(w: World) -> None:
    """End or loosen ties."""
    p, t = w.parameters.leaving, w.state.ties
    fee = p.fee * w.levels.fees * w.levels.organisation * (w.state.regions.closed == 0)
    base = np.array([0.0, p.online, p.hobby, p.exchange, p.work, p.direct])
    w.crew.each_tied(
        leave, np.uint64(w.seed), w.month, p, base, w.parameters.latent.kept, w.parameters.roots.longer,
        w.levels.gradation, p.duty * w.levels.minimum_duty / 12.0, fee, w.chances.room, w.chances.attention,
        w.state.hosts.exhaustion, w.state.people.skill,
        t.stage, t.place, t.strength, t.host, t.born, t.kind, t.visits,
        tallies=[[x.ended for x in w.tallies], [x.spells for x in w.tallies]],
    )  # fmt: skip
