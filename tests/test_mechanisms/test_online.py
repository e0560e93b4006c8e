"""Online (E2v, E3v, E7): hazard r_v A (1 + k_ft days) x f / (0.7 + 0.3 f), place by P_V, here M_r; tie with `found`,
strength q_0V 0.08, in a community with p_com + (1 - p_com) p_V; A = sum of M_r (1 + b_tax yen)(1 + b_st sessions story).

k_ft 0.03, p_com 0.2, b_tax 0.15, b_st 0.2; M_r = adults x density^-0.2 of the four places: 349,876, 205,741, 359,443, 200,498: shares 0.3136 0.1844 0.3222 0.1797.
"""

from __future__ import annotations

import numpy as np
import pytest
import worlds
from worlds import ISLAND, TOWN

from sim.mechanisms.destination import destination
from sim.mechanisms.online import online
from sim.state import COMMUNITY_BIT, FREE, HOBBY, LATENT, NEAR_BIT, ONLINE, ROOTS_BIT

PEOPLE = 4000
ALWAYS = {"search__online_rate": 1000.0}
SHARES = (0.313633, 0.184429, 0.322209, 0.179729)


def support(prepare=lambda w: None, mobility=1.0, found=1.0, **changes):
    w = worlds.bare(PEOPLE, **{"search__rural_pull": 0.2, **changes})
    w.tables = w.tables._replace(mobility=np.full(256, mobility))
    w.chances.online[...], w.chances.found[...] = np.cumsum(w.geometry.mass), found
    prepare(w)
    worlds.act(w, online)
    return w


def to_the_town(w):
    w.chances.online[...] = [0.0, 0.0, 1.0, 1.0]


@pytest.mark.parametrize(
    ("mobility", "days", "found", "probability"),
    [(1.0, 0, 1.0, 0.181269), (1.0, 0, 0.4, 0.072508), (4.0, 0, 1.0, 0.343644), (0.0, 0, 1.0, 0.0),
     (1.0, 10, 1.0, 0.228948)],
)  # fmt: skip
def test_ties_begin_with_the_probability_worked_by_hand(mobility, days, found, probability):
    """r_v 0.4 x 0.5 = 0.2; x 4 / 1.9 = 0.421053; x 1.3 = 0.26 with ten days free."""

    def prepare(w):
        to_the_town(w)
        worlds.set_levels(w, free_time=days)

    w = support(prepare, mobility, found, search__online_rate=0.4)
    t = w.state.ties
    begun = t.stage[:, 0] == ONLINE
    assert worlds.is_likely(begun.sum(), PEOPLE, probability)
    assert w.tally.started[TOWN] == w.tally.started.sum() == begun.sum()
    assert worlds.is_likely(w.tally.searchers_online[TOWN], PEOPLE, probability / found)
    assert w.tally.searchers_online.sum() == w.tally.searchers_online[TOWN]
    np.testing.assert_allclose(t.strength[begun, 0], 0.08)
    assert (t.host == -1).all()


MAINLAND = 3400


def campaign(levels, place=None):
    """Return a world of 3,400 who may look at r_v 0.4 (islanders, who have an island too many, do not)."""

    def prepare(w):
        w.state.people.interest[MAINLAND:] = 0.0
        if place is None:
            worlds.set_levels(w, **levels)
        else:
            w.levels = worlds.set_at(w, place, **levels)
        destination(w)

    return support(prepare, search__online_rate=0.4)


# levels: probability to look
@pytest.mark.parametrize(
    ("levels", "probability"),
    [
        ({}, 0.181269),  # 0.4 x 0.5 = 0.2
        ({"tax_campaign": 4.0}, 0.273851),  # x 1.6 = 0.32
        ({"virtual_hub": 5.0}, 0.259182),  # story 0.5: x 1.5 = 0.3
        ({"tax_campaign": 4.0, "virtual_hub": 5.0}, 0.381217),  # x 2.4 = 0.48
        ({"transport": 60.0, "outreach": 1.0, "local_exchange": 12.0}, 0.181269),
    ],
)
def test_campaigns_everywhere_make_more_people_look_as_worked_by_hand(levels, probability):
    """And they look where they would have looked."""
    found = campaign(levels).tally.searchers_online
    assert worlds.is_likely(found.sum(), MAINLAND, probability)
    for r, share in enumerate(SHARES):
        assert worlds.is_likely(found[r], MAINLAND, probability * share)


