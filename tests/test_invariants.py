"""What holds in every month of every world: random parameters, support and shocks within the ranges of their records.

Sets of values are drawn with fixed seeds: evenly between `low` and `high`, at one of these two ends, or some at the
floor or ceiling, the outermost values that a scenario file may hold.
"""

from __future__ import annotations

import copy
import math
import sys
from functools import partial

import numpy as np
import pytest
import worlds

from sim import loop
from sim.levers import levers
from sim.mechanisms.visiting import visiting
from sim.parameters import changed, records
from sim.run import Simulation
from sim.scenario import Measure
from sim.shocks import LARGEST, Shock
from sim.state import (
    ACTIVE,
    AGES,
    COMMUNITY_BIT,
    DIRECT,
    EMPTY,
    HOBBY,
    MARK_RECOMMEND,
    NEAR_BIT,
    ONLINE,
    RESTING,
    SHORT_BIT,
    START_BITS,
    WELLBEING,
)  # fmt: skip

PERSONS, MONTHS = 1200, 36
RECOUNTED = (3, 11, 19, 27, 35)
CASES = [
    *((seed, "between") for seed in range(5)),
    *((seed, "ends") for seed in range(5, 10)),
    *((seed, "limits") for seed in (20, 22, 24, 26, 38)),
    (10, "defaults"),
]


def parameter_set(rng, where):
    if where == "defaults":
        return worlds.parameters()
    low, high = ("floor", "ceiling") if where == "limits" else ("low", "high")
    values = {}
    for path, record in records().items():
        share = rng.random() if where == "between" else rng.integers(2)
        top = min(getattr(record, high), 3.0 * record.high)  # some have no ceiling
        if where != "limits" or rng.random() < 0.1:  # a world of limits alone is soon dead
            values[path] = float(getattr(record, low) + share * (top - getattr(record, low)))
    values["moving.rate"] = 50.0 * values.get("moving.rate", 0.002)  # so that some of a few people move
    return changed(worlds.parameters(), values)


def measures(rng, where):
    """Return measures that begin at once, in month 13 and for three months only, to levels within range."""
    if where == "defaults":
        return ()
    times = {"first": 1, "last": None}, {"first": 13, "last": None}, {"first": 20, "last": 22}
    return tuple(
        Measure(lever=lever.name, amount=float(lever.low + rng.random() * (lever.high - lever.low) - lever.today),
                **times[rng.integers(3)])
        for lever in levers().values()
    )  # fmt: skip


def shocks(rng, where):
    """Return one shock of each kind, somewhere and from some month on."""
    if where == "defaults":
        return ()
    codes = worlds.four_places().code
    found = []
    for kind, size in LARGEST.items():
        first = int(rng.integers(1, MONTHS))
        last = None if kind in ("disaster", "key_people") else first + int(rng.integers(12))
        places = None if rng.random() < 0.5 else (codes[rng.integers(4)],)
        found.append(Shock(kind=kind, size=float(size * rng.random()), places=places, first=first, last=last))
    return tuple(found)


@pytest.fixture(scope="module", params=CASES, ids=lambda case: f"{case[1]}-{case[0]}")
def life(request):
    """Return a run with the state of each month, and what visiting met and made of it."""
    seed, where = request.param
    rng = np.random.default_rng([seed, 2])
    scenario = worlds.scenario(
        PERSONS,
        parameters=parameter_set(rng, where),
        measures=measures(rng, where),
        shocks=shocks(rng, where),
        months=MONTHS,
    )
    months = []

    def watched(w):
        met = {"ties": copy.deepcopy(w.state.ties), "people": copy.deepcopy(w.state.people)}
        visiting(w)
        months.append({"met": met, "minutes": w.tally.minutes.copy(), "pooled": w.tally.pooled.copy()})
        months[-1]["visits"] = w.state.ties.visits.copy()

    with pytest.MonkeyPatch.context() as patch:
        month = tuple(watched if m is visiting else m for m in loop.MONTH)
        patch.setattr(sys.modules["sim.run"], "advance", partial(loop.advance, month=month))
        simulation = Simulation(scenario, worlds.four_places(), seed)
        for _ in range(MONTHS):
            simulation.step()
            w = simulation.world
            months[-1] |= worlds.columns(w) | {"month": w.state.month, "levels": w.levels}
    return simulation, months


def test_worlds_are_alive(life):
    """So that what follows is about something."""
    _, months = life
    for name in ("started", "ended", "visits"):
        assert sum(m[f"tally.{name}"].sum() for m in months) > 0
    assert max(m["minutes"].sum() for m in months) > 0
    assert worlds.live(months[-1]["ties.stage"]).sum() > 20


