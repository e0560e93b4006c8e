"""One place up close: its hosts, its open roles, who comes from where, and what happens when key people leave."""

from __future__ import annotations

import numpy as np
import solara

from sim.places import Places
from sim.record import BURNT_OUT_ABOVE
from viz.dash import session
from viz.dash.chart import Headline, State
from viz.dash.engine import Result
from viz.dash.leaving import Leaving
from viz.dash.map import choose_place, place_field
from viz.dash.own_table import OwnTable
from viz.dash.parts import html, section
from viz.dash.series import columns
from viz.dash.widgets import Choice, HostField
from viz.messages import bare_unit
from viz.numbers import number, people

SHOWN = 8
"""Places that visitors come from, the rest added up."""

MOST_HOSTS = 1_500


@solara.component
def Place() -> None:  # noqa: N802
    """Show the page."""
    t = session.words()
    session.use_result()
    places = session.places_of(session.now())
    solara.use_memo(
        lambda: None if session.PLACE.value else session.PLACE.set(smallest(places)), [places.digest]
    )
    with section("kk-page", "div"):
        html("{}", t("dash page place title"), tag="h1")
        with section():
            Choice.element(fields=[place_field(places)], on_changed=session.guarded(choose_place))
            Headline()
            State()
        with section("kk-split", "div"):
            with section():
                Hosts()
            with section():
                Visitors()
        with section():
            Leaving()
        with section():
            OwnTable()


def smallest(places: Places) -> str:
    """Return the code of the place with fewest adults outside the metropolitan areas: somewhere to begin."""
    adults = np.where((places.metro == 0) & (places.adults > 0), places.adults, places.adults.max())
    return places.code[int(np.argmin(adults))]


def chosen(result: Result | None) -> int | None:
    """Return the row of the chosen place in a result; None where there is none."""
    code = session.PLACE.value
    return result.places.code.index(code) if result is not None and code in result.places.code else None


@solara.component
def Hosts() -> None:  # noqa: N802
    """Show the hosts of the place as dots, with its open roles."""
    t, lang, result = session.words(), session.LANG.value, session.RESULT.value
    html("{}", t("place hosts"), tag="h2")
    row = chosen(result)
    count = solara.use_ref(0)
    if result is None or row is None:
        html("{}", t("dash choose place"), classes="kk-quiet")
        return
    count.current += 1
    run = result.other[0]
    field, slots = host_rows(result, row), round(float(columns(run, ("open_slots",))[-1, row]))
    burnt = float(np.mean(field[1] > BURNT_OUT_ABOVE)) if field.shape[1] else 0.0
    weight = people(run.scenario.persons_per_agent, lang)
    HostField.element(
        data=field[:, :MOST_HOSTS].tobytes(), slots=slots, lang=lang, rev=count.current,
        texts={key: t(f"host {key}") for key in ("ties", "load", "tired", "none")},
        alt=t("place hosts alt", hosts=field.shape[1], burnt=number(100 * burnt, 0, lang), slots=slots),
    )  # fmt: skip
    html(
        "<span><i style='background:var(--calm)'></i>{}</span> <span><i style='background:var(--burnt)'></i>{}</span> "
        "<span><i style='border:2px solid var(--ink)'></i>{}</span> <span><i style='border:2px solid var(--green)'></i>{}</span>",
        t("map calm"), t("map burnt"), t("host over"), t("host slot"), classes="kk-legend kk-dots",
    )  # fmt: skip
    html("{}", t("place hosts note", weight=weight), classes="kk-quiet", tag="p")


def host_rows(result: Result, row: int) -> np.ndarray:
    """Return load, exhaustion, ties and 0 of the hosts of a place, busiest first (4, hosts)."""
    table = result.other[0].tables["hosts"]
    here = table["place"] == row
    capacity = np.maximum(table["capacity"][here], 1e-9)
    load = table["hours"][here] / 12.0 / capacity
    rows = np.stack([load, table["exhaustion"][here], table["ties"][here], np.zeros(int(here.sum()))])
    return np.ascontiguousarray(rows[:, np.argsort(-rows[2])], dtype=np.float32)


@solara.component
def Visitors() -> None:  # noqa: N802
    """Show where those who keep visiting the place live."""
    t, lang, result = session.words(), session.LANG.value, session.RESULT.value
    html("{}", t("place visitors"), tag="h2")
    row = chosen(result)
    if result is None or row is None:
        return
    found = origins(result, row)
    names = result.places.name_ja if lang == "ja" else result.places.name_en
    total = max(float(found.sum()), 1e-9)
    order = [int(i) for i in np.argsort(-found) if found[i] > 0]
    widest = max((float(found[i]) for i in order[:1]), default=1.0)
    for i in order[:SHOWN]:
        bar(names[i], float(found[i]), total, round(100 * float(found[i]) / widest, 1))
    if len(order) > SHOWN:
        rest = float(found[order[SHOWN:]].sum())
        bar(t("place elsewhere", count=len(order) - SHOWN), rest, total, 0.0, "kk-bar kk-rest")
    html("{}", t("place visitors note"), classes="kk-quiet", tag="p")


def bar(name: str, ties: float, total: float, width: float, classes: str = "kk-bar") -> None:
    """Show one home: its name, its ties, their share, and a bar."""
    lang = session.LANG.value
    piece = bare_unit("ties", lang) if lang == "ja" else ""
    share = number(100 * ties / total, 0, lang)
    html(
        "<span>{}</span><b>{}{} ({}%)</b><i style='width:{}%'></i>",
        name,
        people(ties, lang),
        piece,
        share,
        width,
        classes=classes,
    )


def origins(result: Result, row: int) -> np.ndarray:
    """Return the real visiting ties to a place by home, mean over the runs (R,)."""
    total = np.zeros(len(result.places))
    for run in result.other:
        table = run.tables["flows"]
        here = table["place"] == row
        total += (
            np.bincount(table["home"][here], weights=table["ties"][here], minlength=len(total))
            * run.scenario.persons_per_agent
        )
    return total / len(result.other)
