"""R17: it is fine to be involved more, or less."""

from __future__ import annotations

from experiments.statements.arms import levels
from experiments.statements.findings import Finding, down, percent, up, within
from experiments.statements.lab import Lab
from experiments.statements.record import Statement

ALL = ("ties_online", "ties_hobby", "ties_exchange", "ties_work", "ties_direct")
ABOUT = 5.0
"""Percent by which direct ties may differ and still be called unchanged."""


def measure(lab: Lab) -> list[Finding]:
    """Allow nobody, then everybody, to loosen a tie; ask for duties."""
    strict, loose, duty = lab.run(
        levels(gradation=0), levels(gradation=1), levels(gradation=0, minimum_duty=12)
    )
    return [
        up("ゆるい関わりを認めたときの、つながり全体の増加", "ties of any kind where looser ties are fine", percent(loose.total(*ALL), strict.total(*ALL)), "%"),
        within("同じく、直接手を貸すつながりはほぼ変わらない", "the same, direct ties about unchanged", percent(loose.total("ties_direct"), strict.total("ties_direct")), -ABOUT, ABOUT, "%"),
        down("参加の義務を課したときの、つながり全体の変化", "ties of any kind with a minimum duty", percent(duty.total(*ALL), strict.total(*ALL)), "%"),
        down("同じく、仕事の量の変化（増えない）", "the same, work done: not more", percent(duty.total("work"), strict.total("work")), "%"),
    ]  # fmt: skip


R17 = Statement(
    id="R17",
    slug="looser_ties_are_fine",
    ja="関わりの濃さは人それぞれでよく、薄くなることも認めると、関わりは絶えにくい。",
    en="People may be involved more or less; letting ties loosen keeps them alive.",
    mechanisms=("leaving",),
    levers=("gradation", "minimum_duty"),
    off={"leaving.life_event": 0.0, "leaving.duty": 0.0},
    metric_ja="つながりの数（種類を問わず）、仕事の量",
    metric_en="ties of any kind, work done",
    measure=measure,
)
