"""Switch each statement's mechanism off and see its test go red: a test that cannot fail proves nothing.

`make mutants` prints which findings are lost without the mechanism. Fewer seeds are used than in the tests, so a finding
counts as lost only where it fails and less than half of the effect is left. A mutant is caught where the statement holds
with the mechanism on and its first finding, the headline, is lost with it off; other findings may rest on other
mechanisms, and it is printed which ones are lost and which are kept. Exit code 0 if all are caught, else 1.
"""

from __future__ import annotations

import argparse
import sys
import time

from rich.console import Console
from rich.table import Table

from experiments.statements.catalogue import SEEDS, STATEMENTS, by_id, measure, measure_all
from experiments.statements.findings import Finding
from experiments.statements.lab import Lab
from experiments.statements.record import Statement

FEW = 4
"""Seeds with the mechanism off."""


def main() -> int:
    """Measure every statement with its mechanism on and off, print the table, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("statements", nargs="*", metavar="R01", help="which ones; all by default")
    parser.add_argument("--seeds", type=int, default=FEW, help="seeds with the mechanism off")
    given = parser.parse_args()
    begun = time.perf_counter()
    wanted = [by_id()[name] for name in given.statements] or list(STATEMENTS)
    lab = Lab(range(1, SEEDS + 1))
    console, caught = Console(width=150, highlight=False), 0
    table = Table(
        "statement",
        "switched off",
        "findings, with the mechanism and without",
        "caught",
        box=None,
        pad_edge=False,
    )
    for statement in wanted:
        (intact,) = measure_all([statement], lab.seeds, lab=lab)
        off = measure(statement, range(1, given.seeds + 1), off=True)
        pairs = list(zip(intact.findings, off.findings, strict=True))
        red = intact.holds and _lost(*pairs[0])
        caught += red
        table.add_row(
            f"{statement.id} {statement.slug}", _switched(statement), "\n".join(_line(*pair) for pair in pairs),
            "yes" if red else "no" if intact.holds else "no: fails with the mechanism on",
        )  # fmt: skip
        print(f"{statement.id} {'caught' if red else 'NOT CAUGHT'} in {off.seconds:.0f} s", file=sys.stderr)
        if not red:
            print("\n".join(_line(*pair) for pair in pairs), file=sys.stderr, flush=True)
    console.print(table)
    print(f"{caught} of {len(wanted)} caught in {time.perf_counter() - begun:.0f} s")
    return 0 if caught == len(wanted) else 1


def _lost(on: Finding, off: Finding) -> bool:
    """Return whether a finding holds, fails without the mechanism, and has lost more than half of its effect."""
    return on.holds and not off.holds and not off.estimate / on.estimate >= 0.5


def _line(on: Finding, off: Finding) -> str:
    fate = "fails" if not on.holds else "lost" if _lost(on, off) else "kept"
    with_, without = (f"{f.estimate:.3g}{f.unit} ± {f.error:.2g}" for f in (on, off))
    return f"{fate}: {off.en}: {with_}, off {without}"


def _switched(statement: Statement) -> str:
    return ", ".join(f"{path} = {value:g}" for path, value in statement.off.items())


if __name__ == "__main__":
    sys.exit(main())
