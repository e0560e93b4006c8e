"""Encounter (E4, E5, E6): p_enc = 1 - (1 - e_0) prod (1 - psi C / (C + D)); p_K = K / (K + k_K D_s); room likewise.

kappa 20, chi 0.5, A_h 60, seats 25, k_desk 60, psi 0.6 0.4 0.4 0.6, e_0 0.06, k_K 0.11, k_half 0.025, k_m k_sh 0.5, k_V 10,
psi_V 0.25; the city of the bare world has n5 = 16 / 5000 = 0.0032. 20 open days, greeting 0.5 and story 0.5 count as 1.
"""

from __future__ import annotations

import numpy as np
import pytest
import worlds
from worlds import CITY

from sim.mechanisms.encounter import encounter
from sim.state import SKILLS

NOTHING = {"guides_city": 0.0, "guides_local": 0.0, "hub": 0.0, "events": 0.0}
TODAY = {"guides_city": 1.0, "guides_local": 1.0, "hub": 0.5, "events": 6.0}


def meet(levels, demand=0.02, **changes):
    """Return the chances at a demand by skill (five skills)."""
    w = worlds.bare(**changes)
    worlds.set_levels(w, **{**NOTHING, **levels})
    w.state.regions.demand[...] = demand
    worlds.act(w, encounter)
    return w.chances


# levels: p_enc at a demand of 0.1 and e_0 = 0
TABLE = [
    (
        {"guides_city": 1.0, "guides_local": 1.0},
        0.234146,
    ),  # C 20 x 0.0032 x 1 x 1 = 0.064; 0.6 x 0.064 / 0.164
    ({"guides_city": 4.0, "guides_local": 1.0}, 0.280524),  # smin 1.371989, C 0.0878073; 0.6 x 0.467539
    ({"hub": 0.5}, 0.195918),  # C 0.096; 0.4 x 0.096 / 0.196
    ({"events": 6.0}, 0.114286),  # C 0.5 x 25 x 0.0032 = 0.04; 0.4 x 0.04 / 0.14
    ({"reception_desk": 1.0}, 0.394521),  # C 60 x 0.0032 = 0.192; 0.6 x 0.192 / 0.292
    (
        {"hub": 0.5, "open_days": 10.0, "story": 1.0},
        0.167442,
    ),  # C 0.096 / 2 x 1.5 = 0.072; 0.4 x 0.072 / 0.172
    ({"hub": 0.5, "greeting": 1.0}, 0.391837),  # 0.8 x 0.096 / 0.196
    ({"hub": 0.5, "greeting": 0.0}, 0.0),
    ({"events": 6.0, "online_share": 0.5}, 0.066667),  # C 0.02; 0.4 x 0.02 / 0.12
    ({"events": 6.0, "online_share": 1.0}, 0.0),
    ({"events": 6.0, "story": 0.0}, 0.066667),
]


@pytest.mark.parametrize(("levels", "expected"), TABLE)
def test_each_channel_meets_as_worked_by_hand(levels, expected):
    assert meet(levels, encounter__chance=0.0).meeting[CITY] == pytest.approx(expected, abs=1e-6)


def test_channels_add_up_as_worked_by_hand():
    """1 - 0.94 x 0.765854 x 0.804082 x 0.885714 = 0.487295."""
    c = meet(TODAY, encounter__chance=0.06)
    assert c.meeting[CITY] == pytest.approx(0.487295, abs=1e-6)
    assert c.hub[CITY] == pytest.approx(0.195918, abs=1e-6)
    assert c.event[CITY] == pytest.approx(0.114286, abs=1e-6)


