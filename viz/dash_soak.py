"""Thirty visitors at once, each moving a slider every five seconds for five minutes: `make soak`.

The visitors are websocket clients that speak the pages' own protocol, so that this machine's cores work for the server
and not for thirty browsers. They come, move, wait for their newest result and leave without a word, in two rounds: what
is kept of the first one would be seen in the second. Said at the end: errors, lost sessions, how long the rough picture,
the first full runs and all eight took, how long the queue was, and the memory of the server and of its processes.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import random
import statistics
import subprocess
import sys
import time
import urllib.request
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from viz.screenshots import dashboard

WORLD = "?people=20000&months=60&burn_in=60"
"""A question that costs little, so that thirty of them fit on two cores: 5,000 persons, five years."""

CULLED_AFTER = 15
PATIENCE = 150
"""Seconds that the newest results are waited for after the last move."""

LEVERS = ("hub", "events", "small_roles", "shared_doing", "coordination")
TOP = {"hub": 4.0, "events": 30.0}


@dataclass
class Visitor:
    """One open page, and what it has seen."""

    socket: Any
    rng: random.Random
    panel: str = ""
    answered: str = ""
    before: str = ""
    shown: int = 0
    asked: float = 0.0
    rough: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    full: list[float] = field(default_factory=list)
    moves: int = 0
    ahead: int = 0
    errors: list[str] = field(default_factory=list)

    async def say(self, kind: str, content: dict[str, Any]) -> None:
        """Send one message of the Jupyter protocol."""
        header = {
            "msg_id": uuid.uuid4().hex,
            "msg_type": kind,
            "session": "soak",
            "username": "",
            "version": "5.2",
        }
        message = {
            "header": header,
            "parent_header": {},
            "metadata": {},
            "content": content,
            "channel": "shell",
            "buffers": [],
        }
        from websockets.exceptions import ConnectionClosed

        with suppress(ConnectionClosed):  # `listen` has written it down
            await self.socket.send(json.dumps(message))

    async def listen(self) -> None:
        """Take in what the server says, until the page is closed."""
        from solara.server.kernel import deserialize_binary_message
        from websockets.exceptions import ConnectionClosed

        try:
            async for frame in self.socket:
                message = json.loads(frame) if isinstance(frame, str) else deserialize_binary_message(frame)
                data = message.get("content", {}).get("data") or {}
                if message.get("header", {}).get("msg_type") == "error":
                    self.errors.append(str(message)[:200])
                state = data.get("state") or {}
                if isinstance(state, dict):
                    self._see(message["content"].get("comm_id", ""), state)
        except ConnectionClosed as closed:
            if not (closed.rcvd and closed.rcvd.code in (1000, 1005)) and not (
                closed.sent and closed.sent.code == 1000
            ):
                self.errors.append(f"lost: {closed}")

    def _see(self, comm: str, state: dict[str, Any]) -> None:
        if "spec" in state and "moved" in state:
            self.panel = comm
        words = state.get("attributes")
        if isinstance(words, dict) and "data-runs" in words:
            self.answered = words["data-asked"]
            self._time(words["data-stage"], words["data-runs"])
        text = str(state)
        if "before you" in text:
            self.ahead = max(self.ahead, int(text.split(" before you")[0].rsplit("(", 1)[-1]))
        if "Something went wrong" in text:
            self.errors.append(text[-200:])

    def _time(self, stage: str, runs: str) -> None:
        """Note how long it took to the rough picture (1), the first full runs (2), and all of them (3)."""
        # What was shown when the slider moved answers the question before.
        if not self.moves or self.answered == self.before:
            return
        reached = 1 if stage == "preview" else 3 if runs == "8" else 2
        if reached > self.shown:
            seen = (
                [self.rough]
                if reached == 1
                else [self.first, self.full][max(self.shown - 1, 0) : reached - 1]
            )
            for times in seen:  # full runs that overtake the rough picture leave nothing to wait for
                times.append(time.monotonic() - self.asked)
            self.shown = reached

    async def move(self) -> None:
        """Move one slider somewhere new."""
        name = self.rng.choice(LEVERS)
        value = round(self.rng.uniform(0.05, TOP.get(name, 0.9)), 4)
        self.moves, self.shown, self.asked, self.before = self.moves + 1, 0, time.monotonic(), self.answered
        moved = {"moved": {"name": name, "value": value, "n": self.moves}}
        await self.say(
            "comm_msg",
            {"comm_id": self.panel, "data": {"method": "update", "state": moved, "buffer_paths": []}},
        )


async def enter(base: str, seed: int) -> tuple[Visitor, asyncio.Task[None]]:
    """Open a page as a browser does: ask for it, connect, and run it."""
    from websockets.asyncio.client import connect

    answer = await asyncio.to_thread(urllib.request.urlopen, f"{base}/{WORLD}", None, 60)
    cookie = "; ".join(h.split(";")[0] for h in answer.headers.get_all("set-cookie") or [])
    url = (
        f"{base.replace('http', 'ws')}/jupyter/api/kernels/{uuid.uuid4()}/channels?session_id={uuid.uuid4()}"
    )
    headers = {"Cookie": cookie, "Origin": base}
    socket = await connect(
        url, additional_headers=headers, max_size=None, ping_interval=None, open_timeout=60
    )
    visitor = Visitor(socket, random.Random(seed))
    task = asyncio.create_task(visitor.listen())
    comm = uuid.uuid4().hex
    await visitor.say("comm_open", {"comm_id": comm, "target_name": "solara.control", "data": {}})
    args = {"path": f"/{WORLD}&lang=en", "themes": {"light": {}, "dark": {}}, "dark": False}
    await visitor.say("comm_msg", {"comm_id": comm, "data": {"method": "run", "args": args}})
    return visitor, task


async def soak(base: str, pid: int, count: int, minutes: float, every: float, first: int) -> list[Visitor]:
    """Let visitors come, move, wait for their newest result, and leave without a word."""
    print(f"before: {memory(pid)}", flush=True)
    begun = time.monotonic()
    pages = [await enter(base, first + seed) for seed in range(count)]
    visitors = [visitor for visitor, _ in pages]
    await _until(lambda: all(v.panel for v in visitors), 120)
    opened = sum(bool(v.panel) for v in visitors)
    print(f"{opened} of {count} pages open after {time.monotonic() - begun:.1f} s", flush=True)
    end = time.monotonic() + 60 * minutes
    for turn in itertools.count():
        for at, visitor in enumerate(visitors):
            if visitor.panel:
                await visitor.move()
            # Spread over the whole turn, as people are.
            await asyncio.sleep(
                max(0.0, begun_of(turn, at, count, every, end - 60 * minutes) - time.monotonic())
            )
        if time.monotonic() >= end:
            break
    last, during = time.monotonic(), [len(v.first) for v in visitors]
    print(f"memory with everybody: {memory(pid)}", flush=True)
    print(f"full results a visitor while all moved: {min(during)} to {max(during)}", flush=True)
    for least, what in ((2, "newest full result"), (3, "all 8 runs of it")):
        await _until(lambda least=least: all(v.shown >= least for v in visitors), PATIENCE)
        had = sum(v.shown >= least for v in visitors)
        print(
            f"{what}: {had} of {count} had it {time.monotonic() - last:.1f} s after the last move", flush=True
        )
    for visitor, task in pages:
        await visitor.socket.close()
        await task
    for _ in range(3):
        await asyncio.sleep(CULLED_AFTER)
        print(f"after leaving: {memory(pid)}", flush=True)
    return visitors


def begun_of(turn: int, at: int, count: int, every: float, start: float) -> float:
    """Return when the next visitor of a turn moves."""
    return start + every * (turn + (at + 1) / count)


async def _until(done: Any, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        await asyncio.sleep(0.2)


def memory(pid: int) -> str:
    """Return the memory of the server and of its processes, and how many threads the server has."""
    children = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    others = sum(_resident(int(child)) for child in children.stdout.split())
    threads = len(os.listdir(f"/proc/{pid}/task"))
    return f"server {_resident(pid):.0f} MB, its processes {others:.0f} MB, {threads} threads"


def _resident(pid: int) -> float:
    with open(f"/proc/{pid}/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> int:
    """Run, and print what was seen."""
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--visitors", type=int, default=30)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--rounds", type=int, default=2, help="times that they come and leave")
    parser.add_argument("--every", type=float, default=5.0, help="seconds between two moves of a visitor")
    given = parser.parse_args()
    subprocess.run(["uptime"], check=False)
    os.environ["SOLARA_KERNEL_CULL_TIMEOUT"] = f"{CULLED_AFTER}s"
    with dashboard() as (base, pid):
        found = []
        for at in range(given.rounds):
            seeds = at * given.visitors
            found += asyncio.run(soak(base, pid, given.visitors, given.minutes, given.every, seeds))
    errors = [e for v in found for e in v.errors]
    for what, times in (
        ("rough picture", [s for v in found for s in v.rough]),
        ("first full runs", [s for v in found for s in v.first]),
        ("all 8 full runs", [s for v in found for s in v.full]),
    ):
        if len(times) > 1:
            cuts = statistics.quantiles(times, n=20)
            print(
                f"{what}: {len(times)} seen, median {statistics.median(times):.2f} s, 95% {cuts[-1]:.2f} s, worst {max(times):.2f} s"
            )
    print(f"moves {sum(v.moves for v in found)}; longest queue seen {max(v.ahead for v in found)}")
    print(f"errors and lost sessions: {len(errors)}", *errors[:5], sep="\n  ")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
