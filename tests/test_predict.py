"""Predictions: hand-worked tables, names with words, groups as typed, and the same JSON however it was computed."""

import json
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from experiments.ensemble import load as load_ensemble
from experiments.intervals import quantile_interval
from experiments.members import chosen, with_member
from experiments.predictions.agreement import AGREEMENT
from experiments.predictions.days import DAYS
from experiments.predictions.flows import FLOWS
from experiments.predictions.gather import Ledger, pull
from experiments.predictions.groups import asked, groups, usual_struck
from experiments.predictions.help import HELP
from experiments.predictions.moves import MOVES
from experiments.predictions.record import Asked, Seen
from experiments.predictions.registry import CANNOT, FAMILIES, quantities
from experiments.predictions.residence import RESIDENCE
from experiments.predictions.survival import SURVIVAL
from experiments.predictions.travel import CLASSES, TRAVEL
from scenarios.loader import load
from scenarios.places import load_places
from sim.errors import InputError
from sim.mechanisms.moving import pull_of_tie
from sim.parameters import changed, defaults
from sim.run import Simulation
from viz import cli, predicting, terminal
from viz.jobs import Overrides
from viz.messages import keys

PLACES = load_places("workshop")
SMALL = ["--places", "workshop", "--persons-per-agent", "200", "--ensemble", "2"]


def question(**groups_of):
    origins = groups_of.get("origins", {"a": np.array([0]), "b": np.array([1, 2])})
    return Asked(PLACES, origins, {"c": np.array([1, 2])}, np.array([2]))


def seen(**columns):
    """Five people in places 0, 0, 1, 1, 2: two ties, none, one, one without visits, one asleep."""
    hours = np.full((len(PLACES), len(PLACES)), 0.75)
    hours[0, 1], hours[0, 2], hours[1, 2] = 0.5, 5.0, 2.9
    stage = np.array([[2, 5, 0], [0, 0, 0], [3, 0, 0], [1, 0, 0], [6, 0, 0]], np.uint8)
    place = np.array([[1, 2, 0], [0, 0, 0], [2, 0, 0], [2, 0, 0], [0, 0, 0]])
    strength = np.array([[0.2, 0.7, 0], [0, 0, 0], [0.4, 0, 0], [0.9, 0, 0], [0.9, 0, 0]])
    days = np.array([[1, 8, 0], [0, 0, 0], [7, 0, 0], [3, 0, 0], [0, 0, 0]])
    made = Seen(
        places=PLACES, weight=10.0, home=np.array([0, 0, 1, 1, 2]), stage=stage, place=place, strength=strength,
        days=days, pull=np.where(stage == 5, 0.001, 0.0), hours=hours,
    )  # fmt: skip
    return replace(made, **columns)


def test_flows_are_of_the_strongest_visiting_tie_of_each_visiting_person():
    values = FLOWS.measure(seen(), question(origins={"a": np.array([0]), "z": np.array([2])}))
    assert values["flow.a.c.share"] == 100.0
    assert values["flow.a.c.people"] == 10.0
    only_second = Asked(
        PLACES, {"a": np.array([0])}, {"one": np.array([1]), "two": np.array([2])}, np.array([2])
    )
    split = FLOWS.measure(seen(), only_second)
    assert (split["flow.a.one.share"], split["flow.a.two.share"]) == (0.0, 100.0)
    assert np.isnan(values["flow.z.c.share"])  # whose only tie is asleep
    assert values["flow.z.c.people"] == 0.0


def test_travel_classes_hold_their_lower_edge_and_add_up():
    values = TRAVEL.measure(seen(), question())
    assert values["travel.main.5h_more"] == values["travel.main.2_3h"] == 50.0
    assert values["travel.ties.30_60min"] == pytest.approx(100 / 3)  # half an hour itself
    for by in ("main", "ties"):
        assert sum(values[f"travel.{by}.{name}"] for name in CLASSES) == pytest.approx(100.0)


