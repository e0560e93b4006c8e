"""Worked experiments: what their tables and sentences say of runs made by hand, and a small one of each from end to end."""

import re

import numpy as np
import pandas as pd
import pytest

from experiments.sweep.worker import columns
from experiments.worked import load_sharing, subsidy_years, swept, where_one_hub, which_assumption
from experiments.worked.catalogue import EXPERIMENTS, by_name
from experiments.worked.guides_or_hub import BASE, GUIDES, HUBS
from experiments.worked.record import COLUMNS
from scenarios.loader import load
from scenarios.places import load_places
from sim.parameters import records
from viz import cli
from viz.experimenting import measure_label, row_label, sentence, written
from viz.messages import keys, say

LANGUAGES = ("ja", "en")


def runs(figures):
    """Return runs with these figures, each a list over members: {scenario: {indicator: values}}."""
    rows = [
        {
            "point": 0,
            "member": member,
            "scenario": scenario,
            "seed": 1,
            "status": "ok",
            **dict.fromkeys(columns(), 0.0),
        }
        | {name: values[member] for name, values in of.items()}
        for scenario, of in figures.items()
        for member in range(len(next(iter(of.values()))))
    ]
    return pd.DataFrame(rows)


def row(table, name, measure):
    return table[(table["row"] == name) & (table["measure"] == measure)].iloc[0]


def guides_or_hub(guides, hubs):
    none = {name: [0.0] * len(guides) for name in ("lasting_ties", "direct_contributors", "persistence_12")}
    made = runs({BASE: none, GUIDES: none | {"lasting_ties": guides}, HUBS: none | {"lasting_ties": hubs}})
    experiment = by_name("guides_or_hub")
    table = experiment.table(made)
    return table, experiment.answer(table)


def test_hubs_and_guides_are_paired_member_by_member():
    table, answer = guides_or_hub([100.0, 200.0, 300.0], [110.0, 220.0, 330.0])
    gap = row(table, "hubs_less_guides", "lasting_ties")
    assert (gap["median"], gap["low"], gap["high"]) == pytest.approx((20.0, 11.0, 29.0))
    assert answer.key == "hubs"
    assert row(table, "guides", "lasting_ties")["median"] == 200.0


def test_the_other_way_round_the_sentence_turns_with_its_interval():
    _, answer = guides_or_hub([110.0, 220.0, 330.0], [100.0, 200.0, 300.0])
    assert answer.key == "guides"
    figures = [answer.figures[name].value for name in ("median", "low", "high")]
    assert figures == pytest.approx([20.0, 11.0, 29.0])


def test_members_that_disagree_leave_it_undecided():
    assert guides_or_hub([100.0, 200.0], [200.0, 100.0])[1].key == "undecided"


def test_nearly_all_is_found_between_two_levels():
    gains = np.array([60.0, 80.0, 100.0, 95.0, 90.0, 80.0])
    assert load_sharing.nearly_all(gains) == pytest.approx((0.4 + 0.55) / 2)
    assert load_sharing.nearly_all(np.array([100.0, 0, 0, 0, 0, 0])) == pytest.approx(0.1 + 0.15 * 0.9)
    assert np.isnan(load_sharing.nearly_all(np.full(6, -1.0)))


def test_sharing_that_gains_nothing_is_said():
    figures = {"baseline": {"lasting_ties": [5.0, 5.0]}}
    figures |= {load_sharing.row_of(x): {"lasting_ties": [4.0, 3.0]} for x in load_sharing.LEVELS}
    table = load_sharing.table(runs(figures))
    assert load_sharing.answer(table).key == "no_gain"


@pytest.mark.parametrize(("shares", "key", "years"), [((0, 10, 55, 60, 70), "enough", "years_6"), ((0, 1, 2, 3, 4), "never", None)])  # fmt: skip
def test_subsidy_is_long_enough_when_half_of_the_bodies_run_themselves(shares, key, years):
    experiment = by_name("subsidy_years")
    figures = {}
    for k, share in enumerate(shares, 1):
        figures[f"nothing_{2 * k}"] = {
            "self_running": [np.nan, np.nan],
            "direct_contributors": [100.0, 200.0],
        }
        figures[f"years_{2 * k}"] = {
            "self_running": [share, share],
            "direct_contributors": [100.0 + k, 200.0 + k],
        }
    made = runs(figures)
    table = experiment.table(made)
    answer = experiment.answer(table)
    assert (answer.key, answer.rows.get("years")) == (key, years)
    assert [row(table, f"years_{y}", "direct_contributors")["median"] for y in (2, 10)] == [1.0, 5.0]
    assert key == "enough" or [answer.figures[n].value for n in ("median", "short_median")] == [5.0, 1.0]


def test_the_assumption_that_moves_the_lead_most_comes_first():
    """Two trajectories by hand: the lead is ten times the third assumption, whatever the others are."""
    names, size = list(which_assumption.FACTORS), len(which_assumption.FACTORS)
    cube = np.array([[float(j < i) * 2 / 3 for j in range(size)] for i in range(size + 1)] * 2)
    made = []
    for point, place in enumerate(cube):
        for scenario, slope in (("connect", 0.0), ("care", 10.0)):
            figures = {which_assumption.HEADLINE: 1.0 + slope * place[2] - 3.0 * (scenario == "care")}
            spots = {f"u:{name}": u for name, u in zip(names, place, strict=True)}
            made.append({"point": point, "scenario": scenario, "seed": 1, "status": "ok", **figures, **spots})
    table = which_assumption.table(pd.DataFrame(made))
    answer = which_assumption.answer(table)
    assert answer.rows["assumption"] == names[2]
    assert answer.figures["median"].value == pytest.approx(10.0)
    assert answer.figures["close"].value == 0
    assert (table.loc[1 : size - 1, "median"].abs() < 1e-9).all()
    # The lead is -3 before the third assumption is raised and 3.67 afterwards.
    kept = 100.0 * np.mean(cube[:, 2] > 0)
    assert answer.figures["kept_median"].value == pytest.approx(kept)


