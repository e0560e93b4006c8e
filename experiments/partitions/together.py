"""Partitions run in step: each month they talk in bytes, and the bytes are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from experiments.partitions.memory import Array, Column
from experiments.partitions.messages import MOVES, Message
from experiments.partitions.part import Part
from sim.levers import Levels
from sim.shocks import Shocks
from sim.state import People, State, Ties
from sim.world import World

NEAR_HOME = 0.1
"""An edge between partitions moves to the border of a home that is nearer than this share of a partition."""


def edges(starts: Array, parts: int) -> Array:
    """Return where partitions of about equal size begin and end (parts + 1,): between homes where one is near.

    Args:
        starts: First row of each home (R + 1,).
        parts: Number of partitions.
    """
    even = np.linspace(0, starts[-1], parts + 1).round().astype(np.int64)
    nearest = starts[np.abs(starts[None, :] - even[:, None]).argmin(axis=1)]
    return np.where(np.abs(nearest - even) <= NEAR_HOME * starts[-1] / parts, nearest, even)


def sparse(name: str, data: bytes) -> int:
    """Return the bytes of a column of 8-byte counts, or else of the message, when only numbers other than 0 are sent.

    Each takes 4 bytes, and 4 more for its row.
    """
    if name in (*MOVES, "neighbours"):
        return len(data)
    return 8 * int(np.count_nonzero(np.frombuffer(data, np.int64)))


class Together:
    """All partitions of one world.

    Attributes:
        parts: In the order of their rows.
        sent: Bytes that all partitions together have sent, by column.
        nonzero: Bytes of these that remain where only the whole numbers other than 0 are sent, each with its row.
    """

    def __init__(self, whole: World, parts: int) -> None:
        at = edges(whole.geometry.starts, parts)
        pairs = enumerate(zip(at[:-1].tolist(), at[1:].tolist(), strict=True))
        self.parts = [Part(number, lo, hi, whole) for number, (lo, hi) in pairs]
        starts = whole.geometry.starts
        inside = (starts[:-1, None] < at[None, 1:-1]) & (at[None, 1:-1] < starts[1:, None])
        self.cut = np.flatnonzero(inside.any(axis=1))
        self.sent: Counter[str] = Counter()
        self.nonzero = 0

    def step(self, levels: Levels, shocks: Shocks | None = None) -> None:
        """Run one month in all partitions.

        Raises:
            AssertionError: A partition has written to rows that are not its own.
        """
        talks = [part.month(levels, shocks, self.cut) for part in self.parts]
        said = [next(talk) for talk in talks]
        while said:
            heard = self._heard(said)
            said = []
            for talk, messages in zip(talks, heard, strict=True):
                try:
                    said.append(talk.send(messages))
                except StopIteration:
                    continue
        for part in self.parts:
            assert all(column.intact() for column in part.columns), f"partition {part.number}"

    def _heard(self, said: Sequence[Message]) -> list[Sequence[Mapping[str, bytes]]]:
        """Return what each partition hears; count what is sent."""
        columns = [message.columns for message in said]
        for told in columns if said[0].to_all else columns[1:]:
            for name, data in told.items():
                self.sent[name] += len(data)
                self.nonzero += sparse(name, data)
        return [columns if said[0].to_all or number == 0 else [] for number in range(len(said))]

    def state(self) -> State:
        """Return the state of the whole, put together from the rows of each partition; hosts and places from the first."""
        first = self.parts[0].world.state
        people = (np.concatenate([c.values[p.lo : p.hi] for p, c in self._by_part(k)]) for k in range(6))
        ties = (np.concatenate([c.values[p.lo : p.hi] for p, c in self._by_part(k)]) for k in range(6, 13))
        census = first.census._replace(neighbours=self._neighbours())
        return State(first.month, People(*people), Ties(*ties), first.hosts, first.regions, census)

    def _by_part(self, k: int) -> list[tuple[Part, Column]]:
        return [(part, part.columns[k]) for part in self.parts]

    def _neighbours(self) -> Array:
        """Return live ties by home and place, each home's from the partition of its first resident."""
        starts = self.parts[0].world.geometry.starts
        firsts = np.array([part.lo for part in self.parts])
        owner = np.searchsorted(firsts, starts[:-1], side="right") - 1
        return np.stack([self.parts[p].world.state.census.neighbours[h] for h, p in enumerate(owner)])
