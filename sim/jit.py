"""The only place with Numba flags, and the folder of compiled kernels.

Numba's own cache does not notice an edit in another file (numba#1833), so the folder is named by a hash
of all sources of `sim/`: any edit compiles anew.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numba
import numpy as np
from numba.extending import register_jitable
from platformdirs import user_cache_path

KEPT_VERSIONS = 8
"""Compiled versions of the code that are kept; older ones are removed."""

F = TypeVar("F", bound=Callable[..., Any])


@cache
def code_hash() -> str:
    """Return a SHA-256 over the sources and data of `sim/`, and the versions of NumPy and Numba."""
    sha = hashlib.sha256(f"numba {numba.__version__} numpy {np.__version__}".encode())
    root = Path(__file__).parent
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.csv")]):
        sha.update(str(path.relative_to(root)).encode())
        sha.update(path.read_bytes())
    return sha.hexdigest()


@cache
def cache_folder() -> Path:
    """Return Kakawari's folder in the user's cache directory, or a private temporary one if that is read-only."""
    folder = user_cache_path("kakawari")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    except OSError:
        pass
    return Path(tempfile.mkdtemp(prefix="kakawari-"))


def _kernel_folder() -> Path:
    return cache_folder() / "kernels" / code_hash()[:16]


def cache_is_shared() -> bool:
    """Return whether other processes find the kernels that this one compiles."""
    return cache_folder() == user_cache_path("kakawari")


def is_warm(way: str) -> bool:
    """Return whether the kernels of a way to run a month have been compiled before on this machine."""
    return (_kernel_folder() / f"warm-{way}").exists()


def mark_warm(way: str) -> None:
    """Note that the kernels are compiled; called after every month."""
    folder = _kernel_folder()
    if not is_warm(way):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"warm-{way}").touch()
        others = sorted(folder.parent.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in others[KEPT_VERSIONS:]:
            shutil.rmtree(old, ignore_errors=True)


numba.config.CACHE_DIR = str(_kernel_folder())  # type: ignore[attr-defined]


_ROOMY: dict[str, Any] = {"nogil": True, "cache": True, "error_model": "numpy"}
_LEAN: dict[str, Any] = {**_ROOMY, "_nrt": False}


def kernel(function: F) -> F:
    """Compile a function that loops over a chunk of people, hosts or places and makes no arrays.

    Such a function needs no count of who holds which array. Numba would count at every call of a helper and for every array
    taken out of a tuple, in memory that all threads share: a fifth of a month.
    """
    compiled: F = numba.njit(function, **_LEAN)
    return compiled


def roomy_kernel(function: F) -> F:
    """Compile a `kernel` that makes arrays of its own."""
    compiled: F = numba.njit(function, **_ROOMY)
    return compiled


def helper(function: F) -> F:
    """Let kernels call a function for one person, host or place, compiled with them; to Python it stays Python."""
    marked: F = register_jitable(error_model="numpy", inline="never")(function)
    marked.is_helper = True  # type: ignore[attr-defined]
    return marked


def inlined(function: F) -> F:
    """Compile a function into the body of each kernel that calls it, so that a loop over it becomes vector code."""
    compiled: F = numba.njit(function, nogil=True, cache=True, error_model="numpy", inline="always")
    return compiled
