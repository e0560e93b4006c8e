"""MODEL.md 7.3 to 7.5: what changes the levels of support, and what sparks between people."""

from __future__ import annotations

import math

from reference.draws import ratio
from reference.records import levers
from reference.shared import at_work, c_eff, plus, room, within
from reference.state import SKILLS, Place, World


def organising(world: World) -> None:
    """7.4: a private body lives from its income, and adds to the levels."""
    p = world.p
    for place in world.places:
        level = place.levels
        a = level["organisation"]
        if a <= 0 or place.body.closed:
            place.body.feet = 0
            continue
        _accounts(world, place, a)
        sv = place.body.sv
        add(level, "hub", p.k_OH * a * sv)
        add(level, "intermediary", p.k_Omu * a * sv)
        add(level, "coordination", p.k_Olam * a * sv)


def _accounts(world: World, place: Place, a: float) -> None:
    p, body, level, n5 = world.p, place.body, place.levels, place.n5
    participants = sum(place.participants)
    income = a * (p.y_V * place.visits_before + p.y_NV / 12 * place.supporters) / n5
    income += 1000 / 12 * level["fees"] * a * participants / n5
    full = a * p.c_O * 1e6 / 12
    cost = full * (p.phi_F + (1 - p.phi_F) * body.sv)
    body.money = body.money + 1e6 / 12 * level["subsidy"] + income - cost
    body.feet = body.feet + 1 if level["subsidy"] == 0 and body.money >= 0 and income >= cost else 0
    world.acted["body stands on its own feet"] += body.feet > 0
    if body.money < -p.t_cl * full:
        body.closed, body.money, body.sv, body.feet = True, 0.0, 0.0, 0
        world.acted["body closed"] += 1
    elif body.money < 0:
        body.sv = max(body.sv - p.s_fal, 0.0)
        world.acted["body shrank"] += 1
    elif body.money > cost:
        world.acted["body grew"] += body.sv < 1
        body.sv = min(body.sv + p.s_ris, 1.0)


def add(level: dict[str, float], name: str, amount: float) -> None:
    """Add to the level of a lever, within its range."""
    level[name] = levers()[name].within(level[name] + amount)


def reviewing(world: World) -> None:
    """7.3: money moves from hubs and events to the hosts where these are overloaded, and back."""
    p = world.p
    P = {name: lever.price for name, lever in levers().items()}
    for place in world.places:
        level = place.levels
        if level["reviews"] <= 0:
            place.v = 0.0
            continue
        if world.month % max(1, math.floor(12 / level["reviews"] + 1 / 2)) == 0:
            hosts = at_work(world, place)
            minutes, usable = sum(host.L for host in hosts), sum(c_eff(world, host) for host in hosts)
            use = minutes / usable if usable else 0.0
            if use > p.u_hi:
                place.v = within(place.v + p.eta_r)
                world.acted["budget moved to the hosts"] += 1
            elif use < p.u_lo and sum(room(world, place)) / 5 > p.rm_lo:
                world.acted["budget moved back"] += place.v > 0
                place.v = within(place.v - p.eta_r)
        budget, spent = P["hub"] * level["hub"] + P["events"] * level["events"], 0.0
        for name in ("intermediary", "coordination"):
            before = level[name]
            add(level, name, place.v * p.phi_R * budget / 2 / P[name])
            spent += (level[name] - before) * P[name]
        for name in ("hub", "events"):
            level[name] *= 1 - ratio(spent, budget)


def sparking(world: World) -> None:
    """7.5: many participants of many sorts give each other ideas."""
    p = world.p
    for place in world.places:
        n = [place.sorts[t][s] for t in range(3) for s in SKILLS]
        total = sum(n)
        shares = [n_ts / total for n_ts in n if n_ts]
        H = plus(-sum(share * math.log(share) for share in shares) / math.log(15))
        dens = total / place.adults
        place.S = p.sigma_0 * ratio(dens, dens + p.d_0) * H**p.nu_H if total else 0.0
