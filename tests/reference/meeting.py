"""MODEL.md 7.1 to 7.5: before anybody moves."""

from __future__ import annotations

import math

from reference import draws
from reference.draws import f32, ratio, screened
from reference.shared import c_eff, end
from reference.start import (
    ACTIVE,
    SKILLS,
    World,
    new_person,
    smin,
)


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
