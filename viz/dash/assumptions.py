"""Assumptions: every parameter on a slider, with where its value comes from; the result beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import solara

from sim.errors import InputError
from sim.parameters import differences, records
from viz.dash import editing, session
from viz.dash.chart import Chart, Headline, State
from viz.dash.parts import button, html, section
from viz.dash.widgets import Choice, Levers
from viz.messages import bare_unit

STATUSES = ("assumed", "fitted", "measured")


@solara.component
def Assumptions() -> None:  # noqa: N802
    """Show one mechanism's parameters at a time, beside the result."""
    t = session.words()
    group, choose = solara.use_state("search")
    session.use_result()

    def chosen(changed: Mapping[str, object]) -> None:
        value = changed.get("value")
        if isinstance(value, str) and value in groups():
            choose(value)

    changes = differences(session.now().parameters)
    with section("kk-page", "div"):
        html("{}", t("dash page assumptions title"), tag="h1")
        html(
            "{}",
            t("assumptions lead", **{s: sum(r.status == s for r in records().values()) for s in STATUSES}),
            tag="p",
            classes="kk-lead",
        )
        with section("kk-split", "div"):
            with section():
                options = [{"items": [[name, t(f"group of parameters {name}")] for name in groups()]}]
                Choice.element(
                    fields=[
                        {
                            "name": "group",
                            "kind": "select",
                            "label": t("assumptions group"),
                            "value": group,
                            "options": options,
                        }
                    ],
                    on_changed=session.guarded(chosen),
                )
                Levers.element(
                    spec=[spec(group)],
                    values=values(group),
                    notes=statuses(group),
                    on_moved=session.guarded(move),
                )
            with section("kk-stack", "div"), section():
                Headline()
                State()
                Chart()
                html("{}", t("assumptions changed", count=len(changes)), tag="p", classes="kk-quiet")
                button(t("assumptions reset"), reset, disabled=not changes)


def groups() -> list[str]:
    """Return the groups of parameters, in the order of the records."""
    return list(dict.fromkeys(record.group for record in records().values()))


def spec(group: str) -> dict[str, Any]:
    """Return the sliders of a group; ranges, defaults and sources are those of the records."""
    t, lang = session.words(), session.LANG.value
    items = []
    for record in records().values():
        if record.group != group or record.low >= record.high:
            continue
        items.append({
            "name": record.path, "label": record.ja if lang == "ja" else record.en, "unit": "" if record.unit == "-" else bare_unit(record.unit, lang),
            "help": t("assumptions source", path=record.path, symbol=record.symbol, source=record.source),
            "min": record.low, "max": record.high, "step": fine(record.low, record.high, record.default), "today": record.default,
            "mark": t("assumptions default"), "more": t("dash about"), "back": t("assumptions back"),
        })  # fmt: skip
    return {"key": "join", "title": t(f"group of parameters {group}"), "items": items}


def fine(low: float, high: float, default: float) -> float:
    """Return a step of which the default is a whole number away from the low end."""
    step = editing.step(low, high)
    while abs((default - low) / step - round((default - low) / step)) > 1e-6 and step > (high - low) / 1e5:
        step /= 10.0
    return step


def values(group: str) -> dict[str, float]:
    """Return the values that hold."""
    return {r.path: editing.parameter(session.now(), r.path) for r in records().values() if r.group == group}


def statuses(group: str) -> dict[str, str]:
    """Return whether each value is measured, fitted or assumed."""
    t = session.words()
    return {r.path: t(f"status {r.status}") for r in records().values() if r.group == group}


def move(moved: Mapping[str, object]) -> None:
    """Take over a slider's new value.

    Raises:
        InputError: No such parameter, or a value out of range.
    """
    if not isinstance(moved, Mapping):
        raise InputError("parameters: this is not a move of a control.")
    session.put(
        editing.assumed(session.now(), moved.get("name"), moved.get("value")), key=str(moved.get("name"))[:60]
    )


def reset() -> None:
    """Set all parameters back."""
    from sim.parameters import defaults

    session.put(editing.own(session.now(), {"parameters": defaults()}))
