"""From runs to the tables and the manifest of an output folder."""

from __future__ import annotations

import platform
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np
import pandas as pd

from experiments.compare import EXTRA, YEN, Run, paired, table
from experiments.intervals import LEVEL
from experiments.store import FORMAT, Results
from sim.places import Places

PACKAGES = ("kakawari", "numpy", "numba", "pandas", "mesa", "pyarrow")

EXTRA_UNIT = "yen a tie"
YEN_UNIT = "yen"


def results(runs: Sequence[Run], places: Places, command: str, level: float = LEVEL) -> Results:
    """Gather runs of one scenario, or of two to be compared (the first is the base).

    Args:
        runs: As `replicate` returns them.
        places: The table they ran on.
        command: The command line that does the same again.
        level: Share of intervals that cover the true value.
    """
    names = list(dict.fromkeys(run.scenario.name for run in runs))
    figures = table(runs)
    figures["unit"] = figures["indicator"].map(units())
    comparison = None
    if len(names) == 2:
        comparison = paired(figures, names[0], names[1], level)
        comparison["unit"] = comparison["indicator"].map(units())
    return Results(
        months=_stack(runs, _months, places),
        spells=_stack(runs, _plain("spells"), places),
        hosts=_stack(runs, _hosts, places),
        flows=_stack(runs, _flows, places),
        persistence=_stack(runs, _persistence, places),
        indicators=figures,
        comparison=comparison,
        manifest=_manifest(runs, places, command, level),
    )


def units() -> dict[str, str]:
    """Return the unit of every row of the tables of indicators."""
    from sim.indicators import records

    return {**{name: r.unit for name, r in records().items()}, EXTRA: EXTRA_UNIT, YEN: YEN_UNIT}


def _stack(runs: Sequence[Run], make: Callable[[Run, Places], pd.DataFrame], places: Places) -> pd.DataFrame:
    parts = []
    for run in runs:
        part = make(run, places)
        part.insert(0, "seed", np.int64(run.seed))
        part.insert(0, "scenario", run.scenario.name)
        parts.append(part)
    whole = pd.concat(parts, ignore_index=True)
    whole["scenario"] = whole["scenario"].astype("category")
    return whole


def _months(run: Run, places: Places) -> pd.DataFrame:
    frame = pd.DataFrame(run.tables["months"])
    frame.insert(1, "code", _codes(frame.pop("place"), places))
    return frame


def _hosts(run: Run, places: Places) -> pd.DataFrame:
    frame = pd.DataFrame(run.tables["hosts"])
    frame.insert(0, "code", _codes(frame.pop("place"), places))
    return frame


def _flows(run: Run, places: Places) -> pd.DataFrame:
    frame = pd.DataFrame(run.tables["flows"])
    for column in ("place", "home"):
        frame[column] = _codes(frame[column], places)
    return frame


def _persistence(run: Run, places: Places) -> pd.DataFrame:
    return pd.DataFrame({"age": np.arange(len(run.persistence)), "alive": run.persistence})


def _plain(name: str) -> Callable[[Run, Places], pd.DataFrame]:
    return lambda run, places: pd.DataFrame(run.tables[name])


def _codes(index: pd.Series, places: Places) -> pd.Series:
    """Return codes in place of row numbers, each kept once and not once a row."""
    codes = pd.Categorical.from_codes(index.to_numpy().tolist(), categories=pd.Index(places.code))
    return pd.Series(codes, index=index.index)


def _manifest(runs: Sequence[Run], places: Places, command: str, level: float) -> dict[str, Any]:
    scenarios = {run.scenario.name: run.scenario for run in runs}
    first = runs[0].scenario
    return {
        "format": FORMAT,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": command,
        "scenarios": [
            {
                "name": s.name,
                "title_ja": s.title_ja,
                "title_en": s.title_en,
                "question_ja": s.question_ja,
                "question_en": s.question_en,
                "digest": s.digest,
                "content": s.content(),
            }
            for s in scenarios.values()
        ],
        "seeds": sorted({run.seed for run in runs}),
        "level": level,
        "months": first.months,
        "persons_per_agent": first.persons_per_agent,
        "places": {"name": places.name, "count": len(places), "digest": places.digest},
        "digests": {s: {str(r.seed): r.digest for r in runs if r.scenario.name == s} for s in scenarios},
        "code_hash": _code_hash(),
        "versions": versions(),
        "platform": platform.platform(),
    }


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that may matter."""
    return {"python": platform.python_version(), **{p: _version(p) for p in PACKAGES}}


def _code_hash() -> str:
    from sim.jit import code_hash

    return code_hash()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"
