"""What a run writes down each month; everything is recounted from the state, the tally and the census.

Gifts are y_G (online.gift) / 12 yen a month and tie without visits.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.arrays import F64, I64
from sim.hours import usable_by_host
from sim.mechanisms.leading import outsiders_share
from sim.mechanisms.needs import openness_by_place
from sim.outcome import TYPES, Table
from sim.state import (
    ACTIVE,
    AGES,
    CITY_SIDE,
    DIRECT,
    DIRECT_PEOPLE,
    HOBBY,
    HOME_TIES,
    INDIFFERENT,
    LATENT,
    LOCAL_SIDE,
    MAIN_HOBBY,
    MARK_COMMUNITY,
    MARK_NEAR,
    MARK_RECOMMEND,
    MARK_ROOTS,
    MARK_SHORT,
    NONVISITING,
    ONLINE,
    RESTING,
    VISITING,
    WELLBEING,
)  # fmt: skip
from sim.world import World

Row = dict[str, Any]

BURNT_OUT_ABOVE = 0.6
"""Exhaustion above which a host is called burnt out (E26)."""


def observe(w: World, yen: F64) -> Row:
    """Return the month's row of each place as columns (R,), names as in `sim.outcome.Outcome.months`."""
    return {
        **_people(w),
        **_flows(w),
        **_hosts(w),
        **_room(w),
        **_residents(w),
        **_guides(w),
        **_body(w),
        "yen": yen,
    }


def _people(w: World) -> Row:
    home, stages = w.state.census.home, w.state.census.stages
    row: Row = {
        "people": np.diff(w.geometry.starts),
        "visiting": home[:, VISITING],
        "nonvisiting": home[:, NONVISITING],
        "indifferent": home[:, INDIFFERENT],
    }
    row |= {f"main_{name}": home[:, MAIN_HOBBY + k] for k, name in enumerate(TYPES[1:])}
    row |= {"direct_people": home[:, DIRECT_PEOPLE]}
    row |= {f"ties_{name}": stages[:, ONLINE + k] for k, name in enumerate(TYPES)}
    row |= {
        "latent": stages[:, LATENT],
        "home_ties": home[:, HOME_TIES],
        "wellbeing": home[:, WELLBEING] / 1e6,
    }
    marks = w.state.census.marks
    names = {"near": MARK_NEAR, "roots": MARK_ROOTS, "short": MARK_SHORT, "community": MARK_COMMUNITY}
    row |= {f"ties_{name}": marks[:, column] for name, column in names.items()}
    return row | {"recommend": marks[:, MARK_RECOMMEND]}


def _flows(w: World) -> Row:
    t = w.tally
    return {
        "reached36": w.state.census.reached,
        "searchers": t.searchers.sum(axis=1),
        "met": t.met,
        "started": t.started,
        "returned": t.returned,
        "ended": t.ended,
        "turned": t.turned,
        "moved": t.moved,
        "visits": t.visits,
        "work": t.work.sum(axis=1) / 2.0,
    }


def _hosts(w: World) -> Row:
    h = w.state.hosts
    home = w.geometry.host_home
    at_work = (h.status == ACTIVE) | (h.status == RESTING)
    burnt = at_work & (h.exhaustion > BURNT_OUT_ABOVE)

    def total(values: Any) -> F64:
        return _f64(np.bincount(home, weights=_f64(values), minlength=len(w.places)))

    hosts = total(at_work)
    load, usable = (
        total(h.minutes * at_work) / 60.0,
        total(usable_by_host(w, w.chances.hours) * at_work) / 60.0,
    )
    return {
        "load_hours": load,
        "capacity_hours": usable,
        "hosts": hosts.astype(np.int64),
        "hosts_resting": total(h.status == RESTING).astype(np.int64),
        "hosts_burnt": total(burnt).astype(np.int64),
        "exhaustion": _ratio(total(h.exhaustion * at_work), hosts),
        "use": _ratio(load, usable),
    }


def _room(w: World) -> Row:
    c, reg = w.chances, w.state.regions
    return {
        "open_slots": reg.slots.sum(axis=1),
        "needs": reg.needs.sum(axis=1),
        "meeting_chance": c.meeting,
        "slot_chance": c.slot.mean(axis=1),
        "room": c.room.mean(axis=1),
        "openness": openness_by_place(w),
    }


def _residents(w: World) -> Row:
    c, reg = w.chances, w.state.regions
    return {
        "diversity": c.diversity,
        "spark": c.spark,
        "understanding": reg.understanding,
        "lead": reg.lead,
        "outsiders": outsiders_share(w),
    }


def _guides(w: World) -> Row:
    reg = w.state.regions
    columns = {"posts": reg.posts, "motivation": reg.motivation, "skill": reg.guide_skill}
    sides = {"city": CITY_SIDE, "local": LOCAL_SIDE}
    row: Row = {f"{name}_{side}": v[:, k] for name, v in columns.items() for side, k in sides.items()}
    return row | {"link": reg.link}


