"""Destination: which places people of each home have in mind (E3).

    P(r | h) = M_r exp(-beta_tau tau_hr) (1 + b_peer n_hr) / sum,   M_r = adults_r density_r^-delta

n_hr is the number of live ties to r among 100 people of h: people go where their neighbours go.

| symbol | here |
|---|---|
| M_r exp(-beta_tau tau) | geometry.pull |
| b_peer | search.peer_choice |
| n_hr | census.neighbours per 100 residents |

Reads census.neighbours. Writes chances.destination. Draws nothing. MODEL.md 7.4.
"""

from __future__ import annotations

from sim.jit import kernel
from sim.world import World


@kernel
def weigh(lo, hi, peer_choice, starts, pull, neighbours, cdf):
    """Fill the cumulative weights of places for homes [lo, hi)."""
    for h in range(lo, hi):
        residents = max(starts[h + 1] - starts[h], 1)
        per_tie = peer_choice * 100.0 / residents
        total = 0.0
        for r in range(pull.shape[1]):
            total += pull[h, r] * (1.0 + per_tie * neighbours[h, r])
            cdf[h, r] = total


def destination(w: World) -> None:
    """Set this month's weights of places."""
    g = w.geometry
    weigh(
        0, len(w.places), w.parameters.search.peer_choice, g.starts, g.pull, w.state.census.neighbours,
        w.chances.destination,
    )  # fmt: skip
