"""Moving (E17): ties of work or direct contribution pull with hazards mig_0 q^2 U (H_0 + k_h houses); one of them becomes home;
the mover takes the row of a resident drawn at random, who has left, and somebody new takes the mover's.

H_0 0.5, k_h 0.1, q_m 0.3; U 0.7 in the bare world, where there are no vacant houses.
"""

from __future__ import annotations

import numpy as np
import pytest
import worlds
from worlds import CITY, ISLAND, SUBURB, TOWN

from sim.draws import MOVE, TRAITS, draw
from sim.mechanisms.moving import moving
from sim.state import (
    COMMUNITY_BIT,
    DIRECT,
    EXCHANGE,
    FREE,
    HOBBY,
    LATENT,
    NEAR_BIT,
    ONLINE,
    ROOTS_BIT,
    WORK,
)

PEOPLE = 4000
CITIZENS = slice(0, 1600)
FIRST_OF_TOWN = 24
"""Row of the first resident of the town in the bare world of 40 people."""
CERTAIN = {"moving__rate": 1.0, "moving__housing": 1000.0}


def settle(stage=DIRECT, q=0.5, houses=0.0, understanding=0.7, **changes):
    """Return a world in which 1,600 people of the city had a tie with the town, after a month."""
    w = worlds.bare(PEOPLE, hosting__understanding=understanding, **{"moving__rate": 1.0, **changes})
    worlds.set_levels(w, vacant_houses=houses)
    host = w.geometry.host_starts[TOWN] if EXCHANGE <= stage <= DIRECT else -1
    worlds.tie(w, CITIZENS, 0, stage, TOWN, q, host=host)
    worlds.act(w, moving)
    return w


# type, q, houses, U: probability at mig_0 = 1
TABLE = [
    (DIRECT, 0.5, 0.0, 0.7, 0.083781),  # 0.25 x 0.7 x 0.5 = 0.0875
    (WORK, 0.5, 0.0, 0.7, 0.083781),
    (DIRECT, 0.5, 10.0, 0.7, 0.230873),  # x 3: 0.2625
    (DIRECT, 1.0, 0.0, 0.7, 0.295312),  # 0.35
    (DIRECT, 1.0, 5.0, 0.2, 0.181269),  # 0.2 x 1
    (DIRECT, 1.0, 50.0, 0.0, 0.0),
    (EXCHANGE, 1.0, 50.0, 0.7, 0.0),
    (HOBBY, 1.0, 50.0, 0.7, 0.0),
    (ONLINE, 1.0, 50.0, 0.7, 0.0),
    (LATENT, 1.0, 50.0, 0.7, 0.0),
]


@pytest.mark.parametrize(("stage", "q", "houses", "understanding", "probability"), TABLE)
def test_people_move_with_the_probability_worked_by_hand(stage, q, houses, understanding, probability):
    w = settle(stage, q, houses, understanding)
    moved = int(w.tally.moved[TOWN])
    assert worlds.is_likely(moved, 1600, probability)
    assert w.tally.moved.sum() == w.state.regions.newcomers[TOWN, 1] == moved
    assert w.tally.ended[TOWN] == w.tally.ended.sum() == moved
    assert w.tally.spells.sum() == 0  # the tie has become home; nobody in the town had one that ended


def one_mover(home=3, place=TOWN):
    """Return a world in which one person moves, the row it moves to, and copies of what was before.

    The mover has a direct tie with the place, a near hobby tie with the suburb and a community of the island; all others have
    a hobby tie with the city or, in the city, with the town.
    """
    w = worlds.bare(40, **CERTAIN)
    people = w.state.people
    worlds.tie(w, slice(None), 0, HOBBY, CITY, 0.4)
    worlds.tie(w, slice(0, 16), 0, HOBBY, TOWN, 0.4)
    people.interest[home], people.wellbeing[home], people.skill[home] = 0.77, 55_555, 4
    people.setpoint[home], people.mobility[home], people.openness[home] = 11, 22, 33
    worlds.tie(w, home, 0, DIRECT, place, 1.0, host=w.geometry.host_starts[place], born=-9)
    worlds.tie(w, home, 1, HOBBY, SUBURB, 0.6, born=-3, near=1)
    worlds.tie(w, home, 2, ONLINE, ISLAND, 0.2, community=1)
    starts = w.geometry.starts
    u = draw(np.uint64(w.seed), MOVE, 1, home, 0)[2]
    row = int(starts[place] + int(u * (starts[place + 1] - starts[place])))
    before = worlds.columns(w)
    worlds.act(w, moving)
    return w, row, before


