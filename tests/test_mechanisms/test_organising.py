"""Organising (E25): income = a (y_V visits + y_NV / 12 supporters) / n5 + 1000 / 12 fees a participants / n5; full = a c_O 1e6 / 12,
cost = full (phi_F + (1 - phi_F) sv), money' = money + 1e6 / 12 subsidy + income - cost; closes at money' < -t_cl full.

c_O 12, phi_F 0.7, y_V 300, y_NV 2000, s_fal 0.1, s_ris 0.05, t_cl 4, k_OH 1, k_Omu k_Olam 0.3. In the city n5 = 0.0032: 4 visits bring
1,200 / 0.0032 = 375,000, 12 supporters 2,000 / 0.0032 = 625,000, 6 participants at 4,000 yen a year 625,000 yen a month; full is a million.
"""

from __future__ import annotations

import numpy as np
import pytest
import worlds
from worlds import CITY, SUBURB, TOWN

from sim.levers import levers
from sim.mechanisms.organising import income, organising
from sim.state import ONLINE


def organise(money=0.0, service=1.0, busy=False, months=1, prepare=lambda w: None, levels=None, **changes):
    """Return a world with a body in the city, after months."""
    w = worlds.bare(**changes)
    w.levels = worlds.set_at(w, CITY, **{"organisation": 1.0, **(levels or {})})
    w.state.regions.money[CITY], w.state.regions.service[CITY] = money, service
    if busy:
        w.state.regions.visited[CITY] = 4
        w.state.census.stages[CITY, ONLINE] = 12
        w.state.census.participants[CITY] = [[2, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 0, 0, 0, 3]]
    prepare(w)
    given = w.levels
    for _ in range(months):
        w.levels = given
        worlds.act(w, organising)
    return w


# levels, visitors, money, sv: money', sv', months on its own feet
TABLE = [
    ({"fees": 4.0}, True, 0.0, 1.0, 625_000, 1.0, 1),  # 1,625,000 - 1,000,000: less than a month's cost
    ({}, True, 0.0, 1.0, 0, 1.0, 1),  # 1,000,000 - 1,000,000
    ({"fees": 4.0}, True, 0.0, 0.5, 775_000, 0.5, 1),  # cost 850,000
    ({"fees": 4.0}, True, 100_000.0, 0.5, 875_000, 0.55, 1),  # more than the cost
    ({"fees": 4.0}, True, 2_000_000.0, 0.98, 2_631_000, 1.0, 1),  # cost 994,000; no better than full service
    ({}, False, 0.0, 1.0, -1_000_000, 0.9, 0),
    ({}, False, -3_000_000.0, 0.05, -3_715_000, 0.0, 0),  # cost 715,000; no less than no service
    ({"subsidy": 12.0}, False, 0.0, 1.0, 0, 1.0, 0),  # lives, but not on its own feet
    ({"subsidy": 6.0}, False, 0.0, 1.0, -500_000, 0.9, 0),
    ({"organisation": 0.5, "fees": 4.0}, True, 0.0, 1.0, 312_500, 1.0, 1),  # half of everything
    ({}, False, -3_000_000.0, 1.0, -4_000_000, 0.9, 0),  # just not closed
    ({}, False, 3_000_000.0, 1.0, 2_000_000, 1.0, 0),  # lives on what it saved: not on its own feet
    ({"fees": 4.0}, True, -500_000.0, 1.0, 125_000, 1.0, 1),  # earns its cost and is out of debt
    ({"fees": 4.0}, True, -1_000_000.0, 1.0, -375_000, 0.9, 0),  # earns its cost, but is in debt
]


@pytest.mark.parametrize(("levels", "busy", "money", "service", "then", "served", "feet"), TABLE)
def test_accounts_are_as_worked_by_hand(levels, busy, money, service, then, served, feet):
    reg = organise(money, service, busy, levels=levels).state.regions
    assert reg.money[CITY] == pytest.approx(then, abs=1e-3)
    assert reg.service[CITY] == pytest.approx(served, abs=1e-12)
    assert reg.own_feet[CITY] == feet
    assert reg.closed[CITY] == 0


def test_income_is_as_worked_by_hand():
    w = organise(busy=True, levels={"fees": 4.0})
    assert income(w)[CITY] == pytest.approx(1_625_000)


# size, sv, level of sharing before: hub, staff, sharing
LEVELS = [
    (1.0, 1.0, 0.1, 1.5, 0.3, 0.4),
    (0.5, 0.8, 0.1, 0.9, 0.12, 0.22),  # a sv = 0.4
    (1.0, 1.0, 0.9, 1.5, 0.3, 1.0),  # no more than the lever holds
    (1.0, 0.0, 0.1, 0.5, 0.0, 0.1),
]


@pytest.mark.parametrize(("size", "service", "sharing", "hub", "staff", "expected"), LEVELS)
def test_body_adds_to_levels_as_worked_by_hand(size, service, sharing, hub, staff, expected):
    given = {"organisation": size, "subsidy": 12 * size, "coordination": sharing}
    lv = organise(service=service, levels=given, organisation__growing=0.0).levels
    assert (lv.hub[CITY], lv.intermediary[CITY], lv.coordination[CITY]) == pytest.approx(
        (hub, staff, expected)
    )
    assert (lv.hub[SUBURB], lv.intermediary[SUBURB], lv.coordination[SUBURB]) == (0.5, 0.0, 0.1)


def test_levels_added_are_those_of_the_new_service():
    assert organise().levels.hub[CITY] == pytest.approx(0.5 + 0.9)


