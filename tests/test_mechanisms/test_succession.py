"""Succession (E19): stops with hazard w_0 exp(k_B B); empty places are filled with hazard (g_0 U + g_S S)(1/2 + R) +
(successors n5 / 12 + a_mh newcomers of 11 months ago) / empty places; rests above B_rest, takes people again below B_back;
a place whose host is gone becomes empty; key people who leave are those with most ties.

k_B 4, B_rest 0.7, B_back 0.3, R 0.5, S 0, a_mh 0.1.
"""

from __future__ import annotations

import numpy as np
import pytest
import worlds
from worlds import CITY

from sim.mechanisms.succession import succession
from sim.state import ACTIVE, EMPTY, GONE, RESTING

HOSTS = 2000
NOBODY_STOPS = {"succession__withdrawal": 0.0}


def succeed(status=ACTIVE, tired=0.0, understanding=0.7, prepare=lambda w: None, **changes):
    """Return the 2,000 hosts of 10,000 people after a month."""
    w = worlds.bare(10_000, hosting__understanding=understanding, **changes)
    prepare(w)
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


# lead of residents, sparks: probability at g_0 0.5, U 0.7 and g_S 0.5
@pytest.mark.parametrize(
    ("lead", "spark", "probability"),
    [(0.5, 0.0, 0.295312), (0.9, 0.0, 0.387374), (0.0, 0.0, 0.160543), (0.5, 0.4, 0.423050)],
)  # 0.35, 0.35 x 1.4, 0.35 / 2, 0.35 + 0.2
def test_new_hosts_come_forward_where_residents_lead_as_worked_by_hand(lead, spark, probability):
    def prepare(w):
        w.state.regions.lead[...], w.chances.spark[...] = lead, spark

    h = succeed(EMPTY, prepare=prepare, succession__recruitment=0.5, succession__spark=0.5)
    assert worlds.is_likely((h.status == ACTIVE).sum(), HOSTS, probability)


def test_people_in_training_fill_empty_places_as_worked_by_hand():
    """City: 4,000 adults, 800 host places, all empty: 1,200 trained a year x 0.8 / 12 / 800 = 0.1 -> 0.095163."""
    h = succeed(EMPTY, prepare=lambda w: worlds.set_levels(w, successors=1200.0), succession__recruitment=0.0)
    assert worlds.is_likely((h.status == ACTIVE).sum(), HOSTS, 0.095163)


def test_trained_people_are_shared_among_the_empty_places_there_are():
    """80 of the city's 800 places are empty: ten times the hazard each, 1 -> 0.632121."""
    status = np.full(HOSTS, ACTIVE)
    status[:800:10] = EMPTY
    prepare = lambda w: worlds.set_levels(w, successors=1200.0)  # noqa: E731
    h = succeed(status, prepare=prepare, succession__recruitment=0.0, **NOBODY_STOPS)
    assert worlds.is_likely((h.status[:800:10] == ACTIVE).sum(), 80, 0.632121)


@pytest.mark.parametrize("ago", range(12))
def test_newcomers_of_eleven_months_ago_may_host_as_worked_by_hand(ago):
    """In month 30, 800 newcomers to the city, 800 empty places: 0.1 x 800 / 800 -> 0.095163."""

    def prepare(w):
        w.state.month, w.month = 29, 30
        w.state.regions.newcomers[CITY, (30 - ago) % 12] = 800

    h = succeed(EMPTY, prepare=prepare, succession__recruitment=0.0)
    expected = 0.095163 if ago == 11 else 0.0
    assert worlds.is_likely((h.status[:800] == ACTIVE).sum(), 800, expected)
    assert (h.status[800:] == EMPTY).all()


def leave(share, ties, status=ACTIVE):
    """Return the status of the three hosts of the city after key people left."""
    w = worlds.bare(succession__recruitment=0.0, **NOBODY_STOPS)
    worlds.strike(w, leavers=[share, 0.0, 0.0, 0.0])
    w.state.hosts.ties[:3], w.state.hosts.status[:3] = ties, status
    worlds.act(w, succession)
    assert (w.state.hosts.status[3:] == ACTIVE).all()
    return w.state.hosts.status[:3].tolist()


# share of hosts at work, ties, status before: status after; ceil(share n) leave
KEY_PEOPLE = [
    (0.0, (1, 9, 3), ACTIVE, [ACTIVE, ACTIVE, ACTIVE]),
    (0.01, (1, 9, 3), ACTIVE, [ACTIVE, GONE, ACTIVE]),
    (0.5, (1, 9, 3), ACTIVE, [ACTIVE, GONE, GONE]),
    (1.0, (1, 9, 3), ACTIVE, [GONE, GONE, GONE]),
    (0.3, (5, 5, 5), ACTIVE, [GONE, ACTIVE, ACTIVE]),  # the first of equals
    (0.5, (9, 1, 3), [EMPTY, ACTIVE, RESTING], [EMPTY, ACTIVE, GONE]),  # one of two at work
    (1.0, (9, 1, 3), [GONE, EMPTY, ACTIVE], [EMPTY, EMPTY, GONE]),  # who is gone already is not counted
]


@pytest.mark.parametrize(("share", "ties", "status", "expected"), KEY_PEOPLE)
def test_key_people_leave_as_worked_by_hand(share, ties, status, expected):
    assert leave(share, ties, status) == expected


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
