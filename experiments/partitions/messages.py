"""What crosses between partitions in a month: these columns and no others.

Hosts and places live in every partition and are brought up to date by every partition alike, from the same sums of whole
numbers. So only counts cross, and no state of a host or place does.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.state import People, State, Ties

Array = np.ndarray[Any, Any]

LOADS = ("unmatched", "pooled", "minutes")
"""Columns of the tally that attention spreads over the hosts: summed before it."""

FLOWS = ("searchers", "searchers_online", "met", "taken", "visits", "work")
"""Columns of the tally that places learn from: summed after all ties have been kept, left or deepened."""

WRITTEN = ("started", "returned", "ended", "turned", "moved", "spells")
"""Columns of the tally that are only written down: summed where this is done."""

COUNTS = ("home", "stages", "participants", "hosted")
"""Columns of the census that next month's people, hosts and places depend on."""

COUNTS_WRITTEN = ("marks", "reached", "ages")
"""Columns of the census that are only written down."""


MOVES = ("movers", "wanted rows", "replaced")
"""Rows of people who move, whose rows they take, and what these rows hold."""


class Message(NamedTuple):
    """What a partition tells."""

    columns: Mapping[str, bytes]
    """Bytes by name of the column."""
    to_all: bool = True
    """Whether all partitions need it, or only the first, which writes down."""


Talk = Generator[Message, Sequence[Mapping[str, bytes]], None]
"""A month of one partition: tells a message, waits for those of all, in the order of partitions, its own included."""


def add_up(columns: Mapping[str, Array], to_all: bool = True) -> Talk:
    """Put into each integer column the sum over all partitions, added in their order."""
    told = yield Message({name: column.tobytes() for name, column in columns.items()}, to_all)
    for name, column in columns.items():
        if told:
            parts = (np.frombuffer(t[name], column.dtype).reshape(column.shape) for t in told)
            column[...] = sum(parts, np.zeros_like(column))


def chosen(group: Any, names: Sequence[str]) -> dict[str, Array]:
    """Return columns of a tally or census by name."""
    return {name: getattr(group, name) for name in names}


def packed(rows: Array, state: State) -> bytes:
    """Return rows of people and their ties as bytes, with their numbers."""
    columns = (np.ascontiguousarray(c[rows]).tobytes() for group in (state.people, state.ties) for c in group)
    return b"".join([rows.astype(np.int64).tobytes(), *columns])


def unpack(message: bytes, state: State) -> Array:
    """Write the rows of a message into a state; return their numbers."""
    columns = [c for group in (state.people, state.ties) for c in group]
    n = len(message) // (8 + sum(c[:1].nbytes for c in columns))
    rows, at = np.frombuffer(message, np.int64, count=n), 8 * n
    for column in columns:
        block = column[:n]
        column[rows] = np.frombuffer(message, column.dtype, count=block.size, offset=at).reshape(block.shape)
        at += block.nbytes
    return rows


def nobody(state: State) -> State:
    """Return a state with the same hosts and places, and room for all people, none of whom has memory yet."""
    return State(
        month=state.month,
        people=People(*(np.zeros(c.shape, c.dtype) for c in state.people)),
        ties=Ties(*(np.zeros(c.shape, c.dtype) for c in state.ties)),
        hosts=state.hosts,
        regions=state.regions,
        census=state.census,
    )
