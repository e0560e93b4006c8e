"""What the moving picture needs of one run: ties between areas month by month, and how tired the hosts are.

Japan's municipalities are shown by prefecture, because their pairs would be three million.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scenarios.places import load_places
from sim.places import Places
from sim.run import Simulation
from sim.state import DIRECT, HOBBY

MAX_AREAS = 60
"""Areas between which ties are drawn; larger tables of one's own have no moving picture."""


@dataclass(frozen=True, eq=False)
class Film:
    """Months of a run.

    Attributes:
        flows: Simulated visiting ties by month, home and place (T, A, A).
        tired: Share of hosts who are burnt out, in 255ths (T, A).
        hosts: Hosts by month (T, A).
        people: Real people for whom one simulated tie stands.
    """

    flows: NDArray[np.uint16]
    tired: NDArray[np.uint8]
    hosts: NDArray[np.uint16]
    people: float


@dataclass(eq=False)
class Camera:
    """Takes the film while a simulation runs."""

    places: Places
    flows: list[NDArray[np.uint16]] = field(default_factory=list)
    tired: list[NDArray[np.uint8]] = field(default_factory=list)
    hosts: list[NDArray[np.uint16]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.area = areas(self.places)
        self.count = int(self.area.max()) + 1
        self.short = self.area.astype(np.int32)
        self.homes: NDArray[np.int32] | None = None

    def take(self, simulation: Simulation) -> None:
        """Take the month just run."""
        row, kept = simulation.recorder.latest, simulation.world.state.ties
        if self.homes is None:
            residents = np.diff(simulation.world.geometry.starts)
            self.homes = np.repeat((self.area * self.count).astype(np.int32), residents)
        # Only the filled slots are looked at: this is done every month, beside a run that takes 7 ms a month.
        person, slot = np.nonzero((kept.stage >= HOBBY) & (kept.stage <= DIRECT))
        pair = self.homes[person] + self.short[kept.place[person, slot]]
        ties = np.bincount(pair, minlength=self.count**2)
        self.flows.append(np.minimum(ties, 65_535).astype(np.uint16).reshape(self.count, self.count))
        hosts, burnt = (self._by_area(row[name]) for name in ("hosts", "hosts_burnt"))
        self.hosts.append(np.minimum(hosts, 65_535).astype(np.uint16))
        self.tired.append(
            (255.0 * np.divide(burnt, hosts, out=np.zeros_like(hosts), where=hosts > 0)).astype(np.uint8)
        )

    def film(self, people: float) -> Film:
        """Return what was taken."""
        return Film(np.array(self.flows), np.array(self.tired), np.array(self.hosts), people)

    def _by_area(self, values: NDArray[np.int64]) -> NDArray[np.float64]:
        return np.bincount(self.area, weights=values.astype(np.float64), minlength=self.count).astype(
            np.float64
        )


def areas(places: Places) -> NDArray[np.int64]:
    """Return the area of each place: the place itself, or the prefecture of a municipality."""
    if places.name != "municipalities":
        return np.arange(len(places))
    order = {code: row for row, code in enumerate(load_places("prefectures").code)}
    # JIS codes of municipalities begin with the code of their prefecture.
    return np.array([order[code[:2]] for code in places.code])


def can_be_filmed(places: Places) -> bool:
    """Return whether the areas are few enough to draw ties between them."""
    return int(areas(places).max()) < MAX_AREAS
