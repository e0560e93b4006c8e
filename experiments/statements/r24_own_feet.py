"""R24: support private bodies until they stand on their own feet."""

from __future__ import annotations

import numpy as np

from experiments.statements.arms import Arm, after, levels
from experiments.statements.findings import SHAPE, Finding, down, percent, up
from experiments.statements.lab import Lab
from experiments.statements.record import Statement
from experiments.statements.runs import Runs

MONTHS = 96
DURATIONS = (0, 12, 24, 36, 48)
BODY = levels(organisation=1, fees=10).lasting(MONTHS)
YEN = 8.0
"""Million yen a year for 5,000 adults."""

VARIABLE = after({"organisation.fixed": 0.0})


def measure(lab: Lab) -> list[Finding]:
    """Subsidise a new body for nothing to four years: with much fixed cost, and with none."""
    fixed = [_open(r) for r in lab.run(*(_subsidised(d) for d in DURATIONS))]
    variable = [_open(r) for r in lab.run(*(_subsidised(d) | VARIABLE for d in (DURATIONS[0], DURATIONS[-1])))]
    short, long = lab.run(_subsidised(DURATIONS[0]), _subsidised(DURATIONS[-1]))
    gain = fixed[-1] - fixed[0]
    steps = np.array([b - a for a, b in zip(fixed[:-1], fixed[1:], strict=True)])
    steepest = int(steps.mean(axis=1).argmax())
    return [
        up("補助を4年続けたとき、終わった後も開いている運営団体（補助なしとの差）", "bodies still open after four years of subsidy, less those never helped", gain, "%"),
        up("閾：1年延ばす効果のうち最大のものが、全体の半分を超える分", "threshold: the largest step for one more year, less half of the whole", steps[steepest] - gain / 2.0, "%", by=SHAPE),
        up("同じく、中へ入ったつながりの増加", "involved ties: four years of subsidy over none", percent(long.involved(), short.involved()), "%"),
        down("固定費がないときには閾がない（補助の効き目の差）", "no threshold without fixed cost: gain there less gain here", (variable[1] - variable[0]) - gain, "%"),
    ]  # fmt: skip


def _subsidised(months: int) -> Arm:
    return BODY | levels(subsidy=YEN, last=months) if months else BODY


def _open(runs: Runs) -> np.ndarray:
    """Return the share of bodies that are open at the end, in percent."""
    return 100.0 * (1.0 - runs.mean("closed", first=MONTHS, last=MONTHS))


R24 = Statement(
    id="R24",
    slug="bodies_learn_to_stand_alone",
    ja="民間の運営団体は、はじめに収支を支え、やがて自分の足で立てるようにする。",
    en="Private bodies need their books balanced for them at first, until they can stand on their own feet.",
    mechanisms=("organising",),
    levers=("organisation", "subsidy", "fees"),
    off={"organisation.fixed": 0.0},
    metric_ja="補助が終わった後も開いている運営団体の割合",
    metric_en="bodies still open after the subsidy",
    measure=measure,
)
