"""Answers across the ensemble, in the terminal and as tables; the check of the ensemble as a command."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from experiments.across import across, summary, turning
from experiments.ensemble import load as ensemble_of
from experiments.members import chosen, with_member
from scenarios.loader import load
from scenarios.places import load_places
from sim.errors import InputError
from sim.parameters import changed, defaults
from viz.cli import main

SHORT = ["--places", "workshop", "--persons-per-agent", "50", "--months", "6", "--lang", "en"]


def scenarios(*names):
    fields = {"places": "workshop", "persons_per_agent": 50.0, "months": 6, "burn_in": 12}
    return [load(name).model_copy(update=fields) for name in names]


def test_difference_of_each_member_is_that_of_its_own_runs():
    ensemble, places = ensemble_of("2023"), load_places("workshop")
    pair = scenarios("baseline", "both")
    whole = across(pair, places, ensemble, 3, [1, 2])
    alone = across(
        [with_member(pair[0], chosen(ensemble, 3)[2])], places, _only(ensemble, 2), 1, [1, 2],
    )  # fmt: skip
    third = whole[(whole["member"] == 2) & (whole["scenario"] == "baseline")]
    assert third["value"].to_numpy() == pytest.approx(alone["value"].to_numpy(), nan_ok=True)
    first, second = (whole[(whole["member"] == m) & (whole["scenario"] == "both")]["value"] for m in (0, 1))
    assert not np.array_equal(first.to_numpy(), second.to_numpy(), equal_nan=True)


def _only(ensemble, at):
    from dataclasses import replace

    return replace(ensemble, members=({},), median=ensemble.members[at])


def test_spread_over_members_and_shares_of_signs():
    found = pd.DataFrame({
        "member": range(4), "scenario": "s", "indicator": "x", "value": [-1.0, 0.0, 1.0, 3.0],
    })  # fmt: skip
    row = summary(found, 0.5).iloc[0]
    assert (row["median"], row["low"], row["high"]) == pytest.approx((0.5, -0.25, 1.5))
    assert (row["up"], row["down"], row["n"]) == (0.5, 0.25, 4)


def test_what_turns_is_what_fewer_than_19_of_20_members_agree_on():
    shares = {
        "sure": (0.95, 0.05),
        "down": (0.0, 1.0),
        "torn": (0.94, 0.06),
        "still": (0.0, 0.0),
        "rare": (0.1, 0.0),
    }
    found = pd.DataFrame(
        [(name, *both) for name, both in shares.items()], columns=["indicator", "up", "down"]
    )
    assert list(turning(found)["indicator"]) == ["torn", "rare"]


def test_scenario_that_sets_what_the_ensemble_varies_is_refused():
    own = load("baseline").model_copy(update={"parameters": changed(defaults(), {"search.rate": 0.2})})
    with pytest.raises(InputError, match=r"sets search\.rate itself"):
        with_member(own, {"search.rate": 0.1})


def test_compare_shows_the_spread_over_the_ensemble(capsys):
    command = ["compare", "baseline", "both", "--replicates", "1", "--ensemble", "2", *SHORT]
    assert main(command) == 0
    shown = capsys.readouterr().out
    assert "2 parameter sets that fit world 2020" in shown
    assert "Sets with a rise" in shown
    assert main([*command, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["members"] == 2
    assert {row["scenario"] for row in told["rows"]} == {"baseline", "both"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--ensemble", "5000"], "--ensemble: 5000 is out of range; allowed: at least 1, at most"),
        (["--ensemble", "2", "--world", "1999"], "unknown world '1999'"),
        (["--ensemble", "2", "--out", "here"], "writes no folder"),
    ],
)
def test_bad_ensembles_are_refused_in_one_sentence(options, said, capsys):
    assert main(["run", "baseline", *options, *SHORT]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--world", "2021"], "--world: unknown world '2021'"),
        (["--check", "--persons-per-agent", "0.5"], "--persons-per-agent: 0.5 is out of range"),
    ],
)
def test_bad_calibrations_are_refused_in_one_sentence(options, said, capsys):
    assert main(["calibrate", *options]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1


def test_check_shows_every_target_and_its_exit_code_says_whether_they_are_met(tmp_path, capsys):
    """With so few persons some targets are missed by luck; which, is the same on every machine."""
    command = ["calibrate", "--check", "--world", "2020", "--members", "2", "--persons-per-agent", "20000"]
    code = main([*command, "--out", str(tmp_path), "--lang", "en"])
    shown = capsys.readouterr().out
    found = pd.read_csv(tmp_path / "targets_2020.csv")
    assert code == (3 if (found["verdict"] == "outside").any() else 0)
    assert shown.count("●") == (found["verdict"] == "inside").sum()
    assert "hold no tie this near" in " ".join(shown.split())
    for name in ("targets", "ranges", "pairs"):
        assert (tmp_path / f"{name}_2020.png").read_bytes().startswith(b"\x89PNG")
    # Which policies change their sign is said of what stands in the table.
    policies = pd.read_csv(tmp_path / "policies_2020.csv")
    torn = turning(policies[policies["scenario"] != "baseline"])
    assert set(policies["scenario"]) == {"baseline", "connect", "care", "both"}
    assert len(torn) > 0
    told = shown.split("effects of connect, care, both whose sign changes")[1]
    assert all(told.count(f" {name} ") == (torn["scenario"] == name).sum() for name in ("connect", "care"))
