"""R14: what is done has to be looked at again and again."""

from __future__ import annotations

from experiments.statements.arms import Arm, levels, shock
from experiments.statements.findings import Finding, down, percent, up, within
from experiments.statements.lab import Lab
from experiments.statements.record import Statement
from sim.levers import levers

REVIEWS = 4
MONTHS = 96
START = {"hub": 2.0, "events": 36.0}
"""Levels at the start: much for meeting, so that there is a budget to move."""


def measure(lab: Lab) -> list[Finding]:
    """Let needs surge for three years, with reviews and without, for the same yen.

    The fixed plan is one that asks too much of meeting: four times the hubs and six times the events of today. Reviews move
    that money to the hosts. They do not beat every fixed plan: from today's levels, with little to move, what reviews cost
    does more as staff and sharing from the start (involved ties 14% fewer with reviews).
    """
    surge = levels(START) | shock("needs", 4.0, last=36).lasting(MONTHS)
    fixed, moved = lab.run(surge | _instead(), surge | levels(reviews=REVIEWS))
    span = {"first": 37, "last": MONTHS}
    burnt = [100.0 * r.total("hosts_burnt", **span) / r.total("hosts", **span) for r in (moved, fixed)]
    return [
        up("出会いに偏った計画を同じ費用で見直したときの、頼みごとが急増した後の、中へ入ったつながりの増加", "involved ties after a surge of needs: a plan too rich in meeting with reviews, over the same without, for the same yen", percent(moved.involved(**span), fixed.involved(**span)), "%"),
        down("同じく、疲れきった迎え手の割合", "the same, burnt-out hosts", burnt[0] - burnt[1], "%"),
        up("同じく、1年後の続きやすさ", "the same, ties alive after a year", 100.0 * (moved.persistence() - fixed.persistence()), "%"),
        within("費用の違い", "difference in yen", percent(moved.total("yen", first=1), fixed.total("yen", first=1)), -0.5, 0.5, "%"),
    ]  # fmt: skip


def _instead() -> Arm:
    """Return what the yen of the reviews buy where there are none: half staff, half sharing, as a review would."""
    table = levers()
    half = REVIEWS * table["reviews"].price / 2.0
    more = {name: table[name].today + half / table[name].price for name in ("intermediary", "coordination")}
    return levels(more)


R14 = Statement(
    id="R14",
    slug="reviews_pay",
    ja="取組は、やり方をくり返し見直してこそ長く続く。",
    en="What is done lasts when it is looked at again and again and changed.",
    mechanisms=("reviewing",),
    levers=("reviews",),
    off={"review.step": 0.0},
    metric_ja="出会いに偏った計画を見直す場合と見直さない場合の、同じ費用での中へ入ったつながり",
    metric_en="involved ties for the same yen, a plan too rich in meeting with reviews and without",
    measure=measure,
)
