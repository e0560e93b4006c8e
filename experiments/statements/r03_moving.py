"""R03: where many visit, many move in, because the place knows how to receive people."""

from __future__ import annotations

import numpy as np

from experiments.statements.arms import BASE, Arm, after, levels
from experiments.statements.findings import Finding, down, percent, up
from experiments.statements.lab import Lab
from experiments.statements.record import Statement
from experiments.statements.runs import VISITING, Runs, outside

MONTHS = 120
OPEN = levels(vacant_houses=50)
"""Houses enough everywhere: in-moves are rare, and with few of them luck would hide the order of the regions."""

STILL = after({"understanding.learning": 0.0, "understanding.crowding": 0.0})
"""Understanding stays where it is put."""

SETTLED = 24
"""Months left out at the start, in which ties follow understanding."""


def measure(lab: Lab) -> list[Finding]:
    """Let regions differ in how they receive, then make them alike; hold gatherings; open houses."""
    differ, alike = (
        _regions(lab.run((OPEN | STILL | Arm(edit=edit)).lasting(MONTHS))[0])
        for edit in ("understanding uneven", "understanding 0.55")
    )
    base, houses, told = lab.run(BASE, OPEN, OPEN | levels(gatherings=24, newsletters=24))
    moved = [r.total("moved", first=1) for r in (base, houses, told)]
    common = [
        np.array([_covariance(*pair) for pair in zip(*regions, strict=True)]) for regions in (differ, alike)
    ]
    return [
        up("通うつながり千件・年あたりの移り住む人：理解のある地域とない地域の差（理解をそろえたときの差を引く）", "in-moves for a thousand ties and year: regions that understand less those that do not, beyond the same with equal understanding", _contrast(*differ) - _contrast(*alike)),
        up("通う人と移り住む人の、地域間の順位相関", "rank correlation over regions of ties and in-moves", np.array([_spearman(*pair) for pair in zip(*differ, strict=True)])),
        down("地域の理解をそろえたときの、両者の連動（共分散）の変化", "change of what they have in common (covariance) with equal understanding", common[1] - common[0]),
        up("集いと便りで理解を育てたときの、移り住む人の増加", "in-moves with gatherings and newsletters", percent(moved[2], moved[1]), "%"),
        up("空き家の活用による、移り住む人の増加", "in-moves with vacant houses opened", percent(moved[1], moved[0]), "%"),
    ]  # fmt: skip


def _regions(runs: Runs) -> tuple[np.ndarray, np.ndarray]:
    """Return visiting ties and in-moves a resident (seeds, regions)."""
    people = runs.by_place("people")[:, SETTLED:].mean(axis=1)
    ties = np.asarray(sum(runs.by_place(name)[:, SETTLED:].mean(axis=1) for name in VISITING))
    return ties / people, runs.by_place("moved")[:, SETTLED:].sum(axis=1) / people


def _covariance(ties: np.ndarray, moved: np.ndarray) -> float:
    """Return the covariance over regions of both, each in units of its mean."""
    return float(np.cov(ties / ties.mean(), moved / moved.mean())[0, 1]) if moved.any() else float("nan")


def _contrast(ties: np.ndarray, moved: np.ndarray) -> np.ndarray:
    """Return in-moves for a thousand ties and year: the regions that are made to understand, less the others."""
    good, years = outside() % 2 == 0, (MONTHS - SETTLED) / 12.0
    rate = [1000.0 / years * moved[:, rows].sum(axis=1) / ties[:, rows].sum(axis=1) for rows in (good, ~good)]
    return np.asarray(rate[0] - rate[1])


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
    metric_ja="つながりあたりの移り住む人、地域間の連動",
    metric_en="in-moves a tie, ties and in-moves over regions",
    measure=measure,
)
