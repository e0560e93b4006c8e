"""MODEL.md 7.1 and 7.2: people are replaced, and people move."""

from __future__ import annotations

from reference import draws
from reference.draws import choose, draw, f32, probability, screened
from reference.shared import end_all
from reference.start import new_person
from reference.state import DIRECT, LATENT, ONLINE, WORK, Tie, World


def turnover(world: World) -> None:
    """7.1: people are replaced; ties end and nothing sleeps."""
    for i, person in enumerate(world.people):
        if screened(world.seed, i, world.month, draws.TURNOVER) < world.p.tau_0:
            world.acted["replaced"] += 1
            end_all(world, person)
            new_person(world, i, person)


def moving(world: World) -> None:
    """7.2: those who are deeply involved move to the place; first all who want to are found, then they are settled."""
    wishes = {}
    for i in range(len(world.people)):
        k = _wants_to_move(world, i)
        if k is not None:
            wishes[i] = k
    overwritten: set[int] = set()
    for i, k in wishes.items():
        if i in overwritten:
            world.acted["passed over"] += 1
        else:
            overwritten |= _settle(world, i, k)


def _wants_to_move(world: World, i: int) -> int | None:
    """Return the slot of the tie that its person follows, if any."""
    p, pulls = world.p, []
    for tie in world.people[i].slots:
        if tie and tie.stage in (WORK, DIRECT):
            place = world.places[tie.place]
            pulls.append(p.mig_0 * tie.q**2 * place.U * (p.H_0 + p.k_h * place.levels["vacant_houses"]))
        else:
            pulls.append(0.0)
    if screened(world.seed, i, world.month, draws.MOVE) >= probability(sum(pulls)):
        return None
    return choose(pulls, draw(world.seed, i, world.month, draws.MOVE)[1])


def _settle(world: World, i: int, k: int) -> set[int]:
    """Settle the person of row i, who moves to where the tie in slot k leads; return the rows overwritten."""
    mover = world.people[i]
    home, place = mover.home, world.places[mover.slots[k].place]
    if place.r != home and place.residents == 0:
        world.acted["stayed: nobody lives there"] += 1
        return set()
    place.ended += 1  # but no end of a spell
    place.newcomers[world.month] += 1
    if place.r == home:
        mover.slots[k] = None
        world.acted["moved within the home"] += 1
        return set()
    world.acted["moved"] += 1
    u2 = draw(world.seed, i, world.month, draws.MOVE)[2]
    j = place.first + int(u2 * place.residents)
    there = world.people[j]
    end_all(world, there)
    there.x0_level, there.f_level, there.v_level = mover.x0_level, mover.f_level, mover.v_level
    there.skill, there.x, there.b, there.slots = mover.skill, mover.x, mover.b, mover.slots
    there.slots[k] = None
    if all(tie is None or tie.place != home for tie in there.slots):
        q_m = f32(world.p.q_m)
        there.slots[k] = Tie(LATENT, home, q_m, None, world.month, ONLINE, near=False, roots=True)
        world.acted["remembers the old home"] += 1
    for tie in there.slots:
        if tie:
            tie.near = world.tau[place.r][tie.place] < 1
    new_person(world, i, mover)
    return {i, j}
