"""Paired differences: hand-worked numbers, and the same runs whatever the number of workers."""

import itertools
import math
import threading
import time

import numpy as np
import pandas as pd
import pytest
from fakes import places
from fakes import run as fake_run

from experiments.compare import EXTRA, YEN, Stopped, paired, replicate, summary, table
from experiments.intervals import mean_interval, ratio_interval, student_t
from sim.errors import InputError
from sim.scenario import Measure, Scenario

BASE = Scenario(name="base", months=48)
OTHER = Scenario(name="other", months=48, measures=(Measure(lever="hub", amount=1),))


def figures(rows):
    return pd.DataFrame(rows, columns=["scenario", "seed", "indicator", "value"])


@pytest.mark.parametrize(
    ("level", "freedom", "expected"),
    [
        (0.90, 1, 6.3138),
        (0.90, 2, 2.9200),
        (0.90, 7, 1.8946),
        (0.90, 19, 1.7291),
        (0.95, 10, 2.2281),
        (0.99, 4, 4.6041),
    ],
)
def test_student_t_agrees_with_printed_tables(level, freedom, expected):
    assert student_t(level, freedom) == pytest.approx(expected, abs=6e-5)


def test_mean_interval_agrees_with_a_hand_worked_sample():
    # Deviations -2, -1, 1, 2: variance 10/3; t(0.90, 3) = 2.3534.
    mean, low, high = mean_interval([2.0, 3.0, 5.0, 6.0])
    half = 2.3534 * math.sqrt(10 / 3) / 2
    assert (mean, low, high) == pytest.approx((4.0, 4.0 - half, 4.0 + half), abs=1e-4)


def test_one_value_has_no_interval():
    mean, low, high = mean_interval([3.0])
    assert mean == 3.0
    assert math.isnan(low)
    assert math.isnan(high)


def test_ratio_of_a_constant_is_the_reciprocal_of_the_mean_interval():
    # With a fixed numerator Fieller's interval is exactly 10 over the ends of the denominator's interval.
    under = [4.0, 5.0, 6.0, 5.0]
    mean, low, high = mean_interval(under)
    assert ratio_interval([10.0] * 4, under) == pytest.approx((10 / mean, 10 / high, 10 / low))


def test_ratio_is_not_defined_where_the_denominator_may_be_zero():
    assert all(math.isnan(v) for v in ratio_interval([1.0, 1.0, 1.0], [-1.0, 2.0, 0.5]))


def test_paired_differences_are_taken_seed_by_seed():
    # Levels vary wildly between seeds, differences do not: 1, 2, 3.
    rows = [("a", s, "x", v) for s, v in ((1, 10.0), (2, 50.0), (3, -20.0))]
    rows += [("b", s, "x", v) for s, v in ((3, -17.0), (1, 11.0), (2, 52.0))]
    rows += [
        (n, s, i, v + s)
        for n, v in (("a", 0.0), ("b", 100.0))
        for s in (1, 2, 3)
        for i in (YEN, "lasting_ties")
    ]
    row = paired(figures(rows), "a", "b").set_index("indicator").loc["x"]
    half = 2.9200 * 1.0 / math.sqrt(3)
    assert row["difference"] == pytest.approx(2.0)
    assert (row["low"], row["high"]) == pytest.approx((2.0 - half, 2.0 + half), abs=1e-4)
    assert row["n"] == 3


def test_extra_yen_is_divided_by_extra_ties():
    rows = [(n, s, YEN, 1000.0 if n == "a" else 4000.0) for n in "ab" for s in (1, 2, 3)]
    rows += [("a", s, "lasting_ties", 100.0 + s) for s in (1, 2, 3)]
    rows += [("b", s, "lasting_ties", 100.0 + s + gain) for s, gain in ((1, 29.0), (2, 30.0), (3, 31.0))]
    row = paired(figures(rows), "a", "b").set_index("indicator").loc[EXTRA]
    assert row["difference"] == pytest.approx(100.0)
    assert row["low"] < 100.0 < row["high"]