def test_travel_and_days_of_a_pair_are_those_between_its_groups_alone():
    """Resident of 0: half an hour to 1 (one day) and five hours to 2, the stronger (8 days); resident of 1: 2.9 h to 2."""
    values = TRAVEL.measure(seen(), question()) | DAYS.measure(seen(), question())
    assert values["travel.a.c.5h_more"] == values["travel.b.c.2_3h"] == 100.0
    assert values["travel.a.c.30_60min"] == 0.0  # the weaker tie of somebody counted by the stronger
    assert (values["days.a.c.all.mean"], values["days.b.c.all.mean"]) == (4.5, 7.0)
    assert values["days.a.c.hobby.up_to_1"] == values["days.b.c.exchange.2_7"] == 100.0
    assert np.isnan(values["days.b.c.direct.mean"])
    other = Asked(PLACES, {"a": np.array([0])}, {"first": np.array([1])}, np.array([2]))
    values = TRAVEL.measure(seen(), other) | DAYS.measure(seen(), other)
    assert np.isnan(values["travel.a.first.30_60min"])  # nobody's main region
    assert values["days.a.first.all.mean"] == 1.0


def test_days_count_every_visiting_tie_by_its_type_now():
    values = DAYS.measure(seen(), question())
    shares = [values[f"days.all.{name}"] for name in ("up_to_1", "2_7", "8_more")]
    assert shares == pytest.approx([100 / 3] * 3)
    assert values["days.all.mean"] == pytest.approx(16 / 3)
    assert values["days.direct.8_more"] == values["days.hobby.up_to_1"] == 100.0
    assert np.isnan(values["days.work.mean"])


def test_residence_tells_visiting_from_other_ties_and_sleeping_ones():
    values = RESIDENCE.measure(seen(), question())
    assert values["residence.a.visiting"] == 50.0
    assert values["residence.a.places_per_visitor"] == 2.0
    assert values["residence.b.visiting"] == values["residence.b.nonvisiting"] == pytest.approx(100 / 3)


def test_moves_are_a_thousand_ties_a_year_by_type_and_strength():
    values = MOVES.measure(seen(), question())
    assert values["moves.all"] == pytest.approx(4.0)
    assert values["moves.direct"] == values["moves.strength_strong"] == pytest.approx(12.0)
    assert values["moves.hobby"] == values["moves.strength_weak"] == 0.0


def test_survival_is_the_product_of_the_months_before():
    risk, ended = np.zeros((6, 3, 121), np.int64), np.zeros((6, 3, 121), np.int64)
    risk[3, 0, :60] = 100
    ended[3, 0, 0], ended[3, 0, 12] = 20, 50
    risk[2, 2, :60] = 100
    values = SURVIVAL.measure(seen(at_risk=risk, ended=ended), question())
    assert values["survival.exchange.under_1h.1y"] == pytest.approx(80.0)
    assert values["survival.exchange.any.3y"] == pytest.approx(40.0)
    assert values["survival.visiting.any.1y"] == pytest.approx(90.0)
    assert values["survival.hobby.3h_more.5y"] == 100.0
    assert np.isnan(values["survival.exchange.any.8y"])
    assert np.isnan(values["survival.exchange.1_3h.1y"])


def test_help_is_relative_to_the_year_before_and_to_the_highest_month():
    work, helpers = np.zeros(60), np.zeros(60)
    work[0], helpers[1:3] = 30.0, (8.0, 4.0)
    values = HELP.measure(seen(work=work, helpers=helpers, work_before=20.0), question())
    assert values["help.work_visits.month_01"] == 1.5
    assert [values[f"help.helpers.month_0{m}"] for m in (1, 2, 3)] == [0.0, 1.0, 0.5]
    quiet = HELP.measure(seen(), question())
    assert np.isnan(quiet["help.work_visits.month_60"])
    assert np.isnan(quiet["help.helpers.month_60"])


