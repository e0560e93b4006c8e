"""Which points of the factors' ranges are run: everything crossed, drawn, or taken from a table."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from experiments.sweep.factors import Value

if TYPE_CHECKING:
    from experiments.sweep.plan import Plan

DESIGNS = ("factorial", "latin", "sobol", "morris", "table")
DRAWN = ("latin", "sobol", "morris")
"""Designs of points drawn from the unit cube."""


def rows(plan: Plan) -> list[tuple[Value, ...]]:
    """Return the values of the factors at each point, in the order of the plan's factors."""
    if plan.design == "table":
        return list(plan.table)
    if plan.design == "factorial":
        return list(itertools.product(*(f.grid(plan.levels) for f in plan.factors)))
    cube = unit_cube(plan)
    assert cube is not None
    return [tuple(f.at(float(u)) for f, u in zip(plan.factors, row, strict=True)) for row in cube]


def unit_cube(plan: Plan) -> NDArray[np.float64] | None:
    """Return the points of a drawn design as positions from 0 to 1 (points, factors), else None.

    The rows of Sobol' and Morris designs stand in the order that the indices are computed from.
    """
    if plan.design not in DRAWN:
        return None
    from SALib.sample import latin, morris, sobol

    asked = problem([f.name for f in plan.factors])
    if plan.design == "latin":
        return np.asarray(latin.sample(asked, plan.size, seed=plan.seed))
    if plan.design == "morris":
        return np.asarray(morris.sample(asked, plan.size, num_levels=plan.levels, seed=plan.seed))
    return np.asarray(sobol.sample(asked, plan.size, calc_second_order=False, seed=plan.seed))


def count(plan: Plan) -> int:
    """Return how many points a design has, without making them."""
    if plan.design == "table":
        return len(plan.table)
    if plan.design == "factorial":
        return math.prod(len(f.grid(plan.levels)) for f in plan.factors)
    factors = len(plan.factors)
    return plan.size * {"latin": 1, "morris": factors + 1, "sobol": factors + 2}[plan.design]


def problem(names: list[str]) -> dict[str, Any]:
    """Return what SALib calls the problem: names and ranges, here always from 0 to 1."""
    return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
