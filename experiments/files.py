"""Files that are there whole or not at all, also after a crash or a power cut."""

from __future__ import annotations

import contextlib
import errno
import os
import uuid
from pathlib import Path

PART = ".part"
"""Ending of a file that is still being written; nothing reads those."""


def write_whole(path: Path, data: bytes) -> None:
    """Write a file under a temporary name, force it to the disk, and only then give it its name.

    Raises:
        OSError: The disk is full or cannot be written; the file is then as it was before.
    """
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}{PART}")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync_folder(path.parent)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def remove_unfinished(folder: Path) -> None:
    """Remove what a killed process left half-written."""
    for part in folder.glob(f".*{PART}"):
        part.unlink(missing_ok=True)


def reason(error: OSError) -> str:
    """Return why a file could not be written, in words."""
    known = {
        errno.ENOSPC: "the disk is full",
        errno.EROFS: "the disk is read-only",
        errno.EACCES: "no permission",
    }
    return known.get(error.errno or 0, error.strerror or type(error).__name__)


def _sync_folder(folder: Path) -> None:
    # Without it, a power cut may lose the new name although the contents are on the disk.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
