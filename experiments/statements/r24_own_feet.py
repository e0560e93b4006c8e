"""R24: support private bodies until they stand on their own feet."""

from __future__ import annotations

import numpy as np

from experiments.statements.arms import Arm, after, levels
from experiments.statements.findings import Finding, down, percent, up
from experiments.statements.lab import Lab
from experiments.statements.record import Statement
from experiments.statements.runs import Runs

AFTER = 36
"""Months after the end of the subsidy at which it is asked who is still there."""

SHORT, LONG = 0, 48
"""Months of subsidy."""

MONTHS = LONG + AFTER
BODY = levels(organisation=1, fees=0.5).lasting(MONTHS)

YEN = 8.0
"""Million yen a year for 5,000 adults."""


def measure(lab: Lab) -> list[Finding]:
    """Subsidise a new body for four years or not at all, with much fixed cost, less, and none."""
    short, half, long = lab.run(*(_subsidised(d) for d in (SHORT, LONG // 2, LONG)))
    none = after({"organisation.fixed": 0.0})
    free = lab.run(*(_subsidised(d) | none for d in (SHORT, LONG)))
    light = lab.run(_subsidised(SHORT) | after({"organisation.fixed": 0.35}))[0]
    open_short, open_half, open_long = _open(short, SHORT), _open(half, LONG // 2), _open(long, LONG)
    gain = open_long - open_short
    without = _open(free[1], LONG) - _open(free[0], SHORT)
    return [
        up("補助を4年続けて3年たったとき開いている運営団体（補助なしとの差）", "bodies open three years after four years of subsidy, less those never helped", gain, "%"),
        up("2年では4年に届かない分", "bodies open after four years of subsidy, less after two", open_long - open_half, "%"),
        down("補助なしで開いている運営団体（半分より少ない）", "bodies open without any subsidy: fewer than half", open_short, "%", below=50.0),
        up("中へ入ったつながりの増加（4年の補助と補助なしの差）", "involved ties: four years of subsidy over none", percent(long.involved(), short.involved()), "%"),
        down("固定費がないときには閾がない（補助の効き目が半分より小さい）", "no threshold without fixed cost: gain there, less half of the gain here", without - gain / 2.0, "%"),
        up("固定費が半分なら、補助なしで開いている運営団体が多い分", "bodies open without subsidy: half the fixed cost, less all of it", _open(light, SHORT) - open_short, "%"),
    ]  # fmt: skip


def _subsidised(months: int) -> Arm:
    return BODY | levels(subsidy=YEN, last=months) if months else BODY


def _open(runs: Runs, subsidised: int) -> np.ndarray:
    """Return the share of bodies that are open some years after their subsidy has ended, in percent."""
    month = subsidised + AFTER
    return 100.0 * (1.0 - runs.mean("closed", first=month, last=month))


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
