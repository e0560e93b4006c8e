"""Residence: who has a tie at all, by where people live."""

from __future__ import annotations

import numpy as np

from experiments.predictions.record import Asked, Family, Quantity, Seen, Words, group_words, share
from experiments.predictions.ties import inside, visiting
from sim.state import DIRECT, ONLINE

_KINDS = {
    "visiting": (
        "% of adults",
        Words("訪れる関わりを持つ人の割合", "Adults with a tie that brings visits"),
        Words("訪れる関わりを1つ以上持つ人の割合。", "Share with at least one tie that brings visits."),
    ),
    "nonvisiting": (
        "% of adults",
        Words("訪れない関わりだけを持つ人の割合", "Adults with ties without visits only"),
        Words("関わりはあるが、訪れる関わりのない人の割合。", "Share with a tie, but none that brings visits."),
    ),
    "places_per_visitor": (
        "ties a person",
        Words("訪れる人の関わり先の数", "Places per visiting person"),
        Words("訪れる関わりの数を、それを持つ人の数で割ったもの（1人3か所まで）。", "Ties that bring visits over people who have one (three a person at most)."),
    ),
}  # fmt: skip


def quantities(asked: Asked) -> list[Quantity]:
    """Return shares of adults and places per visitor for each group by residence."""
    found = []
    for group in asked.residences:
        name = group_words(group)
        for kind, (unit, words, definition) in _KINDS.items():
            said = Words(f"{words.ja}（{name.ja}に住む人）", f"{words.en} (residents of {name.en})")
            whole = Words(f"{name.ja}に住む18歳以上の人", f"adults who live in {name.en}")
            visitors = Words(
                f"そのうち訪れる関わりを持つ人（{name.ja}）",
                f"residents of {name.en} with a tie that brings visits",
            )
            base = visitors if kind == "places_per_visitor" else whole
            found.append(Quantity(f"residence.{group}.{kind}", unit, said, definition, base))
    return found


def measure(seen: Seen, asked: Asked) -> dict[str, float]:
    """Return the shares."""
    ties = visiting(seen)
    comes = np.asarray(ties.any(axis=1))
    live = np.asarray(((seen.stage >= ONLINE) & (seen.stage <= DIRECT)).any(axis=1))
    values = {}
    for group, rows in asked.residences.items():
        here = inside(rows, len(seen.places))[seen.home]
        visitors, people = int(comes[here].sum()), int(here.sum())
        values[f"residence.{group}.visiting"] = share(visitors, people)
        values[f"residence.{group}.nonvisiting"] = share(int((live & ~comes)[here].sum()), people)
        values[f"residence.{group}.places_per_visitor"] = ties[here].sum() / visitors if visitors else np.nan
    return values


RESIDENCE = Family("residence", quantities, measure)
