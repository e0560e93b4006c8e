"""MODEL.md 7.16 to 7.20: hosts and places; the census."""

from __future__ import annotations

import math

from reference import draws
from reference.draws import draw, f32, probability, ratio
from reference.start import (
    ACTIVE,
    EMPTY,
    GONE,
    RESTING,
    SKILLS,
    World,
    new_host,
)


def burnout(world: World) -> None:
    """7.16: hosts tire and recover."""
    p = world.p
    for host in world.hosts:
        if host.status == EMPTY:
            continue
        B, U = host.B, world.places[host.place].U
        usable = 60 * host.c * (1 - p.u_c + p.u_c * U / 0.7) * (1 - p.xi * B)
        u = host.L / usable if usable else math.inf if host.L else 0.0
        s = 1 / (1 + math.exp(-p.k_s * (min(u, 50) - 1)))
        host.B = f32(B + p.a_B * s * (1 - B) - p.r_B * (1 - s) * B)


def succession(world: World) -> None:
    """7.17: hosts rest, stop and are followed by others."""
    p = world.p
    for a, host in enumerate(world.hosts):
        u0, u1, _, _ = draw(world.seed, a, world.month, draws.HOST)
        if host.status == GONE:
            host.status, host.B = EMPTY, 0.0
        elif host.status == EMPTY:
            if u1 < probability(p.g_0 * world.places[host.place].U):
                new_host(world, a, host)
                world.acted["host followed"] += 1
        elif u0 < probability(p.w_0 * math.exp(p.k_B * host.B)):
            host.status = GONE
            world.acted["host stopped"] += 1
        elif p.B_rest < host.B:
            world.acted["host rests"] += host.status == ACTIVE
            host.status = RESTING
        elif p.B_back > host.B:
            world.acted["host is back"] += host.status == RESTING
            host.status = ACTIVE


def needs(world: World) -> None:
    """7.18: needs arise, are shown as open roles, and are met."""
    p = world.p
    for place in world.places:
        open_ = [h.w * (1 - h.B) for h in (world.hosts[a] for a in place.hosts) if h.status == ACTIVE]
        W = ratio(sum(open_), len(open_))
        place.T = place.T * (1 - 1 / p.n_ans) + sum(place.taken)
        place.X = place.X * (1 - 1 / p.n_ans) + sum(p.d_K * K for K in place.K)
        for s in SKILLS:
            N, K, D = place.N[s], place.K[s], place.D[s]
            shown = p.om * W * N
            work = min(K / 2, p.k_w * place.work[s])
            place.N[s] = max(0.0, N * (1 - p.d_N) + p.nu * 4e-4 * place.adults - shown)
            place.K[s] = max(0.0, K * (1 - p.d_K) + shown - place.taken[s] - work)
            place.D[s] = p.rho_D * D + (1 - p.rho_D) * place.searchers[s]


def openness(world: World) -> None:
    """7.19: hosts learn from answers, and fall silent when tired."""
    p = world.p
    for host in world.hosts:
        if host.status == EMPTY:
            continue
        place, w = world.places[host.place], host.w
        a = ratio(place.T, place.T + place.X)
        w = w + p.l_w * (a * (1 - w) - (1 - a) * w / 2) - p.k_sil * max(0.0, host.B - 0.5) * w
        host.w = f32(min(1.0, max(0.0, w)))


def census(world: World) -> None:
    """7.20: what next month needs of the people and ties is counted anew."""
    for place in world.places:
        place.tied, place.participants = 0, [0] * 5
    for host in world.hosts:
        host.n = 0
    world.neighbours = [[0] * len(world.places) for _ in world.places]
    for person in world.people:
        world.places[person.home].tied += bool(person.live)
        for tie in person.live:
            world.neighbours[person.home][tie.place] += 1
            if tie.involved:
                world.places[tie.place].participants[person.skill] += 1
                world.hosts[tie.host].n += 1
