"""Measure, print beside the last figures, and write `build/bench.json`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from rich.console import Console

from experiments.bench.commands import waits
from experiments.bench.months import SIZES, measure
from experiments.bench.show import show

FILE = Path("build") / "bench.json"
"""Where the figures are kept; the next run prints them beside its own."""


def main() -> None:
    """Measure all sizes up to the largest one asked for."""
    parser = argparse.ArgumentParser(description="Nanoseconds per person-month, and what a person waits for.")
    parser.add_argument(
        "--against", type=Path, default=FILE, help="figures of the time before (build/bench.json)"
    )
    parser.add_argument(
        "--most", type=float, default=1e7, help="leave out sizes with more people (10,000,000)"
    )
    given = parser.parse_args()
    before = json.loads(given.against.read_text(encoding="utf-8")) if given.against.exists() else {}
    console, months = Console(), []
    for size in SIZES:
        if size.people <= given.most:
            with console.status(f"{size.people:,} people, {size.table}"):
                months += measure(size)
    with console.status("cold and warm starts"):
        now = {"months": months, "waits": waits()}
    show(now, before if isinstance(before, dict) else {}, console)
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps(now, indent=2), encoding="utf-8")
    console.print(f"Written to {FILE}")


if __name__ == "__main__":
    main()
