"""Encounter: how likely a searcher meets somebody of the place, and finds a role (E4, E5, E6).

    C^G = kappa n5 smin(g_U, g_R) (1/2 + chi)      guides: the city side and the local side need each other
    C^H = A_h level n5                              hubs
    C^E = n_e / 12 seats n5                         events
    p_c = psi_c C / (C + D),  p_enc = 1 - (1 - e_0) prod (1 - p_c)
    p_K = K / (K + k_K D_s),  room = K / (K + k_half participants_s)

smin(a, b) = sqrt(2) a b / sqrt(a^2 + b^2) is a smooth minimum, equal to a where a = b.

| symbol | here |
|---|---|
| kappa, chi | encounter.guide_contacts, encounter.guide_link |
| A_h, seats | encounter.hub_contacts, encounter.event_seats |
| psi_G, psi_H, psi_E, e_0 | encounter.guide_yield, hub_yield, event_yield, chance |
| D, D_s | regions.demand: searchers expected, all skills and by skill |
| K | regions.slots |
| k_K, k_half | room.slot_crowding, room.participant_crowding |

Reads regions, census.participants, levels. Writes chances.meeting, hub, event, slot, room. Draws nothing.
MODEL.md 7.3.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import F64
from sim.world import World


def smooth_minimum(a: F64, b: F64) -> F64:
    """Return sqrt(2) a b / sqrt(a^2 + b^2); 0 where both are 0."""
    norm = np.sqrt(a * a + b * b)
    return np.sqrt(2.0) * a * b / np.where(norm > 0.0, norm, 1.0)


def share_met(capacity: F64, demand: F64, best: float) -> F64:
    """Return psi C / (C + D): the saturating chance to be met (E5); 0 without capacity."""
    return best * capacity / np.where(capacity + demand > 0.0, capacity + demand, 1.0)


def open_share(slots: F64, crowd: F64) -> F64:
    """Return K / (K + crowd), 0 without open roles (E6)."""
    return slots / np.where(slots > 0.0, slots + crowd, 1.0)


def encounter(w: World) -> None:
    """Set this month's chances to meet somebody and to find a role."""
    p, n5, lv = w.parameters.encounter, w.geometry.units, w.levels
    demand = w.state.regions.demand.sum(axis=1)
    guides = p.guide_contacts * n5 * smooth_minimum(lv.guides_city, lv.guides_local) * (0.5 + p.guide_link)
    met_guide = share_met(guides, demand, p.guide_yield)
    w.chances.hub = share_met(p.hub_contacts * lv.hub * n5, demand, p.hub_yield)
    w.chances.event = share_met(lv.events / 12.0 * p.event_seats * n5, demand, p.event_yield)
    missed = (1.0 - p.chance) * (1.0 - met_guide) * (1.0 - w.chances.hub) * (1.0 - w.chances.event)
    w.chances.meeting = 1.0 - missed
    find_roles(w)


def find_roles(w: World) -> None:
    """Set the chance to find a role (p_K) and the room for involvement."""
    q, slots = w.parameters.room, w.state.regions.slots
    w.chances.slot = open_share(slots, q.slot_crowding * w.state.regions.demand)
    w.chances.room = open_share(
        slots, q.participant_crowding * w.state.census.participants.astype(np.float64)
    )
