"""R02: ties with neighbouring places are kept more easily."""

from __future__ import annotations

import numpy as np

from experiments.statements.arms import BASE, levels, shock
from experiments.statements.findings import Finding, percent, up
from experiments.statements.lab import Lab
from experiments.statements.record import Statement
from experiments.statements.runs import Runs


def measure(lab: Lab) -> list[Finding]:
    """Compare near ties with far ones, close the long ways, and bring neighbours together."""
    base, closed, exchange = lab.run(BASE, shock("travel", 0.8, where=None), levels(local_exchange=12))
    longer = base.persistence(near=1) - base.persistence(near=0)
    far = (base.total("visits") - base.total("visits_near")) / (base.visiting() - base.total("ties_near"))
    oftener = percent(base.total("visits_near") / base.total("ties_near"), far)
    return [
        up("近隣との交流行事による、近いつながりの割合の増加", "share of near ties with exchange programmes", _near(exchange) - _near(base), "%"),
        up("近いつながりの1年後の続きやすさ（遠いものとの差）", "near ties alive after a year, less far ones", 100.0 * longer, "%"),
        up("近いつながりの訪問の多さ（遠いものと比べて）", "visits a near tie, over a far one", oftener, "%"),
        up("長距離の移動を止めたときの、近いつながりの割合の増加", "share of near ties when long ways are closed", _near(closed) - _near(base), "%"),
    ]  # fmt: skip


def _near(runs: Runs) -> np.ndarray:
    return 100.0 * runs.total("ties_near") / runs.visiting()


R02 = Statement(
    id="R02",
    slug="neighbours_stay_in_touch",
    ja="近くの地域どうしでも関わりが生まれ、遠いものより長く続き、行き来も多い。",
    en="Ties also form between neighbouring places; they last longer and bring more visits than far ones.",
    mechanisms=("destination", "visiting", "leaving"),
    levers=("local_exchange",),
    off={"leaving.near": 0.0, "search.local": 0.0},
    metric_ja="1時間以内のつながりの割合、1年後の続きやすさ",
    metric_en="share of ties within an hour, persistence by distance",
    measure=measure,
)
