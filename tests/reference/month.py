"""One month: MODEL.md 7, a function a section, in the order of section 3."""

from __future__ import annotations

import math

from reference import draws
from reference.draws import choose, draw, f32, poisson, probability, ratio, screened
from reference.start import (
    ACTIVE,
    DIRECT,
    EMPTY,
    EXCHANGE,
    GONE,
    HOBBY,
    LATENT,
    ONLINE,
    RESTING,
    SKILLS,
    WORK,
    Host,
    Person,
    Place,
    Tie,
    World,
    new_host,
    new_person,
    smin,
    support,
)


def step(world: World) -> None:
    """Do one month."""
    world.month += 1
    support(world)
    for place in world.places:
        place.searchers, place.taken, place.work = [0] * 5, [0] * 5, [0.0] * 5
        place.unmatched = place.hobby_minutes = 0
        place.met = place.started = place.returned = place.ended = place.visits = 0
    for host in world.hosts:
        host.own = 0
    for section in SECTIONS:
        section(world)


# What several sections need.


def c_eff(world: World, host: Host) -> float:
    """Usable minutes of a host (7.2)."""
    p, U = world.p, world.places[host.place].U
    return 60 * host.c * (1 - p.u_c + p.u_c * U / 0.7) * (1 - host.B)


def a_host(world: World, place: Place, u: float) -> int | None:
    """Choose a host by the cumulative pi within the place (7.2)."""
    index = choose([world.hosts[a].pi for a in place.hosts], u)
    return None if index is None else place.hosts[index]


def role_type(world: World, u: float) -> int:
    """Type of a new tie with a role (7.6)."""
    p = world.p
    return EXCHANGE if u < p.p_V2 else WORK if u < p.p_V2 + p.p_V3 else DIRECT


def event_reach(place: Place) -> float:
    """1 - exp(-n_e / 12), which is in 7.11 and 7.15."""
    return 1 - math.exp(-place.levels["events"] / 12)


def slot_for(person: Person, r: int) -> int:
    """Slot of a new tie (7.6): the latent tie's with the place, the first free, the weakest latent one's."""
    slots = person.slots
    same = [k for k in range(3) if slots[k] and slots[k].place == r]
    free = [k for k in range(3) if slots[k] is None]
    latent = [k for k in range(3) if slots[k] and not slots[k].live]
    return (same or free or sorted(latent, key=lambda k: slots[k].q))[0]


def begin(world: World, person: Person, r: int, stage: int, q: float, host: int | None) -> None:
    """Begin a tie (7.6), or bring back a latent one with the same place."""
    k = slot_for(person, r)
    old = person.slots[k]
    if old and old.place == r:
        q = max(q, old.q)
        world.places[r].returned += 1
        world.acted["came back by a search online" if stage == ONLINE else "came back by a search"] += 1
    else:
        world.places[r].started += 1
        world.acted["pushed out of memory"] += old is not None
    near = world.tau[person.home][r] < 1
    person.slots[k] = Tie(stage, r, f32(q), host, world.month, stage, near)
    world.acted[f"began as {stage}"] += 1


def end(world: World, person: Person, k: int, u_sleeps: float) -> None:
    """End a live tie (7.14): it sleeps and keeps q, or the slot is free."""
    tie = person.slots[k]
    world.places[tie.place].ended += 1
    world.spells.append((tie.start, tie.near, world.month - tie.born))
    if u_sleeps < world.p.p_lat * min(1, 2 * tie.q):
        tie.stage, tie.host = LATENT, None
        world.acted["fell asleep"] += 1
    else:
        person.slots[k] = None
        world.acted["dropped"] += 1


def has_room_for_a_tie(person: Person) -> bool:
    """Whether a slot is free or latent."""
    return len(person.live) < 3


# 7.1 to 7.5: before anybody moves.


def turnover(world: World) -> None:
    """7.1: people are replaced; ties end and nothing sleeps."""
    world.spells = []
    for i, person in enumerate(world.people):
        if screened(world.seed, i, world.month, draws.TURNOVER) < world.p.tau_0:
            world.acted["replaced"] += 1
            for k in range(3):
                if person.slots[k] and person.slots[k].live:
                    end(world, person, k, math.inf)
            new_person(world, i, person)


