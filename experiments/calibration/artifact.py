"""The ensemble as files: a table of members, and where they come from."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from experiments.calibration.runs import MONTHS, SCENARIO
from experiments.calibration.space import FREE, values
from experiments.calibration.targets import targets
from experiments.calibration.waves import Fitted, Size
from experiments.files import reason, write_whole
from experiments.results import versions
from scenarios.loader import load
from sim.errors import InputError
from sim.jit import code_hash
from sim.parameters import records

MEMBERS = 100
"""Accepted sets without which there is no ensemble."""


def order(fitted: Fitted) -> list[int]:
    """Return the rows of the accepted sets: the one nearest the centre first, the others as they were found.

    Nearness is measured in standard deviations of the accepted sets, so that no parameter counts more for its unit.
    """
    points = np.array(fitted.points)
    spread = points.std(axis=0)
    off = (points - np.median(points, axis=0)) / np.where(spread > 0.0, spread, 1.0)
    first = int((off * off).sum(axis=1).argmin())
    return [first, *(at for at in range(len(points)) if at != first)]


def provenance(fitted: Fitted, size: Size, runs: int) -> dict[str, Any]:
    """Return what the ensemble rests on."""
    return {
        "world": fitted.world,
        "created": datetime.now(UTC).date().isoformat(),
        "command": "kakawari calibrate",
        "method": "history matching with quadratic emulators; a member's own run meets every target without a reason",
        "runs": runs,
        "tried_at_full_size": fitted.tried,
        "accepted": len(fitted.points),
        "places": load(SCENARIO).places,
        "months": MONTHS,
        "burn_in": load(SCENARIO).burn_in,
        "persons_per_agent": size.fine,
        "persons_per_agent_of_waves": size.coarse,
        "seeds": [fitted.seeds[at] for at in order(fitted)],
        "targets": [t.model_dump() for t in targets(fitted.world)],
        "free": {path: [records()[path].low, records()[path].high] for path in FREE},
        "fixed": {path: r.default for path, r in records().items() if path not in FREE},
        "code": code_hash(),
        "versions": versions(),
    }


def write(folder: Path, fitted: Fitted, size: Size, runs: int) -> None:
    """Write the ensemble of a world into a folder.

    Raises:
        InputError: There are too few accepted sets, or the files cannot be written.
    """
    if len(fitted.points) < MEMBERS:
        raise InputError(
            f"world {fitted.world}: {len(fitted.points)} sets were accepted; an ensemble needs {MEMBERS}: give more --rounds; the runs made are kept."
        )
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(FREE)
    for at in order(fitted):
        out.writerow(values(fitted.points[at]).values())
    about = json.dumps(provenance(fitted, size, runs), ensure_ascii=False, indent=1) + "\n"
    try:
        write_whole(folder / f"ensemble_{fitted.world}.csv", text.getvalue().encode())
        write_whole(folder / f"ensemble_{fitted.world}.json", about.encode())
    except OSError as error:
        raise InputError(f"{folder}: the ensemble cannot be written ({reason(error)}).") from None
