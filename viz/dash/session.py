"""What one visitor has chosen and what has been computed for them. Each value belongs to one browser tab."""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

import solara

from experiments.compare import Stopped
from scenarios.loader import load
from scenarios.places import PACKAGED, load_places
from sim.errors import InputError
from sim.places import Places
from sim.scenario import Scenario
from viz.dash import engine
from viz.dash.crew import Visitor
from viz.dash.editing import without_measures
from viz.dash.engine import Progress, Result
from viz.dash.history import History
from viz.errors import told
from viz.messages import Say, say

LANG = solara.reactive("ja")
ENTERED = solara.reactive(False)
"""Whether the address has been taken over: once a tab."""
MODE = solara.reactive("")
HISTORY = solara.reactive(History((load("baseline"),)))
NOTICE = solara.reactive("")
RESULT: solara.Reactive[Result | None] = solara.reactive(None)
PROGRESS: solara.Reactive[Progress | None] = solara.reactive(None)
STOP: solara.Reactive[threading.Event | None] = solara.reactive(None)
VISITOR: solara.Reactive[Visitor | None] = solara.reactive(None)
TURN = solara.reactive(0)
"""Counts the times that somebody asked to run again."""
LOOK = solara.reactive("ties")
PLACE = solara.reactive("")
"""Code of the place that everything is filtered to."""
OWN: solara.Reactive[Places | None] = solara.reactive(None)
"""A table of places that the visitor has drawn."""
PINS: solara.Reactive[tuple[Scenario, ...]] = solara.reactive(())
ROOM = solara.reactive("")
"""Code of the workshop's room."""
ORIGIN = solara.reactive("")
COPY = solara.reactive(0)
"""Counts the times that the link was asked for."""


def words() -> Say:
    """Return the messages in the visitor's language."""
    return say(LANG.value)


def now() -> Scenario:
    """Return the scenario that holds."""
    return HISTORY.value.now


def places_of(scenario: Scenario) -> Places:
    """Return the places of a scenario, drawn or packaged."""
    if scenario.places in PACKAGED:
        return load_places(scenario.places)
    if OWN.value is not None:
        return OWN.value
    return load_places("prefectures")


def put(scenario: Scenario, key: str = "") -> None:
    """Make a scenario hold, as one step that can be taken back."""
    engine.affordable(scenario, places_of(scenario))
    if scenario.places != now().places:
        PLACE.value = ""
    HISTORY.value = HISTORY.value.put(scenario, key, time.monotonic())
    NOTICE.value = ""


def guarded(action: Callable[..., None]) -> Callable[..., None]:
    """Return a handler that says in one sentence what was wrong, and never shows a traceback."""

    def handler(*given: Any) -> None:
        try:
            action(*given)
        except InputError as error:
            NOTICE.value = refused(error)
        except Exception:
            NOTICE.value = failed()

    return handler


def refused(error: InputError) -> str:
    """Return the sentence for input that cannot be used."""
    return words()("dash refused", why=told(error, LANG.value)[:600])


def failed(error: BaseException | None = None) -> str:
    """Log an error (the one at hand unless given) on the server; return a sentence with its number."""
    number = uuid.uuid4().hex[:8]
    logging.getLogger("kakawari.dash").error("error %s", number, exc_info=error or True)
    return words()("dash failed", number=number)


def same_question(result: Result | None, scenario: Scenario) -> bool:
    """Return whether a full result answers a scenario, whatever it is called."""
    return (
        result is not None and not result.preview and result.asked.digest == scenario.digest
        and result.asked.places == scenario.places and len(result.other) == len(engine.SEEDS)
    )  # fmt: skip


def use_result() -> None:
    """Compute what the scenario needs, in a thread that stops when something newer is asked."""
    scenario, places = now(), places_of(now())

    def start() -> Callable[[], None] | None:
        if same_question(RESULT.value, scenario):
            return None
        return launch(scenario, without_measures(scenario), places, RESULT)

    solara.use_effect(start, [scenario.digest, places.digest, TURN.value])


def launch(
    scenario: Scenario, base: Scenario, places: Places, into: solara.Reactive[Result | None]
) -> Callable[[], None]:
    """Start a thread that computes a scenario and what it is compared with; return how to stop it."""

    def tell(result: Result, stop: threading.Event) -> None:
        if not stop.is_set():
            into.value = result

    who = visitor()
    return asked(
        lambda told, stop: engine.pursue(scenario, base, places, lambda r: tell(r, stop), told, stop, who)
    )


def asked(work: Callable[[Callable[[Progress], None], threading.Event], None]) -> Callable[[], None]:
    """Do what the page waits for in a thread, with progress and a way to stop it; return the latter."""
    stop = threading.Event()
    STOP.value = stop

    def told(progress: Progress) -> None:
        if not stop.is_set():
            PROGRESS.value = progress

    def begun() -> None:
        told(Progress())
        work(told, stop)

    def ended() -> None:
        if STOP.value is stop:
            PROGRESS.value = None
            STOP.value = None

    aside(begun, ended)
    return stop.set


def aside(work: Callable[[], None], ended: Callable[[], None] = lambda: None) -> None:
    """Do something in a thread; say in one sentence what goes wrong.

    Args:
        work: What is done.
        ended: Called afterwards, whatever happened.
    """

    def whole() -> None:
        try:
            work()
        except Stopped:
            pass
        except InputError as error:
            NOTICE.value = refused(error)
        except Exception:
            NOTICE.value = failed()
        finally:
            ended()

    threading.Thread(target=whole, daemon=True).start()


def visitor() -> Visitor:
    """Return who this is in the queue."""
    if VISITOR.value is None:
        VISITOR.value = Visitor()
    return VISITOR.value


def cancel() -> None:
    """Stop what is running; what was drawn stays."""
    if STOP.value is not None:
        STOP.value.set()
        STOP.value = None
    PROGRESS.value = None
    engine.answered(visitor())
