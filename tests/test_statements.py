"""The 25 statements of 2021, each shown by what the model does. A test prints the effects with their standard errors.

Every arm of a statement runs on the same 10 seeds in twelve typical regions, so that differences are paired. A sign is
demanded by 3 standard errors: with no effect at all, a single finding would pass with probability 0.7% (Student, 9
degrees of freedom, one side), and a statement, which needs all of its findings, at most as often. Each side of a hump
and other parts of a shape are demanded by 2 standard errors (3.8%); a flat curve passes for a hump with 2.5%, the choice
of its top included. Seeds are fixed: the answers do not vary from run to run. `make mutants` shows that each test fails
without its mechanism.
"""

from __future__ import annotations

import pytest

from experiments.statements.catalogue import SEEDS, STATEMENTS
from experiments.statements.lab import Lab

pytestmark = pytest.mark.science


@pytest.fixture(scope="module")
def lab():
    """Return the laboratory of all tests; arms that statements share are run once."""
    return Lab(range(1, SEEDS + 1))


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda s: f"{s.id}-{s.slug}")
def test_statement_holds(statement, lab):
    findings = statement.measure(lab)
    for f in findings:
        print(f"{f.en}: {f.estimate:.4g}{f.unit} ± {f.error:.2g} (demanded: {f.demand})")
    assert [f.en for f in findings if not f.holds] == []
