"""R15: guides on both sides, working together."""

from __future__ import annotations

from experiments.statements.arms import BASE, levels
from experiments.statements.findings import Finding, down, percent, up
from experiments.statements.lab import Lab
from experiments.statements.record import Statement


def measure(lab: Lab) -> list[Finding]:
    """Four times the guides on one side, on the other, on both; and more meetings between them."""
    city, local, meetings = levels(guides_city=4), levels(guides_local=4), levels(guide_meetings=12)
    base, one, other, both, linked, all_linked = lab.run(
        BASE, city, local, city | local, meetings, city | local | meetings
    )
    met = base.total("met")
    return [
        up("両側の案内人を増やす効果が、片側ずつの効果の和を上回る分（出会い）", "people met: both sides, beyond the sum of each side alone", 100.0 * (both.total("met") - one.total("met") - other.total("met") + met) / met.mean(), "%"),
        down("片側だけ増やす効果から、両側の効果の4分の1を引いた差", "one side alone, less a quarter of what both bring", percent((one.total("met") + other.total("met")) / 2.0, met) - percent(both.total("met"), met) / 4.0, "%"),
        up("両側を増やしたときの、つながりの増加", "visiting ties with both sides", percent(both.visiting(), base.visiting()), "%"),
        up("顔合わせによる、出会いの増加", "people met with more meetings of guides", percent(linked.total("met"), met), "%"),
        up("顔合わせの効き目は、案内人が多いほど大きい", "the same, where guides are many, less where they are few", 100.0 * (all_linked.total("met") - both.total("met") - linked.total("met") + met) / met.mean(), "%"),
    ]  # fmt: skip


R15 = Statement(
    id="R15",
    slug="guides_of_both_sides_work_together",
    ja="都市側と地域側の案内人や支援組織は、手を組んでこそ力になる。",
    en="Guides and supporting bodies in the city and in the place are strong when they work together.",
    mechanisms=("encounter", "guiding"),
    levers=("guides_city", "guides_local", "guide_meetings"),
    off={"encounter.guide_yield": 0.0},
    metric_ja="月に出会う人の数",
    metric_en="people met a month",
    measure=measure,
)
