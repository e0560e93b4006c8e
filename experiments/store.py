"""The output folder: Parquet tables, a manifest, and whatever text belongs beside them.

A folder appears whole or not at all: everything is written into a hidden neighbour, which then takes
the name. A folder that this program did not write is never touched.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from experiments.files import reason
from experiments.units import unit_of
from sim.errors import InputError

MANIFEST = "manifest.json"
FORMAT = "kakawari results 1"
NEEDED_BYTES = 64 * 2**20
"""Free space asked for before a run starts."""


@dataclass(frozen=True, eq=False)
class Results:
    """Everything an output folder holds.

    Attributes:
        months: By scenario, seed, month and place code; counts in simulated persons.
        spells: Life of ties by scenario, seed, year, type at the start, near, age.
        hosts: By scenario, seed and host place at the end.
        flows: By scenario, seed, home code and place code at the end.
        persistence: Share of ties alive by scenario, seed and age in months.
        indicators: scenario, seed, indicator, value, unit.
        comparison: Paired differences with intervals; None for a single scenario.
        manifest: Provenance, as in `manifest.json`.
    """

    months: pd.DataFrame
    spells: pd.DataFrame
    hosts: pd.DataFrame
    flows: pd.DataFrame
    persistence: pd.DataFrame
    indicators: pd.DataFrame
    comparison: pd.DataFrame | None
    manifest: dict[str, Any]

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Tables by name, without those that are missing."""
        names = ("months", "spells", "hosts", "flows", "persistence", "indicators", "comparison")
        return {n: t for n in names if (t := getattr(self, n)) is not None}


def check_target(folder: Path) -> None:
    """Refuse a folder that cannot or must not be written, before anything is run.

    Raises:
        InputError: It holds something else, lies under a file, cannot be written, or the disk is full.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder}: this is a file; give a folder with --out.")
    if folder.is_dir() and any(folder.iterdir()) and not _is_ours(folder):
        raise InputError(f"{folder}: holds other files; give an empty or new folder with --out.")
    above = folder.absolute().parent
    while not above.exists():
        above = above.parent
    if not above.is_dir():
        raise InputError(
            f"{folder}: '{above}' is a file, so no folder can be made in it; choose another --out."
        )
    if not os.access(above, os.W_OK | os.X_OK):
        raise InputError(f"{folder}: '{above}' cannot be written to; choose another --out.")
    if shutil.disk_usage(above).free < NEEDED_BYTES:
        raise InputError(
            f"{folder}: the disk has less than {NEEDED_BYTES >> 20} MB left; choose another --out."
        )


def write(folder: Path, results: Results, texts: Mapping[str, str] | None = None) -> None:
    """Write a folder whole, in place of an older one of ours.

    Args:
        folder: Where it goes.
        results: What it holds.
        texts: Further files by name, e.g. the report.

    Raises:
        InputError: The folder is not ours, or the disk is full or cannot be written.
    """
    check_target(folder)
    try:
        folder.absolute().parent.mkdir(parents=True, exist_ok=True)
        # Hidden, beside the target: a rename is atomic only within one file system.
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.absolute().parent) as work:
            new = Path(work) / "new"
            new.mkdir()
            _fill(new, results, texts or {})
            _swap(new, folder, Path(work) / "old")
    except OSError as error:
        raise InputError(
            f"{folder}: could not be written ({reason(error)}); choose another --out."
        ) from error


def load(folder: Path | str) -> Results | pd.DataFrame:
    """Read a folder back: the tables of an output folder, or the runs of a sweep (see `experiments.sweep.views`).

    Raises:
        InputError: It is neither.
    """
    from experiments.sweep.folder import is_sweep
    from experiments.sweep.views import load as load_sweep

    folder = Path(folder)
    if is_sweep(folder):
        return load_sweep(folder)
    if not _is_ours(folder):
        raise InputError(f"{folder}: not an output folder of kakawari (no {MANIFEST}).")
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    tables = {path.stem: pd.read_parquet(path) for path in sorted(folder.glob("*.parquet"))}
    comparison = tables.pop("comparison", None)
    return Results(**tables, comparison=comparison, manifest=manifest)


def _fill(folder: Path, results: Results, texts: Mapping[str, str]) -> None:
    scale = results.manifest.get("persons_per_agent", 1)
    for name, frame in results.tables.items():
        _parquet(folder / f"{name}.parquet", name, frame, scale)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    manifest = json.dumps(results.manifest, ensure_ascii=False, indent=2, allow_nan=False)
    (folder / MANIFEST).write_text(manifest + "\n", encoding="utf-8")


def _parquet(path: Path, name: str, frame: pd.DataFrame, scale: float) -> None:
    """Write one table, with the unit of every column in the field's metadata."""
    data = pa.Table.from_pandas(frame, preserve_index=False)
    fields = [f.with_metadata({"unit": unit_of(name, f.name)}) for f in data.schema]
    about = {"table": name, "format": FORMAT, "persons_per_agent": f"{scale:g}"}
    schema = pa.schema(fields, metadata={**(data.schema.metadata or {}), **about})
    pq.write_table(data.cast(schema), path, compression="zstd")


def _swap(new: Path, folder: Path, aside: Path) -> None:
    old = folder.exists()
    if old:
        folder.rename(aside)
    try:
        new.rename(folder)
    except OSError:
        if old:
            aside.rename(folder)
        raise


def _is_ours(folder: Path) -> bool:
    try:
        return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["format"] == FORMAT
    except (OSError, ValueError, KeyError, TypeError):
        return False
