"""Figures and report: labels with units in both languages, no missing letters, nothing fetched, the right numbers."""

import io
import math
import re
import warnings
from html.parser import HTMLParser
from importlib.resources import files

import numpy as np
import pandas as pd
import pytest
import yaml
from fakes import run as fake_run

from experiments.compare import EXTRA, replicate
from experiments.intervals import mean_interval
from experiments.results import results
from experiments.rows import Difference
from scenarios.places import load_places, shapes
from sim.indicators import records
from sim.levers import levers
from sim.scenario import Measure, Scenario
from sim.shocks import Shock
from viz import charts, describe, maps, messages, numbers, report, sentences, theme

BASE = Scenario(name="base", title_ja="いまのまま", title_en="Today", months=60)
OTHER = Scenario(
    name="other",
    title_ja="拠点を増やす<b>&",
    title_en="More hubs <b>&",
    question_ja="増えるか。",
    question_en="More?",
    months=60,
    measures=(
        Measure(lever="hub", amount=1, first=13, last=36, places=("01", "47")),
        Measure(lever="events", amount=6),
    ),
)
LABELS = {
    "ja": {"base": "いまのまま", "other": "拠点を増やす"},
    "en": {"base": "Today", "other": "More hubs"},
}


@pytest.fixture(scope="module")
def where():
    return load_places("prefectures")


@pytest.fixture(scope="module")
def pair(where):
    return results(
        replicate([BASE, OTHER], where, [1, 2, 3], runner=fake_run), where, "kakawari compare base other"
    )


@pytest.fixture(scope="module")
def alone(where):
    return results(replicate([OTHER], where, [1], runner=fake_run), where, "kakawari run other")


def material(made, where, lang, outline=True):
    names = [s["name"] for s in made.manifest["scenarios"]]
    labels = {name: LABELS[lang][name] for name in names}
    return charts.Material(made, where, shapes("prefectures") if outline else None, labels, lang)


def words(figure):
    """Every text of a figure that is shown."""
    return [
        t.get_text()
        for t in figure.findobj(lambda a: hasattr(a, "get_text"))
        if t.get_visible() and t.get_text()
    ]


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("which", ["pair", "alone"])
def test_every_figure_has_a_title_and_units_and_all_its_letters(request, where, which, lang, narrow):
    made = charts.charts(material(request.getfixturevalue(which), where, lang))
    assert len(made) == (6 if which == "pair" else 5)
    for chart in made:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # "Glyph … missing" is a warning
            figure = chart.draw(narrow)
            figure.savefig(io.BytesIO(), format="png", dpi=40)
        text = words(figure)
        assert chart.title in text, chart.name
        unit = r"（.+）|\(.+\)|per .+ residents|months|Hours a month|yen"
        labels = [figure.get_supxlabel(), figure.get_supylabel()]
        labels += [
            label
            for ax in figure.findobj(lambda a: hasattr(a, "get_xlabel"))
            for label in (ax.get_xlabel(), ax.get_ylabel())
        ]
        assert any(re.search(unit, label, re.IGNORECASE) for label in labels if label), (chart.name, labels)
        assert chart.reading.endswith(("。", ".")), chart.name


def test_every_axis_with_a_label_names_its_unit():
    table = messages.keys()
    for key in table:
        if key.startswith("axis ") and "tenths" not in key:
            assert re.search(r"[（(].+[）)]", messages.say("ja")(key)), key


def test_figures_leave_matplotlib_as_it_was(pair, where):
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    charts.charts(material(pair, where, "ja"))[0].draw(False)
    assert dict(mpl.rcParams) == before


def test_the_same_figure_gives_the_same_file(pair, where):
    chart = charts.charts(material(pair, where, "ja"))[1]
    assert theme.svg(chart.draw(False)) == theme.svg(chart.draw(False))


def test_places_without_outlines_become_dots():
    where = load_places("workshop")
    values = pd.DataFrame({"code": where.code, "mean": np.linspace(-1, 1, len(where))})
    assert set(where.name_ja) <= set(words(maps.place_map(values, where, None, "ja", difference=True)))


def test_a_map_of_nothing_is_still_a_map(where):
    values = pd.DataFrame({"code": where.code, "mean": np.nan})
    theme.png(maps.place_map(values, where, shapes("prefectures"), "en", difference=True), dpi=30)


def test_colours_of_differences_are_centred_on_zero(where):
    norm, palette = maps._scale(np.array([0.1, 5.0, 9.0]), difference=True)
    assert norm(0.0) == 0.5
    assert palette(0.0) != palette(1.0)


