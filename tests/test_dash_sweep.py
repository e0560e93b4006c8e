"""The Sweep page without a browser: its form, what it may open, what it shows."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
import yaml
from sweeping import GRID, Inline, cheap, small

from experiments.compare import Stopped
from experiments.sweep.engine import sweep
from experiments.sweep.file import plan
from experiments.sweep.folder import manifest
from experiments.sweep.views import load as runs_of
from scenarios.loader import load
from scenarios.places import load_places
from sim.errors import InputError
from sim.indicators import records as indicators
from viz.dash import engine, sweep_order, sweep_runs
from viz.dash.sweep_order import Order, Vary
from viz.dash.sweep_runs import Found
from viz.dash.sweep_shown import shown
from viz.serve import SWEEPS

BASE = load("baseline")
JAPAN = load_places("prefectures")
HOSTILE = [float("nan"), 1e308, 10**400, -7.0, "abc", "../../etc", "<script>", None, [], {}, True, 99]


@pytest.fixture
def stored(tmp_path, monkeypatch):
    """A folder with one finished sweep, a link to it, and a file."""
    monkeypatch.setenv(SWEEPS, str(tmp_path / "mine"))
    sweep(small(), tmp_path / "mine" / "done", Inline(), runner=cheap)
    sweep(small(), tmp_path / "elsewhere", Inline(), runner=cheap)
    os.symlink(tmp_path / "elsewhere", tmp_path / "mine" / "link")
    (tmp_path / "mine" / "file").write_text("x", encoding="utf-8")
    (tmp_path / "mine" / "empty").mkdir()
    return tmp_path


def test_only_sweeps_in_the_servers_own_folder_are_offered_and_opened(stored):
    assert sweep_runs.names() == ["done"]
    assert len(sweep_runs.opened("done").runs) == 4
    for name in (
        "elsewhere",
        "../elsewhere",
        str(stored / "elsewhere"),
        "link",
        "empty",
        "file",
        "",
        ".",
        *HOSTILE,
    ):
        with pytest.raises(InputError):
            sweep_runs.opened(name)


def test_a_server_without_sweeps_offers_none(tmp_path, monkeypatch):
    monkeypatch.setenv(SWEEPS, str(tmp_path / "nowhere"))
    assert sweep_runs.names() == []


@pytest.mark.parametrize("value", HOSTILE, ids=str)
@pytest.mark.parametrize("field", ["factor 0", "low 0", "high 1", "values", "replicates", "low 2", "x", None])
def test_what_the_form_does_not_offer_is_refused_in_words(field, value):
    with pytest.raises(InputError) as error:
        sweep_order.changed(sweep_order.first_order(), field, value)
    assert len(str(error.value)) < 400


@pytest.mark.parametrize("factor", sweep_order.factors())
def test_every_factor_that_is_offered_can_be_varied(factor):
    one = sweep_order.vary(factor)
    made = plan(sweep_order.text(Order((one,), 2, 3), BASE, JAPAN), "x", Path())
    assert made.factors[0].name == factor
    assert made.factors[0].values == (pytest.approx(one.low), pytest.approx(one.high))


def test_the_saved_file_is_the_sweep_that_is_run(tmp_path):
    order = Order((Vary("hub.amount", 0.0, 1.0), Vary("search.rate", 0.1, 0.3)), 2, 3)
    own = BASE.model_copy(update={"name": "my-plan", "months": 60})
    made = sweep_order.read(order, own, JAPAN, tmp_path)
    data = yaml.safe_load(sweep_order.text(order, own, JAPAN))
    assert data["scenario"] == "my-plan.yaml"
    assert (made.runs, made.scenarios[0].months, made.replicates) == (12, 60, 3)
    assert JAPAN.adults.sum() / made.scenarios[0].persons_per_agent == pytest.approx(engine.PREVIEW_AGENTS)


def test_sweeps_beyond_the_limits_of_a_page_are_refused(tmp_path, monkeypatch):
    with pytest.raises(InputError, match="runs are too many"):
        sweep_order.read(
            Order(tuple(map(sweep_order.vary, sweep_order.factors()[:3])), 5, 8), BASE, JAPAN, tmp_path
        )
    with pytest.raises(InputError, match="one's own"):
        sweep_order.read(
            sweep_order.first_order(), BASE.model_copy(update={"places": "own.csv"}), JAPAN, tmp_path
        )
    monkeypatch.setattr(engine, "LIMIT", 1e6)
    with pytest.raises(InputError, match="million is too many"):
        sweep_order.read(sweep_order.first_order(), BASE, JAPAN, tmp_path)


def test_a_sweep_that_nobody_wants_stops():
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        sweep_runs.made(sweep_order.first_order(), BASE, JAPAN, lambda _: None, stop)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_crossed_sweep_shows_tornado_heat_map_and_front_with_tables(tmp_path, lang):
    sweep(small("replicates: 3\n" + GRID), tmp_path / "x", Inline(), runner=cheap)
    found = Found(manifest(tmp_path / "x"), runs_of(tmp_path / "x"))
    made = shown(found, "room", lang)
    assert [p.key.split()[0] for p in made.pictures] == ["tornado", "heat", "pareto"]
    assert made.state == (12, 12, 0)
    assert made.best
    for picture in made.pictures:
        assert picture.wide.startswith("data:image/svg+xml")
        assert all(len(row) == len(picture.head) for row in picture.rows)
    words = indicators()["room"].ja if lang == "ja" else indicators()["room"].en
    assert words.strip().lower() in made.pictures[0].reading.lower()
    assert "hub.amount" not in made.pictures[0].reading


def test_an_unfinished_sensitivity_design_says_why_there_is_no_picture(tmp_path):
    more = "design: morris\nsize: 2\nfactors:\n  - {factor: newtie.exchange}\n  - {factor: search.rate}\n"
    sweep(small(more), tmp_path / "x", Inline(), runner=cheap)
    runs = runs_of(tmp_path / "x")
    runs.loc[0, ["status", "room"]] = ["missing", float("nan")]
    made = shown(Found(manifest(tmp_path / "x"), runs), "room", "en")
    assert made.pictures == ()
    assert "have no room" in made.notes[0]
