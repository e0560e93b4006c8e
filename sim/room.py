"""The room for involvement (関わりしろ): how many open roles there are for those who want one (E6)."""

from __future__ import annotations

import numpy as np

from sim.arrays import F64
from sim.world import World


def open_share(slots: F64, crowd: F64) -> F64:
    """Return K / (K + crowd), 0 without open roles (E6)."""
    return slots / np.where(slots > 0.0, slots + crowd, 1.0)


def room_by_skill(w: World) -> F64:
    """Return the room for involvement by place and skill (R, 5): K / (K + k_half participants)."""
    participants = w.state.census.participants.sum(axis=1)
    crowd = w.parameters.room.participant_crowding * participants.astype(np.float64)
    return open_share(w.state.regions.slots, crowd)
