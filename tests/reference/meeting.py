"""MODEL.md 7.6 to 7.9: before anybody searches."""

from __future__ import annotations

import math

from reference.draws import f32, ratio
from reference.shared import c_eff, plus, room, within
from reference.state import ACTIVE, CITY, LOCAL, SKILLS, Guides, Place, World


def hosting(world: World) -> None:
    """7.6: the chance of every host to be chosen."""
    p = world.p
    for host in world.hosts:
        host.pi = 0.0
    for place in world.places:
        lam = place.levels["coordination"]
        active = [world.hosts[a] for a in place.hosts if world.hosts[a].status == ACTIVE]
        pull = [(host.n + 1) ** p.gamma for host in active]
        spare = [plus(c_eff(world, host) - host.L) for host in active]
        if sum(spare) == 0:
            lam = 0.0
            world.acted["nobody with time to spare"] += 1
        world.acted["place without a host"] += not active
        for host, pull_a, spare_a in zip(active, pull, spare, strict=True):
            host.pi = (1 - lam) * pull_a / sum(pull) + lam * ratio(spare_a, sum(spare))


def smin(a: float, b: float) -> float:
    """Return the soft minimum of 7.7."""
    return ratio(math.sqrt(2) * a * b, math.sqrt(a * a + b * b))


def encounter(world: World) -> None:
    """7.7: chances to meet somebody, and to find a role."""
    for place in world.places:
        _meetings(world, place)
        _roles(world, place)
        _online(world, place)


def _meetings(world: World, place: Place) -> None:
    p, level, n5, D = world.p, place.levels, place.n5, sum(place.D)

    def e(side: Guides) -> float:
        return side.F * side.m * side.z / p.e_G

    guides = smin(
        level["guides_city"] * e(place.guides[CITY]), level["guides_local"] * e(place.guides[LOCAL])
    )
    design, on_the_spot = 1 / 2 + level["story"], 1 - level["online_share"]
    C_G = p.kappa * n5 * guides * (1 / 2 + place.chi)
    C_H = p.A_h * level["hub"] * level["open_days"] / 20 * design * n5
    C_E = level["events"] / 12 * on_the_spot * p.seats * design * n5
    C_D = p.k_desk * level["reception_desk"] * n5
    place.p_G = p.psi_G * ratio(C_G, C_G + D)
    place.p_H = min(1.0, 2 * p.psi_H * level["greeting"]) * ratio(C_H, C_H + D)
    place.p_E = p.psi_E * ratio(C_E, C_E + D)
    p_D = p.psi_G * ratio(C_D, C_D + D)
    place.p_enc = 1 - (1 - p.e_0) * (1 - place.p_G) * (1 - place.p_H) * (1 - place.p_E) * (1 - p_D)
    place.introductions = place.p_G * D
    zbar = (place.guides[CITY].z + place.guides[LOCAL].z) / 2
    place.q_new = within(p.q_0 * (1 + p.b_z * (zbar - 1 / 2)))


def _roles(world: World, place: Place) -> None:
    p, level, K = world.p, place.levels, place.K
    shown = min(1.0, level["hub"] * level["slots_shown"] / 30)
    crowding = p.k_K * (1 - p.k_m * level["matching"]) * (1 - p.k_sh * shown)
    place.p_K = [ratio(K[s], K[s] + crowding * place.D[s]) for s in SKILLS]
    place.room = room(world, place)


def _online(world: World, place: Place) -> None:
    p, level = world.p, place.levels
    sessions = level["virtual_hub"] + level["events"] / 12 * level["online_share"]
    C_V = p.k_V * sessions * 2 * level["story"] * place.n5
    place.p_V = p.psi_V * ratio(C_V, C_V + place.D_V)
    place.found = 1 - (1 - p.e_0V) * (1 - place.p_V)


def destination(world: World) -> None:
    """7.8: weight of every place for searchers of every home, and for searchers online."""
    p, places = world.p, world.places
    world.P = []
    for h, home in enumerate(places):
        n = [100 * ratio(ties, home.residents) for ties in world.neighbours[h]]
        P = [_weight(world, place, world.tau[h][r], n[r]) for r, place in enumerate(places)]
        if home.daily_area:
            P[h] = 0.0
        world.P.append(P)
    world.P_V = [
        place.M
        * (1 + p.b_tax * place.levels["tax_campaign"])
        * (1 + p.b_st * place.levels["virtual_hub"] * place.levels["story"])
        for place in places
    ]


def _weight(world: World, place: Place, tau: float, n: float) -> float:
    """Weight of a place that is tau away and to which n among 100 neighbours have ties."""
    p, level, near = world.p, place.levels, tau < 1
    G = math.exp(p.beta_tau * level["transport"] / 60) * (1 + world.shocks.strangers[place.r])
    weight = place.M * math.exp(-p.beta_tau * tau) * G
    weight *= 1 + p.b_loc * level["local_exchange"] / 12 if near else 1
    return weight * (1 + p.b_peer * n + p.b_out * level["outreach"] / (1 + n))


def interest(world: World) -> None:
    """7.9: interest moves to its natural level, and rises by schools, information, tied neighbours and news."""
    p, news = world.p, max(world.shocks.help)
    for person in world.people:
        home, x, x0 = world.places[person.home], person.x, world.x0(person)
        school = min(1.0, p.k_sch * home.levels["school_programmes"] / 100)
        phi = home.tied / home.residents
        rise = p.k_inf * home.levels["information"] / 100 + p.beta_s * phi + p.k_news * news
        person.x = f32(within(x + p.d_x * (x0 + (1 - x0) * school - x) + (1 - x) * rise))
