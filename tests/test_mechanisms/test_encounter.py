"""Encounter (E4, E5, E6): p_enc = 1 - (1 - e_0) prod (1 - psi C / (C + D)); p_K = K / (K + k_K D_s); room likewise.

kappa 20, chi 0.5, A_h 60, seats 25, psi 0.6 0.4 0.4, e_0 0.06, k_K 0.11, k_half 0.025; the city of the bare world has
n5 = 16 / 5000 = 0.0032.
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
    w.state.census.participants[CITY, 1] = 2
    worlds.act(w, encounter)
    np.testing.assert_allclose(w.chances.slot, 0.819672, atol=1e-6)
    assert w.chances.room[CITY, 1] == pytest.approx(0.166667, abs=1e-6)
    assert w.chances.room[CITY, 0] == 1.0


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


@pytest.mark.parametrize("lever", ["hub", "events"])
def test_yield_falls_with_crowding_and_saturates_with_capacity(lever):
    quiet, crowded = (meet({lever: 2.0}, d, encounter__chance=0.0).meeting[CITY] for d in (0.01, 0.1))
    assert quiet > crowded > 0.0
    first, second, third = (meet({lever: x}, encounter__chance=0.0).meeting[CITY] for x in (1.0, 2.0, 3.0))
    assert second - first > third - second > 0.0
