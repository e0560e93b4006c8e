"""The quality of a contact (E12), from which ties grow and people gain."""

from __future__ import annotations

import numpy as np

from sim.arrays import F64
from sim.jit import helper
from sim.state import HOBBY
from sim.world import World


@helper
def hosted_quality(best, bonus, attention, exhaustion, understanding, shown, openness, style):
    """Return Q of a contact that a host looks after (E12), at most 1."""
    q = best * attention * (1.0 - exhaustion / 2.0) * (0.5 + understanding / 2.0)
    return min(1.0, q * (1.0 + bonus * shown * openness) * style)


@helper
def quality(st, best, bonus, a, attention, exhaustion, understanding, shown, openness, style):
    """Return Q of a contact of a tie of type `st` with host row a (E12); without a host it is the type's own."""
    if st <= HOBBY:
        return best[st]
    return hosted_quality(
        best[st],
        bonus,
        attention[a],
        np.float64(exhaustion[a]),
        understanding,
        np.float64(shown[a]),
        openness,
        style,
    )


def best_qualities(w: World) -> F64:
    """Return Q_st by type of tie (6,)."""
    p = w.parameters.strength
    return np.array(
        [0.0, p.quality_online, p.quality_hobby, p.quality_exchange, p.quality_work, p.quality_direct]
    )


def hosting_style(w: World) -> F64:
    """Return what joint daily work and matching by skill do to Q: (1 + b_o o) (1 - b_m (1 - matching)) (R,)."""
    p, lv = w.parameters.strength, w.levels
    return (1.0 + p.shared_doing * lv.shared_doing) * (1.0 - p.matching * (1.0 - lv.matching))
