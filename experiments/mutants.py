"""Switch each statement's mechanism off and see its test go red: a test that cannot fail proves nothing.

`make mutants` prints which findings fail without the mechanism. A mutant counts as caught only where the same seeds
pass with the mechanism on. Exit code 0 if all are caught, else 1.
"""

from __future__ import annotations

import argparse
import sys

from rich.console import Console
from rich.table import Table

from experiments.statements.catalogue import SEEDS, STATEMENTS, by_id, measure, measure_all
from experiments.statements.record import Measured, Statement


def main() -> int:
    """Measure every statement with its mechanism on and off, print the table, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("statements", nargs="*", choices=[*by_id(), []], help="which ones; all by default")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="seeds of every arm")
    given = parser.parse_args()
    wanted = [by_id()[name] for name in given.statements] or list(STATEMENTS)
    seeds = range(1, given.seeds + 1)
    console, caught = Console(width=150, highlight=False), 0
    table = Table("statement", "switched off", "findings that fail then", "caught", box=None, pad_edge=False)
    for statement, intact in zip(wanted, measure_all(wanted, seeds), strict=True):
        off = measure(statement, seeds, off=True)
        red = intact.holds and not off.holds
        caught += red
        table.add_row(
            f"{statement.id} {statement.slug}", _switched(statement), _failing(off), _word(intact, red)
        )
        print(f"{statement.id} {'caught' if red else 'NOT CAUGHT'} in {off.seconds:.0f} s", file=sys.stderr)
    console.print(table)
    print(f"{caught} of {len(wanted)} caught")
    return 0 if caught == len(wanted) else 1


def _switched(statement: Statement) -> str:
    return ", ".join(f"{path} = {value:g}" for path, value in statement.off.items())


def _failing(off: Measured) -> str:
    return "\n".join(f"{f.en}: {f.estimate:.3g} ± {f.error:.2g}" for f in off.findings if not f.holds)


def _word(intact: Measured, red: bool) -> str:
    return "yes" if red else "no" if intact.holds else "no: fails with the mechanism on"


if __name__ == "__main__":
    sys.exit(main())
