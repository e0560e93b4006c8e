"""Visiting: ties bring visits, and visits cost the time of the people who receive them (E8, E9).

    h_v = f_st f' (0.4 + 1.2 q) exp(-beta_v tau' - beta_y [y_tau tau' - paid]+) (1 + b_E (1 - exp(-n_e (1 - online) / 12)))
          (1 + b_H (1 - exp(-hub days / 20))) (1 - travel [far])                      visits ~ Poisson(h_v)
    f' = (f + k_bar fund [1 - f]+) (1 + k_ft free),   tau' = max(tau - saved / 60, min(tau, 1/4))
    minutes of a visit = 60 h_st (1 - eps q) (1 - k_o o) (1 - mu)

A tie without visits has a contact with probability p_NV. Exchange, work and direct visits fall on the tie's
host by name; hobby visits fall on the hosts of the place together. Load is counted in whole minutes,
that of a hobby visit, a few minutes, in seconds.

| symbol | here |
|---|---|
| f_st, beta_v, beta_y, y_tau | visit.hobby ... direct, distance, cost, fare |
| b_E, b_H, k_bar, p_NV | visit.event_draw, hub_draw, barrier, online_contact |
| k_ft | search.free_time |
| h_st, eps, k_o | load.hobby ... direct, experience, shared_saving |
| mu, n_e, online, o, hub, days | levels.intermediary, events, online_share, shared_doing, hub, open_days |
| saved, paid, fund, free | levels.transport, travel_subsidy, barrier_fund, free_time |
| travel | shocks.travel |

Reads ties, people, levels, shocks. Writes ties.visits, chances.reach, tally.visits, work, minutes, pooled. Draws VISIT (how many).
MODEL.md 7.15.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.arrays import F32, F64
from sim.draws import VISIT, draw
from sim.jit import helper, inlined, kernel
from sim.numeric import block_of, exp, exponential, poisson
from sim.state import FREE, HOBBY, LATENT, ONLINE, SLOTS, WORK
from sim.world import NEAR_HOURS, World

SHORTEST = 0.25
"""Hours under which faster transport cannot bring a trip."""


@helper
def reach(p, hours, saved, paid):
    """Return how travel time and fare thin out visits, after minutes saved and fares paid (E8)."""
    hours = max(hours - saved, min(hours, SHORTEST))
    return exponential(-p.distance * hours - p.cost * max(p.fare * hours - paid, 0.0))


@kernel
def thin_out(lo, hi, p, hours, saved, paid, out):
    """Fill how travel from homes [lo, hi) to each place thins out visits."""
    for h in range(lo, hi):
        for r in range(hours.shape[1]):
            out[h, r] = reach(p, np.float64(hours[h, r]), saved[r], paid[r])


class Trips(NamedTuple):
    """What visits depend on."""

    frequency: F64
    """f_st by type of tie (7,)."""
    contact: float
    """p_NV."""
    mobility: F64
    """f by level (256,)."""
    helped: F64
    """k_bar fund (R,)."""
    free: F64
    """1 + k_ft free, by home (R,)."""
    reach: F64
    """What travel leaves of visits, by home and place (R, R)."""
    drawn: F64
    """What events and hubs add (R,)."""
    closed: F64
    """Share of trips over an hour that cannot be made (R,)."""
    hours: F32
    """Travel time by home and place (R, R)."""
    cost: F64
    """h_st, hours that a visit asks of hosts, by type of tie (7,)."""
    experience: float
    """eps."""
    cheaper: F64
    """What joint daily work and intermediaries leave of those hours (R,)."""


@inlined
def mean_visits(frequency, f, helped, free, q, reach, drawn, possible):
    """Return h_v of a tie that brings visits (E8)."""
    able = (f + helped * max(1.0 - f, 0.0)) * free
    return frequency * able * (0.4 + 1.2 * q) * reach * drawn * possible


@inlined
def spent(n, cost, experience, cheaper, q):
    """Return the minutes that n visits of a tie ask of hosts (E9)."""
    return n * 60.0 * cost * (1.0 - experience * q) * cheaper


@kernel
def travel(
    lo, hi, rows, seed, month, trips, starts, mobility, skill, stage, place, strength, host, visits,
    visited, work, minutes, pooled,
):  # fmt: skip
    """Let the ties of people rows[lo:hi] bring visits."""
    home = block_of(starts, rows[lo])
    for j in range(lo, hi):
        i = rows[j]
        while i >= starts[home + 1]:
            home += 1
        for k in range(SLOTS):
            st, r, q = stage[i, k], place[i, k], np.float64(strength[i, k])
            visits[i, k] = 0
            if st == FREE or st == LATENT:
                continue
            u, _, _, _ = draw(seed, VISIT, month, i, r + 1)
            if st == ONLINE:
                visits[i, k] = 1 if u < trips.contact else 0
                continue
            far = trips.closed[r] > 0.0 and trips.hours[home, r] >= NEAR_HOURS
            mean = mean_visits(
                trips.frequency[st], trips.mobility[mobility[i]], trips.helped[r], trips.free[home], q,
                trips.reach[home, r], trips.drawn[r], 1.0 - trips.closed[r] if far else 1.0,
            )  # fmt: skip
            n = poisson(u, mean)
            if n > 0:
                visits[i, k] = n
                visited[r] += n
                asked = spent(n, trips.cost[st], trips.experience, trips.cheaper[r], q)
                if st == HOBBY:
                    pooled[r] += int(60.0 * asked + 0.5)
                else:
                    minutes[host[i, k]] += int(asked + 0.5)
                    work[r, skill[i]] += 2 * n if st >= WORK else n


def reached(w: World) -> F64:
    """Return what travel leaves of visits (R, R); made anew only when transport or fares have changed."""
    p, lv, c = w.parameters.visit, w.levels, w.chances
    made_for = (p, lv.transport.tobytes(), lv.travel_subsidy.tobytes())
    if w.reach_made_for != made_for:
        saved = lv.transport / 60.0
        thin_out(0, len(w.places), p, w.geometry.hours, saved, lv.travel_subsidy, c.reach)
        w.reach_made_for = made_for
    return c.reach


def trips_of_month(w: World) -> Trips:
    """Return what visits depend on this month."""
    v, load, lv = w.parameters.visit, w.parameters.load, w.levels
    drawn = 1.0 + v.event_draw * (1.0 - exp(-lv.events * (1.0 - lv.online_share) / 12.0))
    return Trips(
        frequency=np.array([0.0, 0.0, v.hobby, v.exchange, v.work, v.direct, 0.0]),
        contact=v.online_contact,
        mobility=w.tables.mobility,
        helped=v.barrier * lv.barrier_fund,
        free=1.0 + w.parameters.search.free_time * lv.free_time,
        reach=reached(w),
        drawn=drawn * (1.0 + v.hub_draw * (1.0 - exp(-lv.hub * lv.open_days / 20.0))),
        closed=w.shocks.travel,
        hours=w.geometry.hours,
        cost=np.array([0.0, 0.0, load.hobby, load.exchange, load.work, load.direct, 0.0]),
        experience=load.experience,
        cheaper=(1.0 - load.shared_saving * lv.shared_doing) * (1.0 - lv.intermediary),
    )


def visiting(w: World) -> None:
    """Let ties bring visits."""
    people, t = w.state.people, w.state.ties
    w.crew.each_tied(
        travel, np.uint64(w.seed), w.month, trips_of_month(w), w.geometry.starts, people.mobility, people.skill,
        t.stage, t.place, t.strength, t.host, t.visits,
        tallies=[[getattr(x, n) for x in w.tallies] for n in ("visits", "work", "minutes", "pooled")],
    )  # fmt: skip