def hosting(world: World) -> None:
    """7.2: the chance of every host to be chosen."""
    p = world.p
    for host in world.hosts:
        host.pi = 0.0
    for place in world.places:
        lam = place.levels["coordination"]
        active = [world.hosts[a] for a in place.hosts if world.hosts[a].status == ACTIVE]
        pull = [(host.n + 1) ** p.gamma for host in active]
        spare = [max(0.0, c_eff(world, host) - host.L) for host in active]
        if sum(spare) == 0:
            lam = 0.0
            world.acted["nobody with time to spare"] += 1
        world.acted["place without a host"] += not active
        for host, pull_a, spare_a in zip(active, pull, spare, strict=True):
            host.pi = (1 - lam) * pull_a / sum(pull) + lam * ratio(spare_a, sum(spare))


def encounter(world: World) -> None:
    """7.3: chances to meet somebody, and to find a role."""
    p = world.p
    for place in world.places:
        level, n5, D = place.levels, place.n5, sum(place.D)
        C_G = p.kappa * n5 * smin(level["guides_city"], level["guides_local"]) * (0.5 + p.chi)
        C_H = p.A_h * level["hub"] * n5
        C_E = level["events"] / 12 * p.seats * n5
        p_G, place.p_H, place.p_E = (
            psi * ratio(C, C + D) for psi, C in ((p.psi_G, C_G), (p.psi_H, C_H), (p.psi_E, C_E))
        )
        place.p_enc = 1 - (1 - p.e_0) * (1 - p_G) * (1 - place.p_H) * (1 - place.p_E)
        K = place.K
        place.p_K = [ratio(K[s], K[s] + p.k_K * place.D[s]) for s in SKILLS]
        place.room = [ratio(K[s], K[s] + p.k_half * place.participants[s]) for s in SKILLS]


def destination(world: World) -> None:
    """7.4: weight of every place for searchers of every home."""
    p, places = world.p, world.places
    world.P = []
    for h, home in enumerate(places):
        n = [100 * ratio(ties, home.residents) for ties in world.neighbours[h]]
        P = [
            places[r].M * math.exp(-p.beta_tau * world.tau[h][r]) * (1 + p.b_peer * n[r])
            for r in range(len(places))
        ]
        if home.daily_area:
            P[h] = 0.0
        world.P.append(P)


def interest(world: World) -> None:
    """7.5: interest moves to its natural level, and rises by information and by tied neighbours."""
    p = world.p
    for person in world.people:
        home, x = world.places[person.home], person.x
        p_info, phi = home.levels["information"] / 100, home.tied / home.residents
        x = x + p.d_x * (world.x0(person) - x) + (1 - x) * (p_info + p.beta_s * phi)
        person.x = f32(min(1.0, x))


# 7.6 to 7.10: ties begin, move and return.


def search(world: World) -> None:
    """7.6: people look for a place, meet somebody, find a role."""
    p = world.p
    for i, person in enumerate(world.people):
        f, s = world.f(person), person.skill
        hazard = p.r_s * (1 + p.m_metro * world.places[person.home].metro) * person.x * f / (0.7 + 0.3 * f)
        hazard *= 1 + p.kappa_act * bool(person.live)
        if not has_room_for_a_tie(person):
            continue
        if screened(world.seed, i, world.month, draws.SEARCH) >= probability(hazard):
            continue
        _, u1, u2, u3 = draw(world.seed, i, world.month, draws.SEARCH)
        r = choose(world.P[person.home], u1)
        if r is None:
            continue
        place = world.places[r]
        place.searchers[s] += 1
        if any(tie.place == r for tie in person.live):
            world.acted["searched in vain: has a tie there"] += 1
            continue
        if u2 >= place.p_enc:
            continue
        place.met += 1
        person.x = f32(person.x + (1 - person.x) * p.g_enc)
        role = draw(world.seed, i, world.month, draws.ROLE)
        host = a_host(world, place, role[1]) if u3 < place.p_K[s] else None
        if host is None:
            place.unmatched += 1
            begin(world, person, r, HOBBY, p.q_0, None)
        else:
            place.taken[s] += 1
            begin(world, person, r, role_type(world, role[0]), p.q_0, host)


def online(world: World) -> None:
    """7.7: people begin ties without visits."""
    p = world.p
    for i, person in enumerate(world.people):
        f = world.f(person)
        hazard = p.r_v * person.x * f / (0.7 + 0.3 * f)
        if not has_room_for_a_tie(person):
            continue
        if screened(world.seed, i, world.month, draws.ONLINE) >= probability(hazard):
            continue
        _, u1, u2, _ = draw(world.seed, i, world.month, draws.ONLINE)
        r = choose([place.M for place in world.places], u1)
        own = r == person.home and world.places[r].daily_area
        if u2 < p.e_0V and not own and all(tie.place != r for tie in person.live):
            begin(world, person, r, ONLINE, p.q_0V, None)


