"""R18: new ties with places where one has no roots."""

from __future__ import annotations

import numpy as np

from experiments.statements.arms import BASE, levels
from experiments.statements.findings import Finding, down, percent, up
from experiments.statements.lab import Lab
from experiments.statements.record import Statement
from experiments.statements.runs import VISITING, Runs
from sim.indicators import gini


def measure(lab: Lab) -> list[Finding]:
    """Reach out to people without family or friends there; see how long ties with roots last."""
    base, reached = lab.run(BASE, levels(outreach=1))
    rootless = [100.0 * (1.0 - r.total("ties_roots") / r.visiting()) for r in (base, reached)]
    kept = base.roots
    return [
        up("縁のない人への働きかけによる、縁のないつながりの割合の増加", "share of ties without roots with outreach", rootless[1] - rootless[0], "%"),
        up("同じく、縁のないつながりの数の増加", "the same, number of ties without roots", percent(*(r.visiting() - r.total("ties_roots") for r in (reached, base))), "%"),
        down("同じく、つながりの地域間の偏り（ジニ係数）", "the same, concentration of ties on regions (Gini)", _concentration(reached) - _concentration(base)),
        up("縁のあるつながりは1年後も残りやすい（縁のないものとの差）", "ties with roots still there after a year, less those without", 100.0 * (kept[:, 0] - kept[:, 1]), "%"),
    ]  # fmt: skip


def _concentration(runs: Runs) -> np.ndarray:
    """Return the Gini coefficient of visiting ties a resident over regions that are not metropolitan."""
    ties = sum(runs.by_place(name)[:, -24:].mean(axis=1) for name in VISITING)
    people = runs.by_place("people")[:, -24:].mean(axis=1)
    return np.array([gini(row) for row in np.asarray(ties) / people])


R18 = Statement(
    id="R18",
    slug="ties_without_roots_begin",
    ja="親類や知り合いのいない地域とのつながりを新しくつくると、裾野が広がる。",
    en="Making ties with places where one has neither family nor friends widens the base.",
    mechanisms=("destination", "search", "leaving"),
    levers=("outreach",),
    off={"search.outreach": 0.0},
    metric_ja="縁のないつながりの割合、地域間の偏り",
    metric_en="share of ties without roots, concentration on regions",
    measure=measure,
)
