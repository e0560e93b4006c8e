"""The form of a small sweep: what is varied, between which ends, how finely and how often."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import solara

from sim.errors import InputError
from sim.levers import levers
from sim.parameters import records
from viz.dash import editing, session, sweep_order
from viz.dash.controls import GROUPS
from viz.dash.sweep_order import MOST_FACTORS, REPLICATES, VALUES, Vary
from viz.dash.widgets import Choice
from viz.messages import bare_unit

ORDER = solara.reactive(sweep_order.first_order())


@solara.component
def Fields() -> None:  # noqa: N802
    """Show all fields of the form."""
    order = ORDER.value
    for row in range(min(len(order.varied) + 1, MOST_FACTORS)):
        Row(row)
    Choice.element(
        fields=[
            _numbers("values", VALUES, order.values),
            _numbers("replicates", REPLICATES, order.replicates),
        ],
        on_changed=session.guarded(change),
    )


@solara.component
def Row(row: int) -> None:  # noqa: N802
    """Show one factor with its ends; an empty row invites another one."""
    t, lang, order = session.words(), session.LANG.value, ORDER.value
    one = order.varied[row] if row < len(order.varied) else None
    fields: list[dict[str, Any]] = [
        {"name": f"factor {row}", "kind": "select", "label": t("sweeps factor", n=row + 1), "wide": True,
         "value": one.factor if one else "", "options": choices(lang)},
    ]  # fmt: skip
    if one is not None:
        low, high = sweep_order.ends(one.factor)
        kind = "amount" if one.factor.endswith(".amount") else "value"
        for name, value in (("low", one.low), ("high", one.high)):
            label = t(f"sweeps {kind} {name}", unit=_unit(one, lang))
            fields.append({"name": f"{name} {row}", "kind": "number", "label": label, "value": value,
                           "min": low, "max": high, "step": editing.step(low, high)})  # fmt: skip
    Choice.element(fields=fields, on_changed=session.guarded(change))


def choices(lang: str) -> list[dict[str, Any]]:
    """Return all factors by group, with none first."""
    t, known = session.words(), sweep_order.factors()
    options: list[dict[str, Any]] = [{"items": [["", t("sweeps no factor")]]}]
    for group in GROUPS:
        items = [
            [f"{n}.amount", sweep_order.word(f"{n}.amount", lang)]
            for n, r in levers().items()
            if r.group == group
        ]
        options.append({"group": t(f"group {group}"), "items": items})
    for group in dict.fromkeys(r.group for r in records().values()):
        paths = [p for p, r in records().items() if r.group == group and p in known]
        items = [[p, sweep_order.word(p, lang)] for p in paths]
        options.append(
            {"group": f"{t('dash page assumptions')}: {t(f'group of parameters {group}')}", "items": items}
        )
    return options


def change(changed: Mapping[str, object]) -> None:
    """Take over a field of the form."""
    if not isinstance(changed, Mapping):
        raise InputError("sweep: this is not a change of a field.")
    ORDER.value = sweep_order.changed(ORDER.value, changed.get("name"), changed.get("value"))


def _numbers(name: str, offered: tuple[int, ...], value: int) -> dict[str, Any]:
    options = [{"items": [[str(n), str(n)] for n in offered]}]
    return {
        "name": name,
        "kind": "select",
        "label": session.words()(f"sweeps {name}"),
        "value": str(value),
        "options": options,
    }


def _unit(one: Vary, lang: str) -> str:
    name = sweep_order.unit(one.factor)
    return "0-1" if name == "-" else bare_unit(name, lang)
