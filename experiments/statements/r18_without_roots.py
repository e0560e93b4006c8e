"""R18: new ties with places where one has no roots."""

from __future__ import annotations

import numpy as np

from experiments.statements.arms import BASE, levels, places
from experiments.statements.findings import Finding, down, percent, up
from experiments.statements.lab import Lab
from experiments.statements.record import Statement
from experiments.statements.runs import VISITING, Runs
from sim.indicators import gini


def measure(lab: Lab) -> list[Finding]:
    """Reach out to people without family or friends there; see how long ties with roots last.

    In the whole country ties without roots grow in number; their share does not, as ties with roots grow, too.
    """
    base, reached = lab.run(BASE, levels(outreach=1))
    rootless = [100.0 * (1.0 - r.total("ties_roots") / r.visiting()) for r in (base, reached)]
    ties, roots = (
        [sum(r.everywhere(name) for name in names) for r in (reached, base)]
        for names in (VISITING, ("ties_roots",))
    )
    without = [np.asarray(a - b) for a, b in zip(ties, roots, strict=True)]
    kept = base.roots
    return [
        up("縁のない人への働きかけによる、縁のないつながりの割合の増加", "share of ties without roots with outreach", rootless[1] - rootless[0], "%"),
        up("同じく、縁のないつながりの数の増加", "the same, number of ties without roots", percent(*(r.visiting() - r.total("ties_roots") for r in (reached, base))), "%"),
        up("同じく、全国での縁のないつながりの数の増加", "the same, number in the whole country", percent(*without), "%"),
        down("同じく、行き先の地域の偏り（ジニ係数）", "the same, concentration of ties on few regions (Gini, by home)", _concentration(reached) - _concentration(base)),
        up("縁のあるつながりは1年後も残りやすい（縁のないものとの差）", "ties with roots still there after a year, less those without", 100.0 * (kept[:, 0] - kept[:, 1]), "%"),
    ]  # fmt: skip


def _concentration(runs: Runs) -> np.ndarray:
    """Return how unevenly the ties of a home's residents lie over the regions, mean of the homes (Gini)."""
    size, found = len(places()), []
    for flows in runs.flows:
        table = np.zeros((size, size))
        np.add.at(table, (flows["home"], flows["place"]), flows["ties"])
        found.append(np.mean([gini(row) for row in table]))
    return np.array(found)


R18 = Statement(
    id="R18",
    slug="ties_without_roots_begin",
    ja="親類も知り合いもいない土地との縁が生まれると、関わる人の層が厚くなる。",
    en="Making ties with places where one has neither family nor friends widens the base.",
    mechanisms=("destination", "search", "leaving"),
    levers=("outreach",),
    off={"search.outreach": 0.0, "search.reached": 0.0},
    metric_ja="縁のないつながりの割合、地域間の偏り",
    metric_en="share of ties without roots, concentration on regions",
    measure=measure,
)
