"""Packaged scenarios tell a story that is true: what they say they show is what their runs show, for equal money."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import worlds
from numpy.typing import NDArray

from experiments.intervals import mean_interval
from scenarios.claims import Claim
from scenarios.loader import load, names, shows
from scenarios.places import load_places
from sim.errors import InputError
from sim.levers import levers
from sim.outcome import Outcome
from sim.run import run
from sim.scenario import Scenario, yen
from viz.numbers import clear_of_zero

PLACES = load_places("prefectures")
FIRST_FOUR = ("baseline", "connect", "care", "both")
INVENTED = ("typical_regions", "disaster_unprepared", "ready_for_disaster")
"""Where one region is struck it is an invented one, and people are finer, so that it has enough hosts."""

STORIES = [name for name in names() if name not in (*FIRST_FOUR, "typical_regions")]
COMPETING = (
    "guides_only", "hubs_only", "many_events", "meeting_and_receiving", "shared_load", "open_weakness",
    "reach_indifferent", "from_online", "a_bit_of_everything",
)  # fmt: skip
AT_HOME = {"information", "school_programmes"}
"""Levers that act where people live, so that they must reach the cities, too."""

SEEDS = range(1, 7)
COARSE = 5000.0
"""Adults for one simulated person in stories of all Japan; the others keep their own scale."""


def test_there_are_at_least_twelve_stories():
    assert len(STORIES) >= 12


@pytest.mark.parametrize("name", STORIES)
def test_story_has_a_question_an_expectation_and_a_finding_in_both_languages(name):
    s = load(name)
    for key in ("question", "expectation", "finding"):
        ja, en = getattr(s, f"{key}_ja"), getattr(s, f"{key}_en")
        assert not ja.isascii(), key
        assert en.isascii(), key
        assert ja[-1] in "。か？", key
        assert en[-1] in ".?", key
    assert s.question_ja.endswith("か。")
    assert s.question_en.endswith("?")


@pytest.mark.parametrize("name", names())
def test_preset_changes_no_parameter_and_no_scale(name):
    plain, s = Scenario(name=name), load(name)
    assert s.parameters == plain.parameters
    places, scale = ("typical", 200.0) if name in INVENTED else ("prefectures", 1000.0)
    assert (s.places, s.persons_per_agent, s.months, s.burn_in) == (places, scale, 120, 240)


def test_no_preset_lets_a_disaster_strike_a_real_place():
    for name in names():
        s = load(name)
        if s.shocks:
            assert s.places == "typical", name
            struck = {code for shock in s.shocks for code in shock.places}
            for code in struck:
                assert not load_places("typical").metro[load_places("typical").code.index(code)]


@pytest.mark.parametrize("name", STORIES)
def test_scale_and_places_are_those_of_the_scenario_compared_with(name):
    s, base = load(name), load(load(name).compared_with)
    assert (s.places, s.persons_per_agent, s.months) == (base.places, base.persons_per_agent, base.months)


def test_all_stories_differ():
    assert len({load(name).digest for name in names()}) == len(names())


@pytest.mark.parametrize("name", STORIES)
def test_story_is_compared_with_a_packaged_one(name):
    base = load(name).compared_with
    assert base in names()
    assert load(base).shocks == load(name).shocks or base in ("baseline", "typical_regions")


# Money


def added(name: str, month: int) -> float:
    """Yen a year that a preset adds to today's support, in a month."""
    today = yen(load("baseline"), PLACES, month).sum()
    return 12.0 * float(yen(load(name), PLACES, month).sum() - today)


def test_stories_that_compete_cost_the_same_in_every_month():
    outside = PLACES.adults[PLACES.metro == 0].sum() / 5000
    for name in COMPETING:
        for month in (1, 60, 120):
            assert added(name, month) == pytest.approx(9.6e6 * outside, rel=0.01), name


def test_stories_that_compete_help_the_same_places_for_the_whole_run():
    other = tuple(code for code, metro in zip(PLACES.code, PLACES.metro, strict=True) if not metro)
    for name in COMPETING:
        for m in load(name).measures:
            assert m.places == other or (m.places is None and m.lever in AT_HOME), (name, m.lever)
            assert (m.first, m.last, m.price) == (1, None, None)


def test_doing_nothing_leaves_no_support_at_work():
    left = {m.lever: levers()[m.lever].today + m.amount for m in load("nothing").measures}
    assert set(left.values()) == {0}
    kept = {lever.name for lever in levers().values() if lever.today} - set(left)
    assert kept == {"shared_doing", "gradation"}  # how people treat each other
    assert added("nothing", 1) < 0


def test_preparation_ends_and_the_desk_opens_when_disaster_strikes():
    s = load("ready_for_disaster")
    (shock,) = s.shocks
    assert (shock.kind, shock.places, shock.first) == ("disaster", ("T06",), 37)
    assert {m.first for m in s.measures if m.lever == "reception_desk"} == {shock.first}
    assert all(m.places == ("T06",) and m.last == 60 for m in s.measures)


