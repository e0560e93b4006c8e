"""Openness: hosts learn to say what they lack when somebody answers, and fall silent when tired (E21).

    w' = w + l_w (answered (1 - w) - (1 - answered) w / 2) - k_sil [B - 1/2]+ w + d_w (w_a - w)
         + (k_dis workshops / 12 + l_S S) (1 - w)
    answered = roles taken / (taken + withdrawn), remembered over n_ans months

| symbol | here |
|---|---|
| w, B | hosts.openness, hosts.exhaustion |
| l_w, k_sil, n_ans | openness.learning, tired_silence, window |
| d_w, w_a, k_dis, l_S | openness.reversion, mean, workshop, spark |
| workshops, S | levels.disclosure, chances.spark |
| taken, withdrawn | regions.taken, regions.expired |

Reads hosts, regions. Writes hosts.openness. Draws nothing. MODEL.md 7.24.
"""

from __future__ import annotations

import numpy as np

from sim.jit import helper, kernel
from sim.state import EMPTY
from sim.world import World


@helper
def learnt(p, w, answered, opened, exhaustion):
    """Return w after a month (E21)."""
    lesson = p.learning * (answered * (1.0 - w) - (1.0 - answered) * w / 2.0)
    silence = p.tired_silence * max(exhaustion - 0.5, 0.0) * w
    return min(1.0, max(0.0, w + lesson - silence + p.reversion * (p.mean - w) + opened * (1.0 - w)))


@kernel
def learn(lo, hi, p, host_starts, answered, opened, status, exhaustion, openness):
    """Let the hosts of places [lo, hi) learn."""
    for r in range(lo, hi):
        for a in range(host_starts[r], host_starts[r + 1]):
            if status[a] != EMPTY:
                openness[a] = learnt(
                    p, np.float64(openness[a]), answered[r], opened[r], np.float64(exhaustion[a])
                )


def openness(w: World) -> None:
    """Let hosts learn from answers."""
    reg, h = w.state.regions, w.state.hosts
    asked = reg.taken + reg.expired
    answered = np.divide(reg.taken, asked, out=np.zeros_like(asked), where=asked > 0.0)
    p = w.parameters.openness
    opened = p.workshop * w.levels.disclosure / 12.0 + p.spark * w.chances.spark
    learn(
        0, len(w.places), p, w.geometry.host_starts, answered, opened, h.status, h.exhaustion, h.openness
    )  # fmt: skip
