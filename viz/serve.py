"""Starts the dashboard on this machine."""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import sys
import warnings
from pathlib import Path
from typing import Any

from sim.errors import InputError
from viz.jobs import OUT
from viz.memory import spare
from viz.messages import say

SWEEPS = "KAKAWARI_SWEEPS"
"""Name of the environment variable that tells the pages which folder's sweeps may be opened."""

SWITCH_SECONDS = 5e-4
PING_SECONDS = 120.0
"""A busy machine may answer late; with 20 seconds, the default, thirty visitors lost their pages."""

LOOPBACK = ("127.0.0.1", "localhost", "::1")
HERE = Path(__file__).parent


def serve(
    port: int, host: str = "127.0.0.1", password: str = "", sweeps: Path = OUT, lang: str = "en"
) -> None:
    """Serve the dashboard until it is stopped.

    Args:
        port: Port on this machine.
        host: Address to listen on; any but loopback opens the dashboard to the network.
        password: Asked of every visitor; "" for none.
        sweeps: Folder whose sweeps visitors may open.
        lang: Language of the terminal.

    Raises:
        InputError: The packages of the dashboard are not installed, or the port is taken.
    """
    if importlib.util.find_spec("solara") is None:
        raise InputError(
            "dash: the dashboard is not installed; install it with: pip install 'kakawari[dash]'."
        )
    _refuse_taken(host, port)
    for line in greeting(port, host, password, lang):
        print(line, file=sys.stderr)
    os.environ[SWEEPS] = str(sweeps)
    # uvicorn ends itself by the signal it was sent; without a handler of ours nothing would be put away at the end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    import uvicorn

    uvicorn.run(
        application(port, host, password),
        host=host,
        port=port,
        log_level="warning",
        ws_max_size=1_000_000,
        ws_ping_timeout=PING_SECONDS,
    )


def application(port: int, host: str = "127.0.0.1", password: str = "") -> Any:
    """Return the dashboard behind its guard, as an ASGI application."""
    _configure()
    # Thirty visitors' pages are drawn in thirty threads; a click waits for each of them, several times.
    sys.setswitchinterval(SWITCH_SECONDS)
    spare()
    warnings.filterwarnings(
        "ignore", message="Cookies with samesite=none"
    )  # they need https; lax is what we want
    from solara.server.starlette import app

    from viz.dash.crew import full_crew, rough_crew
    from viz.guard import Guard

    # Begun here, and not by the first visitor who asks: they take a second, and would belong to that page for ever.
    full_crew(), rough_crew()
    loopback = host in LOOPBACK
    names = (
        frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]"))
        if loopback
        else frozenset()
    )
    return Guard(app, names, password)


def greeting(port: int, host: str, password: str, lang: str = "en") -> list[str]:
    """Return what is said when the dashboard starts: where it is, and who can open it."""
    t = say(lang)
    if host in LOOPBACK:
        return [t("serve at", address=f"http://127.0.0.1:{port}")]
    shown = _address() if host in ("0.0.0.0", "::") else host
    return [
        t("serve at", address=f"http://{shown}:{port}"),
        t("serve open"),
        t("serve password" if password else "serve no password"),
    ]


def _configure() -> None:
    """Tell Solara, before it is imported, to ask nothing of the outside and to show our pages."""
    os.environ.update(
        SOLARA_APP="viz.dash.app",
        SOLARA_MODE="production",
        SOLARA_TELEMETRY_MIXPANEL_ENABLE="False",
        SOLARA_ASSETS_CDN="http://127.0.0.1:9/",  # a missing asset can then never leave the machine
        SOLARA_ASSETS_EXTRA_LOCATIONS=f"{HERE / 'dash' / 'static'},{HERE.parent / 'scenarios' / 'data'}",
        SOLARA_ASSETS_FONTAWESOME_ENABLED="False",
        SOLARA_THEME_SHOW_BANNER="False",
        SOLARA_THEME_LOADER="plain",
        SOLARA_THEME_TITLE="Kakawari",
        SOLARA_KERNEL_CULL_TIMEOUT=os.environ.get("SOLARA_KERNEL_CULL_TIMEOUT", "10m"),
        SOLARA_SESSION_HTTP_ONLY="True",
    )


def _refuse_taken(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise InputError(
                f"dash: cannot listen on {host}, port {port} ({error}); allowed: a free port of this machine."
            ) from None


def _address() -> str:
    """Return this machine's address in its network; no packet is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