def handover(world: World) -> None:
    """7.9: ties of hosts who stopped, and of tired ones, move to another host."""
    p = world.p
    for i, person in enumerate(world.people):
        for k, tie in enumerate(person.slots):
            if tie is None or tie.host is None:
                continue
            host, place = world.hosts[tie.host], world.places[tie.place]
            lam = place.levels["coordination"]
            gone = host.status == GONE
            chance = p.rho_h + (1 - p.rho_h) * lam if gone else p.k_rel * lam if p.B_rel < host.B else 0.0
            u0, u1, u2, _ = draw(world.seed, i, world.month, draws.HANDOVER, k)
            new = a_host(world, place, u1) if u0 < chance else None
            if new is not None and new != tie.host:
                tie.host, tie.q = new, f32(tie.q * (1 - p.hloss))
                world.acted["handed over" if gone else "relieved"] += 1
            elif gone:
                end(world, person, k, u2)
                world.acted["lost its host"] += 1


def latent(world: World) -> None:
    """7.10: sleeping ties fade, are forgotten, or return."""
    p = world.p
    for i, person in enumerate(world.people):
        for k, tie in enumerate(person.slots):
            if tie is None or tie.live:
                continue
            tie.q = f32(tie.q * (1 - p.d_q))
            if tie.q < p.q_min:
                person.slots[k] = None
                world.acted["forgotten"] += 1
                continue
            place, s = world.places[tie.place], person.skill
            u0, u1, u2, u3 = draw(world.seed, i, world.month, draws.RETURN, k)
            if u0 >= probability(tie.q * (p.a_re / 0.2 + p.k_re * (place.p_H + place.p_E))):
                continue
            tie.host = a_host(world, place, u3) if u1 < place.p_K[s] else None
            if tie.host is None:
                place.unmatched += 1
                tie.stage = HOBBY
                world.acted["returned as hobby"] += 1
            else:
                place.taken[s] += 1
                tie.stage = role_type(world, u2)
                world.acted["returned with a role"] += 1
            tie.start, tie.born = tie.stage, world.month
            place.returned += 1


# 7.11 to 7.15: ties in use.


def visiting(world: World) -> None:
    """7.11: visits, and what they cost the hosts."""
    p = world.p
    for i, person in enumerate(world.people):
        for k, tie in enumerate(person.slots):
            if tie is None or not tie.live:
                if tie:
                    tie.visits = 0
                continue
            u0 = draw(world.seed, i, world.month, draws.VISIT, k)[0]
            if tie.stage == ONLINE:
                tie.visits = int(u0 < p.p_NV)
                continue
            place, st = world.places[tie.place], tie.stage
            tau, mu = world.tau[person.home][tie.place], place.levels["intermediary"]
            h_v = p.f_st[st] * world.f(person) * (0.4 + 1.2 * tie.q) * math.exp(-p.beta_v * tau)
            tie.visits = poisson(h_v * (1 + p.b_E * event_reach(place)), u0)
            cost = tie.visits * 60 * p.h_st[st] * (1 - p.eps * tie.q) * (1 - p.k_o * p.o) * (1 - mu)
            minutes = math.floor(cost + 0.5)
            place.visits += tie.visits
            if st == HOBBY:
                place.hobby_minutes += minutes
            else:
                world.hosts[tie.host].own += minutes
                place.work[person.skill] += tie.visits * (0.5 if st == EXCHANGE else 1)


def attention(world: World) -> None:
    """7.12: the load of every host, and the attention that is left for a tie."""
    p = world.p
    for place in world.places:
        rest = 60 * p.h_0 * place.unmatched + 60 * p.h_E * place.levels["events"] / 12 * place.n5
        pool = place.hobby_minutes + round(rest)
        for a in place.hosts:
            host = world.hosts[a]
            host.L = host.own + math.floor(pool * host.pi + 0.5)
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
            u0, u1, u2, _ = draw(world.seed, i, world.month, draws.LEAVE, k)
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
        for k, tie in enumerate(person.slots):
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
            u0, u1, u2, u3 = draw(world.seed, i, world.month, draws.STEP, k)
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


# 7.16 to 7.20: hosts and places; the census.


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


SECTIONS = (
    turnover,
    hosting,
    encounter,
    destination,
    interest,
    search,
    online,
    handover,
    latent,
    visiting,
    attention,
    strength,
    leaving,
    deepening,
    burnout,
    succession,
    needs,
    openness,
    census,
)
"""The month of MODEL.md 3; the roster (7.8) is no rule of the model, and there is none here."""
