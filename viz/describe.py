"""What a scenario will do, month by month, before anything is run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.levers import levers
from sim.parameters import Parameter, differences, records
from sim.places import Places
from sim.scenario import Measure, Scenario, levels, yen
from sim.shocks import Shock
from viz.messages import say, unit
from viz.numbers import number
from viz.numbers import yen as yen_text

SHOWN = 5
"""Names of places written out before "and others"."""


@dataclass(frozen=True)
class Level:
    """A lever that measures move in one phase: mean level over the places they name."""

    lever: str
    today: float
    now: float


@dataclass(frozen=True)
class Phase:
    """Months in a row in which nothing changes."""

    first: int
    last: int
    measures: tuple[Measure, ...]
    levels: tuple[Level, ...]
    yen: float


@dataclass(frozen=True)
class Change:
    """A parameter with another value than in the baseline."""

    record: Parameter
    value: float


@dataclass(frozen=True)
class Plan:
    """Everything that will happen.

    Attributes:
        phases: In order, without gaps.
        changes: Parameters that differ from the baseline.
        total: Yen over the run for all real adults.
        today: Yen over the run had nothing been added.
        agents: Simulated persons.
    """

    phases: tuple[Phase, ...]
    changes: tuple[Change, ...]
    total: float
    today: float
    agents: int

    @property
    def added(self) -> float:
        """Yen that the measures add over the run."""
        return self.total - self.today


def plan(scenario: Scenario, places: Places) -> Plan:
    """Work out the phases between the months in which something changes."""
    starts = {1} | {m.first for m in scenario.measures}
    starts |= {m.last + 1 for m in scenario.measures if m.last is not None}
    order = sorted(s for s in starts if s <= scenario.months)
    ends = [*(s - 1 for s in order[1:]), scenario.months]
    phases = tuple(_phase(scenario, places, a, b) for a, b in zip(order, ends, strict=True))
    return Plan(
        phases=phases,
        changes=tuple(Change(records()[p], v) for p, v in differences(scenario.parameters).items()),
        total=sum(p.yen * (p.last - p.first + 1) for p in phases),
        today=_month_yen(scenario.model_copy(update={"measures": ()}), places, 1) * scenario.months,
        agents=round(float(places.adults.sum()) / scenario.persons_per_agent),
    )


def yearly_cost(measure: Measure, scenario: Scenario, places: Places) -> float:
    """Return yen a year that one measure adds where nothing else is changed."""
    alone = scenario.model_copy(update={"measures": (measure,)})
    none = scenario.model_copy(update={"measures": ()})
    return 12.0 * (_month_yen(alone, places, measure.first) - _month_yen(none, places, measure.first))


def measure_name(measure: Measure, lang: str) -> str:
    """Return the everyday name of a measure's lever."""
    lever = levers()[measure.lever]
    return lever.ja if lang == "ja" else lever.en


def amount(measure: Measure, lang: str) -> str:
    """Return what a measure adds, with its unit."""
    return f"{level(measure.amount, lang, sign=True)} {unit(levers()[measure.lever].unit, lang)}"


def level_text(moved: Level, lang: str) -> str:
    """Return "name: today → now unit"."""
    lever = levers()[moved.lever]
    name = lever.ja if lang == "ja" else lever.en
    today, now = level(moved.today, lang), level(moved.now, lang)
    colon = "：" if lang == "ja" else ": "
    return f"{name}{colon}{today} → {now} {unit(lever.unit, lang)}"


def level(value: float, lang: str, sign: bool = False) -> str:
    """Return a level or an amount with as many digits as it needs."""
    return number(value, _digits(value), lang, sign=sign)


def price_text(measure: Measure, lang: str) -> str:
    """Return the price of one unit; says so where it is not the lever's own."""
    if measure.price is not None:
        return say(lang)("describe own price", yen=yen_text(measure.price, lang))
    return yen_text(levers()[measure.lever].price, lang)


def shock_size(shock: Shock, lang: str) -> str:
    """Return how large a shock is, and in what."""
    return say(lang)(f"shock size {shock.kind}", size=level(shock.size, lang))


def shock_months(shock: Shock, scenario: Scenario, lang: str) -> str:
    """Return when a shock happens: a month, a span, or from a month on where it fades by itself."""
    t = say(lang)
    if shock.kind == "key_people":
        return t("month one", first=shock.first)
    if shock.kind == "disaster":
        return t("month on", first=shock.first)
    return month_text(shock.first, shock.last or scenario.months, lang)


def place_text(of: Measure | Shock, places: Places, lang: str) -> str:
    """Return where a measure or shock applies, in words; long lists are cut."""
    t = say(lang)
    if of.places is None:
        return t("everywhere")
    for group, flag in (("metro", 1), ("other", 0)):
        members = tuple(c for c, metro in zip(places.code, places.metro, strict=True) if metro == flag)
        if len(members) > 1 and of.places == members:
            return t(f"places {group}", count=len(members))
    names = dict(zip(places.code, places.name_ja if lang == "ja" else places.name_en, strict=True))
    known = [names.get(code, code) for code in of.places]
    joined = t("names joiner").join(known[:SHOWN])
    return joined if len(known) <= SHOWN else t("places and more", names=joined, count=len(known))


def month_text(first: int, last: int, lang: str) -> str:
    """Return "month 1 to 24"."""
    return say(lang)("months span", first=first, last=last)


def _phase(scenario: Scenario, places: Places, first: int, last: int) -> Phase:
    active = tuple(m for m in scenario.measures if m.active(first))
    table = levels(scenario, places, first)._asdict()
    moved = []
    for name in dict.fromkeys(m.lever for m in active):
        where = np.zeros(len(places), dtype=bool)
        for measure in active:
            if measure.lever == name:
                where |= _where(measure, places)
        if where.any():
            moved.append(Level(name, levers()[name].today, float(table[name][where].mean())))
    return Phase(first, last, active, tuple(moved), _month_yen(scenario, places, first))


def _where(measure: Measure, places: Places) -> np.ndarray:
    if measure.places is None:
        return np.ones(len(places), dtype=bool)
    return np.isin(np.array(places.code), measure.places)


def _month_yen(scenario: Scenario, places: Places, month: int) -> float:
    return float(np.sum(yen(scenario, places, month)))


def _digits(value: float) -> int:
    """Digits after the point that tell a level, without a tail of noughts."""
    return next((d for d in range(4) if abs(value - round(value, d)) < 1e-9), 3)
