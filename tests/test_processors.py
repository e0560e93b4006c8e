"""The tables of a run are the same on every processor, to the last bit."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
from hashlib import sha256
from scenarios import load_places
from sim.parameters import defaults
from sim.traits import trait_tables
from sim.world import geometry
found = [*geometry(load_places("prefectures"), defaults(), 1000.0, 1), *trait_tables(defaults())]
print(sha256(b"".join(column.tobytes() for column in found)).hexdigest())
"""


def tables(left_out: str) -> str:
    """Return the digest of the tables made while NumPy leaves some vector instructions out."""
    root = str(Path(__file__).parent.parent)
    environment = os.environ | {"NPY_DISABLE_CPU_FEATURES": left_out, "PYTHONPATH": root}
    command = [sys.executable, "-W", "ignore", "-c", SCRIPT]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("left_out", ["X86_V4 X86_V3", "AVX512_ICL X86_V4 X86_V3"])
def test_tables_do_not_depend_on_vector_instructions(left_out):
    """NumPy's own exp and power do: with other instructions they differ in the last bit, and so would the runs."""
    assert tables(left_out) == tables("")
