"""R19: meeting by plan, in several ways at once."""

from __future__ import annotations

from experiments.statements.arms import BASE, Arm, levels, shock
from experiments.statements.findings import SHAPE, Finding, down, percent, up
from experiments.statements.lab import Lab
from experiments.statements.record import Statement
from experiments.statements.runs import Runs
from sim.arrays import F64
from sim.levers import levers

BUDGET = 12_000_000.0
"""Yen a year for 5,000 adults, spent on people, on open rooms, on events, or a third on each."""

MEANS = {"people": ("guides_city", "guides_local"), "rooms": ("hub",), "events": ("events",)}


def measure(lab: Lab) -> list[Finding]:
    """Spend one budget in one way or in three; then meet more and more, and see what comes of it."""
    single = [_spend({name: 1.0}) for name in MEANS]
    mixed = _spend(dict.fromkeys(MEANS, 1.0 / 3.0))
    base, *alone, together = lab.run(BASE, *single, mixed)
    best = max(alone, key=lambda r: float(r.total("met").mean()))
    some, much = lab.run(*(levels(guides_city=1 + g, guides_local=1 + g, hub=0.5 + 0.75 * g) for g in (2, 4)))
    yields = [_yield(later, sooner) for later, sooner in ((some, base), (much, some))]
    room, hosts = shock("needs", 2.0), levels(intermediary=0.5, coordination=0.5)
    meet = levels(guides_city=4, guides_local=4, hub=2)
    parts = lab.run(meet, room, hosts, meet | room | hosts)
    gains = [percent(r.involved(), base.involved()) for r in parts]
    return [
        up("同じ費用を人・場・行事に分けたときの出会い（最もよい一つに絞った場合との差）", "people met with the budget split over people, rooms and events, over the best single use", percent(together.total("met"), best.total("met")), "%"),
        down("出会いを重ねたときの、出会い一つあたりの中へ入る人（後の分から先の分を引いた差）", "involved ties for one more meeting: later ones less earlier ones", yields[1] - yields[0], by=SHAPE),
        up("出会い・余白・迎え手を同時に整えた効果が、最もよい一つを上回る分", "involved ties: meetings, room and hosts together, beyond the best of them alone", gains[3] - max(gains[:3], key=lambda g: float(g.mean())), "%"),
        up("同じく、三つの効果の和を上回る分", "the same, beyond the sum of the three", gains[3] - gains[0] - gains[1] - gains[2], "%", by=SHAPE),
    ]  # fmt: skip


def _spend(shares: dict[str, float]) -> Arm:
    """Return the arm in which the budget is spent so, on top of today."""
    table, wanted = levers(), {}
    for means, share in shares.items():
        for name in MEANS[means]:
            wanted[name] = table[name].today + share * BUDGET / len(MEANS[means]) / table[name].price
    return levels(**wanted)


def _yield(later: Runs, sooner: Runs) -> F64:
    """Return involved ties gained for each person more who is met."""
    return (later.involved() - sooner.involved()) / (later.total("met") - sooner.total("met")).mean()


R19 = Statement(
    id="R19",
    slug="meetings_are_planned_for",
    ja="余白と出会う機会は、人と場と仕組みを組み合わせて計画的につくるものである。",
    en="Occasions to meet room for involvement are made by plan: people, open rooms and events together.",
    mechanisms=("encounter", "search", "deepening"),
    levers=("guides_city", "guides_local", "hub", "events"),
    off={"encounter.guide_yield": 0.0, "encounter.hub_yield": 0.0, "encounter.event_yield": 0.0},
    metric_ja="同じ費用のもとで出会う人の数",
    metric_en="people met for the same yen",
    measure=measure,
)
