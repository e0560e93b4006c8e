"""The dashboard without a browser: what its controls do to a scenario, its address, its runs, its files."""

from __future__ import annotations

import math
import re
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
import solara
from fakes import run as fake_run

from experiments.compare import Stopped, reduce
from experiments.intervals import mean_interval
from scenarios.loader import dump, load, names, read
from scenarios.places import load_places
from sim.errors import InputError
from sim.levers import levers
from sim.parameters import records
from sim.run import run
from sim.scenario import Measure, Scenario
from viz import messages
from viz.dash import controls, editing, engine, exchange, files, frame, link, session
from viz.dash.board import MAX_ROOMS, MAX_TEAMS, Board, Entry, code_of
from viz.dash.crew import Visitor
from viz.dash.engine import Result
from viz.dash.film import Camera, areas
from viz.dash.history import MERGED_SECONDS, History
from viz.dash.map import value_traits
from viz.dash.series import LOOKS, Band, Fan, band, by_place, fan, place_gaps, series
from viz.dash.sheet import sheet
from viz.dash.told import compared, headline, tiles

BASE = load("baseline")
SMALL = Scenario(name="small", places="typical", persons_per_agent=40_000, months=6, burn_in=3)
HOSTILE = [float("nan"), float("inf"), -1e308, 1e308, 10**400, -7.0, "abc", "<script>", None, [], {}, True]


def fakes(scenario: Scenario, seeds=(1, 2, 3, 4)) -> Result:
    where = load_places(scenario.places)
    base = editing.without_measures(scenario)
    a, b = ([reduce(fake_run(s, where, seed), s, where, seed) for seed in seeds] for s in (base, scenario))
    return Result(scenario, where, tuple(a), tuple(b), preview=False)


# --- undo and redo -----------------------------------------------------------------------------


def test_steps_can_be_taken_back_and_again():
    one, two = load("care"), load("both")
    history = History((BASE,)).put(one, "", 0.0).put(two, "", 9.0)
    assert [history.now, history.undo().now, history.undo().undo().now] == [two, one, BASE]
    assert history.undo().redo() == history.undo().redo().redo()
    assert not history.can_redo
    assert not history.undo().undo().can_undo
    assert history.undo().put(BASE, "", 20.0).steps == (BASE, one, BASE)


def test_a_drag_is_one_step():
    history, at = History((BASE,)), 0.0
    for level in (0.6, 0.7, 0.8):
        history, at = history.put(editing.moved(BASE, "hub", level), "hub", at), at + MERGED_SECONDS / 2
    assert len(history.steps) == 2
    assert editing.level(history.now, "hub") == 0.8
    later = history.put(editing.moved(BASE, "hub", 1.0), "hub", at + 10.0)
    assert len(later.steps) == 3


# --- controls ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", names())
def test_every_control_shows_the_level_of_its_scenario(name):
    scenario = load(name)
    for lever, record in levers().items():
        amounts = [m.amount for m in scenario.measures if m.lever == lever]
        assert editing.level(scenario, lever) == record.today + max(amounts, key=abs, default=0.0)


def test_sliders_say_what_the_lever_records_say():
    spec = controls.lever_spec([*levers()], "ja")
    items = [item for group in spec for item in group["items"]]
    assert [i["name"] for i in items] == [
        n for g in ("meet", "join", "last") for n, r in levers().items() if r.group == g
    ]
    for item in items:
        record = levers()[item["name"]]
        assert (item["min"], item["max"], item["today"], item["label"]) == (
            record.low,
            record.high,
            record.today,
            record.ja,
        )
        positions = (record.today - record.low) / item["step"]
        assert abs(positions - round(positions)) < 1e-9, item[
            "name"
        ]  # today's level is a position of the slider
    assert len(controls.SHORT) == 7


@pytest.mark.parametrize("value", HOSTILE, ids=str)
def test_values_past_the_ends_of_a_control_are_refused_in_words(value):
    for action in (
        lambda: editing.moved(BASE, "hub", value),
        lambda: editing.assumed(BASE, "search.rate", value),
        lambda: editing.lasting(BASE, value),
    ):
        with pytest.raises(InputError) as error:
            action()
        assert len(str(error.value)) < 400
    with pytest.raises(InputError):
        editing.moved(BASE, value, 1.0)


def test_a_handler_never_raises():
    for value in HOSTILE:
        for handler in (controls.move, controls.choose, exchange.take_in):
            session.guarded(handler)({"name": "hub", "value": value})
            session.guarded(handler)(value)
    assert session.NOTICE.value
    session.NOTICE.value = ""