def test_ties_born_and_returned_less_ended_are_the_change_of_live_ties(life):
    before = np.zeros(4, int)
    for m in life[1]:
        after = np.bincount(m["ties.place"][worlds.live(m["ties.stage"])], minlength=4)
        change = m["tally.started"] + m["tally.returned"] - m["tally.ended"]
        np.testing.assert_array_equal(after - before, change)
        before = after


def test_minutes_are_those_of_the_visits(life):
    """Recounted one tie after the other: exactly, by host and by place."""
    simulation, months = life
    load = simulation.scenario.parameters.load
    hours = [0.0, 0.0, load.hobby, load.exchange, load.work, load.direct]
    for m in months[1::6]:
        t, named, pooled = m["met"]["ties"], np.zeros_like(m["minutes"]), np.zeros_like(m["pooled"])
        for i, k in np.argwhere(worlds.live(t.stage) & (t.stage > 1)).tolist():
            r, q, n = t.place[i, k], float(t.strength[i, k]), int(m["visits"][i, k])
            lv = m["levels"]
            staff = (1 - load.shared_saving * lv.shared_doing[r]) * (1 - lv.intermediary[r])
            spent = n * 60 * hours[t.stage[i, k]] * (1 - load.experience * q) * staff
            if t.stage[i, k] == 2:
                pooled[r] += int(60 * spent + 0.5)
            else:
                named[t.host[i, k]] += int(spent + 0.5)
        np.testing.assert_array_equal(m["minutes"], named)
        np.testing.assert_array_equal(m["pooled"], pooled)


def test_load_of_hosts_is_what_visits_visitors_and_events_cost(life):
    """To the minute, less what staff take; where nobody is active, nobody is there to share what is not named."""
    simulation, months = life
    load, g = simulation.scenario.parameters.load, simulation.world.geometry
    for m in months:
        lv = m["levels"]
        events = 60 * load.event_overhead * lv.events / 12 * g.units
        events = events * (1 - (1 - load.online_event) * lv.online_share)
        staff = 60 * load.staff * (lv.staff + lv.reception_desk) * g.units
        asked = m["pooled"] / 60 + 60 * load.unmatched * m["tally.unmatched"] + events
        pooled, left = np.rint(np.maximum(asked - staff, 0)), np.maximum(staff - asked, 0)
        for r in range(4):
            block = slice(g.host_starts[r], g.host_starts[r + 1])
            named = m["minutes"][block]
            spared = min(1.0, left[r] / named.sum()) if named.sum() else 0.0
            own = np.floor(named * (1 - spared) + 0.5).sum()
            active = m["chances.host"][block][-1] > 0
            assert m["hosts.minutes"][block].sum() == own + (pooled[r] if active else 0)


def test_nobody_holds_two_slots_with_one_place(life):
    for m in life[1]:
        for a, b in ((0, 1), (0, 2), (1, 2)):
            used = (m["ties.stage"][:, a] > 0) & (m["ties.stage"][:, b] > 0)
            assert not (used & (m["ties.place"][:, a] == m["ties.place"][:, b])).any()


SHARES = [
    "people.interest",
    "ties.strength",
    "hosts.exhaustion",
    "hosts.openness",
    "regions.understanding",
    "regions.lead",
    "regions.posts",
    "regions.motivation",
    "regions.guide_skill",
    "regions.link",
    "regions.service",
    "regions.shifted",
    "chances.meeting",
    "chances.hub",
    "chances.event",
    "chances.session",
    "chances.found",
    "chances.first",
    "chances.slot",
    "chances.room",
    "chances.attention",
]


@pytest.mark.parametrize("name", SHARES)
def test_shares_lie_between_0_and_1(life, name):
    for m in life[1]:
        assert ((m[name] >= 0.0) & (m[name] <= 1.0)).all()


SIGNED = {"ties.place", "ties.host", "regions.money"}


def test_amounts_are_numbers_and_not_negative(life):
    """But for rows of nobody, money, people less well than usual, and places that more warn of than recommend."""
    for m in life[1]:
        signed = {"census.home": WELLBEING, "census.marks": MARK_RECOMMEND}
        for name, column in m.items():
            if isinstance(column, np.ndarray):
                assert np.isfinite(column).all(), name
                kept = np.delete(column, signed[name], axis=1) if name in signed else column
                assert name in SIGNED or (kept >= 0).all(), name


def test_levels_stay_within_their_ranges(life):
    """Whatever private bodies and reviews add."""
    for m in life[1]:
        for name, lever in levers().items():
            assert (m[f"levels.{name}"] >= lever.low).all(), name
            assert (m[f"levels.{name}"] <= lever.high).all(), name