def test_subsidy_ends_and_the_body_stays():
    until = {m.lever: m.last for m in load("after_subsidy").measures}
    assert until == {"organisation": None, "fees": None, "subsidy": 60}
    assert load("meeting_and_receiving").compared_with == "guides_only"  # for the same money


# What runs show


@cache
def outcome(name: str, seed: int) -> Outcome:
    s = load(name)
    scale = s.persons_per_agent if name in INVENTED else COARSE
    return run(s.model_copy(update={"persons_per_agent": scale}), load_places(s.places), seed)


@pytest.mark.parametrize("name", STORIES)
def test_story_rests_on_figures(name):
    assert shows(name)
    for claim in shows(name):
        assert claim.between or claim.percent, claim


def values(name: str, claim: Claim) -> NDArray[np.float64]:
    """What a claim is about, by seed."""
    places = load_places(load(name).places)
    return np.array([claim.value(outcome(name, seed), places) for seed in SEEDS])


@pytest.mark.science
@pytest.mark.parametrize("name", STORIES)
def test_finding_is_what_paired_runs_show(name):
    base = load(name).compared_with
    for claim in shows(name):
        before, after = values(base, claim), values(name, claim)
        assert claim.holds(before.mean(), after.mean()), (claim, before, after)
        if claim.change != "same":
            _, low, high = mean_interval(after - before)  # 90%: more than luck
            assert clear_of_zero(low, high), (claim, before, after)


@pytest.mark.science
@pytest.mark.parametrize("other", ["guides_only", "hubs_only", "many_events"])
def test_a_bit_of_everything_beats_one_way_to_meet_for_the_same_money(other):
    for name in ("lasting_ties", "direct_contributors"):
        claim = Claim("up", indicator=name)
        _, low, _ = mean_interval(values("a_bit_of_everything", claim) - values(other, claim))
        assert low > 0


def test_claim_about_a_column_is_a_mean_of_months_of_a_sum_of_places():
    months = {
        "month": np.repeat([1, 2, 3], 2),
        "place": np.tile([0, 1], 3),
        "visits": np.array([1, 10, 2, 20, 4, 40]),
    }
    made = Outcome(months, {}, {}, {}, {})
    two = worlds.four_places()
    assert Claim("up", column="visits").value(made, two) == pytest.approx(77 / 3)
    assert Claim("up", column="visits", places=(two.code[1],), first=2).value(made, two) == 30
    assert Claim("up", column="visits", places=(two.code[0],), first=1, last=2).value(made, two) == 1.5
    with pytest.raises(
        InputError, match="unknown column of the months table 'visit' \\(did you mean 'visits'"
    ):
        Claim("up", column="visit").value(made, two)


@pytest.mark.parametrize(
    ("change", "after", "holds"),
    [
        ("up", 101, True),
        ("up", 100, False),
        ("down", 99, True),
        ("down", 100, False),
        ("same", 101.9, True),
        ("same", 97, False),
    ],
)
def test_claim_holds_where_the_direction_is_right(change, after, holds):
    assert Claim(change, indicator="room").holds(100, after) == holds


@pytest.mark.parametrize(
    ("limits", "base", "after", "holds"),
    [
        ({"between": (1.0, 2.0)}, 0.18, 0.195, True),  # of visiting adults: 1.5 points
        ({"between": (1.0, 2.0)}, 0.18, 0.205, False),
        ({"between": (1.0, 2.0)}, 0.18, 0.185, False),
        ({"percent": (5.0, 10.0)}, 0.18, 0.195, True),  # 8.3%
        ({"percent": (5.0, 8.0)}, 0.18, 0.195, False),
        ({"percent": (5.0, 10.0), "between": (2.0, 3.0)}, 0.18, 0.195, False),
        ({"between": (1.0, 2.0)}, 0.0, 0.015, True),
        ({"percent": (1.0, 2.0)}, 0.0, 0.015, False),  # no percent of nothing
    ],
)
def test_claim_holds_where_things_move_as_far_as_it_says(limits, base, after, holds):
    assert Claim("up", indicator="visiting_share", **limits).holds(base, after) == holds


def test_limits_of_a_fall_are_negative_and_those_of_a_column_in_its_unit():
    assert Claim("down", indicator="visiting_share", between=(-2.0, -1.0)).holds(0.18, 0.165)
    assert Claim("down", column="visits", percent=(-20.0, -10.0)).holds(100.0, 85.0)
    assert Claim("up", column="closed", between=(10.0, 14.0)).holds(0.0, 12.0)
    assert Claim("same", indicator="room", percent=(-1.0, 1.0)).holds(100.0, 100.5)
    assert not Claim("same", indicator="room", percent=(-1.0, 1.0)).holds(100.0, 101.5)
