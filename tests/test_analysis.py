"""What a sweep says: known indices come out of our own pipeline, and small tables agree with a hand."""

import math

import numpy as np
import pandas as pd
import pytest
from sweeping import ISHIGAMI, Inline, figures, ishigami, small

from experiments.analysis.alternatives import alternatives, effects, enough, front, needed, ranks, unbeaten
from experiments.analysis.sensitivity import heat, morris, sobol, swings
from experiments.compare import EXTRA
from experiments.intervals import mean_interval
from experiments.sweep.engine import sweep
from experiments.sweep.parts import read
from experiments.sweep.views import load
from experiments.sweep.worker import Kept
from sim.errors import InputError

FACTORS = "factors:\n" + "".join(f"  - {{factor: {name}}}\n" for name in ISHIGAMI)


def ran(tmp_path, more, runner, head=None, **options):
    plan = small(more, head) if head else small(more)
    sweep(plan, tmp_path / "x", Inline(**options), runner=runner)
    return load(tmp_path / "x")


def test_sobol_indices_of_a_known_function_come_out_of_the_pipeline(tmp_path):
    runs = ran(tmp_path, f"design: sobol\nsize: 1024\n{FACTORS}", ishigami)
    assert len(runs) == 1024 * 5
    found = sobol(runs, list(ISHIGAMI), "room").set_index("factor")
    # Ishigami and Homma: variance a^2/8 + b pi^4/5 + b^2 pi^8/18 + 1/2.
    a, b, pi4 = 7.0, 0.1, math.pi**4
    variance = a * a / 8 + b * pi4 / 5 + b * b * pi4**2 / 18 + 0.5
    one, two = 0.5 * (1 + b * pi4 / 5) ** 2, a * a / 8
    both = b * b * pi4**2 * (1 / 18 - 1 / 50)
    for name, first, total in zip(ISHIGAMI, (one, two, 0.0), (one + both, two, both), strict=True):
        row = found.loc[name]
        assert row["first"] == pytest.approx(first / variance, abs=0.03)
        assert row["total"] == pytest.approx(total / variance, abs=0.03)
        assert row["first_low"] < first / variance + 0.01
        assert row["first_high"] > first / variance - 0.01


def linear(trial, places, shared):
    p = trial.scenario.parameters
    return Kept("", figures(10.0 * p.newtie.exchange - 2.0 * p.search.rate))


def test_morris_finds_the_slopes_of_a_linear_function(tmp_path):
    factors = ["newtie.exchange", "search.rate", "strength.decay"]
    text = (
        "design: morris\nsize: 6\nfactors:\n  - {factor: newtie.exchange, low: 0.5, high: 0.7}\n"
        "  - {factor: search.rate, low: 0.3, high: 0.4}\n  - {factor: strength.decay}\n"
    )
    found = morris(ran(tmp_path, text, linear), factors, "room", 4).set_index("factor")
    assert list(found["mean"]) == pytest.approx([2.0, -0.2, 0.0], abs=1e-9)
    assert list(found["effect"]) == pytest.approx([2.0, 0.2, 0.0], abs=1e-9)
    assert found["spread"].max() < 1e-9


def test_an_incomplete_sweep_has_no_indices(tmp_path):
    runs = ran(tmp_path, f"design: sobol\nsize: 2\n{FACTORS}", ishigami)
    runs.loc[3, ["room", "status"]] = [np.nan, "failed"]
    with pytest.raises(InputError, match="complete sweep"):
        sobol(runs, list(ISHIGAMI), "room")


def test_a_figure_that_nothing_moves_has_no_indices(tmp_path):
    runs = ran(tmp_path, f"design: sobol\nsize: 2\n{FACTORS}", lambda *_: Kept("", figures(1.0)))
    with pytest.raises(InputError, match="the same at every point"):
        sobol(runs, list(ISHIGAMI), "room")


ARMS = "name: arms\nscenarios: [baseline, connect, care]\nplaces: prefectures\n"
GAIN = {"baseline": 0.0, "connect": 1.0, "care": 3.0}
YEN = {"baseline": 100.0, "connect": 150.0, "care": 130.0}


def arms(trial, places, shared):
    name = trial.scenario.name
    luck = math.sin(trial.seed) + trial.scenario.parameters.newtie.exchange
    found = figures(GAIN[name] + luck) | {"yen_total": YEN[name], "host_use": 50.0 - GAIN[name]}
    found |= {"lasting_ties": 1000.0 + 100.0 * GAIN[name] + luck, "yen_of_lasting": 1e6 * YEN[name]}
    return Kept("", found)


def test_paired_differences_are_free_of_what_alternatives_share(tmp_path):
    compared = alternatives(ran(tmp_path, "design: factorial\nreplicates: 5\n", arms, ARMS), [])
    assert (compared.names, compared.over, compared.dropped) == (["baseline", "connect", "care"], "seeds", 0)
    found = effects(compared)
    room = found[found["indicator"] == "room"].set_index("alternative")
    assert list(room["difference"]) == pytest.approx([1.0, 3.0])
    assert list(room["low"]) == pytest.approx([1.0, 3.0])
    extra = found[found["indicator"] == EXTRA].set_index("alternative")["difference"]
    assert list(extra) == pytest.approx([50e6 / 100, 30e6 / 300])


def test_an_ensemble_of_parameters_is_what_alternatives_are_repeated_over(tmp_path):
    text = "design: latin\nsize: 6\nreplicates: 2\nfactors:\n  - {factor: newtie.exchange}\n"
    compared = alternatives(ran(tmp_path, text, arms, ARMS), ["newtie.exchange"])
    assert compared.over == "points"
    assert set(effects(compared)["n"]) == {6}
    order = ranks(compared, "room", "up")
    assert list(order[order["rank"] == 1]["alternative"]) == ["care", "connect", "baseline"]
    assert list(order[order["rank"] == 1]["share"]) == [1.0, 0.0, 0.0]
    assert list(ranks(compared, "room", "down")["alternative"].unique()) == ["baseline", "connect", "care"]


