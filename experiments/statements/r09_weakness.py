"""R09: showing each other what one lacks opens doors."""

from __future__ import annotations

import numpy as np

from experiments.statements.arms import BASE, Arm, after, levels
from experiments.statements.findings import SHAPE, Finding, down, percent, up
from experiments.statements.lab import Lab
from experiments.statements.record import Statement
from experiments.statements.runs import Runs

STILL = after(
    {
        "openness.learning": 0.0,
        "openness.tired_silence": 0.0,
        "openness.reversion": 0.0,
        "openness.spark": 0.0,
    }
)


def measure(lab: Lab) -> list[Finding]:
    """Hold workshops; set hosts' openness low, middle and high; the same where visitors show no weakness in return.

    Theory hoped for an optimum inside and did not find one: what is demanded is a gain that grows less and less,
    and that is larger among visitors who show their own weakness.
    """
    base, many = lab.run(BASE, levels(disclosure=12))
    little, half, most = lab.run(*(Arm(edit=f"openness {w}") | STILL for w in (0.05, 0.475, 0.9)))
    dull = after({"strength.weakness_bonus": 0.0})
    dull_little, dull_most = lab.run(*(Arm(edit=f"openness {w}") | STILL | dull for w in (0.05, 0.9)))
    roles = [r.total("open_slots") for r in (little, half, most)]
    warmth = percent(_strength(most), _strength(little))
    return [
        up("語り合う会による、掲げられた役割の増加", "open roles with workshops", percent(many.total("open_slots"), base.total("open_slots")), "%"),
        up("迎え手の率直さを0.05から0.9にしたときの、新しいつながりの強さの増加", "strength of new ties with hosts' openness at 0.9 rather than 0.05", warmth, "%"),
        up("同じく、訪れる人も弱さを見せる場合が、見せない場合を上回る分", "the same, more than where visitors show no weakness", warmth - percent(_strength(dull_most), _strength(dull_little)), "%"),
        up("同じく、中へ入ったつながりの増加", "the same, involved ties", percent(most.involved(), little.involved()), "%"),
        down("同じく役割の増加：後半が前半に及ばない分（頭打ち）", "the same, open roles: gain of the second half less that of the first", 100.0 * (roles[2] - 2.0 * roles[1] + roles[0]) / roles[0].mean(), "%", by=SHAPE),
    ]  # fmt: skip


def _strength(runs: Runs) -> np.ndarray:
    return runs.total("strength_new") / runs.total("ties_new")


R09 = Statement(
    id="R09",
    slug="weakness_opens_doors",
    ja="足りないところを互いに見せ合うことが、関わりの余白を広げ、関わりを深める。",
    en="Showing each other what one lacks makes room for involvement and deepens it.",
    mechanisms=("openness", "needs", "strength"),
    levers=("disclosure",),
    off={"openness.workshop": 0.0},
    metric_ja="掲げられた役割の数、つながりの強さ",
    metric_en="open roles, strength of ties",
    measure=measure,
)
