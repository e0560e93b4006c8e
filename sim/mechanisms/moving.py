"""Moving: a deep tie may end in living there (E17).

    h_move = sum of mig_0 q^2 U (H_0 + k_h houses) over ties of work and direct contribution

The number of residents of a place stays what it is: the mover takes the row of a resident drawn at random, who has left, and
leaves the own row to somebody new. The tie becomes home; the former home is remembered.

| symbol | here |
|---|---|
| mig_0, H_0, k_h, q_m | moving.rate, housing, houses, roots_strength |
| q, U, houses | ties.strength, regions.understanding, levels.vacant_houses |

Reads people, ties, regions.understanding, levels. Writes people, ties, regions.newcomers, tally.moved, ended,
spells. Draws MOVE (whether, which tie, whose row), TRAITS (the new person). MODEL.md 7.2.
"""

from __future__ import annotations

import numpy as np

from sim.draws import MOVE, draw, lead_byte, lead_words, list_low, screen
from sim.jit import helper, roomy_kernel
from sim.numeric import block_of, chance
from sim.population import new_person
from sim.state import DIRECT, FREE, LATENT, MONTHS, NEAR_BIT, ONLINE, ROOTS_BIT, SLOTS, WORK, YEAR
from sim.ties import clear, depart
from sim.world import World

ALL_BUT_NEAR = 255 - NEAR_BIT


@helper
def pull_of_tie(i, k, rate, stage, place, strength):
    """Return the hazard that person i moves by the tie in slot k (E17)."""
    if stage[i, k] != WORK and stage[i, k] != DIRECT:
        return 0.0
    q = np.float64(strength[i, k])
    return rate[place[i, k]] * q * q


@helper
def pull_of_ties(i, rate, stage, place, strength):
    """Return the hazard that person i moves by any tie."""
    total = 0.0
    for k in range(SLOTS):
        total += pull_of_tie(i, k, rate, stage, place, strength)
    return total


@helper
def way_out(i, seed, month, rate, stage, place, strength):
    """Return the slot of the tie by which person i, who moves this month, does so, and whose row is taken; or -1."""
    total = pull_of_ties(i, rate, stage, place, strength)
    lead = lead_byte(lead_words(seed, MOVE, month, i), i)
    if lead >= 256.0 * total:
        return -1, 0.0
    u0, u1, u2, _ = draw(seed, MOVE, month, i, 0)
    if lead + u0 >= 256.0 * chance(total):
        return -1, u2
    target = u1 * total
    for k in range(SLOTS):
        target -= pull_of_tie(i, k, rate, stage, place, strength)
        if target < 0.0:
            return k, u2
    return -1, u2


@roomy_kernel
def decide(lo, hi, seed, month, rate, most, stage, place, strength, movers):
    """List the rows of [lo, hi) whose person moves, from movers[lo] on; return where the list ends."""
    n = lo
    words, rows = screen()
    for first in range(lo, hi, len(rows)):
        candidates, _ = list_low(
            first, min(first + len(rows), hi), seed, MOVE, month, 256.0 * most, words, rows
        )
        for t in range(candidates):
            movers[n] = rows[t]
            n += way_out(rows[t], seed, month, rate, stage, place, strength)[0] >= 0
    return n


@helper
def carry(i, j, h, k, q, near, month, stage, place, strength, host, born, kind, visits):
    """Carry the ties of row i to row j in another place; slot k becomes a memory of home h."""
    known = False
    for s in range(SLOTS):
        known = known or (s != k and stage[i, s] != FREE and place[i, s] == h)
        stage[j, s], place[j, s], strength[j, s] = stage[i, s], place[i, s], strength[i, s]
        host[j, s], born[j, s], visits[j, s] = host[i, s], born[i, s], visits[i, s]
        kind[j, s] = kind[i, s]
        if s != k and stage[i, s] != FREE:
            kind[j, s] = (kind[i, s] & ALL_BUT_NEAR) | (NEAR_BIT * near[place[i, s]])
    clear(j, k, stage, place, strength, host)
    visits[j, k] = 0
    if not known:
        stage[j, k], place[j, k], strength[j, k] = LATENT, h, q
        born[j, k], kind[j, k] = month & (MONTHS - 1), ONLINE | ROOTS_BIT | (NEAR_BIT * near[h])


@roomy_kernel
def settle(
    lo, hi, seed, month, p, rate, usual, movers, starts, near, setpoints,
    interest, wellbeing, setpoint, mobility, openness, skill,
    stage, place, strength, host, born, kind, visits, newcomers, moved, ended, spells,
):  # fmt: skip
    """Settle the movers movers[lo:hi], one after the other."""
    taken = np.empty(2 * (hi - lo), np.int64)
    n = 0
    for m in range(lo, hi):
        i = movers[m]
        if (taken[:n] == i).any():
            continue
        k, u2 = way_out(i, seed, month, rate, stage, place, strength)
        r, h = place[i, k], block_of(starts, i)
        residents = starts[r + 1] - starts[r]
        if residents == 0:
            continue
        moved[r] += 1
        ended[r] += 1
        newcomers[r, month % YEAR] += 1
        if r == h:
            clear(i, k, stage, place, strength, host)
            continue
        j = starts[r] + int(u2 * residents)
        depart(j, month, stage, place, strength, host, born, kind, ended, spells)
        interest[j], wellbeing[j], setpoint[j] = interest[i], wellbeing[i], setpoint[i]
        mobility[j], openness[j], skill[j] = mobility[i], openness[i], skill[i]
        carry(i, j, h, k, p.roots_strength, near[r], month, stage, place, strength, host, born, kind, visits)
        for s in range(SLOTS):
            clear(i, s, stage, place, strength, host)
        new_person(i, seed, month, setpoints, usual, interest, wellbeing, setpoint, mobility, openness, skill)
        taken[n], taken[n + 1] = i, j
        n += 2


def moving(w: World) -> None:
    """Let people move to the place of a deep tie."""
    p, g, t, reg = w.parameters.moving, w.geometry, w.state.ties, w.state.regions
    rate = p.rate * reg.understanding * (p.housing + p.houses * w.levels.vacant_houses)
    seed = np.uint64(w.seed)
    reg.newcomers[:, w.month % YEAR] = 0
    most = SLOTS * rate.max()  # no hazard, and so no chance, is larger
    movers = w.crew.listed(decide, seed, w.month, rate, most, t.stage, t.place, t.strength)
    settle(
        0, len(movers), seed, w.month, p, rate, w.parameters.wellbeing.usual, movers, g.starts, g.near,
        w.tables.setpoint, *w.state.people, *t, reg.newcomers, w.tally.moved, w.tally.ended, w.tally.spells,
    )  # fmt: skip
