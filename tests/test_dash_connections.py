"""The server's own connections: every one that it or its processes open is written down, wherever in the code."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from chromium import browser as browser
from dash_server import dashboard

SMALL = "people=100000&months=24&burn_in=12&m=hub:0.5"
HOOK = """
import os, socket
def told(*words):
    with open(os.environ["TOLD"], "a", encoding="utf-8") as file:
        file.write("\\t".join(map(str, words)) + "\\n")
def telling(event, old, at):
    def new(*given, **named):
        told(event, given[at])
        return old(*given, **named)
    return new
for name in ("connect", "connect_ex", "bind"):
    setattr(socket.socket, name, telling(name, getattr(socket.socket, name), 1))
socket.socket.sendto = telling("sendto", socket.socket.sendto, -1)
for name in ("getaddrinfo", "gethostbyname"):
    setattr(socket, name, telling(name, getattr(socket, name), 0))
told("begun", os.getpid())
"""
OWN = ("127.0.0.1", "localhost", "'::1'", "None")


@pytest.fixture
def hooked(tmp_path):
    """Return the environment in which every Python process tells of its sockets, and the file that it tells."""
    (tmp_path / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    file = tmp_path / "told.txt"
    return {"PYTHONPATH": str(tmp_path), "TOLD": str(file)}, file


def lines(file) -> list[list[str]]:
    return [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]


def outside(found: list[list[str]]) -> list[list[str]]:
    return [
        [event, where] for event, where in found if event != "begun" and not any(own in where for own in OWN)
    ]


def test_the_server_talks_to_nobody_and_listens_to_this_machine_only(browser, hooked):
    environment, file = hooked
    with dashboard(**environment) as base:
        page = browser.new_page()
        page.goto(f"{base}/?{SMALL}")
        page.wait_for_selector("[data-stage=full][data-runs='8']", timeout=120_000)
        for path in ("place", "sweep", "assumptions", "learn"):
            page.locator(f".kk-nav a[href='/{path}']").click()
            page.wait_for_selector(f".kk-nav a[href='/{path}'][aria-current=page]", timeout=30_000)
        page.close()
    found = lines(file)
    assert sum(event == "begun" for event, _ in found) >= 4  # the server, and the processes that make runs
    assert any(event == "bind" and base.rsplit(":", 1)[1] in where for event, where in found)
    assert outside(found) == []


def test_a_connection_to_the_outside_would_be_seen(hooked):
    environment, file = hooked
    asks = (
        "import socket\ntry: socket.create_connection(('192.0.2.1', 9), timeout=0.01)\nexcept OSError: pass"
    )
    subprocess.run([sys.executable, "-c", asks], env={**os.environ, **environment}, check=True, timeout=60)
    assert any("192.0.2.1" in where for _, where in outside(lines(file)))
