"""Leading (E22c): R' = R + g_R U S (1 - R) - k_c [out - out_0]+ (1 - U) R + d_R (R_0 - R), out = work / (work + k_res adults).

g_R 0.05, k_c 0.1, out_0 0.6, k_res 0.05, d_R 0.02, R_0 0.5; U 0.7 in the bare world; the city has 16 adults, who work 0.8 days
themselves; work is counted in halves.
"""

from __future__ import annotations

import pytest
import worlds
from worlds import CITY, SUBURB

from sim.mechanisms.leading import leading, outsiders_share


def lead(start=0.5, halves=0, spark=0.0, months=1, **changes):
    """Return R of the city after months with so much work of people from elsewhere."""
    w = worlds.bare(**changes)
    w.state.regions.lead[...], w.chances.spark[CITY] = start, spark
    w.tally.work[CITY, 1] = halves
    worlds.act(w, leading, months)
    return w.state.regions.lead[CITY]


# R, halves of work, S: R'
TABLE = [
    (0.5, 0, 0.0, 0.5),
    (0.8, 0, 0.0, 0.794),  # - 0.02 x 0.3
    (0.5, 0, 0.4, 0.507),  # + 0.05 x 0.7 x 0.4 x 0.5
    (0.5, 6, 0.0, 0.4971579),  # out 3 / 3.8 = 0.789474: - 0.1 x 0.189474 x 0.3 x 0.5
    (0.5, 2, 0.0, 0.5),  # out 1 / 1.8 = 0.555556 is bearable
    (0.8, 6, 0.4, 0.7922526),  # + 0.0028 - 0.0045474 - 0.006
]


@pytest.mark.parametrize(("start", "halves", "spark", "expected"), TABLE)
def test_residents_lead_as_worked_by_hand(start, halves, spark, expected):
    assert lead(start, halves, spark) == pytest.approx(expected, abs=1e-7)


@pytest.mark.parametrize(("halves", "expected"), [(0, 0.0), (6, 0.789474), (2, 0.555556)])
def test_share_of_work_from_elsewhere_is_as_worked_by_hand(halves, expected):
    w = worlds.bare()
    w.tally.work[CITY, [0, 4]] = [halves / 2, halves / 2]
    found = outsiders_share(w)
    assert found[CITY] == pytest.approx(expected, abs=1e-6)
    assert found[SUBURB] == 0.0


def test_where_everybody_understands_nobody_is_crowded_out():
    """1 - U = 0."""
    assert lead(0.5, 99, hosting__understanding=1.0) == pytest.approx(0.5)


def test_lead_stays_at_speed_0_and_within_0_and_1():
    still = {"leading__growth": 0.0, "leading__crowding_out": 0.0, "leading__back": 0.0}
    assert lead(0.3, 99, 1.0, **still) == 0.3
    fast = {
        "leading__growth": 1.0,
        "leading__back": 1.0,
        "leading__usual": 1.0,
        "hosting__understanding": 1.0,
    }
    assert lead(0.5, 0, 1.5, **fast) == 1.0
    crowded = {
        "leading__crowding_out": 1.0,
        "leading__bearable": 0.0,
        "leading__usual": 0.0,
        "leading__back": 1.0,
    }
    assert lead(0.9, 99, hosting__understanding=0.0, **crowded) == 0.0


def test_lead_falls_back_exponentially():
    """R - 0.5 shrinks by 0.98 a month."""
    assert lead(0.9, months=36) == pytest.approx(0.5 + 0.4 * 0.98**36, abs=1e-9)


def test_sparks_bring_residents_forward_and_too_much_work_from_elsewhere_pushes_them_back():
    assert lead(spark=0.2) < lead(spark=0.4)
    assert lead(halves=6) > lead(halves=60)
