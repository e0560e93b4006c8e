"""Guiding (E24): m' = m + a_m (m_0 - m) + r_m (recognition / 5 + success - s_G) - o_m [ratio - b_G]+, lost = v_0 + v_m (1 - m)^2,
z' = z + l_z days / 12 (1 - z) - d_z z - lost [z - z_n]+, F' = F + r_F (1 - F) - lost F, chi' = chi + k_chi meetings / 12 (1 - chi) - d_chi chi.

a_m 0.05, m_0 0.7, r_m 0.05, s_G 0.6, o_m 0.05, b_G 0.6, v_0 0.012, v_m 0.05, l_z 0.08, d_z 0.005, z_n 0.3, r_F 0.08, k_chi 0.06, d_chi 0.01. One guide in
full posts of the city (n5 0.0032) can make 20 x 0.0032 = 0.064 introductions a month.
"""

from __future__ import annotations

import numpy as np
import pytest
import worlds
from worlds import CITY, SUBURB

from sim.mechanisms.guiding import guiding
from sim.state import CITY_SIDE, LOCAL_SIDE


def guide(m=0.6, z=0.5, filled=0.8, asked=0.0, met=6, taken=3, link=0.5, months=1, levels=None, **changes):
    """Return the places after months; both sides of the guides begin alike."""
    w = worlds.bare(**changes)
    worlds.set_levels(w, **(levels or {}))
    reg = w.state.regions
    reg.motivation[...], reg.guide_skill[...], reg.posts[...], reg.link[...] = m, z, filled, link
    w.chances.introductions[CITY] = asked
    w.tally.met[CITY], w.tally.taken[CITY, 1] = met, taken
    worlds.act(w, guiding, months)
    return reg


# m, introductions, met, taken, recognition: m'
SPIRITS = [
    (0.6, 0.0, 6, 3, 0.0, 0.6),  # + 0.05 x 0.1 + 0.05 x (0.5 - 0.6)
    (0.6, 0.0, 6, 6, 0.0, 0.625),  # + 0.005 + 0.02
    (0.6, 0.0, 0, 0, 0.0, 0.575),  # nobody met, nothing succeeded: + 0.005 - 0.03
    (0.6, 0.0, 6, 3, 2.0, 0.62),  # + 0.02
    (0.6, 0.03072, 6, 3, 0.0, 0.6),  # 0.6 of 0.0512, which is what 0.8 of a guide can do at most
    (0.6, 0.0512, 6, 3, 0.0, 0.58),  # all of it: - 0.05 x 0.4
    (0.6, 0.0768, 6, 3, 0.0, 0.555),  # half as much again: - 0.05 x 0.9
    (0.99, 0.0, 6, 6, 5.0, 1.0),
    (0.01, 0.5120, 6, 0, 0.0, 0.0),
]


@pytest.mark.parametrize(("m", "asked", "met", "taken", "recognition", "expected"), SPIRITS)
def test_guides_gain_and_lose_heart_as_worked_by_hand(m, asked, met, taken, recognition, expected):
    reg = guide(m, asked=asked, met=met, taken=taken, levels={"guide_recognition": recognition})
    np.testing.assert_allclose(reg.motivation[CITY], expected, atol=1e-9)


# m, z, F, training: z', F'
TURNOVER = [
    (0.6, 0.5, 0.8, 0.0, 0.4935, 0.8),  # lost 0.012 + 0.05 x 0.16 = 0.02: - 0.0025 - 0.004; + 0.016 - 0.016
    (0.6, 0.5, 0.8, 6.0, 0.5135, 0.8),  # + 0.08 x 0.5 x 0.5
    (0.6, 0.2, 0.8, 0.0, 0.199, 0.8),  # who knows as little as a novice is replaced by one
    (1.0, 0.5, 0.5, 0.0, 0.4951, 0.534),  # lost 0.012: - 0.0025 - 0.0024; + 0.04 - 0.006
    (0.0, 0.5, 1.0, 0.0, 0.4851, 0.938),  # lost 0.062: - 0.0025 - 0.0124
    (0.6, 1.0, 0.0, 20.0, 0.981, 0.08),  # - 0.005 - 0.014
]


@pytest.mark.parametrize(("m", "z", "filled", "days", "skill", "posts"), TURNOVER)
def test_guides_learn_leave_and_are_followed_as_worked_by_hand(m, z, filled, days, skill, posts):
    reg = guide(m, z, filled, levels={"guide_training": days})
    np.testing.assert_allclose(reg.guide_skill[CITY], skill, atol=1e-9)
    np.testing.assert_allclose(reg.posts[CITY], posts, atol=1e-9)


