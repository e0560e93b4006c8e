"""Indicators of hand-made outcomes: each number worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
import worlds

from sim.indicators import gini, indicators, records, survival
from sim.outcome import Outcome
from sim.run import Simulation


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([5.0, 5.0, 5.0], 0.0),
        ([0.0, 0.0, 9.0], 2 / 3),  # (n - 1) / n
        ([1.0, 2.0, 3.0, 4.0], 0.25),  # mean difference 10 / 6 over 2 x 2.5, x (n - 1) / n
        ([4.0, 1.0, 3.0, 2.0], 0.25),
        ([7.0], 0.0),
    ],
)
def test_gini_is_as_worked_by_hand(values, expected):
    assert gini(np.array(values)) == pytest.approx(expected)
    assert gini(np.array(values) * 60.0) == pytest.approx(expected)


@pytest.mark.parametrize("values", [[], [0.0, 0.0]])
def test_gini_of_nothing_is_undefined(values):
    assert math.isnan(gini(np.array(values)))


def test_gini_is_half_the_mean_difference_over_the_mean():
    x = np.random.default_rng(4).lognormal(0.0, 1.2, 50)
    assert gini(x) == pytest.approx(np.abs(x[:, None] - x).mean() / (2 * x.mean()))


# ---------------------------------------------------------------------------------------------------------------

MONTH = {  # two places: a city of 100, another of 300
    "people": [100, 300], "visiting": [20, 45], "nonvisiting": [4, 8], "indifferent": [70, 210], "main_hobby": [10, 16],
    "main_exchange": [4, 9], "main_work": [2, 4], "main_direct": [4, 16], "direct_people": [6, 19], "home_ties": [25, 72],
    "reached36": [1, 2], "load_hours": [30.0, 90.0], "capacity_hours": [100.0, 140.0], "hosts": [10, 30],
    "hosts_burnt": [1, 5], "room": [0.2, 0.6], "slot_chance": [0.5, 0.1], "searchers": [30, 10], "yen": [1e6, 2e6],
    "ties_online": [10, 30], "ties_hobby": [20, 30], "ties_exchange": [5, 10], "ties_work": [5, 10], "ties_direct": [10, 10],
    "ties_near": [10, 15], "ties_roots": [20, 5], "recommend": [-10, 30], "wellbeing": [1.3, 5.2], "turned": [1, 1],
    "moved": [2, 1], "gifts": [1e6, 3e6], "understanding": [0.8, 0.4], "lead": [0.3, 0.7], "needs": [3.0, 5.0],
    "money": [0.0, 7.0], "service": [1.0, 1.0], "own_feet": [0, 24],
}  # fmt: skip


def made(months=50, spells=(), hours=(0.0, 1.0, 2.0, 3.0, 4.0), weight=1000.0) -> Outcome:
    """Return an outcome whose months before the last twelve have twice the people, load and chances."""
    table = {"month": np.repeat(np.arange(1, months + 1), 2), "place": np.tile([0, 1], months)}
    early = table["month"] <= months - 12
    for name, values in MONTH.items():
        column = np.tile(values, months)
        table[name] = np.where(early & (name not in ("reached36", "yen")), 2 * column, column)
    columns = ("year", "start", "near", "age", "at_risk", "ended")
    rows = np.array(spells, np.int64).reshape(-1, 6)
    return Outcome(
        months=table,
        spells=dict(zip(columns, rows.T, strict=True)),
        hosts={"hours": np.array(hours)},
        flows={},
        provenance={"persons_per_agent": weight},
    )


class Two:
    """As much of a table of places as indicators look at."""

    metro = np.array([1, 0])


EXPECTED = {
    "visiting_share": 65 / 400,
    "visiting_share_metro": 0.2,
    "visiting_share_other": 0.15,
    "nonvisiting_share": 0.03,
    "indifferent_share": 0.7,
    "hobby_share": 0.4,  # 26 of 65
    "exchange_share": 0.2,
    "work_share": 6 / 65,
    "direct_share": 20 / 65,
    "direct_contributors": 25_000.0,
    "ties_per_visitor": 97 / 65,
    "load_gini": 0.25,  # hosts without any hour left out
    "host_use": 0.5,
    "burnt_out_share": 0.15,
    "room": 0.5,  # by people, 1 : 3
    "slot_chance": 0.4,  # by searchers, 3 : 1
    "near_share": 0.25,  # 25 of 100
    "roots_share": 0.25,
    "place_gini": 1
    / 6,  # 0.4 and 0.2 ties a resident: differences of 0.2, twice, over 2 x 4 pairs x mean 0.3
    "wellbeing_gain": 0.1,  # 6.5 over 65 visitors
    "recommend": 0.2,
    "moves": 36_000.0,  # 3 a month
    "turned_share": 0.6,  # 2 a month of 40
    "gifts": 48.0,  # 4 million a month
    "understanding": 0.5,  # by people, 1 : 3
    "lead": 0.6,
    "needs": 100.0,  # 8 for 400 people
    "self_running": 1.0,  # the one place with a body
    "lasting_ties": 42_000.0,  # 3 a month in months 37 to 50; those before began before the run
    "yen_total": 36.0,  # 3 million a month
    "yen_per_lasting_tie": 1000.0,  # 3 million a month in months 1 to 14
}


@pytest.mark.parametrize("name", EXPECTED)
def test_indicator_is_as_worked_by_hand(name):
    assert indicators(made(), Two())[name] == pytest.approx(EXPECTED[name])


def test_no_tie_can_last_36_months_in_a_run_of_36():
    found = indicators(made(months=36), Two())
    assert math.isnan(found["lasting_ties"])
    assert math.isnan(found["yen_per_lasting_tie"])


def test_every_indicator_has_a_record_and_a_value_in_its_order():
    found = indicators(made(), Two())
    assert list(found) == list(records())
    assert set(EXPECTED) | {"persistence_12", "persistence_36"} == set(found)
    for record in records().values():
        assert record.ja.strip()
        assert record.en.strip()
        assert record.scale > 0


def test_indicator_without_a_denominator_is_undefined():
    empty = made(hours=())
    for name in ("visiting", "searchers", "reached36"):
        empty.months[name][:] = 0
    found = indicators(empty, Two())
    for name in ("ties_per_visitor", "direct_share", "slot_chance", "yen_per_lasting_tie", "load_gini"):
        assert math.isnan(found[name])
    assert found["visiting_share"] == 0.0


# Kaplan-Meier by hand: year, start, near, age, at risk, ended
SPELLS = [
    (1, 2, 0, 0, 999, 999),  # more than three years before the end
    (2, 2, 0, 0, 60, 6),
    (4, 5, 1, 0, 40, 4),  # together 10 of 100
    (4, 1, 0, 0, 500, 400),  # without visits, left out
    (4, 2, 0, 1, 50, 10),
    (3, 3, 0, 2, 30, 0),
    (3, 3, 0, 3, 20, 15),
]


def test_survival_is_as_worked_by_hand():
    """S: 1, 0.9, 0.9 x 0.8 = 0.72, 0.72, 0.72 x 0.25 = 0.18; then nobody was at risk."""
    ages, alive = survival(made(spells=SPELLS))
    assert ages[:6].tolist() == [0, 1, 2, 3, 4, 5]
    np.testing.assert_allclose(alive[:5], [1.0, 0.9, 0.72, 0.72, 0.18])
    assert np.isnan(alive[5:]).all()


def test_survival_by_start_is_as_worked_by_hand():
    np.testing.assert_allclose(survival(made(spells=SPELLS), starts=(1,))[1][:2], [1.0, 0.2])
    np.testing.assert_allclose(survival(made(spells=SPELLS), starts=(2,))[1][:3], [1.0, 0.9, 0.72])


def test_persistence_is_survival_at_12_and_36_months():
    """2 % end at each age: 0.98^12 and 0.98^36; ages from 12 on half as fast: 0.98^12 x 0.99^24."""
    rows = [(1, 2, 0, age, 1000, 20 if age < 12 else 10) for age in range(37)]
    found = indicators(made(spells=rows), Two())
    assert found["persistence_12"] == pytest.approx(0.98**12)
    assert found["persistence_36"] == pytest.approx(0.98**12 * 0.99**24)


def test_persistence_is_undefined_where_no_tie_is_that_old():
    rows = [(1, 2, 0, age, 1000, 20) for age in range(12)]
    found = indicators(made(spells=rows), Two())
    assert found["persistence_12"] == pytest.approx(0.98**12)
    assert math.isnan(found["persistence_36"])
    assert math.isnan(indicators(made(), Two())["persistence_12"])


def test_digest_sees_every_column_its_name_and_its_type():
    base = made(spells=SPELLS)
    assert base.digest == made(spells=SPELLS).digest
    others = [made(spells=SPELLS) for _ in range(4)]
    others[0].months["visiting"][3] += 1
    others[1].hosts["hours"][0] = np.nextafter(0.0, 1.0)
    others[2].months["other"] = others[2].months.pop("yen")
    others[3].months["people"] = others[3].months["people"].astype(np.int32)
    assert len({o.digest for o in [base, *others]}) == 5


def test_life_table_of_a_run_holds_those_who_lived():
    """A world from its first month on: the first cohort is followed by hand for a year."""
    often = worlds.parameters(search__rate=3.0, encounter__chance=1.0, moving__rate=0.0)
    simulation = Simulation(worlds.scenario(4000, parameters=often, months=13), worlds.four_places(), 3)
    simulation.step()
    t = simulation.world.state.ties
    first = (t.born == 1) & worlds.live(t.stage)
    at_risk, ended = simulation.recorder.spells[0]
    assert at_risk[:, :, 0].sum() == first.sum() + simulation.world.tally.ended.sum() > first.sum() > 100
    assert ended[:, :, 0].sum() == simulation.world.tally.ended.sum()
    for _ in range(12):
        simulation.step()
    alive = (first & (t.born == 1) & worlds.live(t.stage)).sum()
    at_risk, ended = simulation.recorder.spells[1]
    assert at_risk[:, :, 12].sum() == alive + ended[:, :, 12].sum() > 50
