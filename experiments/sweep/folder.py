"""The folder of a sweep: manifest, design, parts, and the lock of the one coordinator that may write.

The store is addressed by content: a run is found by its key alone, so a sweep with more replicates or more points
goes on in the same folder. A folder of other code, or of another sweep, is refused.
"""

from __future__ import annotations

import fcntl
import io
import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.files import reason, remove_unfinished, write_whole
from experiments.results import versions
from experiments.sweep import parts
from experiments.sweep.plan import Plan
from experiments.sweep.trial import FORMAT
from sim.errors import InputError
from sim.jit import code_hash

MANIFEST, DESIGN, LOCK = "manifest.json", "design.parquet", "lock"


@contextmanager
def opened(folder: Path, plan: Plan, design: pd.DataFrame, command: str) -> Iterator[list[Path]]:
    """Hold a folder for one coordinator; make it, or check that it belongs to this sweep and this code.

    Yields:
        The parts that were found damaged and are now set aside.

    Raises:
        InputError: It is not ours, of other code, held by another coordinator, or cannot be written.
    """
    _refuse_foreign(folder)
    try:
        for name in parts.FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
        lock = (folder / LOCK).open("a+")
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({reason(error)}); choose another --out.") from None
    with lock:
        _hold(lock, folder)
        _refuse_other(folder, plan)
        try:
            for place in (folder, *(folder / name for name in parts.FOLDERS)):
                remove_unfinished(place)
            _, damaged = parts.verified(folder)
            for path in damaged:
                parts.set_aside(path)
            write_whole(folder / DESIGN, _parquet(design))
            text = json.dumps(_manifest(plan, command), ensure_ascii=False, indent=2)
            write_whole(folder / MANIFEST, text.encode())
        except OSError as error:
            raise InputError(
                f"{folder}: cannot be written ({reason(error)}); what is there stays; make room, or choose another --out."
            ) from None
        yield damaged


def manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a sweep's folder.

    Raises:
        InputError: It is none.
    """
    try:
        found: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if found["format"] != FORMAT:
            raise KeyError("format")
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(f"{folder}: not the folder of a sweep (no {MANIFEST} of one).") from None
    return found


def is_sweep(folder: Path) -> bool:
    """Return whether a folder holds a sweep."""
    try:
        return bool(manifest(folder))
    except InputError:
        return False


def _refuse_foreign(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder}: this is a file; give a folder with --out.")
    # A folder that died before its first manifest holds nothing but these.
    ours = {LOCK, DESIGN, *parts.FOLDERS}
    names = {p.name for p in folder.iterdir() if not p.name.startswith(".")} if folder.is_dir() else set()
    if names - ours and not is_sweep(folder):
        raise InputError(f"{folder}: holds other files; give an empty or new folder with --out.")


def _hold(lock: io.TextIOWrapper, folder: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        raise InputError(
            f"{folder}: another sweep ({lock.read().strip() or 'unknown'}) is writing here; wait for it, or give another --out."
        ) from None
    lock.truncate(0)
    lock.write(f"process {os.getpid()} on {platform.node()}")
    lock.flush()


def _refuse_other(folder: Path, plan: Plan) -> None:
    if not (folder / MANIFEST).exists():
        return
    found = manifest(folder)
    if found["code"] != code_hash():
        raise InputError(
            f"{folder}: made by other code of the model ({found['code'][:12]}, not {code_hash()[:12]}); "
            "give another --out: results of two versions are never mixed."
        )
    if found["name"] != plan.name:
        raise InputError(
            f"{folder}: holds the sweep '{found['name']}', not '{plan.name}'; give another --out."
        )


def _manifest(plan: Plan, command: str) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "name": plan.name,
        "title_ja": plan.title_ja,
        "title_en": plan.title_en,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": command,
        "code": code_hash(),
        "design": plan.design,
        "size": plan.size,
        "levels": plan.levels,
        "seed": plan.seed,
        "replicates": plan.replicates,
        "world": plan.world,
        "members": len(plan.members),
        "factors": [{"name": f.name, "unit": f.unit} for f in plan.factors],
        "scenarios": [
            {"name": s.name, "title_ja": s.title_ja, "title_en": s.title_en} for s in plan.scenarios
        ],
        "places": {"name": plan.places.name, "digest": plan.places.digest},
        "file": plan.text,
        "versions": versions(),
        "platform": platform.platform(),
    }


def _parquet(frame: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.to_parquet(buffer, index=False, compression="zstd")
    return buffer.getvalue()