def test_extra_yen_is_not_defined_when_ties_do_not_grow():
    rows = [(n, s, YEN, 1000.0 if n == "a" else 4000.0) for n in "ab" for s in (1, 2, 3)]
    rows += [(n, s, "lasting_ties", 100.0 + (s if n == "a" else -s)) for n in "ab" for s in (1, 2, 3)]
    assert math.isnan(paired(figures(rows), "a", "b").set_index("indicator").loc[EXTRA, "difference"])


def test_dust_of_float_sums_is_not_a_difference():
    rows = [("a", s, i, 0.1 + 0.2) for s in (1, 2) for i in ("x", YEN, "lasting_ties")]
    rows += [("b", s, i, 0.3) for s in (1, 2) for i in ("x", YEN, "lasting_ties")]
    row = paired(figures(rows), "a", "b").set_index("indicator").loc["x"]
    assert row["difference"] == row["low"] == row["high"] == 0.0


def test_different_seeds_are_not_compared():
    rows = [("a", 1, "x", 1.0), ("b", 2, "x", 1.0)]
    with pytest.raises(InputError, match="different seeds"):
        paired(figures(rows), "a", "b")


def test_summary_leaves_out_what_is_not_a_number():
    row = summary(figures([("a", 1, "x", 1.0), ("a", 2, "x", math.nan), ("a", 3, "x", 3.0)]), "a").iloc[0]
    assert row["mean"] == 2.0
    assert row["n"] == 2


def test_results_do_not_depend_on_workers_or_on_who_finishes_first():
    def slow_first(scenario, where, seed, **rest):
        time.sleep(0.02 * (3 - seed) if seed < 3 else 0.0)
        return fake_run(scenario, where, seed, **rest)

    where = places(5)
    one = replicate([BASE, OTHER], where, [1, 2, 3], 1, runner=fake_run)
    four = replicate([BASE, OTHER], where, [1, 2, 3], 4, runner=slow_first)
    assert [(r.scenario.name, r.seed, r.digest) for r in one] == [
        (r.scenario.name, r.seed, r.digest) for r in four
    ]
    pd.testing.assert_frame_equal(table(one), table(four))


def test_progress_rises_to_all_months_of_all_runs():
    seen = []
    replicate([BASE], places(3), [1, 2], 2, lambda done, total: seen.append((done, total)), runner=fake_run)
    assert seen[-1] == (2 * (BASE.months + BASE.burn_in),) * 2
    assert all(a[0] < b[0] for a, b in itertools.pairwise(seen))


def test_a_failing_run_stops_the_others():
    stopped = threading.Event()

    def runner(scenario, where, seed, *, threads, progress):
        if seed == 1:
            raise ValueError("broken")
        try:
            for done in range(10_000):
                time.sleep(0.001)
                progress(done, 10_000)
        except Stopped:
            stopped.set()
            raise

    with pytest.raises(ValueError, match="broken"):
        replicate([BASE], places(3), [1, 2, 3, 4], 2, runner=runner)
    assert stopped.wait(2.0)


def test_names_and_seeds_must_differ():
    with pytest.raises(InputError, match="called 'base'"):
        replicate([BASE, BASE], places(3), [1], runner=fake_run)
    with pytest.raises(InputError, match="Seeds"):
        replicate([BASE], places(3), [1, 1], runner=fake_run)


def test_values_are_in_the_unit_of_their_record():
    (run,) = replicate([BASE], places(4), [1], runner=fake_run)
    assert 5 < run.figures["visiting_share"] < 50  # per cent, not a share
    early = run.tables["months"]["month"] <= BASE.months - 36
    assert run.figures[YEN] == pytest.approx(
        float(np.sum(run.tables["months"]["yen"][early], dtype=np.float64)), rel=1e-6
    )
