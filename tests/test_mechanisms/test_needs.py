"""Needs (E20): D = om W N; N' = [N (1 - d_N) + inflow (1 + k_ned a) + k_un projects n5 / 5 - D]+;
K' = [K (1 - d_K) + D + roles n5 / 5 - taken - min(K / 2, k_w work) + k_S S participants]+;
inflow = nu 4e-4 adults needs-shock (1 + k_sp (1 - mix)(5 [asked for most] - 1)).

om 0.3, d_N 0.04, nu 3.7, d_K 0.03, k_w 0.1, k_sp 0, k_un 2, k_S 0.02, k_ned 24, memory 0.7, window 3; hosts of the bare world
have w 0.5; the city 16 adults, n5 0.0032, inflow 0.02368 of each kind.
"""

from __future__ import annotations

import numpy as np
import pytest
import worlds
from worlds import CITY, SUBURB

from sim.mechanisms.needs import needs, openness_by_place
from sim.state import EMPTY, RESTING
from sim.world import most_needed


def place(needs_=0.0, slots=0.0, taken=0, halves=0, prepare=lambda w: None, **changes):
    """Return the places after a month; all skills of the city begin alike."""
    w = worlds.bare(**changes)
    prepare(w)
    reg = w.state.regions
    reg.needs[CITY], reg.slots[CITY], reg.demand[CITY] = needs_, slots, 2.0
    reg.taken[CITY], reg.expired[CITY] = 3.0, 1.5
    w.tally.taken[CITY], w.tally.work[CITY], w.tally.searchers[CITY] = taken, halves, 5
    worlds.act(w, needs)
    return reg


# N, K, taken, halves of work: N', K'
TABLE = [
    (10.0, 4.0, 1, 12, 8.12368, 3.78),  # D 1.5; 9.6 + 0.02368 - 1.5; 3.88 + 1.5 - 1 - 0.6
    (10.0, 4.0, 0, 99, 8.12368, 3.38),  # 4.95 of work, but at most K / 2 = 2
    (0.0, 1.0, 3, 0, 0.02368, 0.0),  # 0.97 - 3: no less than none
    (2.0, 0.0, 0, 12, 1.64368, 0.3),
]


@pytest.mark.parametrize(("hidden", "slots", "taken", "halves", "hidden_after", "slots_after"), TABLE)
def test_needs_and_roles_are_as_worked_by_hand(hidden, slots, taken, halves, hidden_after, slots_after):
    reg = place(hidden, slots, taken, halves)
    np.testing.assert_allclose(reg.needs[CITY], hidden_after, rtol=1e-9)
    np.testing.assert_allclose(reg.slots[CITY], slots_after, rtol=1e-9, atol=1e-12)


def test_memories_are_as_worked_by_hand():
    """Demand 0.7 x 2 + 0.3 x 5; taken 2/3 x 3 + 5; withdrawn 2/3 x 1.5 + 5 x 0.03 x 4."""
    reg = place(slots=4.0, taken=1)
    np.testing.assert_allclose(reg.demand[CITY], 2.9)
    assert reg.taken[CITY] == pytest.approx(7.0)
    assert reg.expired[CITY] == pytest.approx(1.6)


def test_memory_of_searchers_online_is_as_worked_by_hand():
    """0.7 x 2 + 0.3 x 5."""

    def prepare(w):
        w.state.regions.demand_online[CITY], w.tally.searchers_online[CITY] = 2.0, 5

    assert place(prepare=prepare).demand_online[CITY] == pytest.approx(2.9)


# speciality, mix: needs that arise of the kind asked for most, of each other kind
@pytest.mark.parametrize(
    ("speciality", "mix", "most", "other"),
    [(0.0, 0.0, 0.02368, 0.02368), (0.4, 0.0, 0.061568, 0.014208), (0.4, 0.5, 0.042624, 0.018944), (0.4, 1.0, 0.02368, 0.02368),
     (1.0, 0.0, 0.1184, 0.0)],
)  # fmt: skip
def test_places_ask_for_one_kind_most_as_worked_by_hand(speciality, mix, most, other):
    """x (1 + 4 k), x (1 - k): the sum over five kinds is always 0.1184."""
    w = worlds.bare(room__speciality=speciality)
    worlds.set_levels(w, recruit_mix=mix)
    w.state.regions.needs[...] = 0.0
    worlds.act(w, needs)
    kind = w.geometry.needed[CITY]
    expected = np.full(5, other)
    expected[kind] = most
    np.testing.assert_allclose(w.state.regions.needs[CITY], expected, atol=1e-12)


