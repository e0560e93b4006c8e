"""Peers, the same work: runs every implementation of SPEC.md, checks that they agree, and writes RESULTS.md.

`python benchmarks/run.py` needs nothing but Python: each implementation gets a virtual environment of its own under
`build/peers/`, with pinned versions. Runs take turns (A B C, A B C, ...), so that a busy machine troubles all alike.
"""

import argparse
import ast
import datetime
import io
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tokenize
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
BUILD = ROOT / "build" / "peers"
RESULTS = HERE / "RESULTS.md"
MARKS = ("<!-- generated: begin -->", "<!-- generated: end -->")

ONE_THREAD = dict.fromkeys(
    ("NUMBA_NUM_THREADS", "POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"),
    "1",
)
REFERENCE_PEOPLE = 4_000_000
"""People, in all runs together, of the NumPy reference that the others are checked against."""

DEVIATIONS = 4.5
"""Standard errors that a moment may be off."""

SLACK = 1.25
"""Places of limited capacity make the variance of a mean somewhat larger than that of independent people."""


class Peer(NamedTuple):
    """An implementation, and what it needs."""

    name: str
    title: str
    module: str
    pins: tuple[str, ...]
    pythons: tuple[str, ...] = ("3.11", "3.12", "3.13")
    most: int = 10**9
    env: dict[str, str] = {}  # noqa: RUF012


class Failure(Exception):  # noqa: N818
    """Why there is no number, in one line."""


OURS, REFERENCE = "kakawari", "numpy"
NUMPY = "numpy==2.4.6"
PEERS = (
    Peer(OURS, "**Kakawari**", "kakawari", ("-c", "constraints.txt", "-e", ".")),
    Peer(
        "kakawari_generic",
        "Kakawari, compiled for any x86-64",
        "kakawari",
        ("-c", "constraints.txt", "-e", "."),
        env={"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": ""},
    ),
    Peer(REFERENCE, "NumPy 2.4.6", "numpy_plain", (NUMPY,)),
    Peer("laser", "LASER (laser-core 1.0.5)", "laser_model", ("laser-core==1.0.5", NUMPY, "numba==0.68.1")),
    Peer(
        "starsim",
        "Starsim 3.7.2",
        "starsim_model",
        ("starsim==3.7.2", NUMPY, "numba==0.68.1", "sciris==3.6.1"),
    ),
    Peer(
        "mesa_frames",
        "mesa-frames 0.1.0a0",
        "mesa_frames",
        ("mesa-frames==0.1.0a0", "polars==2.1.0", "numpy==1.26.4", "pandas==3.0.6"),
        pythons=("3.11", "3.12"),
    ),
    Peer(
        "agentpy", "AgentPy 0.1.5", "agentpy_model", ("agentpy==0.1.5", NUMPY, "pandas==3.1.1"), most=100_000
    ),
    Peer("mesa", "Mesa 3.3.1", "mesa_plain", ("mesa==3.3.1", NUMPY, "pandas==2.3.3"), most=100_000),
    Peer(
        "mesa_new",
        "Mesa 3.5.1",
        "mesa_plain",
        ("mesa==3.5.1", NUMPY, "pandas==2.3.3", "networkx==3.6.1"),
        pythons=("3.12", "3.13"),
        most=100_000,
    ),
)