def test_assumptions_that_are_varied_are_assumed_and_each_once():
    assert len(set(which_assumption.FACTORS)) == len(which_assumption.FACTORS)
    assert {records()[name].status for name in which_assumption.FACTORS} == {"assumed"}


def test_gain_of_a_hub_is_of_all_places_of_a_type():
    places = load_places("municipalities")
    kinds = where_one_hub.types(places)
    assert {*kinds} == {
        where_one_hub.METRO,
        *(f"{a}_{s}" for a in where_one_hub.AWAY for s in where_one_hub.SIZE),
    }
    assert ((kinds == where_one_hub.METRO) == (places.metro > 0)).all()
    assert places.adults[np.char.endswith(kinds, "small")].max() < 10_000
    gain = np.where(kinds == "far_small", 7.0 * places.adults / 5000.0, 0.0)
    found = where_one_hub.by_type(gain, places).set_index("row")
    assert found.loc["far_small", "gain"] / found.loc["far_small", "hubs"] == pytest.approx(7.0)
    assert found.loc["all", "hubs"] == pytest.approx(places.adults.sum() / 5000.0)


def test_hub_table_adds_up_seeds_before_it_divides():
    made = pd.DataFrame(
        [
            (name, gain, hubs, member, seed)
            for name, gains, hubs in (("metro", (10.0, 30.0), 10.0), ("far_small", (80.0, 40.0), 10.0), ("all", (90.0, 70.0), 100.0))
            for member in (0, 1)
            for seed, gain in enumerate(gains)
        ],
        columns=["row", "gain", "hubs", "member", "seed"],
    )  # fmt: skip
    table = where_one_hub.table(made)
    answer = where_one_hub.answer(table)
    assert list(table["row"][:2]) == ["far_small", "metro"]
    assert (answer.key, answer.rows["place"]) == ("best", "far_small")
    assert answer.figures["median"].value == pytest.approx(6.0)
    assert answer.figures["all"].value == pytest.approx(0.8)
    assert answer.figures["close"].value == 0


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda e: e.name)
def test_every_experiment_has_its_words_in_both_languages(experiment):
    known = keys()
    for key in ("question", "axis", *experiment.sentences):
        assert f"experiment {experiment.name} {key}" in known
    said = {key for key in known if key.startswith(f"experiment {experiment.name} ") and " row " not in key}
    assert len(said) == 2 + len(experiment.sentences)
    for lang in LANGUAGES:
        for key in experiment.sentences:
            text = say(lang)(f"experiment {experiment.name} {key}")
            assert re.findall(r"\{n\}", text)


def test_counts_and_shares_are_written_as_people_say_them():
    assert written(1_234_567.0, "ties", "ja") == "123万"
    assert written(568_350.0, "people", "en") == "568,000"
    assert written(12.34, "%", "en") == "12.3"


def test_without_a_name_the_experiments_are_listed(capsys):
    assert cli.main(["experiment", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert all(e.name in out for e in EXPERIMENTS)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["guide_or_hub"], "did you mean 'guides_or_hub'?"),
        (["guides_or_hub", "--world", "2019"], "unknown world '2019'"),
        (["guides_or_hub", "--ensemble", "100000"], "--ensemble"),
        (["which_assumption", "--ensemble", "1"], "at least 2"),
    ],
)
def test_bad_experiments_are_refused_in_one_sentence(options, said, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["experiment", *options]) == 2
    error = capsys.readouterr().err.strip()
    assert said in error
    assert "\n" not in error


@pytest.fixture
def brief(monkeypatch):
    """Shorten burn-ins and runs, so that a small experiment takes seconds."""

    def load_brief(name):
        return load(name).model_copy(update={"burn_in": 12, "months": 42})

    for module in (swept, where_one_hub):
        monkeypatch.setattr(module, "load", load_brief)
    monkeypatch.setattr(where_one_hub, "MONTHS", 38)
    monkeypatch.setattr(subsidy_years, "YEARS", (2, 4))
    monkeypatch.setattr(which_assumption, "FACTORS", which_assumption.FACTORS[:4])


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda e: e.name)
def test_small_one_writes_table_picture_and_a_sentence_with_its_figure(experiment, capsys, tmp_path, brief):
    members = "2" if experiment.name == "which_assumption" else "1"
    size = ["--ensemble", members, "--workers", "1", "--persons-per-agent", "10000", "--out", str(tmp_path)]
    assert cli.main(["experiment", experiment.name, *size, "--lang", "en"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    folder = tmp_path / experiment.name
    table = pd.read_csv(folder / "table.csv", encoding="utf-8-sig")
    assert tuple(table.columns) == COLUMNS
    ja, en = (folder / "answer.txt").read_text(encoding="utf-8").splitlines()
    assert en in out
    answer = experiment.answer(table)
    assert en == sentence(experiment, table, answer, "en")
    value, unit = answer.figures["median"]
    assert written(value, unit, "en") in en
    assert written(value, unit, "ja") in ja
    assert {path.name for path in folder.iterdir()} >= {
        f"picture.{a}.{b}" for a in LANGUAGES for b in ("svg", "png")
    }
    assert all(row_label(experiment.name, name, lang) for name in table["row"] for lang in LANGUAGES)
    assert all(measure_label(name, lang) for name in table["measure"] for lang in LANGUAGES)
