"""Destination (E3): P(r | h) = M_r exp(-beta_tau tau)(1 + b_peer n_hr) / sum, n_hr among 100 residents of h."""

from __future__ import annotations

import numpy as np
import pytest
import worlds
from worlds import CITY, ISLAND, SUBURB, TOWN

from sim.mechanisms.destination import destination


def weights(w):
    worlds.act(w, destination)
    return np.diff(w.chances.destination, axis=1, prepend=0.0)


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
