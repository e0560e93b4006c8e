"""Which ties count, and which is a person's main one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from experiments.predictions.record import Rows, Seen, Words
from sim.state import DIRECT, HOBBY

KINDS = {
    "hobby": (2, Words("趣味・消費", "hobby and consumption")),
    "exchange": (3, Words("参加・交流", "taking part and exchange")),
    "work": (4, Words("就労", "work in the place")),
    "direct": (5, Words("直接寄与", "direct contribution")),
}
"""Types of visiting tie: number in the model, and words."""


def visiting(seen: Seen) -> NDArray[np.bool_]:
    """Return which slots hold a tie that brings visits (N, 3)."""
    return (seen.stage >= HOBBY) & (seen.stage <= DIRECT)


def main_places(seen: Seen) -> tuple[Rows, Rows]:
    """Return rows of visiting people, and the place of the strongest visiting tie of each (the first of equals)."""
    ties = visiting(seen)
    rows = np.flatnonzero(ties.any(axis=1))
    best = np.where(ties, seen.strength, -1.0)[rows].argmax(axis=1)
    return rows, seen.place[rows, best].astype(np.int64)


def tie_homes(seen: Seen) -> Rows:
    """Return the home of each slot's person (N, 3)."""
    return np.broadcast_to(seen.home[:, None], seen.stage.shape)


def inside(rows: Rows, places: int) -> NDArray[np.bool_]:
    """Return which of so many places belong to a group."""
    member = np.zeros(places, bool)
    member[rows] = True
    return member
