"""Moves: how often a tie ends in living there, by its type and strength (E17).

Expected moves are added up tie by tie from the hazards at one moment rather than counted: the same figure, without the
luck of a few movers. Only ties of work and of direct contribution lead to moving in the model.
"""

from __future__ import annotations

import numpy as np

from experiments.predictions.record import Asked, Family, Quantity, Seen, Words
from experiments.predictions.ties import KINDS, visiting

_STRENGTHS = {
    "weak": ((0.0, 0.3), Words("強さ0.3未満", "strength under 0.3")),
    "middle": ((0.3, 0.6), Words("強さ0.3〜0.6", "strength 0.3 to 0.6")),
    "strong": ((0.6, np.inf), Words("強さ0.6以上", "strength 0.6 and more")),
}
_DEFINITION = Words(
    "関わりが移住に至る件数（年あたりの見込み）。",
    "Moves to the place of the tie a year, expected from the state of the ties.",
)


def _groups() -> dict[str, Words]:
    depth = {f"strength_{name}": words for name, (_, words) in _STRENGTHS.items()}
    return (
        {"all": Words("訪れる関わり", "ties that bring visits")}
        | {n: w for n, (_, w) in KINDS.items()}
        | depth
    )


def quantities(asked: Asked) -> list[Quantity]:
    """Return moves per 1,000 ties a year for all visiting ties, by type and by strength."""
    return [
        Quantity(
            f"moves.{name}", "moves per 1,000 ties a year",
            Words(f"移住に至る割合（{words.ja}）", f"Moves ({words.en})"), _DEFINITION,
            Words(f"訪れる関わり1,000件（{words.ja}）", f"1,000 ties that bring visits ({words.en})"),
        )
        for name, words in _groups().items()
    ]  # fmt: skip


def measure(seen: Seen, asked: Asked) -> dict[str, float]:
    """Return the rates."""
    ties = visiting(seen)
    groups = {"all": ties} | {name: seen.stage == number for name, (number, _) in KINDS.items()}
    for name, ((low, high), _) in _STRENGTHS.items():
        groups[f"strength_{name}"] = ties & (seen.strength >= low) & (seen.strength < high)
    return {
        f"moves.{name}": 12_000.0 * float(seen.pull[rows].mean()) if rows.any() else np.nan
        for name, rows in groups.items()
    }


MOVES = Family("moves", quantities, measure)