def test_moving_a_lever_keeps_where_and_when_the_others_act():
    metro = editing.group_codes(load_places("prefectures"), True)
    scenario = editing.placed(editing.moved(BASE, "hub", 1.0), metro, 13, 24)
    both = editing.moved(scenario, "events", 12.0)
    assert both.measures[1] == Measure(lever="events", amount=6.0, places=metro, first=13, last=24)
    assert editing.moved(both, "hub", levers()["hub"].today).measures == both.measures[1:]
    assert editing.moved(editing.moved(BASE, "hub", 1.0), "hub", 0.5) == BASE


def test_what_asks_the_same_as_a_packaged_scenario_bears_its_name():
    made = editing.moved(editing.moved(BASE, "coordination", 0.7), "intermediary", 0.4)
    assert made == load("care")


def test_the_difference_is_the_effect_of_the_measures():
    ready = load("ready_for_disaster")
    assert editing.without_measures(ready).shocks == ready.shocks
    assert editing.without_measures(load("disaster_unprepared")).shocks == ()


def test_sums_beyond_the_limit_are_refused():
    whole = BASE.model_copy(update={"persons_per_agent": 1.0})
    with pytest.raises(InputError, match="too many"):
        engine.affordable(whole, load_places("prefectures"))


# --- the address -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", names())
def test_an_address_is_the_scenario(name):
    scenario = load(name)
    assert link.parse(link.query(scenario, {"lang": "en"})).scenario == scenario
    longer = editing.lasting(scenario, 240)
    assert link.parse(link.query(longer, {})).scenario.digest == longer.digest


def test_an_address_says_differences_only():
    assert link.query(BASE, {"lang": ""}) == ""
    assert link.query(editing.moved(BASE, "hub", 1.0), {}) == "m=hub:0.5"
    assert (
        link.query(editing.assumed(BASE, "search.rate", 0.2), {"lang": "en"}) == "p=search.rate:0.2&lang=en"
    )


@pytest.mark.parametrize(
    "search",
    [
        "m=hub:9", "m=nope:1", "m=hub", "m=hub:1:東京", "m=hub:1:../../etc/passwd", "m=hub:nan", "m=hub:1:all:1:2:3:4",
        "p=search.rate:nan", "p=search.rate", "p=__class__:1", "x=flood:1", "x=disaster:7", "s=zzz", "s=/etc/passwd", "s=%0a- x",
        "places=/etc/passwd", "places=own.csv", "people=0", "people=1e400", "months=99999", "months=1.5", "lang=fr", "q=1",
        "m=" + "9" * 7000, "&".join(["m=hub:0.1"] * 300), "m=hub:0.1&m=hub:0.2", "m=!!python/object:1", "m=*a:1", "m=%00:1",
    ],
)  # fmt: skip
def test_bad_addresses_are_refused_in_one_sentence(search):
    with pytest.raises(InputError) as error:
        link.parse(search)
    assert "\n" not in str(error.value)


def test_a_file_may_name_packaged_places_only():
    for text in (
        "name: a\nplaces: /etc/passwd\n",
        "name: a\nbase: ../x.yaml\n",
        "a: &a [*a]",
        "x" * 300_000,
        "",
    ):
        with pytest.raises(InputError):
            exchange.take_in({"name": "yaml", "value": {"name": "x.yaml", "text": text}})


def test_saved_files_are_those_of_the_command_line():
    scenario = editing.moved(BASE, "hub", 1.0)
    assert read(exchange.yaml_file(scenario).decode(), "saved").digest == scenario.digest
    assert exchange.command(load("care")) == "kakawari compare baseline care --replicates 8 --seed 1"
    assert exchange.command(scenario) == "kakawari compare baseline my-plan.yaml --replicates 8 --seed 1"
    shaken = editing.own(scenario, {"months": 60})
    assert exchange.command(shaken).startswith("kakawari compare as-today.yaml my-plan.yaml")


# --- runs --------------------------------------------------------------------------------------


