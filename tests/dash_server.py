"""A dashboard in a process of its own, and a browser that writes down everything that should not happen."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def dashboard(*options: str, **environment: str):
    """Start `kakawari dash` and yield its address."""
    port = free_port()
    command = [sys.executable, "-m", "viz", "dash", "--port", str(port), *options]
    server = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **environment}
    )
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            assert server.poll() is None, "the dashboard did not start"
            try:
                urllib.request.urlopen(base, timeout=5)
                break
            except urllib.error.HTTPError:  # a password is asked: it is up
                break
            except OSError:
                time.sleep(0.25)
        yield base
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()


class Watch:
    """What a page did that it should not."""

    def __init__(self, page, base: str) -> None:
        self.outside, self.errors, self.failed = [], [], []
        own = (base, base.replace("http", "ws"), "data:", "blob:")
        page.on("request", lambda r: None if r.url.startswith(own) else self.outside.append(r.url))
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: self.errors.append(str(e)))
        page.on("response", lambda r: self.failed.append((r.status, r.url)) if r.status >= 400 else None)

    @property
    def nothing(self) -> bool:
        return not (self.outside or self.errors or self.failed)
