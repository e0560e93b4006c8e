"""MODEL.md 7.10 to 7.14: ties begin, pass on and return."""

from __future__ import annotations

from reference import draws
from reference.draws import choose, draw, f32, probability, screened
from reference.shared import a_host, begin, end, fading, family, has_room_for_a_tie, role_type
from reference.state import DIRECT, GONE, HOBBY, ONLINE, Person, World


def ease(world: World, person: Person) -> float:
    """(1 + k_ft free_time at home) x f / (0.7 + 0.3 f), in the hazards of 7.10 and 7.11."""
    f, free = world.f(person), world.places[person.home].levels["free_time"]
    return (1 + world.p.k_ft * free) * person.x * f / (0.7 + 0.3 * f)


def total_mass(world: World) -> float:
    """Sum of M_r over places."""
    return sum(place.M for place in world.places)


def search(world: World) -> None:
    """7.10: people look for a place, meet somebody, find a role."""
    p = world.p
    outreach = sum(place.M * place.levels["outreach"] for place in world.places) / total_mass(world)
    for i, person in enumerate(world.people):
        s = person.skill
        hazard = p.r_s * (1 + p.m_metro * world.places[person.home].metro) * ease(world, person)
        hazard *= 1 + p.kappa_act if person.live else 1 + p.k_out * outreach
        if not has_room_for_a_tie(person):
            continue
        if screened(world.seed, i, world.month, draws.SEARCH) >= probability(hazard):
            continue
        _, u1, u2, u3 = draw(world.seed, i, world.month, draws.SEARCH)
        role = draw(world.seed, i, world.month, draws.ROLE)
        to_family = role[2] < p.p_kin and family(world, i) is not None
        r = family(world, i) if to_family else choose(world.P[person.home], u1)
        if r is None:
            continue
        place, g, travel = world.places[r], world.shocks.strangers[r], world.shocks.travel[r]
        far = world.tau[person.home][r] >= 1
        if far and draw(world.seed, i, world.month, draws.TRIP)[0] < travel:
            world.acted["could not travel"] += 1
            continue
        place.searchers[s] += 1
        world.acted["went to the family's place"] += to_family
        if any(tie.place == r for tie in person.live):
            world.acted["searched in vain: has a tie there"] += 1
            continue
        if u2 >= (1 - (1 - place.p_enc) * (1 - p.e_kin) if to_family else place.p_enc):
            continue
        place.met += 1
        person.x = f32(person.x + (1 - person.x) * p.g_enc)
        short_lived = not to_family and role[3] < p.p_epi * g / (1 + g)
        host = a_host(world, place, role[1]) if u3 < place.p_K[s] else None
        if host is None:
            place.unmatched += 1
            tie = begin(world, i, r, HOBBY, place.q_new, None)
        else:
            place.taken[s] += 1
            stage = DIRECT if short_lived else role_type(world, role[0])
            tie = begin(world, i, r, stage, place.q_new, host)
        tie.short_lived = short_lived
        world.acted["began short-lived"] += short_lived


def online(world: World) -> None:
    """7.11: people begin ties without visits."""
    p = world.p
    A = sum(world.P_V) / total_mass(world)
    for i, person in enumerate(world.people):
        if not has_room_for_a_tie(person):
            continue
        if screened(world.seed, i, world.month, draws.ONLINE) >= probability(p.r_v * A * ease(world, person)):
            continue
        _, u1, u2, u3 = draw(world.seed, i, world.month, draws.ONLINE)
        r = choose(world.P_V, u1)
        if r is None or (r == person.home and world.places[r].daily_area):
            continue
        place = world.places[r]
        place.searchers_online += 1
        if u2 < place.found and all(tie.place != r for tie in person.live):
            person.x = f32(person.x + (1 - person.x) * p.g_enc)
            tie = begin(world, i, r, ONLINE, p.q_0V, None)
            tie.community = u3 < p.p_com + (1 - p.p_com) * place.p_V
            world.acted["began in a community"] += tie.community


def handover(world: World) -> None:
    """7.13: ties of hosts who stopped, and of tired ones, move to another host."""
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
    """7.14: sleeping ties fade, are forgotten, or return."""
    p = world.p
    for i, person in enumerate(world.people):
        for k, tie in enumerate(person.slots):
            if tie is None or tie.live:
                continue
            tie.q = f32(tie.q * (1 - fading(world, tie)))
            if tie.q < p.q_min:
                person.slots[k] = None
                world.acted["forgotten"] += 1
                continue
            place, s = world.places[tie.place], person.skill
            u0, u1, u2, u3 = draw(world.seed, i, world.month, draws.RETURN, tie.place + 1)
            reminded = p.k_re * (place.p_H + place.p_E) + p.k_zl * world.shocks.help[tie.place]
            if u0 >= probability(tie.q * (p.a_re / 0.2 + reminded)):
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
            tie.community = tie.short_lived = False
            place.returned += 1