def test_body_closes_for_good_and_adds_nothing():
    w = organise(money=-3_000_001.0)
    reg = w.state.regions
    assert (reg.closed[CITY], reg.money[CITY], reg.service[CITY], reg.own_feet[CITY]) == (1, 0.0, 0.0, 0)
    assert w.levels.hub[CITY] == 0.5
    w.levels = worlds.set_at(w, CITY, subsidy=20.0)
    worlds.act(w, organising)
    assert (reg.closed[CITY], reg.money[CITY], reg.service[CITY], w.levels.hub[CITY]) == (1, 0.0, 0.0, 0.5)


def test_closed_body_stays_closed_when_it_is_switched_off_and_on():
    """However much money comes in while it is off, or afterwards."""
    w = organise(money=-3_000_001.0)
    reg = w.state.regions
    for size, subsidy in ((0.0, 20.0), (0.0, 0.0), (1.0, 20.0), (0.5, 20.0), (1.0, 0.0)):
        w.levels = worlds.set_at(w, CITY, organisation=size, subsidy=subsidy, fees=9.0)
        worlds.act(w, organising)
        assert (reg.closed[CITY], reg.money[CITY], reg.service[CITY], reg.own_feet[CITY]) == (1, 0.0, 0.0, 0)
        assert w.levels.hub[CITY] == 0.5


@pytest.mark.parametrize("money", [625_000.0, -2_500_000.0])
def test_accounts_stand_still_while_a_body_does_not_run(money):
    """Neither debts nor savings are forgotten; months on its own feet are, and levels are as without a body."""
    w = organise(money, 0.5, busy=True, months=0)
    reg = w.state.regions
    reg.own_feet[CITY] = 30
    running = w.levels
    for _ in range(3):
        w.levels = running._replace(organisation=np.zeros(4), subsidy=np.full(4, 20.0), fees=np.full(4, 9.0))
        worlds.act(w, organising)
        assert (reg.closed[CITY], reg.money[CITY], reg.service[CITY], reg.own_feet[CITY]) == (
            0,
            money,
            0.5,
            0,
        )
        served = [getattr(w.levels, name)[CITY] for name in ("hub", "intermediary", "coordination")]
        assert served == [0.5, 0.0, 0.1]
    assert (reg.money[[SUBURB, TOWN]] == 0.0).all()
    assert (reg.service[[SUBURB, TOWN]] == 1.0).all()
    w.levels = running
    worlds.act(w, organising)
    assert reg.money[CITY] == pytest.approx(money + 150_000)  # goes on with 1,000,000 - 850,000


def test_months_on_its_own_feet_count_in_a_row():
    assert organise(busy=True, months=30, levels={"fees": 4.0}).state.regions.own_feet[CITY] == 30
    assert (
        organise(busy=True, months=30, levels={"fees": 4.0, "subsidy": 0.1}).state.regions.own_feet[CITY] == 0
    )


def test_whoever_lives_on_savings_no_longer_stands_on_its_own_feet():
    """30 months above the cost leave 18.75 million; then only visits and supporters pay 1,000,000, and then nobody."""
    w = organise(busy=True, months=30, levels={"fees": 4.0})
    reg = w.state.regions
    levels = worlds.set_at(w, CITY, hub=0.5, intermediary=0.0, coordination=0.1, fees=0.0)
    assert (reg.money[CITY], reg.own_feet[CITY]) == (pytest.approx(18_750_000), 30)
    w.levels = levels
    worlds.act(w, organising)
    assert (reg.money[CITY], reg.own_feet[CITY]) == (pytest.approx(18_750_000), 31)
    reg.visited[CITY] = 3  # 93,750 less than the cost
    w.levels = levels
    worlds.act(w, organising)
    assert (reg.money[CITY], reg.own_feet[CITY]) == (pytest.approx(18_656_250), 0)


def test_body_without_income_lives_on_its_money_then_shrinks_then_closes():
    """5.5 million: five months of a million, then 0.1 less service a month; by hand month by month."""
    money, service, expected = 5_500_000.0, 1.0, []
    for _ in range(13):
        cost = 1e6 * (0.7 + 0.3 * service)
        money -= cost
        if money < 0:
            service = max(service - 0.1, 0.0)
        elif money > cost:
            service = min(service + 0.05, 1.0)
        expected.append((money, service))
    closed = next(k for k, (m, _) in enumerate(expected) if m < -4e6)
    assert closed == 9
    for months in (1, 5, 6, closed):
        reg = organise(5_500_000.0, months=months).state.regions
        assert (reg.money[CITY], reg.service[CITY]) == pytest.approx(expected[months - 1])
    assert organise(5_500_000.0, months=closed + 1).state.regions.closed[CITY] == 1


@pytest.mark.parametrize(("lever", "yen"), [("subsidy", 166_666.667), ("fees", 312_500.0)])
def test_subsidies_and_fees_leave_more_money(lever, yen):
    """Two units more: 2 million a year; 2,000 yen of 6 participants, 12,000 / 12 / 0.0032."""
    moneys = [organise(busy=True, levels={lever: x}).state.regions.money[CITY] for x in (0.0, 2.0, 4.0)]
    assert np.diff(moneys) == pytest.approx([yen, yen])


def test_levels_never_pass_their_ranges():
    lv = organise(levels={"hub": 4.0, "intermediary": 0.6, "coordination": 0.9, "subsidy": 20.0}).levels
    for name in ("hub", "intermediary", "coordination"):
        assert getattr(lv, name)[CITY] == levers()[name].high
