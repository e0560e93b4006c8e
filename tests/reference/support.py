"""What comes from outside: travel time, support and shocks (MODEL.md 6.2 to 6.4)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from reference.draws import f32
from reference.records import levers, symbols
from reference.state import Shocks

EARTH_KM = 6371.0088


def travel(table: Any) -> list[list[float]]:
    """Return one-way hours by home and place (6.2), kept as float32."""
    lat = [math.radians(d) for d in table.lat]
    lon = [math.radians(d) for d in table.lon]

    def hours(h: int, r: int) -> float:
        half = math.sin((lat[h] - lat[r]) / 2) ** 2
        half += math.cos(lat[h]) * math.cos(lat[r]) * math.sin((lon[h] - lon[r]) / 2) ** 2
        d = float(table.inner_km[h]) if h == r else 2 * EARTH_KM * math.asin(math.sqrt(half))
        return f32(min(0.25 + 1.3 * d / 60, 1 + 1.25 * d / 190, 3.2 + d / 650))

    return [[hours(h, r) for r in range(len(lat))] for h in range(len(lat))]


def levels(measures: Iterable[Any], codes: Sequence[str], month: int) -> SimpleNamespace:
    """Return the level of every lever by place (6.3): today's, plus the measures in force in this month of the run."""
    found = SimpleNamespace()
    for name, lever in levers().items():
        level = [lever.today for _ in codes]
        for m in measures:
            if m.lever == name and month >= 1 and m.active(month):
                level = [
                    a + m.amount if m.places is None or code in m.places else a
                    for a, code in zip(level, codes, strict=True)
                ]
        setattr(found, name, [lever.within(a) for a in level])
    return found


def calm(places: int) -> Shocks:
    """Return a month without shocks."""
    names = ("help", "strangers", "damage", "struck", "leavers", "travel")
    return Shocks(**{name: [0.0] * places for name in names}, inflow=[1.0] * places)


def shocks(kinds: Iterable[Mapping[str, Any]], places: int, month: int, parameters: Any) -> Shocks:
    """Return what shocks do in a month of the run (6.4).

    A shock is a dict of kind, size, places (indices, or None for all), first and last (None: no end); `places` is how
    many places there are. A disaster has no end whatever its `last` says.
    """
    p, now = symbols(parameters), calm(places)
    for shock in kinds:
        kind, a, t = shock["kind"], float(shock["size"]), month - shock["first"]
        last = shock.get("last")
        if t < 0:
            continue
        for r in range(places) if shock["places"] is None else shock["places"]:
            if kind == "disaster":
                now.help[r] += a * math.exp(-t / p.t_z)
                now.strangers[r] += p.k_str * a * math.exp(-t / p.t_s)
                now.damage[r] += min(1.0, p.k_dam * a) * math.exp(-t / p.t_d)
                now.struck[r] += a if t == 0 else 0.0
            elif kind == "key_people":
                now.leavers[r] += a if t == 0 else 0.0
            elif last is not None and month > last:
                continue
            elif kind == "travel":
                now.travel[r] += a
            elif kind == "needs":
                now.inflow[r] *= a
            else:
                raise ValueError(f"no such kind of shock: {kind}")
    now.help = [max(0.0, z) for z in now.help]
    now.strangers = [max(0.0, g) for g in now.strangers]
    now.damage, now.leavers, now.travel = (
        [min(1.0, a) for a in sums] for sums in (now.damage, now.leavers, now.travel)
    )
    return now
