"""R24: support private bodies until they stand on their own feet."""

from __future__ import annotations

import numpy as np

from experiments.statements.arms import Arm, after, levels
from experiments.statements.findings import Finding, down, percent, up
from experiments.statements.lab import Lab
from experiments.statements.record import Statement
from experiments.statements.runs import Runs

LATE = 108
"""Month at which it is asked who stands on own feet: nine years after the start, five after the longest subsidy."""

OWN = 24
"""Months with income above cost, no subsidy and no debt, after which a body is said to stand on its own feet."""

SHORT, LONG = 12, 48
"""Months of subsidy."""

BODY = levels(organisation=1, fees=4.75).lasting(LATE)
"""Fees at which income lies near cost: with lower ones fewer bodies ever live of their own, with higher ones more do unaided."""

YEN = 8.0
"""Million yen a year for 5,000 adults."""


def measure(lab: Lab) -> list[Finding]:
    """Subsidise a new body for four years, for one, or not at all, with much fixed cost, less, and none.

    Service is kept up by saved subsidy, too, so that it alone does not show who stands alone; *own feet* does.
    Between one year and four, own feet hardly differ: what the longer subsidy keeps is service. Without fixed cost a body
    shrinks to what it earns and grows again unaided: there a subsidy keeps hardly more service than none.
    """
    never, short, long = lab.run(*(_subsidised(d) for d in (0, SHORT, LONG)))
    none = after({"organisation.fixed": 0.0})
    free = lab.run(*(_subsidised(d) | none for d in (0, LONG)))
    light = lab.run(_subsidised(0) | after({"organisation.fixed": 0.35}))[0]
    gain = _own_feet(long) - _own_feet(never)
    kept, without = (_service(b) - _service(a) for a, b in ((never, long), free))
    return [
        up("始めて9年後に自分の足で立つ運営団体（2年以上、補助も借金もなく収入が費用を上回る）：4年の補助と補助なしの差", "bodies on their own feet after nine years (income above cost, no subsidy, no debt, for two years): four years of subsidy less none", gain, "%"),
        down("補助なしで自分の足で立つ運営団体（半分より少ない）", "the same without any subsidy: fewer than half", _own_feet(never), "%", below=50.0),
        up("同じ時期の、担い続けている役割の大きさ：4年の補助と補助なしの差", "service given at that time: four years of subsidy less none", kept, "%"),
        up("1年の補助では4年に届かない分（役割の大きさ）", "the same, four years less one", _service(long) - _service(short), "%"),
        up("中へ入ったつながりの増加（4年の補助と補助なしの差）", "involved ties: four years of subsidy over none", percent(long.involved(), never.involved()), "%"),
        down("固定費がないときには閾がない（担い続けている役割への補助の効き目が半分より小さい）", "no threshold without fixed cost: gain in service there, less half of the gain here", without - kept / 2.0, "%"),
        up("固定費が半分なら、補助なしで開いている運営団体が多い分", "bodies open without subsidy: half the fixed cost, less all of it", _open(light) - _open(never), "%"),
    ]  # fmt: skip


def _subsidised(months: int) -> Arm:
    return BODY | levels(subsidy=YEN, last=months) if months else BODY


def _own_feet(runs: Runs) -> np.ndarray:
    """Return the share of bodies that have long stood on their own feet, in percent."""
    return np.asarray(100.0 * (runs.by_place("own_feet")[:, LATE - 1] >= OWN).mean(axis=1))


def _service(runs: Runs) -> np.ndarray:
    return 100.0 * runs.mean("service", first=LATE, last=LATE)


def _open(runs: Runs) -> np.ndarray:
    return 100.0 * (1.0 - runs.mean("closed", first=LATE, last=LATE))


R24 = Statement(
    id="R24",
    slug="bodies_learn_to_stand_alone",
    ja="民間の運営団体は、はじめに収支を支え、やがて自分の足で立てるようにする。",
    en="Private bodies need their books balanced for them at first, until they can stand on their own feet.",
    mechanisms=("organising",),
    levers=("organisation", "subsidy", "fees"),
    off={"organisation.fixed": 0.0},
    metric_ja="補助が終わった後、自分の足で立つ運営団体の割合",
    metric_en="bodies on their own feet after the subsidy",
    measure=measure,
)
