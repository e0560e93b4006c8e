"""What a sweep will take, said before it runs: time and disk."""

from __future__ import annotations

from dataclasses import dataclass

from experiments.sweep.plan import Plan
from experiments.sweep.trial import Trial

SECONDS_A_MONTH = 2e-3
SECONDS_A_PERSON_MONTH = 1.2e-7
"""Measured on one core of a server of 2024 with 400 and 20,000 persons; good to a factor of two or so."""

BYTES_A_ROW = 400
BYTES_A_PART = 24_000
"""A part is written every five seconds; most of a small one is its own description."""

SECONDS_A_PART = 5.0


@dataclass(frozen=True)
class Estimate:
    """What a sweep will take.

    Attributes:
        runs: Different runs; cells of the design that ask the same share one.
        burn_ins: Different burn-ins among them.
        persons: Simulated persons in a run.
        seconds: Time on so many workers, about.
        disk: Bytes of its results, about.
    """

    runs: int
    burn_ins: int
    persons: int
    seconds: float
    disk: int


def estimate(plan: Plan, trials: list[Trial], workers: int) -> Estimate:
    """Return what runs will take, about."""
    adults = float(plan.places.adults.sum())
    before = {t.group: t.scenario.burn_in for t in trials}
    months = sum(t.scenario.months for t in trials) + sum(before.values())
    persons = adults / plan.scenarios[0].persons_per_agent
    seconds = months * (SECONDS_A_MONTH + SECONDS_A_PERSON_MONTH * persons) / workers
    disk = len(trials) * BYTES_A_ROW + int(seconds / SECONDS_A_PART + 1) * BYTES_A_PART
    return Estimate(len(trials), len(before), int(persons), seconds, disk)
