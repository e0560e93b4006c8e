"""The same numbers at full size: 47 prefectures, 100,000 persons, 120 months, measures and shocks from month 24 on."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios import load, load_places
from sim import checkpoint
from sim.model import RelationalPopulation
from sim.run import burnt_in, resume, run
from sim.scenario import Measure, Scenario
from sim.shocks import Shock

pytestmark = pytest.mark.science

PLACES = load_places("prefectures")
BASELINE = load("baseline")
LATER = (Measure(lever="hub", amount=1.0, first=24), Measure(lever="coordination", amount=0.5, first=24))
STRUCK = (
    Shock(kind="disaster", size=0.25, places=("17", "15"), first=24),
    Shock(kind="key_people", size=0.3, first=36),
    Shock(kind="travel", size=0.8, first=48, last=53),
    Shock(kind="needs", size=2.0, places=("01",), first=60),
)
ASKED = BASELINE.model_copy(update={"name": "later", "measures": LATER, "shocks": STRUCK})
SEED = 7


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory):
    """Keep the burnt-in state of these tests to themselves."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checkpoint, "cache_folder", lambda: folder)
        yield


@pytest.fixture(scope="module")
def whole():
    return run(ASKED, PLACES, SEED)


def test_two_threads_give_the_same_digest(whole):
    assert run(ASKED, PLACES, SEED, threads=2).digest == whole.digest


def test_run_resumed_from_month_60_gives_the_same_digest(whole, tmp_path):
    first = burnt_in(ASKED, PLACES, SEED, threads=2)
    while first.month < 60:
        first.step()
    first.save(tmp_path / "month-60.npz")
    second = resume(tmp_path / "month-60.npz", ASKED, PLACES)
    while second.month < ASKED.months:
        second.step()
    assert second.outcome().digest == whole.digest


def test_the_mesa_face_gives_the_same_digest(whole):
    model = RelationalPopulation(places=PLACES, base=ASKED, rng=SEED)
    model.run_for(ASKED.months)
    assert model.outcome().digest == whole.digest


def state_after(scenario: Scenario, months: int) -> dict[str, bytes]:
    simulation = burnt_in(scenario, PLACES, SEED)
    for _ in range(months):
        simulation.step()
    state = simulation.world.state
    groups = (state.people, state.ties, state.hosts, state.regions, state.census)
    return {f"{type(g).__name__}.{n}": c.tobytes() for g in groups for n, c in g._asdict().items()}


def test_nothing_differs_before_month_24_and_much_after(whole):
    plain = run(BASELINE, PLACES, SEED)
    for name, column in plain.months.items():
        before = plain.months["month"] < 24
        np.testing.assert_array_equal(column[before], whole.months[name][before], err_msg=name)
    assert state_after(ASKED, 23) == state_after(BASELINE, 23)
    assert state_after(ASKED, 24) != state_after(BASELINE, 24)


def test_measures_of_amount_0_change_nothing_ever():
    nothing = tuple(m.model_copy(update={"amount": 0.0}) for m in LATER)
    asked = BASELINE.model_copy(update={"measures": nothing})
    assert run(asked, PLACES, SEED).digest == run(BASELINE, PLACES, SEED).digest
