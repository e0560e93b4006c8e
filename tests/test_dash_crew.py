"""Who is served next at the dashboard, and what happens to runs that nobody wants or that fail."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from contextlib import suppress

import pytest
from fakes import run as fake_run

from experiments.compare import Stopped, reduce
from scenarios.places import load_places
from sim.errors import InputError
from sim.scenario import Scenario
from viz.dash import engine
from viz.dash import hand as hands
from viz.dash.crew import TURN_SECONDS, WASTE_SECONDS, Crew, Job, Visitor
from viz.dash.engine import Progress
from viz.dash.hand import Hand, Order, compiling, made
from viz.dash.inquiry import Inquiry
from viz.dash.shelf import Shelf, Shot, _size

PLACES = load_places("typical")
SMALL = Scenario(name="small", places="typical", persons_per_agent=40_000, months=6, burn_in=3)


class Desk:
    """A crew whose jobs end when told, by a clock that is set by hand."""

    def __init__(self, hands=1):
        self.begun, self.go, self.ended = queue.Queue(), queue.Queue(), queue.Queue()
        self.now = 0.0
        self.crew = Crew(*range(hands), clock=lambda: self.now)
        self.stops = {}

    def ask(self, visitor, name, key=None, turn=0):
        stop = self.stops[name] = threading.Event()

        def work(_):
            self.begun.put(name)
            self.go.get(timeout=20)
            if stop.is_set():
                raise Stopped

        self.now += 1.0
        self.crew.ask(Job(visitor, stop, work, self.ended.put, key, turn))

    def finish(self):
        self.go.put(None)

    def next(self):
        return self.begun.get(timeout=20)


def test_a_new_move_keeps_its_visitors_place_in_the_queue():
    desk, (a, b, c) = Desk(), (Visitor() for _ in range(3))
    desk.ask(a, "running")
    assert desk.next() == "running"
    desk.ask(b, "b moved once")
    desk.ask(c, "c")
    desk.stops["b moved once"].set()
    desk.ask(b, "b moved again")
    assert [desk.crew.ahead(v) for v in (a, b, c)] == [0, 0, 1]
    for name in ("b moved again", "c"):
        desk.finish()
        assert desk.next() == name
    desk.finish()


def test_who_has_been_shown_something_lets_the_others_go_first():
    desk, (a, b) = Desk(), (Visitor() for _ in range(2))
    desk.ask(a, "a1")
    desk.next()
    for name in ("a2", "a3"):
        desk.ask(a, name)
    desk.ask(b, "b1")
    desk.now += 1.0
    desk.crew.served(a)
    assert (desk.crew.ahead(a), desk.crew.ahead(b)) == (1, 0)
    desk.finish()
    assert desk.next() == "b1"
    desk.finish()
    assert desk.next() == "a2"
    for _ in range(2):
        desk.finish()


def test_everybody_has_two_seeds_before_anybody_has_a_third_and_nobody_starves():
    desk, (a, b, c) = Desk(), (Visitor() for _ in range(3))
    desk.ask(a, "a1")
    desk.next()
    desk.crew.served(a)
    desk.ask(a, "a3", turn=1)
    desk.ask(b, "b1")
    assert (desk.crew.ahead(a), desk.crew.ahead(b)) == (1, 0)
    for name in ("b1", "a3"):
        desk.finish()
        assert desk.next() == name
    desk.ask(a, "a5", turn=1)
    desk.now += TURN_SECONDS
    desk.ask(c, "c1")
    desk.finish()
    assert desk.next() == "a5"
    for _ in range(2):
        desk.finish()


def test_whoever_throws_much_work_away_gives_way():
    desk, (a, b) = Desk(), (Visitor() for _ in range(2))
    desk.ask(a, "a1")
    desk.next()
    desk.ask(b, "b1")
    for name in ("a1", "a2"):
        desk.ask(a, f"a{int(name[1]) + 1}")
        desk.stops[name].set()
        desk.now += 0.5 * WASTE_SECONDS - (name == "a1")
        desk.finish()
        assert desk.next() == ("a2" if name == "a1" else "b1")
    desk.finish()
    assert desk.next() == "a3"
    desk.finish()


def test_who_has_an_answer_and_waits_for_another_keeps_the_place():
    desk, (a, b, c) = Desk(), (Visitor() for _ in range(3))
    desk.ask(a, "running")
    desk.next()
    desk.ask(b, "for another page")
    desk.ask(c, "c")
    desk.crew.forget(b)
    assert [desk.crew.ahead(v) for v in (a, b, c)] == [0, 0, 1]
    for name in ("for another page", "c"):
        desk.finish()
        assert desk.next() == name
    desk.finish()


def test_the_same_run_is_not_made_by_two_at_once():
    desk, (a, b) = Desk(hands=2), (Visitor() for _ in range(2))
    desk.ask(a, "first", key="same")
    assert desk.next() == "first"
    desk.ask(b, "second", key="same")
    desk.ask(b, "other", key="other")
    assert desk.next() == "other"
    for _ in range(2):
        desk.finish()
    assert desk.next() == "second"
    desk.finish()


def test_a_borrowed_process_works_for_nobody_else():
    desk, (a, b) = Desk(), (Visitor() for _ in range(2))
    with desk.crew.borrowed(a, threading.Event()):
        desk.ask(b, "waits")
        assert desk.crew.ahead(b) == 0
        assert desk.crew.crowded()
        stopped = threading.Event()
        stopped.set()
        with pytest.raises(Stopped), desk.crew.borrowed(Visitor(), stopped):
            pass
    assert desk.next() == "waits"
    desk.finish()


def test_one_process_at_a_time_is_lent():
    desk, stop = Desk(hands=2), threading.Event()
    with desk.crew.borrowed(Visitor(), threading.Event()):
        second = threading.Thread(target=lambda: _lend(desk.crew, stop))
        second.start()
        desk.ask(Visitor(), "goes on")
        assert desk.next() == "goes on"
        assert desk.crew.crowded()
        stop.set()
        second.join()
    desk.finish()


def _lend(crew, stop):
    with suppress(Stopped), crew.borrowed(Visitor(), stop):
        pytest.fail("both processes were lent")


def test_visitors_who_have_left_are_forgotten():
    desk, gone = Desk(), Visitor()
    desk.ask(gone, "asked")
    desk.next()
    assert len(desk.crew._standing) == 1
    desk.finish()
    desk.ended.get(timeout=20)
    del gone
    for _ in range(200):  # the crew lets go a moment after it has told
        if not desk.crew._standing:
            break
        threading.Event().wait(0.01)
    assert not desk.crew._standing


# --- processes -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hand():
    hand = Hand(0, compiling())
    yield hand
    hand._process.kill()


def test_a_process_makes_the_run_of_the_model_and_tells_how_far_it_is(hand):
    heard = []
    shot = hand.run(
        Order(SMALL, PLACES, 1, film=True, look=2), threading.Event(), lambda *what: heard.append(what)
    )
    assert shot.run.digest == made(Order(SMALL, PLACES, 1), lambda *_: None).run.digest
    assert shot.film.flows.shape == (6, 12, 12)
    assert [what for word, what in heard if word == "month"] == [1, 2, 3, 4, 5, 6]
    (so_far,) = (what for word, what in heard if word == "look")
    assert so_far.tables["months"]["month"][-1] == 2


def test_a_run_stops_when_nobody_wants_it_and_the_next_one_is_whole(hand):
    stop = threading.Event()

    def heard(word, what):
        if what == 3:
            stop.set()

    endless = SMALL.model_copy(update={"months": 20_000})
    with pytest.raises(Stopped):
        hand.run(Order(endless, PLACES, 1), stop, heard)
    assert hand.run(Order(SMALL, PLACES, 2), threading.Event(), lambda *_: None).run.seed == 2


def test_what_cannot_be_run_is_said_and_a_dead_process_is_replaced(hand):
    nobody = SMALL.model_copy(update={"persons_per_agent": 1e12})
    with pytest.raises(InputError, match="persons_per_agent"):
        hand.run(Order(nobody, PLACES, 1), threading.Event(), lambda *_: None)
    with pytest.raises(RuntimeError, match="died"):
        hand.run(Order(SMALL, PLACES, 1), threading.Event(), lambda *_: hand._process.kill())
    assert hand.run(Order(SMALL, PLACES, 3), threading.Event(), lambda *_: None).run.seed == 3
    hand._process.kill()
    hand._process.join()
    assert hand.run(Order(SMALL, PLACES, 1), threading.Event(), lambda *_: None).run.seed == 1


def test_a_process_that_hangs_is_one_error_and_replaced():
    hand = Hand(0, compiling(), patience=0.3)
    try:
        with pytest.raises(RuntimeError, match="hung"):
            hand.run(Order(SMALL, PLACES, 1), threading.Event(), lambda *_: _hang(hand))
        hand._patience = 60.0
        assert hand.run(Order(SMALL, PLACES, 1), threading.Event(), lambda *_: None).run.seed == 1
    finally:
        hand._process.kill()


def _hang(hand):
    os.kill(hand._process.pid, signal.SIGSTOP)


def test_a_lock_held_by_the_dead_does_not_keep_others_from_running(monkeypatch):
    monkeypatch.setattr("sim.compiling.ready", lambda *_: False)
    prepared = []
    monkeypatch.setattr("sim.compiling.prepare", lambda *what: prepared.append(what))
    monkeypatch.setattr(hands, "COMPILING_SECONDS", 0.01)
    lock = threading.Lock()
    lock.acquire()
    hands._compile(Order(SMALL, PLACES, 1), lock)
    assert prepared == [(SMALL, PLACES)]
    assert lock.locked()


ENDLESS = """
import threading
from scenarios.places import load_places
from sim.scenario import Scenario
from viz.dash.hand import Hand, Order, compiling

