"""Switch each statement's mechanism off and see its test go red: a test that cannot fail proves nothing.

`make mutants` prints which findings are lost without the mechanism. Fewer seeds are used than in the tests, so a finding
counts as lost only where it fails and less than half of the effect is left; a mutant is caught where the statement holds
with the mechanism on and has a finding that is lost with it off. Exit code 0 if all are caught, else 1.
"""

from __future__ import annotations

import argparse
import sys

from rich.console import Console
from rich.table import Table

from experiments.statements.catalogue import SEEDS, STATEMENTS, by_id, measure, measure_all
from experiments.statements.findings import Finding
from experiments.statements.record import Statement

FEW = 4
"""Seeds with the mechanism off."""


def main() -> int:
    """Measure every statement with its mechanism on and off, print the table, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("statements", nargs="*", metavar="R01", help="which ones; all by default")
    parser.add_argument("--seeds", type=int, default=FEW, help="seeds with the mechanism off")
    given = parser.parse_args()
    wanted = [by_id()[name] for name in given.statements] or list(STATEMENTS)
    whole = measure_all(wanted, range(1, SEEDS + 1))
    console, caught = Console(width=150, highlight=False), 0
    table = Table("statement", "switched off", "findings lost", "caught", box=None, pad_edge=False)
    for statement, intact in zip(wanted, whole, strict=True):
        off = measure(statement, range(1, given.seeds + 1), off=True)
        lost = [pair for pair in zip(intact.findings, off.findings, strict=True) if _lost(*pair)]
        red = intact.holds and bool(lost)
        caught += red
        table.add_row(
            f"{statement.id} {statement.slug}", _switched(statement), "\n".join(_line(*pair) for pair in lost),
            "yes" if red else "no" if intact.holds else "no: fails with the mechanism on",
        )  # fmt: skip
        print(f"{statement.id} {'caught' if red else 'NOT CAUGHT'} in {off.seconds:.0f} s", file=sys.stderr)
    console.print(table)
    print(f"{caught} of {len(wanted)} caught")
    return 0 if caught == len(wanted) else 1


def _lost(on: Finding, off: Finding) -> bool:
    """Return whether a finding holds, fails without the mechanism, and has lost more than half of its effect."""
    return on.holds and not off.holds and not off.estimate / on.estimate >= 0.5


def _line(on: Finding, off: Finding) -> str:
    return f"{off.en}: {on.estimate:.3g}{on.unit}, off {off.estimate:.3g}{off.unit} ± {off.error:.2g}"


def _switched(statement: Statement) -> str:
    return ", ".join(f"{path} = {value:g}" for path, value in statement.off.items())


if __name__ == "__main__":
    sys.exit(main())
