"""Statements over the ensemble: in how many of the parameter sets that fit the survey each of them holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from experiments.ensemble import Ensemble
from experiments.intervals import quantile_interval
from experiments.members import chosen
from experiments.statements.catalogue import measure_all
from experiments.statements.findings import Finding
from experiments.statements.lab import Lab
from experiments.statements.record import Measured, Statement


@dataclass(frozen=True)
class Shared:
    """One finding over members.

    Attributes:
        finding: What was measured, with the first member.
        median: Median of the members' estimates.
        low: Lower end of their middle 90%; NaN for a single one.
        high: Upper end.
        holds: Share of the members with which the demand is met.
    """

    finding: Finding
    median: float
    low: float
    high: float
    holds: float


@dataclass(frozen=True)
class Over:
    """One statement over members.

    Attributes:
        id: Which one.
        members: How many.
        holds: Share of the members with which all of its findings are as demanded.
        findings: Its findings; the first is the headline.
    """

    id: str
    members: int
    holds: float
    findings: tuple[Shared, ...]


def over_members(
    statements: Sequence[Statement],
    seeds: Sequence[int],
    ensemble: Ensemble,
    members: int,
    workers: int = 2,
    told: Callable[[int, int], None] | None = None,
) -> list[Over]:
    """Measure statements with members spread evenly over an ensemble.

    Args:
        statements: Which ones.
        seeds: The seeds of every arm.
        ensemble: Whose members.
        members: How many.
        workers: Runs at a time.
        told: Called with (statements done, statements in all), each counted once a member.

    Raises:
        InputError: More members than there are.
    """
    found: list[list[Measured]] = []
    for values in chosen(ensemble, members):
        part = _part(told, len(found) * len(statements), members * len(statements))
        lab = Lab(seeds, workers=workers, base=tuple(values.items()))
        found.append(measure_all(statements, seeds, workers, part, lab))
    return [_over(each) for each in zip(*found, strict=True)]


def _over(each: Sequence[Measured]) -> Over:
    findings = (_shared(alike) for alike in zip(*(m.findings for m in each), strict=True))
    return Over(each[0].id, len(each), _share([m.holds for m in each]), tuple(findings))


def _shared(alike: Sequence[Finding]) -> Shared:
    return Shared(alike[0], *quantile_interval([f.estimate for f in alike]), _share([f.holds for f in alike]))


def _share(held: Sequence[bool]) -> float:
    return sum(held) / len(held)


def _part(
    told: Callable[[int, int], None] | None, before: int, whole: int
) -> Callable[[int, int], None] | None:
    return (lambda done, _: told(before + done, whole)) if told is not None else None
