"""Measured statements in the user's cache folder, for as long as neither the model nor the statements change."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from experiments.statements.arms import WEIGHT, Values, places
from experiments.statements.findings import Finding
from experiments.statements.record import Measured
from sim.jit import cache_folder, code_hash

NUMBERS = ("estimate", "error", "low", "high")


def kept(id: str, seeds: Sequence[int], base: Values = ()) -> Measured | None:
    """Return a statement as it was measured before with the same code, seeds and parameters, or None."""
    try:
        data = json.loads(_path(id, seeds, base).read_text(encoding="utf-8"))
        findings = tuple(Finding(**{**row, **_numbers(row)}) for row in data["findings"])
        return Measured(data["id"], data["seeds"], findings, data["seconds"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(measured: Measured, seeds: Sequence[int], base: Values = ()) -> None:
    """Remember a measured statement; where nothing can be written, it is measured again next time."""
    path = _path(measured.id, seeds, base)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in path.parent.glob(f"{measured.id}-{_name(base)}-*.json"):
            old.unlink(missing_ok=True)
        path.write_text(json.dumps(as_json(measured), allow_nan=False), encoding="utf-8")


def as_json(measured: Measured) -> dict[str, Any]:
    """Return a measured statement as plain data; null where a number is not defined."""
    data = asdict(measured)
    for row in data["findings"]:
        for name in NUMBERS:
            row[name] = row[name] if math.isfinite(row[name]) else None
    return {**data, "holds": measured.holds}


def _numbers(row: dict[str, Any]) -> dict[str, float]:
    return {name: math.nan if row[name] is None else float(row[name]) for name in NUMBERS}


def _path(id: str, seeds: Sequence[int], base: Values) -> Path:
    return cache_folder() / "statements" / f"{id}-{_name(base)}-{_hash([_code(), list(seeds)])}.json"


def _name(base: Values) -> str:
    return f"set-{_hash(base)}" if base else "baseline"


def _hash(content: object) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]


@cache
def _code() -> str:
    """Return a hash of all that decides the numbers: the model, the regions, the statements."""
    sha = hashlib.sha256(f"{code_hash()} {places().digest} {WEIGHT}".encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        sha.update(path.read_bytes())
    return sha.hexdigest()