def test_roles_and_room_are_as_worked_by_hand():
    """K 0.01: 0.01 / (0.01 + 0.11 x 0.02) = 0.819672; with 2 participants 0.01 / (0.01 + 0.05) = 0.166667."""
    w = worlds.bare(room__slot_crowding=0.11, room__participant_crowding=0.025)
    w.state.regions.slots[...], w.state.regions.demand[...] = 0.01, 0.02
    w.state.census.participants[CITY, :, 1] = [1, 0, 1]
    worlds.act(w, encounter)
    np.testing.assert_allclose(w.chances.slot, 0.819672, atol=1e-6)
    assert w.chances.room[CITY, 1] == pytest.approx(0.166667, abs=1e-6)
    assert w.chances.room[CITY, 0] == 1.0


# F, m, z of the city side and of the local side, chi: p_enc at a demand of 0.1 and e_0 = 0; e_G 0.22
GUIDES = [
    ((0.8, 0.55, 0.5), (0.8, 0.55, 0.5), 0.5, 0.234146),  # as able as usual
    ((0.8, 0.55, 0.25), (0.8, 0.55, 0.5), 0.5, 0.172884),  # smin(0.5, 1) 0.632456; C 0.0404772
    ((0.8, 0.55, 0.5), (0.8, 0.55, 0.5), 0.0, 0.145455),  # C 0.032: 0.6 x 0.032 / 0.132
    ((1.0, 0.88, 0.5), (1.0, 0.88, 0.5), 1.0, 0.394521),  # 2 x 1.5: C 0.192; 0.6 x 0.192 / 0.292
    ((0.0, 1.0, 1.0), (1.0, 1.0, 1.0), 1.0, 0.0),  # nobody in post on one side
]


@pytest.mark.parametrize(("city", "local", "link", "expected"), GUIDES)
def test_guides_introduce_as_worked_by_hand(city, local, link, expected):
    w = worlds.bare(encounter__chance=0.0)
    worlds.set_levels(w, **{**NOTHING, "guides_city": 1.0, "guides_local": 1.0})
    reg = w.state.regions
    reg.demand[...], reg.link[...] = 0.02, link
    for side, (filled, motivation, skill) in enumerate((city, local)):
        reg.posts[:, side], reg.motivation[:, side], reg.guide_skill[:, side] = filled, motivation, skill
    worlds.act(w, encounter)
    assert w.chances.meeting[CITY] == pytest.approx(expected, abs=1e-6)
    assert w.chances.introductions[CITY] == pytest.approx(expected * 0.1, abs=1e-7)


@pytest.mark.parametrize(
    ("city", "local", "expected"), [(0.9, 0.5, 0.112), (0.5, 0.5, 0.1), (0.0, 0.0, 0.07)]
)
def test_ties_begin_stronger_with_skilled_guides_as_worked_by_hand(city, local, expected):
    """0.1 (1 + 0.6 (zbar - 0.5)), zbar the mean of both sides."""
    w = worlds.bare(newtie__guide_skill=0.6)
    w.state.regions.guide_skill[...] = [city, local]
    worlds.act(w, encounter)
    np.testing.assert_allclose(w.chances.first, expected)


def test_strength_of_a_new_tie_stays_within_0_and_1():
    w = worlds.bare(newtie__guide_skill=40.0)
    w.state.regions.guide_skill[...] = np.array([0.0, 1.0, 0.0, 1.0])[:, None]
    worlds.act(w, encounter)
    assert w.chances.first.tolist() == [0.0, 1.0, 0.0, 1.0]


# matching, hub, roles on show: what is left of k_K
@pytest.mark.parametrize(
    ("matching", "hub", "shown", "left"),
    [(0.8, 0.0, 30.0, 0.6), (0.0, 1.0, 15.0, 0.75), (0.8, 1.0, 15.0, 0.45), (0.0, 2.0, 30.0, 0.5)],
)
def test_matching_and_roles_on_show_ease_the_search_for_a_role_as_worked_by_hand(matching, hub, shown, left):
    """0.01 / (0.01 + 0.0022 left)."""
    w = worlds.bare()
    worlds.set_levels(w, matching=matching, hub=hub, slots_shown=shown)
    w.state.regions.slots[...], w.state.regions.demand[...] = 0.01, 0.02
    worlds.act(w, encounter)
    np.testing.assert_allclose(w.chances.slot, 0.01 / (0.01 + 0.0022 * left))


