"""Attention: what visitors cost together is spread over hosts, and hosts look after as many as they can (E9, E11).

    asked = hobby visits + h_0 (met but no role) + h_E (n_e / 12) (1 - (1 - h_EV) online) n5
    pooled = [asked - staff hours]+        spread by pi_a (E10); what staff have left is taken off the hosts' own visitors
    c_a^eff = c_a e (1 - u_c + u_c U / 0.7) (1 - B_a),   att_a = min(1, c_a^eff / L_a)

| symbol | here |
|---|---|
| h_0, h_E, h_EV, h_S | load.unmatched, event_overhead, online_event, staff |
| n_e, online | levels.events, online_share; staff hours h_S (levels.staff + reception_desk) n5 |
| e | chances.hours |
| pi_a | differences of chances.host |
| L_a | hosts.minutes |
| att_a | chances.attention |

Reads tally, hosts, regions.understanding, levels, chances. Writes hosts.minutes, hosts.past, chances.attention.
Draws nothing. MODEL.md 7.16.
"""

from __future__ import annotations

import numpy as np

from sim.hours import usable_minutes
from sim.jit import kernel
from sim.state import ACTIVE, RESTING, YEAR
from sim.world import World

MOST_REMEMBERED = 65_535
"""Minutes of a month that a host's past can hold: 1,092 hours, more than a month has."""


@kernel
def spread(
    lo, hi, p, host_starts, pooled, spared, cdf, factor, understanding, status, capacity, exhaustion, named,
    month, minutes, past, attention,
):  # fmt: skip
    """Add the pooled minutes of places [lo, hi) to their hosts and set attention."""
    for r in range(lo, hi):
        given = 0
        last = host_starts[r + 1] - 1
        for a in range(host_starts[r], last + 1):
            upto = int(pooled[r] * (cdf[a] / cdf[last]) + 0.5) if cdf[last] > 0.0 else 0
            minutes[a] = int(named[a] * (1.0 - spared[r]) + 0.5) + upto - given
            given = upto
            past[a, month % YEAR] = min(minutes[a], MOST_REMEMBERED)
            attention[a] = 1.0
            if (status[a] == ACTIVE or status[a] == RESTING) and minutes[a] > 0:
                usable = usable_minutes(p, factor[r], capacity[a], exhaustion[a], understanding[r])
                attention[a] = min(1.0, usable / minutes[a])


def attention(w: World) -> None:
    """Complete the month's load and set attention."""
    load, h, lv, g = w.parameters.load, w.state.hosts, w.levels, w.geometry
    events = (
        60.0
        * load.event_overhead
        * lv.events
        / 12.0
        * (1.0 - (1.0 - load.online_event) * lv.online_share)
        * g.units
    )
    asked = w.tally.pooled / 60.0 + 60.0 * load.unmatched * w.tally.unmatched + events
    staff = 60.0 * load.staff * (lv.staff + lv.reception_desk) * g.units
    left = np.maximum(staff - asked, 0.0)
    home = w.geometry.host_home
    named = np.bincount(home, weights=w.tally.minutes, minlength=len(w.places))
    spared = np.minimum(1.0, np.divide(left, named, out=np.zeros_like(left), where=named > 0.0))
    spread(
        0, len(w.places), w.parameters.hosting, g.host_starts, np.rint(np.maximum(asked - staff, 0.0)).astype(np.int64),
        spared, w.chances.host, w.chances.hours, w.state.regions.understanding, h.status, h.capacity, h.exhaustion, w.tally.minutes,
        w.month, h.minutes, h.past, w.chances.attention,
    )  # fmt: skip
