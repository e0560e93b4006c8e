"""The controls of a scenario: which one, where, when, how long, and the levers."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

import solara

from scenarios.loader import load, names
from scenarios.places import PACKAGED, resolve
from sim.errors import InputError
from sim.levers import levers
from sim.places import Places
from sim.scenario import Scenario
from viz.dash import editing, session
from viz.dash.parts import button, html, section
from viz.dash.told import called
from viz.dash.widgets import Choice, Levers
from viz.describe import yearly_cost
from viz.messages import bare_unit
from viz.naming import label
from viz.numbers import yen

SHORT = ("hub", "events", "virtual_hub", "small_roles", "shared_doing", "coordination", "intermediary")
"""Levers that everybody sees; the rest unfold."""

GROUPS = ("meet", "join", "last")


@solara.component
def Controls() -> None:  # noqa: N802
    """Show all controls of the scenario."""
    t, history = session.words(), session.HISTORY.value
    everything, show_everything = solara.use_state(False)
    with section("kk-card kk-controls", id="controls", aria_label=t("dash controls")):
        html("{}", t("dash controls"), tag="h2")
        Picker()
        with section("kk-row", "div"):
            button(
                "",
                lambda: session.HISTORY.set(history.undo()),
                icon="mdi-undo",
                disabled=not history.can_undo,
                name=t("dash undo"),
            )
            button(
                "",
                lambda: session.HISTORY.set(history.redo()),
                icon="mdi-redo",
                disabled=not history.can_redo,
                name=t("dash redo"),
            )
            button(t("dash reset"), lambda: session.put(load("baseline")))
        LeverPanel(SHORT if not everything else tuple(levers()))
        button(
            t("dash fewer" if everything else "dash more", count=len(levers())),
            lambda: show_everything(not everything),
        )
        html("{}", cost_line(session.now(), session.places_of(session.now())), tag="p", classes="kk-quiet")


@solara.component
def LeverPanel(wanted: Sequence[str]) -> None:  # noqa: N802
    """Show sliders for some levers, and for those that the scenario moves."""
    scenario = session.now()
    places = session.places_of(scenario)
    moved = {m.lever for m in scenario.measures}
    shown = [name for name in levers() if name in wanted or name in moved]
    Levers.element(
        spec=lever_spec(shown, session.LANG.value),
        notes=costs(scenario, places),
        values={name: editing.level(scenario, name) for name in shown},
        on_moved=session.guarded(move),
    )


def move(moved: Mapping[str, object]) -> None:
    """Take over a slider's new level."""
    if not isinstance(moved, Mapping):
        raise InputError("measure: this is not a move of a control.")
    name = moved.get("name")
    session.put(editing.moved(session.now(), name, moved.get("value")), key=str(name)[:60])


def lever_spec(shown: Sequence[str], lang: str) -> list[dict[str, Any]]:
    """Return what the sliders say, by group; ranges and help are those of the lever's record.

    It stays the same while a slider is moved, so that the slider keeps the hand that moves it.
    """
    t = session.words()
    spec = []
    for group in GROUPS:
        items = [_item(name, lang) for name in shown if levers()[name].group == group]
        if items:
            spec.append({"key": group, "title": t(f"group {group}"), "items": items})
    return spec


def _item(name: str, lang: str) -> dict[str, Any]:
    t, record = session.words(), levers()[name]
    unit_price = t("dash price", yen=yen(record.price, lang))
    return {
        "name": name, "label": record.ja if lang == "ja" else record.en, "unit": bare_unit(record.unit, lang),
        "help": f"{record.help_ja if lang == 'ja' else record.help_en} {unit_price}",
        "min": record.low, "max": record.high, "step": editing.step(record.low, record.high), "today": record.today,
        "mark": t("dash today"), "more": t("dash about"), "back": t("dash back"),
    }  # fmt: skip


def costs(scenario: Scenario, places: Places) -> dict[str, str]:
    """Return what each measure costs a year, by lever."""
    t, lang = session.words(), session.LANG.value
    total: dict[str, float] = {}
    for m in scenario.measures:
        total[m.lever] = total.get(m.lever, 0.0) + yearly_cost(m, scenario, places)
    return {name: t("dash cost now", yen=yen(value, lang, sign=True)) for name, value in total.items()}


def cost_line(scenario: Scenario, places: Places) -> str:
    """Return what all measures together cost."""
    t, lang = session.words(), session.LANG.value
    if not scenario.measures:
        return t("dash cost none")
    total = sum(yearly_cost(m, scenario, places) for m in scenario.measures)
    return t(
        "dash cost", yen=yen(total, lang), each=yen(5000 * total / max(float(places.adults.sum()), 1.0), lang)
    )


