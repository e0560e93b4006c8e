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

from typing import NamedTuple

import numpy as np

from sim.arrays import F64
from sim.draws import LEAVE, draw
from sim.groups_people import Leaving
from sim.jit import helper, inlined, kernel
from sim.numeric import chance, exponential, happens
from sim.state import EXCHANGE, FREE, HOBBY, LATENT, ONLINE, SHORT_BIT, SLOTS, WORK
from sim.ties import age_of, end, has_roots, is_near
from sim.world import World


class Reasons(NamedTuple):
    """What ties end for."""

    p: Leaving
    base: F64
    """hx_st by type of tie (6,)."""
    longer: float
    """b_kin."""
    kept: float
    """p_lat."""
    life: float
    """Chance of a life event."""
    loosens: F64
    """Probability that a life event loosens a tie only (R,)."""
    duty: F64
    """k_duty days / 12 (R,)."""
    fee: F64
    """k_fee fees a, where a private body is open (R,)."""
    strain: F64
    """b_att (1 - att) + b_B B by host (A,)."""
    room: F64
    """Room for involvement by skill (R, 5)."""


@inlined
def exit_hazard(p, base, longer, st, q, bits, room, strain, age, asked):
    """Return the monthly hazard that a tie ends for good reasons of its own (E14).

    Args:
        p: Parameters of leaving.
        base: hx_st.
        longer: b_kin.
        st: Type of the tie.
        q: Its strength.
        bits: Its `kind`.
        room: Room for involvement.
        strain: b_att (1 - att) + b_B B of its host.
        age: Months since it began.
        asked: What fees and an unmet minimum duty add.
    """
    log = -p.strong_ties * q - p.near * is_near(bits) - (longer if has_roots(bits) else 0.0)
    log += p.no_room * (0.5 - room) if st >= HOBBY else 0.0
    log += strain if st >= EXCHANGE else 0.0
    hazard = base * exponential(log)
    misfit = p.mismatch * exponential(-age / 6.0)
    hazard += misfit if st == WORK else 0.0
    hazard += asked if st >= EXCHANGE else 0.0
    return p.short_lived if bits & SHORT_BIT else hazard


@helper
def loosened(st):
    """Return the next looser type of tie; 0 where there is none."""
    if st > EXCHANGE:
        return EXCHANGE
    return st - 1


@inlined
def leave_tie(
    i,
    k,
    hazard,
    life,
    loosens,
    kept,
    u0,
    u1,
    u2,
    month,
    stage,
    place,
    strength,
    host,
    born,
    kind,
    ended,
    spells,
):
    """End or loosen the tie in slot k of person i, if so drawn."""
    r, st = place[i, k], stage[i, k]
    leaves = happens(u0, hazard)
    if not leaves and u1 >= life:
        return
    if not leaves and u1 < life * loosens[r] and st > ONLINE:
        stage[i, k] = loosened(st)
        if st <= EXCHANGE:
            host[i, k] = -1
    else:
        end(i, k, u2, kept, month, stage, place, strength, host, born, kind, ended, spells)


@kernel
def leave(
    lo, hi, rows, seed, month, why, skill, stage, place, strength, host, born, kind, visits, ended, spells
):
    """End or loosen the ties of people rows[lo:hi]."""
    p, base, longer, kept, life, loosens, duty, fee, strain, room = why
    for j in range(lo, hi):
        i = rows[j]
        for k in range(SLOTS):
            st = stage[i, k]
            if st == FREE or st == LATENT:
                continue
            u0, u1, u2, _ = draw(seed, LEAVE, month, i, place[i, k] + 1)
            r, a, q = place[i, k], host[i, k], np.float64(strength[i, k])
            hazard = exit_hazard(
                p, base[st], longer, st, q, kind[i, k], room[r, skill[i]], strain[a] if a >= 0 else 0.0,
                age_of(month, born[i, k]), fee[r] + (duty[r] if visits[i, k] == 0 else 0.0),
            )  # fmt: skip
            if u0 < hazard or u1 < life:
                leave_tie(
                    i, k, hazard, life, loosens, kept, u0, u1, u2, month,
                    stage, place, strength, host, born, kind, ended, spells,
                )  # fmt: skip


def reasons_of_month(w: World) -> Reasons:
    """Return what ties end for this month."""
    p, lv = w.parameters.leaving, w.levels
    return Reasons(
        p=p,
        base=np.array([0.0, p.online, p.hobby, p.exchange, p.work, p.direct]),
        longer=w.parameters.roots.longer,
        kept=w.parameters.latent.kept,
        life=chance(p.life_event),
        loosens=lv.gradation,
        duty=p.duty * lv.minimum_duty / 12.0,
        fee=p.fee * lv.fees * lv.organisation * (w.state.regions.closed == 0),
        strain=p.poor_attention * (1.0 - w.chances.attention)
        + p.tired_host * w.state.hosts.exhaustion.astype(np.float64),
        room=w.chances.room,
    )


def leaving(w: World) -> None:
    """End or loosen ties."""
    t = w.state.ties
    w.crew.each_tied(
        leave, np.uint64(w.seed), w.month, reasons_of_month(w), w.state.people.skill,
        t.stage, t.place, t.strength, t.host, t.born, t.kind, t.visits,
        tallies=[[x.ended for x in w.tallies], [x.spells for x in w.tallies]],
    )  # fmt: skip
