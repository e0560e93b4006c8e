"""R19: meetings are planned for, and planned together with room and hosts."""

from __future__ import annotations

from experiments.statements.arms import BASE, Arm, levels
from experiments.statements.findings import Finding, down, percent, up, within
from experiments.statements.lab import Lab
from experiments.statements.record import Statement
from sim.levers import levers

BUDGET = 8_000_000.0
"""Yen a year for 5,000 adults, on top of today: what all means for room cost together at their highest."""

USES = {
    "meeting": {"guides_city": 1 / 6, "guides_local": 1 / 6, "hub": 1 / 3, "events": 1 / 3},
    "room": {"small_roles": 0.225, "matching": 0.25, "unfinished_projects": 0.375, "disclosure": 0.15},
    "hosts": {"intermediary": 2 / 3, "coordination": 1 / 3},
}
"""What the budget buys when it goes into one thing: occasions to meet, room for involvement, or hosts' time."""


def measure(lab: Lab) -> list[Finding]:
    """Spend one budget on meeting, on room, on hosts, or on all three; then meet more and more."""
    single = [_spend({use: 1.0}) for use in USES]
    base, *alone, mixed = lab.run(BASE, *single, _spend(dict.fromkeys(USES, 1.0 / len(USES))))
    best = max(alone, key=lambda r: float(r.total("reached36").mean()))
    gains = [percent(r.involved(), base.involved()) for r in alone]
    some, much = lab.run(*(levels(guides_city=1 + g, guides_local=1 + g, hub=0.5 + 0.75 * g) for g in (2, 4)))
    found = [100.0 * r.total("taken") / r.total("met") for r in (base, some, much)]
    lasting = [100.0 * r.total("reached36") / r.total("met") for r in (base, much)]
    return [
        up("同じ費用を出会い・余白・迎え手に分けたときの、3年続くつながり（最もよい一つに絞った場合との差）", "lasting ties with the budget split over meeting, room and hosts, over the best single use", percent(mixed.total("reached36"), best.total("reached36")), "%"),
        up("同じく、中へ入ったつながりで三つの効果の平均を上回る分", "the same, involved ties, beyond the mean of the three uses", percent(mixed.involved(), base.involved()) - sum(gains) / len(gains), "%"),
        down("出会いだけを増やしたときの、出会った人が役割を得る割合の変化", "share of those met who find a role, when only meetings grow", found[2] - found[0], "%"),
        down("同じく、出会いあたりの3年続くつながりの変化", "the same, lasting ties for each person met", lasting[1] - lasting[0], "%"),
        up("出会い自体は増える", "people met, when meetings grow", percent(much.total("met"), base.total("met")), "%"),
        within("費用の違い", "difference in yen", percent(mixed.total("yen", first=1), best.total("yen", first=1)), -0.5, 0.5, "%"),
    ]  # fmt: skip


def _spend(shares: dict[str, float]) -> Arm:
    """Return the arm in which the budget is spent so, on top of today."""
    table, wanted = levers(), {}
    for use, share in shares.items():
        for name, part in USES[use].items():
            wanted[name] = table[name].today + share * part * BUDGET / table[name].price
    return levels(wanted)


R19 = Statement(
    id="R19",
    slug="meetings_are_planned_for",
    ja="余白との出会いは偶然に任せず、出会い・余白・迎え手をそろえて計画的につくるものである。",
    en="Meeting with room for involvement is not left to chance: meetings, room and hosts are planned together.",
    mechanisms=("encounter", "search", "deepening", "attention"),
    levers=("guides_city", "guides_local", "hub", "events", "small_roles", "intermediary"),
    off={"encounter.guide_yield": 0.0, "encounter.hub_yield": 0.0, "encounter.event_yield": 0.0},
    metric_ja="同じ費用のもとでの、3年続くつながり",
    metric_en="lasting ties for the same yen",
    measure=measure,
)
