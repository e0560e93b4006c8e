"""One run to be made, named by everything that decides its numbers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from sim.checkpoint import burn_in_key
from sim.jit import code_hash
from sim.places import Places
from sim.scenario import Scenario

FORMAT = "kakawari sweep 2"
"""Changes with what is kept of a run, so that rows of two kinds never mix."""


@dataclass(frozen=True)
class Trial:
    """One run of a sweep.

    Attributes:
        key: SHA-256 (32 digits of it) of scenario, places, seed, code and what is kept.
        scenario: What is run, parameters and measures set.
        seed: Its luck.
        group: Key of its burn-in; runs that share it differ in measures alone.
    """

    key: str
    scenario: Scenario
    seed: int
    group: str


def trials(scenario: Scenario, places: Places, seeds: Sequence[int]) -> list[Trial]:
    """Return the runs of a scenario, one a seed."""
    content = [FORMAT, scenario.digest, places.digest, code_hash()]
    before = burn_in_key(scenario, places, 0)
    return [Trial(_hash([*content, seed]), scenario, seed, f"{before} {seed}") for seed in seeds]


def _hash(content: list[object]) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:32]
