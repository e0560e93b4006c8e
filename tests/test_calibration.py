"""The calibration finds what is there to be found, keeps its runs, and what comes with the program fits its targets."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from sweeping import KILLS, killed_at_last, noted

from experiments.calibration import artifact, leaving_out, matching, waves
from experiments.calibration.artifact import order, write
from experiments.calibration.checking import EXCUSED, INSIDE, OUTSIDE, table, verdict
from experiments.calibration.emulator import Emulator, fit
from experiments.calibration.leaving_out import left_out
from experiments.calibration.measures import CLASSES, classes, flows, hosting
from experiments.calibration.runs import Book, ask
from experiments.calibration.space import FREE, position, values
from experiments.calibration.targets import Target, misses, reachable, targets
from experiments.calibration.waves import Fitted, Size, calibrate
from experiments.ensemble import DEFAULT_WORLD, WORLDS, load
from scenarios.loader import load as scenario
from scenarios.places import load_places
from sim.errors import InputError
from sim.parameters import changed, defaults, records
from viz import cli, identifying
from viz.messages import keys, say

TOY = {
    "id": "a", "world": "both", "measure": "a", "value": 0.5, "tolerance": 0.1, "unit": "-", "year": 2020,
    "definition": "toy", "source": "toy", "reason": "",
}  # fmt: skip


def toy(**changes):
    return Target(**{**TOY, **changes})


# ---------------------------------------------------------------------------------------------------------------
# The method


def test_emulator_reproduces_a_quadratic_surface_where_it_was_not_fitted():
    rng = np.random.default_rng(1)
    points = rng.uniform(-1, 1, (120, 4))

    def truth(x):
        return np.column_stack([1 + x[:, 0] - 2 * x[:, 1] * x[:, 2], x[:, 3] ** 2])

    emulator = fit(points, np.zeros(120), truth(points), np.ones(120))
    new = rng.uniform(-1, 1, (50, 4))
    assert np.abs(emulator.predict(new) - truth(new)).max() < 0.02
    assert emulator.error.max() < 0.02


def test_emulators_error_is_what_it_is_wrong_by():
    rng = np.random.default_rng(2)
    points = rng.uniform(-1, 1, (300, 3))
    answers = points[:, :1] + 0.2 * rng.standard_normal((300, 1))
    emulator = fit(points, np.zeros(300), answers, np.ones(300))
    assert emulator.error[0] == pytest.approx(0.2, rel=0.15)


def test_runs_with_few_persons_do_not_shift_the_surface():
    rng = np.random.default_rng(3)
    points = rng.uniform(-1, 1, (200, 3))
    few = (np.arange(200) % 2).astype(float)
    emulator = fit(points, few, points[:, :1] + 5.0 * few[:, None], np.ones(200))
    assert np.abs(emulator.predict(points)[:, 0] - points[:, 0]).max() < 0.05


def test_plausible_points_fill_the_region_that_meets_the_targets_and_nothing_else():
    """|x0^2 - 0.5| <= 0.1 is two strips, 0.07 wide each side; |x1| <= 0.2 cuts them; x2 is free."""
    rng = np.random.default_rng(4)
    points = rng.uniform(-1, 1, (400, 3))
    both = [toy(), toy(id="b", measure="b", value=0.0, tolerance=0.2)]
    answers = np.column_stack([points[:, 0] ** 2, points[:, 1]])
    emulator = matching.emulate(points, np.ones(400), answers, both)
    found, reached = matching.plausible(emulator, both, points, 0.0, 1.0, seed=1)
    assert reached == 1.0
    assert np.abs(found[:, 0] ** 2 - 0.5).max() < 0.11
    assert np.abs(found[:, 1]).max() < 0.21
    assert 0.3 < (found[:, 0] > 0).mean() < 0.7
    assert found[:, 2].std() == pytest.approx(2 / math.sqrt(12), rel=0.15)


def test_target_that_the_emulator_knows_badly_is_narrowed_and_never_forgotten():
    """The emulator is wrong by a whole tolerance, and twice of that is taken off: a fifth of it stays."""
    asked = [toy(value=0.0)]
    emulator = Emulator(weights=np.array([[0.0], [1.0], [0.0], [0.0]]), error=np.array([0.1]))
    far = matching.distance(emulator, np.array([[0.0], [0.02], [0.05]]), asked, -2.0)
    assert far == pytest.approx([0.0, 1.0, 2.5])


def test_limit_that_cannot_be_reached_is_said():
    points = np.random.default_rng(5).uniform(-1, 1, (300, 2))
    apart = [toy(value=0.8), toy(id="b", value=-0.8)]
    answers = np.column_stack([points[:, 0], points[:, 0]])
    emulator = matching.emulate(points, np.ones(300), answers, apart)
    assert matching.plausible(emulator, apart, points, 0.0, 1.0, seed=1)[1] > 5.0


def toy_run(one):
    """Each target is moved by one parameter, and met in the middle third of its range."""
    u = position(dict(one.values))
    figures = {}
    for world in WORLDS:
        for at, t in enumerate(targets(world)):
            figures.setdefault(t.measure, t.value + 3.0 * t.tolerance * u[at % 8] / 8.0)
    return figures


TOY_SIZE = Size(first=64, waves=(16,), round=16, rounds=2, wanted=20)


@pytest.fixture(scope="module")
def toy_fit(tmp_path_factory):
    folder = tmp_path_factory.mktemp("toy")
    book = Book(folder, toy_run)
    return folder, book, *calibrate(("2020",), book, TOY_SIZE)


def test_accepted_sets_meet_every_target_in_their_own_run(toy_fit):
    _, _, (fitted,), _ = toy_fit
    assert len(fitted.points) >= 10
    for point, row in zip(fitted.points, fitted.figures, strict=True):
        assert misses(row, "2020") == []
        assert toy_run(ask(values(point), 1, 1.0)) == row


def test_calibration_goes_on_where_it_stopped_and_finds_the_same(toy_fit):
    folder, book, (fitted,), known = toy_fit
    assert book.made == len(known.points) == 64 + 16 + fitted.tried
    # One part is lost, as after a kill.
    sorted(folder.glob("*.jsonl"))[0].unlink()
    damaged = sorted(folder.glob("*.jsonl"))[0]
    damaged.write_bytes(damaged.read_bytes()[:-20])
    again = Book(folder, toy_run)
    (same,), _ = calibrate(("2020",), again, TOY_SIZE)
    assert 0 < again.made <= 16
    assert np.array_equal(same.points, fitted.points)


def test_run_that_fails_is_a_miss_and_not_the_end(tmp_path):
    def fails(one):
        raise ArithmeticError("column 'x' holds NaN")

    assert Book(tmp_path, fails).figures([ask({}, 1, 1.0)]) == [{}]


def test_killed_process_is_a_sentence_and_what_it_made_before_is_kept(tmp_path):
    asked = [ask({}, seed, 1.0) for seed in (5, 6, 7, 8)]
    with pytest.raises(InputError, match=r"was killed .* the same command goes on"):
        Book(tmp_path, killed_at_last, workers=2).figures([*asked, ask({}, KILLS, 1.0)])
    again = Book(tmp_path, killed_at_last)
    assert again.figures(asked) == [{"a": float(seed)} for seed in (5, 6, 7, 8)]
    assert again.made < len(asked)


def test_ctrl_c_waits_for_the_runs_under_way_and_begins_no_other(tmp_path):
    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Book(None, noted, workers=2).figures(
            [ask({str(tmp_path): 1.0}, seed, 1.0) for seed in range(20)], stop
        )
    assert 1 <= len(list(tmp_path.iterdir())) <= 2


def test_too_few_sets_are_no_ensemble(toy_fit, tmp_path):
    with pytest.raises(InputError, match="an ensemble needs 100"):
        write(tmp_path, toy_fit[2][0], TOY_SIZE, 1)


def test_command_fits_from_nothing_to_files_and_the_same_command_makes_no_run_again(
    tmp_path, monkeypatch, capsys
):
    """The toy stands in for the model, and for the runs of policies, which `--check` is tested with."""
    made, opened = [], []

    def counted(one):
        made.append(one)
        return toy_run(one)

    monkeypatch.setattr(Book.__init__, "__defaults__", (counted, 1))
    monkeypatch.setattr(waves, "Size", lambda rounds: replace(TOY_SIZE, rounds=rounds, drawn=60))
    monkeypatch.setattr(matching, "STEPS", 6)
    monkeypatch.setattr(leaving_out, "DRAWN", 40)
    monkeypatch.setattr(artifact, "MEMBERS", 10)
    monkeypatch.setattr(identifying, "leave_open", lambda ensemble, *_: opened.append(ensemble))
    command = ["calibrate", "--world", "2020", "--rounds", "2", "--workers", "1", "--out", str(tmp_path)]
    assert cli.main([*command, "--lang", "en"]) == 0
    said, first = " ".join(capsys.readouterr().out.split()), len(made)
    table = pd.read_csv(tmp_path / "ensemble_2020.csv")
    about = json.loads((tmp_path / "ensemble_2020.json").read_text(encoding="utf-8"))
    assert (
        f"{about['tried_at_full_size']} sets were tried at full size, {len(table)} met every target" in said
    )
    assert "28 targets are foretold by the others within their tolerance" in said
    assert (about["accepted"], about["runs"]) == (len(table), first) == (len(opened[0].members), first)
    assert opened[0].median == table.iloc[0].to_dict()
    assert (tmp_path / "left_out_2020.png").read_bytes().startswith(b"\x89PNG")
    assert cli.main(command) == 0
    assert len(made) == first
    assert pd.read_csv(tmp_path / "ensemble_2020.csv").equals(table)
    monkeypatch.setattr(artifact, "MEMBERS", 1_000)
    assert cli.main(command) == 2
    assert "an ensemble needs 1000: give more --rounds" in capsys.readouterr().err


def test_median_member_is_nearest_the_centre_whatever_the_units():
    points = [np.r_[x, 1000.0 * y, np.zeros(len(FREE) - 2)] for x, y in ((-1, 1), (1, -1), (0.1, 0))]
    assert order(Fitted("2020", points))[0] == 2


def test_target_left_out_is_foretold_by_those_that_move_with_it(toy_fit):
    """Targets 0, 8 and 16 are moved by the same parameter; so each is foretold by the others."""
    _, _, (fitted,), known = toy_fit
    found = left_out(known, "2020", np.array(fitted.points)).set_index("id")
    assert set(found.index) == {t.id for t in reachable("2020")}
    assert found["inside"].all()


# ---------------------------------------------------------------------------------------------------------------
# Targets and their counterparts


@pytest.mark.parametrize("world", WORLDS)
def test_targets_are_whole(world):
    rows = targets(world)
    assert len({t.id for t in rows}) == len(rows) >= 20
    for t in rows:
        assert t.tolerance > 0
        assert t.source
        assert t.definition
        assert f"target {t.id}" in keys()
    assert all(len(t.reason) > 40 for t in rows if t.reason)
    assert all(
        say("en")(f"reason {t.id}") == t.reason != say("ja")(f"reason {t.id}") for t in rows if t.reason
    )
    assert sum(bool(t.reason) for t in rows) <= 2


def test_types_of_a_wave_are_nearly_all_visitors():
    for world in WORLDS:
        kinds = [t.value for t in targets(world) if t.id in ("hobby", "exchange", "work", "direct")]
        assert sum(kinds) == pytest.approx(1.0, abs=0.015)


def test_days_a_year_are_those_of_a_poisson_count():
    one = classes(np.array([3.0]))
    e = math.exp(-3.0)
    assert one["days_1"] == pytest.approx(4 * e)
    upto = sum(3.0**n / math.factorial(n) for n in range(8)) * e
    assert one["days_8"] == pytest.approx(1 - upto)
    assert sum(classes(np.array([0.2, 4.0, 30.0])).values()) == pytest.approx(1.0)


def test_flows_are_shares_of_visitors_by_main_place():
    places = load_places("prefectures")
    tokyo, saitama, hokkaido, aomori = (places.code.index(c) for c in ("13", "11", "01", "02"))
    table = {
        "home": np.array([tokyo, tokyo, hokkaido]), "place": np.array([saitama, aomori, tokyo]),
        "people": np.array([3, 1, 5]), "ties": np.array([3, 3, 5]),
    }  # fmt: skip
    found = flows(table, places)
    assert found["metro_to_other"] == 0.25
    assert found["other_to_other"] == 0.0
    assert found["tokyo_to_shuto"] == 0.75
    assert [found[name] for name in CLASSES] == [0.0, 0.5, 0.5]


def test_positions_and_values_are_two_ways_to_say_one_thing():
    u = np.random.default_rng(6).uniform(-1, 1, len(FREE))
    assert position(values(u)) == pytest.approx(u, abs=1e-4)
    ends = values(np.full(len(FREE), -1.0)), values(np.full(len(FREE), 1.0))
    for path in FREE:
        assert [e[path] for e in ends] == pytest.approx([records()[path].low, records()[path].high])


def test_verdict_knows_reasons():
    assert verdict(toy(), 0.55) == INSIDE
    assert verdict(toy(), 0.65) == OUTSIDE
    assert verdict(toy(reason="cannot"), 0.65) == EXCUSED
    assert verdict(toy(), float("nan")) == OUTSIDE
    spread = [{"a": v} for v in np.linspace(0, 1, 101)]
    row = table((toy(),), [{"a": 0.4}, {"a": 0.6}], spread).iloc[0]
    assert row["median_member"] == pytest.approx(0.5)
    assert (row["model_low"], row["model"], row["model_high"]) == pytest.approx((0.05, 0.5, 0.95))


# ---------------------------------------------------------------------------------------------------------------
# What comes with the program


@pytest.mark.parametrize("world", WORLDS)
def test_packaged_ensemble_is_whole(world):
    ensemble = load(world)
    assert len(ensemble.members) >= 100
    assert len({tuple(m.values()) for m in ensemble.members}) == len(ensemble.members)
    assert ensemble.median == ensemble.members[0]
    for member in ensemble.members:
        assert tuple(member) == FREE
        changed(defaults(), member)
        assert all(records()[p].low <= v <= records()[p].high for p, v in member.items())
    about = ensemble.provenance
    assert about["targets"] == [t.model_dump() for t in targets(world)]
    assert len(about["seeds"]) == len(ensemble.members)
    fixed = {p: r.default for p, r in records().items() if p not in FREE}
    assert about["fixed"] == fixed, "a default has changed since the fit: calibrate again"


def test_baseline_is_the_median_member_of_the_default_world():
    assert scenario("baseline").parameters == changed(defaults(), load(DEFAULT_WORLD).median)
    assert {records()[path].status for path in FREE} == {"fitted"}


def test_world_that_does_not_exist_is_refused():
    with pytest.raises(
        InputError, match=r"unknown world '2021' \(did you mean '2023'\?\); allowed: 2020, 2023"
    ):
        load("2021")
    with pytest.raises(InputError, match="allowed: 2020, 2023"):
        targets("both")


def test_ensembles_table_is_plain_numbers():
    from importlib.resources import files

    for world in WORLDS:
        path = files("experiments") / "calibration" / "data" / f"ensemble_{world}.csv"
        with path.open(encoding="utf-8") as file:
            frame = pd.read_csv(file)
        assert list(frame) == list(FREE)
        assert np.isfinite(frame.to_numpy()).all()


def test_hosts_are_counted_over_the_last_year_alone():
    month = np.repeat(np.arange(1, 25), 2)
    last = month > 12
    columns = {"use": np.where(last, 0.5, 9.0), "room": np.where(last, 0.6, 9.0), "hosts": np.full(48, 4.0)}
    outcome = SimpleNamespace(months={"month": month, **columns, "hosts_burnt": np.where(last, 1.0, 4.0)})
    assert hosting(outcome) == {"host_use": 0.5, "hosts_burnt": 0.25, "room": pytest.approx(0.6)}
