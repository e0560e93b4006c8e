"""Measures move levers by what they say, within the lever's range, and cost what was moved."""

from __future__ import annotations

import numpy as np
import pytest
import worlds

from sim.levers import levers
from sim.scenario import Measure, levels, yen

PLACES = worlds.four_places()
UNITS = PLACES.adults / 5000.0 / 12.0
TODAY = sum(lever.today * lever.price for lever in levers().values())
"""Yen a year and 5,000 adults for today's levels."""


def asked(*measures: Measure):
    return worlds.scenario(measures=measures)


def test_levels_are_todays_before_a_measure_and_after_it():
    s = asked(Measure(lever="hub", amount=1.0, first=3, last=5))
    hubs = [levels(s, PLACES, month).hub[0] for month in (-4, 0, 2, 3, 5, 6)]
    assert hubs == [0.5, 0.5, 0.5, 1.5, 1.5, 0.5]


def test_measures_on_one_lever_add_up_and_stay_in_its_range():
    s = asked(Measure(lever="hub", amount=1.0), Measure(lever="hub", amount=9.0, places=(PLACES.code[2],)))
    assert levels(s, PLACES, 1).hub.tolist() == [1.5, 1.5, 4.0, 1.5]
    assert levels(asked(Measure(lever="hub", amount=-3.0)), PLACES, 1).hub.tolist() == [0.0] * 4


def test_todays_support_costs_its_levels_times_their_prices():
    # Million yen a year for 5,000 adults: guides 9.6, their meetings 0.2 and training 0.12; hub 3, open days 1,
    # greeting 2.225, story 1.5; events 1.8; vacant houses 2.5; replies 0.1; shared doing 0.89; looser ties 0.12;
    # coordination 0.445; gatherings 0.1; newsletters 0.16.
    assert pytest.approx(23_760_000.0) == TODAY
    assert yen(asked(), PLACES, 1) == pytest.approx(TODAY * UNITS)
    assert yen(asked(), PLACES, 0) == pytest.approx(TODAY * UNITS)


def test_a_measure_costs_its_amount_times_the_price_where_and_when_it_is_in_force():
    s = asked(Measure(lever="hub", amount=0.5, places=(PLACES.code[1],), first=2))
    more = yen(s, PLACES, 2) - yen(s, PLACES, 1)
    assert more == pytest.approx(np.array([0.0, 3e6, 0.0, 0.0]) * UNITS)


def test_an_own_price_counts_for_what_the_measure_adds_only():
    s = asked(Measure(lever="hub", amount=0.5, price=1e6), Measure(lever="hub", amount=1.0))
    assert yen(s, PLACES, 1) == pytest.approx((TODAY + 0.5e6 + 6e6) * UNITS)


def test_what_the_range_holds_back_is_not_paid_for():
    s = asked(Measure(lever="coordination", amount=10.0, price=0.0))
    assert yen(s, PLACES, 1) == pytest.approx(TODAY * UNITS)
    s = asked(Measure(lever="coordination", amount=1.8))  # half of it fits under 1
    assert yen(s, PLACES, 1) == pytest.approx((TODAY + 0.9 * 4.45e6) * UNITS)