def test_members_of_the_ensemble_are_the_repetitions_and_seeds_are_averaged(tmp_path):
    runs = ran(tmp_path, "design: factorial\nreplicates: 2\nensemble: 5\n", arms, ARMS)
    gain = {0: -1.0, 1: 2.0, 2: 3.0, 3: 4.0, 4: 5.0}
    care = runs["scenario"] == "care"
    runs.loc[care, "room"] = runs.loc[~care & (runs["scenario"] == "baseline"), "room"].to_numpy()
    runs.loc[care, "room"] += runs.loc[care, "member"].map(gain)
    compared = alternatives(runs, [])
    assert compared.over == "members"
    row = effects(compared).query("alternative == 'care' and indicator == 'room'").iloc[0]
    low, high = np.quantile(list(gain.values()), [0.05, 0.95])
    assert (row["difference"], row["low"], row["high"], row["n"]) == pytest.approx((3.0, low, high, 5))
    assert (row["up"], row["down"]) == (0.8, 0.2)
    order = ranks(compared, "room", "up").query("rank == 1").set_index("alternative")["share"]
    assert (order["care"], order["connect"]) == (0.8, 0.2)


def test_repetitions_without_all_results_are_left_out(tmp_path):
    runs = ran(tmp_path, "design: factorial\nreplicates: 5\n", arms, ARMS)
    runs.loc[(runs["scenario"] == "care") & (runs["seed"] == 2), "status"] = "failed"
    compared = alternatives(runs, [])
    assert compared.dropped == 1
    assert set(compared.figures["seed"]) == {1, 3, 4, 5}


def test_front_holds_what_nothing_beats(tmp_path):
    table = front(alternatives(ran(tmp_path, "design: factorial\nreplicates: 3\n", arms, ARMS), []))
    # Connect costs more than care and gives less.
    assert list(table["ties_front"]) == [True, False, True]
    assert list(table["load_front"]) == [True, False, True]


def test_unbeaten_agrees_with_a_hand():
    a, b = np.array([1.0, 2.0, 2.0, 3.0, np.nan]), np.array([5.0, 3.0, 4.0, 3.0, 0.0])
    assert list(unbeaten(a, b)) == [True, True, False, False, False]
    assert list(unbeaten(np.ones(2), np.ones(2))) == [True, True]


def test_needed_is_the_smallest_sample_that_is_enough():
    values = np.array([8.0, 9.0, 10.0, 11.0, 12.0, 10.0])
    n = needed(values, 0.05)
    spread = values.std(ddof=1)

    def half(size):
        zs = np.linspace(-1, 1, size)
        sample = 10.0 + spread * zs / zs.std(ddof=1)
        mean, low, _ = mean_interval(sample)
        return mean - low

    assert half(n) <= 0.5 < half(n - 1)


def test_needed_says_when_no_number_means_anything():
    assert needed(np.array([-1.0, 1.0, 0.1]), 0.1) == -1
    assert needed(np.array([2.0]), 0.1) == -1
    assert needed(np.array([2.0, 2.0]), 0.1) == 0


def test_enough_counts_for_every_alternative_and_figure(tmp_path):
    table = enough(alternatives(ran(tmp_path, "design: factorial\nreplicates: 5\n", arms, ARMS), []))
    assert set(table["alternative"]) == {"connect", "care"}
    assert table.set_index(["alternative", "indicator"]).loc[("care", "room"), "needed"] == 0


def test_heat_map_is_the_mean_over_two_factors():
    runs = pd.DataFrame({
        "a": [0.0, 0.0, 1.0, 1.0, 1.0], "b": ["x", "y", "x", "y", "y"], "room": [1.0, 2.0, 3.0, 4.0, 6.0],
        "status": ["ok"] * 5,
    })  # fmt: skip
    table = heat(runs, "a", "b", "room")
    assert table.to_numpy().tolist() == [[1.0, 3.0], [2.0, 5.0]]


def test_swings_compare_each_seed_with_itself_from_end_to_end():
    cells = [(a, b, seed) for a in (0.0, 1.0, 2.0) for b in (0.0, 5.0) for seed in (1, 2, 3)]
    runs = pd.DataFrame(cells, columns=["a", "b", "seed"]).assign(scenario="s", status="ok", words="x")
    runs["member"] = 0
    runs["room"] = 3.0 * runs["a"] - 0.2 * runs["b"] + 100.0 * runs["seed"] + 0.1 * runs["a"] * runs["seed"]
    found = swings(runs, ["b", "words", "a"], "room").set_index("factor")
    assert list(found.index) == ["a", "b"]
    row = found.loc["a"]
    assert (row["from"], row["to"]) == (0.0, 2.0)
    middle, low, high = mean_interval([6.2, 6.4, 6.6])
    assert (row["difference"], row["low"], row["high"]) == pytest.approx((middle, low, high))
    assert (found.loc["b", "difference"], found.loc["b", "high"]) == pytest.approx((-1.0, -1.0))


def test_too_many_points_are_not_compared_one_by_one(tmp_path):
    runs = ran(tmp_path, "design: latin\nsize: 201\nfactors:\n  - {factor: newtie.exchange}\n", linear)
    assert len(read(tmp_path / "x")) == 201
    with pytest.raises(InputError, match="too many to compare"):
        alternatives(runs, ["newtie.exchange"])
