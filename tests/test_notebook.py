"""Notebooks: the tutorials run from the first cell to the last, and answers and models show themselves."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from experiments.store import Results
from scenarios.places import load_places
from sim.errors import InputError
from sim.model import RelationalPopulation
from sim.scenario import Scenario
from viz import notebook

TUTORIALS = sorted((Path(__file__).parent.parent / "tutorials").glob("*.py"))
SMALL = {"PERSONS_PER_AGENT": 100_000, "MONTHS": 24, "REPLICATES": 3, "TRAJECTORIES": 2}


@pytest.fixture(scope="module")
def answer():
    return notebook.ask("baseline", "both", replicates=3, persons_per_agent=100_000, months=24, lang="ja")


@pytest.mark.parametrize("path", TUTORIALS, ids=lambda p: p.stem)
def test_tutorials_run_from_the_first_cell_to_the_last(path):
    text = path.read_text(encoding="utf-8")
    for name, value in SMALL.items():
        text, count = re.subn(rf"^{name} = .*$", f"{name} = {value}", text, flags=re.M)
        assert count == 1 or name == "TRAJECTORIES"
    kept: dict[str, object] = {"__name__": "tutorial"}
    cells = re.split(r"^# %%.*\n", text, flags=re.M)
    for cell in cells:
        exec(compile(cell, path.name, "exec"), kept)
    assert isinstance(kept["answer"].results, Results)
    last = [cell for cell in cells if cell.strip().splitlines()[-1:] == ["answer"]]
    assert len(last) == 1


def test_an_answer_shows_words_numbers_and_intervals(answer):
    html = answer._repr_html_()
    assert html.count("<tr>") == 1 + len(notebook.MAIN)
    assert "90%" in html
    assert "nan" not in html


def test_titles_in_an_answer_are_escaped(answer):
    evil = answer.scenarios[1].model_copy(update={"title_ja": "<script>"})
    html = notebook.Answer(answer.results, (answer.scenarios[0], evil), answer.places, "ja")._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_every_figure_of_an_answer_can_be_plotted_and_others_are_refused(answer):
    for name in answer.figures:
        assert answer.plot(name)._repr_svg_().count("<svg") == 1
    with pytest.raises(InputError, match="did you mean 'ties'"):
        answer.plot("tie")


def test_more_than_two_scenarios_are_refused():
    with pytest.raises(InputError, match="one, or two"):
        notebook.ask("baseline", "care", "both")


def test_a_model_shows_what_it_is_and_draws_itself():
    model = RelationalPopulation(
        places=load_places("workshop"), rng=1, persons_per_agent=100, months=6, burn_in=3
    )
    with pytest.raises(InputError, match="has not run"):
        notebook.draw(model)
    model.run_for(2)
    html = model._repr_html_()
    assert "2 of 6 (seed 1)" in html
    assert f"{len(model.people):,}" in html
    assert "<svg" in notebook.draw(model, "ja")._repr_svg_()


def test_names_in_a_model_are_escaped():
    simulation = SimpleNamespace(
        scenario=Scenario.model_construct(name="<b>", months=6, persons_per_agent=1.0),
        places=load_places("workshop"),
    )
    plain = SimpleNamespace(
        simulation=simulation, latest={"visiting": np.zeros(2)}, people=[1], regions=[1], t=0, seed=1
    )
    assert "<b>" not in RelationalPopulation._repr_html_(plain)
