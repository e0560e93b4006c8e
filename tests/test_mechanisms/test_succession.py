"""Succession (E19): stops with hazard w_0 exp(k_B B); empty places are filled with hazard g_0 U; rests above B_rest,
takes people again below B_back; a place whose host is gone becomes empty.

k_B 4, B_rest 0.7, B_back 0.3.
"""

from __future__ import annotations

import numpy as np
import pytest
import worlds

from sim.mechanisms.succession import succession
from sim.state import ACTIVE, EMPTY, GONE, RESTING

HOSTS = 2000
NOBODY_STOPS = {"succession__withdrawal": 0.0}


def succeed(status=ACTIVE, tired=0.0, understanding=0.7, **changes):
    """Return the 2,000 hosts of 10,000 people after a month."""
    w = worlds.bare(10_000, hosting__understanding=understanding, **changes)
    assert len(w.state.hosts.status) == HOSTS
    w.state.hosts.status[...], w.state.hosts.exhaustion[...] = status, tired
    w.state.hosts.past[...] = 99
    worlds.act(w, succession)
    return w.state.hosts


# B, w_0: probability to stop
TABLE = [
    (0.0, 0.2, 0.181269),
    (0.25, 0.2, 0.419379),  # 0.2 e
    (1.0, 0.002, 0.103437),  # 0.002 e^4 = 0.109196
    (0.0, 0.002, 0.001998),
]


@pytest.mark.parametrize(("tired", "base", "probability"), TABLE)
def test_hosts_stop_with_the_probability_worked_by_hand(tired, base, probability):
    h = succeed(tired=tired, succession__withdrawal=base, succession__withdrawal_tired=4.0)
    assert worlds.is_likely((h.status == GONE).sum(), HOSTS, probability)


@pytest.mark.parametrize(("understanding", "probability"), [(0.7, 0.295312), (0.2, 0.095163), (0.0, 0.0)])
def test_empty_places_are_filled_with_the_probability_worked_by_hand(understanding, probability):
    """g_0 0.5: hazards 0.35, 0.1, 0."""
    h = succeed(EMPTY, understanding=understanding, succession__recruitment=0.5)
    filled = h.status == ACTIVE
    assert worlds.is_likely(filled.sum(), HOSTS, probability)
    assert ((h.status == ACTIVE) | (h.status == EMPTY)).all()
    assert (h.past[filled] == 0).all()
    assert (h.past[~filled] == 99).all()


@pytest.mark.parametrize(
    ("status", "tired", "expected"),
    [(ACTIVE, 0.71, RESTING), (ACTIVE, 0.69, ACTIVE), (RESTING, 0.31, RESTING), (RESTING, 0.29, ACTIVE),
     (ACTIVE, 0.5, ACTIVE), (RESTING, 0.5, RESTING)],
)  # fmt: skip
def test_hosts_rest_and_return_at_the_limits_worked_by_hand(status, tired, expected):
    assert (succeed(status, tired, **NOBODY_STOPS).status == expected).all()


def test_place_of_a_gone_host_is_empty_and_rested():
    h = succeed(GONE, 0.9, succession__recruitment=100.0)
    assert (h.status == EMPTY).all()
    assert (h.exhaustion == 0.0).all()


def test_new_hosts_are_rested_and_draw_hours_and_openness_of_their_own():
    """Hours have mean 10 x 1 (lognormal scaled to its mean) and sd 10 sqrt(e^0.64 - 1) = 9.47 at sigma_c 0.8."""
    w_hours = {"hosting__capacity": 10.0, "hosting__capacity_spread": 0.8, "succession__recruitment": 100.0}
    h = succeed(EMPTY, 0.9, **w_hours)
    assert (h.status == ACTIVE).all()
    assert (h.exhaustion == 0.0).all()
    assert abs(h.capacity.mean() - 10.0) < 5 * 9.47 / np.sqrt(HOSTS)
    assert len(np.unique(h.capacity)) > 500
    assert abs(h.openness.mean() - 0.35) < 5 * 0.2 / np.sqrt(HOSTS)


def test_nobody_stops_or_follows_at_hazard_0():
    assert (succeed(tired=0.5, **NOBODY_STOPS).status == ACTIVE).all()
    assert (succeed(EMPTY, succession__recruitment=0.0).status == EMPTY).all()


def test_tired_hosts_stop_sooner():
    rested, tired = (succeed(tired=b, succession__withdrawal=0.05).status == GONE for b in (0.1, 0.6))
    assert not (rested & ~tired).any()
    assert tired.sum() > 2 * rested.sum()
