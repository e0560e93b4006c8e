"""R01: a little under a fifth of adults keep visiting, all over the country."""

from __future__ import annotations

import numpy as np

from experiments.statements.arms import BASE, levels, places
from experiments.statements.findings import Finding, percent, up, within
from experiments.statements.lab import Lab
from experiments.statements.record import Statement
from experiments.statements.runs import Runs


def measure(lab: Lab) -> list[Finding]:
    """Look at who visits today, and at what cheaper travel does."""
    base, cheap = lab.run(BASE, levels(travel_subsidy=10))
    share = base.everywhere("visiting") / base.everywhere("people")
    visits_a_tie = percent(cheap.total("visits") / cheap.visiting(), base.total("visits") / base.visiting())
    ties = percent(cheap.visiting(), base.visiting())
    return [
        up("交通費補助による、つながり1件あたりの訪問の増加", "visits a tie with a travel subsidy", visits_a_tie, "%"),
        up("同じく、つながりの数の増加を上回る分", "the same, beyond the growth in ties", visits_a_tie - ties, "%"),
        within("通っている大人の割合", "share of adults who visit", 100.0 * share, 16.0, 19.5, "%"),
        within("大都市と地方それぞれの中での行き来の偏り（オッズ比）", "metropolitan by other flows, odds ratio", _odds(base), 1.3, 3.0),
    ]  # fmt: skip


def _odds(runs: Runs) -> np.ndarray:
    """Return how much more people visit regions of their own sort: odds ratio of the 2 x 2 flows."""
    metro = places().metro > 0
    ratios = []
    for flows in runs.flows:
        table = np.zeros((2, 2))
        np.add.at(
            table, (metro[flows["home"]].astype(int), metro[flows["place"]].astype(int)), flows["people"]
        )
        ratios.append(table[0, 0] * table[1, 1] / (table[0, 1] * table[1, 0]))
    return np.array(ratios)


R01 = Statement(
    id="R01",
    slug="a_fifth_keep_visiting",
    ja="大人の2割弱が、暮らしの場ではない特定の地域へ全国で通っている。",
    en="A little under one adult in five keeps visiting particular places away from home, all over the country.",
    mechanisms=("search", "destination", "visiting"),
    levers=("travel_subsidy", "transport"),
    off={"visit.cost": 0.0},
    metric_ja="通う人の割合、つながり1件あたりの訪問",
    metric_en="share who visit, visits a tie",
    measure=measure,
)
