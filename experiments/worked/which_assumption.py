"""Which assumption decides? Morris' screening of assumed parameters, for one headline: caring for hosts beats connecting people.

All other parameters are those of the ensemble's median; twelve invented regions, so that many points can be run.
"""

from __future__ import annotations

import math

import pandas as pd

from experiments.analysis.sensitivity import morris
from experiments.members import Progress, with_member
from experiments.sweep.factors import known
from experiments.sweep.plan import Plan
from experiments.worked.record import Answer, Experiment, Settings, close_to_first, figures_of, tabled
from experiments.worked.swept import LIMIT, made, packaged
from scenarios.places import load_places
from sim.errors import out_of_range
from sim.scenario import Scenario

FACTORS = (
    "leaving.strong_ties", "leaving.poor_attention", "leaving.tired_host", "leaving.no_room", "leaving.life_event",
    "strength.gain", "strength.decay", "strength.weakness_bonus", "hosting.welcome_share", "hosting.capacity_spread",
    "burnout.tiring", "burnout.recovery", "succession.withdrawal_tired", "room.disclosure", "room.inflow",
    "encounter.chance", "encounter.guide_yield", "encounter.event_yield", "deepening.event_exposure", "interest.forgetting",
)  # fmt: skip
"""Assumed parameters that theory calls key, or that nobody has measured, of hosts, room, leaving and meeting."""

HEADLINE = "direct_contributors"
LEVELS = 4
PLACES = "typical"


def _run(settings: Settings, report: Progress | None) -> pd.DataFrame:
    if settings.members < 2:
        raise out_of_range("which_assumption: --ensemble", settings.members, 2, math.inf, "trajectories")
    scenarios = tuple(_scenario(name, settings) for name in ("connect", "care"))
    plan = Plan(
        name="which_assumption", title_ja="", title_en="", scenarios=scenarios, places=load_places(PLACES), design="morris",
        factors=tuple(known(name, "which_assumption") for name in FACTORS), size=settings.members, levels=LEVELS, table=(),
        replicates=settings.replicates, seed=1, limit=LIMIT, text="",
    )  # fmt: skip
    return made(plan, settings, report)


def _scenario(name: str, settings: Settings) -> Scenario:
    scenario = with_member(packaged(name, settings), settings.ensemble.median)
    return scenario.model_copy(update={"places": PLACES})


def table(runs: pd.DataFrame) -> pd.DataFrame:
    """Return how far each assumption moves the lead of care, the largest first; and where the lead is no lead."""
    lead = leads(runs)
    effects = morris(lead, list(FACTORS), HEADLINE, LEVELS).sort_values(
        "effect", ascending=False, kind="stable"
    )
    n = lead["point"].nunique()
    rows = [
        # A mean of absolute effects is not below zero, though its interval, plus or minus, may be.
        (row["factor"], "effect", row["effect"], max(row["low"], 0.0), row["high"], "people", n)
        for row in effects.to_dict("records")
    ]
    mean = lead.groupby("point")[HEADLINE].mean()
    kept = 100.0 * float((mean > 0).mean())
    return tabled([*rows, ("care_leads", "points_kept", kept, float("nan"), float("nan"), "% of points", n)])


def leads(runs: pd.DataFrame) -> pd.DataFrame:
    """Return what care brings beyond connecting, point by point and seed by seed."""
    keys = ["point", "seed"]
    sides = {name: rows.set_index(keys) for name, rows in runs.groupby("scenario", sort=False)}
    lead = sides["care"].copy()
    lead[HEADLINE] = sides["care"][HEADLINE] - sides["connect"][HEADLINE]
    return lead.reset_index().assign(scenario="lead")


def answer(found: pd.DataFrame) -> Answer:
    """Return the assumption with the largest effect, and how many others cannot be told from it."""
    first = str(found["row"].iloc[0])
    kept = figures_of(found, "care_leads", "points_kept", "kept_")
    effects = found[found["measure"] == "effect"]
    figures = figures_of(found, first, "effect") | kept | {"close": close_to_first(effects)}
    return Answer("decides", figures, {"assumption": first})


WHICH_ASSUMPTION = Experiment("which_assumption", 8, 1, 1000.0, _run, table, answer, ("decides",))
