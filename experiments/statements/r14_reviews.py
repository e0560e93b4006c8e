"""R14: what is done has to be looked at again and again."""

from __future__ import annotations

from experiments.statements.arms import Arm, levels, shock
from experiments.statements.findings import Finding, percent, up, within
from experiments.statements.lab import Lab
from experiments.statements.record import Statement
from sim.levers import levers

REVIEWS = 4
START = {"hub": 2.0, "events": 18.0}
"""Levels at the start: much for meeting, so that there is a budget to move."""


def measure(lab: Lab) -> list[Finding]:
    """Let needs surge for three years, with reviews and without, for the same yen."""
    surge = levels(**START) | shock("needs", 4.0, first=7, last=42)
    fixed, moved = lab.run(surge | _instead(), surge | levels(reviews=REVIEWS))
    span = {"first": 13, "last": 72}
    worst = [r.series("ties_direct", "ties_work", "ties_exchange")[:, 12:].reshape(len(lab.seeds), -1, 12).mean(axis=2).min(axis=1) for r in (moved, fixed)]
    return [
        up("同じ費用で見直したときの、中へ入ったつながりの増加", "involved ties with reviews, for the same yen", percent(moved.involved(**span), fixed.involved(**span)), "%"),
        up("同じく、最も苦しい年のつながりの増加", "the same, in the worst year", percent(worst[0], worst[1]), "%"),
        up("同じく、1年後の続きやすさ", "the same, ties alive after a year", 100.0 * (moved.persistence() - fixed.persistence()), "%"),
        within("費用の違い", "difference in yen", percent(moved.total("yen", first=1), fixed.total("yen", first=1)), -0.5, 0.5, "%"),
    ]  # fmt: skip


def _instead() -> Arm:
    """Return what the yen of the reviews buy where there are none: half staff, half sharing, as a review would."""
    table = levers()
    half = REVIEWS * table["reviews"].price / 2.0
    more = {name: table[name].today + half / table[name].price for name in ("intermediary", "coordination")}
    return levels(**more)


R14 = Statement(
    id="R14",
    slug="reviews_pay",
    ja="取組は、やり方をくり返し見直してこそ長く続く。",
    en="What is done lasts when it is looked at again and again and changed.",
    mechanisms=("reviewing",),
    levers=("reviews",),
    off={"review.step": 0.0},
    metric_ja="同じ費用のもとでの、中へ入ったつながり",
    metric_en="involved ties for the same yen",
    measure=measure,
)