def test_mover_is_the_same_person_in_another_place():
    w, row, before = one_mover()
    people, t = w.state.people, w.state.ties
    assert FIRST_OF_TOWN <= row < FIRST_OF_TOWN + 10
    for name in people._fields:
        assert getattr(people, name)[row] == before[f"people.{name}"][3]
    assert t.stage[row].tolist() == [LATENT, HOBBY, ONLINE]
    assert t.place[row].tolist() == [CITY, SUBURB, ISLAND]
    np.testing.assert_allclose(t.strength[row], [0.3, 0.6, 0.2], rtol=1e-6)
    assert t.born[row].tolist() == [1, 256 - 3, 0]
    assert t.host[row].tolist() == [-1, -1, -1]


def test_old_home_is_remembered_and_near_is_looked_up_anew():
    """The suburb is near the city, and neither is near the town."""
    w, row, _ = one_mover()
    assert w.state.ties.kind[row].tolist() == [ONLINE + ROOTS_BIT, HOBBY, ONLINE + COMMUNITY_BIT]


def test_old_home_within_an_hour_is_near():
    w = worlds.bare(40, **CERTAIN)
    worlds.tie(w, 17, 2, WORK, CITY, 1.0, host=0)
    worlds.act(w, moving)
    kind, stage = w.state.ties.kind[:16, 2], w.state.ties.stage[:16, 2]
    assert kind[stage == LATENT].tolist() == [ONLINE + ROOTS_BIT + NEAR_BIT]


def test_somebody_new_takes_the_old_row():
    w, _, _ = one_mover()
    people, u = w.state.people, draw(np.uint64(w.seed), TRAITS, 1, 3, 0)
    assert (w.state.ties.stage[3] == FREE).all()
    assert (w.state.ties.place[3] == -1).all()
    levels = [int(people.setpoint[3]), int(people.mobility[3]), int(people.openness[3]), int(people.skill[3])]
    assert levels == [int(u[0] * 256), int(u[1] * 256), int(u[2] * 256), int(u[3] * 5)]
    assert people.interest[3] == 0.5
    assert people.wellbeing[3] == 39_321


def test_whoever_lived_there_has_left_and_nobody_else_is_touched():
    """The tie that became home and the hobby tie of who left ended; only the latter is the end of a spell."""
    w, row, before = one_mover()
    assert w.tally.ended.tolist() == [1, 0, 1, 0]
    assert w.tally.spells[HOBBY, 0, 1] == w.tally.spells.sum() == 1
    others = np.setdiff1d(np.arange(40), [3, row])
    for group in ("people", "ties"):
        for name, column in getattr(w.state, group)._asdict().items():
            np.testing.assert_array_equal(column[others], before[f"{group}.{name}"][others])


@pytest.mark.parametrize("stage", [HOBBY, LATENT])
def test_tie_with_the_old_home_is_memory_enough(stage):
    """Somebody of the city with another tie to the city, which has several towns: it goes on from afar."""
    w = worlds.bare(40, **CERTAIN)
    worlds.tie(w, 3, 0, DIRECT, TOWN, 1.0, host=5)
    worlds.tie(w, 3, 1, stage, CITY, 0.6, near=1)
    worlds.act(w, moving)
    row = int(np.flatnonzero((w.state.ties.stage > 0).any(axis=1))[0])
    assert row >= FIRST_OF_TOWN
    assert w.state.ties.stage[row].tolist() == [FREE, stage, FREE]
    assert w.state.ties.kind[row, 1] & NEAR_BIT == 0
    assert w.state.ties.place[row].tolist() == [-1, CITY, -1]


def test_whoever_moves_within_the_home_stays_in_the_row_and_the_tie_is_gone():
    """The town has several towns in it."""
    w = worlds.bare(40, **CERTAIN)
    worlds.tie(w, 30, 0, WORK, TOWN, 1.0, host=5, near=1)
    worlds.tie(w, 30, 1, HOBBY, CITY, 0.5)
    before = worlds.columns(w)
    worlds.act(w, moving)
    assert w.state.ties.stage[30].tolist() == [FREE, HOBBY, FREE]
    assert w.tally.moved[TOWN] == w.tally.ended[TOWN] == w.state.regions.newcomers[TOWN, 1] == 1
    assert w.tally.spells.sum() == 0
    np.testing.assert_array_equal(w.state.people.interest, before["people.interest"])


