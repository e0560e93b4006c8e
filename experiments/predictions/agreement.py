"""Agreement: do people move to the places that many have ties with? Over places, and over prefectures.

In the model all moves come from ties; moves for other reasons, which surveys count too, are outside it, so these
correlations are upper bounds of what a register of residents would show.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from experiments.predictions.record import Asked, Family, Quantity, Seen, Words
from experiments.predictions.ties import visiting
from sim.arrays import F64
from sim.places import Places

_LEVELS = {
    "places": Words("地域（選んだ表の1つずつ）", "places of the table"),
    "municipalities": Words("市町村", "municipalities"),
    "prefectures": Words("都道府県", "prefectures"),
}
_KINDS = {
    "pearson": Words("相関係数（ピアソン）", "Pearson's correlation"),
    "rank": Words("順位相関係数（スピアマン）", "Spearman's rank correlation"),
}
_DEFINITION = Words(
    "住民1万人あたりの訪れる関わり（よそに住む人から）と、住民1万人あたりの年間の移住（見込み）との相関。移住は関わりによるものだけ。",
    "Correlation of ties that bring visits, led to the place from elsewhere, with expected in-moves a year, both per 10,000 residents; only moves that ties bring.",
)


def _levels(places: Places) -> dict[str, NDArray[np.int64]]:
    """Return, for each level, the area in which each place lies."""
    one = np.arange(len(places))
    if places.name == "municipalities":
        # JIS codes of municipalities begin with the code of their prefecture.
        _, prefecture = np.unique([code[:2] for code in places.code], return_inverse=True)
        return {"municipalities": one, "prefectures": prefecture}
    return {"prefectures" if places.name == "prefectures" else "places": one}


def quantities(asked: Asked) -> list[Quantity]:
    """Return two correlations for each level of areas that the table has."""
    return [
        Quantity(
            f"agreement.{level}.{kind}", "correlation",
            Words(f"関わりと移住の{kind_words.ja}、{_LEVELS[level].ja}ごと", f"{kind_words.en} of ties and moves over {_LEVELS[level].en}"),
            _DEFINITION, _LEVELS[level],
        )
        for level in _levels(asked.places)
        for kind, kind_words in _KINDS.items()
    ]  # fmt: skip


def measure(seen: Seen, asked: Asked) -> dict[str, float]:
    """Return the correlations."""
    size, values = len(seen.places), {}
    rows = visiting(seen) & (seen.place != seen.home[:, None])
    columns = (
        np.bincount(seen.place[rows], minlength=size).astype(np.float64),
        np.bincount(seen.place[rows], weights=seen.pull[rows], minlength=size),
        np.bincount(seen.home, minlength=size).astype(np.float64),
    )
    for level, area in _levels(seen.places).items():
        ties, moves, people = (np.bincount(area, weights=column) for column in columns)
        lived = people > 0
        a, b = ties[lived] / people[lived] * 1e4, moves[lived] / people[lived] * 12e4
        values[f"agreement.{level}.pearson"] = _correlation(a, b)
        values[f"agreement.{level}.rank"] = _correlation(_ranks(a), _ranks(b))
    return values


def _correlation(a: F64, b: F64) -> float:
    if len(a) < 3 or np.ptp(a) == 0.0 or np.ptp(b) == 0.0:
        return float("nan")
    return float(np.corrcoef(a, b)[0, 1])


def _ranks(values: F64) -> F64:
    """Return ranks; equals share their mean."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return np.asarray((last - (count - 1) / 2.0)[place], np.float64)


AGREEMENT = Family("agreement", quantities, measure)
