"""Hosting: who among the local people is asked to look after the next visitor (E10).

    pi_a = (1 - lambda) (n_a + 1)^gamma / sum + lambda spare_a / sum,   spare_a = [c_a^eff - L_a]+
    e = (1 - y) (1 + h_body bodies n5 / (c host places))      factor on the hours of hosts (E11, R06, R13)

Popular hosts are asked more and more; coordination (lambda) asks those who have time left. Hosts who rest
take nobody new. If nobody has time left, popularity alone decides.

| symbol | here |
|---|---|
| gamma, h_body, c | hosting.popularity, body, capacity |
| y, bodies | shocks.damage, levels.host_bodies |
| lambda | levels.coordination |
| n_a | hosts.ties |
| c_a^eff (E11) | usable_minutes() |
| L_a | hosts.minutes of last month |

Reads hosts, regions.understanding, levels, shocks. Writes chances.host, chances.hours. Draws nothing. MODEL.md 7.6.
"""

from __future__ import annotations

from sim.hours import hours_factor, usable_minutes
from sim.jit import kernel
from sim.state import ACTIVE
from sim.world import World


@kernel
def weigh(
    lo,
    hi,
    p,
    host_starts,
    factor,
    coordination,
    understanding,
    status,
    capacity,
    exhaustion,
    minutes,
    ties,
    cdf,
):
    """Fill the cumulative weights of hosts for places [lo, hi)."""
    for r in range(lo, hi):
        popular, spare = 0.0, 0.0
        for a in range(host_starts[r], host_starts[r + 1]):
            if status[a] == ACTIVE:
                popular += (ties[a] + 1.0) ** p.popularity
                spare += max(
                    usable_minutes(p, factor[r], capacity[a], exhaustion[a], understanding[r]) - minutes[a],
                    0.0,
                )
        lam = coordination[r] if spare > 0.0 else 0.0
        total = 0.0
        for a in range(host_starts[r], host_starts[r + 1]):
            if status[a] == ACTIVE:
                total += (1.0 - lam) * (ties[a] + 1.0) ** p.popularity / popular
                if lam > 0.0:
                    left = (
                        usable_minutes(p, factor[r], capacity[a], exhaustion[a], understanding[r])
                        - minutes[a]
                    )
                    total += lam * max(left, 0.0) / spare
            cdf[a] = total


def hosting(w: World) -> None:
    """Decide who is asked this month."""
    h, p, g = w.state.hosts, w.parameters.hosting, w.geometry
    w.chances.hours = hours_factor(w)
    w.crew.each_place(
        weigh, p, g.host_starts, w.chances.hours, w.levels.coordination,
        w.state.regions.understanding, h.status, h.capacity, h.exhaustion, h.minutes, h.ties, w.chances.host,
    )  # fmt: skip
