"""What the statements look at beyond the tables of a run, taken from the state month by month."""

from __future__ import annotations

import numpy as np

from sim.arrays import F64, U8
from sim.run import Simulation
from sim.state import ACTIVE, DIRECT, EMPTY, EXCHANGE, HOBBY, NEAR_BIT, ROOTS_BIT, START_BITS
from sim.ties import ages
from sim.world import World

FOLLOWED = 12
"""Months over which ties with and without roots are followed at the end of a run."""


def observe(w: World, before: U8, late: bool) -> dict[str, F64]:
    """Return further columns of a month by place (R,).

    Args:
        w: The world at the end of the month.
        before: Status of the host places at its beginning.
        late: Whether the month is among those whose stocks are asked for; the columns of ties are NaN before.
    """
    size = len(w.places)
    places = np.repeat(np.arange(size), np.diff(w.geometry.host_starts))
    vacant = before == EMPTY

    def hosts(rows: np.ndarray) -> F64:
        return np.bincount(places[rows], minlength=size).astype(np.float64)

    row = {
        "vacant": hosts(vacant),
        "recruited": hosts(vacant & (w.state.hosts.status == ACTIVE)),
        "taken": w.tally.taken.sum(axis=1).astype(np.float64),
        "work": w.tally.work.sum(axis=1) / 2.0,
    }
    ties = _ties(w) if late else dict.fromkeys(TIES, np.full(size, np.nan))
    return row | ties


TIES = ("strength", "strength_new", "ties_new", "visits_near")
"""Strength of involved ties, of those begun in the last year, their number; visits of near ties."""


def _ties(w: World) -> dict[str, F64]:
    t, size = w.state.ties, len(w.places)
    involved = (t.stage >= EXCHANGE) & (t.stage <= DIRECT)
    new = involved & (ages(w.month, t.born) < FOLLOWED) & ((t.kind & START_BITS) >= EXCHANGE)
    near = (t.stage >= HOBBY) & (t.stage <= DIRECT) & ((t.kind & NEAR_BIT) != 0)

    def total(rows: np.ndarray, values: np.ndarray) -> F64:
        return np.bincount(t.place[rows], weights=values[rows], minlength=size).astype(np.float64)

    ones = np.ones(t.stage.shape)
    columns = (total(involved, t.strength), total(new, t.strength), total(new, ones), total(near, t.visits))
    return dict(zip(TIES, columns, strict=True))


class Followed:
    """Visiting ties of one month, looked for again a year later: do those with roots last longer?"""

    def __init__(self, simulation: Simulation) -> None:
        t = simulation.world.state.ties
        self._live = (t.stage >= HOBBY) & (t.stage <= DIRECT)
        self._place, self._born = t.place.copy(), t.born.copy()
        self._roots = (t.kind & ROOTS_BIT) != 0

    def kept(self, simulation: Simulation) -> tuple[float, float]:
        """Return the shares still there: of ties with roots, and of ties without."""
        t = simulation.world.state.ties
        still = (t.stage > 0) & (t.stage <= DIRECT) & (t.place == self._place) & (t.born == self._born)
        with_roots, without = self._live & self._roots, self._live & ~self._roots
        return _share(still, with_roots), _share(still, without)


def _share(hit: np.ndarray, of: np.ndarray) -> float:
    return float(hit[of].mean()) if of.any() else float("nan")
