"""Encounter: how likely a searcher meets somebody of the place, and finds a role (E4, E5, E6).

    C^G = kappa n5 smin(g_U e_U, g_R e_R) (1/2 + chi)     guides: the sides need each other; e = F m z / e_G
    C^H = A_h hub days / 20 (1/2 + story) n5              hubs; their yield grows with greeting: min(1, 2 psi_H greeting)
    C^E = n_e / 12 (1 - online) seats (1/2 + story) n5    events
    C^D = k_desk desk n5                                  reception desk
    C^V = k_V (sessions + n_e / 12 online) 2 story n5     online
    p_c = psi_c C / (C + D),  p_enc = 1 - (1 - e_0) prod (1 - p_c),  found = 1 - (1 - e_0V) (1 - p_V)
    p_K = K / (K + k_K (1 - k_m matching) (1 - k_sh min(1, hub shown / 30)) D_s),  room = K / (K + k_half participants_s)
    strength of a new tie  q_0 (1 + b_z (zbar - 1/2))

smin(a, b) = sqrt(2) a b / sqrt(a^2 + b^2) is a smooth minimum, equal to a where a = b.

| symbol | here |
|---|---|
| kappa, A_h, seats, k_desk | encounter.guide_contacts, hub_contacts, event_seats, desk |
| psi_G, psi_H, psi_E, e_0 | encounter.guide_yield, hub_yield, event_yield, chance |
| k_V, psi_V, e_0V | online.session, online.best, search.online_chance |
| F, m, z, chi | regions.posts, motivation, guide_skill, link; e_G is guides.usual_team |
| D, D_s, D_V | regions.demand (all skills, by skill), demand_online |
| K | regions.slots |
| k_K, k_half, k_m, k_sh | room.slot_crowding, participant_crowding, matching, shown |
| q_0, b_z | newtie.strength, guide_skill |

Reads regions, census.participants, levels. Writes chances.meeting, introductions, hub, event, session, found, first, slot,
room. Draws nothing. MODEL.md 7.7.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import F64
from sim.room import open_share, room_by_skill
from sim.state import CITY_SIDE, LOCAL_SIDE
from sim.world import World

SHOWN = 30.0
"""Roles on show in one hub per 5,000 adults that ease the search as far as showing can."""


def smooth_minimum(a: F64, b: F64) -> F64:
    """Return sqrt(2) a b / sqrt(a^2 + b^2); 0 where both are 0."""
    norm = np.sqrt(a * a + b * b)
    return np.sqrt(2.0) * a * b / np.where(norm > 0.0, norm, 1.0)


def share_met(capacity: F64, demand: F64, best: F64 | float) -> F64:
    """Return psi C / (C + D): the saturating chance to be met (E5); 0 without capacity."""
    return best * capacity / np.where(capacity + demand > 0.0, capacity + demand, 1.0)


def encounter(w: World) -> None:
    """Set this month's chances to meet somebody and to find a role."""
    p, n5, lv, c = w.parameters.encounter, w.geometry.units, w.levels, w.chances
    demand, told = w.state.regions.demand.sum(axis=1), 0.5 + lv.story
    met_guide = share_met(guides(w), demand, p.guide_yield)
    hub_yield = np.minimum(1.0, 2.0 * p.hub_yield * lv.greeting)
    c.hub = share_met(p.hub_contacts * lv.hub * lv.open_days / 20.0 * told * n5, demand, hub_yield)
    seats = lv.events / 12.0 * (1.0 - lv.online_share) * p.event_seats * told * n5
    c.event = share_met(seats, demand, p.event_yield)
    met_desk = share_met(p.desk * lv.reception_desk * n5, demand, p.guide_yield)
    missed = (1.0 - p.chance) * (1.0 - met_guide) * (1.0 - c.hub) * (1.0 - c.event) * (1.0 - met_desk)
    c.meeting = 1.0 - missed
    c.introductions = met_guide * demand
    skill = w.state.regions.guide_skill.mean(axis=1)
    new = w.parameters.newtie
    c.first = np.clip(new.strength * (1.0 + new.guide_skill * (skill - 0.5)), 0.0, 1.0)
    find_roles(w)
    meet_online(w)


def guides(w: World) -> F64:
    """Return the introductions that guides can make (E4, E24) (R,)."""
    p, lv, reg = w.parameters.encounter, w.levels, w.state.regions
    able = reg.posts * reg.motivation * reg.guide_skill / w.parameters.guides.usual_team
    team = smooth_minimum(lv.guides_city * able[:, CITY_SIDE], lv.guides_local * able[:, LOCAL_SIDE])
    return np.asarray(p.guide_contacts * w.geometry.units * team * (0.5 + reg.link))


def find_roles(w: World) -> None:
    """Set the chance to find a role (p_K) and the room for involvement."""
    q, reg, lv = w.parameters.room, w.state.regions, w.levels
    eased = (1.0 - q.matching * lv.matching) * (
        1.0 - q.shown * np.minimum(1.0, lv.hub * lv.slots_shown / SHOWN)
    )
    w.chances.slot = open_share(reg.slots, q.slot_crowding * eased[:, None] * reg.demand)
    w.chances.room = room_by_skill(w)


def meet_online(w: World) -> None:
    """Set the chances of sessions online, and of a tie without visits."""
    p, lv, c = w.parameters.online, w.levels, w.chances
    sessions = lv.virtual_hub + lv.events / 12.0 * lv.online_share
    capacity = p.session * sessions * 2.0 * lv.story * w.geometry.units
    c.session = share_met(capacity, w.state.regions.demand_online, p.best)
    c.found = 1.0 - (1.0 - w.parameters.search.online_chance) * (1.0 - c.session)