def test_relative_differences_know_what_is_better():
    rows = {
        "visiting_share": Difference("visiting_share", 20.0, 22.0, 2.0, 1.0, 3.0, 8, "%"),
        "burnt_out_share": Difference("burnt_out_share", 5.0, 6.0, 1.0, 0.5, 1.5, 8, "%"),
        "room": Difference("room", 0.5, 0.6, 0.1, -0.1, 0.3, 8, "0-1"),
    }
    better = {name: record.better for name, record in records().items()}
    table = charts.relative(rows, better).set_index("indicator")
    assert table["good"].to_dict() == {"visiting_share": 1, "burnt_out_share": -1, "room": 0}
    assert table.loc["visiting_share", ["mean", "low", "high"]].tolist() == pytest.approx([10.0, 5.0, 15.0])


# --- words ------------------------------------------------------------------------------------


def test_every_message_is_there_in_both_languages_with_the_same_blanks():
    text = (files("viz") / "data" / "messages.yaml").read_text(encoding="utf-8")
    blanks = re.compile(r"{(\w+)}")
    for key, row in yaml.safe_load(text).items():
        assert set(row) == {"ja", "en"}, key
        assert set(blanks.findall(row["ja"])) == set(blanks.findall(row["en"])), key


def test_every_unit_has_a_japanese_form():
    for name in {r.unit for r in records().values()} | {lever.unit for lever in levers().values()}:
        assert f"unit {name}" in messages.keys(), name  # noqa: SIM118


def test_unit_standing_alone_has_no_parentheses_and_none_too_few():
    assert messages.bare_unit("0-1", "ja") == "0〜1"
    assert messages.bare_unit("points of 100", "ja") == "点（100点満点）"
    assert messages.bare_unit("share of host hours", "en") == "share of hosts' hours (0-1)"


@pytest.mark.parametrize(
    ("value", "ja", "en"),
    [
        (330_000_000, "3.3億円", "330 million yen"),
        (450_000, "45.0万円", "450,000 yen"),
        (1_234_500_000_000, "1.2兆円", "1.2 trillion yen"),
        (-20_000, "−2.0万円", "−20,000 yen"),
        (0, "0円", "0 yen"),
        (float("nan"), "―", "–"),
    ],
)
def test_amounts_are_written_as_they_are_said(value, ja, en):
    assert (numbers.yen(value, "ja"), numbers.yen(value, "en")) == (ja, en)


def test_nothing_is_written_with_a_sign_when_it_rounds_to_zero():
    assert numbers.number(-0.004, 2, "ja", sign=True) == "0.00"
    assert numbers.number(0.016, 2, "en", sign=True) == "+0.02"


def test_an_interval_that_includes_zero_is_said_in_words():
    row = Difference("x", 10.0, 10.5, 0.5, -0.1, 1.1, 8, "% of adults")
    assert "差があるとは言えない" in sentences.finding(row, "指標", 1, row.unit, "ja")
    assert "no clear difference" in sentences.finding(row, "It", 1, row.unit, "en")
    first, _ = sentences.headline(row._replace(indicator="lasting_ties"), LABELS["ja"], 120, "ja")
    assert "差があるとは言えない" in first


def test_extra_cost_that_is_not_defined_is_said_in_words():
    nothing = Difference(
        EXTRA, float("nan"), float("nan"), float("nan"), float("nan"), float("nan"), 8, "yen a tie"
    )
    assert "計算できない" in sentences.extra_sentence(nothing, "ja")
    assert "saved" in sentences.extra_sentence(nothing._replace(difference=-5.0, low=-6.0, high=-4.0), "en")


# --- what will happen -------------------------------------------------------------------------


def test_phases_cover_every_month_once(where):
    plan = describe.plan(OTHER, where)
    assert [(p.first, p.last) for p in plan.phases] == [(1, 12), (13, 36), (37, 60)]
    assert [len(p.measures) for p in plan.phases] == [1, 2, 1]
    level = plan.phases[1].levels
    assert {x.lever: (x.today, x.now) for x in level} == {"hub": (0.5, 1.5), "events": (6.0, 12.0)}


def test_yen_of_a_plan_add_up(where):
    plan = describe.plan(OTHER, where)
    adults = where.adults.sum()
    here = sum(a for c, a in zip(where.code, where.adults, strict=True) if c in ("01", "47"))
    hub = 2 * levers()["hub"].price * here / 5000
    events = 5 * 6 * levers()["events"].price * adults / 5000
    assert plan.added == pytest.approx(hub + events)
    assert describe.yearly_cost(OTHER.measures[0], OTHER, where) == pytest.approx(hub / 2)


def test_measures_in_a_group_of_places_name_the_group(where):
    metro = tuple(c for c, flag in zip(where.code, where.metro, strict=True) if flag)
    measure = Measure(lever="hub", amount=1, places=metro)
    assert describe.place_text(measure, where, "ja") == "三大都市圏（計8）"
    few = measure.model_copy(update={"places": metro[:2]})
    assert describe.place_text(few, where, "ja") == "埼玉県、千葉県"


