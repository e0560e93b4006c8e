"""Leaving and deepening for the ties of one block."""

from __future__ import annotations

import numpy as np

from sim.jit import helper
from sim.mechanisms.deepening import hazards, step_tie
from sim.mechanisms.leaving import exit_hazard, leave_tie
from sim.state import COMMUNITY_BIT, SLOTS


@helper
def leave_all(n, b, month, why, people, ties, ended, spells):
    """End or loosen n ties (`leaving`)."""
    p, base, longer, kept, life, loosens, duty, fee, strain, room = why
    st, place, host, kind, contacts, skill, age, q = (
        b.st,
        b.place,
        b.host,
        b.kind,
        b.contacts,
        b.skill,
        b.age,
        b.strength,
    )
    bases, rooms, strains, asked, hazard, u0, u1, u2 = b.x0, b.x1, b.x2, b.x3, b.x4, b.u0, b.u1, b.u2
    for t in range(n):
        r = np.uint64(place[t])
        bases[t], rooms[t] = base[np.uint64(st[t])], room[r, np.uint64(skill[t])]
        strains[t] = strain[np.uint64(host[t])]
        asked[t] = fee[r] + (duty[r] if contacts[t] == 0 else 0.0)
    for t in range(n):
        hazard[t] = exit_hazard(
            p, bases[t], longer, st[t], np.float64(q[t]), kind[t], rooms[t], strains[t], age[t], asked[t]
        )
    stage = ties.stage.reshape(-1)
    for t in range(n):
        if u0[t] < hazard[t] or u1[t] < life:
            f, i = np.int64(b.slot[t]), np.int64(b.person[t])
            leave_tie(
                i, f - SLOTS * i, hazard[t], life, loosens, kept, u0[t], u1[t], u2[t], month,
                ties.stage, ties.place, ties.strength, ties.host, ties.born, ties.kind, ended, spells,
            )  # fmt: skip
            st[t] = stage[f]


@helper
def step_all(n, b, most, calls, people, ties, taken, turned):
    """Let n ties step up or down (`deepening`)."""
    p, invited, followed, touched, help_online, help_hobby, slots, room, host_starts, host_cdf = calls
    st, u0, stage, host = b.st, b.u0, ties.stage.reshape(-1), ties.host.reshape(-1)
    for t in range(n):
        if u0[t] >= most[np.uint64(st[t])]:
            continue
        f, i, r, s = np.int64(b.slot[t]), np.int64(b.person[t]), b.place[t], b.skill[t]
        direct, work, exchange, hobby = hazards(
            p, st[t], np.float64(b.strength[t]), room[r, s], invited[r], followed[r], touched[r],
            (b.kind[t] & COMMUNITY_BIT) != 0, help_online[r], help_hobby[r],
        )  # fmt: skip
        total = direct + work + exchange + hobby
        if u0[t] < total:
            step_tie(
                i, f - SLOTS * i, direct, work, exchange, total, u0[t], b.u1[t], b.u2[t], b.u3[t], slots,
                host_starts, host_cdf, people.skill, ties.stage, ties.place, ties.host, taken, turned,
            )  # fmt: skip
            st[t], b.host[t] = stage[f], max(host[f], 0)