@solara.component
def Picker() -> None:  # noqa: N802
    """Show which scenario, on which places, where and when its measures act."""
    scenario = session.now()
    places = session.places_of(scenario)
    Choice.element(
        fields=[_preset_field(scenario), *_where_fields(scenario, places)], on_changed=session.guarded(choose)
    )


def _preset_field(scenario: Scenario) -> dict[str, Any]:
    t, lang = session.words(), session.LANG.value
    known = [[name, label(load(name), lang)] for name in names()]
    mine = [] if scenario.name in names() else [[scenario.name, called(scenario, lang)]]
    return {"name": "preset", "kind": "select", "label": t("dash preset"), "value": scenario.name, "wide": True,
            "options": [{"items": [*mine, *known]}]}  # fmt: skip


def _where_fields(scenario: Scenario, places: Places) -> list[dict[str, Any]]:
    t, lang = session.words(), session.LANG.value
    tables = [[name, t(f"table {name}")] for name in PACKAGED]
    if session.OWN.value is not None:
        tables.append([session.OWN.value.name, t("dash own table")])
    area, span = editing.area(scenario), editing.span(scenario)
    groups = [["all", t("everywhere")], ["other", t("dash outside")], ["metro", t("dash metro")]]
    named = (
        list(zip(places.code, places.name_ja if lang == "ja" else places.name_en, strict=True))
        if len(places) <= 60
        else []
    )
    value = "all" if area is None else "mixed" if area is False else _area_word(area, places)
    if value == "mixed":
        groups.insert(0, ["mixed", t("dash mixed")])
    fields: list[dict[str, Any]] = [
        {"name": "table", "kind": "select", "label": t("dash table"), "value": scenario.places, "options": [{"items": tables}]},
        {"name": "months", "kind": "select", "label": t("dash length"), "value": str(scenario.months),
         "options": [{"items": [[str(m), t("dash years", years=m // 12)] for m in sorted({*editing.LENGTHS, scenario.months})]}]},
    ]  # fmt: skip
    if scenario.measures:
        fields.append({"name": "area", "kind": "select", "label": t("dash where"), "value": value, "wide": True,
                       "options": [{"items": groups}, {"group": t("dash one place"), "items": named}]})  # fmt: skip
    if scenario.measures and span is not None:
        whole = {"kind": "number", "min": 1, "max": scenario.months, "step": 1}
        fields.append({"name": "first", "label": t("dash first"), "value": span[0], **whole})
        fields.append({"name": "last", "label": t("dash last"), "value": span[1] or scenario.months, **whole})
    return fields


def _area_word(area: tuple[str, ...] | bool, places: Places) -> str:
    if not isinstance(area, tuple):
        return "all"
    for word, metro in (("metro", True), ("other", False)):
        if area == editing.group_codes(places, metro):
            return word
    return area[0] if len(area) == 1 else "mixed"


def choose(changed: Mapping[str, object]) -> None:
    """Take over a choice of the picker."""
    name, value = changed.get("name"), changed.get("value")
    scenario = session.now()
    places = session.places_of(scenario)
    if name == "preset" and isinstance(value, str) and value in names():
        session.put(load(value))
    elif (
        name == "table"
        and isinstance(value, str)
        and (value in PACKAGED or (session.OWN.value and value == session.OWN.value.name))
    ):
        session.put(on_table(scenario, value))
    elif name == "months":
        months = (
            int(value)
            if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 5
            else value
        )
        session.put(editing.lasting(scenario, months))
    elif name == "area" and isinstance(value, str) and value != "mixed":
        codes = None if value == "all" else resolve(value, places)
        first, last = editing.span(scenario) or (1, None)
        session.put(editing.placed(scenario, codes, first, last))
    elif name in ("first", "last"):
        _when(scenario, str(name), value)


def _when(scenario: Scenario, name: str, value: object) -> None:
    month = int(editing.checked(value, name, 1, scenario.months, "months"))
    first, last = editing.span(scenario) or (1, None)
    if name == "first":
        first = month
    else:
        last = None if month == scenario.months else month
    area = editing.area(scenario)
    session.put(
        editing.placed(scenario, None if isinstance(area, bool) else area, first, last),
        key=f"{name} {time.monotonic() // 2}",
    )


def on_table(scenario: Scenario, name: str) -> Scenario:
    """Return the scenario on another table, with so many persons that a run stays short."""
    moved = editing.on_places(scenario, name)
    adults = float(session.places_of(moved).adults.sum())
    weight = load("baseline").persons_per_agent if adults > 5e7 else max(1.0, round(adults / 100_000))
    return editing.own(moved, {"persons_per_agent": weight})