def test_agreement_is_over_places_per_resident():
    """Places of one, one and two residents: 1, 5 and 5 ties lead there, and 0, 1 and 5 moves."""
    stage, place, pull_of = np.zeros((4, 6), np.uint8), np.zeros((4, 6), int), np.zeros((4, 6))
    stage[0] = stage[1, :3] = stage[2, :2] = 5
    place[0], place[1, :3], place[2, :2] = (1, 1, 2, 2, 2, 1), (0, 2, 2), (1, 1)
    pull_of[0, 0], pull_of[0, 2:5] = 0.001, 0.005 / 3
    columns = {"stage": stage, "place": place, "pull": pull_of, "strength": 0.0 * pull_of, "days": 0 * place}
    values = AGREEMENT.measure(seen(home=np.array([0, 1, 2, 2]), **columns), question())
    expected = np.corrcoef([1, 5, 2.5], [0, 1, 2.5])[0, 1]
    assert values["agreement.places.pearson"] == pytest.approx(expected)
    assert values["agreement.places.rank"] == pytest.approx(np.corrcoef([1, 3, 2], [1, 2, 3])[0, 1])


def test_agreement_gives_equals_their_mean_rank():
    """To places of one resident each lead 0, 2, 1 and 1 ties."""
    columns = {
        "place": np.array([[1], [2], [3], [1]]),
        "strength": np.zeros((4, 1)),
        "days": np.zeros((4, 1), int),
    }
    made = seen(
        home=np.arange(4),
        stage=np.full((4, 1), 5, np.uint8),
        pull=np.array([[0.1], [0.05], [0.4], [0.1]]),
        **columns,
    )
    values = AGREEMENT.measure(made, question())
    assert values["agreement.places.rank"] == pytest.approx(np.corrcoef([1, 4, 2.5, 2.5], [1, 3, 2, 4])[0, 1])


def test_agreement_over_municipalities_is_added_up_to_prefectures_too():
    towns = load_places("municipalities")
    names = [q.name for q in AGREEMENT.quantities(Asked(towns, {}, {}, np.array([0])))]
    assert names == [
        f"agreement.{a}.{b}" for a in ("municipalities", "prefectures") for b in ("pearson", "rank")
    ]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda f: f.name)
def test_every_name_has_words_unit_and_definition_and_a_value(family):
    found = family.quantities(question())
    names = [q.name for q in found]
    assert len(set(names)) == len(names)
    assert all(name.startswith(f"{family.name}.") for name in names)
    for q in found:
        texts = (q.words, q.definition, q.base)
        assert all(text.strip() and "{" not in text for words in texts for text in words)
        assert f"unit {q.unit}" in keys()
    assert set(family.measure(seen(), question())) == set(names)


def test_what_cannot_be_predicted_is_said_in_both_languages():
    assert len(CANNOT) >= 5
    assert all(words.ja and words.en for words in CANNOT)


# ---------------------------------------------------------------------------------------------------------------
# What is looked at in a run.


def test_ledger_counts_the_life_of_ties_as_the_model_does():
    """Nobody moves house here, so rows are people and every tie can be followed."""
    parameters = changed(defaults(), {"moving.rate": 0.0})
    scenario = load("baseline").model_copy(
        update={"places": "workshop", "persons_per_agent": 10.0, "parameters": parameters, "burn_in": 0}
    )
    simulation = Simulation(scenario, PLACES, 1)
    ledger = Ledger(simulation.world)
    for _ in range(30):
        simulation.step()
        ledger.take(simulation.world)
    at_risk, ended = (np.sum(tables, axis=0) for tables in zip(*simulation.recorder.spells, strict=True))
    assert ended.sum() > 100
    for mine, its in ((ledger.at_risk, at_risk), (ledger.ended, ended)):
        assert (mine[1:6, 0] == its[1:, 1]).all()
        assert (mine[1:6, 1:].sum(axis=1) == its[1:, 0]).all()


def test_ledger_adds_up_visits_of_the_last_twelve_months_of_the_same_tie():
    scenario = load("baseline").model_copy(
        update={"places": "workshop", "persons_per_agent": 20.0, "burn_in": 0}
    )
    simulation = Simulation(scenario, PLACES, 2)
    ledger, known = Ledger(simulation.world), {}
    for _ in range(20):
        simulation.step()
        ledger.take(simulation.world)
        t = simulation.world.state.ties
        for i, k in zip(*np.nonzero((t.stage >= 2) & (t.stage <= 5)), strict=True):
            known.setdefault((i, k, t.place[i, k], t.born[i, k]), {})[simulation.month] = int(t.visits[i, k])
    found = ledger.seen(simulation.world, 20.0)
    t = simulation.world.state.ties
    rows = np.nonzero((t.stage >= 2) & (t.stage <= 5))
    assert len(rows[0]) > 50
    for i, k in zip(*rows, strict=True):
        months = known[i, k, t.place[i, k], t.born[i, k]]
        assert found.days[i, k] == sum(
            visits for month, visits in months.items() if month > simulation.month - 12
        )


