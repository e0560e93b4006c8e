"""Understanding: residents come to understand those who come, or lose patience (E23).

    U' = U + a_U (results + c_U + info) (1 - U) / 2 - 2 b_U [crowd - tol]+ U - a_U (Bbar + u_f) U
    results = min(1, work / adults / k_resu),  info = (k_gat gatherings + k_let newsletters) / 24,  crowd = visits / adults

| symbol | here |
|---|---|
| U | regions.understanding |
| a_U, b_U, tol, c_U, u_f | understanding.learning, crowding, bearable, goodwill, fading |
| k_resu, k_gat, k_let | understanding.results, gatherings, newsletters |
| work, visits | tally.work (halves), tally.visits |
| Bbar | mean of hosts.exhaustion over active and resting hosts |

Reads tally, hosts, levels. Writes regions.understanding, regions.visited. Draws nothing. MODEL.md 7.25.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import F64
from sim.state import ACTIVE, RESTING
from sim.world import World


def understanding(w: World) -> None:
    """Let residents' understanding grow or fade."""
    p, reg, lv = w.parameters.understanding, w.state.regions, w.levels
    adults = np.maximum(w.geometry.adults, 1e-9)
    results = np.minimum(1.0, w.tally.work.sum(axis=1) / 2.0 / adults / p.results)
    info = (p.gatherings * lv.gatherings + p.newsletters * lv.newsletters) / 24.0
    crowd = np.maximum(w.tally.visits / adults - p.bearable, 0.0)
    u = reg.understanding
    grown = p.learning * (results + p.goodwill + info) * (1.0 - u) / 2.0
    lost = 2.0 * p.crowding * crowd * u + p.learning * (mean_exhaustion(w) + p.fading) * u
    reg.understanding[...] = np.clip(u + grown - lost, 0.0, 1.0)
    reg.visited[...] = w.tally.visits


def mean_exhaustion(w: World) -> F64:
    """Return the mean exhaustion of hosts at work (R,); 0 where there are none."""
    h = w.state.hosts
    home = w.geometry.host_home
    at_work = (h.status == ACTIVE) | (h.status == RESTING)
    total = np.bincount(home, weights=h.exhaustion.astype(np.float64) * at_work, minlength=len(w.places))
    hosts = np.bincount(home, weights=at_work, minlength=len(w.places))
    return np.divide(total, hosts, out=np.zeros(len(w.places)), where=hosts > 0.0)