def test_campaign_of_one_place_adds_people_and_draws_hardly_any_from_others():
    """A = 1 + 0.6 x 0.322209 = 1.193325: 0.238665 -> 0.212321; the town has 1.6 x 0.322209 / A = 0.432017 of them."""
    found = campaign({"tax_campaign": 4.0}, TOWN).tally.searchers_online
    assert worlds.is_likely(found.sum(), MAINLAND, 0.212321)
    assert worlds.is_likely(found[TOWN], MAINLAND, 0.212321 * 0.432017)
    for r in (0, 1, ISLAND):
        assert worlds.is_likely(found[r], MAINLAND, 0.212321 * SHARES[r] / 1.193325)


def test_distance_does_not_count():
    """People of the city and the suburb choose by M_r alone; those of the island have no island to choose."""
    w = support(**ALWAYS)
    place, home = w.state.ties.place[:, 0], worlds.home_of(w)
    for h in range(3):
        for r, share in enumerate(SHARES):
            assert worlds.is_likely((place[home == h] == r).sum(), int((home == h).sum()), share)
    assert not (place[home == ISLAND] == ISLAND).any()
    assert worlds.is_likely((place[home == ISLAND] == -1).sum(), 600, SHARES[ISLAND])
    assert (
        w.tally.searchers_online.sum() == (place >= 0).sum()
    )  # who thinks of the island at home looks nowhere


def test_near_places_are_marked_as_near():
    t = support(to_the_town, **ALWAYS).state.ties
    home = worlds.home_of(support())
    kind = t.kind[:, 0] % COMMUNITY_BIT
    assert (kind[home == TOWN] == ONLINE + NEAR_BIT).all()
    assert (kind[home != TOWN] == ONLINE).all()


@pytest.mark.parametrize(("session", "share"), [(0.0, 0.2), (0.5, 0.6), (1.0, 1.0)])
def test_ties_are_a_community_as_often_as_worked_by_hand(session, share):
    def prepare(w):
        w.chances.session[...] = session

    kind = support(prepare, **ALWAYS).state.ties.kind[:, 0]
    begun = kind > 0
    assert worlds.is_likely(((kind & COMMUNITY_BIT) > 0).sum(), int(begun.sum()), share)


def test_ties_with_the_place_of_ones_family_have_roots():
    """Everybody has family, by M_r: with the town 0.322209, which is not the own daily living area of anybody here."""
    kind = support(to_the_town, roots__share=1.0, **ALWAYS).state.ties.kind[:, 0]
    assert worlds.is_likely(((kind & ROOTS_BIT) > 0).sum(), PEOPLE, SHARES[TOWN])
    nobody = support(to_the_town, roots__share=0.0, **ALWAYS).state.ties.kind[:, 0]
    assert not (nobody & ROOTS_BIT).any()


def test_memory_of_the_place_returns_with_its_strength():
    def prepare(w):
        to_the_town(w)
        worlds.tie(w, slice(None), 2, LATENT, TOWN, 0.3, roots=1)

    w = support(prepare, **ALWAYS)
    assert (w.state.ties.kind[:, 2] & ROOTS_BIT).all()
    assert w.tally.returned[TOWN] == PEOPLE
    assert w.tally.started.sum() == 0
    assert (w.state.ties.stage == [FREE, FREE, ONLINE]).all()
    np.testing.assert_allclose(w.state.ties.strength[:, 2], 0.3)


def test_nobody_begins_a_second_tie_with_a_place():
    def prepare(w):
        to_the_town(w)
        worlds.tie(w, slice(None), 1, HOBBY, TOWN)

    w = support(prepare, **ALWAYS)
    assert w.tally.started.sum() == 0
    assert w.tally.searchers_online[TOWN] == PEOPLE


@pytest.mark.parametrize("never", [{"search__online_rate": 0.0}, {"found": 0.0, **ALWAYS}])
def test_nobody_begins_at_rate_or_chance_0(never):
    assert (support(**never).state.ties.stage == FREE).all()


def test_interested_people_begin_more():
    def keen(w):
        w.state.people.interest[...] = 0.9

    few = support(search__online_rate=0.2).tally.started.sum()
    assert support(keen, search__online_rate=0.2).tally.started.sum() > 1.5 * few
