"""R12: residents lead, and share what they have."""

from __future__ import annotations

import numpy as np

from experiments.statements.arms import BASE, Arm, after, levels
from experiments.statements.findings import Finding, down, percent, up
from experiments.statements.lab import Lab
from experiments.statements.record import Statement
from experiments.statements.runs import Runs

CROWD = after({"leading.residents_work": 0.01})
"""Residents do little themselves, so that outsiders do most of the work."""


def measure(lab: Lab) -> list[Finding]:
    """Share daily life instead of entertaining; let outsiders take over where they are understood and where not."""
    base, shared = lab.run(BASE, levels(shared_doing=1))
    still = after({"understanding.learning": 0.0, "understanding.crowding": 0.0})
    low = Arm(edit="understanding 0.2") | still
    welcome, welcome_crowd, cold, cold_crowd = lab.run(still, still | CROWD, low, low | CROWD)
    fall = [a.mean("lead") - b.mean("lead") for a, b in ((welcome_crowd, welcome), (cold_crowd, cold))]
    return [
        down("営みを分かち合うときの、訪問1回あたりの迎える時間", "host hours a visit when daily life is shared", percent(_hours(shared), _hours(base)), "%"),
        up("同じく、つながりの強さ", "the same, strength of involved ties", percent(_strength(shared), _strength(base)), "%"),
        up("同じく、1年後の続きやすさ", "the same, ties alive after a year", 100.0 * (shared.persistence() - base.persistence()), "%"),
        up("同じく、中へ入ったつながりの数", "the same, involved ties", percent(shared.involved(), base.involved()), "%"),
        down("理解の低い地域で外の人が仕事を担いすぎたときの、住民の主体性の変化", "lead of residents where outsiders do most and are little understood", fall[1]),
        down("同じく、理解のある地域との差", "the same, less that where they are understood", fall[1] - fall[0]),
    ]  # fmt: skip


def _hours(runs: Runs) -> np.ndarray:
    return runs.total("load_hours") / runs.total("visits")


def _strength(runs: Runs) -> np.ndarray:
    return runs.total("strength") / runs.involved()


R12 = Statement(
    id="R12",
    slug="residents_lead_and_share",
    ja="地域を動かすのは住民自身であり、暮らしの豊かさを少し分ける気持ちで迎えると関わりは長く続く。",
    en="Residents lead the work for their place; sharing a little of daily life makes relations last.",
    mechanisms=("leading", "visiting", "strength"),
    levers=("shared_doing",),
    off={"load.shared_saving": 0.0, "strength.shared_doing": 0.0, "leading.crowding_out": 0.0},
    metric_ja="訪問1回あたりの迎える時間、続きやすさ、住民の主体性",
    metric_en="host hours a visit, persistence, lead of residents",
    measure=measure,
)