def last_line(text: str) -> str:
    """Return the last line of an error, without addresses and paths of this machine."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("WARNING")]
    line = lines[-1] if lines else "no message"
    return re.sub(r"\w+://\S+|(?<!\w)/[\w./+-]+", "...", line)[:160]


def call(*command: str | Path, env: dict[str, str] | None = None, limit: float = 1800) -> str:
    """Run a command in the repository, and return what it prints."""
    try:
        done = subprocess.run(
            [str(c) for c in command],
            cwd=ROOT,
            env=os.environ | (env or {}),
            capture_output=True,
            text=True,
            timeout=limit,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Failure(last_line(str(error))) from error
    if done.returncode:
        raise Failure(last_line(done.stderr) if done.stderr.strip() else f"ended with code {done.returncode}")
    return done.stdout


def interpreter(versions: tuple[str, ...], further: list[str]) -> str:
    """Return a Python of one of the versions, this one if it is."""
    for candidate in (sys.executable, *further, *(shutil.which(f"python{v}") for v in versions)):
        try:
            found = candidate and call(
                candidate, "-c", "import sys; print('%d.%d' % sys.version_info[:2])", limit=30
            )
        except Failure:
            continue
        if found and found.strip() in versions:
            return str(candidate)
    raise Failure(f"needs Python {' or '.join(versions)}, which is not on this machine")


def environment(peer: Peer, further: list[str]) -> Path:
    """Return the Python of an implementation's own environment, made if need be."""
    folder = BUILD / (OURS if peer.module == "kakawari" else peer.name)
    python, stamp = folder / "bin" / "python", folder / ".made"
    wanted = " ".join(peer.pins)
    if not (stamp.exists() and stamp.read_text() == wanted):
        print(f"Installing {peer.title.strip('*')} ...", flush=True)
        call(interpreter(peer.pythons, further), "-m", "venv", "--clear", folder)
        call(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-input", *peer.pins)
        stamp.write_text(wanted)
    return python


def clocked(
    peer: Peer, python: Path, people: int, steps: int, seconds: float, seeds: range
) -> list[dict[str, Any]]:
    """Run an implementation in a process of its own; return moments, times and memory of each seed."""
    arguments = (peer.module, people, steps, seconds, *seeds)
    said = call(python, HERE / "clock.py", *map(str, arguments), env=ONE_THREAD | peer.env)
    runs: list[dict[str, Any]] = json.loads(said.splitlines()[-1])["runs"]
    return runs


def averaged(runs: list[dict[str, Any]]) -> dict[tuple[str, str], tuple[float, float]]:
    """Return the mean and the variance between persons of each moment, over runs."""
    keys = [(step, name) for step, found in runs[0]["moments"].items() for name in found]
    each = {(step, name): [run["moments"][step][name] for run in runs] for step, name in keys}
    return {key: tuple(sum(v) / len(v) for v in zip(*values, strict=True)) for key, values in each.items()}


def disagreement(
    runs: list[dict[str, Any]], reference: list[dict[str, Any]], people: int
) -> tuple[float, str]:
    """Return the largest deviation from the reference, in standard errors, and which moment it is."""
    found, expected = averaged(runs), averaged(reference)
    persons = 1 / (people * len(runs)) + 1 / (people * len(reference))
    off = {
        key: abs(found[key][0] - mean) / max((SLACK * variance * persons) ** 0.5, 1e-12)
        for key, (mean, variance) in expected.items()
    }
    worst = max(off, key=off.__getitem__)
    return off[
        worst
    ], f"{worst[1]} at step {worst[0]}: {found[worst][0]:.5f} against {expected[worst][0]:.5f}"


def code_lines(file: Path) -> int:
    """Return the lines of a file that hold code: no blanks, comments or docstrings."""
    source = file.read_text(encoding="utf-8")
    skip = {
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENDMARKER,
    }
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in skip:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(source)):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            text = body[0].value
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                lines.difference_update(range(text.lineno, (text.end_lineno or text.lineno) + 1))
    return len(lines)