# strengths of a working tie with the town and of a direct one with the island, mig_0: share who move, of these to the town
@pytest.mark.parametrize(
    ("work", "direct", "rate", "moving_", "town"),
    [
        (0.5, 1.0, 1.0, 0.354352, 0.2),  # 0.0875 + 0.35 = 0.4375; 1 : 4
        (0.5, 0.5, 1.0, 0.160543, 0.5),  # 0.175
        (0.5, 1.0, 0.2, 0.083781, 0.2),
        (0.5, 0.0, 1.0, 0.083781, 1.0),
    ],
)
def test_people_with_two_ties_move_by_one_of_them_as_worked_by_hand(work, direct, rate, moving_, town):
    w = worlds.bare(PEOPLE, moving__rate=rate)
    worlds.tie(w, CITIZENS, 0, HOBBY, SUBURB, 1.0)
    worlds.tie(w, CITIZENS, 1, WORK, TOWN, work, host=w.geometry.host_starts[TOWN])
    worlds.tie(w, CITIZENS, 2, DIRECT, ISLAND, direct, host=w.geometry.host_starts[ISLAND])
    worlds.act(w, moving)
    moved = w.tally.moved
    assert worlds.is_likely(moved.sum(), 1600, moving_)
    assert worlds.is_likely(moved[TOWN], int(moved.sum()), town)
    assert moved[TOWN] + moved[ISLAND] == moved.sum()


def test_row_that_was_overwritten_is_passed_over():
    """All ten people of the town want to move to the city, but one from the city takes the place of one of them first."""
    w = worlds.bare(40, **CERTAIN)
    worlds.tie(w, 3, 0, DIRECT, TOWN, 1.0, host=5)
    w.state.people.interest[3] = 0.77
    worlds.tie(w, slice(FIRST_OF_TOWN, FIRST_OF_TOWN + 10), 0, DIRECT, CITY, 1.0, host=0)
    worlds.act(w, moving)
    assert w.tally.moved.tolist() == [9, 0, 1, 0]
    town = w.state.people.interest[FIRST_OF_TOWN : FIRST_OF_TOWN + 10]
    assert (town == np.float32(0.77)).sum() == 1


def test_where_nobody_lives_nobody_moves():
    """Three people for four places: none on the island, though it has a host."""
    w = worlds.bare(3, **CERTAIN)
    assert np.diff(w.geometry.starts).tolist() == [1, 1, 1, 0]
    worlds.tie(w, 0, 0, DIRECT, ISLAND, 1.0, host=w.geometry.host_starts[ISLAND])
    before = worlds.columns(w)
    worlds.act(w, moving)
    assert w.tally.moved.sum() == w.tally.ended.sum() == w.state.regions.newcomers.sum() == 0
    np.testing.assert_array_equal(w.state.ties.stage, before["ties.stage"])


def test_newcomers_of_a_year_ago_are_forgotten():
    w = worlds.bare(40)
    w.state.regions.newcomers[...] = 99
    worlds.act(w, moving)
    assert (w.state.regions.newcomers[:, 1] == 0).all()
    assert (np.delete(w.state.regions.newcomers, 1, axis=1) == 99).all()


def test_nobody_moves_at_rate_0_and_all_at_a_high_one():
    assert settle(q=1.0, moving__rate=0.0).tally.moved.sum() == 0
    assert settle(q=1.0, **CERTAIN).tally.moved.tolist() == [0, 0, 1600, 0]


def test_numbers_of_residents_stay_and_no_tie_is_lost_but_those_that_ended():
    w = settle(q=1.0, **CERTAIN)
    home, t = worlds.home_of(w), w.state.ties
    assert len(home) == PEOPLE
    memories = (t.stage == LATENT) & (t.place == CITY)
    assert memories.any(axis=1).sum() <= 1000  # of 1,600 movers those whom nobody has followed
    assert (home[memories.any(axis=1)] == TOWN).all()
    assert not worlds.live(t.stage).any()


@pytest.mark.parametrize("more", [{"houses": 20.0}, {"q": 0.9}, {"understanding": 0.9}])
def test_houses_strength_and_understanding_bring_people(more):
    assert settle(**more).tally.moved.sum() > settle().tally.moved.sum() > 0
