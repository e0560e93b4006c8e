"""Handover, latent and visiting for the ties of one block."""

from __future__ import annotations

import numpy as np

from sim.draws import RETURN, fill_draws
from sim.jit import helper
from sim.mechanisms.handover import pass_on_tie
from sim.mechanisms.latent import remembered, return_tie
from sim.mechanisms.visiting import mean_visits, spent
from sim.numeric import exponential, happens, poisson_from
from sim.state import EXCHANGE, HOBBY, LATENT, ONLINE, SLOTS, WORK
from sim.ties import clear
from sim.world import NEAR_HOURS


@helper
def pass_on_all(n, m, b, seed, month, loss, moves, leaving, status, memory, ties, ended, spells):
    """Pass on the ties of hosts who are gone or burnt out (`handover`); return how many ties live and sleep now."""
    stage, host, hosts, candidates = ties.stage.reshape(-1), ties.host.reshape(-1), b.host, 0
    slot, kinds = b.slot, b.kind
    for t in range(n):
        hosts[t] = host[np.uint64(slot[t])]
    for t in range(n):
        kinds[candidates] = t
        candidates += leaving[np.uint64(max(hosts[t], 0))] * np.int64(hosts[t] >= 0)
    for c in range(
        candidates - 1, -1, -1
    ):  # from the end, so that the last tie can take the place of one that sleeps
        t = b.kind[c]
        i, f = np.int64(b.person[t]), np.int64(b.slot[t])
        pass_on_tie(
            i, f - SLOTS * i, seed, month, loss, moves, status, memory.host_starts, memory.host,
            ties.stage, ties.place, ties.strength, ties.host, ties.born, ties.kind, ended, spells,
        )  # fmt: skip
        hosts[t] = host[f]
        if stage[f] == LATENT:
            b.sleeping[m] = f
            m, n = m + 1, n - 1
            b.person[t], b.slot[t], b.part[t], hosts[t] = b.person[n], b.slot[n], b.part[n], hosts[n]
    return n, m


@helper
def remember_all(n, m, b, seed, month, memory, people, ties, stages, returned, taken, unmatched):
    """Let m sleeping ties fade, return or be forgotten (`latent`); count those that sleep on, return n with the woken."""
    place, strength = ties.place.reshape(-1), ties.strength.reshape(-1)
    host, kind, person, slot, part, sleeping = (
        ties.host.reshape(-1),
        ties.kind.reshape(-1),
        b.person,
        b.slot,
        b.part,
        b.sleeping,
    )
    decay, slower, forgotten, woken = memory.decay, memory.slower, memory.forgotten, memory.woken
    for t in range(m):
        f = sleeping[t]
        person[n + t], slot[n + t], part[n + t] = f // np.uint32(SLOTS), f, place[f] + 1
    fill_draws(m, seed, RETURN, month, person[n:], part[n:], b.u0, b.u1, b.u2, b.u3)
    live = n
    for t in range(m):
        f, i, r = np.int64(slot[n + t]), np.int64(person[n + t]), np.int64(part[n + t]) - 1
        q = remembered(decay, slower, np.float64(strength[f]), kind[f])
        strength[f] = q
        if q < forgotten:
            clear(i, f - SLOTS * i, ties.stage, ties.place, ties.strength, ties.host)
        elif happens(b.u0[t], q * woken[r]):
            return_tie(
                memory, i, f - SLOTS * i, b.u1[t], b.u2[t], b.u3[t], month, people.skill, ties.stage, ties.place,
                ties.strength, ties.host, ties.born, ties.kind, returned, taken, unmatched,
            )  # fmt: skip
            person[live], slot[live], part[live], b.host[live] = i, f, r + 1, host[f]
            live += 1
        else:
            stages[r, LATENT] += 1
    return live


@helper
def forget_visits(tied, rows, visits):
    """Set the visits of the month before to nothing (columns flat)."""
    for j in range(tied):
        f = np.uint64(SLOTS) * np.uint64(rows[j])
        visits[f], visits[f + np.uint64(1)], visits[f + np.uint64(2)] = 0, 0, 0


