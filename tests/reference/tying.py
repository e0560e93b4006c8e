"""MODEL.md 7.15 to 7.20: ties in use."""

from __future__ import annotations

import math

from reference import draws
from reference.draws import choose, draw, f32, in_steps, poisson, probability
from reference.shared import a_host, c_eff, cumulative, end, event_reach, fading, plus
from reference.state import DIRECT, EXCHANGE, HOBBY, ONLINE, WORK, Person, Place, Tie, World


def visiting(world: World) -> None:
    """7.15: visits, and what they cost the hosts."""
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
            tie.visits = poisson(_visits(world, person, tie), u0)
            o, mu = place.levels["shared_doing"], place.levels["intermediary"]
            m = tie.visits * 60 * p.h_st[st] * (1 - p.eps * tie.q) * (1 - p.k_o * o) * (1 - mu)
            place.visits += tie.visits
            if st == HOBBY:
                place.hobby_seconds += math.floor(60 * m + 1 / 2)
            else:
                world.hosts[tie.host].named += math.floor(m + 1 / 2)
                place.work[person.skill] += tie.visits * (1 / 2 if st == EXCHANGE else 1)


def _visits(world: World, person: Person, tie: Tie) -> float:
    """h_v."""
    p, level = world.p, world.places[tie.place].levels
    f, free = world.f(person), world.places[person.home].levels["free_time"]
    f = (f + p.k_bar * level["barrier_fund"] * plus(1 - f)) * (1 + p.k_ft * free)
    tau = world.tau[person.home][tie.place]
    tau = max(tau - level["transport"] / 60, min(tau, 1 / 4))
    yen = plus(p.y_tau * tau - level["travel_subsidy"])
    h_v = p.f_st[tie.stage] * f * (0.4 + 1.2 * tie.q) * math.exp(-p.beta_v * tau - p.beta_y * yen)
    h_v *= 1 + p.b_E * event_reach(world.places[tie.place])
    h_v *= 1 + p.b_H * (1 - math.exp(-level["hub"] * level["open_days"] / 20))
    return h_v * (1 if tie.near else 1 - world.shocks.travel[tie.place])


def attention(world: World) -> None:
    """7.16: the load of every host, and the attention that is left for a tie."""
    for place in world.places:
        hosts = [world.hosts[a] for a in place.hosts]
        pool, share = _pool(world, place, sum(host.named for host in hosts))
        C = cumulative([host.pi for host in hosts])
        given = 0
        for host, C_a in zip(hosts, C, strict=True):
            own = math.floor(host.named * (1 - share) + 1 / 2)
            upto = math.floor(pool * C_a / C[-1] + 1 / 2) if C[-1] else 0
            host.L, given = own + upto - given, upto
            host.att = min(1.0, c_eff(world, host) / host.L) if host.L else 1.0


def _pool(world: World, place: Place, named: int) -> tuple[int, float]:
    """Minutes that fall on all hosts, and the share of their named minutes that staff take over."""
    p, level, n5 = world.p, place.levels, place.n5
    T = 60 * p.h_S * (level["staff"] + level["reception_desk"]) * n5
    P = place.hobby_seconds / 60 + 60 * p.h_0 * place.unmatched
    P += 60 * p.h_E * level["events"] / 12 * (1 - (1 - p.h_EV) * level["online_share"]) * n5
    share = min(1.0, plus(T - P) / named) if named else 0.0
    world.acted["staff helped"] += share > 0
    return round(plus(P - T)), share


def quality(world: World, person: Person, tie: Tie) -> float:
    """Q of a contact (7.17)."""
    p, Q = world.p, world.p.Q_st[tie.stage]
    if not tie.involved:
        return Q
    host, place = world.hosts[tie.host], world.places[tie.place]
    Q = Q * host.att * (1 - host.B / 2) * (1 / 2 + place.U / 2) * (1 + p.b_w * host.w * world.v(person))
    Q *= 1 + p.b_o * place.levels["shared_doing"]
    return min(1.0, Q * (1 - p.b_m * (1 - place.levels["matching"])))


def strength(world: World) -> None:
    """7.17: ties deepen by contacts and fade without."""
    p = world.p
    for person in world.people:
        for tie in person.live:
            level, n = world.places[tie.place].levels, tie.visits
            if n:
                eta = p.eta * p.k_NV if tie.stage == ONLINE else p.eta
                tie.q = f32(1 - (1 - tie.q) * (1 - eta * quality(world, person, tie)) ** n)
            else:
                kept = 1 - p.k_on * min(1.0, level["virtual_hub"] * level["story"] / 5)
                tie.q = f32(tie.q * (1 - fading(world, tie) * kept))


