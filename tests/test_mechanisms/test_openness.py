"""Openness (E21): w' = w + l_w (answered (1 - w) - (1 - answered) w / 2) - k_sil [B - 1/2]+ w + d_w (w_a - w)
+ (k_dis workshops / 12 + l_S S)(1 - w); l_w 0.02, k_sil 0.02, d_w 0, w_a 0.35, k_dis 0.03, l_S 0.01.
"""

from __future__ import annotations

import pytest
import worlds
from worlds import CITY

from sim.mechanisms.openness import openness
from sim.state import EMPTY


def learn(taken, expired, shown=0.5, tired=0.0, months=1, workshops=0.0, spark=0.0, **changes):
    """Return w of the city's first host."""
    w = worlds.bare(**changes)
    worlds.set_levels(w, disclosure=workshops)
    w.chances.spark[...] = spark
    w.state.hosts.openness[...], w.state.hosts.exhaustion[...] = shown, tired
    w.state.regions.taken[CITY], w.state.regions.expired[CITY] = taken, expired
    worlds.act(w, openness, months)
    return w.state.hosts.openness[0]


# taken, withdrawn, w, B: w'
TABLE = [
    (3.0, 1.0, 0.5, 0.0, 0.50625),  # 0.02 x (0.75 x 0.5 - 0.25 x 0.25)
    (3.0, 1.0, 0.5, 0.8, 0.50325),  # - 0.02 x 0.3 x 0.5
    (0.0, 2.0, 0.5, 0.5, 0.495),  # - 0.02 x 0.25
    (2.0, 0.0, 0.2, 0.0, 0.216),  # + 0.02 x 0.8
    (0.0, 0.0, 0.5, 0.0, 0.495),  # nobody asked: nobody answered
]


@pytest.mark.parametrize(("taken", "expired", "shown", "tired", "expected"), TABLE)
def test_hosts_learn_as_worked_by_hand(taken, expired, shown, tired, expected):
    assert learn(taken, expired, shown, tired) == pytest.approx(expected, abs=1e-7)


# w, d_w, workshops, S: w' where nothing is learnt from answers
OPENED = [
    (0.5, 0.1, 0.0, 0.0, 0.485),  # - 0.1 x 0.15
    (0.2, 0.1, 0.0, 0.0, 0.215),
    (0.5, 0.0, 12.0, 0.0, 0.515),  # + 0.03 x 0.5
    (0.5, 0.0, 4.0, 0.0, 0.505),
    (0.5, 0.0, 0.0, 0.6, 0.503),  # + 0.006 x 0.5
    (0.8, 0.1, 12.0, 0.6, 0.7622),  # - 0.045 + 0.036 x 0.2
]


@pytest.mark.parametrize(("shown", "reversion", "workshops", "spark", "expected"), OPENED)
def test_hosts_fall_back_and_open_up_as_worked_by_hand(shown, reversion, workshops, spark, expected):
    found = learn(
        1, 1, shown, workshops=workshops, spark=spark, openness__learning=0.0, openness__reversion=reversion
    )
    assert found == pytest.approx(expected, abs=1e-7)


def test_openness_settles_between_habit_and_workshops():
    """d_w (w_a - w) + k (1 - w) = 0: w = (0.03 x 0.35 + 0.03) / 0.06 = 0.675 with a workshop a month."""
    found = learn(1, 1, months=1000, workshops=12.0, openness__learning=0.0, openness__reversion=0.03)
    assert found == pytest.approx(0.675, abs=1e-4)


def test_openness_stays_within_0_and_1():
    assert learn(1.0, 0.0, 0.9, openness__learning=1.0) == 1.0
    assert learn(0.0, 1.0, 0.9, tired=1.0, openness__learning=1.0, openness__tired_silence=1.0) == 0.0


def test_openness_stays_as_it_is_without_learning_or_silence():
    assert learn(1.0, 0.0, 0.25, tired=1.0, openness__learning=0.0, openness__tired_silence=0.0) == 0.25


@pytest.mark.parametrize(("answered", "settled"), [(0.5, 2 / 3), (0.25, 0.4), (1.0, 1.0)])
def test_openness_settles_where_answers_and_silence_balance(answered, settled):
    """a (1 - w) = (1 - a) w / 2, so w = 2 a / (1 + a)."""
    assert learn(answered, 1.0 - answered, 0.1, months=3000) == pytest.approx(settled, abs=1e-4)


def test_unanswered_and_tired_hosts_fall_silent():
    rested = [learn(0.0, 1.0, months=n) for n in (1, 12, 60)]
    assert rested[0] > rested[1] > rested[2]
    assert learn(0.0, 1.0, tired=1.0) < rested[0]


def test_empty_places_learn_nothing():
    w = worlds.bare()
    w.state.hosts.status[0] = EMPTY
    w.state.regions.taken[...] = 1.0
    worlds.act(w, openness)
    assert w.state.hosts.openness[0] == 0.5 < w.state.hosts.openness[1]
