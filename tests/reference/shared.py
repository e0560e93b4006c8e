"""What several sections of MODEL.md 7 need."""

from __future__ import annotations

import math

from reference.draws import choose, f32
from reference.start import (
    DIRECT,
    EXCHANGE,
    LATENT,
    ONLINE,
    WORK,
    Host,
    Person,
    Place,
    Tie,
    World,
)


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