def wellbeing(world: World) -> None:
    """7.18: good contacts make people well."""
    p = world.p
    for person in world.people:
        b = in_steps(person.b + p.d_b * (p.beta_0 - person.b))
        Q = [quality(world, person, tie) for tie in person.live if tie.visits]
        person.b = in_steps(b + p.a_b * max(Q) * (1 - b)) if Q else b


def leaving(world: World) -> None:
    """7.19: ties end, or loosen at a life event."""
    p = world.p
    l = probability(p.hx_0)  # noqa: E741
    for i, person in enumerate(world.people):
        for k, tie in enumerate(person.slots):
            if tie is None or not tie.live:
                continue
            gradation = world.places[tie.place].levels["gradation"]
            u0, u1, u2, _ = draw(world.seed, i, world.month, draws.LEAVE, tie.place + 1)
            if u0 < probability(_exit(world, person, tie)):
                world.acted["ended short-lived"] += tie.short_lived
                end(world, person, k, u2)
            elif u1 < l and (u1 >= l * gradation or tie.stage == ONLINE):
                end(world, person, k, u2)
                world.acted["ended by a life event"] += 1
            elif u1 < l:
                world.acted[f"loosened from {tie.stage}"] += 1
                tie.stage = EXCHANGE if tie.stage in (WORK, DIRECT) else tie.stage - 1
                if not tie.involved:
                    tie.host = None


def _exit(world: World, person: Person, tie: Tie) -> float:
    """h_exit."""
    p, place = world.p, world.places[tie.place]
    if tie.short_lived:
        return p.hx_epi
    exponent = -p.b_q * tie.q - p.b_near * tie.near - p.b_kin * tie.roots
    if tie.visiting:
        exponent += p.b_room * (1 / 2 - place.room[person.skill])
    if tie.involved:
        host = world.hosts[tie.host]
        exponent += p.b_att * (1 - host.att) + p.b_B * host.B
    h_exit = p.hx_st[tie.stage] * math.exp(exponent)
    if tie.stage == WORK:
        h_exit += p.hx_mis * math.exp(-(world.month - tie.born) / 6)
    if tie.involved and not place.body.closed:
        h_exit += p.k_fee * place.levels["fees"] * place.levels["organisation"]
    if tie.involved and not tie.visits:
        h_exit += p.k_duty * place.levels["minimum_duty"] / 12
    return h_exit


def deepening(world: World) -> None:
    """7.20: steps up and down between types."""
    for i, person in enumerate(world.people):
        for tie in person.live:
            place, st = world.places[tie.place], tie.stage
            h = _steps(world, person, tie)
            u0, u1, u2, u3 = draw(world.seed, i, world.month, draws.STEP, tie.place + 1)
            if u0 >= probability(sum(h.values())):
                continue
            to = list(h)[choose(list(h.values()), u1)]
            role = st == ONLINE and to == HOBBY and u3 < place.p_K[person.skill]
            if role:
                to = EXCHANGE
            if to == HOBBY:
                tie.host = None
            elif tie.host is None:
                tie.host = a_host(world, place, u2)
                if tie.host is None:
                    world.acted["no host for a step"] += 1
                    continue
            place.taken[person.skill] += role
            place.stepped += st == ONLINE
            tie.stage = to
            world.acted[f"stepped from {st} to {to}"] += 1


def _steps(world: World, person: Person, tie: Tie) -> dict[int, float]:
    """Hazards by the type stepped to, in the order in which one is chosen."""
    p, place, q = world.p, world.places[tie.place], tie.q
    z, room = world.shocks.help[tie.place], place.room[person.skill]
    spark = 1 + p.phi_S * place.S
    h = dict.fromkeys((DIRECT, WORK, EXCHANGE, HOBBY), 0.0)
    if tie.stage == ONLINE:
        c = p.c_com if tie.community else p.c_tr
        h[HOBBY] = (
            c * (0.3 + 2 * q) * (1 + p.k_rep * place.levels["reply_letters"]) * (1 + p.k_fol * place.p_enc)
        )
        h[DIRECT] = p.k_zn * z
    elif tie.stage == HOBBY:
        h[EXCHANGE] = p.u_12 * (place.p_enc + p.k_E * event_reach(place)) * room * (0.3 + q) * spark
        h[DIRECT] = p.k_zh * q * z
    elif tie.stage == EXCHANGE:
        h[DIRECT], h[WORK] = p.u_24 * room * q * spark, p.u_23 * room * q
        h[HOBBY] = p.d_21 * (1 - room)
    else:
        h[EXCHANGE] = p.d_42 * (1 - room) * (1 - q)
    return h
