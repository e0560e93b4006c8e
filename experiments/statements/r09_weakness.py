"""R09: showing each other what one lacks opens doors."""

from __future__ import annotations

import numpy as np

from experiments.statements.arms import BASE, Arm, levels
from experiments.statements.findings import SHAPE, Finding, down, percent, up
from experiments.statements.lab import Lab
from experiments.statements.record import Statement
from experiments.statements.runs import Runs


def measure(lab: Lab) -> list[Finding]:
    """Hold workshops, few and many; then among visitors who show no weakness themselves.

    Theory hoped for an optimum inside and did not find one: what is demanded is a gain that grows less and less,
    and that is larger among visitors who show their own weakness.
    """
    closed = Arm(edit="close up")
    half, full = levels(disclosure=6), levels(disclosure=12)
    base, some, many, alone, alone_many = lab.run(BASE, half, full, closed, closed | full)
    roles = [r.total("open_slots") for r in (base, some, many)]
    warmth = percent(_strength(many), _strength(base))
    return [
        up("語り合う会による、掲げられた役割の増加", "open roles with workshops", percent(roles[2], roles[0]), "%"),
        down("同じく、後半6回の効き目から前半6回の効き目を引いた差", "the same, gain of the second six workshops less that of the first", 100.0 * (roles[2] - 2.0 * roles[1] + roles[0]) / roles[0].mean(), "%", by=SHAPE),
        up("同じく、つながりの強さの増加", "strength of involved ties with workshops", warmth, "%"),
        up("同じく、訪れる人も弱さを見せる場合と見せない場合の差", "the same, less that among visitors who show no weakness", warmth - percent(_strength(alone_many), _strength(alone)), "%"),
    ]  # fmt: skip


def _strength(runs: Runs) -> np.ndarray:
    return runs.total("strength") / runs.involved()


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
