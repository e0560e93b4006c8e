"""R04: about three in ten of those who visit lend a hand, in many ways."""

from __future__ import annotations

from experiments.statements.arms import BASE, levels
from experiments.statements.findings import Finding, down, percent, up, within
from experiments.statements.lab import Lab
from experiments.statements.record import Statement


def measure(lab: Lab) -> list[Finding]:
    """Look at the mixture of types today, and at what matching by skill does to it."""
    base, matched = lab.run(BASE, levels(matching=1))
    direct = 100.0 * base.everywhere("main_direct") / base.everywhere("visiting")
    # At equal visits: shares of the ties, not their number.
    shares = {
        name: [100.0 * r.total(f"ties_{name}") / r.visiting() for r in (base, matched)]
        for name in ("direct", "hobby")
    }
    return [
        up("得意を生かす紹介による、直接手を貸すつながりの割合の増加", "share of direct ties with matching by skill", shares["direct"][1] - shares["direct"][0], "%"),
        down("同じく、趣味のつながりの割合", "the same, share of hobby ties", shares["hobby"][1] - shares["hobby"][0], "%"),
        up("同じく、直接手を貸すつながりの数", "the same, number of direct ties", percent(matched.total("ties_direct"), base.total("ties_direct")), "%"),
        within("通う人のうち直接手を貸す人", "visitors who lend a hand directly", direct, 23, 35, "%"),
        up("直接手を貸すつながりの1年後の続きやすさ（参加との差）", "direct ties alive after a year, less exchange ties", 100.0 * (base.persistence((5,)) - base.persistence((3,))), "%"),
    ]  # fmt: skip


R04 = Statement(
    id="R04",
    slug="three_in_ten_lend_a_hand",
    ja="通う人のおよそ3割は地域の活動に直接手を貸しており、関わり方はさまざまである。",
    en="About three in ten of those who visit lend a hand directly, and there are many ways to be involved.",
    mechanisms=("encounter", "search", "deepening", "leaving"),
    levers=("matching",),
    off={"room.matching": 0.0, "strength.matching": 0.0},
    metric_ja="つながりの種類の割合",
    metric_en="mixture of types of tie",
    measure=measure,
)
