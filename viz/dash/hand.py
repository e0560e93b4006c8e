"""A process that runs, and what is said to it: runs in the server's own process would hold up everybody's clicks.

The server writes an `Order` into a pipe, or None for "nobody wants it any more". The process answers with a word and
what belongs to it: "begun" (kernels are compiled), "alive", "month" (months done), "look" (the run so far), and at the
end "done", "stopped", "refused" or "failed". One that dies or falls silent is replaced; whoever asked is told.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing.connection import Connection
from typing import Any

from experiments.compare import Run, Stopped, reduce
from sim.errors import InputError
from sim.outcome import Table
from sim.places import Places
from sim.scenario import Scenario
from viz.dash.film import Camera, Film
from viz.dash.shelf import Shot
from viz.memory import give_back, spare

GLANCE = 0.03
"""Seconds after which a stop is passed on."""

SIGN_SECONDS = 1.0
"""Seconds after which a process that makes a run gives a sign of life."""

SILENCE = 60.0
"""Seconds without a sign of life, looks one after the other, after which a process is held to hang."""

COMPILING_SECONDS = 150.0
"""Seconds that compiling may take: with the lock held by somebody who died, that long is waited for it once."""

MANY_PLACES = 200
KEPT_COLUMNS = (
    "month", "place", "people", "visiting", "direct_people", "ties_online", "ties_hobby", "ties_exchange", "ties_work",
    "ties_direct", "hosts", "hosts_burnt", "load_hours", "capacity_hours", "open_slots", "needs", "yen",
)  # fmt: skip
"""Columns kept of runs on very many places: what the pages draw."""

Heard = Callable[[str, Any], None]


@dataclass(frozen=True)
class Order:
    """One run to make.

    Attributes:
        scenario: What is asked.
        places: Its places.
        seed: Its luck.
        film: Whether to take a film.
        look: Month after which the run so far is wanted; 0 for none.
        last: Month after which to end.
    """

    scenario: Scenario
    places: Places
    seed: int
    film: bool = False
    look: int = 0
    last: int = 0


class Hand:
    """A process of the server, made anew when it dies.

    Args:
        nice: How far it gives way to other processes.
        alone: Lock that one process at a time holds while it compiles.
        patience: Seconds without a sign of life after which it is killed.
    """

    def __init__(self, nice: int, alone: Any, patience: float = SILENCE) -> None:
        self._nice, self._alone, self._patience = nice, alone, patience
        self._process: Any = None
        self._pipe: Connection | None = None

    def begin(self) -> Connection:
        """Start the process; return the pipe to it."""
        spawn = multiprocessing.get_context("spawn")
        self._pipe, theirs = spawn.Pipe()
        self._process = spawn.Process(target=serve, args=(theirs, self._nice, self._alone), daemon=True)
        self._process.start()
        theirs.close()
        return self._pipe

    def run(self, order: Order, stop: threading.Event, heard: Heard) -> Shot:
        """Have a run made.

        Raises:
            Stopped: `stop` was set.
            InputError: It cannot be run.
            RuntimeError: It failed, or the process died or hangs.
        """
        pipe = self._pipe
        if pipe is None or not self._process.is_alive():
            pipe = self.begin()
        try:
            pipe.send(order)
            return self._answer(pipe, stop, heard)
        except (EOFError, OSError) as error:
            self._pipe = None
            self._process.kill()
            self._process.join()
            pipe.close()
            raise RuntimeError("a process that makes runs has died, or hung and was ended") from error

    def _answer(self, pipe: Connection, stop: threading.Event, heard: Heard) -> Shot:
        told, silent, patience = False, 0.0, self._patience + 2 * COMPILING_SECONDS
        while True:
            if stop.is_set() and not told:
                pipe.send(None)
                told = True
            if not pipe.poll(GLANCE):
                # Counted, not read off a clock: a machine that slept is no process that hangs.
                silent += GLANCE
                if silent > patience:
                    raise TimeoutError
                continue
            word, what = pipe.recv()
            silent, patience = 0.0, self._patience
            if word == "done":
                return what
            if word in ENDS:
                raise ENDS[word](what)
            if word in TOLD:
                heard(word, what)


@cache
def compiling() -> Any:
    """Return the lock that the server's processes share."""
    return multiprocessing.get_context("spawn").Lock()


TOLD = ("month", "look")
ENDS: dict[str, type[Exception]] = {"stopped": Stopped, "refused": InputError, "failed": RuntimeError}


def serve(pipe: Connection, nice: int, alone: Any) -> None:
    """Make runs until the server is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, with which the pipe ends
    with suppress(AttributeError):  # not on Windows
        os.nice(nice)
    spare()
    import sim.compiling  # noqa: F401 - Numba takes a second to load: before the first visitor asks

    with suppress(EOFError, OSError):
        while True:
            order = pipe.recv()
            # What is stopped when it has just ended leaves a word behind.
            if order is not None:
                pipe.send(_served(order, pipe, alone))
                give_back()


def _served(order: Order, pipe: Connection, alone: Any) -> tuple[str, Any]:
    last = time.monotonic()

    def heard(word: str, what: Any) -> None:
        nonlocal last
        if pipe.poll():
            pipe.recv()
            raise Stopped
        if word in TOLD or time.monotonic() > last + SIGN_SECONDS:
            pipe.send((word, what))
            last = time.monotonic()

    try:
        _compile(order, alone)
        pipe.send(("begun", None))
        return "done", made(order, heard)
    except Stopped:
        return "stopped", ""
    except InputError as error:
        return "refused", str(error)
    except (EOFError, OSError):  # the server is gone
        raise
    except Exception:
        return "failed", traceback.format_exc()


def _compile(order: Order, alone: Any) -> None:
    from sim.compiling import prepare, ready

    if ready(order.scenario, order.places):
        return
    held = alone.acquire(timeout=COMPILING_SECONDS)
    try:
        prepare(order.scenario, order.places)
    finally:
        if held:
            alone.release()


def made(order: Order, heard: Heard) -> Shot:
    """Make a run.

    Args:
        order: Which.
        heard: Called with every month, with ("alive", None) in the burn-in, and once with the run so far. It may raise.
    """
    from sim.run import burnt_in

    scenario, places, last = order.scenario, order.places, order.last or order.scenario.months
    simulation = burnt_in(scenario, places, order.seed, progress=lambda *_: heard("alive", None))
    camera = Camera(places) if order.film else None
    while simulation.month < last:
        simulation.step()
        if camera is not None:
            camera.take(simulation)
        heard("month", simulation.month)
        if simulation.month == order.look < last:
            heard("look", _reduced(simulation.outcome(), order))
    film: Film | None = None if camera is None else camera.film(scenario.persons_per_agent)
    return Shot(_reduced(simulation.outcome(), order), film)


def _reduced(outcome: Any, order: Order) -> Run:
    run = reduce(outcome, order.scenario, order.places, order.seed)
    if len(order.places) <= MANY_PLACES:
        return run
    months: Table = {name: run.tables["months"][name] for name in KEPT_COLUMNS}
    return replace(run, tables={**run.tables, "months": months})