def test_newcomers_are_those_who_moved_in_the_last_twelve_months(life):
    months = life[1]
    for t, m in enumerate(months):
        expected = np.zeros((4, 12), int)
        for before in months[max(0, t - 11) : t + 1]:
            expected[:, before["month"] % 12] = before["tally.moved"]
        np.testing.assert_array_equal(m["regions.newcomers"], expected)


def test_bodies_that_do_not_run_or_have_closed_are_as_they_should_be(life):
    """Closed is for good and owns nothing; accounts of those that do not run stand still."""
    before = {
        "regions.money": np.zeros(4),
        "regions.service": np.ones(4),
        "regions.closed": np.zeros(4),
        "regions.own_feet": np.zeros(4),
    }
    for m in life[1]:
        runs, closed = m["levels.organisation"] > 0, m["regions.closed"] > 0
        was = before["regions.closed"] > 0
        assert closed[was].all()
        assert not (closed & ~was & ~runs).any()
        for name in ("regions.money", "regions.service"):
            assert (m[name][closed] == 0).all()
            np.testing.assert_array_equal(m[name][~runs], before[name][~runs])
        feet = m["regions.own_feet"]
        assert ((feet == 0) | (feet == before["regions.own_feet"] + 1)).all()
        assert (feet[closed | ~runs | (m["levels.subsidy"] > 0) | (m["regions.money"] < 0)] == 0).all()
        assert (m["regions.shifted"][m["levels.reviews"] == 0] == 0).all()
        before = m


def test_hosted_ties_have_a_host_of_their_place_and_others_none(life):
    simulation, months = life
    starts = simulation.world.geometry.host_starts
    for m in months:
        stage, place, host = m["ties.stage"], m["ties.place"], m["ties.host"]
        hosted = (stage >= 3) & (stage <= 5)
        assert (host[~hosted] == -1).all()
        assert (host[hosted] >= starts[place[hosted]]).all()
        assert (host[hosted] < starts[place[hosted] + 1]).all()
        assert (m["hosts.status"][host[hosted]] != EMPTY).all()


def test_free_slots_are_empty_and_used_ones_are_whole(life):
    simulation, months = life
    home = worlds.home_of(simulation.world)
    for m in months:
        free = m["ties.stage"] == 0
        assert (m["ties.place"][free] == -1).all()
        assert (m["ties.strength"][free] == 0.0).all()
        place, kind = m["ties.place"], m["ties.kind"]
        assert ((place[~free] >= 0) & (place[~free] < 4)).all()
        start = kind & START_BITS
        assert np.isin(start[~free], range(1, 6)).all()
        near = simulation.world.geometry.near[home[:, None], place]
        np.testing.assert_array_equal((kind[~free] & NEAR_BIT) > 0, near[~free])
        assert (start[~free & ((kind & COMMUNITY_BIT) > 0)] == ONLINE).all()
        assert np.isin(start[~free & ((kind & SHORT_BIT) > 0)], (HOBBY, DIRECT)).all()
        assert ((m["month"] - m["ties.born"][~free].astype(int)) % 256 <= m["month"]).all()


def test_each_meeting_was_looked_for_and_became_a_tie(life):
    for m in life[1]:
        assert (m["tally.met"] <= m["tally.searchers"].sum(axis=1)).all()
        assert (m["tally.met"] <= m["tally.started"] + m["tally.returned"]).all()