if __name__ == "__main__":
    places, idle, hand = load_places("typical"), Hand(0, compiling()), Hand(0, compiling())
    small = Scenario(name="small", places="typical", persons_per_agent=40_000, months=10**8, burn_in=0)
    idle.begin()
    told = lambda word, what: what == 1 and print(idle._process.pid, hand._process.pid, flush=True)
    hand.run(Order(small, places, 1), threading.Event(), told)
"""


def test_processes_end_with_a_server_that_is_killed(tmp_path):
    program = tmp_path / "server.py"
    program.write_text(ENDLESS, encoding="utf-8")
    with subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE, text=True) as server:
        processes = [int(number) for number in server.stdout.readline().split()]
        assert len(processes) == 2
        server.kill()
        # They write to the same pipe: it ends when the last of them has.
        rest = threading.Thread(target=server.stdout.read, daemon=True)
        rest.start()
        rest.join(60.0)
        left = rest.is_alive()
        for number in processes * left:
            os.kill(number, signal.SIGKILL)
        assert not left


def test_errors_reach_whoever_asked():
    class Broken:
        def run(self, order, stop, heard):
            raise InputError("seed: no.")

    inquiry = Inquiry(Visitor(), threading.Event())
    inquiry.ask(Crew(Broken()), {"one": Order(SMALL, PLACES, 99)})
    with pytest.raises(InputError, match="seed"):
        inquiry.next(20.0)
    inquiry.stop.set()
    with pytest.raises(Stopped):
        inquiry.next(0.0)


def test_the_shelf_keeps_what_was_asked_last_within_its_bounds():
    shots = [Shot(reduce(fake_run(SMALL, PLACES, seed), SMALL, PLACES, seed), None) for seed in range(4)]
    shelf = Shelf(most=3 * _size(shots[0]))
    for seed in range(3):
        shelf.put(seed, shots[seed])
    shelf.put(1, shots[1])
    assert shelf.get(0) is shots[0]
    shelf.put(3, shots[3])
    assert [shelf.holds([seed]) for seed in range(4)] == [True, True, False, True]


def test_progress_is_told_when_it_is_news_and_less_often_to_those_who_wait():
    now, heard = [0.0], []
    teller = engine.Teller(heard.append, clock=lambda: now[0])
    assert not teller.due
    now[0] = engine.TICK
    assert teller.due
    teller.tell(Progress(0.1))
    now[0] += engine.TICK
    teller.tell(Progress(0.1))
    assert heard == [Progress(0.1)]
    now[0] += engine.TICK
    teller.tell(Progress(0.1, ahead=3))
    assert len(heard) == 2
    now[0] += engine.TICK
    assert not teller.due
    now[0] += engine.WAITING_TICK
    assert teller.due
