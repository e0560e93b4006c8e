"""R10: most are indifferent, so interest has to be raised."""

from __future__ import annotations

import numpy as np

from experiments.statements.arms import BASE, levels
from experiments.statements.findings import Finding, down, percent, up, within
from experiments.statements.lab import Lab
from experiments.statements.record import Statement
from experiments.statements.runs import VISITING, Runs

STOP = 36


def measure(lab: Lab) -> list[Finding]:
    """Inform people for three years, then stop."""
    base, told = lab.run(BASE, levels(where=None, last=STOP, information=2, school_programmes=1))
    during = {"first": STOP - 11, "last": STOP}
    later = {"first": 61, "last": 72}
    fell = [_indifferent(base, **span) - _indifferent(told, **span) for span in (during, later)]
    mixture = [100.0 * r.total("ties_direct", **during) / r.total(*VISITING, **during) for r in (base, told)]
    return [
        up("知らせる取組の3年目の、無関心な大人の割合の減少", "fall of the indifferent share in the third year of information", fell[0], "%"),
        up("同じく、訪れない支え手の増加", "the same, supporters from afar", percent(told.total("ties_online", **during), base.total("ties_online", **during)), "%"),
        up("同じく、訪問の増加", "the same, visits", percent(told.total("visits", **during), base.total("visits", **during)), "%"),
        down("同じく、直接手を貸すつながりの割合の変化（裾野が広がり、深まりはしない）", "the same, share of direct ties: wider, not deeper", mixture[1] - mixture[0], "%"),
        down("やめて3年目に残る減少から、続けていたときの3分の1を引いた値", "fall left in the third year after the end, less a third of it", fell[1] - fell[0] / 3.0, "%"),
        within("今、無関心な大人の割合", "indifferent share today", _indifferent(base, **later), 65, 75, "%"),
    ]  # fmt: skip


def _indifferent(runs: Runs, first: int, last: int) -> np.ndarray:
    return (
        100.0
        * runs.total("indifferent", first=first, last=last)
        / runs.total("people", first=first, last=last)
    )


R10 = Statement(
    id="R10",
    slug="interest_widens_the_base",
    ja="多くの人は地域に関心がないので、関心を高める取組が要る。",
    en="Most people take no interest in other places, so interest has to be raised.",
    mechanisms=("interest",),
    levers=("information", "school_programmes"),
    off={"interest.told": 0.0, "interest.school": 0.0},
    metric_ja="無関心な大人の割合、訪問",
    metric_en="indifferent share, visits",
    measure=measure,
)
