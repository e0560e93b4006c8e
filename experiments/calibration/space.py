"""The free parameters, as positions from -1 to 1 in the range of each record.

Free is what the surveys say something about. Everything else keeps its default: what the surveys cannot tell apart
(the chance to meet against the rate of search) or say nothing about.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import F64
from sim.parameters import Parameter, records

FREE = (
    "traits.indifferent_part", "traits.mobility_spread", "interest.peers",
    "search.rate", "search.reinforcement", "search.metro", "search.distance", "search.rural_pull", "search.online_rate",
    "visit.hobby", "visit.exchange", "visit.work", "visit.direct", "visit.distance", "hosting.popularity", "hosting.capacity",
    "leaving.online", "leaving.hobby", "leaving.exchange", "leaving.work", "leaving.direct",
    "deepening.hobby_to_exchange", "deepening.exchange_to_direct", "deepening.exchange_to_work",
)  # fmt: skip

DIGITS = 6
"""Digits of a value: what is printed in the ensemble is what was run."""


def values(point: F64) -> dict[str, float]:
    """Return the values by path of a position (free,); a range that spans more than a factor of 3 is walked in logs."""
    found = {}
    for path, u in zip(FREE, point, strict=True):
        record = records()[path]
        low, high = _ends(record)
        value = low + 0.5 * (float(u) + 1.0) * (high - low)
        found[path] = float(f"{np.exp(value) if _in_logs(record) else value:.{DIGITS}g}")
    return found


def position(found: dict[str, float]) -> F64:
    """Return the position (free,) of values by path."""
    at = []
    for path in FREE:
        record = records()[path]
        low, high = _ends(record)
        value = np.log(found[path]) if _in_logs(record) else found[path]
        at.append(2.0 * (value - low) / (high - low) - 1.0)
    return np.array(at)


def _in_logs(record: Parameter) -> bool:
    return record.low > 0.0 and record.high > 3.0 * record.low


def _ends(record: Parameter) -> tuple[float, float]:
    return (
        (float(np.log(record.low)), float(np.log(record.high)))
        if _in_logs(record)
        else (record.low, record.high)
    )
