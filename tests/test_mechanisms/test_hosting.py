"""Hosting (E10): pi_a = (1 - lambda)(n_a + 1)^gamma / sum + lambda spare_a / sum, spare = [c_eff - L]+;
factor on the hours e = (1 - y)(1 + h_body bodies n5 / (c host places)).

Hosts of the bare world give 600 minutes a month; the city has three, and n5 = 0.0032. h_body 100, c 13.
"""

from __future__ import annotations

import numpy as np
import pytest
import worlds
from worlds import CITY

from sim.hours import hours_factor
from sim.indicators import gini
from sim.mechanisms.attention import attention
from sim.mechanisms.hosting import hosting
from sim.state import ACTIVE, EMPTY, GONE, RESTING
from sim.ties import pick_host


def asked(ties, minutes, coordination, status=(ACTIVE,) * 3, **changes):
    """Return the share of newcomers that each host of the city is asked for."""
    w = worlds.bare(**changes)
    worlds.set_levels(w, coordination=coordination)
    h = w.state.hosts
    h.ties[:3], h.minutes[:3], h.status[:3] = ties, minutes, status
    worlds.act(w, hosting)
    return np.diff(w.chances.host[:3], prepend=0.0)


# ties, minutes, lambda, gamma: shares
TABLE = [
    ((0, 1, 3), (600, 300, 0), 0.0, 1.0, (1 / 7, 2 / 7, 4 / 7)),  # 1 : 2 : 4
    ((0, 1, 3), (600, 300, 0), 0.0, 0.9, (1 / 6.348268, 1.866066 / 6.348268, 3.482202 / 6.348268)),
    ((0, 1, 3), (600, 300, 0), 1.0, 1.0, (0.0, 1 / 3, 2 / 3)),  # spare 0, 300, 600
    ((0, 1, 3), (600, 300, 0), 0.5, 1.0, (1 / 14, 1 / 7 + 1 / 6, 2 / 7 + 1 / 3)),
    ((0, 1, 3), (900, 700, 600), 0.5, 1.0, (1 / 7, 2 / 7, 4 / 7)),  # nobody has time: popularity alone
    ((5, 5, 5), (0, 0, 0), 0.3, 0.9, (1 / 3, 1 / 3, 1 / 3)),
]


@pytest.mark.parametrize(("ties", "minutes", "coordination", "popularity", "expected"), TABLE)
def test_hosts_are_asked_as_worked_by_hand(ties, minutes, coordination, popularity, expected):
    found = asked(ties, minutes, coordination, hosting__popularity=popularity)
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-12)


# host bodies, damage: factor on the hours of the city's hosts
@pytest.mark.parametrize(
    ("bodies", "damage", "expected"),
    [
        (0.0, 0.0, 1.0),
        (1.0, 0.0, 1.008205),
        (5.0, 0.0, 1.041026),
        (0.0, 0.25, 0.75),
        (5.0, 0.25, 0.780769),
        (5.0, 1.0, 0.0),
    ],
)
def test_bodies_and_damage_change_the_hours_of_hosts_as_worked_by_hand(bodies, damage, expected):
    """100 x 0.0032 / (13 x 3) = 0.0082051 a body."""
    w = worlds.bare()
    worlds.set_levels(w, host_bodies=bodies)
    worlds.strike(w, damage=[damage, 0.0, 0.0, 0.0])
    worlds.act(w, hosting)
    assert w.chances.hours[CITY] == pytest.approx(expected, abs=1e-6)
    np.testing.assert_array_equal(w.chances.hours, hours_factor(w))


def test_hours_that_are_lost_are_no_spare_time():
    """Half of 600 minutes is left: 0, 0 and 300 to spare under full coordination; without any all are asked alike."""
    w = worlds.bare()
    worlds.set_levels(w, coordination=1.0)
    worlds.strike(w, damage=0.5)
    w.state.hosts.minutes[:3] = [600, 300, 0]
    worlds.act(w, hosting)
    np.testing.assert_allclose(np.diff(w.chances.host[:3], prepend=0.0), [0.0, 0.0, 1.0])
    worlds.strike(w, damage=1.0)
    worlds.act(w, hosting)
    np.testing.assert_allclose(np.diff(w.chances.host[:3], prepend=0.0), 1 / 3)


@pytest.mark.parametrize("status", [RESTING, GONE, EMPTY])
def test_only_active_hosts_are_asked(status):
    found = asked((9, 1, 1), (0, 0, 0), 0.5, (status, ACTIVE, ACTIVE))
    np.testing.assert_allclose(found, [0.0, 0.5, 0.5])


def test_where_nobody_is_active_nobody_is_asked():
    w = worlds.bare()
    w.state.hosts.status[:3] = RESTING
    worlds.act(w, hosting)
    assert pick_host(CITY, 0.5, w.geometry.host_starts, w.chances.host) == -1
    assert pick_host(CITY + 1, 0.5, w.geometry.host_starts, w.chances.host) >= 3


def test_without_popularity_all_are_asked_alike():
    np.testing.assert_allclose(asked((0, 9, 99), (0, 0, 0), 0.0, hosting__popularity=0.0), 1 / 3)


def test_popular_hosts_are_asked_more_and_tired_ones_less_under_coordination():
    popular = asked((0, 1, 3), (0, 0, 0), 0.0)
    assert popular[0] < popular[1] < popular[2]
    w = worlds.bare()
    worlds.set_levels(w, coordination=1.0)
    w.state.hosts.exhaustion[:3] = [0.0, 0.5, 0.9]
    worlds.act(w, hosting)
    np.testing.assert_allclose(
        np.diff(w.chances.host[:3], prepend=0.0), [1 / 1.6, 0.5 / 1.6, 0.1 / 1.6], rtol=1e-6
    )


def test_coordination_spreads_the_same_load_more_evenly():
    """R13: 80 hosts, popularity from 0 to 79 ties; 20,000 minutes in all, spread by pi_a."""
    inequality, totals = [], []
    for coordination in (0.0, 0.25, 0.5, 0.75, 1.0):
        w = worlds.bare(1000)
        worlds.set_levels(w, coordination=coordination, events=0.0)
        block = slice(0, 80)
        w.state.hosts.ties[block] = np.arange(80)
        w.state.hosts.minutes[block] = 5 * np.arange(80)
        w.tally.pooled[CITY] = 20_000
        worlds.act(w, hosting)
        worlds.act(w, attention)
        totals.append(w.state.hosts.minutes[block].sum())
        inequality.append(gini(w.state.hosts.minutes[block].astype(float)))
    assert max(totals) - min(totals) <= 80
    assert inequality[0] > inequality[1] > inequality[2] > inequality[3]
    assert inequality[0] - inequality[3] > 0.1
