"""Scenario files: presets tell one story, a file is a difference, and writing it down loses nothing."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios import sources
from scenarios.loader import dump, load, names, read
from scenarios.measures import FOR_A_BODY
from scenarios.places import load_places
from scenarios.shocks import ENDLESS, KINDS, UNITS
from sim.levers import levers
from sim.parameters import changed, defaults, differences, records
from sim.scenario import Measure, Scenario, levels
from sim.shocks import LARGEST, Shock


def test_every_preset_file_is_listed_and_every_listed_preset_is_a_file():
    folder = files("scenarios") / "presets"
    assert sorted(f"{name}.yaml" for name in names()) == sorted(file.name for file in folder.iterdir())


@pytest.mark.parametrize("name", names())
def test_preset_is_named_like_its_file_and_speaks_both_languages(name):
    scenario = load(name)
    assert scenario.name == name
    assert scenario.title_ja != scenario.title_en
    assert scenario.question_ja
    assert scenario.question_en
    assert not scenario.title_ja.isascii()
    assert scenario.title_en.isascii()


def test_baseline_is_what_a_scenario_without_any_change_is():
    assert load("baseline").content() == Scenario(name="any").content()


@pytest.mark.parametrize("name", ["connect", "care", "both"])
def test_support_preset_differs_from_the_baseline_in_measures_only(name):
    content, baseline = load(name).content(), load("baseline").content()
    assert content.pop("measures") != baseline.pop("measures") == []
    assert content == baseline


def test_both_is_connect_and_care_together():
    assert load("both").measures == load("connect").measures + load("care").measures


def test_connect_helps_to_meet_and_care_helps_to_last():
    assert {levers()[m.lever].group for m in load("connect").measures} == {"meet"}
    assert {levers()[m.lever].group for m in load("care").measures} == {"last"}


@pytest.mark.parametrize("name", names())
def test_preset_moves_levels_by_its_amounts_without_being_cut_off(name):
    scenario = load(name)
    places = load_places(scenario.places)
    for month in {m.first for m in scenario.measures}:
        table = levels(scenario, places, month)._asdict()
        for lever in levers().values():
            asked = np.full(len(places), lever.today)
            for m in scenario.measures:
                if m.lever == lever.name and m.active(month):
                    asked[np.isin(places.code, m.places or places.code)] += m.amount
            assert table[lever.name] == pytest.approx(asked), (month, lever.name)


# What a person writes

FULL = """
name: わが町-2
title: {ja: わが町, en: Our town}
question: よくなるか
places: municipalities
persons_per_agent: 500
months: 60
burn_in: 24
parameters:
  search.rate: 0.3
  encounter: {chance: 0.1, memory: 0.5}
measures:
  - lever: hub
    amount: 0.5
    places: [鳥取県, sapporo-shi, 13101]
    from: 13
    to: 24
    price: 5e6
  - {lever: hub, amount: -0.25, places: 鳥取県, from: 25}
shocks:
  - {kind: disaster, size: 0.3, places: [鳥取県], from: 13}
  - kind: travel
    size: 0.8
    to: 24
  - {kind: needs, size: 2.5, places: other, from: 13, to: 13}
  - {kind: key_people, size: 0.05}
