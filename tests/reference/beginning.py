"""MODEL.md 7.6 to 7.10: ties begin, pass on and return."""

from __future__ import annotations

from reference import draws
from reference.draws import choose, draw, f32, probability, screened
from reference.shared import a_host, begin, end, has_room_for_a_tie, role_type
from reference.start import (
    GONE,
    HOBBY,
    ONLINE,
    World,
)


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
            person.x = f32(person.x + (1 - person.x) * p.g_enc)
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
            u0, u1, _, _ = draw(world.seed, i, world.month, draws.HANDOVER, tie.place + 1)
            new = a_host(world, place, u1) if u0 < chance else None
            if new is not None and new != tie.host:
                tie.host, tie.q = new, f32(tie.q * (1 - p.hloss))
                world.acted["handed over" if gone else "relieved"] += 1
            elif gone:
                end(world, person, k, -1.0)  # sleeps for certain
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
            u0, u1, u2, u3 = draw(world.seed, i, world.month, draws.RETURN, tie.place + 1)
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
