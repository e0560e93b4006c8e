"""Interest (E1): x' = x + d_x (x0 + (1 - x0) min(1, k_sch school / 100) - x) + (1 - x)(k_inf information / 100 + beta_s phi
+ k_news max z); d_x 0.05, beta_s 0.005, k_sch 2, k_inf 1, k_news 0.02.
"""

from __future__ import annotations

import numpy as np
import pytest
import worlds
from worlds import CITY

from sim.mechanisms.interest import interest
from sim.state import TIED


def drift(x, natural, information=0.0, tied=0, months=1, school=0.0, help_=0.0, **changes):
    """Return the interest of the 16 residents of the city and of the 8 of the suburb; school is in the city, help for the town."""
    w = worlds.bare(**changes)
    w.levels = w.levels._replace(school_programmes=np.array([school, 0.0, 0.0, 0.0]))
    worlds.strike(w, help=[0.0, 0.0, help_, 0.0])
    w.tables = w.tables._replace(setpoint=np.full(256, natural))
    worlds.set_levels(w, information=information)
    w.state.people.interest[...] = x
    w.state.census.home[CITY, TIED] = tied
    worlds.act(w, interest, months)
    x = w.state.people.interest
    assert np.ptp(x[:16]) == np.ptp(x[16:24]) == 0.0
    return x[0], x[16]


# x, x0, information in % a month, tied of 16 residents: x'
TABLE = [
    (0.5, 0.1, 0.0, 0, 0.48),  # 0.5 - 0.05 x 0.4
    (0.5, 0.5, 2.0, 4, 0.510625),  # 0.5 x (0.02 + 0.005 x 0.25)
    (0.5, 0.1, 2.0, 4, 0.490625),
    (0.0, 1.0, 3.0, 16, 0.085),  # 0.05 + 0.03 + 0.005
    (1.0, 1.0, 3.0, 16, 1.0),
]


@pytest.mark.parametrize(("x", "natural", "information", "tied", "expected"), TABLE)
def test_interest_moves_as_worked_by_hand(x, natural, information, tied, expected):
    assert drift(x, natural, information, tied)[0] == pytest.approx(expected, abs=1e-7)


# x, x0, school in % a month, parameter k_sch: x' in the city, and in the suburb without school
SCHOOL = [
    (0.5, 0.1, 3.0, 2.0, 0.4827, 0.48),  # towards 0.1 + 0.9 x 0.06 = 0.154: 0.5 - 0.05 x 0.346
    (0.2, 0.2, 3.0, 5.0, 0.206, 0.2),  # towards 0.2 + 0.8 x 0.15 = 0.32
    (0.5, 0.1, 3.0, 50.0, 0.525, 0.48),  # no more than 1
]


@pytest.mark.parametrize(("x", "natural", "school", "reached", "expected", "elsewhere"), SCHOOL)
def test_school_raises_natural_interest_at_home_as_worked_by_hand(
    x, natural, school, reached, expected, elsewhere
):
    found = drift(x, natural, school=school, interest__school=reached)
    assert found == pytest.approx((expected, elsewhere), abs=1e-7)


def test_news_of_a_disaster_raises_interest_everywhere_as_worked_by_hand():
    """z 0.5 in the town: 0.5 x 0.02 x 0.5 = 0.005 on top of 0.5."""
    assert drift(0.5, 0.5, help_=0.5) == pytest.approx((0.505, 0.505), abs=1e-7)


def test_interest_stays_without_push_or_forgetting_and_is_natural_at_once_when_all_is_forgotten():
    assert drift(0.3, 0.9, months=12, interest__forgetting=0.0)[0] == np.float32(0.3)
    assert drift(0.3, 0.9, interest__forgetting=1.0)[0] == np.float32(0.9)


def test_interest_never_passes_1():
    assert drift(0.9, 1.0, 3.0, 16, months=50, interest__peers=1.0, interest__forgetting=1.0)[0] == 1.0


def test_interest_falls_back_exponentially():
    """x_n - x0 = (x - x0) 0.95^n: most of an information campaign is forgotten within two years."""
    assert drift(0.7, 0.1, months=24)[0] == pytest.approx(0.1 + 0.6 * 0.95**24, abs=1e-6)


def test_ties_of_neighbours_raise_interest_at_home_only():
    home, elsewhere = drift(0.4, 0.4, tied=8)
    assert home > elsewhere == np.float32(0.4)


def test_information_raises_interest_with_diminishing_returns():
    levels = [drift(0.2, 0.2, information=i, months=12)[0] for i in (0.0, 1.0, 2.0, 3.0)]
    gains = np.diff(levels)
    assert (gains > 0).all()
    assert (np.diff(gains) < 0).all()
