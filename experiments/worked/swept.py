"""Experiments that are sweeps: some scenarios at every member of the ensemble, with the same seeds."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from experiments.analysis.alternatives import alternatives
from experiments.members import Progress, chosen
from experiments.sweep.engine import sweep
from experiments.sweep.local import Local
from experiments.sweep.meter import Progress as Far
from experiments.sweep.plan import Plan
from experiments.sweep.views import load as stored
from experiments.sweep.worker import OK
from experiments.worked.record import Settings
from scenarios.loader import load
from scenarios.places import load_places
from sim.errors import InputError
from sim.jit import code_hash
from sim.scenario import Scenario

LIMIT = 600.0
"""Seconds after which a run is given up."""


def over_members(
    name: str, scenarios: Sequence[Scenario], settings: Settings, report: Progress | None
) -> pd.DataFrame:
    """Run scenarios at every member of the ensemble; return what `experiments.sweep.views.load` does.

    Raises:
        InputError: More members than there are, or runs that came to nothing.
    """
    plan = Plan(
        name=name, title_ja="", title_en="", scenarios=tuple(scenarios), places=load_places(scenarios[0].places),
        design="factorial", factors=(), size=0, levels=0, table=(), replicates=settings.replicates, seed=1, limit=LIMIT,
        text="", world=settings.ensemble.world, members=tuple(chosen(settings.ensemble, settings.members)),
    )  # fmt: skip
    return made(plan, settings, report)


def made(plan: Plan, settings: Settings, report: Progress | None) -> pd.DataFrame:
    """Make the runs of a plan that are not there yet, and return all.

    Raises:
        InputError: The folder cannot be used, or runs came to nothing.
    """
    # Runs of other code cannot be mixed with these, so they lie apart.
    target = settings.folder / plan.name / f"runs-{code_hash()[:8]}"
    pool = Local(settings.workers)

    def tell(far: Far) -> None:
        if report is not None:
            report(far.total - far.missing, far.total)

    try:
        summary = sweep(plan, target, pool, tell, command=f"kakawari experiment {plan.name}", retry=True)
    finally:
        pool.close()
    runs = stored(target)
    if summary.stopped or (runs["status"] != OK).any():
        why = summary.stopped or f"{int((runs['status'] != OK).sum())} runs failed, see {target}"
        raise InputError(f"{plan.name}: not all runs were made ({why}); run it again.")
    return runs


def packaged(name: str, settings: Settings) -> Scenario:
    """Return a packaged scenario at the scale of the settings."""
    return load(name).model_copy(update={"persons_per_agent": settings.persons_per_agent})


def by_repetition(runs: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """Return an indicator with a row a repetition (member, or seed where there is one member) and a column a scenario."""
    compared = alternatives(runs, [])
    rows = compared.figures[compared.figures["indicator"] == indicator]
    wide = rows.pivot_table(index="seed", columns="scenario", values="value", sort=True)
    # An indicator that has no meaning in a scenario is NaN in it.
    return wide.reindex(columns=compared.names)
