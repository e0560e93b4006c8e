"""R16: residents have to know what those from elsewhere do."""

from __future__ import annotations

from experiments.statements.arms import BASE, Arm, after, levels
from experiments.statements.findings import Finding, down, percent, up
from experiments.statements.lab import Lab
from experiments.statements.record import Statement

CROWD = levels(hub=4, events=48, travel_subsidy=10) | levels(where=None, information=3)

STILL = after({"understanding.learning": 0.0, "understanding.crowding": 0.0})
"""Understanding stays where it is put."""


def measure(lab: Lab) -> list[Finding]:
    """Tell residents; fix their understanding low and high; let crowds come."""
    base, told, crowd = lab.run(BASE, levels(gatherings=24, newsletters=24), CROWD)
    low, middle, high = lab.run(*(STILL | Arm(edit=f"understanding {u}") for u in (0.1, 0.5, 0.9)))
    return [
        up("住民への発信と集いによる、理解の増加", "understanding with newsletters and gatherings", 100.0 * (told.mean("understanding") - base.mean("understanding")), "%"),
        up("同じく、中へ入ったつながりの増加", "the same, involved ties", percent(told.involved(), base.involved()), "%"),
        up("理解を0.1から0.5に固定したときの、中へ入ったつながりの増加", "involved ties with understanding fixed at 0.5 rather than 0.1", percent(middle.involved(), low.involved()), "%"),
        up("同じく0.5から0.9", "the same, 0.9 rather than 0.5", percent(high.involved(), middle.involved()), "%"),
        down("人が押し寄せ迎え手が疲れたときの、理解の変化", "understanding when crowds come and hosts tire", 100.0 * (crowd.mean("understanding") - base.mean("understanding")), "%"),
    ]  # fmt: skip


R16 = Statement(
    id="R16",
    slug="residents_come_to_understand",
    ja="関わる人が何をしているかを住民に知らせると、地域の理解が育つ。",
    en="Telling residents what those from elsewhere do lets understanding grow.",
    mechanisms=("understanding", "hosting", "strength"),
    levers=("gatherings", "newsletters"),
    off={"understanding.gatherings": 0.0, "understanding.newsletters": 0.0},
    metric_ja="住民の理解、中へ入ったつながり",
    metric_en="residents' understanding, involved ties",
    measure=measure,
)
