"""The results of a sweep on disk: Parquet parts that are never changed, each named by the hash of its bytes.

A part appears whole or not at all. One that was cut short, or whose bytes rotted, no longer fits its name; its runs
are then made again. Runs that failed lie in parts of their own, so that trying them again is to remove those.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from experiments.files import write_whole
from experiments.results import units
from experiments.sweep.trial import FORMAT
from experiments.sweep.worker import FAILED, Row, columns
from sim.errors import InputError

PARTS, FAILURES = "parts", "failed"
FOLDERS = (PARTS, FAILURES)
BROKEN = ".broken"
"""Ending of a part that was found damaged; kept for whoever wants to look at it, read by nobody."""

WORDS = {
    "key": "hash of scenario, places, seed and code", "status": "ok or failed", "cause": "why it failed",
    "digest": "SHA-256 of the outcome", "code": "hash of the model's code",
}  # fmt: skip


def schema() -> pa.Schema:
    """Return the columns of a part: words, then figures; NaN where a figure has no meaning."""
    fields = [pa.field(name, pa.string(), metadata={"unit": words}) for name, words in WORDS.items()]
    known = units()
    fields += [pa.field(name, pa.float64(), metadata={"unit": known[name]}) for name in columns()]
    return pa.schema(fields, metadata={"format": FORMAT})


def write(folder: Path, rows: Sequence[Row], code: str) -> None:
    """Write rows, those of failed runs apart.

    Raises:
        OSError: The disk is full or cannot be written.
    """
    for name in FOLDERS:
        mine = [row for row in rows if (row.status == FAILED) == (name == FAILURES)]
        if mine:
            data = _bytes(mine, code)
            write_whole(folder / name / f"{_hash(data)}.parquet", data)


def verified(folder: Path) -> tuple[list[pa.Table], list[Path]]:
    """Return the tables of all whole parts, and the paths of the damaged ones."""
    tables, damaged = [], []
    for path in _paths(folder):
        data = path.read_bytes()
        if _hash(data) != path.stem:
            damaged.append(path)
        else:
            # Without threads: one that still reads ahead when Python goes takes the whole process down with it.
            file = pq.ParquetFile(pa.BufferReader(data), pre_buffer=False)
            tables.append(file.read(use_threads=False))
    return tables, damaged


def read(folder: Path) -> pa.Table:
    """Return all rows, one a key, sorted by key.

    Raises:
        InputError: A part is damaged.
    """
    tables, damaged = verified(folder)
    if damaged:
        raise InputError(
            f"{damaged[0]}: damaged (its bytes do not fit its name); run the sweep again, which makes its runs anew."
        )
    return one_a_key(tables)


def one_a_key(tables: Iterable[pa.Table]) -> pa.Table:
    """Return rows sorted by key, each key once: parts copied from another machine may hold the same runs."""
    whole = pa.concat_tables([schema().empty_table(), *tables]).sort_by("key")
    keys = whole.column("key").to_pylist()
    first = [i for i, key in enumerate(keys) if i == 0 or keys[i - 1] != key]
    return whole if len(first) == len(keys) else whole.take(first)


def digest(rows: pa.Table) -> str:
    """Return the SHA-256 of a table's content, whatever the parts and the order it was made in."""
    sha = hashlib.sha256()
    for name in rows.column_names:
        sha.update(name.encode())
        column = rows.column(name)
        for value in column.to_pylist():
            # float.hex tells every bit but those of NaN, of which there is one kind here.
            sha.update((value.hex() if isinstance(value, float) else str(value)).encode() + b"\0")
    return sha.hexdigest()


def set_aside(path: Path) -> None:
    """Put a damaged part out of the way."""
    path.replace(path.with_name(path.name + BROKEN))


def forget_failures(folder: Path) -> None:
    """Remove the rows of failed runs, so that these are made again."""
    for path in (folder / FAILURES).glob("*.parquet"):
        path.unlink()


def _paths(folder: Path) -> list[Path]:
    return [path for name in FOLDERS for path in sorted((folder / name).glob("*.parquet"))]


def _bytes(rows: Sequence[Row], code: str) -> bytes:
    words = {
        "key": [r.key for r in rows], "status": [r.status for r in rows], "cause": [r.cause for r in rows],
        "digest": [r.digest for r in rows], "code": [code] * len(rows),
    }  # fmt: skip
    numbers = {name: [r.figures.get(name, float("nan")) for r in rows] for name in columns()}
    buffer = io.BytesIO()
    pq.write_table(pa.table({**words, **numbers}, schema=schema()), buffer, compression="zstd")
    return buffer.getvalue()


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]
