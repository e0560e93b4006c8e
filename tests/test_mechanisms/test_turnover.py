"""Turnover: with probability tau_0 a row holds somebody new, and the old person's ties have ended."""

from __future__ import annotations

import numpy as np
import pytest
import worlds
from worlds import CITY, ISLAND, TOWN

from sim.mechanisms.turnover import turnover
from sim.state import DIRECT, FREE, HOBBY, LATENT

PEOPLE = 4000


def replace(probability):
    """Return a world of people with a live tie to the town and one to the island, and a memory of the city."""
    w = worlds.bare(PEOPLE, traits__turnover=probability)
    w.state.people.setpoint[...], w.state.people.interest[...], w.state.people.wellbeing[...] = (
        255,
        0.9,
        55_555,
    )
    worlds.tie(w, slice(None), 0, HOBBY, TOWN, born=-4, near=1)
    worlds.tie(w, slice(None), 1, LATENT, CITY)
    worlds.tie(w, slice(None), 2, DIRECT, ISLAND, host=w.geometry.host_starts[ISLAND], born=-200)
    worlds.act(w, turnover)
    return w


def replaced(w):
    return (w.state.ties.stage == FREE).all(axis=1)


@pytest.mark.parametrize("probability", [0.0012, 0.03, 0.4])
def test_people_are_replaced_with_their_probability(probability):
    assert worlds.is_likely(replaced(replace(probability)).sum(), PEOPLE, probability)


def test_ties_of_the_replaced_end_as_worked_by_hand():
    """Each ends two live ties: one near, aged 1 + 4 = 5 months, one far, aged 201, in the open last age of 120."""
    w = replace(0.4)
    n = replaced(w).sum()
    assert w.tally.ended.tolist() == [0, 0, n, n]
    assert w.tally.spells[HOBBY, 1, 5] == w.tally.spells[DIRECT, 0, 120] == n
    assert w.tally.spells.sum() == 2 * n
    t = w.state.ties
    assert (t.place[replaced(w)] == -1).all()
    assert (t.host[replaced(w)] == -1).all()
    assert (t.strength[replaced(w)] == 0.0).all()
    assert (t.stage[~replaced(w)] == [HOBBY, LATENT, DIRECT]).all()
    assert (w.state.people.interest[~replaced(w)] == np.float32(0.9)).all()
    assert (w.state.people.wellbeing[~replaced(w)] == 55_555).all()


def test_nobody_new_remembers_anything():
    """All slots are empty, also those of memories, and ties short-lived or with roots end like others."""
    w = worlds.bare(PEOPLE, traits__turnover=1.0)
    worlds.tie(w, slice(None), 0, HOBBY, TOWN, short=1)
    worlds.tie(w, slice(None), 1, LATENT, CITY, roots=1)
    worlds.act(w, turnover)
    assert (w.state.ties.stage == FREE).all()
    assert w.tally.spells[HOBBY, 0, 1] == w.tally.ended[TOWN] == PEOPLE


def test_new_people_have_traits_of_their_own_and_natural_interest():
    """Each level of a byte with probability 1/256, each of five skills with 1/5."""
    w = replace(1.0)
    people = w.state.people
    assert (people.interest == 0.5).all()  # the table of the bare world
    assert (people.wellbeing == 39_321).all()
    for trait in (people.setpoint, people.mobility, people.openness):
        assert len(np.unique(trait)) == 256
        assert abs(trait.mean() - 127.5) < 5 * 73.9 / np.sqrt(PEOPLE)
    for skill in range(5):
        assert worlds.is_likely((people.skill == skill).sum(), PEOPLE, 0.2)


def test_nobody_is_replaced_at_0_and_everybody_at_1():
    assert not replaced(replace(0.0)).any()
    assert replaced(replace(1.0)).all()


def test_people_of_later_months_are_others():
    """The address of new traits holds the month: a row replaced twice is not the same person twice."""
    w = worlds.bare(PEOPLE, traits__turnover=1.0)
    worlds.act(w, turnover)
    first = w.state.people.mobility.copy()
    worlds.act(w, turnover)
    assert worlds.is_likely((w.state.people.mobility == first).sum(), PEOPLE, 1 / 256)


def test_who_is_replaced_at_a_low_rate_is_also_replaced_at_a_high_one():
    few, many = replaced(replace(0.05)), replaced(replace(0.2))
    assert not (few & ~many).any()
