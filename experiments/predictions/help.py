"""Help: what happens month by month in places struck by a disaster.

Visits for work of everybody, relative to the year before; and people whom the disaster brought, relative to the month
with most of them.
"""

from __future__ import annotations

import numpy as np

from experiments.predictions.record import Asked, Family, Quantity, Seen, Words

MONTHS = 60
SIZE = 0.25
"""Size of the disaster: one that fills the news (MODEL.md 6.4)."""

_KINDS = {
    "work_visits": (
        "times the year before",
        Words("手伝いの訪問", "Visits for work"),
        Words(
            "被災地を手伝いや仕事で訪れた回数（参加・交流の訪問は半分に数える）を、災害前の1年間の月平均で割ったもの（1＝災害前と同じ）。",
            "Visits for work to the struck places (visits of taking part count half) over the monthly mean of the year before.",
        ),
        Words("災害前の1年間の月平均", "monthly mean of the year before the disaster"),
    ),
    "helpers": (
        "of the highest month",
        Words("災害をきっかけに来ている人", "People whom the disaster brought"),
        Words(
            "災害をきっかけに被災地と関わり始め、その月も関わりの続いている人の数を、最も多い月で割ったもの。",
            "People who began a tie with the struck places because of the disaster and still have it, over the month with most of them.",
        ),
        Words("最も多い月の人数", "their number in the month with most of them"),
    ),
}  # fmt: skip


def quantities(asked: Asked) -> list[Quantity]:
    """Return two ratios a month; month 1 is the one in which the disaster strikes."""
    return [
        Quantity(
            f"help.{kind}.month_{m:02d}", unit,
            Words(f"災害{m}か月目の{words.ja}", f"{words.en}, month {m} of a disaster"), definition, base,
        )
        for kind, (unit, words, definition, base) in _KINDS.items()
        for m in range(1, MONTHS + 1)
    ]  # fmt: skip


def measure(seen: Seen, asked: Asked) -> dict[str, float]:
    """Return the ratios."""
    tops = {"work_visits": seen.work_before, "helpers": float(seen.helpers.max(initial=0.0))}
    columns = {"work_visits": seen.work, "helpers": seen.helpers}
    return {
        f"help.{kind}.month_{m:02d}": float(column[m - 1]) / tops[kind] if tops[kind] > 0 else np.nan
        for kind, column in columns.items()
        for m in range(1, MONTHS + 1)
    }


HELP = Family("help", quantities, measure)
