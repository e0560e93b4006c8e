"""Strength and wellbeing for the ties of one block."""

from __future__ import annotations

import numpy as np

from sim.contact import contact_quality
from sim.jit import helper
from sim.mechanisms.strength import faded, grown
from sim.mechanisms.wellbeing import enjoyed, settled
from sim.numeric import share_of, steps_of
from sim.passes.blocks import choose
from sim.ties import age_of


@helper
def settle_all(first, last, p, wellbeing):
    """Let the wellbeing of people [first, last) return to its usual level (`wellbeing`)."""
    block = wellbeing[first:last]
    # Indices from 0 on: none can be negative, so that the loop becomes vector code.
    for j in range(last - first):
        block[j] = steps_of(settled(p, share_of(block[j])))


@helper
def fetch(n, b, month, people, ties):
    """Fetch what the rules need of n ties."""
    stage, strength, born = ties.stage.reshape(-1), ties.strength.reshape(-1), ties.born.reshape(-1)
    host, kind, visits = ties.host.reshape(-1), ties.kind.reshape(-1), ties.visits.reshape(-1)
    slot, person, part, skill = b.slot, b.person, b.part, people.skill
    st, place, hosts, kinds, contacts, skills, age, q = (
        b.st, b.place, b.host, b.kind, b.contacts, b.skill, b.age, b.strength
    )  # fmt: skip
    for t in range(n):
        f = np.uint64(slot[t])
        st[t], kinds[t], contacts[t], q[t] = stage[f], kind[f], visits[f], strength[f]
        hosts[t], age[t] = max(host[f], 0), age_of(month, born[f])
        place[t], skills[t] = part[t] - 1, skill[np.uint64(person[t])]


@helper
def grow_all(n, b, p, slower, care, decays, opennesses, people, ties):
    """Let n ties grow or fade (`strength`), and people gain from the best contact (`wellbeing`)."""
    st, place, host, kind, contacts, q = b.st, b.place, b.host, b.kind, b.contacts, b.strength
    best, cared, shown, opens, fade, met = b.x0, b.x1, b.x2, b.x3, b.x4, b.x5
    person, openness = b.person, people.openness
    for t in range(n):
        best[t], fade[t] = care.best[np.uint64(st[t])], decays[np.uint64(place[t])]
    for t in range(n):
        a = np.uint64(host[t])
        cared[t], shown[t], opens[t] = care.host[a], care.shown[a], opennesses[openness[np.uint64(person[t])]]
    for t in range(n):
        met[t] = contact_quality(best[t], cared[t], shown[t], opens[t], st[t])
    for t in range(n):
        old = np.float64(q[t])
        once = grown(p, old, st[t], 1, met[t])
        q[t] = (
            once if contacts[t] == 1 else (faded(old, fade[t], slower, kind[t]) if contacts[t] == 0 else old)
        )
    strength = ties.strength.reshape(-1)
    for t in range(n):
        if contacts[t] > 1:
            q[t] = grown(p, np.float64(q[t]), st[t], contacts[t], met[t])
        strength[np.uint64(b.slot[t])] = q[t]


@helper
def enjoy_all(n, b, p, wellbeing):
    """Let people gain from the best contact of the month (`wellbeing`); who had none keeps theirs."""
    person, contacts, met, low, chosen = b.person, b.contacts, b.x5, b.low, b.chosen
    for t in range(n):
        low[t] = contacts[t] > 0
    before, best, last = 0.0, 0.0, np.int64(-1)
    for c in range(choose(n, low, chosen)):
        t = chosen[c]
        i = np.int64(person[t])
        before = share_of(wellbeing[i]) if i != last else before
        best = max(best, met[t]) if i == last else met[t]
        wellbeing[i], last = steps_of(enjoyed(p, before, best)), i
