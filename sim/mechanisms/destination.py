"""Destination: which places people of each home have in mind (E3).

    P(r | h) = M_r exp(-beta_tau tau_hr) G_r (1 + b_loc e / 12 [near])
               (1 + b_peer n_hr + b_out a / (1 + n_hr)) / sum
    M_r = adults_r density_r^-delta,   G_r = exp(beta_tau saved / 60) (1 + g)
    P_V(r) = M_r (1 + b_tax yen) (1 + b_st sessions story) / sum                     without visits

n_hr is the number of live ties to r among 100 people of h: people go where their neighbours go, unless a place
reaches out to those who know nobody there. News of a disaster draws strangers (g).

| symbol | here |
|---|---|
| M_r exp(-beta_tau tau) | geometry.pull |
| b_peer, b_loc, b_out | search.peer_choice, local, outreach |
| b_tax, b_st | online.campaign, story |
| e, a, saved, yen, sessions, story | levels.local_exchange, outreach, transport, tax_campaign, virtual_hub, story |
| g | shocks.strangers |
| n_hr | census.neighbours per 100 residents |

Reads census.neighbours, levels, shocks. Writes chances.destination, online. Draws nothing. MODEL.md 7.8.
"""

from __future__ import annotations

import numpy as np

from sim.jit import kernel
from sim.numeric import exp
from sim.world import World


@kernel
def weigh(lo, hi, peer_choice, starts, pull, near, favour, local, unknown, neighbours, cdf):
    """Fill the cumulative weights of places for homes [lo, hi)."""
    for h in range(lo, hi):
        residents = max(starts[h + 1] - starts[h], 1)
        total = 0.0
        for r in range(pull.shape[1]):
            known = 100.0 / residents * neighbours[h, r]
            weight = pull[h, r] * favour[r] * (local[r] if near[h, r] else 1.0)
            total += weight * (1.0 + peer_choice * known + unknown[r] / (1.0 + known))
            cdf[h, r] = total


def destination(w: World) -> None:
    """Set this month's weights of places."""
    g, lv, p = w.geometry, w.levels, w.parameters.search
    favour = exp(p.distance * lv.transport / 60.0) * (1.0 + w.shocks.strangers)
    w.crew.each_place(
        weigh, p.peer_choice, g.starts, g.pull, g.near, favour,
        1.0 + p.local * lv.local_exchange / 12.0, p.outreach * lv.outreach, w.state.census.neighbours,
        w.chances.destination,
    )  # fmt: skip
    o = w.parameters.online
    w.chances.online = np.cumsum(
        g.mass * (1.0 + o.campaign * lv.tax_campaign) * (1.0 + o.story * lv.virtual_hub * lv.story)
    )
