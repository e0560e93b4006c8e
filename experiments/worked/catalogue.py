"""The worked experiments by name."""

from __future__ import annotations

from experiments.worked.guides_or_hub import GUIDES_OR_HUB
from experiments.worked.load_sharing import LOAD_SHARING
from experiments.worked.record import Experiment
from experiments.worked.subsidy_years import SUBSIDY_YEARS
from experiments.worked.where_one_hub import WHERE_ONE_HUB
from experiments.worked.which_assumption import WHICH_ASSUMPTION
from sim.errors import unknown

EXPERIMENTS: tuple[Experiment, ...] = (
    GUIDES_OR_HUB, LOAD_SHARING, SUBSIDY_YEARS, WHICH_ASSUMPTION, WHERE_ONE_HUB,
)  # fmt: skip


def by_name(name: str) -> Experiment:
    """Return an experiment.

    Raises:
        InputError: There is none of this name.
    """
    for experiment in EXPERIMENTS:
        if experiment.name == name:
            return experiment
    raise unknown("experiment", "name", name, [e.name for e in EXPERIMENTS])