def test_what_a_place_asks_for_most_is_drawn_once_for_all_months():
    """By seed and place: each of five kinds a fifth of the time."""
    kinds = most_needed(7, 5000)
    for kind in range(5):
        assert worlds.is_likely((kinds == kind).sum(), 5000, 0.2)
    np.testing.assert_array_equal(kinds[:10], most_needed(7, 10))
    assert (kinds != most_needed(8, 5000)).any()


# what is told: N' and K' in the city from N 10 and K 4, where they are 8.12368 and 5.38 without
MORE = [
    ({"unfinished_projects": 5.0}, {}, 0.0, 8.13008, 5.38),  # + 2 x 5 x 0.0032 / 5
    ({"small_roles": 20.0}, {}, 0.0, 8.12368, 5.3928),  # + 20 x 0.0032 / 5
    ({}, {"inflow": 3.0}, 0.0, 8.17104, 5.38),  # + 2 x 0.02368
    ({}, {"struck": 0.5}, 0.0, 8.40784, 5.38),  # + 0.02368 x 24 x 0.5
    ({}, {"struck": 0.5, "inflow": 0.5}, 0.0, 8.25392, 5.38),  # 0.01184 x 13
    ({}, {}, 0.5, 8.12368, 5.41),  # + 0.02 x 0.5 x 3 participants
]


@pytest.mark.parametrize(("levels", "shocks", "spark", "hidden", "slots"), MORE)
def test_projects_roles_shocks_and_sparks_count_as_worked_by_hand(levels, shocks, spark, hidden, slots):
    def prepare(w):
        worlds.set_levels(w, **levels)
        worlds.strike(w, **shocks)
        w.chances.spark[...] = spark
        w.state.census.participants[CITY] = 1  # of three types and each skill

    reg = place(10.0, 4.0, prepare=prepare)
    np.testing.assert_allclose(reg.needs[CITY], hidden, rtol=1e-9)
    np.testing.assert_allclose(reg.slots[CITY], slots, rtol=1e-9)


def test_openness_of_a_place_is_as_worked_by_hand():
    """Active hosts alone: (0.4 x 0.5 + 0.8 x 1) / 2 = 0.5; nobody active: 0."""
    w = worlds.bare()
    h = w.state.hosts
    h.openness[:3], h.exhaustion[:3], h.status[2] = [0.4, 0.8, 0.9], [0.5, 0.0, 0.0], RESTING
    h.status[3:5] = EMPTY
    found = openness_by_place(w)
    assert found[CITY] == pytest.approx(0.5)
    assert found[SUBURB] == 0.0


def test_nothing_is_shown_without_disclosure():
    reg = place(10.0, 4.0, room__disclosure=0.0)
    np.testing.assert_allclose(reg.slots[CITY], 3.88)
    np.testing.assert_allclose(reg.needs[CITY], 9.62368)


def test_roles_stay_as_they_are_when_nothing_happens():
    reg = place(0.0, 4.0, room__inflow=0.0, room__expiry=0.0)
    assert (reg.slots[CITY] == 4.0).all()
    assert (reg.needs[CITY] == 0.0).all()


def steady(**changes):
    """Return roles in the city long after the start; half-lives of at most 46 months, so 3,000 months are enough."""
    w = worlds.bare(**changes)
    worlds.act(w, needs, 3000)
    return w.state.regions.slots[CITY, 0]


def test_disclosure_cannot_matter_in_the_long_run_if_needs_are_never_given_up():
    """What is not shown waits: D = inflow 0.02368, K = D / d_K = 0.789333, however open the hosts."""
    shy, open_ = (steady(room__giving_up=0.0, room__disclosure=om) for om in (0.03, 0.4))
    assert shy == pytest.approx(0.789333, rel=1e-6)
    assert open_ == pytest.approx(0.789333, rel=1e-6)


def test_disclosure_matters_if_needs_are_given_up():
    """D = inflow om W / (om W + d_N): 0.015 / 0.055 and 0.2 / 0.24 of it."""
    shy, open_ = (steady(room__disclosure=om) for om in (0.03, 0.4))
    assert shy == pytest.approx(0.789333 * 0.272727, rel=1e-5)
    assert open_ == pytest.approx(0.789333 * 0.833333, rel=1e-5)
