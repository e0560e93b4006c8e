"""Attention: what visitors cost together is spread over hosts, and hosts look after as many as they can (E9, E11).

    pooled = hobby visits + h_0 (met but no role) + h_E (n_e / 12) n5        spread by pi_a (E10)
    c_a^eff = c_a (1 - u_c + u_c U / 0.7) (1 - B_a),   att_a = min(1, c_a^eff / L_a)

| symbol | here |
|---|---|
| h_0, h_E | load.unmatched, load.event_overhead |
| pi_a | differences of chances.host |
| L_a | hosts.minutes |
| att_a | chances.attention |

Reads tally, hosts, regions.understanding, levels. Writes hosts.minutes, hosts.past, chances.attention.
Draws nothing. MODEL.md 7.12.
"""

from __future__ import annotations

import numpy as np

from sim.hours import usable_minutes
from sim.jit import kernel
from sim.state import ACTIVE, RESTING, YEAR
from sim.world import World


@kernel
def spread(
    lo, hi, p, host_starts, pooled, cdf, understanding, status, capacity, exhaustion, named,
    month, minutes, past, attention,
):  # fmt: skip
    """Add the pooled minutes of places [lo, hi) to their hosts and set attention."""
    for r in range(lo, hi):
        given = 0
        last = host_starts[r + 1] - 1
        for a in range(host_starts[r], last + 1):
            upto = int(pooled[r] * (cdf[a] / cdf[last]) + 0.5) if cdf[last] > 0.0 else 0
            minutes[a] = named[a] + upto - given
            given = upto
            past[a, month % YEAR] = minutes[a]
            attention[a] = 1.0
            if (status[a] == ACTIVE or status[a] == RESTING) and minutes[a] > 0:
                usable = usable_minutes(p, capacity[a], exhaustion[a], understanding[r])
                attention[a] = min(1.0, usable / minutes[a])


def attention(w: World) -> None:
    """Complete the month's load and set attention."""
    load, h = w.parameters.load, w.state.hosts
    events = 60.0 * load.event_overhead * w.levels.events / 12.0 * w.geometry.units
    pooled = np.rint(w.tally.pooled / 60.0 + 60.0 * load.unmatched * w.tally.unmatched + events).astype(
        np.int64
    )
    spread(
        0, len(w.places), w.parameters.hosting, w.geometry.host_starts, pooled, w.chances.host,
        w.state.regions.understanding, h.status, h.capacity, h.exhaustion, w.tally.minutes,
        w.month, h.minutes, h.past, w.chances.attention,
    )  # fmt: skip