def test_full_runs_are_those_of_the_model(monkeypatch):
    monkeypatch.setattr(engine, "SEEDS", (1, 2, 3))
    monkeypatch.setattr(engine, "QUIET", 0.0)
    monkeypatch.setattr(engine, "FIRST_LOOK", 2)
    where, shown = load_places("typical"), []
    scenario = SMALL.model_copy(update={"measures": (Measure(lever="hub", amount=1.0),)})
    ask = (scenario, editing.without_measures(scenario), where)
    engine.pursue(*ask, shown.append, lambda _: None, threading.Event(), Visitor())
    full = [r for r in shown if not r.preview]
    assert [r.preview for r in shown] == [True, True, *(False for _ in full)]
    assert [len(r.other[0].tables["months"]["month"]) // 12 for r in shown[:3]] == [2, 6, 6]
    assert [len(r.other) for r in full] in (
        [2, 3],
        [3],
    )  # two are there before the third, unless they end together
    assert [r.digest for r in shown[-1].other] == [run(scenario, where, seed).digest for seed in (1, 2, 3)]
    assert [r.seed for r in shown[-1].base] == [1, 2, 3]
    assert shown[-1].film.flows.shape == (6, 12, 12)
    again = []
    engine.pursue(*ask, again.append, lambda _: None, threading.Event(), Visitor())
    assert {r.preview for r in again} == {False}  # from the shelf, at once
    assert [r.seed for r in again[-1].other] == [1, 2, 3]


def test_a_run_that_nobody_wants_stops():
    stop = threading.Event()
    stop.set()
    longer = SMALL.model_copy(update={"months": 7})
    with pytest.raises(Stopped):
        engine.pursue(
            longer,
            longer,
            load_places("typical"),
            lambda _: None,
            lambda _: None,
            stop,
            Visitor(),
        )


def test_many_scenarios_side_by_side_count_together():
    engine.affordable(BASE, load_places("prefectures"), 7)
    with pytest.raises(InputError, match="too many"):
        engine.affordable(BASE, load_places("prefectures"), 7, 7)


def test_preview_has_the_same_seed_and_few_persons():
    small = engine.sample(BASE, load_places("prefectures"))
    assert load_places("prefectures").adults.sum() / small.persons_per_agent == pytest.approx(
        engine.PREVIEW_AGENTS
    )
    assert engine.sample(small, load_places("prefectures")) == small


def test_the_film_counts_every_tie():
    from sim.run import Simulation

    where = load_places("typical")
    simulation = Simulation(SMALL, where, 1)
    camera = Camera(where)
    while simulation.month < 2:
        simulation.step()
        if simulation.month >= 1:
            camera.take(simulation)
    months = simulation.outcome().months
    ties = sum(months[f"ties_{kind}"] for kind in ("hobby", "exchange", "work", "direct")).reshape(2, 12)
    assert (camera.film(1.0).flows.sum(axis=1) == ties).all()
    prefectures = areas(load_places("municipalities"))
    assert len(set(prefectures.tolist())) == 47


# --- numbers and words -------------------------------------------------------------------------


def test_curves_are_means_with_students_intervals():
    values = np.array([[1.0, 2.0], [3.0, 2.5], [2.0, 6.0]])
    found = band(values)
    for month in range(2):
        assert (found.mean[month], found.low[month], found.high[month]) == pytest.approx(
            mean_interval(values[:, month])
        )
    assert np.isnan(band(values[:2]).low).all()


def test_the_fan_shows_paired_differences_of_the_last_year():
    result = fakes(load("care"))
    drawn = fan(result.base, result.other, LOOKS["ties"], None)
    last = [
        series(b, LOOKS["ties"])[-12:].mean() - series(a, LOOKS["ties"])[-12:].mean()
        for a, b in zip(result.base, result.other, strict=True)
    ]
    assert (drawn.gap.mean[0], drawn.gap.low[0], drawn.gap.high[0]) == pytest.approx(mean_interval(last))
    one = fan(result.base, result.other, LOOKS["ties"], 12)
    rows = [fan(result.base, result.other, LOOKS["ties"], k).base.mean for k in range(47)]
    assert np.sum(rows, axis=0) == pytest.approx(drawn.base.mean)
    assert one.base.mean[0] < drawn.base.mean[0]


def test_places_are_shown_per_adult_of_theirs():
    result = fakes(load("care"))
    run_ = result.other[0]
    table = run_.tables["months"]
    rows = (table["month"] > 108) & (table["place"] == 3)
    ties = sum(
        table[f"ties_{kind}"][rows].astype(float).sum() for kind in ("hobby", "exchange", "work", "direct")
    )
    assert by_place(run_, LOOKS["ties"])[-1, 3] == pytest.approx(10_000 * ties / table["people"][rows].sum())
    assert place_gaps(result.base, result.base, LOOKS["ties"]) == pytest.approx(np.zeros((120, 47)))


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("look", LOOKS)
def test_the_headline_has_the_number_the_difference_and_its_interval(look, lang):
    result = fakes(load("both"))
    text = headline(
        fan(result.base, result.other, LOOKS[look], None), result, LOOKS[look], "全国", lang
    ).striptags()
    assert "90%" in text
    assert len(re.findall(r"\d", text)) > 6
    assert "nan" not in text
    assert all(tile.value and tile.note for tile in tiles(result, compared(result), lang))


def test_titles_from_files_are_escaped():
    evil = load("care").model_copy(update={"name": "x", "title_ja": "<img src=x onerror=alert(1)>"})
    result = fakes(evil)
    text = str(
        headline(fan(result.base, result.other, LOOKS["ties"], None), result, LOOKS["ties"], "<b>", "ja")
    )
    assert "<img" not in text
    assert "&lt;img" in text


def test_tables_open_in_a_spreadsheet_and_hold_no_formula():
    result = fakes(load("care"))
    data = files.months_csv(result, "ja")
    assert data.startswith(b"\xef\xbb\xbf")
    assert len(data.decode("utf-8-sig").splitlines()) == 1 + 120 * len(LOOKS)
    assert len(files.places_csv(result, "en").decode("utf-8-sig").splitlines()) == 1 + 47 * len(LOOKS)
    rows = files.to_csv(["a"], [["=1+1"], ["＝1"], ["\t@x"], [-0.5], ["ok"]]).decode("utf-8-sig").splitlines()
    assert rows == ["a", "'=1+1", "'＝1", "'\t@x", "-0.5", "ok"]


def test_pictures_and_the_report_are_made():
    result = fakes(load("care"))
    drawn = fan(result.base, result.other, LOOKS["ties"], None)
    assert files.picture(drawn, LOOKS["ties"], "題", ["a", "b"], "ja", "png").startswith(b"\x89PNG")
    assert b"<svg" in files.picture(drawn, LOOKS["ties"], "題", ["a", "b"], "en", "svg")
    assert b"</html>" in files.report(result, "kakawari compare", "ja")


def test_every_message_that_the_pages_use_exists():
    folder = Path(controls.__file__).parent
    for path in folder.glob("*.py"):
        for key in re.findall(r"""\bt\(\s*"([^"]+)"|words\(\)\("([^"]+)""", path.read_text(encoding="utf-8")):
            assert (key[0] or key[1]) in messages.keys(), (path.name, key)  # noqa: SIM118


def test_every_unit_has_words_in_both_languages():
    for record in [*records().values(), *levers().values()]:
        if record.unit != "-":
            assert f"unit {record.unit}" in messages.keys(), record  # noqa: SIM118


def test_the_page_is_drawn_with_the_levels_of_the_scenario(monkeypatch):
    from viz.dash.widgets import Levers

    monkeypatch.setattr(session, "use_result", lambda: None)
    _box, context = solara.render(controls.Controls(), handle_error=False)
    panel = context.find(Levers).widget
    assert panel.values == {name: levers()[name].today for name in controls.SHORT}
    panel.moved = {"name": "hub", "value": 1.0, "n": 1}
    assert editing.level(session.now(), "hub") == 1.0
    panel.moved = {"name": "hub", "value": 99.0, "n": 2}
    assert editing.level(session.now(), "hub") == 1.0
    assert "99" in session.NOTICE.value
    assert dump(session.now()).splitlines()[0] == "name: my-plan"
    context.close()
    session.HISTORY.value, session.NOTICE.value = History((BASE,)), ""


# --- the board of a workshop -------------------------------------------------------------------


def entry(team="a", yen=5e6):
    return Entry(team, "m=hub:0.5", 5.0, 7.0, 6.0, 8.0, yen)


def test_a_team_stands_on_the_board_once():
    board = Board()
    board.hand_in("R1", entry(" a  b "))
    board.hand_in("R1", entry("a b", yen=1e6))
    board.hand_in("R2", entry("c"))
    assert {name: e.yen for name, e in board.room("R1").entries.items()} == {"a b": 1e6}
    assert list(board.room("R2").entries) == ["c"]
    board.clear("R1")
    assert board.room("R1").entries == {}


def test_plans_above_the_budget_stay_off_the_board():
    board = Board()
    board.budget("R", 4e6)
    with pytest.raises(InputError, match="budget"):
        board.hand_in("R", entry())
    for bad in ("", "   ", "a\x00b"):
        with pytest.raises(InputError, match="name"):
            board.hand_in("R", entry(bad, 0.0))
    for bad in HOSTILE:
        with pytest.raises(InputError):
            board.budget("R", bad)
        with pytest.raises(InputError):
            board.start("R", bad)


def test_rooms_and_teams_are_limited():
    board = Board()
    for i in range(MAX_TEAMS):
        board.hand_in("R", entry(f"t{i}"))
    with pytest.raises(InputError, match="full"):
        board.hand_in("R", entry("one more"))
    for i in range(MAX_ROOMS):
        board.clear(f"X{i}")
    assert board.room("R").entries == {}


def test_rooms_have_short_codes():
    assert code_of("abc1") == "ABC1"
    for bad in ("", "a", "<script>", "部屋", "x" * 9):
        assert re.fullmatch("[A-Z0-9]{4}", code_of(bad))


def test_the_page_to_print_needs_nothing_else():
    html = sheet(fakes(load("care")), entry("<script>alert(1)</script>"), "ja").decode()
    assert "<script>alert" not in html
    assert "http" not in re.sub(r"http://www.w3.org[^\"]*", "", re.sub(r"base64,[^']*", "", html))
    assert "5%" in html


def test_assumed_parameters_keep_their_range():
    for path, record in records().items():
        if record.low < record.high:
            assert editing.parameter(editing.assumed(BASE, path, record.high), path) == record.high


def test_every_icon_is_in_the_font_that_the_server_ships():
    folder = Path(sys.prefix) / "share" / "solara" / "cdn" / "@widgetti"
    known = "".join(f.read_text(encoding="utf-8") for f in folder.glob("solara-vuetify-app@*/dist/fonts.css"))
    pages = "".join(f.read_text(encoding="utf-8") for f in Path(session.__file__).parent.glob("*.py"))
    asked = set(re.findall(r"mdi-[a-z-]+", pages))
    assert len(asked) > 5
    assert [icon for icon in sorted(asked) if f".{icon}:" not in known] == []


def test_addresses_are_refused_without_lines_that_nobody_has_seen():
    with pytest.raises(InputError, match=r"^address: unknown lever 'hbu'"):
        link.parse("?m=hbu:1")
    session.LANG.value = "ja"
    with pytest.raises(InputError) as error:
        link.parse("?months=9999")
    assert session.refused(error.value).startswith("この入力は使えません。アドレス：months")


def test_the_map_shows_no_scale_before_there_is_a_change():
    assert value_traits(None, None)["top"] == 0.0
    result = fakes(BASE.model_copy(update={"months": 24}))
    same = Result(result.asked, result.places, result.base, result.base, preview=False)
    assert value_traits(same, place_gaps(same.base, same.other, LOOKS["ties"]))["top"] == 0.0


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_tiles_say_what_cannot_be_counted_and_call_nothing_worse_that_prints_as_zero(lang):
    result = fakes(load("both"))
    rows = compared(result)
    rows["lasting_ties"] = rows["lasting_ties"]._replace(other=math.nan, difference=math.nan)
    rows["host_use"] = rows["host_use"]._replace(difference=0.004, low=0.001, high=0.007)
    found = {tile.name: tile for tile in tiles(result, rows, lang)}
    say = messages.say(lang)
    assert found[say("tile lasting_ties")][1:] == ("–", say("tile too short"), "none")
    assert found[say("tile host_use")].kind == "none"
    assert found[say("tile host_use")].note.startswith(say("reading tiny"))


@pytest.mark.parametrize(
    ("search", "lang"),
    [
        ("?m=hbu:1&lang=en", "en"),
        ("?lang=en&x=" + "a" * 7000, "en"),
        ("?m=hbu:1", "ja"),
        ("?lang=xx", "ja"),
        ("", "ja"),
    ],
)
def test_a_bad_address_is_answered_in_the_language_it_asks_for(search, lang):
    session.ENTERED.value = False
    session.LANG.value = "en" if lang == "ja" else "ja"
    frame.enter(search)
    assert session.LANG.value == lang
    assert bool(session.NOTICE.value) == (search != "")
    assert session.NOTICE.value.startswith("This") == (lang == "en")


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_downloaded_pictures_count_in_words_not_in_powers_of_ten(kind, monkeypatch):
    drawn = []
    monkeypatch.setattr(
        files.theme, kind, lambda figure: drawn.append(figure) or ("" if kind == "svg" else b"")
    )
    band = Band(*(np.array([2.875e7, 2.9e7, 3.2e7]) + d for d in (0.0, -1e5, 1e5)))
    files.picture(Fan(band, band, band, band), LOOKS["ties"], "x" * 100, ["a", "b"], "en", kind)
    figure = drawn[0]
    figure.canvas.draw()
    ax = figure.axes[0]
    assert ax.yaxis.get_offset_text().get_text() == ""
    assert all("million" in label.get_text() for label in ax.get_yticklabels())
