"""Days: how often visiting ties bring a visit within a year; one visit counts as one day."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from experiments.predictions.record import Asked, Family, Quantity, Seen, Words, along, share
from experiments.predictions.ties import KINDS, inside, tie_homes, visiting

_CLASSES = {
    "up_to_1": ((0, 1), Words("年1日以下", "one day a year at most")),
    "2_7": ((2, 7), Words("年2〜7日", "2 to 7 days a year")),
    "8_more": ((8, None), Words("年8日以上", "8 days a year and more")),
}
_SHARE = Words(
    "直近12か月に訪れた日数がこの階級にある割合（1回の訪問を1日と数える。始まって1年に満たない関わりは、それまでの日数）。",
    "Share with so many days of visits in the last 12 months (a visit is a day; ties younger than a year: days so far).",
)
_MEAN = Words("直近12か月に訪れた日数の平均。", "Mean days of visits in the last 12 months.")
_ALL = Words("訪れる関わり", "ties that bring visits")


def _groups() -> dict[str, tuple[int | None, Words]]:
    return {"all": (None, _ALL), **KINDS}


def _now(group: str, words: Words) -> Words:
    return _ALL if group == "all" else Words(f"いま「{words.ja}」の関わり", f"ties that are now {words.en}")


def quantities(asked: Asked) -> list[Quantity]:
    """Return the shares of the classes and the mean, for all visiting ties and by type; everywhere and for each pair."""
    found = []
    for group, (_, words) in _groups().items():
        found += _of(group, words, _now(group, words))
    for o, d in asked.pairs:
        for group, (_, words) in _groups().items():
            found += _of(f"{o}.{d}.{group}", words, along(_now(group, words), o, d))
    return found


def _of(name: str, words: Words, base: Words) -> list[Quantity]:
    shares = [
        Quantity(
            f"days.{name}.{part}", "% of ties",
            Words(f"{said.ja}（{words.ja}）", f"{said.en} ({words.en})"), _SHARE, base,
        )
        for part, (_, said) in _CLASSES.items()
    ]  # fmt: skip
    mean = Words(f"年間の日数の平均（{words.ja}）", f"Mean days a year ({words.en})")
    return [*shares, Quantity(f"days.{name}.mean", "days a year", mean, _MEAN, base)]


def measure(seen: Seen, asked: Asked) -> dict[str, float]:
    """Return the shares and the means."""
    ties, home, size = visiting(seen), tie_homes(seen), len(seen.places)
    chosen = {"": ties} | {
        f"{o}.{d}.": ties & inside(origin, size)[home] & inside(destination, size)[seen.place]
        for (o, d), (origin, destination) in asked.pairs.items()
    }
    values: dict[str, float] = {}
    for pair, rows in chosen.items():
        for group, (kind, _) in _groups().items():
            days = seen.days[rows if kind is None else rows & (seen.stage == kind)]
            values |= {f"days.{pair}{group}.{name}": value for name, value in _summed(days).items()}
    return values


def _summed(days: NDArray[np.int64]) -> dict[str, float]:
    values = {}
    for name, ((low, high), _) in _CLASSES.items():
        hit = (days >= low) & (days <= (days.max(initial=0) if high is None else high))
        values[name] = share(int(hit.sum()), len(days))
    return {**values, "mean": float(days.mean()) if len(days) else np.nan}


DAYS = Family("days", quantities, measure)
