"""What the whole model says: today's Japan, and what two kinds of support do to it.

80 runs of 47 prefectures at 100,000 persons: 4 scenarios on the same 20 seeds, so that differences are paired.
All thresholds on differences are 4 standard errors from zero: under no effect each would pass with probability
below 4e-4 (Student, 19 degrees of freedom, one side). Seeds are fixed: the answers do not vary from run to run.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from scenarios.loader import load
from scenarios.places import load_places
from sim import checkpoint
from sim.indicators import indicators
from sim.run import run

pytestmark = pytest.mark.science

SEEDS = range(1, 21)
STANDARD_ERRORS = 4.0

# Mean over the first 8 seeds; ranges of the surveys (MODEL.md 9).
TODAY = [
    ("visiting_share", 0.170, 0.185),
    ("nonvisiting_share", 0.025, 0.040),
    ("direct_share", 0.23, 0.35),
    ("ties_per_visitor", 1.45, 1.65),
    ("indifferent_share", 0.65, 0.75),
    ("load_gini", 0.55, 0.70),
]


@pytest.fixture(scope="module")
def values(tmp_path_factory):
    """Return indicator values by scenario and name, one a seed; burn-ins are shared between scenarios."""
    cache = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checkpoint, "cache_folder", lambda: cache)
        with ThreadPoolExecutor(2) as pool:
            done = list(pool.map(_all_scenarios, SEEDS))
    names = done[0]
    return {name: {k: np.array([d[name][k] for d in done]) for k in names[name]} for name in names}


def _all_scenarios(seed):
    """Run the four scenarios on a seed: one after the other, so that the first leaves its burn-in to the others."""
    result = {}
    for name in ("baseline", "connect", "care", "both"):
        scenario = load(name)
        places = load_places(scenario.places)
        result[name] = indicators(run(scenario, places, seed), places)
    return result


def t_value(differences):
    return differences.mean() / (differences.std(ddof=1) / np.sqrt(len(differences)))


def effect(values, scenario, name):
    return values[scenario][name] - values["baseline"][name]


@pytest.mark.parametrize(("name", "low", "high"), TODAY)
def test_baseline_looks_like_the_surveys(values, name, low, high):
    assert low <= values["baseline"][name][:8].mean() <= high


def test_metropolitan_residents_visit_more_than_others(values):
    base = values["baseline"]
    assert t_value(base["visiting_share_metro"] - base["visiting_share_other"]) > STANDARD_ERRORS


def test_meeting_alone_brings_more_visitors(values):
    assert t_value(effect(values, "connect", "visiting_share")) > STANDARD_ERRORS


def test_meeting_alone_makes_ties_shorter(values):
    assert t_value(effect(values, "connect", "persistence_12")) < -STANDARD_ERRORS


def test_caring_for_hosts_makes_ties_last_longer(values):
    assert t_value(effect(values, "care", "persistence_12")) > STANDARD_ERRORS


def test_caring_for_hosts_brings_more_contributors_than_meeting(values):
    difference = values["care"]["direct_contributors"] - values["connect"]["direct_contributors"]
    assert t_value(difference) > STANDARD_ERRORS
    assert t_value(effect(values, "care", "direct_contributors")) > STANDARD_ERRORS


def test_both_together_bring_more_contributors_than_the_sum_of_each_alone(values):
    name = "direct_contributors"
    surplus = effect(values, "both", name) - effect(values, "connect", name) - effect(values, "care", name)
    assert t_value(surplus) > STANDARD_ERRORS