def test_pull_is_the_hazard_that_moving_draws_from():
    scenario = load("baseline").model_copy(
        update={"places": "workshop", "persons_per_agent": 20.0, "burn_in": 0}
    )
    simulation = Simulation(scenario, PLACES, 2)
    for _ in range(24):
        simulation.step()
    w, mine = simulation.world, pull(simulation.world)
    p, t = w.parameters.moving, w.state.ties
    rate = p.rate * w.state.regions.understanding * (p.housing + p.houses * w.levels.vacant_houses)
    rows, slots = np.nonzero(t.stage)
    model = [pull_of_tie(i, k, rate, t.stage, t.place, t.strength) for i, k in zip(rows, slots, strict=True)]
    assert np.count_nonzero(model) > 20
    assert mine[rows, slots] == pytest.approx(model, rel=1e-12)


def test_pull_makes_as_many_movers_as_the_model_counts():
    scenario = load("baseline").model_copy(
        update={"places": "workshop", "persons_per_agent": 3.0, "burn_in": 36,
                "parameters": changed(defaults(), {"moving.rate": 0.005})}
    )  # fmt: skip
    simulation, expected, moved = Simulation(scenario, PLACES, 1), 0.0, 0
    while simulation.month < 0:
        simulation.step()
    for _ in range(24):
        expected += float(pull(simulation.world).sum())
        simulation.step()
        moved += int(simulation.world.tally.moved.sum())
    assert expected > 5.0
    assert moved == pytest.approx(expected, abs=3.5 * np.sqrt(expected))


# ---------------------------------------------------------------------------------------------------------------
# What is asked.


def test_groups_are_read_as_typed_and_from_files(tmp_path):
    japan = load_places("prefectures")
    typed = groups(["tokyo=13,14,11,12", "ura = 島根県,Tottori"], japan, "--origins")
    assert [japan.code[i] for i in typed["tokyo"]] == ["11", "12", "13", "14"]
    assert [japan.name_en[i] for i in typed["ura"]] == ["Tottori", "Shimane"]
    (tmp_path / "g.yaml").write_text("tokyo: [13, 14, 11, 12]\nura: [島根県, Tottori]\n", encoding="utf-8")
    (tmp_path / "g.csv").write_text(
        "group,place\ntokyo,13\ntokyo,14\ntokyo,11\ntokyo,12\nura,島根県\nura,Tottori\n", encoding="utf-8"
    )
    for name in ("g.yaml", "g.csv"):
        read = groups([str(tmp_path / name)], japan, "--origins")
        assert {k: list(v) for k, v in read.items()} == {k: list(v) for k, v in typed.items()}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("tokyo=Tokio", "did you mean 'Tokyo'?"),
        ("tokyo", "allowed: NAME=PLACE"),
        ("to kyo=13", "cannot name a group"),
        ("a.b=13", "cannot name a group"),
        ("tokyo=", "the list of places is empty"),
        ("nothing.yaml", "there is no such file"),
        ("nothing.csv", "there is no such file"),
    ],
)
def test_bad_groups_are_refused_in_one_sentence(typed, said, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["predict", "--origins", typed]) == 2
    error = capsys.readouterr().err.strip()
    assert "\n" not in error
    assert said in error


def test_group_named_twice_is_refused():
    with pytest.raises(InputError, match="named twice"):
        groups(["a=13", "a=14"], load_places("prefectures"), "--origins")


