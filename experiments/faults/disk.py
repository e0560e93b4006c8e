"""Disks that fill up, folders that cannot be written, parts that rot: `python -m experiments.faults.disk` (as root).

A small disk in memory fills up in the middle of a sweep; what was stored must stay whole, the sweep must say so in a
sentence and end with exit code 3 (or 2, before its first run), and go on when there is room. Exit code 0 if so.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from experiments.faults.harness import Left, finish, left, sweep_file
from experiments.sweep import parts

SIZES_KB = (16, 32, 48, 64, 96, 128, 192, 256)
"""From too small for the manifest to nearly enough; enough where the machine is busy, because parts are written by the
clock, and few large ones take less room than many small ones."""

FULL_AT_LEAST = 5
"""So many of the disks must fill up, or nothing was tried."""

ROOM_KB = 65_536


def main() -> int:
    """Prove it; return the exit code."""
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        file = sweep_file(work)
        code, said = finish(file, work / "whole")
        whole = left(work / "whole")
        if code:
            raise RuntimeError(f"the undisturbed sweep ended with {code}: {said}")
        tried = [_small(size, file, work, whole) for size in SIZES_KB]
        wrong = [line for _, line in tried] + [_rotten(file, work, whole), _read_only(file, work)]
    full = sum(was_full for was_full, _ in tried)
    wrong = [line for line in wrong if line]
    if full < FULL_AT_LEAST:
        wrong.append(f"only {full} of {len(SIZES_KB)} disks filled up")
    print(
        "\n".join(wrong)
        or f"{full} full disks, a read-only one and rotten parts: nothing lost, all said in a sentence"
    )
    return 1 if wrong else 0


def _small(size: int, file: Path, work: Path, whole: Left) -> tuple[bool, str]:
    """Run on a disk of so many kB; return whether it filled up, and what went wrong, or ""."""
    disk = work / f"disk-{size}"
    disk.mkdir()
    _mount(disk, f"size={size}k")
    try:
        code, said = finish(file, disk / "x")
        found = left(disk / "x")
        print(f"{size} kB: exit code {code}, {found.rows} runs kept; {said}")
        if code == 0 and found == whole:
            return False, ""
        if code not in (2, 3) or "disk is full" not in said or "Traceback" in said or found.damaged:
            return True, f"{size} kB: exit code {code}, {found}, {said}"
        _mount(disk, f"remount,size={ROOM_KB}k")
        code, said = finish(file, disk / "x")
        good = code == 0 and left(disk / "x") == whole
        return True, "" if good else f"{size} kB, with room: {code}, {left(disk / 'x')}"
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def _read_only(file: Path, work: Path) -> str:
    disk = work / "locked"
    disk.mkdir()
    _mount(disk, "ro")
    try:
        code, said = finish(file, disk / "x")
        print(f"read-only: exit code {code}; {said}")
        return "" if code == 2 and "read-only" in said and "\n" not in said else f"read-only: {code}, {said}"
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def _rotten(file: Path, work: Path, whole: Left) -> str:
    """Cut one part short and change a byte of another, then run again."""
    some = sorted((work / "whole" / parts.PARTS).glob("*.parquet"))
    some[0].write_bytes(some[0].read_bytes()[:-100])
    data = bytearray(some[-1].read_bytes())
    data[len(data) // 2] ^= 1
    some[-1].write_bytes(data)
    seen = left(work / "whole").damaged
    code, _ = finish(file, work / "whole")
    found = left(work / "whole")
    return (
        ""
        if seen == 2 and code == 0 and found == whole
        else f"rotten parts: {seen} seen, exit code {code}, {found}"
    )


def _mount(folder: Path, options: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)


if __name__ == "__main__":
    sys.exit(main())
