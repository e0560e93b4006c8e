"""The quality of a contact (E12), from which ties grow and people gain.

    Q = min(1, Q_st att (1 - B / 2) (1/2 + U / 2) (1 + b_o o) (1 - b_m (1 - matching)) (1 + b_w w v))

All but Q_st and v depends on the host alone, so that it is worked out once a host and month (`care`, `shown`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.arrays import F64
from sim.jit import inlined
from sim.state import HOBBY
from sim.world import World


class Care(NamedTuple):
    """What the quality of a contact depends on."""

    best: F64
    """Q_st by type of tie (6,)."""
    host: F64
    """What a host's attention, rest, place and way of hosting leave of it (A,)."""
    shown: F64
    """b_w w, what a host's disclosure can add (A,)."""


@inlined
def contact_quality(best, host, shown, openness, st):
    """Return Q of a contact of a tie of type `st` (E12); without a host it is the type's own, Q_st."""
    hosted = min(1.0, best * host * (1.0 + shown * openness))
    return best if st <= HOBBY else hosted


def care_of_hosts(w: World) -> Care:
    """Return what the quality of a contact depends on this month."""
    p, lv, h = w.parameters.strength, w.levels, w.state.hosts
    style = (1.0 + p.shared_doing * lv.shared_doing) * (1.0 - p.matching * (1.0 - lv.matching))
    welcome = (0.5 + w.state.regions.understanding / 2.0) * style
    home = w.geometry.host_home
    return Care(
        best=np.array(
            [0.0, p.quality_online, p.quality_hobby, p.quality_exchange, p.quality_work, p.quality_direct]
        ),
        host=w.chances.attention * (1.0 - h.exhaustion.astype(np.float64) / 2.0) * welcome[home],
        shown=p.weakness_bonus * h.openness.astype(np.float64),
    )
