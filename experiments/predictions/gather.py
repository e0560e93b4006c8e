"""The runs of one member, looked at month by month: quiet months, then a disaster from where they end."""

from __future__ import annotations

import copy
from dataclasses import replace

import numpy as np

from experiments.predictions.help import MONTHS, SIZE
from experiments.predictions.record import Asked, Seen
from experiments.predictions.survival import DISTANCES, EDGES
from sim.arrays import F64
from sim.run import Simulation
from sim.scenario import Scenario
from sim.shocks import Shock
from sim.state import AGES, DIRECT, HOBBY, MARK_SHORT, NEAR_BIT, ONLINE, START_BITS, WORK, YEAR
from sim.ties import ages
from sim.world import World

QUIET = 36
"""Months before the disaster; the life table is of these."""


def gather(scenario: Scenario, asked: Asked, seed: int) -> Seen:
    """Run one member and return what is looked at.

    Args:
        scenario: The baseline with the member's parameters; its months count for nothing.
        asked: Places and groups.
        seed: The luck.
    """
    places = asked.places
    simulation = Simulation(scenario, places, seed)
    while simulation.month < 0:
        simulation.step()
    ledger, work = Ledger(simulation.world), []
    for _ in range(QUIET):
        simulation.step()
        ledger.take(simulation.world)
        work.append(_work(simulation.world, asked))
    after, helpers = _struck(simulation, scenario, asked, seed)
    seen = ledger.seen(simulation.world, scenario.persons_per_agent)
    return replace(seen, work_before=float(np.mean(work[-YEAR:])), work=after, helpers=helpers)


class Ledger:
    """Follows every tie from month to month: its days, and whether it lives on.

    A tie is known by its row, slot, place and month of birth. Somebody who moves changes rows, so the mover's other ties
    count as ended and are too few to show (about one tie in a thousand a year).
    """

    def __init__(self, world: World) -> None:
        t = world.state.ties
        self._class = np.searchsorted(EDGES, world.geometry.hours, side="right")
        self._home = np.repeat(np.arange(len(world.places)), np.diff(world.geometry.starts))
        self._days = np.zeros((YEAR, *t.stage.shape), np.int64)
        self.at_risk = np.zeros((START_BITS + 1, len(DISTANCES), AGES), np.int64)
        self.ended = np.zeros_like(self.at_risk)
        self._keep(world)

    def take(self, world: World) -> None:
        """Look at the month just run."""
        t = world.state.ties
        same = (t.place == self._place) & (t.born == self._born)
        self._count(world, (t.stage >= ONLINE) & (t.stage <= DIRECT) & same)
        self._days *= same  # another tie in the slot begins its own year
        self._days[world.month % YEAR] = np.where((t.stage >= HOBBY) & (t.stage <= DIRECT), t.visits, 0)
        self._keep(world)
        self._first_month(world)

    def seen(self, world: World, weight: float) -> Seen:
        """Return what has been looked at, and the state as it stands."""
        t = world.state.ties
        return Seen(
            places=world.places, weight=weight, home=self._home,
            stage=t.stage.copy(), place=t.place.astype(np.int64), strength=t.strength.astype(np.float64),
            days=self._days.sum(axis=0), pull=pull(world), hours=world.geometry.hours,
            at_risk=self.at_risk[: DIRECT + 1], ended=self.ended[: DIRECT + 1],
        )  # fmt: skip

    def _keep(self, world: World) -> None:
        t = world.state.ties
        self._live = (t.stage >= ONLINE) & (t.stage <= DIRECT)
        self._place, self._born, self._kind = t.place.copy(), t.born.copy(), t.kind.copy()

    def _count(self, world: World, alive: np.ndarray) -> None:
        """Add last month's ties to those at risk, a month older, and those that are gone to the ended."""
        rows = np.nonzero(self._live)
        age = np.minimum(ages(world.month, self._born[rows]), AGES - 1)
        start = self._kind[rows] & START_BITS
        far = self._class[self._home[rows[0]], self._place[rows]]
        np.add.at(self.at_risk, (start, far, age), 1)
        np.add.at(self.ended, (start, far, age), ~alive[rows])

    def _first_month(self, world: World) -> None:
        """Add ties that began this month, with those of them that ended in it.

        Nobody sees the latter at the end of a month; the tally counts them by type and near or far. Those far are
        shared out like the ones that stayed.
        """
        t = world.state.ties
        rows = np.nonzero(self._live & (ages(world.month, t.born) == 0))
        start, far = t.kind[rows] & START_BITS, self._class[self._home[rows[0]], t.place[rows]]
        np.add.at(self.at_risk[:, :, 0], (start, far), 1)
        near = (t.kind[rows] & NEAR_BIT) != 0
        for kind in range(ONLINE, DIRECT + 1):
            for side in (0, 1):
                gone = int(world.tally.spells[kind, side, 0])
                stayed = np.bincount(far[(start == kind) & (near == side)], minlength=len(DISTANCES))
                if side or not stayed.sum():
                    stayed = np.eye(len(DISTANCES), dtype=np.int64)[0 if side else -1]
                share = _shared(gone, stayed)
                self.at_risk[kind, :, 0] += share
                self.ended[kind, :, 0] += share


def _shared(total: int, parts: np.ndarray) -> np.ndarray:
    """Return whole numbers that sum to a total, in proportion to parts: differences of rounded cumulative sums."""
    ends = np.rint(total * np.cumsum(parts) / parts.sum()).astype(np.int64)
    return np.diff(ends, prepend=0)


def pull(world: World) -> F64:
    """Return the hazard a month with which each tie makes its person move to its place (E17) (N, 3)."""
    p, t = world.parameters.moving, world.state.ties
    rate = p.rate * world.state.regions.understanding * (p.housing + p.houses * world.levels.vacant_houses)
    deep = (t.stage == WORK) | (t.stage == DIRECT)
    return np.where(deep, rate[t.place] * t.strength.astype(np.float64) ** 2, 0.0)


def _struck(quiet: Simulation, scenario: Scenario, asked: Asked, seed: int) -> tuple[F64, F64]:
    """Return visits for work to the struck places, and helpers there, in each month after the disaster."""
    codes = tuple(asked.places.code[i] for i in asked.struck)
    shock = Shock(kind="disaster", size=SIZE, places=codes, first=quiet.month + 1)
    after = scenario.model_copy(update={"shocks": (*scenario.shocks, shock)})
    simulation = Simulation(after, asked.places, seed, state=copy.deepcopy(quiet.world.state))
    work, helpers = np.zeros(MONTHS), np.zeros(MONTHS)
    for month in range(MONTHS):
        simulation.step()
        work[month] = _work(simulation.world, asked)
        helpers[month] = simulation.world.state.census.marks[asked.struck, MARK_SHORT].sum()
    return work, helpers


def _work(world: World, asked: Asked) -> float:
    return float(world.tally.work[asked.struck].sum()) / 2.0
