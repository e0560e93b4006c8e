"""R03: where many visit, many move in, because the place knows how to receive people."""

from __future__ import annotations

import numpy as np

from experiments.statements.arms import BASE, before, levels, others
from experiments.statements.findings import Finding, down, percent, up
from experiments.statements.lab import Lab
from experiments.statements.record import Statement
from experiments.statements.runs import VISITING, Runs

MONTHS = 120
SETTLED = 24
"""Months left out at the start, in which understanding drifts apart."""


def measure(lab: Lab) -> list[Finding]:
    """Make regions differ in how they receive; then make residents' understanding the same everywhere."""
    codes = others()
    uneven = levels(where=codes[::2], gatherings=24, newsletters=24).lasting(MONTHS)
    uneven |= levels(where=codes[1::2], gatherings=0, newsletters=0)
    # Understanding stands still where nothing moves it.
    same = before({"understanding.learning": 0.0, "understanding.crowding": 0.0})
    base, houses, differ, equal = lab.run(BASE, levels(vacant_houses=50), uneven, uneven | same)
    return [
        up("通う人と移り住む人の地域間の順位相関", "rank correlation over regions of ties and in-moves", _correlation(differ)),
        down("地域の理解をそろえたときの相関の変化", "change of the correlation with equal understanding", _correlation(equal) - _correlation(differ)),
        up("空き家の活用による移り住む人の増加", "in-moves with vacant houses opened", percent(houses.total("moved", first=1), base.total("moved", first=1)), "%"),
    ]  # fmt: skip


def _correlation(runs: Runs) -> np.ndarray:
    """Return Spearman's correlation over regions of visiting ties and in-moves, both per resident."""
    people = runs.by_place("people")[:, SETTLED:].mean(axis=1)
    ties = sum(runs.by_place(name)[:, SETTLED:].mean(axis=1) for name in VISITING) / people
    moved = runs.by_place("moved")[:, SETTLED:].sum(axis=1) / people
    return np.array([_spearman(a, b) for a, b in zip(np.asarray(ties), moved, strict=True)])


def _spearman(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(_ranks(a), _ranks(b))[0, 1]) if np.ptp(b) > 0 else float("nan")


def _ranks(x: np.ndarray) -> np.ndarray:
    """Return ranks; equal values share the mean of theirs."""
    return np.array([(x < v).sum() + 0.5 * (x == v).sum() for v in x])


R03 = Statement(
    id="R03",
    slug="those_who_receive_well_are_moved_to",
    ja="多くの人が通う地域には移り住む人も多く、背後には外の人を迎える土壌がある。",
    en="Places that many visit are places that many move to, because they know how to receive outsiders.",
    mechanisms=("moving", "understanding", "hosting"),
    levers=("gatherings", "newsletters", "vacant_houses"),
    off={"moving.rate": 0.0},
    metric_ja="地域間の順位相関（通う人、移り住む人）",
    metric_en="rank correlation over regions of ties and in-moves",
    measure=measure,
)
