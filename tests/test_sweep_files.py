"""Sweep files and designs: what is asked is what is run, and what cannot be meant is refused in one sentence."""

import itertools

import numpy as np
import pytest
from sweeping import GRID, HEAD, small

from experiments.ensemble import load as load_ensemble
from experiments.members import chosen
from experiments.sweep.ensembles import over_ensemble
from experiments.sweep.factors import known
from experiments.sweep.file import names, read
from experiments.sweep.plan import frame
from scenarios.loader import load
from sim.errors import InputError
from sim.levers import levers
from sim.parameters import differences, records


def test_factorial_design_crosses_all_values():
    table, trials = frame(small(GRID + "replicates: 3\n"))
    assert len(table) == len(trials) == 2 * 2 * 3
    assert set(zip(table["hub.amount"], table["newtie.exchange"], strict=True)) == {
        (a, b) for a in (0, 1) for b in (0.5, 0.6)
    }


def test_seeds_are_the_same_at_every_point():
    table, _ = frame(small(GRID + "replicates: 3\nseed: 7\n"))
    assert all(list(rows["seed"]) == [7, 8, 9] for _, rows in table.groupby("point"))


@pytest.mark.parametrize(("design", "points"), [("latin", 8), ("sobol", 8 * 4), ("morris", 8 * 3)])
def test_drawn_designs_have_their_size_and_stay_within_their_ranges(design, points):
    factors = "factors:\n  - {factor: newtie.exchange, low: 0.5, high: 0.7}\n  - {factor: hub.from, low: 1, high: 3}\n"
    table, _ = frame(small(f"design: {design}\nsize: 8\n{factors}"))
    assert len(table) == points
    assert table["newtie.exchange"].between(0.5, 0.7).all()
    assert set(table["hub.from"]) <= {1.0, 2.0, 3.0}
    again, _ = frame(small(f"design: {design}\nsize: 8\n{factors}"))
    assert table.equals(again)
    other, _ = frame(small(f"design: {design}\nsize: 8\nseed: 2\n{factors}"))
    assert not np.array_equal(other["newtie.exchange"], table["newtie.exchange"])


def test_latin_hypercube_has_one_point_in_every_slice():
    table, _ = frame(small("design: latin\nsize: 10\nfactors:\n  - {factor: newtie.exchange}\n"))
    assert sorted((10 * table["u:newtie.exchange"]).astype(int)) == list(range(10))


def test_table_design_runs_its_rows(tmp_path):
    (tmp_path / "sets.csv").write_text(
        "search.rate,hub.places,hub.amount\n0.3,metro,1\n0.35,all,2\n", encoding="utf-8"
    )
    plan = small("design: table\ntable: sets.csv\n", folder=tmp_path)
    first, second = (cell.trial.scenario for cell in plan.cells())
    assert [differences(s.parameters) for s in (first, second)] == [
        {"search.rate": 0.3},
        {"search.rate": 0.35},
    ]
    assert (first.measures[0].amount, second.measures[0].amount) == (1.0, 2.0)
    assert first.measures[0].places
    assert second.measures[0].places is None


def test_factors_change_a_measure_that_is_there_and_add_one_that_is_not():
    base = load("hubs_only").measures[0]
    assert base.lever == "hub"
    head = "name: x\nscenario: hubs_only\n"
    plan = small(
        "design: factorial\nfactors:\n  - {factor: hub.amount, values: [0.25]}\n  - {factor: hub.to, values: [60]}\n"
        "  - {factor: staff.amount, values: [0.1]}\n", head,
    )  # fmt: skip
    (cell,) = plan.cells()
    changed = {m.lever: m for m in cell.trial.scenario.measures}
    assert (changed["hub"].amount, changed["hub"].last, changed["hub"].places) == (0.25, 60, base.places)
    assert (changed["staff"].amount, changed["staff"].places, changed["staff"].first) == (0.1, None, 1)


def test_runs_that_differ_in_measures_alone_share_a_burn_in():
    _, trials = frame(small(GRID + "replicates: 2\n"))
    assert len(trials) == 8
    assert len({t.group for t in trials}) == 4  # two values of the parameter, two seeds


def test_keys_tell_runs_apart_and_nothing_else():
    keys = [t.key for t in frame(small(GRID + "replicates: 2\n"))[1]]
    assert len(set(keys)) == 8
    assert [t.key for t in frame(small(GRID + "replicates: 2\n", HEAD.replace("small", "other")))[1]] == keys
    assert not set(keys) & {t.key for t in frame(small(GRID, HEAD.replace("12", "13")))[1]}


def test_a_point_that_asks_the_same_twice_is_run_once():
    plan = small("design: factorial\nfactors:\n  - {factor: hub.places, values: [all, [metro, other]]}\n")
    table, trials = frame(plan)
    assert (len(table), len(trials)) == (2, 1)


def test_ranges_come_from_the_record():
    record, lever = records()["newtie.exchange"], levers()["hub"]
    assert (known(record.path, "x").low, known(record.path, "x").high) == (record.low, record.high)
    low, high = lever.low - lever.today, lever.high - lever.today
    assert (known("hub.amount", "x").low, known("hub.amount", "x").high) == (low, high)


