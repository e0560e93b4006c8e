"""Destination (E3): P(r | h) = M_r exp(-beta_tau tau) G_r (1 + b_loc e / 12 [near])
(1 + b_peer n_hr + b_out a / (1 + n_hr)) / sum, n_hr among 100 residents of h, G_r = exp(beta_tau saved / 60)(1 + g);
without visits M_r (1 + b_tax yen)(1 + b_st sessions story) / A, A the sum. Closed roads do not change shares (test_search).

b_loc 1, b_out 2, b_tax 0.15, b_st 0.2; the city and the suburb are near each other and themselves, the town itself.
"""

from __future__ import annotations

import numpy as np
import pytest
import worlds
from worlds import CITY, ISLAND, SUBURB, TOWN

from sim.mechanisms.destination import destination


def weights(w):
    worlds.act(w, destination)
    return np.diff(w.chances.destination, axis=1, prepend=0.0)


def pulled(levels=None, shocks=None, tied=0, **changes):
    """Return by how much what is told of the town and the suburb multiplies their weight for the city."""
    base = weights(worlds.bare(**{"search__peer_choice": 0.08, **changes}))[CITY]
    w = worlds.bare(**{"search__peer_choice": 0.08, **changes})
    for name, value in (levels or {}).items():
        w.levels = w.levels._replace(**{name: np.array([0.0, value, value, 0.0])})
    for name, value in (shocks or {}).items():
        worlds.strike(w, **{name: [0.0, value, value, 0.0]})
    w.state.census.neighbours[CITY, [SUBURB, TOWN]] = tied
    found = weights(w)[CITY] / base
    assert found[[CITY, ISLAND]] == pytest.approx(1.0)
    return found[TOWN], found[SUBURB]


# levels, shocks, ties of the 16 residents: factor on the town, which is far, and on the suburb, which is near
FACTORS = [
    ({"transport": 30.0}, {}, 0, 1.316531, 1.316531),  # exp(0.55 / 2)
    ({}, {"strangers": 4.0}, 0, 5.0, 5.0),
    ({}, {"travel": 0.75}, 0, 1.0, 1.0),  # closed roads stop searches; nobody chooses another place
    ({}, {"travel": 1.0}, 0, 1.0, 1.0),
    ({"local_exchange": 6.0}, {}, 0, 1.0, 1.5),
    ({"outreach": 0.5}, {}, 0, 2.0, 2.0),
    ({"outreach": 0.5}, {}, 2, 2.074074, 2.074074),  # n 12.5: 1 + 0.08 x 12.5 + 1 / 13.5
    ({"outreach": 0.5, "transport": 30.0}, {"strangers": 4.0}, 2, 13.65291, 13.65291),
]


@pytest.mark.parametrize(("levels", "shocks", "tied", "far", "near"), FACTORS)
def test_what_places_do_and_suffer_draws_as_worked_by_hand(levels, shocks, tied, far, near):
    assert pulled(levels, shocks, tied, search__distance=0.55) == pytest.approx((far, near), rel=1e-6)


# levels of the town: factor on its weight for those who do not visit
@pytest.mark.parametrize(
    ("levels", "factor"),
    [
        ({"tax_campaign": 4.0}, 1.6),
        ({"virtual_hub": 5.0}, 1.5),  # story 0.5
        ({"virtual_hub": 5.0, "story": 1.0}, 2.0),
        ({"tax_campaign": 4.0, "virtual_hub": 5.0}, 2.4),
        ({"transport": 60.0, "outreach": 1.0, "local_exchange": 12.0}, 1.0),
    ],
)
def test_campaigns_and_sessions_draw_supporters_as_worked_by_hand(levels, factor):
    w = worlds.bare()
    worlds.act(w, destination)
    base = np.diff(w.chances.online, prepend=0.0)
    for name, value in levels.items():
        now = getattr(w.levels, name).copy()
        now[TOWN] = value
        w.levels = w.levels._replace(**{name: now})
    worlds.act(w, destination)
    assert np.diff(w.chances.online, prepend=0.0) / base == pytest.approx([1.0, 1.0, factor, 1.0])


