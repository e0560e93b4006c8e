"""Reviewing (E25c): every floor(12 / reviews + 1/2) months v + eta_r if use > u_hi, v - eta_r if use < u_lo and room > rm_lo, within 0-1;
v phi_R of the money for hubs and events goes to staff and sharing, half and half, each as far as its range goes; the rest stays.

u_hi 0.8, u_lo 0.5, rm_lo 0.6, eta_r 0.25, phi_R 0.5; the three hosts of the city have 1,800 minutes a month.
"""

from __future__ import annotations

import numpy as np
import pytest
import worlds
from worlds import CITY, TOWN

from sim.levers import levers
from sim.loop import MONTH
from sim.mechanisms.organising import organising
from sim.mechanisms.reviewing import reviewing
from sim.state import EMPTY, RESTING


def review(
    minutes,
    room=0.75,
    shifted=0.0,
    reviews=4.0,
    month=12,
    prepare=lambda w: None,
    levels=None,
    mechanism=reviewing,
    **changes,
):
    """Return a world after a month in which the hosts of the city had so many minutes each, and room is as told."""
    w = worlds.bare(**changes)
    w.state.month, w.month = month - 1, month
    worlds.set_levels(w, reviews=reviews, **(levels or {}))
    w.state.hosts.minutes[:3] = minutes
    w.state.regions.shifted[...] = shifted
    w.state.census.participants[:, 0, :] = 1
    w.state.regions.slots[...] = 0.025 * room / (1.0 - room)  # K / (K + 0.025) is the room
    prepare(w)
    worlds.act(w, mechanism)
    return w


# minutes of the hosts, room, share moved before: after
TABLE = [
    ((540, 540, 540), 0.75, 0.0, 0.25),  # use 0.9
    ((540, 540, 540), 0.3, 0.5, 0.75),  # whatever room there is
    ((540, 540, 540), 0.75, 0.9, 1.0),  # no more than all
    ((1620, 0, 0), 0.75, 0.0, 0.25),  # their hours together count
    ((480, 480, 480), 0.75, 0.5, 0.5),  # use 0.8 is not too much
    ((360, 360, 360), 0.75, 0.5, 0.5),  # 0.6
    ((240, 240, 240), 0.75, 0.5, 0.25),  # 0.4
    ((240, 240, 240), 0.6, 0.5, 0.5),  # room 0.6 is not enough
    ((240, 240, 240), 0.75, 0.1, 0.0),  # no less than nothing
]


@pytest.mark.parametrize(("minutes", "room", "before", "after"), TABLE)
def test_budget_moves_as_worked_by_hand(minutes, room, before, after):
    assert review(minutes, room, before).state.regions.shifted[CITY] == pytest.approx(after)


@pytest.mark.parametrize(
    ("reviews", "every"), [(4.0, 3), (3.0, 4), (2.0, 6), (1.6, 8), (1.0, 12), (0.5, 24), (0.01, 1200)]
)
def test_reviews_are_due_as_often_as_worked_by_hand(reviews, every):
    """12 / 1.6 = 7.5: eight months."""
    due = [
        month
        for month in range(1, 61)
        if review((540,) * 3, reviews=reviews, month=month).state.regions.shifted[CITY]
    ]
    assert due == list(range(every, 61, every))


def test_money_moves_as_worked_by_hand():
    """v 0.25, an eighth: 600,000 of 0.5 x 6,000,000 + 6 x 300,000; half buys 0.02 of staff, half 0.0674 of sharing."""
    lv = review((540,) * 3).levels
    price = {name: levers()[name].price for name in ("hub", "events", "intermediary", "coordination")}
    half = 0.125 * (0.5 * price["hub"] + 6.0 * price["events"]) / 2
    assert (lv.hub[CITY], lv.events[CITY]) == pytest.approx((0.4375, 5.25))
    assert lv.intermediary[CITY] == pytest.approx(half / price["intermediary"])
    assert lv.coordination[CITY] == pytest.approx(0.1 + half / price["coordination"])
    assert (lv.hub[TOWN], lv.events[TOWN], lv.intermediary[TOWN], lv.coordination[TOWN]) == (
        0.5,
        6.0,
        0.0,
        0.1,
    )


@pytest.mark.parametrize("shifted", [0.0, 0.3, 1.0])
def test_yen_stay_what_they_were(shifted):
    w = review((360,) * 3, shifted=shifted)
    names = ("hub", "events", "intermediary", "coordination")
    spent = sum(getattr(w.levels, name) * levers()[name].price for name in names)
    before = sum(worlds.BOOK_LEVELS.get(name, 0.0) * levers()[name].price for name in names)
    np.testing.assert_allclose(spent, before)


def test_what_has_been_moved_stays_moved_between_reviews():
    w = review((0, 0, 0), shifted=0.5, month=13)
    assert (w.state.regions.shifted == 0.5).all()
    np.testing.assert_allclose(w.levels.hub, 0.5 * 0.75)


