"""A sweep over the calibrated ensemble: every point of the design with each of some parameter sets that fit the survey."""

from __future__ import annotations

from dataclasses import replace

from experiments.ensemble import load
from experiments.members import chosen, with_member
from experiments.sweep.plan import Plan, refuse_huge
from sim.errors import InputError


def over_ensemble(plan: Plan, members: int, world: str, where: str) -> Plan:
    """Return a sweep that runs every point with members spread evenly over an ensemble.

    Args:
        plan: The sweep.
        members: How many; the median member is the first.
        world: Wave of the survey that the ensemble fits.
        where: Place named in an error, e.g. a file and line.

    Raises:
        InputError: No such world, more members than there are, or something of a member is varied or set by the sweep.
    """
    sets = tuple(chosen(load(world), members, where))
    for factor in plan.factors:
        if factor.name in sets[0]:
            raise InputError(
                f"{where}: the ensemble varies {factor.name}, which is a factor, too; leave out one of the two."
            )
    for scenario in plan.scenarios:
        with_member(scenario, sets[0])
    found = replace(plan, world=world, members=sets)
    refuse_huge(found, where)
    return found