# levels, everywhere or only in the town: A
@pytest.mark.parametrize(
    ("levels", "everywhere", "total"),
    [
        ({}, True, 1.0),
        ({"tax_campaign": 4.0}, True, 1.6),
        ({"tax_campaign": 4.0}, False, 1.193325),  # 1 + 0.6 x 0.322209
        ({"virtual_hub": 5.0, "story": 1.0}, True, 2.0),
        ({"tax_campaign": 4.0, "virtual_hub": 5.0}, False, 1.451093),  # 1 + 1.4 x 0.322209
    ],
)
def test_what_places_do_online_adds_up_as_worked_by_hand(levels, everywhere, total):
    w = worlds.bare(search__rural_pull=0.2)
    if everywhere:
        worlds.set_levels(w, **levels)
    else:
        w.levels = worlds.set_at(w, TOWN, **levels)
    worlds.act(w, destination)
    assert w.chances.online[-1] == pytest.approx(total, abs=1e-6)


def test_without_campaigns_supporters_choose_by_size_alone():
    """Shares of M_r as in test_online."""
    w = worlds.bare(search__rural_pull=0.2)
    worlds.act(w, destination)
    assert np.diff(w.chances.online, prepend=0.0) == pytest.approx(
        [0.313633, 0.184429, 0.322209, 0.179729], abs=1e-6
    )


def test_outreach_helps_most_where_nobody_is_known():
    gains = [pulled({"outreach": 1.0}, tied=n)[0] - pulled(tied=n)[0] for n in (0, 1, 4)]
    assert gains[0] > gains[1] > gains[2] > 0.0


def test_neighbours_draw_as_worked_by_hand():
    """2 of 16 residents are 12.5 in 100: 1 + 0.08 x 12.5 = 2."""
    w = worlds.bare(search__peer_choice=0.08)
    w.geometry.pull[CITY] = [1.0, 2.0, 0.5, 0.0]
    w.state.census.neighbours[CITY, SUBURB] = 2
    assert weights(w)[CITY] == pytest.approx([1.0, 4.0, 0.5, 0.0])


def test_pull_of_places_is_as_worked_by_hand():
    """M_r = adults x density^-0.2: city 1.6e6 x 2000^-0.2 = 349,876, island 0.6e6 x 240^-0.2 = 200,498; 4.65 h away.

    Ratio of island to city for residents of the city: 200498 e^(-0.55 x 4.6514) / (349876 e^(-0.55 x 0.51)) = 0.058745.
    """
    w = worlds.bare(search__distance=0.55, search__rural_pull=0.2)
    row = weights(w)[CITY]
    assert row[ISLAND] / row[CITY] == pytest.approx(0.058745, rel=1e-4)


def test_without_peers_what_others_do_does_not_matter():
    w = worlds.bare(search__peer_choice=0.0)
    before = weights(w)
    w.state.census.neighbours[...] = 50
    np.testing.assert_array_equal(weights(w), before)


def test_small_places_are_no_destination_for_their_own_people():
    """`inner_km` 0: one daily living area, however many neighbours have ties there."""
    w = worlds.bare()
    w.state.census.neighbours[...] = 50
    found = weights(w)
    assert found[ISLAND, ISLAND] == 0.0
    assert (found[:ISLAND, ISLAND] > 0.0).all()


def test_far_places_come_to_mind_less_and_the_more_so_the_more_distance_counts():
    def share(beta):
        row = weights(worlds.bare(search__distance=beta))[CITY]
        return row[TOWN] / row[SUBURB]

    assert share(0.25) > share(0.55) > share(0.8)


def test_people_go_where_their_own_neighbours_go():
    w = worlds.bare(search__peer_choice=0.5)
    before = weights(w)
    w.state.census.neighbours[CITY, TOWN] = 4
    after = weights(w)
    assert after[CITY, TOWN] > before[CITY, TOWN]
    np.testing.assert_array_equal(np.delete(after, CITY, axis=0), np.delete(before, CITY, axis=0))
