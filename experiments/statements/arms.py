"""An arm: one way to run the typical regions, told apart from the others by as little as possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from scenarios.places import load_places
from sim.levers import levers
from sim.places import Places
from sim.scenario import Measure
from sim.shocks import Shock

PLACES = "typical"
WEIGHT = 1000.0
"""Adults for one simulated person: 17,400 persons in twelve regions."""

MONTHS = 72
"""Months of an arm unless it says otherwise."""

Values = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Arm:
    """What is done in one arm; everything else is as in the baseline.

    Attributes:
        measures: Levers moved.
        shocks: What happens that no measure brings.
        after: Parameters changed once the burn-in is over, by path.
        before: Parameters changed from the burn-in on, by path.
        edit: Name of a change to the state at the end of the burn-in (`edits.EDITS`); "" for none.
        months: Months run.
    """

    measures: tuple[Measure, ...] = ()
    shocks: tuple[Shock, ...] = ()
    after: Values = ()
    before: Values = ()
    edit: str = ""
    months: int = MONTHS

    def __or__(self, other: Arm) -> Arm:
        """Return the arm in which both are done, for as long as the longer one."""
        return Arm(
            self.measures + other.measures,
            self.shocks + other.shocks,
            self.after + other.after,
            self.before + other.before,
            self.edit or other.edit,
            max(self.months, other.months),
        )

    def lasting(self, months: int) -> Arm:
        """Return the same arm, run for so many months."""
        return replace(self, months=months)


BASE = Arm()


def levels(
    wanted: Mapping[str, float] | None = None,
    where: tuple[str, ...] | None = (),
    first: int = 1,
    last: int | None = None,
    **more: float,
) -> Arm:
    """Return the arm in which levers stand at other levels than today.

    Args:
        wanted: Levels by name of the lever.
        where: Codes of the places; all but the metropolitan regions by default, None for everywhere.
        first: First month.
        last: Last month; None for the end.
        more: Levels again, by keyword.
    """
    codes = others() if where == () else where
    return Arm(
        tuple(
            Measure(lever=name, amount=level - levers()[name].today, places=codes, first=first, last=last)
            for name, level in {**(wanted or {}), **more}.items()
        )
    )


def after(values: Mapping[str, float]) -> Arm:
    """Return the arm with other parameters once the burn-in is over."""
    return Arm(after=tuple(values.items()))


def before(values: Mapping[str, float]) -> Arm:
    """Return the arm with other parameters from the burn-in on."""
    return Arm(before=tuple(values.items()))


def shock(
    kind: str, size: float, where: tuple[str, ...] | None = (), first: int = 1, last: int | None = None
) -> Arm:
    """Return the arm with a shock, in all but the metropolitan regions by default."""
    codes = others() if where == () else where
    return Arm(
        shocks=(
            Shock.model_validate({"kind": kind, "size": size, "places": codes, "first": first, "last": last}),
        )
    )


def places() -> Places:
    """Return the typical regions."""
    return load_places(PLACES)


@cache
def others() -> tuple[str, ...]:
    """Return the codes of the regions that are not metropolitan."""
    table = places()
    return tuple(code for code, metro in zip(table.code, table.metro, strict=True) if not metro)
