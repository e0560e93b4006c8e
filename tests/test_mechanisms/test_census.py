"""Census: people and ties counted by hand; visiting before non-visiting, main tie the strongest that brings visits.

Recommenders: score = round(10 (0.2 x + 0.8 q)), 1 from 8 on, -1 up to 5. Gain in wellbeing in millionths.
"""

from __future__ import annotations

import numpy as np
import pytest
import worlds
from worlds import CITY, ISLAND, SUBURB, TOWN

from sim.mechanisms.census import census, recommends
from sim.state import (
    DIRECT,
    DIRECT_PEOPLE,
    EXCHANGE,
    HOBBY,
    HOME_TIES,
    INDIFFERENT,
    LATENT,
    MAIN_HOBBY,
    MARK_COMMUNITY,
    MARK_NEAR,
    MARK_RECOMMEND,
    MARK_ROOTS,
    MARK_SHORT,
    NONVISITING,
    OLDEST,
    ONLINE,
    TIED,
    VISITING,
    WELLBEING,
    WORK,
)
from sim.ties import ages


def counted():
    """Six people of the city (rows 0 to 5) and one of the island (row 39) in month 40."""
    w = worlds.bare()
    w.state.month, w.month = 39, 40
    w.state.people.interest[...] = 0.5
    w.state.people.interest[:3] = [0.19, 0.2, 0.0]
    w.state.people.skill[0] = 4
    worlds.tie(w, 0, 0, HOBBY, TOWN, 0.3, born=4)  # 36 months old
    worlds.tie(w, 0, 1, DIRECT, ISLAND, 0.2, host=7, born=40)
    worlds.tie(w, 0, 2, ONLINE, SUBURB, 0.9, born=4, near=1)  # the strongest, but no visits
    worlds.tie(w, 1, 1, ONLINE, TOWN, 0.5, born=39)
    worlds.tie(w, 2, 0, LATENT, TOWN, 0.9, born=4)
    worlds.tie(w, 3, 0, EXCHANGE, SUBURB, 0.4, host=3, born=-200, start=HOBBY, near=1)
    worlds.tie(w, 3, 2, WORK, ISLAND, 0.4, host=7, born=3)
    worlds.tie(w, 39, 0, WORK, TOWN, 0.1, host=5, born=4)
    worlds.act(w, census)
    return w.state


def test_people_are_counted_as_by_hand():
    home = counted().census.home
    city, island = home[CITY], home[ISLAND]
    assert (city[VISITING], city[NONVISITING], city[TIED], city[INDIFFERENT]) == (2, 1, 3, 2)
    assert (city[DIRECT_PEOPLE], city[HOME_TIES]) == (1, 4)
    # person 0: hobby 0.3 before direct 0.2; person 3: of two ties as strong the first, exchange
    assert city[MAIN_HOBBY : MAIN_HOBBY + 4].tolist() == [1, 1, 0, 0]
    assert (island[VISITING], island[MAIN_HOBBY + WORK - HOBBY], island[HOME_TIES]) == (1, 1, 1)
    assert home[[SUBURB, TOWN]].sum() == 0


def test_ties_are_counted_as_by_hand():
    c = counted().census
    assert c.stages.tolist() == [
        [0, 0, 0, 0, 0, 0, 0],
        [0, 1, 0, 1, 0, 0, 0],
        [0, 1, 1, 0, 1, 0, 1],
        [0, 0, 0, 0, 1, 1, 0],
    ]
    assert c.neighbours[CITY].tolist() == [0, 2, 2, 2]
    assert c.neighbours[ISLAND].tolist() == [0, 0, 1, 0]
    exchange, work, direct = c.participants[ISLAND].tolist()
    assert (exchange, work, direct) == ([0, 0, 0, 0, 0], [1, 0, 0, 0, 0], [0, 0, 0, 0, 1])
    assert c.participants.sum() == 4
    assert c.reached.tolist() == [0, 0, 2, 0]  # without the tie that brings no visits, and the memory


def test_hosts_and_ages_are_counted_as_by_hand():
    state = counted()
    assert state.census.hosted.tolist() == state.hosts.ties.tolist() == [0, 0, 0, 1, 0, 1, 0, 2]
    ages = state.census.ages
    assert ages.sum() == 7
    assert ages[HOBBY, 0, 36] == ages[DIRECT, 0, 0] == ages[ONLINE, 1, 36] == ages[ONLINE, 0, 1] == 1
    assert ages[HOBBY, 1, 120] == ages[WORK, 0, 37] == ages[WORK, 0, 36] == 1


