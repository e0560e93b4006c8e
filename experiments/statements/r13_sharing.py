"""R13: the same load, better shared."""

from __future__ import annotations

import numpy as np

from experiments.statements.arms import Arm, after, levels
from experiments.statements.findings import SHAPE, Finding, down, percent, up, within
from experiments.statements.lab import Lab
from experiments.statements.record import Statement
from sim.parameters import defaults

LOADS = ("hobby", "exchange", "work", "direct", "unmatched", "event_overhead")
SHARES = (0.5, 1.0)


def measure(lab: Lab) -> list[Finding]:
    """Share the hosting at the same total hours: host time a visit is raised until the totals agree."""
    base = lab.run(levels(coordination=0))[0]
    wanted = float(base.total("load_hours").mean())
    half, full = (lab.run(_same_load(lab, share, wanted))[0] for share in SHARES)
    lasting = [r.persistence() for r in (base, half, full)]
    return [
        up("同じ総負担で分担したときの、1年後の続きやすさ（1ポイントより大きい）", "ties alive after a year at equal load, shared fully: more than a point", 100.0 * (full.persistence() - base.persistence()), "%", above=1.0),
        down("同じく、迎え手の時間の偏り（ジニ係数）", "the same, inequality of hosts' hours (Gini)", full.load_gini - base.load_gini),
        down("同じく、疲れきった迎え手の割合", "the same, burnt-out hosts", 100.0 * (full.total("hosts_burnt") / full.total("hosts") - base.total("hosts_burnt") / base.total("hosts")), "%"),
        down("同じく、後半の分担の効き目から前半の効き目を引いた差", "the same, persistence: gain of the second half less that of the first", 100.0 * (lasting[2] - 2.0 * lasting[1] + lasting[0]), "%", by=SHAPE),
        within("総負担の違い", "difference in total load", percent(full.total("load_hours"), base.total("load_hours")), -1.5, 1.5, "%"),
    ]  # fmt: skip


def _same_load(lab: Lab, share: float, wanted: float) -> Arm:
    """Return the arm with so much sharing in which hosts carry the wanted hours, by the secant rule."""
    factors, loads = [1.0, 1.2], []
    for _ in range(5):
        loads = [float(lab.run(_arm(share, f))[0].total("load_hours").mean()) for f in factors[-2:]]
        if abs(loads[1] / wanted - 1.0) < 0.008 or loads[1] == loads[0]:
            break
        step = (wanted - loads[1]) * (factors[-1] - factors[-2]) / (loads[1] - loads[0])
        factors.append(float(np.clip(factors[-1] + step, 0.5, 4.0)))
    return _arm(share, factors[-1])


def _arm(share: float, factor: float) -> Arm:
    load = defaults().load
    return levels(coordination=share) | after(
        {f"load.{name}": round(factor * getattr(load, name), 6) for name in LOADS}
    )


R13 = Statement(
    id="R13",
    slug="load_is_shared",
    ja="迎える負担を一部の人に偏らせず、ほどよく分けることが、関わりを長続きさせる。",
    en="Sharing the work of hosting, rather than leaving it to a few, makes relations last.",
    mechanisms=("hosting", "handover", "attention", "burnout", "leaving"),
    levers=("coordination", "host_bodies"),
    off={"burnout.tiring": 0.0, "leaving.poor_attention": 0.0, "leaving.strong_ties": 0.0},
    metric_ja="同じ総負担のもとでの、負担の偏りと続きやすさ",
    metric_en="inequality of load and persistence at equal total load",
    measure=measure,
)
