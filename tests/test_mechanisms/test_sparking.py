"""Sparking (E22): H = - sum p ln p / ln 15 over three types and five skills, S = sigma_0 dens / (dens + d_0) H^nu_H,
dens = participants / adults.

sigma_0 0.6, d_0 0.1, nu_H 1; the city has 16 adults.
"""

from __future__ import annotations

import numpy as np
import pytest
import worlds
from worlds import CITY

from sim.mechanisms.sparking import sparking


def touch(participants, **changes):
    """Return H and S of the city at numbers of participants by type and skill (15 of them)."""
    w = worlds.bare(**{"spark__strength": 0.6, **changes})
    w.state.census.participants[CITY] = np.reshape(participants, (3, 5))
    worlds.act(w, sparking)
    assert not w.chances.spark[CITY + 1 :].any()
    return w.chances.diversity[CITY], w.chances.spark[CITY]


ALIKE = [4] + [0] * 14
TWO_KINDS = [2, 0, 0, 0, 0, 0, 0, 2] + [0] * 7

# participants: H, S
TABLE = [
    ([1] * 15, 1.0, 0.542169),  # dens 15 / 16: 0.6 x 0.9375 / 1.0375
    ([16] * 15, 1.0, 0.596026),  # dens 15: 0.6 x 15 / 15.1
    (TWO_KINDS, 0.255958, 0.109696),  # ln 2 / ln 15; dens 1/4: 0.6 x 0.714286
    ([3, 1] + [0] * 13, 0.207654, 0.088995),  # 0.562335 / 2.708050
    (ALIKE, 0.0, 0.0),
    ([0] * 15, 0.0, 0.0),
]


@pytest.mark.parametrize(("participants", "diversity", "spark"), TABLE)
def test_varied_people_touch_each_other_off_as_worked_by_hand(participants, diversity, spark):
    assert touch(participants) == pytest.approx((diversity, spark), abs=1e-6)


@pytest.mark.parametrize(("exponent", "factor"), [(0.0, 1.0), (1.0, 0.255958), (2.0, 0.065514)])
def test_diversity_counts_with_its_exponent(exponent, factor):
    """0.6 x 0.714286 = 0.428571; without an exponent only the number counts."""
    assert touch(TWO_KINDS, spark__diversity=exponent)[1] == pytest.approx(0.428571 * factor, abs=1e-6)


def test_without_participants_there_is_no_spark_whatever_the_exponent():
    assert touch([0] * 15, spark__diversity=0.0) == (0.0, 0.0)


def test_nobody_is_touched_at_strength_0():
    assert touch([1] * 15, spark__strength=0.0)[1] == 0.0


def test_type_and_skill_make_people_different_alike():
    by_type = [2, 0, 0, 0, 0, 2] + [0] * 9
    by_skill = [2, 2] + [0] * 13
    assert touch(by_type) == touch(by_skill) == touch(TWO_KINDS)


def test_more_people_and_more_kinds_touch_each_other_off_more_with_diminishing_returns():
    sparks = [touch([n] * 15)[1] for n in (1, 2, 3, 4)]
    gains = np.diff(sparks)
    assert (gains > 0).all()
    assert (np.diff(gains) < 0).all()
    kinds = [touch([12 // k] * k + [0] * (15 - k))[1] for k in (1, 2, 3, 4, 6, 12)]
    assert (np.diff(kinds) > 0).all()
