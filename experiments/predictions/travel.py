"""Travel: how far away visiting ties lead, in one-way hours from door to door (MODEL.md 6.2)."""

from __future__ import annotations

import numpy as np

from experiments.predictions.record import Asked, Family, Quantity, Seen, Words, along, share
from experiments.predictions.ties import inside, main_places, tie_homes, visiting
from sim.arrays import F32, F64

EDGES = np.array([0.5, 1.0, 1.5, 2.0, 3.0, 5.0])
"""Hours between the classes; a class holds its lower edge."""

CLASSES = {
    "under_30min": Words("30分未満", "under 30 minutes"),
    "30_60min": Words("30〜60分", "30 to 60 minutes"),
    "60_90min": Words("60〜90分", "60 to 90 minutes"),
    "90_120min": Words("90分〜2時間", "90 minutes to 2 hours"),
    "2_3h": Words("2〜3時間", "2 to 3 hours"),
    "3_5h": Words("3〜5時間", "3 to 5 hours"),
    "5h_more": Words("5時間以上", "5 hours and more"),
}

_BY = {
    "main": Words(
        "訪れる関わりを持つ人（主な関わり先1つずつ）", "visiting people, each with the main region"
    ),
    "ties": Words("訪れる関わりのすべて", "all ties that bring visits"),
}
_PAIR = Words("訪れる関わりを持つ人（主な関わり先）", "visiting people by main region")
_DEFINITION = Words(
    "住む所から関わり先まで、片道の所要時間がこの階級にある割合。",
    "Share whose one-way travel time from home to the place lies in this class.",
)


def quantities(asked: Asked) -> list[Quantity]:
    """Return the shares of the classes, by people's main region, by tie, and for each pair of groups."""
    counted = [("main", "% of visitors", _BY["main"]), ("ties", "% of visiting ties", _BY["ties"])]
    counted += [(f"{o}.{d}", "% of visitors", along(_PAIR, o, d)) for o, d in asked.pairs]
    return [
        Quantity(
            f"travel.{by}.{name}", unit,
            Words(f"片道{words.ja}の割合", f"One way {words.en}"), _DEFINITION, base,
        )
        for by, unit, base in counted
        for name, words in CLASSES.items()
    ]  # fmt: skip


def measure(seen: Seen, asked: Asked) -> dict[str, float]:
    """Return the shares."""
    rows, place = main_places(seen)
    ties, home = visiting(seen), seen.home[rows]
    hours = {"main": seen.hours[home, place], "ties": seen.hours[tie_homes(seen)[ties], seen.place[ties]]}
    size = len(seen.places)
    for (o, d), (origin, destination) in asked.pairs.items():
        hours[f"{o}.{d}"] = hours["main"][inside(origin, size)[home] & inside(destination, size)[place]]
    return {name: value for by, column in hours.items() for name, value in _shares(by, column).items()}


def _shares(by: str, hours: F32 | F64) -> dict[str, float]:
    # Tables hold hours as float32; the classes are of minutes.
    counts = np.bincount(np.searchsorted(EDGES, hours, side="right"), minlength=len(CLASSES))
    return {f"travel.{by}.{name}": share(n, len(hours)) for name, n in zip(CLASSES, counts, strict=True)}


TRAVEL = Family("travel", quantities, measure)
