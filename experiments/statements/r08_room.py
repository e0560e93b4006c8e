"""R08: room to get involved is what starts involvement."""

from __future__ import annotations

from experiments.statements.arms import BASE, after, levels, shock
from experiments.statements.findings import SHAPE, Finding, down, hump, percent, up
from experiments.statements.lab import Lab
from experiments.statements.record import Statement
from sim.parameters import defaults

FACTORS = (0.1, 0.3, 1.0, 2.0, 4.0, 10.0)
"""Needs arising, against today."""

BUSY = after(
    {f"load.{kind}": 1.25 * getattr(defaults().load, kind) for kind in ("exchange", "work", "direct")}
)
"""A quarter more host time for a visit: where hosts are busy before needs grow."""


def measure(lab: Lab) -> list[Finding]:
    """Offer small roles; let less and more be needed than today."""
    base, some, many = lab.run(BASE, levels(small_roles=15), levels(small_roles=30))
    needs = lab.run(*(BUSY | shock("needs", factor) for factor in FACTORS))
    found = [r.total("taken") / r.total("met") for r in (base, some, many)]
    now, most = needs[FACTORS.index(1.0)], needs[-1]
    return [
        hump("頼みごとの湧き方を0.1〜10倍にしたときの、3年続いたつながりの山（迎え手が忙しい場合）", "ties that lasted three years, over 0.1 to 10 times the needs of today where hosts are busy: a hump", [r.total("reached36") for r in needs]),
        hump("同じく、通うつながりの山", "the same, visiting ties: a hump", [r.visiting() for r in needs]),
        up("頼みごとが今の湧き方のときの、1割しか湧かないときと比べた、中へ入ったつながりの増加（迎え手が忙しい場合）", "involved ties with needs of today, over a tenth of them, where hosts are busy", percent(now.involved(), needs[0].involved()), "%"),
        up("小さな役割による、中へ入ったつながりの増加", "involved ties with small roles", percent(many.involved(), base.involved()), "%"),
        up("小さな役割による、出会った人が役割を得る割合の増加", "share of those met who find a role, with small roles", percent(found[1], found[0]), "%"),
        down("同じく、2倍にしたときの追加の効き目（1倍目との差）", "the same, gain of the second half less that of the first", 100.0 * (found[2] - 2.0 * found[1] + found[0]) / found[0].mean(), "%", by=SHAPE),
        up("同じく10倍のときの、疲れきった迎え手の割合の増加", "the same, burnt-out hosts with ten times the needs", 100.0 * (most.total("hosts_burnt") / most.total("hosts") - now.total("hosts_burnt") / now.total("hosts")), "%"),
        down("同じく10倍のときの、1年後の続きやすさの変化", "the same, ties alive after a year", 100.0 * (most.persistence() - now.persistence()), "%"),
    ]  # fmt: skip


R08 = Statement(
    id="R08",
    slug="room_is_the_trigger",
    ja="地域に手を出せる余白があることが、関わりの始まるきっかけになる。",
    en="Room to lend a hand is what makes involvement begin.",
    mechanisms=("needs", "encounter", "search", "deepening"),
    levers=("small_roles", "unfinished_projects"),
    off={"room.disclosure": 0.0},
    metric_ja="中へ入ったつながりの数、役割を得る割合",
    metric_en="involved ties, share who find a role",
    measure=measure,
)
