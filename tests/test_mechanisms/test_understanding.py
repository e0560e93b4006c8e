"""Understanding (E23): U' = U + a_U (results + c_U + info)(1 - U) / 2 - 2 b_U [crowd - tol]+ U - a_U (Bbar + u_f) U;
results = min(1, work / adults / k_resu), info = (k_gat gatherings + k_let newsletters) / 24, crowd = visits / adults.

a_U b_U 0.02, c_U 0.3, u_f 0.2, tol 0.5, k_resu 0.05, k_gat 1, k_let 0.5; the city has 16 adults; work is counted in halves.
"""

from __future__ import annotations

import pytest
import worlds
from worlds import CITY, SUBURB

from sim.mechanisms.understanding import mean_exhaustion, understanding
from sim.state import EMPTY, GONE, RESTING


def understand(u=0.7, halves=0, visits=0, tired=0.0, gatherings=0.0, newsletters=0.0, months=1, **changes):
    """Return a world after months in which so much was done in the city."""
    w = worlds.bare(**changes)
    worlds.set_levels(w, gatherings=gatherings, newsletters=newsletters)
    w.state.regions.understanding[CITY], w.state.hosts.exhaustion[:3] = u, tired
    w.tally.work[CITY, 2], w.tally.visits[CITY] = halves, visits
    worlds.act(w, understanding, months)
    return w


# U, halves of work, visits, B, gatherings, newsletters: U'
TABLE = [
    (0.7, 0, 0, 0.0, 0.0, 0.0, 0.6981),  # + 0.02 x 0.3 x 0.15 - 0.02 x 0.2 x 0.7
    (0.7, 1, 0, 0.0, 0.0, 0.0, 0.699975),  # results 0.5 / 16 / 0.05 = 0.625: + 0.001875
    (0.7, 16, 0, 0.0, 0.0, 0.0, 0.7011),  # no more than 1: + 0.003
    (0.7, 0, 0, 0.0, 12.0, 0.0, 0.6996),  # info 0.5: + 0.0015
    (0.7, 0, 0, 0.0, 0.0, 24.0, 0.6996),
    (0.7, 0, 8, 0.0, 0.0, 0.0, 0.6981),  # half a visit an adult is bearable
    (0.7, 0, 16, 0.0, 0.0, 0.0, 0.6841),  # - 2 x 0.02 x 0.5 x 0.7
    (0.7, 0, 0, 0.4, 0.0, 0.0, 0.6925),  # - 0.02 x 0.4 x 0.7
    (0.2, 1, 16, 0.4, 12.0, 24.0, 0.209),  # 0.02 x 1.925 x 0.4 - 0.004 - 0.0024
]


@pytest.mark.parametrize(("u", "halves", "visits", "tired", "gatherings", "newsletters", "expected"), TABLE)
def test_residents_come_to_understand_as_worked_by_hand(
    u, halves, visits, tired, gatherings, newsletters, expected
):
    w = understand(u, halves, visits, tired, gatherings, newsletters)
    assert w.state.regions.understanding[CITY] == pytest.approx(expected, abs=1e-9)
    assert w.state.regions.visited[CITY] == visits


def test_mean_exhaustion_is_that_of_hosts_at_work():
    w = worlds.bare()
    h = w.state.hosts
    h.exhaustion[:5], h.status[:5] = [0.2, 0.8, 0.9, 1.0, 1.0], [1, RESTING, EMPTY, GONE, GONE]
    found = mean_exhaustion(w)
    assert found[CITY] == pytest.approx(0.5)
    assert found[SUBURB] == 0.0


def test_understanding_stays_at_speed_0():
    slow = {"understanding__learning": 0.0, "understanding__crowding": 0.0}
    assert understand(0.42, 99, 999, 1.0, 24.0, 24.0, **slow).state.regions.understanding[CITY] == 0.42


def test_understanding_stays_within_0_and_1():
    fast = {"understanding__learning": 1.0, "understanding__crowding": 1.0}
    assert understand(0.1, 0, 9999, **fast).state.regions.understanding[CITY] == 0.0
    assert (
        understand(
            0.1, 99, gatherings=24.0, **{**fast, "understanding__goodwill": 9.0}
        ).state.regions.understanding[CITY]
        == 1.0
    )


@pytest.mark.parametrize(
    ("halves", "gatherings", "settled"), [(0, 0.0, 3 / 7), (16, 0.0, 13 / 17), (16, 24.0, 23 / 27)]
)
def test_understanding_settles_where_goodwill_and_fading_balance(halves, gatherings, settled):
    """g (1 - U) / 2 = 0.2 U: U = g / (g + 0.4) for g 0.3, 1.3, 2.3."""
    found = understand(0.6, halves, gatherings=gatherings, months=3000).state.regions.understanding[CITY]
    assert found == pytest.approx(settled, abs=1e-6)


def test_crowds_and_tired_hosts_cost_understanding_and_work_and_meetings_bring_it():
    base = understand().state.regions.understanding[CITY]
    assert understand(visits=30).state.regions.understanding[CITY] < base
    assert understand(tired=0.5).state.regions.understanding[CITY] < base
    assert understand(halves=1).state.regions.understanding[CITY] > base
    assert understand(gatherings=6.0).state.regions.understanding[CITY] > base
    assert understand(newsletters=6.0).state.regions.understanding[CITY] > base
