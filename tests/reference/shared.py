"""What several sections of MODEL.md 7 need."""

from __future__ import annotations

import math
from itertools import accumulate

from reference import draws
from reference.draws import choose, draw, f32, ratio
from reference.state import (
    ACTIVE,
    DIRECT,
    EXCHANGE,
    LATENT,
    ONLINE,
    RESTING,
    WORK,
    Host,
    Person,
    Place,
    Tie,
    World,
)


def plus(z: float) -> float:
    """[z]+."""
    return max(z, 0.0)


def within(z: float) -> float:
    """Z, kept within 0-1."""
    return min(max(z, 0.0), 1.0)


def cumulative(weights: list[float]) -> list[float]:
    """Return the cumulative weights."""
    return list(accumulate(weights))


def welcomed(world: World, host: Host) -> float:
    """60 c_a e (1 - u_c + u_c U / 0.7), which is in 7.6 and 7.21."""
    p, place = world.p, world.places[host.place]
    y, bodies = world.shocks.damage[place.r], place.levels["host_bodies"]
    e = (1 - y) * (1 + p.h_body * bodies * place.n5 / (p.c * len(place.hosts)))
    return 60 * host.c * e * (1 - p.u_c + p.u_c * place.U / 0.7)


def c_eff(world: World, host: Host) -> float:
    """Usable minutes of a host (7.6)."""
    return welcomed(world, host) * (1 - host.B)


def room(world: World, place: Place) -> list[float]:
    """Room for involvement by skill (7.7)."""
    n = place.participants
    return [ratio(K, K + world.p.k_half * n_s) for K, n_s in zip(place.K, n, strict=True)]


def at_work(world: World, place: Place) -> list[Host]:
    """Active and resting hosts of a place."""
    return [host for host in (world.hosts[a] for a in place.hosts) if host.status in (ACTIVE, RESTING)]


def a_host(world: World, place: Place, u: float) -> int | None:
    """Choose a host by the cumulative pi within the place (7.6)."""
    index = choose([world.hosts[a].pi for a in place.hosts], u)
    return None if index is None else place.hosts[index]


def role_type(world: World, u: float) -> int:
    """Type of a new tie with a role (7.10)."""
    p = world.p
    return EXCHANGE if u < p.p_V2 else WORK if u < p.p_V2 + p.p_V3 else DIRECT


def event_reach(place: Place) -> float:
    """1 - exp(-n_e (1 - online_share) / 12), which is in 7.15 and 7.20."""
    return 1 - math.exp(-place.levels["events"] * (1 - place.levels["online_share"]) / 12)


def fading(world: World, tie: Tie) -> float:
    """d_q k_kin^[roots], which is in 7.14 and 7.17."""
    return world.p.d_q * (world.p.k_kin if tie.roots else 1.0)


def family(world: World, i: int) -> int | None:
    """Place of the family of whoever lives in a row (7.10), if it is elsewhere."""
    u0, u1, _, _ = draw(world.seed, i, 0, draws.FAMILY)
    if u0 >= world.p.s_kin:
        return None
    r = choose([place.M for place in world.places], u1)
    own = r == world.people[i].home and world.places[r].daily_area
    return None if own else r


def slot_for(person: Person, r: int) -> int:
    """Slot of a new tie (7.10): the latent tie's with the place, the first free, the weakest latent one's."""
    slots = person.slots
    same = [k for k in range(3) if slots[k] and slots[k].place == r]
    free = [k for k in range(3) if slots[k] is None]
    latent = [k for k in range(3) if slots[k] and not slots[k].live]
    return (same or free or sorted(latent, key=lambda k: slots[k].q))[0]


def begin(world: World, i: int, r: int, stage: int, q: float, host: int | None) -> Tie:
    """Begin a tie of the person in row i (7.10), or bring back a latent one with the same place."""
    person = world.people[i]
    k = slot_for(person, r)
    old, roots = person.slots[k], family(world, i) == r
    if old and old.place == r:
        q, roots = max(q, old.q), roots or old.roots
        world.places[r].returned += 1
        world.acted["came back by a search online" if stage == ONLINE else "came back by a search"] += 1
    else:
        world.places[r].started += 1
        world.acted["pushed out of memory"] += old is not None
    near = world.tau[person.home][r] < 1
    person.slots[k] = Tie(stage, r, f32(q), host, world.month, stage, near, roots=roots)
    world.acted[f"began as {stage}"] += 1
    world.acted["began with roots"] += roots
    return person.slots[k]


def end(world: World, person: Person, k: int, u_sleeps: float) -> None:
    """End a live tie (7.19): it sleeps and keeps q, or the slot is free."""
    tie = person.slots[k]
    world.places[tie.place].ended += 1
    world.spells.append((tie.start, tie.near, world.month - tie.born))
    if u_sleeps < world.p.p_lat * min(1, 2 * tie.q):
        tie.stage, tie.host = LATENT, None
        world.acted["fell asleep"] += 1
    else:
        person.slots[k] = None
        world.acted["dropped"] += 1


def end_all(world: World, person: Person) -> None:
    """End the live ties of somebody who is gone (7.1): nothing sleeps, and all slots are emptied."""
    for k, tie in enumerate(person.slots):
        if tie and tie.live:
            end(world, person, k, math.inf)
    person.slots = [None, None, None]


def has_room_for_a_tie(person: Person) -> bool:
    """Whether a slot is free or latent."""
    return len(person.live) < 3
