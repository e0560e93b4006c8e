"""Runs of a calibration, kept on disk as they are made: the same command goes on where it stopped.

One run is one line of JSON. Lines lie in parts that are never changed, each named by the hash of its bytes, so that one
that was cut short is known by its name and its runs are made again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from experiments.calibration.measures import measured
from experiments.children import children
from experiments.files import reason, write_whole
from scenarios.loader import load
from scenarios.places import load_places
from sim.errors import InputError
from sim.jit import code_hash
from sim.parameters import changed
from sim.run import Simulation

FORMAT = "kakawari calibration 1"
SCENARIO = "baseline"
MONTHS = 36
"""Months after the burn-in: persistence is a life table of three years."""

BATCH = 8
"""Runs of a part: what a kill can cost."""

Figures = dict[str, float]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Ask:
    """One run: values of the free parameters, its luck, and how many adults a simulated person stands for."""

    values: tuple[tuple[str, float], ...]
    seed: int
    persons_per_agent: float

    @property
    def key(self) -> str:
        """Hash of everything that decides the figures."""
        content = [FORMAT, SCENARIO, MONTHS, code_hash(), self.values, self.seed, self.persons_per_agent]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:32]


Runner = Callable[[Ask], Figures]


def ask(values: dict[str, float], seed: int, persons_per_agent: float) -> Ask:
    """Return a run of values by path."""
    return Ask(tuple(values.items()), seed, persons_per_agent)


def simulate(one: Ask) -> Figures:
    """Run the model."""
    base = load(SCENARIO)
    fields = {
        "persons_per_agent": one.persons_per_agent, "months": MONTHS,
        "parameters": changed(base.parameters, dict(one.values)),
    }  # fmt: skip
    simulation = Simulation(base.model_copy(update=fields), load_places(base.places), one.seed)
    while simulation.month < MONTHS:
        simulation.step()
    return measured(simulation, simulation.outcome())


class Book:
    """The runs of a folder.

    Attributes:
        folder: Where they lie; None to keep them in memory alone.
    """

    def __init__(self, folder: Path | None, runner: Runner = simulate, workers: int = 1) -> None:
        self.folder, self._runner, self._workers = folder, runner, workers
        self._known: dict[str, Figures] = {}
        self.made = 0
        if folder is not None:
            try:
                folder.mkdir(parents=True, exist_ok=True)
                self._known = _read(folder)
            except OSError as error:
                raise InputError(f"{folder}: cannot be used as a folder ({reason(error)}).") from None

    def figures(self, asked: Sequence[Ask], progress: Progress | None = None) -> list[Figures]:
        """Return the figures of runs, making those that are not known; {} for one that failed.

        Raises:
            InputError: They cannot be written, or a process that made one was killed.
        """
        waiting = list({one.key: one for one in asked if one.key not in self._known}.values())
        done, fresh, under_way = len(asked) - len(waiting), dict[str, Figures](), dict[Future[Figures], str]()
        with self._pool() as pool:
            try:
                while waiting or under_way:
                    # No more than are made at a time: what a pool has been given is made even after Ctrl-C.
                    while waiting and len(under_way) < self._workers:
                        one = waiting.pop(0)
                        under_way[pool.submit(_attempt, self._runner, one)] = one.key
                    for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                        fresh[under_way.pop(future)] = future.result()
                        done += 1
                        if progress is not None:
                            progress(done, len(asked))
                    if len(fresh) >= BATCH:
                        self._keep(fresh)
                        fresh = {}
            except BrokenProcessPool:
                raise InputError(
                    "a process that makes runs was killed (out of memory?); the same command goes on from the runs that are kept."
                ) from None
            finally:
                self._keep(fresh)
        return [self._known[one.key] for one in asked]

    def _pool(self) -> Executor:
        # Processes: in small months threads would wait for each other's Python more than they work.
        if self._workers == 1:
            return ThreadPoolExecutor(1)
        return children(self._workers)

    def _keep(self, fresh: dict[str, Figures]) -> None:
        self._known |= fresh
        self.made += len(fresh)
        if self.folder is None or not fresh:
            return
        lines = (json.dumps({"key": key, "figures": row}) + "\n" for key, row in sorted(fresh.items()))
        data = "".join(lines).encode()
        try:
            write_whole(self.folder / f"runs-{_hash(data)}.jsonl", data)
        except OSError as error:
            raise InputError(f"{self.folder}: the runs cannot be written ({reason(error)}).") from None


def _attempt(runner: Runner, one: Ask) -> Figures:
    # A set that the model cannot run is a miss like any other.
    try:
        return runner(one)
    except (ArithmeticError, ValueError):
        return {}


def _read(folder: Path) -> dict[str, Figures]:
    known: dict[str, Figures] = {}
    for path in sorted(folder.glob("runs-*.jsonl")):
        data = path.read_bytes()
        if path.stem == f"runs-{_hash(data)}":
            rows = (json.loads(line) for line in data.decode().splitlines())
            known |= {row["key"]: row["figures"] for row in rows}
    return known


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
