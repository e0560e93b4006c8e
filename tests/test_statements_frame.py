"""How statements are measured: paired runs equal to plain ones, demands that can fail, records that name real things."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from experiments.ensemble import load
from experiments.members import chosen
from experiments.statements import store
from experiments.statements.arms import (
    BASE,
    PLACES,
    WEIGHT,
    Arm,
    after,
    before,
    levels,
    others,
    places,
    shock,
)
from experiments.statements.catalogue import STATEMENTS, by_id, measure_all
from experiments.statements.edits import EDITS
from experiments.statements.findings import Finding, down, hump, percent, up, within
from experiments.statements.lab import Lab
from experiments.statements.record import Measured
from experiments.statements.runs import outside
from sim import checkpoint
from sim.levers import levers
from sim.loop import MONTH
from sim.parameters import records
from sim.run import run
from sim.scenario import Scenario
from viz import cli

SHORT = 14


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.getbasetemp() / "cache"
    monkeypatch.setattr(checkpoint, "cache_folder", lambda: folder)
    monkeypatch.setattr(store, "cache_folder", lambda: folder)


# Records


def test_there_are_25_statements_in_order():
    assert [s.id for s in STATEMENTS] == [f"R{n:02d}" for n in range(1, 26)]
    assert len({s.slug for s in STATEMENTS}) == 25


@pytest.mark.parametrize("s", STATEMENTS, ids=lambda s: s.id)
def test_statement_names_real_mechanisms_levers_and_parameters(s):
    assert set(s.mechanisms) <= {m.__name__ for m in MONTH}
    assert set(s.levers) <= set(levers())
    assert set(s.off) <= set(records())
    assert s.mechanisms
    assert s.levers
    assert s.off


@pytest.mark.parametrize("s", STATEMENTS, ids=lambda s: s.id)
def test_statement_is_one_plain_sentence_in_both_languages(s):
    assert s.ja.endswith("。")
    assert s.ja.count("。") == 1
    assert s.en.endswith(".")
    assert s.en.count(". ") == 0


@pytest.mark.parametrize("s", STATEMENTS, ids=lambda s: s.id)
def test_parameters_that_switch_off_differ_from_today(s):
    assert all(records()[path].default != value for path, value in s.off.items())


# The laboratory


@pytest.fixture(scope="module")
def lab():
    return Lab((1, 2), workers=1)


def test_arm_is_a_plain_run(lab):
    (runs,) = lab.run(levels(hub=2).lasting(SHORT))
    arm = levels(hub=2)
    scenario = Scenario(
        name="x", places=PLACES, persons_per_agent=WEIGHT, months=SHORT, measures=arm.measures
    )
    visits = run(scenario, places(), 2).months["visits"].reshape(SHORT, -1)[:, outside()].sum(axis=1)
    assert runs.series("visits")[1].tolist() == visits.tolist()


def test_arm_asked_for_twice_is_run_once(lab):
    lab.run(BASE.lasting(SHORT))
    before_ = lab.runs_done
    lab.run(BASE.lasting(SHORT), Arm(months=SHORT))
    assert lab.runs_done == before_


def test_arms_do_not_touch_each_other_nor_the_burn_in():
    one, other = Lab((3,)), Lab((3,))
    base, forget = BASE.lasting(SHORT), Arm(edit="forget", months=SHORT)
    assert (one.run(forget, base)[1].series("latent") == other.run(base)[0].series("latent")).all()


def test_switched_off_parameter_holds_in_every_arm():
    lab = Lab((1,), {"search.rate": 0.0, "search.online_rate": 0.0})
    asked = after({"search.rate": 0.5}).lasting(SHORT) | before({"search.online_rate": 0.1})
    (runs,) = lab.run(asked)
    assert runs.total("searchers", first=1).max() == 0.0
    assert runs.total("ties_online", first=1).max() == 0.0


def test_arms_start_from_the_parameters_of_their_laboratory_and_keep_their_own():
    lab = Lab((1,), base=(("search.rate", 0.0), ("search.online_rate", 0.0)))
    still, own = lab.run(BASE.lasting(SHORT), before({"search.rate": 0.2}).lasting(SHORT))
    assert still.total("searchers", first=1).max() == 0.0
    assert own.total("searchers", first=1).min() > 0.0
    assert Lab((1,)).run(BASE.lasting(SHORT))[0].total("searchers", first=1).min() > 0.0


def test_number_of_workers_changes_nothing():
    arms = [levels(hub=2).lasting(SHORT), shock("needs", 2.0).lasting(SHORT)]
    alone, together = (Lab((1, 2), workers=n).run(*arms) for n in (1, 3))
    for a, b in zip(alone, together, strict=True):
        assert (a.series("visits") == b.series("visits")).all()


def test_levels_are_levels_outside_the_metropolitan_regions():
    (measure,) = levels(hub=2).measures
    assert measure.amount == 2 - levers()["hub"].today
    assert measure.places == others()
    assert len(others()) == 9


def test_every_edit_changes_the_state(lab):
    lab.run(BASE.lasting(SHORT))
    for name in EDITS:
        (changed,) = lab.run(Arm(edit=name, months=SHORT))
        assert (changed.series("visits") != lab.run(BASE.lasting(SHORT))[0].series("visits")).any(), name


# Demands


def test_sign_is_demanded_by_three_standard_errors():
    x = np.array([0.9, 1.0, 1.1, 1.0])
    assert up("", "", x).holds
    assert not up("", "", x - 1.0).holds
    assert not down("", "", x).holds
    assert down("", "", -x).holds
    noisy = np.array([-1.0, 3.0, 0.0, 2.0])
    assert not up("", "", noisy).holds
    assert up("", "", x, above=0.8).holds
    assert not up("", "", x, above=0.95).holds


def test_numbers_that_are_none_never_hold():
    x = np.array([1.0, math.nan, 1.0, 1.1])
    assert not up("", "", x).holds
    assert not down("", "", x).holds
    assert not within("", "", x, 0.0, 2.0).holds
    assert not hump("", "", [x, x + 1, x]).holds


def test_hump_needs_a_top_inside_and_both_ends_lower():
    noise = np.array([0.0, 0.1, -0.1, 0.05])
    low, top = 1.0 + noise, 2.0 + noise[::-1]
    assert hump("", "", [low, top, low]).holds
    assert not hump("", "", [low, low, top]).holds
    assert not hump("", "", [top, low, low]).holds
    assert not hump("", "", [low, low + noise, low]).holds


def test_percent_is_of_the_mean_of_the_base():
    assert percent(np.array([2.0, 6.0]), np.array([1.0, 3.0])).tolist() == [50.0, 150.0]


# Memory


def test_measured_statement_is_remembered_with_the_numbers_that_are_none():
    finding = Finding("あ", "a", 1.5, math.nan, math.nan, 2.0, 3, "%", "> 0", False)
    store.keep(Measured("R01", 3, (finding,), 1.0), (1, 2, 3))
    (back,) = store.kept("R01", (1, 2, 3)).findings
    assert (back.estimate, back.high, back.holds, back.demand) == (1.5, 2.0, False, "> 0")
    assert math.isnan(back.error)
    assert store.kept("R01", (1, 2)) is None


def test_known_statements_are_not_measured_again(monkeypatch):
    seeds, told = (1, 2, 3), []
    finding = Finding("あ", "a", 1.5, 0.1, 1.0, 2.0, 3, "", "> 0", True)
    store.keep(Measured("R02", 3, (finding,), 1.0), seeds)
    monkeypatch.setattr(Lab, "run", lambda *_: pytest.fail("measured again"))
    (measured,) = measure_all([by_id()["R02"]], seeds, told=lambda *done: told.append(done))
    assert measured.holds
    assert told == [(1, 1)]


# The command


@pytest.fixture
def known():
    """Keep a finding of R02 as if it had been measured with three seeds."""
    finding = Finding("近いつながり", "near ties", 1.5, 0.1, 1.25, math.nan, 3, "%", "> 0", True)
    store.keep(Measured("R02", 3, (finding,), 1.0), range(1, 4))


def test_command_prints_what_was_measured(known, capsys):
    assert cli.main(["statements", "r02", "--seeds", "3", "--lang", "en"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    for words in ("R02", "near ties", "+1.5%", "leaving.py", "1 of 1 hold"):
        assert words in said


def test_command_prints_rows_for_programs(known, capsys):
    assert cli.main(["statements", "R02", "--seeds", "3", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["id"], row["holds"], row["seeds"]) == ("R02", True, 3)
    assert row["mechanisms"] == [f"sim/mechanisms/{name}.py" for name in by_id()["R02"].mechanisms]
    assert row["findings"][0]["high"] is None
    assert row["test"] == f"tests/test_statements.py::test_statement_holds[R02-{by_id()['R02'].slug}]"


def test_over_the_ensemble_each_set_is_measured_and_those_that_hold_are_counted(capsys, monkeypatch):
    """R02 in two sets: its headline is 1.5 and 2.5%, and holds in the first alone."""
    sets = [tuple(member.items()) for member in chosen(load("2023"), 2)]
    for base, value, holds in zip(sets, (1.5, 2.5), (True, False), strict=True):
        finding = Finding("近いつながり", "near ties", value, 0.1, 1.0, 3.0, 3, "%", "> 0", holds)
        store.keep(Measured("R02", 3, (finding,), 1.0), range(1, 4), base)
    monkeypatch.setattr(Lab, "run", lambda *_: pytest.fail("measured again"))
    asked = ["statements", "R02", "--seeds", "3", "--ensemble", "2", "--world", "2023"]
    assert cli.main([*asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    (row,) = told["statements"]
    assert (told["members"], told["world"], row["holds"]) == (2, "2023", 0.5)
    assert [row["findings"][0][k] for k in ("median", "low", "high", "holds")] == pytest.approx(
        [2.0, 1.55, 2.45, 0.5]
    )
    assert cli.main([*asked, "--lang", "en"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    for words in (
        "2 parameter sets that fit world 2023",
        "50% near ties +2.0% (+1.6",
        "0 of 1 hold in every set",
    ):
        assert words in said


def test_command_refuses_a_statement_that_does_not_exist(capsys):
    assert cli.main(["statements", "R26"]) == 2
    assert "unknown statement 'R26'" in capsys.readouterr().err
