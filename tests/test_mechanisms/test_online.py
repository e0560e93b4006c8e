"""Online (E2v, E3v, E7): hazard r_v x f / (0.7 + 0.3 f), place by M_r alone, tie with e_0V, strength q_0V 0.08.

M_r = adults x density^-0.2 of the four places: 349,876, 205,741, 359,443, 200,498: shares 0.3136 0.1844 0.3222 0.1797.
"""

from __future__ import annotations

import numpy as np
import pytest
import worlds
from worlds import ISLAND, TOWN

from sim.mechanisms.online import online
from sim.state import FREE, HOBBY, LATENT, NEAR_BIT, ONLINE

PEOPLE = 4000
ALWAYS = {"search__online_rate": 1000.0, "search__online_chance": 1.0}
SHARES = (0.313633, 0.184429, 0.322209, 0.179729)


def support(prepare=lambda w: None, mobility=1.0, **changes):
    w = worlds.bare(PEOPLE, **{"search__rural_pull": 0.2, **changes})
    w.tables = w.tables._replace(mobility=np.full(256, mobility))
    prepare(w)
    worlds.act(w, online)
    return w


def to_the_town(w):
    w.geometry.online_cdf[...] = [0.0, 0.0, 1.0, 1.0]


@pytest.mark.parametrize(
    ("mobility", "chance", "probability"),
    [(1.0, 1.0, 0.181269), (1.0, 0.4, 0.072508), (4.0, 1.0, 0.343644), (0.0, 1.0, 0.0)],
)
def test_ties_begin_with_the_probability_worked_by_hand(mobility, chance, probability):
    """r_v 0.4 x 0.5 = 0.2; x 4 / 1.9 = 0.421053."""
    w = support(to_the_town, mobility, search__online_rate=0.4, search__online_chance=chance)
    t = w.state.ties
    begun = t.stage[:, 0] == ONLINE
    assert worlds.is_likely(begun.sum(), PEOPLE, probability)
    assert w.tally.started[TOWN] == w.tally.started.sum() == begun.sum()
    np.testing.assert_allclose(t.strength[begun, 0], 0.08)
    assert (t.host == -1).all()


def test_distance_does_not_count():
    """People of the city and the suburb choose by M_r alone; those of the island have no island to choose."""
    w = support(**ALWAYS)
    place, home = w.state.ties.place[:, 0], worlds.home_of(w)
    for h in range(3):
        for r, share in enumerate(SHARES):
            assert worlds.is_likely((place[home == h] == r).sum(), int((home == h).sum()), share)
    assert not (place[home == ISLAND] == ISLAND).any()
    assert worlds.is_likely((place[home == ISLAND] == -1).sum(), 600, SHARES[ISLAND])


def test_near_places_are_marked_as_near():
    t = support(to_the_town, **ALWAYS).state.ties
    home = worlds.home_of(support())
    assert (t.kind[home == TOWN, 0] == ONLINE + NEAR_BIT).all()
    assert (t.kind[home != TOWN, 0] == ONLINE).all()


def test_memory_of_the_place_returns_with_its_strength():
    def prepare(w):
        to_the_town(w)
        worlds.tie(w, slice(None), 2, LATENT, TOWN, 0.3)

    w = support(prepare, **ALWAYS)
    assert w.tally.returned[TOWN] == PEOPLE
    assert w.tally.started.sum() == 0
    assert (w.state.ties.stage == [FREE, FREE, ONLINE]).all()
    np.testing.assert_allclose(w.state.ties.strength[:, 2], 0.3)


def test_nobody_begins_a_second_tie_with_a_place():
    def prepare(w):
        to_the_town(w)
        worlds.tie(w, slice(None), 1, HOBBY, TOWN)

    assert support(prepare, **ALWAYS).tally.started.sum() == 0


@pytest.mark.parametrize("never", ["search__online_rate", "search__online_chance"])
def test_nobody_begins_at_rate_or_chance_0(never):
    assert (support(**{**ALWAYS, never: 0.0}).state.ties.stage == FREE).all()


def test_interested_people_begin_more():
    def keen(w):
        w.state.people.interest[...] = 0.9

    few = support(search__online_rate=0.2, search__online_chance=1.0).tally.started.sum()
    assert support(keen, search__online_rate=0.2, search__online_chance=1.0).tally.started.sum() > 1.5 * few