@pytest.mark.parametrize("others", [0.0, 4.0])
def test_without_reviews_nothing_is_moved_and_nothing_stays_moved(others):
    """Also where other places have reviews."""

    def prepare(w):
        w.levels = w.levels._replace(reviews=np.array([0.0, others, others, others]))

    w = review((540,) * 3, shifted=0.5, prepare=prepare)
    assert w.state.regions.shifted[CITY] == 0.0
    assert (w.levels.hub[CITY], w.levels.events[CITY]) == (0.5, 6.0)


def test_only_hosts_at_work_count():
    """1,080 of 1,200 minutes: 0.9; the empty place has neither load nor hours."""

    def prepare(w):
        w.state.hosts.status[:3] = [RESTING, 1, EMPTY]

    assert review((540, 540, 9000), prepare=prepare).state.regions.shifted[CITY] == 0.25


def test_use_is_that_of_the_hours_there_are():
    """300 of 600 minutes are neither too much nor slack, but all that exhausted hosts have, or those after a damage."""
    assert review((300,) * 3).state.regions.shifted[CITY] == 0.0
    tired = review((300,) * 3, prepare=lambda w: w.state.hosts.exhaustion.fill(0.5))
    assert tired.state.regions.shifted[CITY] == 0.25
    damaged = review((300,) * 3, prepare=lambda w: worlds.strike(w, damage=0.5))
    assert damaged.state.regions.shifted[CITY] == 0.25


def test_where_no_hour_can_be_used_there_is_no_use():
    """Use counts as 0: where there is room, the money goes back."""
    gone = review((300,) * 3, shifted=0.5, prepare=lambda w: worlds.strike(w, damage=1.0))
    assert gone.state.regions.shifted[CITY] == 0.25


NAMES = ("hub", "events", "intermediary", "coordination")


def spent(levels):
    return sum(getattr(levels, name) * levers()[name].price for name in NAMES)


# hub, events, staff, sharing at v = 1 (half the money may move): the same after the review
FULL = [
    ((4.0, 100.0, 0.6, 0.9), (3.855926, 96.398148, 0.7, 1.0)),  # of 27 million 1.5 and 0.445 fit
    ((0.5, 6.0, 0.0, 0.9), (0.328646, 3.94375, 0.08, 1.0)),  # 1.2 and 0.445 of 1.2 and 1.2 million
    ((0.5, 6.0, 0.65, 0.1), (0.296875, 3.5625, 0.7, 0.369663)),  # 0.75 and 1.2
    ((0.5, 6.0, 0.7, 1.0), (0.5, 6.0, 0.7, 1.0)),  # nothing fits
    ((0.0, 0.0, 0.1, 0.1), (0.0, 0.0, 0.1, 0.1)),  # there is nothing to move
]


@pytest.mark.parametrize(("before", "after"), FULL)
def test_what_does_not_fit_stays_in_hubs_and_events_as_worked_by_hand(before, after):
    w = review((540,) * 3, shifted=1.0, levels=dict(zip(NAMES, before, strict=True)))
    assert [getattr(w.levels, name)[CITY] for name in NAMES] == pytest.approx(list(after), abs=1e-6)
    for name in NAMES:
        assert (getattr(w.levels, name) <= levers()[name].high).all()
    before_yen = sum(amount * levers()[name].price for name, amount in zip(NAMES, before, strict=True))
    np.testing.assert_allclose(spent(w.levels), before_yen, rtol=1e-12)


@pytest.mark.parametrize("size", [0.5, 1.0])
@pytest.mark.parametrize(("before", "after"), FULL)
def test_private_body_changes_nothing_of_what_a_review_moves(before, after, size):
    """In the order of the month: its hub is not sold, and it takes no room from staff and sharing that the public pays for.

    A body of size 1 in full service adds 1 hub, 0.3 of staff and 0.3 of sharing, and half a body half of that, within ranges.
    """
    given = dict(zip(NAMES, before, strict=True))
    public = review((540,) * 3, shifted=1.0, levels=given).levels
    seen = []

    def month(w):
        for mechanism in MONTH:
            if mechanism in (reviewing, organising):
                mechanism(w)
                seen.append(w.levels)

    body = {"organisation": size, "subsidy": 20.0}
    review((540,) * 3, shifted=1.0, levels={**given, **body}, mechanism=month)
    assert spent(seen[0]) == pytest.approx(spent(public), rel=1e-12)
    for name, amount in zip(NAMES, after, strict=True):
        assert getattr(seen[0], name)[CITY] == pytest.approx(amount, abs=1e-6)
        added = size * {"hub": 1.0, "events": 0.0}.get(name, 0.3)
        expected = min(amount + added, levers()[name].high)
        assert getattr(seen[1], name)[CITY] == pytest.approx(expected, abs=1e-6)
