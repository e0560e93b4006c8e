"""R25: key people, their successors, and people sent to help."""

from __future__ import annotations

import numpy as np

from experiments.statements.arms import BASE, levels, shock
from experiments.statements.findings import Finding, down, percent, up
from experiments.statements.lab import Lab
from experiments.statements.record import Statement
from experiments.statements.runs import INVOLVED, Runs

LOSS = shock("key_people", 0.1, first=25)
"""One host in ten leaves: those with most ties."""

SENT = 36
"""Months for which staff are sent."""


def measure(lab: Lab) -> list[Finding]:
    """Lose key people, with a network and successors or without; send staff, for good or for three years; lower barriers."""
    network = levels(coordination=0.8, successors=3)
    a = lab.run(BASE, LOSS, network, network | LOSS)
    alone, together = (_left(a[i + 1], a[i]) for i in (0, 2))
    base, stay, leave, helped = lab.run(
        BASE, levels(staff=2), levels(staff=2, last=SENT), levels(barrier_fund=1)
    )
    relief = _burnt(stay, 7, 12) - _burnt(base, 7, 12)
    return [
        up("要の人が抜けた2年後に残るつながり（仲間と後継ぎがいる場合の差）", "ties left two years after key people are lost: with network and successors less without", together - alone, "%"),
        down("職員を送ったときの、1年以内の疲れきった迎え手の変化", "burnt-out hosts within a year of sending staff", relief, "%"),
        up("送るのをやめた後の、疲れの戻り", "burnt-out hosts after staff have left, less where they stay", _burnt(leave, 61, 72) - _burnt(stay, 61, 72), "%"),
        up("時間・お金・足の支えによる、訪問の増加", "visits with barriers lowered", percent(helped.total("visits"), base.total("visits")), "%"),
    ]  # fmt: skip


def _left(hit: Runs, spared: Runs) -> np.ndarray:
    """Return involved ties in the two years after the loss, in percent of those without it."""
    span = {"first": 31, "last": 48}
    return 100.0 * hit.total(*INVOLVED, **span) / spared.total(*INVOLVED, **span)


def _burnt(runs: Runs, first: int, last: int) -> np.ndarray:
    return (
        100.0
        * runs.total("hosts_burnt", first=first, last=last)
        / runs.total("hosts", first=first, last=last)
    )


R25 = Statement(
    id="R25",
    slug="key_people_have_successors",
    ja="要になる人を育てて結び、職員を送り、続けにくくしている事情を取り除く。",
    en="Key people are trained and linked, staff are sent, and what stands in people's way is found and removed.",
    mechanisms=("succession", "handover", "attention", "visiting"),
    levers=("successors", "coordination", "staff", "barrier_fund"),
    off={
        "succession.handed_over": 1.0,
        "succession.handover_loss": 0.0,
        "hosting.popularity": 0.0,
        "leaving.poor_attention": 0.0,
        "leaving.tired_host": 0.0,
        "load.staff": 0.0,
        "visit.barrier": 0.0,
    },
    metric_ja="要の人が抜けた後に残るつながり、疲れきった迎え手",
    metric_en="ties left after key people are lost, burnt-out hosts",
    measure=measure,
)
