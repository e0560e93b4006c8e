"""Shocks: what happens to places that no measure brings (MODEL.md 6.4).

A disaster of size a: help z = a exp(-t / t_z), strangers g = k_str a exp(-t / t_s), hours lost
y = min(1, k_dam a) exp(-t / t_d), and needs of k_ned a months at once.
"""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

import numpy as np
from pydantic import BaseModel, ConfigDict

from sim.arrays import F64
from sim.errors import InputError, out_of_range
from sim.groups_places import Shock as ShockParameters
from sim.numeric import exp
from sim.places import Places

LARGEST = {"disaster": 1.0, "key_people": 1.0, "travel": 1.0, "needs": 10.0}
"""Largest size of each kind of shock."""


class Shock(BaseModel):
    """One shock.

    Attributes:
        kind: "disaster" (size: 0.25 fills the news), "key_people" (share of hosts who leave), "travel"
            (share of long trips that cannot be made) or "needs" (factor on the inflow of needs).
        size: How large, 0-1; a factor of 0-10 for "needs".
        places: Codes of the places; None for everywhere.
        first: First month, 1 = first month of the run.
        last: Last month of "travel" and "needs"; None for the end of the run. Disasters fade by themselves.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["disaster", "key_people", "travel", "needs"]
    size: float
    places: tuple[str, ...] | None = None
    first: int = 1
    last: int | None = None

    def model_post_init(self, _: object) -> None:
        """Refuse what can never be meant.

        Raises:
            InputError: A size out of range, months that are none, or an end of what has none.
        """
        if not 0.0 <= self.size <= LARGEST[self.kind]:
            raise out_of_range(
                f"shock {self.kind}: size",
                self.size,
                0,
                LARGEST[self.kind],
                "factor" if self.kind == "needs" else "0-1",
            )
        if self.last is not None and self.kind in ("disaster", "key_people"):
            raise InputError(f"shock {self.kind}: last: {self.last} means nothing here; leave it out.")
        last = self.first if self.last is None else self.last
        if not 1 <= self.first <= last:
            raise out_of_range(f"shock {self.kind}: last", last, max(self.first, 1), math.inf, "months")


class Shocks(NamedTuple):
    """What shocks do to each place in one month; each column has shape (places,)."""

    help: F64
    """z: wave of will to help."""
    strangers: F64
    """g: pull on people who do not know the place."""
    damage: F64
    """y: share of the hosts' hours that is lost."""
    struck: F64
    """Size of the disasters that begin this month."""
    leavers: F64
    """Share of the hosts at work who leave this month."""
    travel: F64
    """Share of trips over an hour that cannot be made."""
    inflow: F64
    """Factor on the inflow of needs."""


def no_shocks(places: int) -> Shocks:
    """Return quiet times for R places."""
    return Shocks(
        help=np.zeros(places),
        strangers=np.zeros(places),
        damage=np.zeros(places),
        struck=np.zeros(places),
        leavers=np.zeros(places),
        travel=np.zeros(places),
        inflow=np.ones(places),
    )


def shocks(given: tuple[Shock, ...], places: Places, month: int, p: ShockParameters) -> Shocks:
    """Return what shocks do in a month of the run; months before 1 are quiet."""
    s = no_shocks(len(places))
    for shock in given:
        t = month - shock.first
        if month < 1 or t < 0:
            continue
        rows = slice(None) if shock.places is None else np.isin(np.array(places.code), shock.places)
        if shock.kind == "disaster":
            fading = exp(-t / np.array([p.help_months, p.strangers_months, p.repair_months]))
            s.help[rows] += shock.size * fading[0]
            s.strangers[rows] += p.strangers * shock.size * fading[1]
            s.damage[rows] += min(1.0, p.damage * shock.size) * fading[2]
            s.struck[rows] += shock.size if t == 0 else 0.0
        elif shock.kind == "key_people":
            s.leavers[rows] += shock.size if t == 0 else 0.0
        elif shock.last is None or month <= shock.last:
            if shock.kind == "travel":
                s.travel[rows] += shock.size
            else:
                s.inflow[rows] *= shock.size
    for column in (s.damage, s.leavers, s.travel):
        np.minimum(column, 1.0, out=column)
    return s