@pytest.mark.parametrize(
    ("link", "meetings", "expected"),
    [(0.5, 0.0, 0.495), (0.5, 6.0, 0.51), (1.0, 12.0, 0.99), (0.0, 12.0, 0.06)],
)
def test_sides_get_to_know_each_other_as_worked_by_hand(link, meetings, expected):
    assert guide(link=link, levels={"guide_meetings": meetings}).link[CITY] == pytest.approx(expected)


def test_load_is_that_of_each_side_and_nobody_is_overloaded_where_there_are_no_guides():
    """0.06144 introductions: 0.6 of what the two local guides can do (0.1024), 1.2 of what the one on the city side can: - 0.03."""
    reg = guide(asked=0.06144, levels={"guides_city": 1.0, "guides_local": 2.0})
    assert reg.motivation[CITY, CITY_SIDE] == pytest.approx(0.57)
    assert reg.motivation[CITY, LOCAL_SIDE] == pytest.approx(0.6)
    np.testing.assert_allclose(
        guide(asked=9.0, levels={"guides_city": 0.0, "guides_local": 0.0}).motivation[CITY], 0.6
    )
    np.testing.assert_allclose(guide(asked=9.0, filled=0.0).motivation[CITY], 0.6)


def test_places_do_not_mix():
    """In the suburb nobody is met: heart goes down as without success."""
    reg = guide(met=6, taken=6)
    np.testing.assert_allclose(reg.motivation[SUBURB], 0.575)


def test_nothing_changes_at_speed_0():
    names = (
        "back",
        "encouragement",
        "overload",
        "training",
        "forgetting",
        "leaving",
        "leaving_low",
        "recruiting",
        "meetings",
        "drifting",
    )
    full = {"guide_training": 20.0, "guide_recognition": 5.0, "guide_meetings": 12.0}
    reg = guide(0.31, 0.42, 0.53, 9.0, 9, 1, 0.64, levels=full, **{f"guides__{n}": 0.0 for n in names})
    for column, value in (
        (reg.motivation, 0.31),
        (reg.guide_skill, 0.42),
        (reg.posts, 0.53),
        (reg.link, 0.64),
    ):
        assert (column == value).all()


def test_all_stays_within_0_and_1():
    names = (
        "back",
        "encouragement",
        "overload",
        "training",
        "forgetting",
        "leaving",
        "leaving_low",
        "recruiting",
        "meetings",
        "drifting",
    )
    for m, z, filled, link in ((1.0, 1.0, 1.0, 1.0), (0.0, 0.0, 0.0, 0.0), (0.5, 1.0, 1.0, 0.0)):
        full = {"guide_training": 20.0, "guide_recognition": 5.0, "guide_meetings": 12.0}
        reg = guide(
            m, z, filled, 9.0, link=link, levels=full, months=3, **{f"guides__{n}": 1.0 for n in names}
        )
        for column in (reg.motivation, reg.guide_skill, reg.posts, reg.link):
            assert ((column >= 0.0) & (column <= 1.0)).all()


def test_posts_settle_where_leaving_and_following_balance():
    """m held at 0.7: lost 0.012 + 0.05 x 0.09 = 0.0165; F = 0.08 / 0.0965."""
    reg = guide(0.7, filled=0.2, months=400, guides__encouragement=0.0)
    np.testing.assert_allclose(reg.posts[CITY], 0.08 / 0.0965, rtol=1e-9)


def test_training_recognition_and_success_help_and_overload_harms():
    base = guide(months=12)
    assert (guide(months=12, levels={"guide_training": 8.0}).guide_skill[CITY] > base.guide_skill[CITY]).all()
    assert (guide(months=12, levels={"guide_recognition": 3.0}).posts[CITY] > base.posts[CITY]).all()
    assert (guide(months=12, taken=6).motivation[CITY] > base.motivation[CITY]).all()
    assert (guide(months=12, asked=0.2).motivation[CITY] < base.motivation[CITY]).all()


@pytest.mark.parametrize(("bearable", "expected"), [(0.3, 0.555), (0.6, 0.57), (1.0, 0.59), (1.2, 0.6)])
def test_guides_bear_what_they_can_bear(bearable, expected):
    """0.06144 introductions are 1.2 of what 0.8 of a guide can do: less 0.05 x 0.9, 0.6, 0.2, 0."""
    reg = guide(asked=0.06144, guides__bearable=bearable)
    np.testing.assert_allclose(reg.motivation[CITY], expected, atol=1e-9)
