"""How the figures of a scenario depend on the persons that one agent stands for, and on how finely places are cut.

`python -m experiments.scales FOLDER FOLDER ...` reads folders that `kakawari run` has written, the first with several
replicates, and prints the differences of all others from it, with 90% intervals, as a table in Markdown.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from experiments.compare import YEN
from experiments.intervals import LEVEL, student_t
from experiments.store import Results, load
from sim.errors import InputError
from sim.indicators import records


class Scale(NamedTuple):
    """Runs of one scale.

    Attributes:
        name: Places and persons per agent.
        weight: Persons per agent.
        figures: Indicators (columns) by run (rows).
    """

    name: str
    weight: float
    figures: pd.DataFrame


def read(folder: Path) -> Scale:
    """Return the runs of an output folder.

    Raises:
        InputError: It is none, or holds more than one scenario.
    """
    results = load(folder)
    if not isinstance(results, Results) or len(set(results.indicators["scenario"])) != 1:
        raise InputError(
            f"{folder}: holds no runs of a single scenario; give what 'kakawari run' has written."
        )
    weight = float(results.manifest["persons_per_agent"])
    table = results.indicators.pivot_table(index="seed", columns="indicator", values="value")
    return Scale(f"{results.manifest['places']['name']} 1:{weight:,.0f}", weight, table)


def difference(one: Scale, other: Scale, indicator: str, level: float = LEVEL) -> tuple[float, float, float]:
    """Return mean difference, low and high of `other` less `one`.

    A single run of `other` has the spread of a run of `one`, less as it has more agents: luck falls with their root.

    Args:
        one: At least two runs.
        other: One run or more.
        indicator: Which figure.
        level: Share of intervals that cover the true value.
    """
    a, b = (s.figures[indicator].dropna().to_numpy(dtype=np.float64) for s in (one, other))
    if len(a) < 2 or len(b) < 1:
        return math.nan, math.nan, math.nan
    spread = float(a.std(ddof=1))
    theirs = float(b.std(ddof=1)) if len(b) > 1 else spread * math.sqrt(other.weight / one.weight)
    # The smaller number of runs decides how surely the spread is known; a single run borrows that of `one`.
    freedom = min(len(a), len(b) if len(b) > 1 else len(a)) - 1
    half = student_t(level, freedom) * math.sqrt(spread**2 / len(a) + theirs**2 / len(b))
    mean = float(b.mean() - a.mean())
    return mean, mean - half, mean + half


def table(scales: Sequence[Scale]) -> str:
    """Return the differences from the first scale in Markdown; * where the interval leaves out zero."""
    first, *others = scales
    heads = [f"{s.name}, {len(s.figures)} run{'s' if len(s.figures) > 1 else ''}" for s in scales]
    lines = [f"| | {' | '.join(heads)} |", "|---|" + "--:|" * len(scales)]
    for name, record in records().items():
        if name == YEN or name not in first.figures:
            continue
        cells = [f"{first.figures[name].mean():,.{record.digits}f}"]
        for other in others:
            # Rounded before it is judged: yen of a plan that is paid for alike differ in the last bit only. + 0.0: no -0.
            mean, low, high = (round(v, record.digits + 1) + 0.0 for v in difference(first, other, name))
            mark = "\\*" if low > 0.0 or high < 0.0 else ""
            words = (f"{v:+,.{record.digits + 1}f}" for v in (mean, low, high))
            cells.append("-" if math.isnan(mean) else "{} ({} to {}){}".format(*words, mark))
        lines.append(f"| {record.en} ({record.unit}) | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> int:
    """Print the table; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+")
    try:
        print(table([read(folder) for folder in parser.parse_args().folders]))
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
