"""MODEL.md 7.25 to 7.28: residents and guides; the census."""

from __future__ import annotations

from reference.draws import ratio
from reference.shared import at_work, plus, within
from reference.state import EXCHANGE, ONLINE, Guides, Place, World


def understanding(world: World) -> None:
    """7.25: residents see results, hear of them, meet those who come, or find them too many."""
    p = world.p
    for place in world.places:
        level, U = place.levels, place.U
        results = min(1.0, sum(place.work) / place.adults / p.k_resu)
        info = p.k_gat * level["gatherings"] / 24 + p.k_let * level["newsletters"] / 24
        crowd = place.visits / place.adults
        hosts = at_work(world, place)
        Bbar = ratio(sum(host.B for host in hosts), len(hosts))
        world.acted["too many visitors"] += crowd > p.tol
        U_new = U + p.a_U * (results + p.c_U + info) * (1 - U) / 2 - 2 * p.b_U * plus(crowd - p.tol) * U
        place.U = within(U_new - p.a_U * (Bbar + p.u_f) * U)


def leading(world: World) -> None:
    """7.26: residents take the lead by sparks, and lose it where others do the work."""
    p = world.p
    for place in world.places:
        work, R, U = sum(place.work), place.R, place.U
        out = ratio(work, work + p.k_res * place.adults)
        world.acted["lead crowded out"] += out > p.out_0
        R_new = R + p.g_R * U * place.S * (1 - R) - p.k_c * plus(out - p.out_0) * (1 - U) * R
        place.R = within(R_new + p.d_R * (p.R_0 - R))


def guiding(world: World) -> None:
    """7.27: guides gain and lose heart, learn, leave and are followed by others."""
    p = world.p
    for place in world.places:
        level = place.levels
        success = ratio(sum(place.taken), place.met)
        for side, name in zip(place.guides, ("guides_city", "guides_local"), strict=True):
            _guides(world, place, side, level[name], success)
        chi = place.chi
        place.chi = chi + p.k_chi * level["guide_meetings"] / 12 * (1 - chi) - p.d_chi * chi


def _guides(world: World, place: Place, side: Guides, guides: float, success: float) -> None:
    p, level = world.p, place.levels
    F, m, z = side.F, side.m, side.z
    asked = ratio(place.introductions, p.kappa * place.n5 * guides * F)
    world.acted["guides overloaded"] += asked > p.b_G
    lost = p.v_0 + p.v_m * (1 - m) ** 2
    m_new = m + p.a_m * (p.m_0 - m) + p.r_m * (level["guide_recognition"] / 5 + success - p.s_G)
    side.m = within(m_new - p.o_m * plus(asked - p.b_G))
    z_new = z + p.l_z * level["guide_training"] / 12 * (1 - z) - p.d_z * z
    side.z = within(z_new - lost * plus(z - p.z_n))
    side.F = within(F + p.r_F * (1 - F) - lost * F)


def census(world: World) -> None:
    """7.28: what next month needs of the people and ties is counted anew."""
    for place in world.places:
        place.tied = place.supporters = 0
        place.sorts = [[0] * 5 for _ in range(3)]
        place.visits_before = place.visits
    for host in world.hosts:
        host.n = 0
    world.neighbours = [[0] * len(world.places) for _ in world.places]
    for person in world.people:
        world.places[person.home].tied += bool(person.live)
        for tie in person.live:
            world.neighbours[person.home][tie.place] += 1
            world.places[tie.place].supporters += tie.stage == ONLINE
            if tie.involved:
                world.places[tie.place].sorts[tie.stage - EXCHANGE][person.skill] += 1
                world.hosts[tie.host].n += 1
