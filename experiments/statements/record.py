"""What a statement is, and what is left of measuring it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from experiments.statements.findings import Finding
from experiments.statements.lab import Lab


@dataclass(frozen=True)
class Statement:
    """One statement of the findings of 2021, in our own words.

    Attributes:
        id: R01 to R25.
        slug: Name for the test.
        ja: The statement, one plain sentence.
        en: The same in English.
        mechanisms: Files of `sim/mechanisms` that make it so.
        levers: Levers that move it.
        off: Parameters that switch the mechanism off; the statement must then fail.
        metric_ja: What is measured, in words.
        metric_en: The same in English.
        measure: Runs the arms and returns the findings.
    """

    id: str
    slug: str
    ja: str
    en: str
    mechanisms: tuple[str, ...]
    levers: tuple[str, ...]
    off: Mapping[str, float]
    metric_ja: str
    metric_en: str
    measure: Callable[[Lab], list[Finding]]

    @property
    def test(self) -> str:
        """Name of the test that keeps it true."""
        return f"tests/test_statements.py::test_statement_holds[{self.id}-{self.slug}]"


@dataclass(frozen=True)
class Measured:
    """A statement measured.

    Attributes:
        id: Which one.
        seeds: Seeds used.
        findings: What was found; the first is the headline.
        seconds: Time it took.
    """

    id: str
    seeds: int
    findings: tuple[Finding, ...]
    seconds: float

    @property
    def holds(self) -> bool:
        """Whether every finding is as demanded."""
        return all(finding.holds for finding in self.findings)
