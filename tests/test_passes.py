"""The passes leave the same world as the mechanisms one by one, in every bit (MODEL.md 3.2).

`test_reference` holds the mechanisms against a second implementation; here the quick way is held against them.
"""

from __future__ import annotations

import copy

import numpy as np
import pytest
import worlds

from sim.jit import kernel
from sim.loop import LARGE_HOME, MONTH, QUICK, advance, quickest
from sim.mechanisms.deepening import calls_of_month, hazards
from sim.mechanisms.leaving import exit_hazard, reasons_of_month
from sim.numeric import exponential, find, poisson
from sim.passes.blocks import BLOCK
from sim.passes.keeping import cap_of_exits, most_steps
from sim.state import DIRECT, EXCHANGE, NEAR_BIT, ONLINE, ROOTS_BIT

MONTHS = 18

NOBODY = worlds.parameters(search__rate=0.0, search__online_rate=0.0)
WORLDS = {
    "quiet": (3000, {}, False),
    "lively": (3000, {"p": worlds.LIVELY}, True),
    "homes larger than a block": (12 * BLOCK, {"p": worlds.LIVELY}, True),
    "one person": (1, {"p": worlds.LIVELY}, True),
    "without ties": (500, {"p": NOBODY}, False),
    "three threads": (2500, {"p": worlds.LIVELY, "threads": 3}, True),
}


def run(month, persons: int, eventful: bool, **fields):
    """Return a world after some months by mechanisms or passes, with the tallies of each month."""
    w = worlds.world(persons, **fields)
    tallies = []
    for number in range(1, MONTHS + 1):
        levels = worlds.lively_levels(number) if eventful else w.levels
        advance(w, levels, worlds.lively_shocks(w, number) if eventful else None, month=month)
        tallies.append(copy.deepcopy(w.tally))
    return w, tallies


@pytest.fixture(scope="module", params=WORLDS, ids=str)
def both(request):
    persons, fields, eventful = WORLDS[request.param]
    return run(MONTH, persons, eventful, **fields), run(QUICK, persons, eventful, **fields)


def test_passes_leave_the_same_state(both):
    (one, _), (other, _) = both
    for group in ("people", "ties", "hosts", "regions", "census"):
        for name, column in getattr(one.state, group)._asdict().items():
            found = getattr(getattr(other.state, group), name)
            assert column.tobytes() == found.tobytes(), f"{group}.{name}"


def test_passes_count_the_same_in_every_month(both):
    (_, one), (_, other) = both
    for a, b in zip(one, other, strict=True):
        assert [n for n in a._fields if getattr(a, n).tobytes() != getattr(b, n).tobytes()] == []


def test_lively_world_knows_what_it_is_compared_on():
    w, tallies = run(MONTH, 4500, True, p=worlds.LIVELY)
    for name in (
        "searchers",
        "searchers_online",
        "taken",
        "unmatched",
        "returned",
        "ended",
        "turned",
        "moved",
        "pooled",
    ):
        assert sum(getattr(t, name).sum() for t in tallies) > 20, name
    assert (w.state.census.stages.sum(axis=0)[1:] > 20).all()


def test_month_of_passes_holds_every_mechanism_once():
    """Those that the passes stand for are named in the order of the month in their docstrings."""
    kept = [m for m in QUICK if m in MONTH]
    assert kept == [m for m in MONTH if m in QUICK]
    assert len(MONTH) - len(kept) == 12  # interest to visiting, strength to deepening, census
    assert [m.__name__ for m in QUICK if m not in MONTH] == ["meeting", "keeping", "publish"]


@pytest.mark.parametrize(("persons", "way"), [(4 * LARGE_HOME, QUICK), (4 * LARGE_HOME - 4, MONTH)])
def test_passes_run_where_homes_are_large(persons, way):
    assert quickest(worlds.world(persons)) is way


@pytest.mark.parametrize("month", range(1, 25, 4))
def test_no_hazard_of_a_step_exceeds_the_bound_it_is_screened_by(month):
    w = worlds.world(400, 24, p=worlds.LIVELY)
    w.levels, w.shocks = worlds.lively_levels(month), worlds.lively_shocks(w, month)
    c = calls_of_month(w)
    most = most_steps(c)
    for stage in range(ONLINE, DIRECT + 1):
        for q in (0.0, 0.5, 1.0):
            for r in range(len(w.places)):
                for room in (0.0, 1.0):
                    for community in (False, True):
                        found = hazards(
                            c.p, stage, q, room, c.invited[r], c.followed[r], c.touched[r], community,
                            c.help_online[r], c.help_hobby[r],
                        )  # fmt: skip
                        assert sum(found) <= most[stage]


@pytest.mark.parametrize("month", range(1, 25, 4))
def test_no_hazard_of_leaving_exceeds_the_bound_it_is_screened_by(month):
    w = worlds.world(400, 24, p=worlds.LIVELY)
    w.levels, w.shocks = worlds.lively_levels(month), worlds.lively_shocks(w, month)
    why = reasons_of_month(w)
    cap = cap_of_exits(why)
    for stage in range(ONLINE, DIRECT + 1):
        for bits in (0, NEAR_BIT, ROOTS_BIT):
            for a in range(0, len(why.strain), 7):
                r = w.geometry.host_home[a]
                bound = cap.steady[stage] * (cap.host[a] if stage >= EXCHANGE else 1.0) + cap.more[stage]
                found = exit_hazard(
                    why.p, why.base[stage], why.longer, stage, 0.0, bits, 0.0, why.strain[a], 0, why.fee[r] + why.duty[r],
                )  # fmt: skip
                assert 0.0 < found <= bound
                if bits == 0 and stage < EXCHANGE:
                    assert found > 0.999 * bound  # or nobody would be spared a closer look


def test_found_is_the_first_weight_above():
    for number in range(1, 40):
        steps = np.random.default_rng(number).integers(0, 3, number)
        steps[-1] = 1
        cdf = np.concatenate([[7.0], np.cumsum(steps)])
        for u in np.linspace(0.0, 0.999, 50):
            assert find(cdf, 1, len(cdf), u) == 1 + np.argmax(cdf[1:] > u * cdf[-1])


def test_exponential_is_the_exponential():
    x = np.concatenate([np.linspace(-690.0, 690.0, 20_001), np.linspace(-1.0, 1.0, 20_001)])
    found = np.array([exponential(v) for v in x])
    np.testing.assert_allclose(found, np.exp(x), rtol=5e-16)
    assert exponential(0.0) == 1.0
    assert 0.0 < exponential(-1e9) < 1e-300


@kernel
def quantiles(u, mean, out):
    for j in range(len(u)):
        out[j] = poisson(u[j], mean)


@pytest.mark.parametrize("mean", [1e-6, 0.05, 0.7, 3.0, 12.0])
def test_poisson_has_the_mean_and_variance_of_its_name(mean):
    """Over 10^6 evenly spaced u the moments are those of the distribution, but for the grid."""
    u = (np.arange(1_000_000) + 0.5) / 1_000_000
    out = np.zeros(len(u), np.int64)
    quantiles(u, mean, out)
    assert out.mean() == pytest.approx(mean, abs=2e-5)
    assert out.var() == pytest.approx(mean, rel=1e-3, abs=2e-5)
