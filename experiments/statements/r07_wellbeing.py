"""R07: good relations do the visitor good, too."""

from __future__ import annotations

import numpy as np

from experiments.statements.arms import BASE, after, levels
from experiments.statements.findings import Finding, down, percent, up
from experiments.statements.lab import Lab
from experiments.statements.record import Statement
from experiments.statements.runs import Runs
from sim.parameters import defaults

HEAVY = {f"load.{kind}": 4.0 * getattr(defaults().load, kind) for kind in ("exchange", "work", "direct")}
"""Four times the host time a visit: hosts are overloaded."""


def measure(lab: Lab) -> list[Finding]:
    """Better visits, more visits, and visits to overloaded hosts."""
    base, better, more, heavy = lab.run(BASE, levels(shared_doing=1), levels(travel_subsidy=10), after(HEAVY))
    quality = percent(_gain(better), _gain(base))
    number = percent(_gain(more), _gain(base))
    per_visit = [
        percent(r.total("visits") / r.visiting(), base.total("visits") / base.visiting())
        for r in (better, more)
    ]
    return [
        up("通う人の幸福感の伸び（ふだんとの差）", "wellbeing of those who visit, above the usual", 100.0 * _gain(base), "%"),
        up("日々の営みを分かち合ったときの伸びの増加", "the gain when daily life is shared", quality, "%"),
        up("訪問1%あたりの伸び：よい訪問が、多い訪問を上回る分", "gain for a percent of visits: better ones less more ones", quality / np.maximum(per_visit[0].mean(), 1.0) - number / np.maximum(per_visit[1].mean(), 1.0), "%"),
        down("迎え手の負担が4倍のときの伸びの変化", "the gain when hosts carry four times the load", percent(_gain(heavy), _gain(base)), "%"),
    ]  # fmt: skip


def _gain(runs: Runs) -> np.ndarray:
    """Return the mean gain in wellbeing of people who visit."""
    return runs.everywhere("wellbeing") / runs.everywhere("visiting")


R07 = Statement(
    id="R07",
    slug="visitors_live_better",
    ja="関わりは、訪れる人自身がよく生きる助けにもなる。",
    en="Relations help the visitors themselves to live well.",
    mechanisms=("wellbeing", "strength"),
    levers=("shared_doing", "free_time"),
    off={"wellbeing.gain": 0.0},
    metric_ja="通う人の幸福感の伸び",
    metric_en="gain in wellbeing of those who visit",
    measure=measure,
)
