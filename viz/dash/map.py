"""The map beside the chart: differences by place and month, and the film of people between places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import solara

from scenarios.places import load_places
from sim.places import Places
from viz.dash import session
from viz.dash.engine import Result
from viz.dash.parts import html
from viz.dash.series import F64, LOOKS, place_gaps
from viz.dash.told import called
from viz.dash.widgets import Atlas, Choice
from viz.numbers import number

FINE = 100
"""Tables with more places are sent every sixth month only."""


@solara.component
def Map() -> None:  # noqa: N802
    """Show the map, and the same choice of a place as a list."""
    t, result, scenario = session.words(), session.RESULT.value, session.now()
    places = session.places_of(scenario)
    shown = result if result is not None and result.places.digest == places.digest else None
    count = solara.use_ref(0)
    count.current += 1
    fixed = solara.use_memo(
        lambda: table_traits(places, session.LANG.value), [places.digest, session.LANG.value]
    )
    look = session.LOOK.value
    gaps = solara.use_memo(
        lambda: None if shown is None else place_gaps(shown.base, shown.other, LOOKS[look]), [shown, look]
    )
    moving = solara.use_memo(lambda: value_traits(shown, gaps), [gaps])
    html("{}", t("dash map title", what=t(f"look {session.LOOK.value}")), tag="h2")
    Choice.element(fields=[place_field(places)], on_changed=session.guarded(choose_place))
    Atlas.element(
        **fixed, **moving, texts=texts(session.LOOK.value), alt=alt(shown, gaps), selected=session.PLACE.value,
        on_selected=session.guarded(select), rev=count.current,
    )  # fmt: skip


def table_traits(places: Places, lang: str) -> dict[str, Any]:
    """Return what the map needs to know of the places."""
    areas = load_places("prefectures") if places.name == "municipalities" else places
    return {
        "table": places.name if places.name in ("prefectures", "municipalities") else "", "lang": lang,
        "codes": list(places.code), "names": list(places.name_ja if lang == "ja" else places.name_en),
        "lat": places.lat.tolist(), "lon": places.lon.tolist(), "adults": places.adults.tolist(),
        "areas": list(areas.code), "area_at": np.column_stack([areas.lat, areas.lon]).tolist(),
        "area_letters": 2 if places.name == "municipalities" else 0,
    }  # fmt: skip


def value_traits(result: Result | None, gaps: F64 | None) -> dict[str, Any]:
    """Return the colours of all months, and the film where there is one."""
    if result is None or gaps is None:
        return {"values": b"", "top": 0.0, "flows": b"", "tired": b"", "hosts": b""}
    step = 1 if gaps.shape[1] <= FINE else 6
    frames = gaps[step - 1 :: step]
    known = np.abs(frames[np.isfinite(frames)])
    film = result.film
    traits: dict[str, Any] = {
        "values": np.ascontiguousarray(frames, dtype=np.float32).tobytes(), "step": step, "months": len(gaps),
        # One extreme place must not wash out the others.
        "top": max(float(np.quantile(known, 0.98)), 1e-9) if known.any() else 0.0,
    }  # fmt: skip
    if film is None:
        return {**traits, "flows": b"", "tired": b"", "hosts": b""}
    return {
        **traits,
        "flows": film.flows.tobytes(),
        "tired": film.tired.tobytes(),
        "hosts": film.hosts.tobytes(),
        "people": film.people,
    }


def texts(look: str) -> dict[str, str]:
    """Return the map's words."""
    t = session.words()
    keys = (
        "play",
        "pause",
        "scrub",
        "month",
        "change",
        "people",
        "modes",
        "dot",
        "fresh",
        "calm",
        "burnt",
        "lines",
        "none",
    )
    return {**{key: t(f"map {key}") for key in keys}, "okinawa": t("okinawa"), "unit": t(f"map unit {look}")}


def alt(result: Result | None, gaps: F64 | None) -> str:
    """Return what a screen reader says about the map."""
    t, lang = session.words(), session.LANG.value
    if result is None or gaps is None:
        return t("map alt empty")
    last = gaps[-1]
    if not np.isfinite(last).any():
        return t("map alt empty")
    names = result.places.name_ja if lang == "ja" else result.places.name_en
    high, low = int(np.nanargmax(last)), int(np.nanargmin(last))
    return t(
        "map alt", other=called(result.asked, lang), most=names[high], high=number(float(last[high]), 1, lang, sign=True),
        least=names[low], low=number(float(last[low]), 1, lang, sign=True), unit=t(f"map unit {session.LOOK.value}"),
    )  # fmt: skip


def place_field(places: Places) -> dict[str, Any]:
    """Return the list of places, municipalities under their prefectures."""
    t, lang = session.words(), session.LANG.value
    names = places.name_ja if lang == "ja" else places.name_en
    options: list[dict[str, Any]] = [{"items": [["", t("dash all places")]]}]
    if places.name == "municipalities":
        over = load_places("prefectures")
        for code, name in zip(over.code, over.name_ja if lang == "ja" else over.name_en, strict=True):
            items = [[c, n] for c, n in zip(places.code, names, strict=True) if c.startswith(code)]
            options.append({"group": name, "items": items})
    else:
        options.append(
            {
                "group": t("dash places"),
                "items": [list(pair) for pair in zip(places.code, names, strict=True)],
            }
        )
    return {
        "name": "place",
        "kind": "select",
        "label": t("dash filter"),
        "value": session.PLACE.value,
        "options": options,
    }


def choose_place(changed: Mapping[str, object]) -> None:
    """Take over the list's choice."""
    select(changed.get("value"))


def select(code: object) -> None:
    """Filter to a place, or to all where there is no such place."""
    known = session.places_of(session.now()).code
    session.PLACE.value = code if isinstance(code, str) and code in known else ""
