"""R23: events open doors, and too many of them wear people out."""

from __future__ import annotations

import numpy as np

from experiments.statements.arms import levels
from experiments.statements.findings import Finding, down, hump, percent, up
from experiments.statements.lab import Lab
from experiments.statements.record import Statement

EVENTS = (0, 6, 12, 24, 48, 96)
CARE = levels(coordination=0.8, intermediary=0.4)
ONLINE = (0.0, 0.25, 0.5, 0.75, 1.0)
MANY = 72
SPAN = {"first": 25, "last": 72}
"""Months over which a hump is looked for: four years, as the slope to its left is gentle."""


def measure(lab: Lab) -> list[Finding]:
    """Hold none to 96 events a year: as it is, and with sharing and staff; then move some of many online."""
    row = [levels(events=n) for n in EVENTS]
    plain = lab.run(*row)
    cared = lab.run(*(arm | CARE for arm in row))
    involved, supported = ([r.involved(**SPAN) for r in runs] for runs in (plain, cared))
    online = lab.run(*(levels(events=MANY, online_share=share) for share in ONLINE))
    burnt = [r.total("hosts_burnt") / r.total("hosts") for r in (plain[1], plain[-1])]
    return [
        hump("行事を年0〜96回にしたときの、中へ入ったつながりの山", "involved ties over 0 to 96 events a year: a hump", involved),
        hump("分担と手助けがあるときの同じ山", "the same with sharing and staff", supported),
        up("支えがあるときの山の位置（行事の回数）が高い分", "the top of the hump in events a year: with support less without", _top(supported) - _top(involved)),
        up("行事96回のときの、疲れきった迎え手の割合の増加", "burnt-out hosts with 96 events", 100.0 * (burnt[1] - burnt[0]), "%"),
        down("行事96回のときの、中へ入ったつながりの変化", "involved ties with 96 events", percent(plain[-1].involved(), plain[1].involved()), "%"),
        down("行事96回のときの、1年後の続きやすさの変化", "ties alive after a year with 96 events", 100.0 * (plain[-1].persistence() - plain[1].persistence()), "%"),
        hump("多すぎる行事のオンライン割合を0〜1にしたときの、活動量の山（互いに補い合う）", "work done over the share of many events held online: a hump, each makes up for the other", [r.total("work") for r in online]),
    ]  # fmt: skip


def _top(values: list[np.ndarray]) -> np.ndarray:
    """Return where the top lies, seed by seed."""
    return np.array(EVENTS, float)[np.argmax(np.array(values), axis=0)]


R23 = Statement(
    id="R23",
    slug="events_help_until_they_wear_out",
    ja="行事や企画は距離を縮めるが、多すぎれば迎え手が疲れるので、対面とオンラインを補い合わせる。",
    en="Events bring people closer until there are too many for the hosts; on the spot and online make up for each other.",
    mechanisms=("encounter", "visiting", "attention", "burnout"),
    levers=("events", "online_share"),
    off={"load.event_overhead": 0.0},
    metric_ja="中へ入ったつながり、疲れきった迎え手",
    metric_en="involved ties, burnt-out hosts",
    measure=measure,
)
