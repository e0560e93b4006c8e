"""Survival: how many of the ties that begin are alive after some years, by what they began as and how far they lead.

A period life table of the quiet months: the hazards of ties of all ages at that time, put one behind the other. It is
what a cohort would show if times stayed as they are, and needs no run as long as the cohort's life.
"""

from __future__ import annotations

import numpy as np

from experiments.predictions.record import Asked, Family, Quantity, Seen, Words
from experiments.predictions.ties import KINDS

YEARS = (1, 3, 5, 8)
EDGES = np.array([1.0, 3.0])
"""Hours between the classes of distance."""

DISTANCES = {
    "under_1h": Words("片道1時間未満", "under an hour away"),
    "1_3h": Words("片道1〜3時間", "1 to 3 hours away"),
    "3h_more": Words("片道3時間以上", "3 hours away and more"),
}
_STARTS: dict[str, tuple[tuple[int, ...], Words]] = {
    "visiting": ((2, 3, 4, 5), Words("訪れる関わり全体", "all that bring visits")),
    "online": ((1,), Words("訪れない関わり", "without visits")),
    **{name: ((number,), words) for name, (number, words) in KINDS.items()},
}
_ANYWHERE = Words("距離を問わず", "any distance")
_DEFINITION = Words(
    "始まった関わりのうち、その年数の後も続いている割合（期間生命表。別の型への移り変わりは終わりと数えず、眠った関わりは終わりと数える）。",
    "Share of ties that begin which are alive so many years later (period life table; a step to another type is no end, a tie that falls asleep has ended).",
)


def quantities(asked: Asked) -> list[Quantity]:
    """Return survival at each of the years, by type at the start and distance."""
    found = []
    for start, (_, words) in _STARTS.items():
        for far, away in {"any": _ANYWHERE, **DISTANCES}.items():
            base = Words(
                f"{words.ja}として始まった関わり（{away.ja}）", f"ties that began as {words.en} ({away.en})"
            )
            for years in YEARS:
                said = Words(
                    f"{years}年後も続く割合（{words.ja}、{away.ja}）",
                    f"Alive after {years} years ({words.en}, {away.en})",
                )
                found.append(
                    Quantity(f"survival.{start}.{far}.{years}y", "% of ties", said, _DEFINITION, base)
                )
    return found  # fmt: skip


def measure(seen: Seen, asked: Asked) -> dict[str, float]:
    """Return the shares alive."""
    values: dict[str, float] = {}
    for start, (kinds, _) in _STARTS.items():
        for k, far in enumerate(("any", *DISTANCES)):
            classes = slice(None) if far == "any" else slice(k - 1, k)
            risk, ended = (t[list(kinds), classes].sum(axis=(0, 1)) for t in (seen.at_risk, seen.ended))
            values |= {f"survival.{start}.{far}.{y}y": _alive(risk, ended, 12 * y) for y in YEARS}
    return values


def _alive(at_risk: np.ndarray, ended: np.ndarray, age: int) -> float:
    """Return the share alive at an age in months: the product of 1 - hazard below it; NaN where nobody was at risk."""
    if age > len(at_risk):
        return float("nan")
    hazard = np.divide(ended[:age], at_risk[:age], out=np.full(age, np.nan), where=at_risk[:age] > 0)
    return 100.0 * float(np.prod(1.0 - hazard))


SURVIVAL = Family("survival", quantities, measure)
