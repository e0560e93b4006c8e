"""Days: how often visiting ties bring a visit within a year; one visit counts as one day."""

from __future__ import annotations

import numpy as np

from experiments.predictions.record import Asked, Family, Quantity, Seen, Words, share
from experiments.predictions.ties import KINDS, visiting

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


def quantities(asked: Asked) -> list[Quantity]:
    """Return the shares of the classes and the mean, for all visiting ties and by type."""
    found = []
    for group, (_, words) in _groups().items():
        base = (
            _ALL if group == "all" else Words(f"いま「{words.ja}」の関わり", f"ties that are now {words.en}")
        )
        for name, (_, said) in _CLASSES.items():
            found.append(
                Quantity(
                    f"days.{group}.{name}", "% of ties",
                    Words(f"{said.ja}（{words.ja}）", f"{said.en} ({words.en})"), _SHARE, base,
                )
            )  # fmt: skip
        mean = Words(f"年間の日数の平均（{words.ja}）", f"Mean days a year ({words.en})")
        found.append(Quantity(f"days.{group}.mean", "days a year", mean, _MEAN, base))
    return found


def measure(seen: Seen, asked: Asked) -> dict[str, float]:
    """Return the shares and the means."""
    values: dict[str, float] = {}
    for group, (kind, _) in _groups().items():
        days = seen.days[visiting(seen) if kind is None else seen.stage == kind]
        for name, ((low, high), _) in _CLASSES.items():
            hit = (days >= low) & (days <= (days.max(initial=0) if high is None else high))
            values[f"days.{group}.{name}"] = share(int(hit.sum()), len(days))
        values[f"days.{group}.mean"] = float(days.mean()) if len(days) else np.nan
    return values


DAYS = Family("days", quantities, measure)