@pytest.mark.parametrize("text", ["a: {b: 13}\n", "a:\n", "a: [[13]]\n"])
def test_file_without_lists_of_places_is_refused(text, tmp_path):
    (tmp_path / "g.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"g\.yaml, line 1.*no list of places"):
        groups([str(tmp_path / "g.yaml")], load_places("prefectures"), "--origins")


def test_table_of_groups_needs_its_columns(tmp_path):
    (tmp_path / "g.csv").write_text("name,place\na,13\n", encoding="utf-8")
    with pytest.raises(InputError, match="allowed: group, place"):
        groups([str(tmp_path / "g.csv")], load_places("prefectures"), "--origins")


def test_disaster_strikes_middling_places_or_those_named():
    japan, towns = load_places("prefectures"), load_places("municipalities")
    struck = usual_struck(japan)
    assert len(struck) == 3
    assert not japan.metro[struck].any()
    outside = np.sort(japan.adults[japan.metro == 0])
    assert (
        outside[0]
        < japan.adults[struck].min()
        <= np.median(outside)
        <= japan.adults[struck].max()
        < outside[-1]
    )
    assert {towns.code[i][:2] for i in usual_struck(towns)} == {japan.code[i] for i in struck}
    assert list(asked(japan, [], [], ["島根県"]).struck) == [japan.name_ja.index("島根県")]


# ---------------------------------------------------------------------------------------------------------------
# The ensemble, and the command.


def test_members_are_spread_over_the_ensemble():
    ensemble = load_ensemble("2020")
    some = chosen(ensemble, 3)
    at = [ensemble.members.index(member) for member in some]
    assert at[0] == 0
    assert all(b > a for a, b in pairwise(at))
    assert at[-1] >= len(ensemble.members) // 2
    with pytest.raises(InputError, match="--ensemble"):
        chosen(ensemble, len(ensemble.members) + 1)


def test_member_replaces_the_values_of_the_baseline():
    ready = with_member(load("baseline"), {"moving.rate": 0.001})
    assert ready.parameters.moving.rate == 0.001
    assert ready.parameters.search == defaults().search


def test_interval_of_an_ensemble_is_its_middle_share():
    middle, low, high = quantile_interval(np.arange(101.0))
    assert (middle, low, high) == pytest.approx((50.0, 5.0, 95.0))
    assert quantile_interval([1.0, np.nan])[0] == 1.0
    assert np.isnan(quantile_interval([1.0, np.nan])[1:]).all()
    assert np.isnan(quantile_interval([])).all()


def test_json_is_the_same_for_any_number_of_workers(capsys):
    one, two = (_json(capsys, [*SMALL, "--workers", str(n)]) for n in (1, 2))
    assert one == two
    found = json.loads(one)
    assert {"schema", "world", "members", "provenance", "quantities"} <= set(found)
    assert (found["schema"], found["world"], found["members"]) == (1, "2020", 2)
    names = [q.name for q in quantities(asked(PLACES, [], [], []))]
    assert list(found["quantities"]) == names
    row = found["quantities"]["residence.other.visiting"]
    assert row["low"] <= row["median"] <= row["high"]
    assert {"unit", "definition", "base"} <= set(row)


def _json(capsys, options):
    assert cli.main(["predict", "--json", *options]) == 0
    return capsys.readouterr().out


def test_list_prints_every_name_and_runs_nothing(capsys, monkeypatch):
    monkeypatch.setattr("experiments.predictions.predict.gather", None)
    assert cli.main(["predict", "--list", "--origins", "home=13", "--lang", "ja"]) == 0
    out = capsys.readouterr().out
    for name in ("flow.home.metro.share", "help.helpers.month_60", "survival.direct.3h_more.8y"):
        assert name in out
    assert CANNOT[0].ja in out


@pytest.mark.parametrize(
    ("places", "given", "weight"),
    [("prefectures", None, 1000.0), ("municipalities", None, 98.0), ("municipalities", 1000.0, 1000.0)],
)
def test_places_have_persons_enough_unless_a_scale_is_given(places, given, weight):
    scenario, table = predicting._fine(Overrides(places, given))
    assert scenario.persons_per_agent == weight
    assert given or table.adults.mean() / weight >= 600


def test_table_is_printed_in_words(capsys, monkeypatch):
    monkeypatch.setattr(terminal, "LINE_EVERY", 0.0)
    assert cli.main(["predict", *SMALL, "--ensemble", "1", "--lang", "en"]) == 0
    out, err = capsys.readouterr()
    assert err.endswith("Running: 1 of 1 parameter sets\n")
    assert "Mean days a year" in out
    assert "1 parameter sets" in out
