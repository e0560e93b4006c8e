"""Burnout (E18): u = L / (c e (..U..)(1 - xi B)), s = 1 / (1 + exp(-k_s (u - 1))), B' = B + a_B s (1 - B) - r_B (1 - s) B.

a_B 0.12, r_B 0.10, k_s 6, xi 0.5; hosts of the bare world give 600 minutes a month.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest
import worlds

from sim.mechanisms.attention import attention
from sim.mechanisms.burnout import burnout
from sim.state import EMPTY

# minutes, B: B after a month
TABLE = [
    (600, 0.0, 0.06),  # u 1, s 0.5: 0.12 x 0.5
    (480, 0.4, 0.416),  # 600 x 0.8 = 480, u 1: 0.4 + 0.12 x 0.5 x 0.6 - 0.1 x 0.5 x 0.4
    (270, 0.2, 0.185501),  # 540, u 0.5, s 0.0474259: 0.2 + 0.004553 - 0.019051
    (0, 0.5, 0.450272),  # s 0.0024726: 0.5 + 0.000148 - 0.049876
]


def settle(use, start=0.0, months=1, **changes):
    """Return exhaustion of 80 hosts after months at a use of their hours."""
    w = worlds.bare(400, **changes)
    w.state.hosts.exhaustion[...] = start
    w.state.hosts.minutes[...] = np.rint(np.asarray(use) * 600)
    worlds.act(w, burnout, months)
    return w.state.hosts.exhaustion


@pytest.mark.parametrize(("minutes", "start", "expected"), TABLE)
def test_host_tires_as_worked_by_hand(minutes, start, expected):
    assert settle(minutes / 600, start)[0] == pytest.approx(expected, abs=1e-6)


def test_hours_that_residents_do_not_allow_count_as_use():
    """U 0.35: 600 x (0.4 + 0.3) = 420 minutes are full use, s 0.5."""
    w = worlds.bare(hosting__understanding=0.35)
    w.state.hosts.minutes[...] = 420
    worlds.act(w, burnout)
    np.testing.assert_allclose(w.state.hosts.exhaustion, 0.06, atol=1e-6)


def test_hours_lost_in_a_disaster_count_as_use_and_those_of_bodies_do_not():
    """e 0.7: 420 of 600 minutes are full use; e 1.4: 840 are."""
    for factor, minutes in ((0.7, 420), (1.4, 840)):
        w = worlds.bare()
        w.chances.hours[...], w.state.hosts.minutes[...] = factor, minutes
        worlds.act(w, burnout)
        np.testing.assert_allclose(w.state.hosts.exhaustion, 0.06, atol=1e-6)


def test_exhaustion_settles_at_its_fixed_point():
    """u 0.9, s = 1 / (1 + e^0.6) = 0.354344: B* = 0.0425212 / (0.0425212 + 0.0645656) = 0.397072, from both sides."""
    for start in (0.0, 1.0):
        assert settle(0.9, start, 300, burnout__lost_capacity=0.0)[0] == pytest.approx(0.397072, abs=2e-5)


def test_host_that_cannot_tire_recovers_and_one_that_cannot_recover_burns_out():
    assert settle(0.0, 0.5, 400, burnout__tiring=0.0, burnout__recovery=1.0)[0] == pytest.approx(
        0.0, abs=1e-3
    )
    assert settle(3.0, 0.0, 400, burnout__tiring=1.0, burnout__recovery=0.0)[0] == pytest.approx(
        1.0, abs=1e-6
    )


@pytest.mark.parametrize("minutes", [0, 60])
def test_hosts_whom_residents_allow_no_hours_stay_within_0_and_1(minutes):
    """U 0 and u_c 1 are allowed: no hours to use, so no load is no use, and any load is all of it."""
    w = worlds.bare(hosting__understanding=0.0, hosting__welcome_share=1.0)
    w.state.hosts.minutes[...], w.state.hosts.exhaustion[...] = minutes, 0.5
    worlds.act(w, burnout)
    assert (w.state.hosts.exhaustion < 0.5).all() if minutes == 0 else (w.state.hosts.exhaustion > 0.5).all()


def test_empty_places_do_not_tire():
    w = worlds.bare()
    w.state.hosts.status[2] = EMPTY
    w.state.hosts.minutes[...] = 900
    worlds.act(w, burnout)
    assert w.state.hosts.exhaustion[2] == 0.0 < w.state.hosts.exhaustion[1]


def test_tired_hosts_have_two_states_only_if_exhaustion_costs_most_of_their_hours():
    """At xi 0.8 bistable for use 0.36 to 0.62, at 0.5 nowhere (theory, E18)."""
    spread = {xi: settle(0.5, 1.0, 400, burnout__lost_capacity=xi)[0]
              - settle(0.5, 0.0, 400, burnout__lost_capacity=xi)[0] for xi in (0.5, 0.8)}  # fmt: skip
    assert abs(spread[0.5]) < 1e-3
    assert spread[0.8] > 0.3


def loads(mean, sigma, hosts=80):
    """Return uses of hosts: lognormal quantiles of a given mean."""
    z = np.array([NormalDist().inv_cdf((k + 0.5) / hosts) for k in range(hosts)])
    use = np.exp(sigma * z)
    return mean * use / use.mean()


@pytest.mark.parametrize(("mean", "equal_is_better"), [(0.6, True), (1.2, False)])
def test_equal_load_tires_less_while_there_is_slack_and_more_beyond(mean, equal_is_better):
    """Jensen: s is convex below full use and concave above."""
    equal, unequal = (settle(loads(mean, sigma), 0.0, 300).mean() for sigma in (0.0, 1.44))
    assert (equal < unequal) == equal_is_better
    assert abs(equal - unequal) > 0.05


# mean use, load-weighted attention at equal load, at sigma 1.44 (static test of the theory; exhaustion at B*, xi 0)
STATIC = [(0.4, 1.00, 0.49), (0.6, 1.00, 0.35), (0.8, 0.92, 0.27), (1.0, 0.46, 0.24), (1.2, 0.17, 0.20)]


@pytest.mark.parametrize(("mean", "equal", "unequal"), STATIC)
def test_attention_at_equal_total_load_is_as_in_the_theory(mean, equal, unequal):
    found = []
    for sigma in (0.0, 1.44):
        w = worlds.bare(2000, burnout__lost_capacity=0.0)
        use = loads(mean, sigma, len(w.state.hosts.minutes))
        w.state.hosts.minutes[...] = w.tally.minutes[...] = np.rint(use * 600)
        worlds.set_levels(w, events=0.0)
        worlds.act(w, burnout, 300)
        worlds.act(w, attention)
        found.append(np.average(w.chances.attention, weights=use))
    assert found == pytest.approx([equal, unequal], abs=0.03)