@helper
def expect_visits(n, b, home, trips, people, ties):
    """Leave in x5 how many visits n ties of people of one home bring on average."""
    stage, strength, mobility, skill = (
        ties.stage.reshape(-1),
        ties.strength.reshape(-1),
        people.mobility,
        people.skill,
    )
    slot, person, st, q, place, skills = b.slot, b.person, b.st, b.strength, b.place, b.skill
    f, frequency, helped, thinned, drawn, possible, mean = b.x0, b.x1, b.x2, b.x3, b.x4, b.u1, b.x5
    levels, frequencies, helps, reach, draws = (
        trips.mobility, trips.frequency, trips.helped, trips.reach[home], trips.drawn
    )  # fmt: skip
    for t in range(n):
        s, i = np.uint64(slot[t]), np.uint64(person[t])
        st[t], q[t], place[t] = stage[s], strength[s], b.part[t] - 1
        f[t], skills[t] = levels[mobility[i]], skill[i]
    for t in range(n):
        r = np.uint64(place[t])
        frequency[t], helped[t] = frequencies[np.uint64(st[t])], helps[r]
        thinned[t], drawn[t], possible[t] = reach[r], draws[r], 1.0
    hours, closed, free = trips.hours[home], trips.closed, trips.free[home]
    if closed.any():
        for t in range(n):
            r = place[t]
            possible[t] = 1.0 - closed[r] if closed[r] > 0.0 and hours[r] >= NEAR_HOURS else 1.0
    for t in range(n):
        mean[t] = mean_visits(
            frequency[t], f[t], helped[t], free, np.float64(q[t]), thinned[t], drawn[t], possible[t]
        )


@helper
def count_visits(n, u, mean, term, total, contacts):
    """Fill the Poisson quantiles at u: up to one visit for all ties at once, the rest tie by tie (`poisson`)."""
    for t in range(n):
        term[t] = exponential(-mean[t])
    for t in range(n):
        none, once, twice = term[t], term[t] * mean[t], term[t] * mean[t] * (mean[t] / 2.0)
        contacts[t] = (1 if u[t] >= none else 0) + (1 if u[t] >= none + once else 0)
        term[t], total[t] = twice, none + once + twice
    for t in range(n):
        if contacts[t] == 2:
            contacts[t] = poisson_from(u[t], mean[t], 2, term[t], total[t])


@helper
def travel_all(n, b, home, trips, people, ties, visited, work, minutes, pooled):
    """Let n ties of people of one home bring visits (`visiting`)."""
    expect_visits(n, b, home, trips, people, ties)
    count_visits(n, b.u0, b.x5, b.u2, b.u3, b.contacts)
    visits, slot, st, place, host, skill = ties.visits.reshape(-1), b.slot, b.st, b.place, b.host, b.skill
    cost, cheaper, asked, pools, contacts, u = b.x1, b.x2, b.age, b.kind, b.contacts, b.u0
    costs, cheap, contact, experience = trips.cost, trips.cheaper, trips.contact, trips.experience
    for t in range(n):
        cost[t], cheaper[t] = costs[np.uint64(st[t])], cheap[np.uint64(place[t])]
    for t in range(n):
        minutes_asked = spent(contacts[t], cost[t], experience, cheaper[t], np.float64(b.strength[t]))
        asked[t] = np.int64(minutes_asked + 0.5) if EXCHANGE <= st[t] < LATENT else 0
        pools[t] = np.int64(60.0 * minutes_asked + 0.5) if st[t] == HOBBY else 0
    for t in range(n):
        r, s = place[t], st[t]
        if s == ONLINE:
            visits[np.uint64(slot[t])] = 1 if u[t] < contact else 0
            continue
        c = contacts[t]
        visits[np.uint64(slot[t])] = c
        visited[r] += c
        pooled[r] += pools[t]
        minutes[max(host[t], 0)] += asked[t]
        work[r, skill[t]] += (2 * c if s >= WORK else c) if s >= EXCHANGE else 0