def compare(
    people: int, steps: int, repeats: int, seconds: float, pythons: dict[str, Path], why: dict[str, str]
) -> list[dict[str, Any]]:
    """Run all implementations in turn at one size, and return a row for each."""
    here = [p for p in PEERS if p.name in pythons and people <= p.most]
    numpy = next(p for p in PEERS if p.name == REFERENCE)
    seeds = range(1001, 1001 + max(4, REFERENCE_PEOPLE // people))
    reference = clocked(numpy, pythons[REFERENCE], people, steps, 0, seeds)
    runs: dict[str, list[dict[str, Any]]] = {p.name: [] for p in here}
    for seed in range(1, repeats + 1):
        for peer in here:
            if peer.name not in why:
                print(f"{people:,} people, {peer.title.strip('*')}, run {seed} of {repeats}", flush=True)
                try:
                    runs[peer.name] += clocked(
                        peer, pythons[peer.name], people, steps, seconds, range(seed, seed + 1)
                    )
                except Failure as failure:
                    why[peer.name] = str(failure)
    rows = []
    for peer in here:
        mine, ours = runs[peer.name], runs.get(OURS, [])
        if peer.name in why or not mine:
            continue
        ns = [run["cpu_s"] / run["steps"] / people * 1e9 for run in mine]
        base = [run["cpu_s"] / run["steps"] / people * 1e9 for run in ours]
        deviation, which = disagreement(mine, reference, people)
        rows.append(
            {
                "name": peer.name,
                "people": people,
                "ns_per_agent_step": median(ns),
                "agent_steps_per_s": 1e9 / median(ns),
                "wall_ns_per_agent_step": median(r["wall_s"] / r["steps"] / people * 1e9 for r in mine),
                "times_ours": median(a / b for a, b in zip(ns, base, strict=True))
                if len(base) == len(ns)
                else None,
                "bytes_per_agent": median(run["peak_bytes"] for run in mine) / people,
                "steps_clocked": [run["steps"] for run in mine],
                "each_ns": ns,
                "largest_deviation": deviation,
                "agrees": deviation < DEVIATIONS,
                "worst_moment": which,
            }
        )
    return rows


def significant(value: float | None) -> str:
    """Return a number with three digits that count."""
    if value is None:
        return "?"
    return f"{value:,.0f}" if value >= 100 else f"{value:.{1 if value >= 10 else 2}f}"


def table(rows: list[dict[str, Any]], why: dict[str, str], sizes: list[int], chosen: list[Peer]) -> str:
    """Return the table as Markdown."""
    each = {(row["name"], row["people"]): row for row in rows}
    head = [
        "implementation",
        *(f"{n:,} people: ns | steps/s | x ours" for n in sizes),
        "bytes/agent",
        "lines",
        "agrees",
    ]
    head = [cell for part in head for cell in part.split(" | ")]
    out = ["| " + " | ".join(head) + " |", "|---|" + "--:|" * (len(head) - 2) + "---|"]
    for peer in chosen:
        cells = [peer.title]
        for n in sizes:
            row = each.get((peer.name, n))
            if row:
                speed = f"{significant(row['agent_steps_per_s'] / 1e6)} M"
                cells += [significant(row["ns_per_agent_step"]), speed, significant(row["times_ours"])]
            else:
                cells += ["-"] * 3
        mine = [each[peer.name, n] for n in sizes if (peer.name, n) in each]
        cells.append(significant(mine[-1]["bytes_per_agent"]) if mine else "-")
        cells.append(str(code_lines(HERE / "peers" / f"{peer.module}.py")))
        wrong = [row["worst_moment"] for row in mine if not row["agrees"]]
        cells.append("**did not run**: " + why[peer.name] if peer.name in why else "; ".join(wrong) or "yes")
        out.append("| " + " | ".join(cells) + " |")
    return "\n".join(out)


def report(text: str) -> None:
    """Put the generated section into RESULTS.md."""
    page = RESULTS.read_text(encoding="utf-8")
    before, rest = page.split(MARKS[0])
    after = rest.split(MARKS[1])[1]
    RESULTS.write_text(f"{before}{MARKS[0]}\n\n{text}\n\n{MARKS[1]}{after}", encoding="utf-8")


def load() -> float:
    """Return the load of the machine over the last minute."""
    return os.getloadavg()[0]


def main() -> None:
    """Install, run, check, write."""
    names = [p.name for p in PEERS]
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument(
        "--steps", type=int, default=40, help="steps at least; moments are checked after 4, 20 and 40"
    )
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.5, help="processor time of a run at least")
    parser.add_argument("--only", nargs="+", choices=names, default=names, help="just print, write nothing")
    parser.add_argument("--python", nargs="+", default=[], help="further interpreters that may be used")
    parser.add_argument("--machine", default=f"{os.cpu_count()} cores", help="the machine, in words")
    options = parser.parse_args()
    chosen = [p for p in PEERS if p.name in {OURS, REFERENCE, *options.only}]
    pythons: dict[str, Path] = {}
    why: dict[str, str] = {}
    for peer in chosen:
        try:
            pythons[peer.name] = environment(peer, options.python)
        except Failure as failure:
            why[peer.name] = str(failure)
    if REFERENCE in why:
        sys.exit(f"The NumPy reference cannot be run: {why[REFERENCE]}")
    began = load()
    rows = []
    for people in options.people:
        rows += compare(people, options.steps, options.repeats, options.seconds, pythons, why)
    facts = {
        "date": datetime.date.today().isoformat(),
        "machine": options.machine,
        "python": platform.python_version(),
        "repeats": options.repeats,
        "load_before_and_after": [began, load()],
    }
    said = (
        f"{facts['date']}, {facts['machine']}, load {began:.1f} before and {load():.1f} after. "
        f"Medians of {options.repeats} runs in turn, at least {options.steps} steps each."
    )
    text = said + "\n\n" + table(rows, why, options.people, chosen)
    print(text)
    if chosen == list(PEERS):
        (ROOT / "build" / "peers.json").write_text(
            json.dumps({**facts, "rows": rows, "did_not_run": why}, indent=1)
        )
        report(text)
    if OURS in why or not all(row["agrees"] for row in rows):
        sys.exit("Not all implementations that ran agree, or Kakawari did not run.")


if __name__ == "__main__":
    main()
