"""Runs that one visitor asks for, and the answers as they come in."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from experiments.compare import Run, Stopped
from viz.dash.crew import Crew, Job, Visitor
from viz.dash.hand import Hand, Order
from viz.dash.shelf import Shot, shelf

EVERY = 4
"""Months after which it is told how far a run is."""


class Answer(NamedTuple):
    """Something about a run: "month" (months done), "look" (the run so far) or "done" (the shot)."""

    name: Any
    word: str
    what: Any


class Inquiry:
    """What one visitor wants to know.

    Args:
        visitor: Who asks.
        stop: Set when nobody wants it any more.
    """

    def __init__(self, visitor: Visitor, stop: threading.Event) -> None:
        self.visitor, self.stop = visitor, stop
        self._answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()

    def ask(self, crew: Crew, orders: Mapping[Any, Order], turn: Callable[[Any], int] = lambda _: 0) -> None:
        """Ask for runs by name; those on the shelf are answered at once.

        Args:
            crew: Who makes them.
            orders: The runs.
            turn: Returns how many looks at the answer come before a run of that name.
        """
        jobs = []
        for name, order in orders.items():
            known = shelf().get(key(order))
            if known is None:
                jobs.append(self._job(name, order, turn(name)))
            else:
                self._answers.put(Answer(name, "done", _named(known, order)))
        crew.ask(*jobs)

    def next(self, seconds: float) -> Answer | None:
        """Return what has come in, None where nothing does in time.

        Raises:
            Stopped: `stop` was set.
            InputError: Something cannot be run.
        """
        try:
            answer = self._answers.get(timeout=max(seconds, 0.0))
        except queue.Empty:
            answer = None
        if self.stop.is_set():
            raise Stopped
        if answer is not None and isinstance(answer.what, BaseException):
            raise answer.what
        return answer

    def _job(self, name: Hashable, order: Order, turn: int) -> Job:
        def heard(word: str, what: Any) -> None:
            if word == "look" or what % EVERY == 0:
                self._answers.put(Answer(name, word, what))

        def work(hand: Hand) -> Shot:
            # Somebody else may have had it made while this one waited.
            shot = shelf().get(key(order))
            if shot is None:
                shot = hand.run(order, self.stop, heard)
                shelf().put(key(order), shot)
            return _named(shot, order)

        def tell(found: Any) -> None:
            self._answers.put(Answer(name, "done", found))

        return Job(self.visitor, self.stop, work, tell, key(order), turn)


def key(order: Order) -> tuple[Any, ...]:
    """Return what runs with the same contents have in common."""
    return order.scenario.digest, order.places.digest, order.seed, order.film, order.last


def _named(shot: Shot, order: Order) -> Shot:
    """Return a run under the name by which it was asked: the shelf knows contents only."""
    run: Run = replace(shot.run, scenario=order.scenario)
    return Shot(run, shot.film)
