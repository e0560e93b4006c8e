"""Starts the live view on this machine, in a process of its own."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys

from sim.errors import InputError


def serve(port: int) -> None:
    """Serve the live view on loopback until it is stopped.

    Args:
        port: Port on this machine.

    Raises:
        InputError: The packages of the live view are not installed, or the server could not start.
    """
    if importlib.util.find_spec("solara") is None:
        raise InputError(
            "dash: the live view is not installed; install it with: pip install 'kakawari[dash]'."
        )
    print(f"http://127.0.0.1:{port} (Ctrl-C stops it)", file=sys.stderr)
    command = [sys.executable, "-m", "solara", "run", "viz.live", "--host", "127.0.0.1", "--port", str(port)]
    quiet = {**os.environ, "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False"}
    done = subprocess.run([*command, "--no-open", "--production"], env=quiet, check=False)
    if done.returncode not in (0, 130, -2):
        raise InputError(
            f"dash: the server on port {port} ended with code {done.returncode}; is the port free?"
        )
