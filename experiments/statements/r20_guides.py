"""R20: people who bring others together need heart, company and skill."""

from __future__ import annotations

import numpy as np

from experiments.statements.arms import BASE, levels
from experiments.statements.findings import Finding, percent, up
from experiments.statements.lab import Lab
from experiments.statements.record import Statement
from experiments.statements.runs import Runs

BUSY = levels(where=None, information=3)
"""Many who look for a place, so that guides have more to do than they can."""


def measure(lab: Lab) -> list[Finding]:
    """Train guides; recognise them; let them meet."""
    base, trained, thanked, linked = lab.run(
        BASE, levels(guide_training=12), levels(guide_recognition=5), levels(guide_meetings=12)
    )
    busy, busy_thanked = lab.run(BUSY, BUSY | levels(guide_recognition=5))
    skill = [
        trained.mean("skill_local", first=m, last=m + 5) - base.mean("skill_local", first=m, last=m + 5)
        for m in (1, 31)
    ]
    return [
        up("研修による、案内人の力量の増加", "skill of guides with training", percent(trained.mean("skill_local"), base.mean("skill_local")), "%"),
        up("研修の効き目が遅れて出る分（3年目と最初の半年の差）", "the same: third year less first half year", skill[1] - skill[0]),
        up("研修による、出会いの増加", "people met with training", percent(trained.total("met"), base.total("met")), "%"),
        up("手当と感謝による、案内人のやる気の増加", "motivation of guides with recognition", percent(thanked.mean("motivation_local"), base.mean("motivation_local")), "%"),
        up("同じく、埋まっているポストの増加", "the same, posts filled", percent(thanked.mean("posts_local"), base.mean("posts_local")), "%"),
        up("同じく、忙しいときの力量の差（認められないと、育った人が去る）", "skill when busy: with recognition less without, as the trained leave", 100.0 * (_both(busy_thanked) - _both(busy)), "%"),
        up("案内人どうしの顔合わせによる、連携の増加", "link between the sides with meetings", percent(linked.mean("link"), base.mean("link")), "%"),
    ]  # fmt: skip


def _both(runs: Runs) -> np.ndarray:
    return (runs.mean("skill_city") + runs.mean("skill_local")) / 2.0


R20 = Statement(
    id="R20",
    slug="guides_are_kept_and_trained",
    ja="人をつなぐ案内人は、やる気を支え、仲間と結び、育てることで力を出す。",
    en="Those who bring people together do it well when they are encouraged, linked with each other and trained.",
    mechanisms=("guiding", "encounter"),
    levers=("guide_training", "guide_recognition", "guide_meetings"),
    off={"guides.training": 0.0, "guides.encouragement": 0.0},
    metric_ja="案内人の力量・やる気・連携、出会い",
    metric_en="skill, motivation and link of guides, people met",
    measure=measure,
)
