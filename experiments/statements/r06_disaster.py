"""R06: ties change their form when disaster strikes, and that helps."""

from __future__ import annotations

import numpy as np

from experiments.statements.arms import Arm, levels, others, places, shock
from experiments.statements.findings import SHAPE, Finding, up, within
from experiments.statements.lab import Lab
from experiments.statements.record import Statement
from experiments.statements.runs import Runs

MONTHS = 96
STRUCK = others()[4:7]
SIZE = 0.25
ROWS = [places().code.index(code) for code in STRUCK]
STRANGERS = (14, 24)
KNOWN = (24, 60)
"""Months between which the fading of help is measured: of those whom the disaster brought, and of the others."""

CARE = levels(intermediary=0.5, reception_desk=2)


def measure(lab: Lab) -> list[Finding]:
    """Strike three regions: as they are, after their sleeping ties and supporters are wiped out, and with help for hosts."""
    calm, strike = Arm(months=MONTHS), shock("disaster", SIZE, STRUCK).lasting(MONTHS)
    forget = Arm(edit="forget")
    a = lab.run(calm, strike, calm | forget, strike | forget, calm | CARE, strike | CARE)
    known, wiped, cared = (_extra(a[i + 1], a[i]) for i in (0, 2, 4))
    lost = (known - wiped)[:, :6].mean(axis=1)
    brought = a[5].series("ties_short", rows=ROWS)
    fading = _rate(brought, *STRANGERS), _rate(cared - brought, *KNOWN)
    after = slice(60, MONTHS)
    return [
        up("眠っていたつながりと訪れない支え手がもたらす、半年の手助けの割合", "share of the first half year's help owed to sleeping ties and supporters from afar", 100.0 * lost / known[:, :6].mean(), "%"),
        up("手助けの減り方（月）：災害で来た人が、以前から縁のある人より速い", "fading of help a month: those whom the disaster brought, less the others", fading[0] - fading[1], by=SHAPE),
        within("災害で来た人の減り方（月）", "fading a month of those whom the disaster brought", fading[0], 0.12, 0.30),
        within("以前から縁のある人の減り方（月）", "fading a month of the others", fading[1], 0.01, 0.06),
        up("迎え手を支えた場合に6年目以降も残る手助けが、支えない場合を上回る分", "help left after the fifth year: with hosts supported, less without", (cared - known)[:, after].mean(axis=1)),
    ]  # fmt: skip


def _extra(struck: Runs, calm: Runs) -> np.ndarray:
    """Return ties of direct contribution to the struck regions beyond those of quiet times (seeds, months)."""
    return np.asarray(struck.series("ties_direct", rows=ROWS) - calm.series("ties_direct", rows=ROWS))


def _rate(extra: np.ndarray, first: int, last: int) -> np.ndarray:
    """Return the fading a month between two months, each a mean of five; one number a seed, by the jackknife."""
    n = len(extra)
    total = np.array([extra[:, m - 3 : m + 2].mean(axis=1) for m in (first, last)])

    def slope(pair: np.ndarray) -> float:
        return float(np.log(pair[0] / pair[1]) / (last - first)) if (pair > 0).all() else float("nan")

    whole = slope(total.mean(axis=1))
    without = [slope(np.delete(total, i, axis=1).mean(axis=1)) for i in range(n)]
    # Pseudo-values: their mean is the estimate and their spread its standard error.
    return np.array([n * whole - (n - 1) * one for one in without])


R06 = Statement(
    id="R06",
    slug="disaster_wakes_ties",
    ja="災害のときには、眠っていた関わりや遠くの支え手が手助けに変わり、地域の立ち直りを助ける。",
    en="When disaster strikes, sleeping ties and supporters from afar turn into help, and places recover with them.",
    mechanisms=("latent", "deepening", "search", "leaving"),
    levers=("reception_desk", "intermediary"),
    off={"shock.help_online": 0.0, "shock.help_hobby": 0.0, "shock.help_latent": 0.0},
    metric_ja="災害後に増えた、直接手を貸すつながり",
    metric_en="direct ties beyond those of quiet times",
    measure=measure,
)
