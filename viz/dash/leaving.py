"""What happens to one place when its key people leave: the scenario with and without that, with the same luck."""

from __future__ import annotations

from collections.abc import Callable

import solara

from sim.scenario import Scenario
from sim.shocks import Shock
from viz.dash import session
from viz.dash.chart import Keys, picture, place_name
from viz.dash.engine import Result
from viz.dash.parts import button, html, section
from viz.dash.series import LOOKS, fan
from viz.dash.told import amount, gap_text, interval

SHARE, MONTH = 0.2, 13
"""A fifth of the hosts, those with most ties first, at the beginning of the second year."""


@solara.component
def Leaving() -> None:  # noqa: N802
    """Show the question, and on request its answer."""
    t = session.words()
    asked, ask = solara.use_state("")
    answer: solara.Reactive[Result | None] = solara.use_reactive(None)
    scenario, code = session.now(), session.PLACE.value
    places = session.places_of(scenario)
    key = f"{scenario.digest} {places.digest} {code}"

    def start() -> Callable[[], None] | None:
        answer.value = None
        if asked != key or code not in places.code:
            return None
        return session.launch(
            shaken(scenario, code), scenario.model_copy(update={"name": "without"}), places, answer
        )

    solara.use_effect(start, [asked, key])
    html("{}", t("leaving title"), tag="h2")
    html("{}", t("leaving lead", place=place_name(places)), tag="p", classes="kk-lead")
    if answer.value is None:
        with section("kk-row", "div"):
            button(
                t("dash starting" if asked == key else "leaving ask"),
                lambda: ask(key),
                main=True,
                disabled=asked == key or not code,
            )
        return
    Answer(answer.value)


@solara.component
def Answer(result: Result) -> None:  # noqa: N802
    """Show ties to the place with and without the leaving."""
    t, lang, look = session.words(), session.LANG.value, LOOKS["ties"]
    if session.PLACE.value not in result.places.code:
        return
    count = solara.use_ref(0)
    count.current += 1
    drawn = fan(result.base, result.other, look, result.places.code.index(session.PLACE.value))
    gap = gap_text(float(drawn.gap.mean[0]), drawn, look, lang)
    if result.preview:
        html("{}", t("leaving rough", gap=gap), tag="p", classes="kk-headline kk-rough")
    else:
        html(
            "{}",
            t("leaving found", gap=gap, interval=interval(drawn, look, lang)),
            tag="p",
            classes="kk-headline",
        )
    labels = [t("leaving without"), t("leaving with")]
    Keys(labels)
    alt = t(
        "dash alt chart",
        what=t("look ties"),
        base=labels[0],
        other=labels[1],
        before=amount(float(drawn.base.mean[-1]), look, lang),
        after=amount(float(drawn.other.mean[-1]), look, lang),
    )
    picture(drawn, look, labels, alt, "preview" if result.preview else "full", count.current, height=280)


def shaken(scenario: Scenario, code: str) -> Scenario:
    """Return the scenario in which a fifth of the hosts of a place leave."""
    shock = Shock(kind="key_people", size=SHARE, places=(code,), first=min(MONTH, scenario.months))
    kept = tuple(s for s in scenario.shocks if s.kind != "key_people")
    return scenario.model_copy(update={"name": "with", "shocks": (*kept, shock)})
