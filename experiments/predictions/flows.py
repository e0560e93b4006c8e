"""Flows: where the main region of visiting people lies, between groups of places that the user names."""

from __future__ import annotations

from experiments.predictions.record import Asked, Family, Quantity, Seen, Words, group_words, share
from experiments.predictions.ties import inside, main_places

_BASE = Words("{o}に住み、訪れる関わりを持つ人", "residents of {o} with a tie that brings visits")
_SHARE = Words(
    "主な関わり先（最も強い、訪れる関わり）が{d}にある人の割合。",
    "Share whose main region (strongest tie that brings visits) lies in {d}.",
)
_PEOPLE = Words("主な関わり先が{d}にある18歳以上の人数。", "Adults whose main region lies in {d}.")


def quantities(asked: Asked) -> list[Quantity]:
    """Return a share and a number of people for each pair of an origin and a destination."""
    found = []
    for o in asked.origins:
        for d in asked.destinations:
            here, there = group_words(o), group_words(d)
            base = Words(_BASE.ja.format(o=here.ja), _BASE.en.format(o=here.en))
            words = Words(f"{here.ja}から{there.ja}への流れ", f"Flow from {here.en} to {there.en}")
            for last, unit, text in (("share", "% of visitors", _SHARE), ("people", "people", _PEOPLE)):
                definition = Words(text.ja.format(d=there.ja), text.en.format(d=there.en))
                found.append(Quantity(f"flow.{o}.{d}.{last}", unit, words, definition, base))
    return found


def measure(seen: Seen, asked: Asked) -> dict[str, float]:
    """Return the flows."""
    rows, place = main_places(seen)
    home, size, values = seen.home[rows], len(seen.places), {}
    for o, origin in asked.origins.items():
        here = inside(origin, size)[home]
        for d, destination in asked.destinations.items():
            count = int((here & inside(destination, size)[place]).sum())
            values[f"flow.{o}.{d}.share"] = share(count, int(here.sum()))
            values[f"flow.{o}.{d}.people"] = count * seen.weight
    return values


FLOWS = Family("flow", quantities, measure)
