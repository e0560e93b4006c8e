"""MODEL.md 7.11 to 7.15: ties in use."""

from __future__ import annotations

import math

from reference import draws
from reference.draws import choose, draw, f32, poisson, probability
from reference.shared import a_host, c_eff, end, event_reach
from reference.start import (
    DIRECT,
    EXCHANGE,
    HOBBY,
    ONLINE,
    WORK,
    World,
)


def visiting(world: World) -> None:
    """7.11: visits, and what they cost the hosts."""
    p = world.p
    for i, person in enumerate(world.people):
        for tie in person.slots:
            if tie is None or not tie.live:
                if tie:
                    tie.visits = 0
                continue
            u0 = draw(world.seed, i, world.month, draws.VISIT, tie.place + 1)[0]
            if tie.stage == ONLINE:
                tie.visits = int(u0 < p.p_NV)
                continue
            place, st = world.places[tie.place], tie.stage
            tau, mu = world.tau[person.home][tie.place], place.levels["intermediary"]
            h_v = p.f_st[st] * world.f(person) * (0.4 + 1.2 * tie.q) * math.exp(-p.beta_v * tau)
            tie.visits = poisson(h_v * (1 + p.b_E * event_reach(place)), u0)
            cost = tie.visits * 60 * p.h_st[st] * (1 - p.eps * tie.q) * (1 - p.k_o * p.o) * (1 - mu)
            place.visits += tie.visits
            if st == HOBBY:
                place.hobby_seconds += math.floor(60 * cost + 0.5)
            else:
                world.hosts[tie.host].own += math.floor(cost + 0.5)
                place.work[person.skill] += tie.visits * (0.5 if st == EXCHANGE else 1)


def attention(world: World) -> None:
    """7.12: the load of every host, and the attention that is left for a tie."""
    p = world.p
    for place in world.places:
        rest = 60 * p.h_0 * place.unmatched + 60 * p.h_E * place.levels["events"] / 12 * place.n5
        pool = round(place.hobby_seconds / 60 + rest)
        asked, given, total = 0.0, 0, sum(world.hosts[a].pi for a in place.hosts)
        for a in place.hosts:
            host = world.hosts[a]
            asked += host.pi
            upto = math.floor(pool * (asked / total) + 0.5) if total else 0
            host.L, given = host.own + upto - given, upto
            host.att = min(1.0, c_eff(world, host) / host.L) if host.L else 1.0


def strength(world: World) -> None:
    """7.13: ties deepen by contacts and fade without."""
    p = world.p
    for person in world.people:
        for tie in person.live:
            Q, eta = p.Q_st[tie.stage], p.eta
            if tie.stage == ONLINE:
                eta *= p.k_NV
            if tie.involved:
                host, U = world.hosts[tie.host], world.places[tie.place].U
                Q *= host.att * (1 - host.B / 2) * (0.5 + U / 2) * (1 + p.b_w * host.w * world.v(person))
                Q = min(1.0, Q)
            n = tie.visits
            tie.q = f32(1 - (1 - tie.q) * (1 - eta * Q) ** n if n else tie.q * (1 - p.d_q))


def leaving(world: World) -> None:
    """7.14: ties end, or loosen at a life event."""
    p = world.p
    l = probability(p.hx_0)  # noqa: E741
    for i, person in enumerate(world.people):
        for k, tie in enumerate(person.slots):
            if tie is None or not tie.live:
                continue
            exponent = -p.b_q * tie.q - p.b_near * tie.near
            if tie.visiting:
                exponent += p.b_room * (0.5 - world.places[tie.place].room[person.skill])
            if tie.involved:
                host = world.hosts[tie.host]
                exponent += p.b_att * (1 - host.att) + p.b_B * host.B
            u0, u1, u2, _ = draw(world.seed, i, world.month, draws.LEAVE, tie.place + 1)
            if u0 < probability(p.hx_st[tie.stage] * math.exp(exponent)):
                end(world, person, k, u2)
            elif u1 < l and (u1 >= l * p.G or tie.stage == ONLINE):
                end(world, person, k, u2)
                world.acted["ended by a life event"] += 1
            elif u1 < l:
                world.acted[f"loosened from {tie.stage}"] += 1
                tie.stage = EXCHANGE if tie.stage in (WORK, DIRECT) else tie.stage - 1
                if not tie.involved:
                    tie.host = None


def deepening(world: World) -> None:
    """7.15: steps up and down between types."""
    p = world.p
    for i, person in enumerate(world.people):
        for tie in person.slots:
            if tie is None or not tie.live:
                continue
            place, s, q = world.places[tie.place], person.skill, tie.q
            room, st = place.room[s], tie.stage
            h = dict.fromkeys((DIRECT, WORK, EXCHANGE, HOBBY), 0.0)  # by the type stepped to
            if st == ONLINE:
                h[HOBBY] = p.c_nv * (0.3 + 2 * q)
            elif st == HOBBY:
                h[EXCHANGE] = p.u_12 * (place.p_enc + p.k_E * event_reach(place)) * room * (0.3 + q)
            elif st == EXCHANGE:
                h[DIRECT], h[WORK], h[HOBBY] = p.u_24 * room * q, p.u_23 * room * q, p.d_21 * (1 - room)
            else:
                h[EXCHANGE] = p.d_42 * (1 - room) * (1 - q)
            u0, u1, u2, u3 = draw(world.seed, i, world.month, draws.STEP, tie.place + 1)
            if u0 >= probability(sum(h.values())):
                continue
            to = list(h)[choose(list(h.values()), u1)]
            role = st == ONLINE and u3 < place.p_K[s]
            if role:
                to = EXCHANGE
            if to == HOBBY:
                tie.host = None
            elif tie.host is None:
                tie.host = a_host(world, place, u2)
                if tie.host is None:
                    world.acted["no host for a step"] += 1
                    continue
            place.taken[s] += role
            tie.stage = to
            world.acted[f"stepped from {st} to {to}"] += 1
