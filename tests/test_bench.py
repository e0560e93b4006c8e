"""What is measured is what is said to be; no test looks at a clock."""

from __future__ import annotations

import json
import math
import subprocess
from pathlib import Path

import numpy as np
import pytest

from experiments.bench import growth, show
from experiments.bench.commands import COLD, WARM, taken
from experiments.bench.runs import SIZES
from scenarios.places import load_places
from sim.loop import WAYS, way
from viz import cli


@pytest.mark.parametrize("power", [0.9, 1.0, 1.3])
def test_exponent_is_that_of_a_power_law_and_its_interval_covers_it(power):
    x = np.logspace(4, 8, 9)
    noise = np.exp(0.05 * np.random.default_rng(1).standard_normal(9))
    slope, low, high = growth.exponent(x, 3e-8 * x**power)
    assert slope == pytest.approx(power)
    slope, low, high = growth.exponent(x, 3e-8 * x**power * noise)
    assert low < power < high
    assert low < slope < high


def test_exponent_of_two_points_is_unknown():
    assert all(math.isnan(v) for v in growth.exponent([1.0, 2.0], [1.0, 2.0]))


@pytest.mark.parametrize("n", [1, 3, 5, 7, 9, 15, 40])
def test_interval_of_a_median_covers_it_in_nine_cases_of_ten_where_so_few_can(n):
    k = growth.order(n)

    def missed(k):
        return 2.0 * sum(math.comb(n, j) for j in range(k + 1)) * 0.5**n

    assert k < (n + 1) / 2
    assert missed(k) <= 0.1 or k == 0
    assert missed(k + 1) > 0.1  # the narrowest that does


def test_sampled_places_reach_over_the_country_and_all_of_them_are_the_table():
    whole = load_places("municipalities")
    assert growth.sampled(len(whole)).code == whole.code
    ten = growth.sampled(10)
    assert len(set(ten.code)) == 10
    assert (ten.code[0], ten.code[-1]) == (whole.code[0], whole.code[-1])
    assert ten.lat.tolist() == [whole.lat[whole.code.index(c)] for c in ten.code]


@pytest.fixture
def small(monkeypatch, tmp_path):
    """Worlds of a few people, and an empty folder."""
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "PEOPLE": (2e3, 4e3, 8e3, 1e9), "FITTED_FROM": 2e3, "FIXED": 2e3, "PLACES": (1, 10), "LOOKING": (0.0, 1.0),
        "SETTLE": 6, "ROUNDS": 3,
    }.items():  # fmt: skip
        monkeypatch.setattr(growth, name, value)


def test_growth_varies_one_thing_at_a_time(small):
    found = growth.growth(1e5)
    assert [r["people"] for r in found["people"]] == [2000, 4000, 8000]
    assert {(r["places"], r["threads"]) for r in found["people"]} == {(47, 1)}
    assert [(r["people"], r["places"]) for r in found["places"]] == [(2000, 1), (2000, 10)]
    assert found["places"][0]["ties"] > 0.0
    assert [r["ties"] > 0.0 for r in found["ties"]] == [False, True]
    assert [(r["people"], r["threads"]) for r in found["threads"]] == [(8000, 1), (8000, 2)]
    for r in [r for rows in list(found.values())[:4] for r in rows]:
        assert r["low"] <= r["seconds"] <= r["high"]
        assert r["bytes"] > r["bytes_people"] == 52.0


def test_bench_writes_figures_and_a_picture_and_keeps_the_others(small, capsys):
    Path("kept.json").write_text('{"waits": [], "growth": 1}', encoding="utf-8")
    assert cli.main(["bench", "--growth", "--most", "1e5", "--out", "kept.json"]) == 0
    kept = json.loads(Path("kept.json").read_text(encoding="utf-8"))
    assert kept["waits"] == []
    assert len(kept["growth"]["people"]) == 3
    assert Path("kept.png").read_bytes().startswith(b"\x89PNG")
    assert "90% interval" in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, "[1]", "nothing"])
def test_bench_refuses_a_file_that_is_no_figures_before_it_measures(small, capsys, monkeypatch, content):
    monkeypatch.setattr("viz.benching.growth", lambda most: pytest.fail("measured"))
    if content is None:
        Path("x.json").mkdir()
    else:
        Path("x.json").write_text(content, encoding="utf-8")
    assert cli.main(["bench", "--growth", "--out", "x.json"]) == 2
    said = capsys.readouterr().err.strip()
    assert said.count("\n") == 0
    assert "--out: x.json" in said


def test_bench_refuses_a_size_that_nobody_has(capsys):
    assert cli.main(["bench", "--most", "10"]) == 2
    assert "--most" in capsys.readouterr().err


def test_cold_commands_find_nothing_and_failed_ones_are_not_timed(tmp_path):
    look = "import os, sys; sys.exit(os.environ['XDG_CACHE_HOME'] != sys.argv[1])"
    taken(("-c", look, str(tmp_path)), tmp_path, tmp_path)  # raises where the folder is another
    with pytest.raises(subprocess.CalledProcessError):
        taken(("-c", "raise SystemExit(3)"), tmp_path, tmp_path)


def test_both_ways_to_run_a_month_are_compiled_and_no_command_is_timed_twice():
    from experiments.bench.compiling import PEOPLE

    assert {name: way(people * 5, 5) for name, people in PEOPLE.items()} == {name: name for name in WAYS}
    assert {words[-1] for words in COLD.values() if "experiments.bench.compiling" in words} == set(WAYS)
    assert not set(COLD) & set(WARM)


def test_waits_that_are_compared_are_measured():
    names = {*COLD, *WARM, "write the report of a comparison"}
    names |= {
        f"{what}: {size}"
        for what in ("burn-in of 240 months", "one slider run of 120 months")
        for size in SIZES
    }
    assert {name for pair in show.RATIOS for name in pair} <= names
    rows = [
        {"name": name, "processor": 2.0 + k, "seconds": 9.0, "repeats": 3} for k, name in enumerate(names)
    ]
    assert show.ratios(rows).row_count == len(show.RATIOS)
