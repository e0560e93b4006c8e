"""Compiling before the first run: two halves, each in a process of its own, that make the whole month."""

import subprocess
import sys

import pytest
import worlds

from sim import compiling, jit
from sim.loop import LARGE_HOME, WAYS


@pytest.mark.parametrize("way", WAYS)
def test_halves_make_the_month(way):
    halves = [compiling._half(WAYS[way], half) for half in compiling.HALVES]
    assert sorted(halves[0] + halves[1], key=WAYS[way].index) == list(WAYS[way])
    assert all(halves)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("half", compiling.HALVES)
def test_half_a_month_runs_alone(way, half):
    compiling.compile_half(way, half)


def test_commands_that_compile_are_ones_that_work(monkeypatch):
    asked = []

    class Process:
        def __init__(self, command, **_):
            asked.append(command)

        def wait(self):
            return 0

        kill = wait

    monkeypatch.setattr(compiling, "ready", lambda *_: False)
    monkeypatch.setattr(subprocess, "Popen", Process)
    compiling.prepare(worlds.scenario(LARGE_HOME * 4), worlds.four_places())
    compiling.prepare(worlds.scenario(LARGE_HOME * 4 - 1), worlds.four_places())
    done = [
        [sys.executable, "-m", "sim.compiling", way, half]
        for way in ("passes", "mechanisms")
        for half in compiling.HALVES
    ]
    assert asked == done


def test_nothing_is_compiled_where_the_kernels_are_there(monkeypatch):
    monkeypatch.setattr(compiling, "ready", lambda *_: True)
    monkeypatch.setattr(subprocess, "Popen", None)
    compiling.prepare(worlds.scenario(2000), worlds.four_places())


def test_each_way_is_marked_by_itself(tmp_path, monkeypatch):
    monkeypatch.setattr(jit, "_kernel_folder", lambda: tmp_path / "kernels")
    jit.mark_warm("passes")
    assert jit.is_warm("passes")
    assert not jit.is_warm("mechanisms")