def recount(m, home, usual):
    """Count people and ties as one would by hand: one person after the other, in lists and dictionaries."""
    c = {
        "home": np.zeros((4, 11), int), "stages": np.zeros((4, 7), int), "participants": np.zeros((4, 3, 5), int),
        "marks": np.zeros((4, 5), int), "reached": np.zeros(4, int), "neighbours": np.zeros((4, 4), int),
        "ages": np.zeros((6, 2, AGES), int), "hosted": np.zeros(len(m["hosts.status"]), int),
    }  # fmt: skip
    for i, h in enumerate(home.tolist()):
        slots = [{n: m[f"ties.{n}"][i, k].item() for n in ("stage", "place", "strength", "host", "born", "kind")}
                 for k in range(3) if m["ties.stage"][i, k] > 0]  # fmt: skip
        alive = [s for s in slots if s["stage"] != 6]
        visited = [s for s in alive if s["stage"] != 1]
        x, b = m["people.interest"][i].item(), m["people.wellbeing"][i].item() / 65535
        c["home"][h][2] += x < 0.2
        for s in slots:
            c["stages"][s["place"]][s["stage"]] += 1
        for s in alive:
            r, start, near = s["place"], s["kind"] % 8, s["kind"] // 8 % 2
            c["neighbours"][h][r] += 1
            age = (m["month"] - s["born"]) % 256
            c["ages"][start][near][min(age, AGES - 1)] += 1
            c["reached"][r] += age == 36 and start != 1
            c["marks"][r][3] += s["stage"] == 1 and s["kind"] // 32 % 2
            if s["stage"] in (3, 4, 5):
                c["participants"][r][s["stage"] - 3][m["people.skill"][i]] += 1
                c["hosted"][s["host"]] += 1
        for s in visited:
            score = round(10 * (0.2 * x + 0.8 * s["strength"]))
            recommends = (score >= 8) - (score <= 5)
            marks = (s["kind"] // 8 % 2, s["kind"] // 16 % 2, s["kind"] // 64 % 2, 0, recommends)
            c["marks"][s["place"]] += marks
        if alive:
            c["home"][h][3] += 1
            c["home"][h][8] += any(s["stage"] == 5 for s in alive)
            c["home"][h][9] += len(visited)
            c["home"][h][0 if visited else 1] += 1
        if visited:
            main = max(visited, key=lambda s: s["strength"])  # of equals the first
            c["home"][h][4 + main["stage"] - 2] += 1
            c["home"][h][10] += math.floor(1e6 * (b - usual) + 0.5)
    return c


def test_census_is_what_one_counts_by_hand(life):
    simulation, months = life
    home = worlds.home_of(simulation.world)
    for t in RECOUNTED:
        for name, counted in recount(months[t], home, simulation.scenario.parameters.wellbeing.usual).items():
            np.testing.assert_array_equal(months[t][f"census.{name}"], counted, err_msg=name)
        np.testing.assert_array_equal(months[t]["hosts.ties"], months[t]["census.hosted"])


def test_months_table_is_consistent(life):
    months = life[0].outcome().months
    main = sum(months[f"main_{n}"] for n in ("hobby", "exchange", "work", "direct"))
    np.testing.assert_array_equal(months["visiting"], main)
    assert (months["visiting"] + months["nonvisiting"] <= months["people"]).all()
    assert (months["visiting"] <= months["home_ties"]).all()
    assert (months["direct_people"] >= months["main_direct"]).all()
    assert (months["hosts_resting"] <= months["hosts"]).all()
    assert (months["hosts_burnt"] <= months["hosts"]).all()
    ties = sum(months[f"ties_{n}"] for n in ("hobby", "exchange", "work", "direct")).reshape(MONTHS, 4)
    np.testing.assert_array_equal(ties.sum(axis=1), months["home_ties"].reshape(MONTHS, 4).sum(axis=1))


def test_flows_table_adds_up_to_the_last_month(life):
    outcome = life[0].outcome()
    last = {n: c[-4:] for n, c in outcome.months.items()}
    flows = outcome.flows

    def total(by, what):
        return np.bincount(flows[by], weights=flows[what], minlength=4)

    np.testing.assert_array_equal(total("home", "people"), last["visiting"])
    np.testing.assert_array_equal(total("home", "ties"), last["home_ties"])
    led = sum(last[f"ties_{n}"] for n in ("hobby", "exchange", "work", "direct"))
    np.testing.assert_array_equal(total("place", "ties"), led)


def test_spells_table_adds_up_to_the_months(life):
    """At risk in a year: live at the end of each month, or ended in it; of age 0: begun or returned.

    A tie that became home ended, too, but is no end of a spell.
    """
    outcome = life[0].outcome()
    spells, months = outcome.spells, outcome.months
    live = sum(months[f"ties_{n}"] for n in ("online", "hobby", "exchange", "work", "direct"))
    for year in (1, 2, 3):
        rows, when = spells["year"] == year, (months["month"] - 1) // 12 == year - 1
        ended = months["ended"][when].sum() - months["moved"][when].sum()
        assert spells["ended"][rows].sum() == ended
        assert spells["at_risk"][rows].sum() == live[when].sum() + ended
        new = rows & (spells["age"] == 0)
        assert spells["at_risk"][new].sum() == months["started"][when].sum() + months["returned"][when].sum()
    assert (spells["ended"] <= spells["at_risk"]).all()


def test_hosts_table_holds_those_at_work_and_their_hours_of_the_year(life):
    simulation, months = life
    outcome = simulation.outcome()
    status = np.array([m["hosts.status"] for m in months[-13:]])
    at_work = np.isin(status[-1], (ACTIVE, RESTING))
    np.testing.assert_array_equal(outcome.hosts["active"], status[-1][at_work])
    np.testing.assert_array_equal(
        np.bincount(outcome.hosts["place"], minlength=4), outcome.months["hosts"][-4:]
    )
    stayed = (status != EMPTY).all(axis=0)[at_work]
    minutes = sum(m["hosts.minutes"] for m in months[-12:])[at_work]
    np.testing.assert_allclose(outcome.hosts["hours"][stayed], minutes[stayed] / 60)
