"""R05: some are tied to a place without ever going there."""

from __future__ import annotations

from experiments.statements.arms import BASE, levels
from experiments.statements.findings import Finding, down, percent, up, within
from experiments.statements.lab import Lab
from experiments.statements.record import Statement

HARDLY = 0.25
"""Visits and host hours must grow by less than this part of what supporters from afar grow by."""


def measure(lab: Lab) -> list[Finding]:
    """Campaign for gifts; write back to those who gave."""
    base, campaign, letters = lab.run(BASE, levels(tax_campaign=10), levels(reply_letters=6))
    supporters = percent(campaign.total("ties_online"), base.total("ties_online"))
    visits = percent(campaign.total("visits"), base.total("visits"))
    load = percent(campaign.total("load_hours"), base.total("load_hours"))
    turning = [100.0 * r.total("turned", first=1) / r.total("ties_online", first=1) for r in (base, letters)]
    share = 100.0 * base.everywhere("nonvisiting") / base.everywhere("people")
    return [
        up("呼びかけによる、訪れない支え手の増加", "supporters from afar with a campaign", supporters, "%"),
        up("同じく、全国で（呼びかけない地域も含めて）", "the same, in the whole country, places without a campaign included", percent(*(r.everywhere("ties_online") for r in (campaign, base))), "%"),
        up("同じく、寄付などの額", "the same, money given", percent(campaign.total("gifts"), base.total("gifts")), "%"),
        down("同じく、訪問の増加（支え手の増加の4分の1より小さい）", "the same, visits, less a quarter of the growth in supporters", visits - HARDLY * supporters, "%"),
        down("同じく、迎える時間の増加（支え手の増加の4分の1より小さい）", "the same, host hours, less a quarter of the growth in supporters", load - HARDLY * supporters, "%"),
        up("お便りによる、訪れるようになる割合（月）の増加", "share who turn to visiting a month, with letters", percent(turning[1], turning[0]), "%"),
        within("訪れずに関わる大人の割合", "adults tied without visiting", share, 2.5, 4.0, "%"),
    ]  # fmt: skip


R05 = Statement(
    id="R05",
    slug="some_support_from_afar",
    ja="寄付や買い物、仕事の請負や発信など、訪れずに地域を支える人もいる。",
    en="Some support a place without going there: by gifts, purchases, work done from afar, or talking about it.",
    mechanisms=("online", "deepening"),
    levers=("tax_campaign", "reply_letters"),
    off={"online.campaign": 0.0, "deepening.replies": 0.0},
    metric_ja="訪れない支え手の数、訪れるようになる割合",
    metric_en="supporters from afar, share who turn to visiting",
    measure=measure,
)
