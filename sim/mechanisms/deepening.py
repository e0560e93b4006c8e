"""Deepening: ties step up where there is room, and loosen where there is none (E15).

    hobby -> exchange     u_12 (p_enc + k_E (1 - exp(-n_e (1 - online) / 12))) room (0.3 + q) (1 + phi_S S)
    exchange -> direct    u_24 room q (1 + phi_S S)      exchange -> work   u_23 room q
    online -> visits      c (0.3 + 2 q) (1 + k_rep letters) (1 + k_fol p_enc)     with a role (p_K): exchange, else hobby
    after a disaster      online -> direct  k_zn z       hobby -> direct  k_zh q z
    exchange -> hobby     d_21 (1 - room)      work, direct -> exchange   d_42 (1 - room) (1 - q)

A graph, not a ladder: steps down are normal. A step that needs a host happens only where somebody takes new ties.

| symbol | here |
|---|---|
| u_12, u_24, u_23 | deepening.hobby_to_exchange, exchange_to_direct, exchange_to_work |
| c | c_com = deepening.online_community in a community, else c_tr = deepening.online_transactional |
| k_rep, k_fol, phi_S, S | deepening.replies, follow_up, spark, chances.spark |
| k_zn, k_zh, z | shock.help_online, help_hobby, shocks.help |
| n_e, online, letters | levels.events, online_share, reply_letters |
| d_21, d_42, k_E | deepening.down_exchange, down_involved, event_exposure |
| p_enc, p_K, room | chances.meeting, slot, room |

Reads ties, people.skill, chances, levels, shocks. Writes ties.stage, ties.host, tally.taken, turned. Draws STEP (whether, which,
host, role). MODEL.md 7.20.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.arrays import F64, I64
from sim.draws import STEP, draw
from sim.groups_people import Deepening
from sim.jit import inlined, kernel
from sim.numeric import exp, happens
from sim.state import COMMUNITY_BIT, DIRECT, EXCHANGE, FREE, HOBBY, LATENT, ONLINE, SLOTS, WORK
from sim.ties import pick_host
from sim.world import World


class Calls(NamedTuple):
    """What calls people to do more, or less."""

    p: Deepening
    invited: F64
    """p_enc + k_E (1 - exp(-n_e (1 - online) / 12)) (R,)."""
    followed: F64
    """(1 + k_rep letters) (1 + k_fol p_enc) (R,)."""
    touched: F64
    """1 + phi_S S (R,)."""
    help_online: F64
    """k_zn z (R,)."""
    help_hobby: F64
    """k_zh z (R,)."""
    slot: F64
    """p_K by skill (R, 5)."""
    room: F64
    """Room for involvement by skill (R, 5)."""
    host_starts: I64
    """(R + 1,)."""
    host: F64
    """Cumulative weight of hosts within their place (A,)."""


@inlined
def hazards(p, st, q, room, invited, followed, touched, community, help_online, help_hobby):
    """Return the hazards (direct, work, exchange, hobby) of leaving a type of tie for another (E15, E16)."""
    if st == ONLINE:
        slow = p.online_community if community else p.online_transactional
        return help_online, 0.0, 0.0, slow * (0.3 + 2.0 * q) * followed
    if st == HOBBY:
        return help_hobby * q, 0.0, p.hobby_to_exchange * invited * room * (0.3 + q) * touched, 0.0
    if st == EXCHANGE:
        up = room * q
        direct = p.exchange_to_direct * up * touched
        return direct, p.exchange_to_work * up, 0.0, p.down_exchange * (1.0 - room)
    return 0.0, 0.0, p.down_involved * (1.0 - room) * (1.0 - q), 0.0


@inlined
def step_tie(
    i, k, direct, work, exchange, total, u0, u1, u2, u3, slot, host_starts, host_cdf, skill, stage, place, host,
    taken, turned,
):  # fmt: skip
    """Let the tie in slot k of person i step up or down at these hazards, if so drawn."""
    if not happens(u0, total):
        return
    r, s, st = place[i, k], skill[i], stage[i, k]
    choice = u1 * total
    if choice < direct:
        to = DIRECT
    elif choice < direct + work:
        to = WORK
    else:
        to = EXCHANGE if exchange > 0.0 else HOBBY
    role = st == ONLINE and to == HOBBY and u3 < slot[r, s]
    if role:
        to = EXCHANGE
    if to == HOBBY:
        host[i, k] = -1
    elif host[i, k] < 0:
        a = pick_host(r, u2, host_starts, host_cdf)
        if a < 0:
            return
        host[i, k] = a
        if role:
            taken[r, s] += 1
    if st == ONLINE:
        turned[r] += 1
    stage[i, k] = to


@kernel
def step(lo, hi, rows, seed, month, calls, skill, stage, place, strength, host, kind, taken, turned):
    """Let the ties of people rows[lo:hi] step up or down."""
    p, invited, followed, touched, help_online, help_hobby, slot, room, host_starts, host_cdf = calls
    for j in range(lo, hi):
        i = rows[j]
        for k in range(SLOTS):
            st, r = stage[i, k], place[i, k]
            if st == FREE or st == LATENT:
                continue
            u0, u1, u2, u3 = draw(seed, STEP, month, i, r + 1)
            direct, work, exchange, hobby = hazards(
                p, st, np.float64(strength[i, k]), room[r, skill[i]], invited[r], followed[r], touched[r],
                (kind[i, k] & COMMUNITY_BIT) != 0, help_online[r], help_hobby[r],
            )  # fmt: skip
            total = direct + work + exchange + hobby
            if u0 < total:
                step_tie(
                    i, k, direct, work, exchange, total, u0, u1, u2, u3, slot, host_starts, host_cdf, skill,
                    stage, place, host, taken, turned,
                )  # fmt: skip


def calls_of_month(w: World) -> Calls:
    """Return what calls people to do more, or less, this month."""
    p, c, lv, shock = w.parameters.deepening, w.chances, w.levels, w.parameters.shock
    return Calls(
        p=p,
        invited=c.meeting + p.event_exposure * (1.0 - exp(-lv.events * (1.0 - lv.online_share) / 12.0)),
        followed=(1.0 + p.replies * lv.reply_letters) * (1.0 + p.follow_up * c.meeting),
        touched=1.0 + p.spark * c.spark,
        help_online=shock.help_online * w.shocks.help,
        help_hobby=shock.help_hobby * w.shocks.help,
        slot=c.slot,
        room=c.room,
        host_starts=w.geometry.host_starts,
        host=c.host,
    )


def deepening(w: World) -> None:
    """Let ties step up or down."""
    t = w.state.ties
    w.crew.each_tied(
        step, np.uint64(w.seed), w.month, calls_of_month(w), w.state.people.skill, t.stage, t.place, t.strength,
        t.host, t.kind, tallies=[[x.taken for x in w.tallies], [x.turned for x in w.tallies]],
    )  # fmt: skip
