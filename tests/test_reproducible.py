"""The same question and seed give the same numbers: on any number of threads, in pieces, in another process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import worlds

from sim import checkpoint
from sim.errors import InputError
from sim.levers import levers
from sim.loop import LARGE_HOME
from sim.run import Simulation, burnt_in, resume, run
from sim.scenario import Measure

PLACES = worlds.four_places()
SEED = 5
PERSONS = LARGE_HOME * len(PLACES) + 100
EVERYTHING = tuple(
    Measure(lever=lever.name, amount=0.5 * (lever.high - lever.today)) for lever in levers().values()
)
LIVELY = worlds.parameters(
    search__rate=0.6, search__online_rate=0.3, leaving__life_event=0.05, succession__withdrawal=0.05, moving__rate=0.3,
    review__too_full=0.05,
)  # fmt: skip
EVENTFUL = {"measures": EVERYTHING, "shocks": worlds.LIVELY_SHOCKS, "parameters": LIVELY}
"""All levers, all shocks, and people who move to rows of other threads."""


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """Keep burnt-in states of these tests to themselves."""
    folder = tmp_path / "cache"
    folder.mkdir()
    monkeypatch.setattr(checkpoint, "cache_folder", lambda: folder)
    return folder


def scenario(**fields):
    """Return a scenario with homes large enough for passes; `test_passes` holds mechanisms equal to them."""
    return worlds.scenario(PERSONS, **{"burn_in": 18, "months": 30, **fields})


def different(one, other):
    """Return names of columns that differ between two tables."""
    return {n for n in one if one[n].tobytes() != other[n].tobytes()} | (set(one) ^ set(other))


@pytest.mark.parametrize("threads", [2, 3])
def test_number_of_threads_changes_nothing(threads):
    asked = scenario(burn_in=0, **EVENTFUL)
    one, many = run(asked, PLACES, SEED), run(asked, PLACES, SEED, threads=threads)
    assert different(one.months, many.months) == set()
    assert one.digest == many.digest
    assert one.months["moved"].sum() > 20


def test_more_threads_than_people_change_nothing():
    asked = worlds.scenario(7, months=12)
    assert run(asked, PLACES, SEED).digest == run(asked, PLACES, SEED, threads=3).digest


@pytest.mark.parametrize("stop", [-9, 0, 1, 12, 17, 30])
def test_run_resumed_from_a_checkpoint_is_the_run_in_one_go(tmp_path, stop):
    asked = scenario(**EVENTFUL)
    whole = run(asked, PLACES, SEED)
    first = Simulation(asked, PLACES, SEED)
    while first.month < stop:
        first.step()
    first.save(tmp_path / "here.npz")
    second = resume(tmp_path / "here.npz", asked, PLACES, threads=2)
    assert second.month == stop
    while second.month < asked.months:
        second.step()
    assert second.outcome().digest == whole.digest
    assert second.outcome().provenance == whole.provenance


def test_resumed_run_is_the_same_where_roles_have_run_out(tmp_path):
    """Places without roles, searchers or participants: nothing of the month before is needed but the state."""
    nothing = worlds.parameters(room__disclosure=0.0, room__expiry=1.0)
    asked = scenario(burn_in=0, parameters=nothing)
    whole = run(asked, PLACES, SEED)
    first = Simulation(asked, PLACES, SEED)
    while first.month < 2:
        first.step()
    first.save(tmp_path / "here.npz")
    second = resume(tmp_path / "here.npz", asked, PLACES)
    while second.month < asked.months:
        second.step()
    assert different(second.outcome().months, whole.months) == set()


def test_burn_in_from_the_cache_changes_nothing(cache):
    asked = scenario()
    fresh = run(asked, PLACES, SEED)
    assert len(list(cache.rglob("*.npz"))) == 1
    seen = []
    again = run(asked, PLACES, SEED, progress=lambda done, months: seen.append((done, months)))
    assert again.digest == fresh.digest
    assert seen == [(done, 48) for done in range(19, 49)]  # no month of the burn-in was run again


def test_burn_in_is_shared_between_scenarios_and_with_nothing_else(cache):
    run(scenario(), PLACES, SEED)
    run(scenario(measures=EVERYTHING, shocks=worlds.LIVELY_SHOCKS, months=6, name="other"), PLACES, SEED)
    assert len(list(cache.rglob("*.npz"))) == 1
    for other in (
        {"asked": scenario(months=1, burn_in=17)},
        {"asked": scenario(months=1, parameters=worlds.parameters(search__rate=0.3))},
        {"asked": scenario(months=1, persons_per_agent=8000.0)},
        {"seed": SEED + 1},
    ):
        before = len(list(cache.rglob("*.npz")))
        run(other.get("asked", scenario(months=1)), PLACES, other.get("seed", SEED))
        assert len(list(cache.rglob("*.npz"))) == before + 1


def test_damaged_state_in_the_cache_is_made_anew(cache):
    asked = scenario(months=3)
    fresh = run(asked, PLACES, SEED)
    (path,) = cache.rglob("*.npz")
    path.write_bytes(path.read_bytes()[:1000])
    assert run(asked, PLACES, SEED).digest == fresh.digest
    assert path.stat().st_size > 1000


SCRIPT = """
import sys, worlds
from sim.run import run
asked = worlds.scenario(1300, burn_in=18, months=30, shocks=worlds.LIVELY_SHOCKS)
print(run(asked, worlds.four_places(), 5, threads=int(sys.argv[1])).digest)
"""


def test_another_process_gives_the_same_numbers(tmp_path):
    """With a cache of its own, so that it burns in by itself, and with another order of hashes."""
    here = run(scenario(shocks=worlds.LIVELY_SHOCKS), PLACES, SEED).digest
    kernels = Path(sys.modules["sim.jit"].numba.config.CACHE_DIR)
    own = tmp_path / "home" / "kakawari" / "kernels"
    own.mkdir(parents=True)
    (own / kernels.name).symlink_to(kernels)  # compiled code may be shared; states may not
    root = Path(worlds.__file__).parent
    environment = os.environ | {
        "XDG_CACHE_HOME": str(tmp_path / "home"),
        "PYTHONHASHSEED": "99",
        "PYTHONPATH": f"{root}{os.pathsep}{root.parent}",
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, "2"], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == here


def test_different_seeds_are_different_worlds():
    runs = [run(scenario(burn_in=0), PLACES, seed) for seed in (0, 1, 2**63, 2**64 - 1)]
    assert len({r.digest for r in runs}) == 4
    assert len({r.months["visits"].tobytes() for r in runs}) == 4


def test_same_seed_is_the_same_people_in_every_scenario():
    one = Simulation(scenario(burn_in=0), PLACES, SEED).world.state.people
    other = Simulation(scenario(burn_in=0, measures=EVERYTHING), PLACES, SEED).world.state.people
    for a, b in zip(one, other, strict=True):
        np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize("lever", levers())
def test_measure_changes_nothing_before_it_starts_and_something_after(lever):
    """Yen where it has a price, and something that is no money.

    Subsidies and fees go to a body that runs; a tax campaign in all places at once would leave their shares alone.
    """
    record = levers()[lever]
    body = (Measure(lever="organisation", amount=1.0, first=9),) if lever in ("subsidy", "fees") else ()
    where = ("s", "t") if lever == "tax_campaign" else None
    measure = Measure(lever=lever, amount=record.high - record.today, places=where, first=12)
    base, changed = (
        run(scenario(measures=body + m, parameters=LIVELY, persons_per_agent=2000.0), PLACES, SEED).months
        for m in ((), (measure,))
    )
    before = base["month"] < 12
    assert (
        different({n: c[before] for n, c in base.items()}, {n: c[before] for n, c in changed.items()})
        == set()
    )
    after = different({n: c[~before] for n, c in base.items()}, {n: c[~before] for n, c in changed.items()})
    assert ("yen" in after) == (record.price > 0)
    assert after - {"yen"}


@pytest.mark.parametrize("shock", worlds.LIVELY_SHOCKS, ids=lambda shock: shock.kind)
def test_shock_changes_nothing_before_it_starts_and_something_after(shock):
    last = shock.last and shock.last + 20
    later = shock.model_copy(update={"first": shock.first + 20, "last": last})
    base, changed = (run(scenario(shocks=s), PLACES, SEED).months for s in ((), (later,)))
    for column, struck in zip(base.values(), changed.values(), strict=True):
        before = base["month"] < later.first
        np.testing.assert_array_equal(column[before], struck[before])
    assert different(base, changed) - {"yen"}
    assert "yen" not in different(base, changed)


def test_measure_that_has_ended_costs_nothing_more_and_one_in_another_place_costs_nothing_here():
    measure = Measure(lever="hub", amount=2.0, first=5, last=8, places=("t",))
    base, changed = (run(scenario(measures=m), PLACES, SEED).months for m in ((), (measure,)))
    dearer = changed["yen"] > base["yen"]
    expected = (base["month"] >= 5) & (base["month"] <= 8) & (base["place"] == worlds.TOWN)
    np.testing.assert_array_equal(dearer, expected)


@pytest.mark.parametrize("lever", levers())
def test_measure_of_amount_0_changes_nothing_ever(lever):
    base = run(scenario(), PLACES, SEED)
    assert run(scenario(measures=(Measure(lever=lever, amount=0.0),)), PLACES, SEED).digest == base.digest


def refusal(path, asked):
    with pytest.raises(InputError) as caught:
        resume(path, asked, PLACES)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    assert message.endswith(".")
    return message


@pytest.fixture
def saved(tmp_path):
    simulation = Simulation(scenario(burn_in=0), PLACES, SEED)
    for _ in range(3):
        simulation.step()
    simulation.save(tmp_path / "here.npz")
    return tmp_path / "here.npz"


def test_missing_checkpoint_is_refused(tmp_path):
    assert "no such checkpoint" in refusal(tmp_path / "nothing.npz", scenario(burn_in=0))


@pytest.mark.parametrize("kept", [0, 10, 3000, -20])
def test_cut_off_checkpoint_is_refused(saved, kept):
    saved.write_bytes(saved.read_bytes()[:kept])
    assert "not a whole checkpoint" in refusal(saved, scenario(burn_in=0))


def test_checkpoint_with_a_flipped_bit_is_refused(saved):
    content = bytearray(saved.read_bytes())
    with np.load(saved) as file:
        content[content.index(file["ties.strength"].tobytes())] ^= 64
    saved.write_bytes(bytes(content))
    assert "not a whole checkpoint" in refusal(saved, scenario(burn_in=0))


def test_file_of_another_kind_is_refused(tmp_path):
    np.savez(tmp_path / "numbers.npz", x=np.arange(3))
    (tmp_path / "text.npz").write_text("month 3", encoding="utf-8")
    for name in ("numbers.npz", "text.npz", "."):
        assert "not a whole checkpoint" in refusal(tmp_path / name, scenario(burn_in=0))


@pytest.mark.parametrize(
    "other",
    [
        {"months": 31},
        {"measures": EVERYTHING},
        {"shocks": worlds.LIVELY_SHOCKS},
        {"persons_per_agent": 4001.0},
    ],
)
def test_checkpoint_of_another_scenario_is_refused(saved, other):
    assert "another scenario" in refusal(saved, scenario(burn_in=0, **other))


def test_checkpoint_of_other_places_is_refused(saved):
    moved = worlds.four_places()
    moved.lat[0] += 0.1
    with pytest.raises(InputError, match="table of places"):
        resume(saved, scenario(burn_in=0), moved)


def test_checkpoint_of_other_code_is_refused(saved, monkeypatch):
    monkeypatch.setattr(checkpoint, "code_hash", lambda: "0" * 64)
    assert "another version" in refusal(saved, scenario(burn_in=0))


def test_stored_burn_in_is_no_checkpoint_of_a_run(cache):
    asked = scenario(months=1)
    burnt_in(asked, PLACES, SEED)
    (path,) = cache.rglob("*.npz")
    refusal(path, asked)


def test_checkpoint_is_written_whole_or_not_at_all(saved, monkeypatch):
    before = saved.read_bytes()

    def broken(*_args, **_columns):
        raise OSError("no space left on device")

    simulation = Simulation(scenario(burn_in=0), PLACES, SEED)
    monkeypatch.setattr(np, "savez", broken)
    with pytest.raises(OSError, match="no space"):
        simulation.save(saved)
    assert saved.read_bytes() == before
    assert [p.name for p in saved.parent.iterdir() if p.is_file()] == ["here.npz"]


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_seed_out_of_range_is_refused(seed):
    with pytest.raises(InputError, match="seed"):
        Simulation(scenario(), PLACES, seed)


def test_scale_that_leaves_nobody_is_refused():
    with pytest.raises(InputError, match="persons_per_agent"):
        Simulation(scenario(persons_per_agent=1e9), PLACES, SEED)


def test_hours_of_hosts_are_those_of_the_last_twelve_months_however_long_the_run():
    simulation = Simulation(scenario(months=13, burn_in=0), PLACES, SEED)
    minutes = []
    for _ in range(13):
        simulation.step()
        minutes.append(simulation.world.state.hosts.minutes.copy())
    hosts = simulation.world.state.hosts
    last_year = np.sum(minutes[1:], axis=0)
    # Hosts who took over an empty place within the year have only their own months.
    assert (hosts.past.sum(axis=1) <= last_year).all()
    assert hosts.past.sum() > 0.9 * last_year.sum()
    assert last_year.sum() < np.sum(minutes)


def test_long_run_that_was_stopped_goes_on_from_its_last_year(cache, monkeypatch):
    asked = scenario(burn_in=30)
    whole = run(asked, PLACES, SEED).digest
    for state in (cache / "burn-in").glob("*"):
        state.unlink()
    monkeypatch.setattr(sys.modules["sim.run"], "LONG_PERSON_MONTHS", 0)
    seen, stops = [], [20, 50]

    def stopped(done, total):
        seen.append(done)
        if done in stops:
            stops.remove(done)
            raise KeyboardInterrupt

    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            run(asked, PLACES, SEED, progress=stopped)
    assert run(asked, PLACES, SEED, progress=stopped).digest == whole
    assert seen == [*range(1, 21), *range(19, 51), *range(43, 61)]
    assert not list((cache / "unfinished").iterdir())


def test_burn_in_ends_at_month_0_where_a_later_checkpoint_lies(cache, monkeypatch):
    monkeypatch.setattr(sys.modules["sim.run"], "LONG_PERSON_MONTHS", 0)
    asked = scenario(burn_in=2, months=30)
    stopped = Simulation(asked, PLACES, SEED)
    while stopped.month < 12:
        stopped.step()
    path = checkpoint.unfinished(asked, PLACES, SEED)
    path.parent.mkdir()
    stopped.save(path)
    assert burnt_in(asked, PLACES, SEED).month == 0


def test_damaged_checkpoint_of_a_long_run_is_made_anew(cache, monkeypatch):
    monkeypatch.setattr(sys.modules["sim.run"], "LONG_PERSON_MONTHS", 0)
    asked = scenario(burn_in=0, months=14)
    path = checkpoint.unfinished(asked, PLACES, SEED)
    path.parent.mkdir()
    path.write_bytes(b"PK\x03\x04 half of it")
    assert run(asked, PLACES, SEED).digest == run(asked, PLACES, SEED, threads=2).digest
    assert not path.exists()