def test_an_ensemble_runs_every_point_with_each_of_its_members():
    ensemble = load_ensemble("2023")
    plan = small("design: factorial\nfactors:\n  - {factor: hub.amount, values: [0, 1]}\nensemble: 3\nworld: 2023\nreplicates: 2\n")  # fmt: skip
    table, trials = frame(plan)
    assert plan.runs == len(table) == len(trials) == 2 * 3 * 2
    assert set(zip(table["point"], table["member"], table["seed"], strict=True)) == set(
        itertools.product(range(2), range(3), (1, 2))
    )
    for cell in plan.cells():
        scenario = cell.trial.scenario
        assert scenario.measures[0].amount == float(cell.point)
        expected = chosen(ensemble, 3)[cell.member]
        assert {p: getattr(getattr(scenario.parameters, records()[p].group), records()[p].name) for p in expected} == (
            pytest.approx(expected)
        )  # fmt: skip


def test_more_members_keep_the_runs_of_those_that_are_there():
    one, two = ({t.key for t in frame(over_ensemble(small(), n, "2020", "--ensemble"))[1]} for n in (1, 2))
    assert one < two
    assert one.isdisjoint(t.key for t in frame(over_ensemble(small(), 1, "2023", "--ensemble"))[1])


@pytest.mark.parametrize("name", names())
def test_packaged_sweeps_can_be_read(name):
    assert read(name).runs > 0


BAD = [
    ("", "no design"),
    ("design: latin\nfactors:\n  - {factor: newtie.exchange}\n", "no size"),
    ("design: sobol\nsize: 100\nfactors:\n  - {factor: newtie.exchange}\n", "power of two"),
    ("design: lattin\nsize: 8\n", "did you mean 'latin'"),
    ("design: latin\nsize: 8\n", "0 factors"),
    ("design: latin\nsize: 8\nfactors:\n  - {factor: newtie.exchnge}\n", "did you mean 'newtie.exchange'"),
    ("design: latin\nsize: 8\nfactors:\n  - {factor: hubs.amount}\n", "did you mean 'hub.amount'"),
    ("design: latin\nsize: 8\nfactors:\n  - {factor: hub.amount, high: 9}\n", "out of range"),
    ("design: latin\nsize: 8\nfactors:\n  - {factor: newtie.exchange, low: 0.7, high: 0.5}\n", "not above low"),
    ("design: latin\nsize: 8\nfactors:\n  - {factor: newtie.exchange, low: -1}\n", "out of range"),
    ("design: latin\nsize: 8\nfactors:\n  - {factor: hub.from, low: 1, high: 90}\n", "whole months"),
    ("design: latin\nsize: 8\nfactors:\n  - {factor: hub.places}\n", "no values"),
    ("design: factorial\nfactors:\n  - {factor: hub.places, values: [Atlantis]}\n", "unknown place"),
    ("design: factorial\nfactors:\n  - {factor: hub.amount, values: [1, 1]}\n", "twice"),
    ("design: factorial\nfactors:\n  - {factor: hub.amount, values: [many]}\n", "a number"),
    ("design: factorial\nreplicates: 0\n", "out of range"),
    ("design: factorial\nreplicates: 10000\nlevels: 500\nfactors:\n  - {factor: hub.amount}\n", "too many"),
    ("design: factorial\nfactors:\n  - {factor: hub.amount, values: [1]}\n  - {factor: hub.amount, values: [2]}\n", "twice"),
    ("design: table\n", "belong together"),
    ("design: table\ntable: nowhere.csv\n", "no file"),
    ("design: factorial\nseeds: 3\n", "unknown key"),
    ("design: factorial\nscenarios: [care]\n", "either scenario: (one) or scenarios:"),
    ("design: factorial\nensemble: 5000\n", "out of range"),
    ("design: factorial\nensemble: 2\nworld: 1999\n", "unknown world '1999'"),
    ("design: factorial\nworld: 2020\n", "of no use without an ensemble"),
    ("design: factorial\nensemble: 2\nfactors:\n  - {factor: search.rate}\n", "which is a factor, too"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), BAD)
def test_a_bad_sweep_is_refused_in_one_sentence(text, said):
    with pytest.raises(InputError) as caught:
        small(text)
    message = str(caught.value)
    assert said in message
    assert message.startswith("small.yaml, line")
    assert "\n" not in message


def test_a_point_that_ends_before_it_begins_is_refused():
    text = "design: factorial\nfactors:\n  - {factor: hub.from, values: [6]}\n  - {factor: hub.to, values: [3]}\n"
    with pytest.raises(InputError, match="point 0 of 'small'"):
        frame(small(text))


def test_scenarios_on_other_places_are_refused():
    head = "name: x\nscenarios: [baseline, typical_regions]\n"
    with pytest.raises(InputError, match="on other places"):
        small("design: factorial\n", head)
