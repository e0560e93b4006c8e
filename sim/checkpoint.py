"""A state on disk: saved whole, renamed into place, read back bit for bit."""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from sim.errors import InputError
from sim.jit import cache_folder, code_hash
from sim.parameters import differences
from sim.places import Places
from sim.scenario import Scenario
from sim.state import Census, Hosts, People, Regions, State, Ties

KEPT_BYTES = 1_000_000_000
_GROUPS: dict[str, Any] = {
    "people": People,
    "ties": Ties,
    "hosts": Hosts,
    "regions": Regions,
    "census": Census,
}


def write(path: Path, state: State, meta: dict[str, Any], extra: dict[str, Any] | None = None) -> None:
    """Write a state, its description and further arrays to a file, all or nothing."""
    arrays = {f"{g}.{n}": v for g in _GROUPS for n, v in getattr(state, g)._asdict().items()}
    text = json.dumps({**meta, "month": state.month, "code": code_hash()}, sort_keys=True)
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        with part.open("wb") as file:
            np.savez(file, meta=np.array(text), **arrays, **(extra or {}))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def read(path: Path) -> tuple[State, dict[str, Any], dict[str, Any]]:
    """Return a state, its description and the further arrays.

    Raises:
        InputError: The file is missing, damaged, or was written by other code.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        meta = json.loads(str(arrays.pop("meta")))
        groups = {g: kind(*(arrays.pop(f"{g}.{n}") for n in kind._fields)) for g, kind in _GROUPS.items()}
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such checkpoint.") from None
    except Exception as error:
        raise InputError(f"{path}: not a whole checkpoint ({type(error).__name__}).") from None
    if meta.get("code") != code_hash():
        raise InputError(f"{path}: written by another version of the model; run it again from the start.")
    return State(month=meta["month"], **groups), meta, arrays


def burn_in_key(scenario: Scenario, places: Places, seed: int) -> str:
    """Return what a burnt-in state depends on, as a hash: everything but the measures and the length."""
    content = [
        places.digest,
        scenario.persons_per_agent,
        scenario.burn_in,
        sorted(differences(scenario.parameters).items()),
        seed,
        code_hash(),
    ]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def stored_burn_in(key: str) -> State | None:
    """Return a burnt-in state from the user's cache, or None."""
    path = _burn_in_path(key)
    if not path.exists():
        return None
    try:
        state, _, _ = read(path)
    except InputError:
        return None
    with suppress(OSError):
        os.utime(path)
    return state


def store_burn_in(key: str, state: State) -> None:
    """Keep a burnt-in state for later runs, and let the oldest go beyond a gigabyte."""
    path = _burn_in_path(key)
    size = sum(column.nbytes for group in _GROUPS for column in getattr(state, group))
    if (
        size > KEPT_BYTES / 4
    ):  # a whole country: longer to write than to run, and it would push out all others
        return
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, state, {"key": key})
        _forget_oldest(path.parent)


def unfinished(scenario: Scenario, places: Places, seed: int) -> Path:
    """Return where a long run leaves its last year until it is done."""
    key = burn_in_key(scenario, places, seed) + scenario.digest
    return cache_folder() / "unfinished" / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.npz"


def _burn_in_path(key: str) -> Path:
    return cache_folder() / "burn-in" / f"{key[:32]}.npz"


def _forget_oldest(folder: Path) -> None:
    files = sorted(folder.glob("*.npz"), key=lambda p: p.stat().st_mtime, reverse=True)
    total = 0
    for path in files:
        total += path.stat().st_size
        if total > KEPT_BYTES:
            path.unlink(missing_ok=True)
