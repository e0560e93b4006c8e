"""R11: many kinds of people touch each other off."""

from __future__ import annotations

import numpy as np

from experiments.statements.arms import BASE, after, levels
from experiments.statements.findings import SHAPE, Finding, percent, up
from experiments.statements.lab import Lab
from experiments.statements.record import Statement
from experiments.statements.runs import Runs

MONTHS = 96


def measure(lab: Lab) -> list[Finding]:
    """Ask for all kinds of people, at the same number of needs; then let sparks fly harder, with and without help for hosts."""
    mixed = levels(recruit_mix=1).lasting(MONTHS)
    strong, none = after({"spark.strength": 1.5}), after({"spark.strength": 0.0})
    care = levels(intermediary=0.5, coordination=0.5).lasting(MONTHS)
    base, mix = lab.run(BASE.lasting(MONTHS), mixed)
    plain = lab.run(strong.lasting(MONTHS), none.lasting(MONTHS))
    cared = lab.run(care | strong, care | none)
    gains = [_direct(a) - _direct(b) for a, b in (plain, cared)]
    return [
        up("多様な人への呼びかけによる、触発の強さの増加", "spark with all kinds of people asked", percent(mix.mean("spark"), base.mean("spark")), "%"),
        up("同じく、関わる人の多様さの増加", "the same, diversity of those involved", percent(mix.mean("diversity"), base.mean("diversity")), "%"),
        up("触発がある場合とない場合の、直接手を貸すつながりの割合の差", "share of direct ties: with sparks less without", gains[0], "%"),
        up("同じく、空いた迎え手の席が月に埋まる割合の差", "the same, share of vacant host places filled a month", percent(_filled(plain[0]), _filled(plain[1])), "%"),
        up("同じく、迎え手に余裕があるときの割合の差が大きい分", "the same, share of direct ties: more so where hosts are supported", gains[1] - gains[0], "%", by=SHAPE),
    ]  # fmt: skip


def _filled(runs: Runs) -> np.ndarray:
    return runs.total("recruited", first=1) / runs.total("vacant", first=1)


def _direct(runs: Runs) -> np.ndarray:
    return 100.0 * runs.total("ties_direct") / runs.visiting()


R11 = Statement(
    id="R11",
    slug="variety_sparks_others",
    ja="いろいろな人が関わるほど、住民もほかの関わり手も触発され、地域が内から育つ。",
    en="The more kinds of people are involved, the more residents and others are stirred to act themselves.",
    mechanisms=("sparking", "deepening", "succession", "needs", "openness"),
    levers=("recruit_mix",),
    off={"spark.strength": 0.0},
    metric_ja="触発の強さ、直接手を貸すつながりの割合、迎え手のなり手",
    metric_en="spark, share of direct ties, new hosts",
    measure=measure,
)
