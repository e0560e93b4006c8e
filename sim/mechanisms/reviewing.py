"""Reviewing: where hosts are overloaded, money moves from hubs and events to them, and back (E25c).

    every round(12 / reviews) months:  v + eta_r if use > u_hi;  v - eta_r if use < u_lo and room > rm_lo;  0-1
    freed = v phi_R (P_hub hub + P_events events);  half buys intermediary staff, half sharing of the hosting, each as far
    as its lever goes; hubs and events shrink in proportion by what is spent

Yen at the levers' prices stay what they were.

| symbol | here |
|---|---|
| v | regions.shifted |
| u_hi, u_lo, rm_lo, eta_r, phi_R | review.too_full, slack, open_enough, step, movable |
| use | minutes of last month over usable minutes of hosts at work |
| room | K / (K + k_half participants), mean over skills |
| P | prices of the levers |

Reads hosts, regions, census.participants, levels. Writes regions.shifted, levels.hub, events, intermediary,
coordination. Draws nothing. MODEL.md 7.3.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import F64
from sim.hours import hours_factor, mean_use
from sim.levers import levers
from sim.room import room_by_skill
from sim.state import YEAR
from sim.world import World


def reviewing(w: World) -> None:
    """Look at the figures where a review is due, and set this month's levels."""
    p, reg, reviews = w.parameters.review, w.state.regions, w.levels.reviews
    if not reviews.any():
        reg.shifted[...] = 0.0
        return
    every = np.maximum(1, np.floor(YEAR / np.where(reviews > 0.0, reviews, 1.0) + 0.5).astype(np.int64))
    due = (reviews > 0.0) & (w.month % every == 0)
    use = mean_use(w, hours_factor(w))
    eased = (use < p.slack) & (room_by_skill(w).mean(axis=1) > p.open_enough)
    step = np.where(use > p.too_full, p.step, np.where(eased, -p.step, 0.0))
    reg.shifted[...] = np.clip(np.where(reviews > 0.0, reg.shifted + due * step, 0.0), 0.0, 1.0)
    shift(w, p.movable * reg.shifted)


def shift(w: World, share: F64) -> None:
    """Move a share of the money for hubs and events to staff and sharing, as far as the levers' ranges go."""
    lv, known = w.levels, levers()
    budget = known["hub"].price * lv.hub + known["events"].price * lv.events
    helped, shared = (
        np.minimum(share * budget / 2.0 / known[name].price, known[name].high - getattr(lv, name))
        for name in ("intermediary", "coordination")
    )
    spent = helped * known["intermediary"].price + shared * known["coordination"].price
    left = 1.0 - np.divide(spent, budget, out=np.zeros_like(budget), where=budget > 0.0)
    w.levels = lv._replace(
        hub=lv.hub * left,
        events=lv.events * left,
        intermediary=lv.intermediary + helped,
        coordination=lv.coordination + shared,
    )