"""


def test_everything_that_is_written_is_in_the_scenario():
    s = read(FULL, "mine.yaml")
    assert (s.name, s.title_ja, s.title_en, s.question_ja) == ("わが町-2", "わが町", "Our town", "よくなるか")
    assert (s.places, s.persons_per_agent, s.months, s.burn_in) == ("municipalities", 500, 60, 24)
    assert differences(s.parameters) == {"search.rate": 0.3, "encounter.chance": 0.1, "encounter.memory": 0.5}
    one, two = s.measures
    assert (one.lever, one.amount, one.first, one.last, one.price) == ("hub", 0.5, 13, 24, 5e6)
    assert (two.amount, two.first, two.last, two.price) == (-0.25, 25, None, None)
    assert len(two.places) == 19
    assert set(one.places) == {*two.places, "01100", "13101"}
    disaster, travel, needs, people = s.shocks
    assert (disaster.kind, disaster.size, disaster.first, disaster.last) == ("disaster", 0.3, 13, None)
    assert disaster.places == two.places
    assert travel == Shock(kind="travel", size=0.8, last=24)
    assert (needs.kind, needs.size, needs.first, needs.last) == ("needs", 2.5, 13, 13)
    assert len(needs.places) == int((load_places("municipalities").metro == 0).sum())
    assert people == Shock(kind="key_people", size=0.05)


def test_code_with_a_leading_zero_is_not_an_octal_number():
    s = read("name: a\nmeasures: [{lever: hub, amount: 1, places: [01, 08, 10]}]", "a")
    assert s.measures[0].places == ("01", "08", "10")


def test_title_in_one_language_serves_both():
    s = read("name: a\ntitle: まち", "a")
    assert s.title_ja == s.title_en == "まち"
    s = read("name: a\ntitle: {en: Town}", "a")
    assert s.title_ja == s.title_en == "Town"


def test_section_with_nothing_in_it_changes_nothing():
    assert read("name: a\nparameters:\nmeasures:\nshocks:\nshows:\n", "a") == Scenario(name="a")


def test_shocks_of_one_kind_may_come_one_after_the_other_and_in_other_places():
    text = "name: a\nshocks:\n"
    text += "- {kind: disaster, size: 0.3, places: 石川県, from: 1}\n"
    text += "- {kind: disaster, size: 0.1, places: 石川県, from: 9}\n"
    text += "- {kind: disaster, size: 0.1, places: 富山県, from: 9}\n"
    text += "- {kind: travel, size: 0.1, places: 富山県, from: 9}\n"
    assert [(x.kind, x.places, x.first) for x in read(text, "a").shocks] == [
        ("disaster", ("17",), 1),
        ("disaster", ("17",), 9),
        ("disaster", ("16",), 9),
        ("travel", ("16",), 9),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_full_range_of_every_shock_may_be_used(kind):
    for size in (0, LARGEST[kind]):
        assert read(f"name: a\nshocks: [{{kind: {kind}, size: {size}}}]", "a").shocks[0].size == size


def test_every_kind_of_shock_is_known_to_files():
    assert set(KINDS) == set(LARGEST) == set(UNITS)


def test_texts_belong_to_a_scenario_alone_and_the_rest_is_inherited(tmp_path):
    (tmp_path / "low.yaml").write_text(
        "name: low\nexpectation: 増える\nfinding: {ja: 減る, en: Less}\ncompared_with: care\n"
        "shocks: [{kind: needs, size: 2}]\n",
        encoding="utf-8",
    )
    low = load(tmp_path / "low.yaml")
    assert (low.expectation_ja, low.expectation_en) == ("増える", "増える")
    assert (low.finding_ja, low.finding_en, low.compared_with) == ("減る", "Less", "care")
    high = read("name: high\nbase: low.yaml\nshocks: [{kind: travel, size: 0.5}]\n", "high", tmp_path)
    assert (high.expectation_ja, high.finding_ja, high.compared_with) == ("", "", "baseline")
    assert [x.kind for x in high.shocks] == ["needs", "travel"]


def test_texts_change_nothing_of_what_is_run():
    words = (
        "expectation: 増える\nfinding: 減る\nshows: [{indicator: room, change: up}]\ncompared_with: care\n"
    )
    assert read("name: a\n" + words, "a").digest == Scenario(name="a").digest


def test_scenario_may_be_compared_with_a_file_beside_it(tmp_path):
    (tmp_path / "b.yaml").write_text("name: b\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text("name: a\ncompared_with: b.yaml\n", encoding="utf-8")
    assert load(tmp_path / "a.yaml").compared_with == str(tmp_path / "b.yaml")


def test_same_lever_may_move_in_other_places_and_other_months():
    text = "name: a\nmeasures:\n"
    text += "- {lever: hub, amount: 1, places: metro, to: 12}\n"
    text += "- {lever: hub, amount: 2, places: other, to: 12}\n"
    text += "- {lever: hub, amount: 3, from: 13}\n"
    assert [m.amount for m in read(text, "a").measures] == [1, 2, 3]


def test_full_range_of_every_lever_may_be_used():
    for lever in levers().values():
        for end in (lever.low, lever.high):
            body = ", {lever: organisation, amount: 1}" if lever.name in FOR_A_BODY else ""
            text = f"name: a\nmeasures: [{{lever: {lever.name}, amount: {end - lever.today}}}{body}]"
            assert read(text, "a").measures[0].amount == pytest.approx(end - lever.today)


def test_subsidy_and_fees_may_be_moved_where_and_while_a_body_runs():
    text = "name: a\nmeasures:\n"
    text += "- {lever: subsidy, amount: 6, places: [石川県, 富山県], from: 13, to: 36}\n"
    text += "- {lever: fees, amount: 0, places: 東京都}\n"  # nothing added needs nobody
    text += "- {lever: fees, amount: 1, places: 石川県, from: 120}\n"
    text += "- {lever: organisation, amount: 1, places: [石川県, 富山県], from: 13, to: 24}\n"
    text += "- {lever: organisation, amount: 0.1, places: other, from: 25}\n"
    assert [m.lever for m in read(text, "a").measures][:2] == ["subsidy", "fees"]


def test_body_of_the_base_counts(tmp_path):
    (tmp_path / "b.yaml").write_text(
        "name: b\nmeasures: [{lever: organisation, amount: 1}]\n", encoding="utf-8"
    )
    text = "name: a\nbase: b.yaml\nmonths: 24\nmeasures: [{lever: subsidy, amount: 6, from: 24}]\n"
    assert [m.lever for m in read(text, "a", tmp_path).measures] == ["organisation", "subsidy"]


def test_amount_up_to_the_top_is_not_refused_for_a_rounding_error(monkeypatch):
    assert 0.1 + 0.2 > 0.3
    lever = levers()["hub"].model_copy(update={"today": 0.1, "high": 0.3})
    monkeypatch.setattr("scenarios.measures.levers", lambda: {"hub": lever})
    assert read("name: a\nmeasures: [{lever: hub, amount: 0.2}]", "a").measures[0].amount == 0.2


def test_price_that_looks_like_a_year_and_month_is_a_price():
    s = read("name: a\nmeasures: [{lever: hub, amount: 1, price: 2026.5}]", "a")
    assert s.measures[0].price == 2026.5


# Bases


def test_scenario_adds_to_its_base_and_overrules_it(tmp_path):
    (tmp_path / "low.yaml").write_text(
        "name: low\ntitle: 下\nmonths: 24\nburn_in: 12\nparameters: {search.rate: 0.2, encounter.chance: 0.1}\n"
        "measures: [{lever: hub, amount: 1}]\n",
        encoding="utf-8",
    )
    (tmp_path / "high.yaml").write_text(
        "name: high\nbase: low.yaml\nmonths: 36\nparameters: {search.rate: 0.4}\n"
        "measures: [{lever: events, amount: 2}]\n",
        encoding="utf-8",
    )
    s = load(tmp_path / "high.yaml")
    assert (s.name, s.title_ja, s.months, s.burn_in) == ("high", "", 36, 12)
    assert differences(s.parameters) == {"search.rate": 0.4, "encounter.chance": 0.1}
    assert [m.lever for m in s.measures] == ["hub", "events"]


def test_base_reached_on_two_ways_counts_once(tmp_path):
    (tmp_path / "root.yaml").write_text("name: r\nmeasures: [{lever: hub, amount: 1}]\n", encoding="utf-8")
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(f"name: {name}\nbase: root.yaml\n", encoding="utf-8")
    (tmp_path / "top.yaml").write_text("name: top\nbase: [a.yaml, b.yaml]\n", encoding="utf-8")
    assert load(tmp_path / "top.yaml").measures == (Measure(lever="hub", amount=1),)


def test_bases_that_meet_again_and_again_are_read_once_a_mention(tmp_path, monkeypatch):
    for i in range(15):
        (tmp_path / f"{i}.yaml").write_text(
            f"name: n{i}\nbase: [{i + 1}.yaml, {i + 1}.yaml]\n", encoding="utf-8"
        )
    (tmp_path / "15.yaml").write_text("name: end\nmonths: 24\n", encoding="utf-8")
    readings = []
    really = sources.read_text
    monkeypatch.setattr(sources, "read_text", lambda *given: readings.append(given) or really(*given))
    assert load(tmp_path / "0.yaml").months == 24
    assert len(readings) == 31  # the first, and one for each line "base"; not 2^15


def test_base_measure_follows_the_table_of_the_scenario_above(tmp_path):
    (tmp_path / "b.yaml").write_text(
        "name: b\nmeasures: [{lever: hub, amount: 1, places: 鳥取県}]\n", encoding="utf-8"
    )
    s = read("name: a\nbase: b.yaml\nplaces: municipalities\n", "a", tmp_path)
    assert len(s.measures[0].places) == 19


def test_own_table_is_found_beside_its_scenario(tmp_path):
    (tmp_path / "mine.csv").write_text(
        "code,name_ja,name_en,metro,adults,area_km2,lat,lon\n"
        "a,甲町,Ko,0,3000,50,35.5,138.5\nb,乙市,Otsu,1,90000,80,35.7,139.5\n",
        encoding="utf-8",
    )
    path = tmp_path / "mine.yaml"
    path.write_text(
        "name: a\nplaces: mine.csv\nmeasures: [{lever: hub, amount: 1, places: 甲町}]\n", encoding="utf-8"
    )
    s = load(path)
    assert s.places == str(tmp_path / "mine.csv")
    assert s.measures[0].places == ("a",)
    assert read(dump(s), "again", Path()) == s


# Writing down


@pytest.mark.parametrize("name", names())
def test_preset_survives_being_written_down(name):
    assert read(dump(load(name)), "again") == load(name)


def test_full_scenario_survives_being_written_down():
    s = read(FULL, "mine.yaml")
    text = dump(s)
    assert read(text, "again") == s
    assert "鳥取県" in text
    assert "31201" not in text


def test_only_differences_are_written_down():
    assert dump(Scenario(name="a")) == "name: a\n"
    assert dump(Scenario(name="a", months=24)) == "name: a\nmonths: 24\n"


@pytest.mark.parametrize(
    "word", ["no", "010", "1e6", "2026-04-01", "12:30", "~", ".inf", "0.5", "- a", "a: b", "#"]
)
def test_text_that_looks_like_something_else_survives_being_written_down(word):
    s = Scenario(name="a", title_ja=word, title_en="b", question_ja=word, question_en=word, finding_en=word)
    s = s.model_copy(update={"finding_ja": "c", "expectation_ja": word, "expectation_en": word})
    assert read(dump(s), "again") == s


ONE_LINE = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=80)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    months = draw(st.integers(1, 1_200))
    changes = {}
    for path in draw(st.lists(st.sampled_from(list(records())), max_size=5, unique=True)):
        record = records()[path]
        top = min(record.ceiling, 1e6)
        changes[path] = draw(st.floats(record.floor, top))
    measures = []
    # Levers of a private body need one: see below.
    free = [lever for name, lever in levers().items() if name not in FOR_A_BODY]
    for lever in draw(st.lists(st.sampled_from(free), max_size=4, unique=True)):
        first = draw(st.integers(1, months))
        measures.append(
            Measure(
                lever=lever.name,
                amount=draw(st.floats(lever.low - lever.today, lever.high - lever.today)),
                places=draw(st.sampled_from([None, ("01",), ("13", "47"), ("02", "03", "04")])),
                first=first,
                last=draw(st.none() | st.integers(first, months)),
                price=draw(st.none() | st.floats(0, 1e9)),
            )
        )
    if draw(st.booleans()) and "organisation" not in {m.lever for m in measures}:
        measures += [Measure(lever=lever, amount=0.5) for lever in ("organisation", *FOR_A_BODY)]
    shocks = []
    for kind in draw(st.lists(st.sampled_from(KINDS), max_size=4, unique=True)):
        first = draw(st.integers(1, months))
        shocks.append(
            Shock(
                kind=kind,
                size=draw(st.floats(0, LARGEST[kind])),
                places=draw(st.sampled_from([None, ("01",), ("13", "47")])),
                first=first,
                last=None if kind in ENDLESS else draw(st.none() | st.integers(first, months)),
            )
        )
    return Scenario(
        name=draw(st.from_regex(r"[A-Za-z0-9_ぁ-ん][A-Za-z0-9_\-ぁ-ん一-龠]{0,20}", fullmatch=True)),
        title_ja=draw(ONE_LINE),
        title_en=draw(ONE_LINE),
        question_ja=draw(ONE_LINE),
        question_en=draw(ONE_LINE),
        expectation_ja=draw(ONE_LINE),
        expectation_en=draw(ONE_LINE),
        finding_ja=draw(ONE_LINE),
        finding_en=draw(ONE_LINE),
        compared_with=draw(st.sampled_from(names())),
        persons_per_agent=draw(st.floats(1, 1e6)),
        months=months,
        burn_in=draw(st.integers(0, 600)),
        parameters=changed(defaults(), changes),
        measures=tuple(measures),
        shocks=tuple(shocks),
    )


@given(scenarios())
def test_any_scenario_survives_being_written_down(scenario):
    assert read(dump(scenario), "again") == scenario
