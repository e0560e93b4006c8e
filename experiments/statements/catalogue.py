"""All statements in order, and how one is measured."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence

from experiments.statements.lab import Lab
from experiments.statements.r01_visiting import R01
from experiments.statements.r02_near import R02
from experiments.statements.r03_moving import R03
from experiments.statements.r04_kinds import R04
from experiments.statements.r05_afar import R05
from experiments.statements.r06_disaster import R06
from experiments.statements.r07_wellbeing import R07
from experiments.statements.r08_room import R08
from experiments.statements.r09_weakness import R09
from experiments.statements.r10_interest import R10
from experiments.statements.r11_diversity import R11
from experiments.statements.r12_residents import R12
from experiments.statements.r13_sharing import R13
from experiments.statements.r14_reviews import R14
from experiments.statements.r15_two_sides import R15
from experiments.statements.r16_understanding import R16
from experiments.statements.r17_gradation import R17
from experiments.statements.r18_without_roots import R18
from experiments.statements.r19_planned import R19
from experiments.statements.r20_guides import R20
from experiments.statements.r21_open_room import R21
from experiments.statements.r22_virtual import R22
from experiments.statements.r23_events import R23
from experiments.statements.r24_own_feet import R24
from experiments.statements.r25_key_people import R25
from experiments.statements.record import Measured, Statement
from experiments.statements.store import keep, kept

STATEMENTS: tuple[Statement, ...] = (
    R01, R02, R03, R04, R05, R06, R07, R08, R09, R10, R11, R12, R13,
    R14, R15, R16, R17, R18, R19, R20, R21, R22, R23, R24, R25,
)  # fmt: skip

SEEDS = 10
"""Seeds of every arm: 1 to 10."""


def by_id() -> Mapping[str, Statement]:
    """Return the statements by their number."""
    return {s.id: s for s in STATEMENTS}


def measure(
    statement: Statement, seeds: Sequence[int], off: bool = False, lab: Lab | None = None
) -> Measured:
    """Measure one statement.

    Args:
        statement: Which one.
        seeds: The seeds of every arm.
        off: Whether its mechanism is switched off, burn-in included.
        lab: Where arms that others have run are remembered; a new one unless given.
    """
    begun = time.perf_counter()
    place = lab or Lab(seeds, statement.off if off else None)
    findings = tuple(statement.measure(place))
    return Measured(statement.id, len(place.seeds), findings, time.perf_counter() - begun)


def measure_all(
    statements: Sequence[Statement],
    seeds: Sequence[int],
    workers: int = 2,
    told: Callable[[int, int], None] | None = None,
    lab: Lab | None = None,
) -> list[Measured]:
    """Measure statements one after the other; what is known from before is not measured again.

    Args:
        statements: Which ones.
        seeds: The seeds of every arm.
        workers: Runs at a time.
        told: Called with (statements done, statements in all).
        lab: Where arms that others have run are remembered; a new one unless given.
    """
    place, done = lab or Lab(seeds, workers=workers), []
    for statement in statements:
        known = kept(statement.id, seeds, place.base)
        done.append(known or measure(statement, seeds, lab=place))
        if known is None:
            keep(done[-1], seeds, place.base)
        if told is not None:
            told(len(done), len(statements))
    return done
