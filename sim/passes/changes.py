"""Leaving and deepening for the ties of one block: those whose number is low enough are looked at closer."""

from __future__ import annotations

import numpy as np

from sim.draws import LEAVE, STEP, draw
from sim.jit import helper
from sim.mechanisms.deepening import hazards, step_tie
from sim.mechanisms.leaving import exit_hazard, leave_tie
from sim.passes.blocks import choose
from sim.state import COMMUNITY_BIT, EXCHANGE, SHORT_BIT, SLOTS


@helper
def list_leavers(n, b, why, cap):
    """List those of n ties whose numbers are below the largest hazard of their type and host; return how many."""
    st, host, kind, u0, u1, low, bound = b.st, b.host, b.kind, b.u0, b.u1, b.low, b.x0
    steady, hosts, more, short, life = cap.steady, cap.host, cap.more, why.p.short_lived, why.life
    for t in range(n):
        s, a = np.uint64(st[t]), np.uint64(host[t])
        hosted = hosts[a] if s >= EXCHANGE else 1.0
        bound[t] = steady[s] * hosted + more[s]
    for t in range(n):
        most = short if kind[t] & SHORT_BIT else bound[t]
        low[t] = u0[t] < most or u1[t] < life
    return choose(n, low, b.chosen)


@helper
def leave_all(n, b, seed, month, why, cap, ties, ended, spells):
    """End or loosen n ties (`leaving`)."""
    p, base, longer, kept, life, loosens, duty, fee, strain, room = why
    st, place, kind, contacts, stage = b.st, b.place, b.kind, b.contacts, ties.stage.reshape(-1)
    chosen, u0, u1 = b.chosen, b.u0, b.u1
    for c in range(list_leavers(n, b, why, cap)):
        t = chosen[c]
        r = place[t]
        hazard = exit_hazard(
            p, base[st[t]], longer, st[t], np.float64(b.strength[t]), kind[t], room[r, b.skill[t]], strain[b.host[t]],
            b.age[t], fee[r] + (duty[r] if contacts[t] == 0 else 0.0),
        )  # fmt: skip
        if u0[t] < hazard or u1[t] < life:
            f, i = np.int64(b.slot[t]), np.int64(b.person[t])
            _, _, u2, _ = draw(seed, LEAVE, month, i, r + 1)
            leave_tie(
                i, f - SLOTS * i, hazard, life, loosens, kept, u0[t], u1[t], u2, month,
                ties.stage, ties.place, ties.strength, ties.host, ties.born, ties.kind, ended, spells,
            )  # fmt: skip
            st[t] = stage[f]


@helper
def step_all(n, b, seed, month, most, calls, people, ties, taken, turned):
    """Let n ties step up or down (`deepening`)."""
    p, invited, followed, touched, help_online, help_hobby, slots, room, host_starts, host_cdf = calls
    st, u0, stage, host, low = b.st, b.u0, ties.stage.reshape(-1), ties.host.reshape(-1), b.low
    for t in range(n):
        low[t] = u0[t] < most[np.uint64(st[t])]
    for c in range(choose(n, low, b.chosen)):
        t = b.chosen[c]
        f, i, r, s = np.int64(b.slot[t]), np.int64(b.person[t]), b.place[t], b.skill[t]
        direct, work, exchange, hobby = hazards(
            p, st[t], np.float64(b.strength[t]), room[r, s], invited[r], followed[r], touched[r],
            (b.kind[t] & COMMUNITY_BIT) != 0, help_online[r], help_hobby[r],
        )  # fmt: skip
        total = direct + work + exchange + hobby
        if u0[t] < total:
            _, u1, u2, u3 = draw(seed, STEP, month, i, r + 1)
            step_tie(
                i, f - SLOTS * i, direct, work, exchange, total, u0[t], u1, u2, u3, slots,
                host_starts, host_cdf, people.skill, ties.stage, ties.place, ties.host, taken, turned,
            )  # fmt: skip
            st[t], b.host[t] = stage[f], max(host[f], 0)
