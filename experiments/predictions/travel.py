"""Travel: how far away visiting ties lead, in one-way hours from door to door (MODEL.md 6.2)."""

from __future__ import annotations

import numpy as np

from experiments.predictions.record import Asked, Family, Quantity, Seen, Words, share
from experiments.predictions.ties import main_places, tie_homes, visiting

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
_DEFINITION = Words(
    "住む所から関わり先まで、片道の所要時間がこの階級にある割合。",
    "Share whose one-way travel time from home to the place lies in this class.",
)


def quantities(asked: Asked) -> list[Quantity]:
    """Return the shares of the classes, by people's main region and by tie."""
    units = {"main": "% of visitors", "ties": "% of visiting ties"}
    return [
        Quantity(
            f"travel.{by}.{name}", units[by],
            Words(f"片道{words.ja}の割合", f"One way {words.en}"), _DEFINITION, base,
        )
        for by, base in _BY.items()
        for name, words in CLASSES.items()
    ]  # fmt: skip


def measure(seen: Seen, asked: Asked) -> dict[str, float]:
    """Return the shares."""
    rows, place = main_places(seen)
    ties = visiting(seen)
    hours = {
        "main": seen.hours[seen.home[rows], place],
        "ties": seen.hours[tie_homes(seen)[ties], seen.place[ties]],
    }
    values: dict[str, float] = {}
    for by, column in hours.items():
        # Tables hold hours as float32; the classes are of minutes.
        counts = np.bincount(np.searchsorted(EDGES, column, side="right"), minlength=len(CLASSES))
        values |= {
            f"travel.{by}.{name}": share(n, len(column)) for name, n in zip(CLASSES, counts, strict=True)
        }
    return values


TRAVEL = Family("travel", quantities, measure)
