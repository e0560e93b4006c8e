"""R21: a room one can drop into, with a word from somebody and something to do."""

from __future__ import annotations

from experiments.statements.arms import BASE, levels
from experiments.statements.findings import Finding, percent, up
from experiments.statements.lab import Lab
from experiments.statements.record import Statement
from experiments.statements.runs import Runs
from sim.arrays import F64


def measure(lab: Lab) -> list[Finding]:
    """Open more rooms and days; with a greeting or without, with roles on show or without."""
    rooms, shown = levels(hub=4), levels(slots_shown=30)
    base, hub, roles, both = lab.run(BASE, rooms, shown, rooms | shown)
    mute, mute_hub, kind, kind_hub = lab.run(
        levels(greeting=0),
        levels(greeting=0, hub=4, open_days=26),
        levels(greeting=1),
        levels(greeting=1, hub=4, open_days=26),
    )
    taken, met = base.total("taken"), base.total("met")
    return [
        up("案内所と役割の掲示の相乗効果（役割を得た人）", "roles taken: rooms and roles on show, beyond the sum of each", 100.0 * (both.total("taken") - hub.total("taken") - roles.total("taken") + taken) / taken.mean(), "%"),
        up("案内所による、出会いの増加", "people met with more rooms", percent(hub.total("met"), met), "%"),
        up("声かけのない案内所：訪問の増加が、中へ入るつながりの増加を上回る分", "rooms without greeting: growth of visits a tie beyond growth of involved ties", _visits(mute_hub, mute) - percent(mute_hub.involved(), mute.involved()), "%"),
        up("声かけのあるとき、案内所の出会いの効果が大きくなる分", "people met for more rooms: with greeting less without", percent(kind_hub.total("met"), met) - percent(kind.total("met"), met) - percent(mute_hub.total("met"), met) + percent(mute.total("met"), met), "%"),
    ]  # fmt: skip


def _visits(runs: Runs, base: Runs) -> F64:
    return percent(runs.total("visits") / runs.visiting(), base.total("visits") / base.visiting())


R21 = Statement(
    id="R21",
    slug="open_rooms_greet_and_show_roles",
    ja="ふらりと寄れる場は、声をかける人と手を出せることがそろって、関わりの入口になる。",
    en="A room to drop into becomes a way in when somebody greets and there is something to do.",
    mechanisms=("encounter", "search", "visiting"),
    levers=("hub", "open_days", "greeting", "slots_shown"),
    off={"encounter.hub_yield": 0.0, "room.shown": 0.0, "visit.hub_draw": 0.0},
    metric_ja="出会う人、役割を得た人",
    metric_en="people met, roles taken",
    measure=measure,
)
