"""The model live in Mesa's own view, SolaraViz: play it month by month, move a lever, start again.

`kakawari dash` starts it. Every session makes its own model; a small sample (10,000 persons) keeps a month short.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import solara
from mesa.visualization import Slider, SolaraViz, make_plot_component

from scenarios import load_places
from sim.levers import levers
from sim.model import RelationalPopulation
from viz.theme import font

PERSONS_PER_AGENT = 10_000.0
STEPS = 20
"""Positions of a slider between the ends of a lever's range."""

SHOWN = (
    "guides_city", "guides_local", "hub", "events", "information", "virtual_hub",
    "small_roles", "disclosure", "shared_doing", "gradation",
    "coordination", "host_bodies", "intermediary", "staff", "gatherings",
)  # fmt: skip
"""Levers with a slider, of each group those that are used most: 44 would be too many. A scenario file moves the others."""

PLOTS = {
    "visiting_share": "地域を訪れる関係人口（18歳以上に占める割合）",
    "direct_contributors": "直接寄与型の人数（人）",
    "host_use": "迎え手の余力の使われ方（1で限界）",
    "burnt_out_share": "燃え尽きた迎え手の割合",
}


def controls() -> dict[str, Any]:
    """Return Mesa's controls: a slider for each lever shown, as an amount added to today's level, and the seed."""
    sliders = {
        lever.name: Slider(
            lever.ja, 0.0, lever.low - lever.today, lever.high - lever.today,
            (lever.high - lever.low) / STEPS,
        )
        for lever in (levers()[name] for name in SHOWN)
    }  # fmt: skip
    return {**sliders, "rng": {"type": "InputText", "value": "1", "label": "乱数の種"}}


def titled(label: str, axes: Any) -> None:
    """Give a plot its name and axis in everyday words, in a font that has them."""
    axes.set_title(label, fontname=font())
    axes.set_xlabel("月", fontname=font())
    axes.set_ylabel("")


def new_model() -> RelationalPopulation:
    """Return a small national model at the end of a short burn-in."""
    return RelationalPopulation(places=load_places("prefectures"), persons_per_agent=PERSONS_PER_AGENT, rng=1)


@solara.component
def Page() -> None:  # noqa: N802 - the name Solara looks for
    """Show the model with its controls."""
    model = solara.use_memo(new_model, [])
    fixed = {
        "places": load_places("prefectures"),
        "persons_per_agent": PERSONS_PER_AGENT,
    }
    SolaraViz(
        model,
        components=[
            make_plot_component(name, post_process=partial(titled, label)) for name, label in PLOTS.items()
        ],
        model_params={**fixed, **controls()},
        name="関わり Kakawari",
        play_interval=300,
    )