def test_without_ties_nothing_is_counted_but_indifference():
    w = worlds.bare()
    w.state.people.interest[...] = 0.1
    worlds.act(w, census)
    c = w.state.census
    assert c.home[:, INDIFFERENT].tolist() == [16, 8, 10, 6]
    assert c.home.sum() == 40
    assert sum(int(column.sum()) for column in c[1:]) == 0


@pytest.mark.parametrize("stage", [HOBBY, EXCHANGE, WORK, DIRECT])
def test_when_everybody_has_the_same_tie_everybody_visits(stage):
    w = worlds.bare()
    worlds.tie(w, slice(None), 0, stage, TOWN, host=5 if stage > HOBBY else -1)
    worlds.act(w, census)
    home = w.state.census.home
    np.testing.assert_array_equal(home[:, VISITING], [16, 8, 10, 6])
    np.testing.assert_array_equal(home[:, MAIN_HOBBY + stage - HOBBY], [16, 8, 10, 6])
    assert w.state.census.stages[TOWN, stage] == 40


def test_marks_of_ties_are_counted_as_by_hand():
    """Of ties to the town that bring visits: two near, one with roots, three short-lived; of others: one community."""
    w = worlds.bare()
    w.state.people.interest[...] = 0.5
    worlds.tie(w, [0, 1], 0, HOBBY, TOWN, 0.6, near=1, short=1)
    worlds.tie(w, 2, 0, DIRECT, TOWN, 0.9, host=5, roots=1, short=1)
    worlds.tie(w, 3, 0, ONLINE, TOWN, 0.9, near=1, roots=1, community=1)
    worlds.tie(w, 4, 0, ONLINE, TOWN, 0.9)
    worlds.tie(w, 5, 0, EXCHANGE, TOWN, 0.1, host=5, start=ONLINE, community=1)  # brings visits by now
    worlds.tie(w, 6, 0, LATENT, TOWN, 0.9, near=1, roots=1)
    worlds.act(w, census)
    marks = w.state.census.marks[TOWN]
    found = [int(marks[k]) for k in (MARK_NEAR, MARK_ROOTS, MARK_SHORT, MARK_COMMUNITY)]
    assert found == [2, 1, 3, 1]
    assert marks[MARK_RECOMMEND] == 1 - 1  # scores 5.8, 5.8, 8.2, 1.8: one recommends, one warns
    assert w.state.census.marks.sum() == marks.sum()


# x, q: 1 recommends, -1 warns
@pytest.mark.parametrize(
    ("x", "q", "expected"),
    [
        (1.0, 0.75, 1),
        (0.5, 0.85, 1),
        (0.5, 0.8, 0),
        (0.5, 0.6, 0),
        (0.5, 0.5, -1),
        (0.0, 0.9, 0),
        (0.0, 0.0, -1),
    ],
)  # scores 8, 7.8, 7.4, 5.8, 5, 7.2, 0
def test_recommenders_are_as_worked_by_hand(x, q, expected):
    assert recommends(x, q) == expected


def test_gain_in_wellbeing_is_counted_as_by_hand():
    """Over 0.6, or 39,321 of 65,535 steps, for those who visit: 3,000 and -2,000 steps in the city, in millionths; not for supporters and memories."""
    w = worlds.bare()
    w.state.people.wellbeing[:5] = [39321 + 3000, 39321 - 2000, 60000, 60000, 60000]
    worlds.tie(w, 0, 0, HOBBY, TOWN)
    worlds.tie(w, 1, [0, 1], WORK, TOWN, host=5)
    worlds.tie(w, 2, 0, ONLINE, TOWN)
    worlds.tie(w, 3, 0, LATENT, TOWN)
    worlds.act(w, census)
    assert w.state.census.home[:, WELLBEING].tolist() == [45_777 - 30_518, 0, 0, 0]


@pytest.mark.parametrize("month", [130, 255, 256, 400])
def test_old_tie_stays_old_however_long_it_lasts(month):
    """Months of birth are kept modulo 256; a tie of 300 months must not be taken for one of 44."""
    w = worlds.bare()
    worlds.tie(w, 0, 0, HOBBY, TOWN, born=1)
    worlds.act(w, census, months=month)
    assert np.flatnonzero(w.state.census.ages[HOBBY, 0]).tolist() == [min(month - 1, 120)]
    assert ages(month, w.state.ties.born[0, 0]) == min(month - 1, OLDEST)


def test_tie_that_began_with_visits_lasts_36_months_even_if_it_brings_none_by_then():
    w = worlds.bare()
    w.state.month, w.month = 39, 40
    worlds.tie(w, 0, 0, ONLINE, TOWN, start=HOBBY, born=4)
    worlds.tie(w, 1, 0, HOBBY, TOWN, start=ONLINE, born=4)
    worlds.act(w, census)
    assert w.state.census.reached.tolist() == [0, 0, 1, 0]
