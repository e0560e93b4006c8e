"""From the ensemble to predictions: every member is run once, with luck of its own, and the spread is reported."""

from __future__ import annotations

import math
from typing import Any

from experiments.ensemble import Ensemble
from experiments.intervals import LEVEL, quantile_interval
from experiments.members import Progress, chosen, each, with_member
from experiments.predictions.gather import QUIET, gather
from experiments.predictions.record import Asked
from experiments.predictions.registry import measure, quantities
from sim.compiling import ready
from sim.jit import code_hash
from sim.scenario import Scenario

SCHEMA = 1


def predict(
    ensemble: Ensemble,
    scenario: Scenario,
    asked: Asked,
    members: int,
    workers: int = 2,
    report: Progress | None = None,
) -> dict[str, Any]:
    """Return predictions as plain data, ready for JSON; null where a quantity is undefined.

    Args:
        ensemble: Parameter sets.
        scenario: The baseline, on the places that are asked of.
        asked: Places and groups.
        members: How many of the sets are run; the k-th with seed k.
        workers: Members at a time; changes nothing but the time.
        report: Called with (members done, members in all).

    Raises:
        InputError: More members than there are.
    """
    jobs = [(with_member(scenario, values), seed) for seed, values in enumerate(chosen(ensemble, members), 1)]

    def one(job: tuple[Scenario, int]) -> dict[str, float]:
        return measure(gather(job[0], asked, job[1]), asked)

    # Two threads that compile at once would do so twice.
    found = each(jobs, one, workers if ready(scenario, asked.places) else 1, report)
    rows = {}
    for q in quantities(asked):
        median, low, high = quantile_interval([values[q.name] for values in found])
        rows[q.name] = {
            "unit": q.unit, "median": _plain(median), "low": _plain(low), "high": _plain(high),
            "definition": q.definition.en, "definition_ja": q.definition.ja, "base": q.base.en, "base_ja": q.base.ja,
            "name": q.words.en, "name_ja": q.words.ja,
        }  # fmt: skip
    return {
        "schema": SCHEMA,
        "world": ensemble.world,
        "members": members,
        "level": LEVEL,
        "provenance": {
            "ensemble": ensemble.provenance, "members_in_all": len(ensemble.members), "places": asked.places.name,
            "places_digest": asked.places.digest, "persons_per_agent": scenario.persons_per_agent,
            "burn_in": scenario.burn_in, "quiet_months": QUIET, "code": code_hash(),
            "origins": _codes(asked, dict(asked.origins)), "destinations": _codes(asked, dict(asked.destinations)),
            "struck": [asked.places.code[i] for i in asked.struck],
        },
        "quantities": rows,
    }  # fmt: skip


def _codes(asked: Asked, groups: dict[str, Any]) -> dict[str, list[str]]:
    return {name: [asked.places.code[i] for i in rows] for name, rows in groups.items()}


def _plain(value: float) -> float | None:
    return value if math.isfinite(value) else None
