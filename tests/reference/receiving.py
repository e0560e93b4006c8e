"""MODEL.md 7.21 to 7.24: hosts, and what the place shows of its needs."""

from __future__ import annotations

import math

from reference import draws
from reference.draws import draw, f32, probability, ratio
from reference.shared import at_work, plus, welcomed, within
from reference.start import new_host
from reference.state import ACTIVE, EMPTY, GONE, RESTING, SKILLS, Host, Place, World


def burnout(world: World) -> None:
    """7.21: hosts tire and recover."""
    p = world.p
    for host in world.hosts:
        if host.status == EMPTY:
            continue
        B = host.B
        usable = welcomed(world, host) * (1 - p.xi * B)
        u = host.L / usable if usable else math.inf if host.L else 0.0
        s = 1 / (1 + math.exp(-p.k_s * (min(u, 50) - 1)))
        host.B = f32(B + p.a_B * s * (1 - B) - p.r_B * (1 - s) * B)


def succession(world: World) -> None:
    """7.22: hosts rest, stop and are followed by others."""
    for place in world.places:
        key_people = _key_people(world, place)
        chance = probability(_followed(world, place))
        for a in place.hosts:
            if a in key_people:
                world.hosts[a].status = GONE
                world.acted["key person left"] += 1
            else:
                _one_host(world, a, chance)


def _key_people(world: World, place: Place) -> list[int]:
    """Hosts who leave by a shock: those with most ties, the first of equals."""
    hosts = [a for a in place.hosts if world.hosts[a].status in (ACTIVE, RESTING)]
    leave = math.ceil(world.shocks.leavers[place.r] * len(hosts))
    return sorted(hosts, key=lambda a: -world.hosts[a].n)[:leave]


def _followed(world: World, place: Place) -> float:
    """Hazard with which each empty host place is filled."""
    p = world.p
    empty = sum(world.hosts[a].status == EMPTY for a in place.hosts)
    if not empty:
        return 0.0
    newcomers = place.newcomers[world.month - 11]
    world.acted["newcomers of last year may host"] += newcomers > 0
    own = (p.g_0 * place.U + p.g_S * place.S) * (1 / 2 + place.R)
    return own + (place.levels["successors"] * place.n5 / 12 + p.a_mh * newcomers) / empty


def _one_host(world: World, a: int, followed: float) -> None:
    p, host = world.p, world.hosts[a]
    u0, u1, _, _ = draw(world.seed, a, world.month, draws.HOST)
    if host.status == GONE:
        host.status, host.B = EMPTY, 0.0
    elif host.status == EMPTY:
        if u1 < followed:
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
    """7.23: needs arise, are shown as open roles, and are met."""
    p = world.p
    for place in world.places:
        level, n5 = place.levels, place.n5
        open_ = [host.w * (1 - host.B) for host in at_work(world, place) if host.status == ACTIVE]
        W = ratio(sum(open_), len(open_))
        place.T = place.T * (1 - 1 / p.n_ans) + sum(place.taken)
        place.X = place.X * (1 - 1 / p.n_ans) + sum(p.d_K * K for K in place.K)
        participants = place.participants
        struck, factor = world.shocks.struck[place.r], world.shocks.inflow[place.r]
        for s in SKILLS:
            N, K, D = place.N[s], place.K[s], place.D[s]
            inflow = p.nu * 4e-4 * place.adults * factor
            inflow *= 1 + p.k_sp * (1 - level["recruit_mix"]) * (5 * (s == place.asks) - 1)
            shown = p.om * W * N
            done = min(K / 2, p.k_w * place.work[s])
            N = N * (1 - p.d_N) + inflow + inflow * p.k_ned * struck
            place.N[s] = plus(N + p.k_un * level["unfinished_projects"] * n5 / 5 - shown)
            K = K * (1 - p.d_K) + shown + level["small_roles"] * n5 / 5 - place.taken[s] - done
            place.K[s] = plus(K + p.k_S * place.S * participants[s])
            place.D[s] = p.rho_D * D + (1 - p.rho_D) * place.searchers[s]
        place.D_V = p.rho_D * place.D_V + (1 - p.rho_D) * place.searchers_online


def openness(world: World) -> None:
    """7.24: hosts learn from answers and workshops, and fall silent when tired."""
    for host in world.hosts:
        if host.status != EMPTY:
            host.w = f32(within(_openness(world, host)))


def _openness(world: World, host: Host) -> float:
    p, place, w = world.p, world.places[host.place], host.w
    a = ratio(place.T, place.T + place.X)
    w_new = w + p.l_w * (a * (1 - w) - (1 - a) * w / 2) - p.k_sil * plus(host.B - 1 / 2) * w
    w_new += p.d_w * (p.w_a - w)
    return w_new + (p.k_dis * place.levels["disclosure"] / 12 + p.l_S * place.S) * (1 - w)