def _body(w: World) -> Row:
    reg, scale = w.state.regions, w.places.adults / np.maximum(w.geometry.adults, 1e-9)
    gifts = w.parameters.online.gift / 12.0 * w.state.census.stages[:, ONLINE] * scale
    return {
        "money": reg.money,
        "service": reg.service,
        "closed": reg.closed.astype(np.int64),
        "own_feet": reg.own_feet,
        "review_moved": reg.shifted,
        "gifts": gifts,
    }


def _ratio(a: F64, b: F64) -> F64:
    return np.divide(a, b, out=np.zeros_like(a), where=b > 0)


def _f64(values: Any) -> F64:
    return np.asarray(values, np.float64)


class Recorder:
    """Collects monthly rows and the life of ties by year of the run.

    Args:
        length: Most months that will be collected.

    Attributes:
        done: Months collected.
        columns: The columns of the `months` table by month and place (length, R); rows from `done` on are still empty.
        spells: Ties at risk and ended, by type at the start, near and age, one pair a year.
    """

    def __init__(self, length: int) -> None:
        self.length, self.done = length, 0
        self.columns: Row = {}
        self.spells: list[tuple[I64, I64]] = []

    @property
    def latest(self) -> Row:
        """The row of the month collected last, each column by place (R,)."""
        return {name: values[self.done - 1] for name, values in self.columns.items()}

    def collect(self, w: World, yen: F64) -> None:
        """Write down the month just run."""
        if self.done % 12 == 0:
            zero = np.zeros((6, 2, AGES), np.int64)
            self.spells.append((zero, zero.copy()))
        at_risk, ended = self.spells[-1]
        at_risk += w.state.census.ages + w.tally.spells
        ended += w.tally.spells
        for name, values in observe(w, yen).items():
            self._column(name, values)[self.done] = values
        self.done += 1

    def restore(self, columns: Row, spells: Iterable[tuple[I64, I64]]) -> None:
        """Take over what a checkpoint has kept: columns (T, R) and the life of ties."""
        for name, values in columns.items():
            self.done = len(values)
            self._column(name, values[0])[: self.done] = values
        self.spells.extend(spells)

    def kept(self) -> Row:
        """Return the columns of the months collected (T, R)."""
        return {name: values[: self.done] for name, values in self.columns.items()}

    def month_table(self) -> Table:
        """Return the `months` table."""
        if not self.done:
            return {}
        # Views: of the whole country, a second copy would set the peak of memory.
        columns = {name: values.reshape(-1) for name, values in self.kept().items()}
        places = len(self.latest["people"])
        months = np.repeat(np.arange(1, self.done + 1), places)
        return {"month": months, "place": np.tile(np.arange(places), self.done)} | columns

    def _column(self, name: str, values: Any) -> NDArray[Any]:
        if name not in self.columns:
            self.columns[name] = np.empty((self.length, *values.shape), values.dtype)
        return self.columns[name]

    def spell_table(self) -> Table:
        """Return the `spells` table."""
        at_risk = np.array([a for a, _ in self.spells]).reshape(-1, 6, 2, AGES)
        ended = np.array([e for _, e in self.spells]).reshape(-1, 6, 2, AGES)
        year, start, near, age = np.nonzero(at_risk)
        return {
            "year": year + 1,
            "start": start,
            "near": near,
            "age": age,
            "at_risk": at_risk[year, start, near, age],
            "ended": ended[year, start, near, age],
        }


def host_table(w: World) -> Table:
    """Return the `hosts` table: those at work now, with the hours of the last 12 months."""
    h = w.state.hosts
    rows = np.flatnonzero((h.status == ACTIVE) | (h.status == RESTING))
    return {
        "place": w.geometry.host_home[rows],
        "hours": h.past.sum(axis=1)[rows] / 60.0,
        "capacity": _f64(h.capacity[rows]),
        "exhaustion": _f64(h.exhaustion[rows]),
        "ties": h.ties[rows].astype(np.int64),
        "active": h.status[rows].astype(np.int64),
    }


def flow_table(w: World) -> Table:
    """Return the `flows` table: visiting ties and main ties by home and place."""
    starts = w.geometry.starts.tolist()
    # Home by home, and only what is not 0: whole columns or a matrix of all pairs would set the peak of memory.
    parts = [_flows_from(w, home, *span) for home, span in enumerate(pairwise(starts))]
    return {name: np.concatenate([part[name] for part in parts], dtype=np.int64) for name in parts[0]}


def _flows_from(w: World, home: int, lo: int, hi: int) -> Table:
    """Return the rows of `flow_table` of one home, whose people are [lo, hi)."""
    t, r = w.state.ties, len(w.places)
    stage, place = t.stage[lo:hi], t.place[lo:hi]
    visiting = (stage >= HOBBY) & (stage <= DIRECT)
    strength = np.where(visiting, t.strength[lo:hi], np.float32(-1.0))
    best = np.arange(hi - lo), strength.argmax(axis=1)
    main = place[best][visiting[best]]
    ties, people = np.bincount(place[visiting], minlength=r), np.bincount(main, minlength=r)
    goal = np.flatnonzero(ties)
    found = {"home": np.full(len(goal), home), "place": goal, "people": people[goal], "ties": ties[goal]}
    return {name: values.astype(np.int32) for name, values in found.items()}