# --- report -----------------------------------------------------------------------------------


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.tags = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.found += [v for k, v in attrs if k in ("src", "href", "srcset", "action", "data", "poster")]


def page(made, where, lang):
    asked = [BASE, OTHER] if made.comparison is not None else [OTHER]
    return report.render(made, asked, where, shapes("prefectures"), lang)


@pytest.fixture(scope="module")
def pages(pair, alone, where):
    return {
        (kind, lang): page(made, where, lang)
        for kind, made in (("pair", pair), ("alone", alone))
        for lang in ("ja", "en")
    }


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("kind", ["pair", "alone"])
def test_report_fetches_nothing(pages, kind, lang):
    links = Links()
    links.feed(pages[kind, lang])
    assert links.found
    assert all(link.startswith("data:") for link in links.found)
    assert not {"script", "iframe", "link rel=stylesheet"} & set(links.tags)
    assert "url(" not in pages[kind, lang]
    assert "@import" not in pages[kind, lang]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_report_contains_the_numbers_of_the_comparison(pages, pair, lang):
    html = pages["pair", lang]
    for row in pair.comparison.itertuples():
        record = records().get(row.indicator)
        if record is not None:
            digits, unit = record.digits, record.unit
            assert sentences.rounded(row.difference, digits, unit, lang, sign=True) in html, row.indicator
            assert sentences.rounded_span(row.low, row.high, digits, unit, lang, sign=True) in html, (
                row.indicator
            )


@pytest.mark.parametrize(
    ("value", "unit", "ja", "en"),
    [
        (6_533_552, "people", "653万", "6.5 million"),
        (488_248, "million yen a year", "4,882億円", "488 billion yen"),
        (186_248, "yen a tie", "18.6万円", "186,000 yen"),
        (1.666, "ties a person", "1.67", "1.67"),
        (25.858, "% of adults", "25.86", "25.86"),
        (math.nan, "yen a tie", "―", "–"),
    ],
)
def test_tables_of_the_report_have_no_more_figures_than_are_known(value, unit, ja, en):
    assert sentences.rounded(value, 2, unit, "ja") == ja
    assert sentences.rounded(value, 2, unit, "en") == en


def test_report_of_one_run_says_that_it_has_no_interval(pages):
    assert "1回だけの計算なので、区間はない" in pages["alone", "ja"]
    assert "nan" not in re.sub(r'"data:[^"]*"', "", pages["alone", "ja"]).lower().replace("finance", "")


@pytest.mark.parametrize(
    ("lang", "said"), [("ja", "石川県, 37か月目から"), ("en", "Ishikawa, from month 37")]
)
def test_report_names_the_shocks(where, lang, said):
    struck = OTHER.model_copy(
        update={"shocks": (Shock(kind="disaster", size=0.3, places=("17",), first=37),)}
    )
    made = results(replicate([struck], where, [1], runner=fake_run), where, "kakawari run other")
    html = report.render(made, [struck], where, shapes("prefectures"), lang)
    assert said in html
    assert messages.say(lang)("shock help disaster") in html


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_report_says_what_was_asked_how_and_what_it_cannot_know(pages, pair, lang):
    html, t = pages["pair", lang], messages.say(lang)
    for key in ("section asked", "section method", "section limits", "section again"):
        assert t(key) in html
    for text in report.limits(lang):
        assert text.replace("'", "&#39;") in html
    for digest in pair.manifest["digests"]["other"].values():
        assert digest[:16] in html
    assert "kakawari compare base other" in html


def test_titles_are_escaped(pages):
    assert "拠点を増やす&lt;b&gt;&amp;" in pages["pair", "ja"]
    assert "増やす<b>" not in pages["pair", "ja"]


def test_headline_carries_number_and_interval(pages, pair):
    gain = pair.comparison.set_index("indicator").loc["lasting_ties"]
    assert numbers.people(abs(gain["difference"]), "ja") in pages["pair", "ja"]
    low = numbers.number(100 * gain["low"] / gain["base"], 1, "ja", sign=True)
    assert f"{low}%" in pages["pair", "ja"]


def test_mean_interval_is_what_the_figures_show(pair):
    values = pair.indicators.query("scenario == 'base' and indicator == 'visiting_share'")["value"]
    mean, low, high = mean_interval(values)
    assert low <= mean <= high


def test_ticks_of_an_axis_are_exact_and_in_everyday_words():
    assert [numbers.tick(v, "ja") for v in (0.0, 0.25, 2500.0, 28_750_000.0, 1.2e8)] == [
        "0",
        "0.25",
        "2,500",
        "2,875万",
        "1.2億",
    ]
    assert [numbers.tick(v, "en") for v in (0.0, 0.25, 2500.0, 28_750_000.0)] == [
        "0",
        "0.25",
        "2,500",
        "28.75 million",
    ]
    assert len({numbers.tick(28_700_000.0 + 50_000.0 * k, "en") for k in range(5)}) == 5
