"""R11: many kinds of people touch each other off."""

from __future__ import annotations

import numpy as np

from experiments.statements.arms import BASE, after, levels
from experiments.statements.findings import SHAPE, Finding, percent, up
from experiments.statements.lab import Lab
from experiments.statements.record import Statement
from experiments.statements.runs import INVOLVED, WINDOW, Runs
from sim.parameters import defaults

MONTHS = 96


def measure(lab: Lab) -> list[Finding]:
    """Ask for all kinds of people, at the same number of needs; then let sparks fly harder, with and without help for hosts.

    The call for all kinds of people makes those involved a little more varied, and sparks stronger at the same number of
    people. That it also raises the share of direct ties is mostly because needs of all kinds find people, not because of
    sparks, and its effect on new hosts drowns in luck: there it is sparks as such that are compared, on and off.
    """
    mixed = levels(recruit_mix=1).lasting(MONTHS)
    strong, none = after({"spark.strength": 1.5}), after({"spark.strength": 0.0})
    care = levels(intermediary=0.5, coordination=0.5).lasting(MONTHS)
    base, mix = lab.run(BASE.lasting(MONTHS), mixed)
    plain = lab.run(strong.lasting(MONTHS), none.lasting(MONTHS))
    cared = lab.run(care | strong, care | none)
    gains = [_direct(a) - _direct(b) for a, b in (plain, cared)]
    return [
        up("多様な人への呼びかけによる、関わる人の数が同じ場合の触発の強さの増加", "spark at the same number of people involved, with all kinds of people asked", percent(_of_variety(mix), _of_variety(base)), "%"),
        up("同じく、触発の強さの増加（人数が増える分を含む）", "the same, spark with what more people bring", percent(mix.mean("spark"), base.mean("spark")), "%"),
        up("同じく、関わる人の多様さの増加", "the same, diversity of those involved", percent(mix.mean("diversity"), base.mean("diversity")), "%"),
        up("同じく、直接手を貸すつながりの割合の増加", "the same, share of direct ties", _direct(mix) - _direct(base), "%"),
        up("触発がある場合とない場合の、直接手を貸すつながりの割合の差", "share of direct ties: with sparks less without", gains[0], "%"),
        up("触発がある場合とない場合の、空いた迎え手の席が月に埋まる割合の差", "with sparks over without, share of vacant host places filled a month", percent(_filled(plain[0]), _filled(plain[1])), "%"),
        up("直接手を貸すつながりの割合への触発の効き目が、迎え手に余裕があるときに大きい分", "effect of sparks on the share of direct ties: larger where hosts are supported", gains[1] - gains[0], "%", by=SHAPE),
    ]  # fmt: skip


def _of_variety(runs: Runs) -> np.ndarray:
    """Return the spark over what the number of people involved alone explains (E22): what variety makes of it."""
    dense = np.asarray(sum(runs.by_place(name) for name in INVOLVED)) / runs.by_place("people")
    number = dense / (dense + defaults().spark.density)
    # A month's spark comes of those who were there at the end of the month before.
    return np.asarray((runs.by_place("spark")[:, 1:] / number[:, :-1])[:, -WINDOW:].mean(axis=(1, 2)))


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
    off={"spark.diversity": 0.0, "deepening.spark": 0.0, "succession.spark": 0.0},
    metric_ja="触発の強さ、直接手を貸すつながりの割合、迎え手のなり手",
    metric_en="spark, share of direct ties, new hosts",
    measure=measure,
)