# levels: p_V at a demand of 0.1, and the chance to find a tie at e_0V = 0.4
ONLINE = [
    ({}, 0.0, 0.4),
    ({"virtual_hub": 2.0}, 0.097561, 0.458537),  # C 10 x 2 x 0.0032 = 0.064; 0.25 x 0.064 / 0.164
    ({"virtual_hub": 2.0, "story": 1.0}, 0.140351, 0.484211),  # C 0.128
    ({"virtual_hub": 2.0, "events": 12.0, "online_share": 0.5}, 0.111111, 0.466667),  # C 0.08
    ({"virtual_hub": 2.0, "story": 0.0}, 0.0, 0.4),
]


@pytest.mark.parametrize(("levels", "session", "found"), ONLINE)
def test_sessions_online_find_people_as_worked_by_hand(levels, session, found):
    w = worlds.bare(search__online_chance=0.4)
    worlds.set_levels(w, **{**NOTHING, **levels})
    w.state.regions.demand_online[...] = 0.1
    worlds.act(w, encounter)
    assert w.chances.session[CITY] == pytest.approx(session, abs=1e-6)
    assert w.chances.found[CITY] == pytest.approx(found, abs=1e-6)


@pytest.mark.parametrize("demand", [0.02, 0.0])
def test_nobody_is_met_at_zero_capacity_without_chance(demand):
    c = meet({}, demand, encounter__chance=0.0)
    assert (c.meeting == 0.0).all()
    assert (c.hub == 0.0).all()
    assert (c.event == 0.0).all()


def test_without_capacity_chance_is_all():
    np.testing.assert_allclose(meet({}, encounter__chance=0.06).meeting, 0.06)


def test_where_nobody_else_looks_the_yields_bound_the_chance():
    """D = 0: 1 - 0.94 x 0.4 x 0.6 x 0.6 = 0.86464."""
    np.testing.assert_allclose(meet(TODAY, 0.0, encounter__chance=0.06).meeting, 0.86464)


def test_without_roles_there_is_no_chance_of_one_whatever_was_last_month():
    """Also where nobody looks and nobody takes part: 0 of 0 is nothing, not what it used to be."""
    w = worlds.bare()
    worlds.act(w, encounter)
    assert (w.chances.slot > 0.0).all()
    w.state.regions.slots[...] = 0.0
    w.state.regions.demand[...] = np.arange(SKILLS) % 2
    worlds.act(w, encounter)
    assert (w.chances.slot == 0.0).all()
    assert (w.chances.room == 0.0).all()


def test_guides_on_one_side_only_give_nothing():
    """R15: four times as many on one side give little, on both sides much."""
    both, one, none = (
        meet({"guides_city": a, "guides_local": b}, encounter__chance=0.0).meeting[CITY]
        for a, b in ((4.0, 4.0), (4.0, 1.0), (4.0, 0.0))
    )
    base = meet({"guides_city": 1.0, "guides_local": 1.0}, encounter__chance=0.0).meeting[CITY]
    assert none == 0.0
    assert 0.0 < one - base < 0.3 * (both - base)


def test_guides_count_the_same_from_either_side():
    one = meet({"guides_city": 3.0, "guides_local": 1.0}).meeting
    np.testing.assert_array_equal(one, meet({"guides_city": 1.0, "guides_local": 3.0}).meeting)


@pytest.mark.parametrize("lever", ["hub", "events", "reception_desk"])
def test_yield_falls_with_crowding_and_saturates_with_capacity(lever):
    quiet, crowded = (meet({lever: 2.0}, d, encounter__chance=0.0).meeting[CITY] for d in (0.01, 0.1))
    assert quiet > crowded > 0.0
    first, second, third = (meet({lever: x}, encounter__chance=0.0).meeting[CITY] for x in (1.0, 2.0, 3.0))
    assert second - first > third - second > 0.0
