"""Made-up outcomes of the right shape, for tests that are about tables, figures and files."""

from __future__ import annotations

import numpy as np

from sim.outcome import Outcome
from sim.places import Places
from sim.scenario import Scenario

MONTH_COLUMNS = [
    "people",
    "visiting",
    "nonvisiting",
    "indifferent",
    "main_hobby",
    "main_exchange",
    "main_work",
    "main_direct",
    "direct_people",
    "ties_online",
    "ties_hobby",
    "ties_exchange",
    "ties_work",
    "ties_direct",
    "latent",
    "home_ties",
    "reached36",
    "searchers",
    "met",
    "started",
    "returned",
    "ended",
    "visits",
    "hosts",
    "hosts_resting",
    "hosts_burnt",
    "needs",
    "ties_near",
    "ties_roots",
    "recommend",
    "turned",
    "moved",
    "own_feet",
]
SHARE_COLUMNS = [
    "exhaustion",
    "use",
    "meeting_chance",
    "slot_chance",
    "room",
    "openness",
    "understanding",
    "lead",
]
SHARE_COLUMNS += ["service", "wellbeing", "money", "gifts"]
BASE = {"people": 1.0, "visiting": 0.18, "nonvisiting": 0.03, "indifferent": 0.7, "main_hobby": 0.06}
BASE |= {"main_exchange": 0.05, "main_work": 0.03, "main_direct": 0.05, "direct_people": 0.06}
BASE |= {
    "ties_online": 0.04,
    "ties_hobby": 0.1,
    "ties_exchange": 0.07,
    "ties_work": 0.05,
    "ties_direct": 0.06,
}
BASE |= {"latent": 0.09, "home_ties": 0.28, "reached36": 0.002, "hosts": 0.02, "visits": 0.1}


def places(count: int = 47) -> Places:
    at = np.arange(count)
    return Places(
        name="fake",
        code=tuple(f"{i + 1:02d}" for i in at),
        name_ja=tuple(f"地域{i + 1}" for i in at),
        name_en=tuple(f"Place {i + 1}" for i in at),
        metro=(at % 6 == 0).astype(np.int64),
        adults=(500_000 + 90_000 * at).astype(np.int64),
        area_km2=np.full(count, 5000.0),
        lat=43.0 - 0.2 * at,
        lon=141.0 - 0.25 * at,
        inner_km=np.full(count, 30.0),
    )


def run(scenario: Scenario, places: Places, seed: int, *, threads: int = 1, progress=None) -> Outcome:
    """Return an outcome in which every measure raises everything by a tenth over the run."""
    rng = np.random.default_rng([seed, 7])
    gain = 0.1 * len(scenario.measures)
    for done in range(scenario.burn_in + scenario.months):
        if progress:
            progress(done + 1, scenario.burn_in + scenario.months)
    provenance = {"scenario": scenario.name, "seed": seed, "persons_per_agent": scenario.persons_per_agent}
    return Outcome(
        _months(scenario, places, rng, gain),
        _spells(rng, gain),
        _hosts(places, rng, gain),
        _flows(places, rng),
        provenance,
    )


def _months(scenario, places, rng, gain):
    t, r = scenario.months, len(places)
    month = np.repeat(np.arange(1, t + 1), r)
    people = np.tile(places.adults / scenario.persons_per_agent, t)
    ramp = 1 + gain * month / t * np.tile(rng.uniform(-0.4, 1.6, r), t)
    noise = 1 + 0.01 * np.repeat(np.cumsum(rng.normal(size=t)) / 8, r)
    table = {"month": month, "place": np.tile(np.arange(r), t)}
    for name in MONTH_COLUMNS:
        wave = 1.0 if name in ("people", "indifferent") else ramp * noise
        table[name] = np.round(people * BASE.get(name, 0.01) * wave).astype(np.int64)
    for name in SHARE_COLUMNS:
        table[name] = 0.5 * noise
    table |= {"load_hours": 9.0 * table["hosts"], "capacity_hours": 11.0 * table["hosts"]}
    table |= {
        "open_slots": 0.01 * people,
        "yen": people * scenario.persons_per_agent * 2000 / 12 * (1 + 2 * gain),
    }
    return table


def _spells(rng, gain):
    rows = [
        (year, start, near, age)
        for year in range(1, 11)
        for start in range(1, 6)
        for near in (0, 1)
        for age in range(121)
    ]
    year, start, near, age = (np.array(c) for c in zip(*rows, strict=True))
    at_risk = np.maximum(1, (4000 * np.exp(-age / 30)).astype(np.int64))
    hazard = (0.05 - 0.006 * start) * np.exp(-age / 40) * (1 - 0.8 * gain)
    return {
        "year": year,
        "start": start,
        "near": near,
        "age": age,
        "at_risk": at_risk,
        "ended": rng.binomial(at_risk, hazard),
    }


def _hosts(places, rng, gain):
    place = np.repeat(np.arange(len(places)), 40)
    hours = rng.lognormal(3.6, 1.2 - gain, len(place))
    return {
        "place": place,
        "hours": hours,
        "capacity": rng.lognormal(2.1, 0.8, len(place)),
        "exhaustion": rng.uniform(0, 1, len(place)),
        "ties": rng.integers(0, 30, len(place)),
        "active": rng.integers(1, 3, len(place)).astype(np.int8),
    }


def _flows(places, rng):
    home, place = (a.ravel() for a in np.indices((len(places), len(places))))
    return {
        "home": home,
        "place": place,
        "people": rng.integers(1, 50, len(home)),
        "ties": rng.integers(1, 80, len(home)),
    }
