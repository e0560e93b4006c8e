"""The calibration: waves of runs, each where the emulator of the ones before sees no reason against a set.

The first wave is spread over the whole space and is shared by both worlds, which differ in their targets alone. It and
the next ones are made with fewer persons. The last rounds are made at full size, and only a set whose own run meets every
target it can is accepted: an emulator proposes, it never decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.stats import qmc

from experiments.calibration import matching
from experiments.calibration.emulator import Emulator
from experiments.calibration.runs import Book, Figures, ask
from experiments.calibration.space import FREE, values
from experiments.calibration.targets import Target, misses, reachable
from sim.arrays import F64

Say = Callable[[str], None]


@dataclass(frozen=True)
class Size:
    """How much is spent.

    Attributes:
        first: Runs of the first wave.
        waves: Runs of each further wave and world.
        coarse: Adults for one simulated person in the waves.
        fine: The same in the last rounds.
        round: Runs of each last round and world.
        rounds: Last rounds at most.
        wanted: Accepted sets after which no further round is begun.
        drawn: Points drawn from what is plausible, from which those of a wave are taken.
    """

    first: int = 320
    waves: tuple[int, ...] = (70,)
    coarse: float = 2500.0
    fine: float = 1500.0
    round: int = 40
    rounds: int = 12
    wanted: int = 100
    drawn: int = 600


@dataclass
class Known:
    """Runs that the emulators are made from: positions, adults for one simulated person, and figures."""

    points: list[F64] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)
    figures: list[Figures] = field(default_factory=list)

    def add(self, points: F64, size: float, figures: Sequence[Figures]) -> None:
        """Add runs that did not fail."""
        for point, row in zip(points, figures, strict=True):
            if row and all(np.isfinite(v) for v in row.values()):
                self.points.append(point)
                self.sizes.append(size)
                self.figures.append(row)

    def emulator(self, targets: Sequence[Target]) -> Emulator:
        """Return the emulator of targets from these runs."""
        return matching.emulate(
            np.array(self.points), np.array(self.sizes), matching.even(self.figures, targets), targets
        )


@dataclass
class Fitted:
    """What became of a world.

    Attributes:
        world: The wave of the survey.
        points: Positions of the accepted sets (n, free).
        figures: Figures of their own runs.
        seeds: Seeds of their own runs.
        tried: Runs of the last rounds.
    """

    world: str
    points: list[F64] = field(default_factory=list)
    figures: list[Figures] = field(default_factory=list)
    seeds: list[int] = field(default_factory=list)
    tried: int = 0


def calibrate(
    worlds: Sequence[str], book: Book, size: Size, say: Say = lambda _: None
) -> tuple[list[Fitted], Known]:
    """Fit worlds; the runs of all serve the emulators of each.

    Args:
        worlds: "2020", "2023" or both.
        book: Makes and keeps the runs.
        size: How much is spent.
        say: Told of each step.

    Returns:
        What became of each world, and all runs.
    """
    known = Known()
    cube = (
        2.0 * qmc.Sobol(len(FREE), seed=1).random_base2(int(size.first - 1).bit_length())[: size.first] - 1.0
    )
    _make(book, known, cube, 1, size.coarse, "wave 0", say)
    starts = dict.fromkeys(worlds, cube)
    for at, count in enumerate(size.waves, 1):
        for world in worlds:
            points = propose(known, world, starts[world], 2.0, 1.0, count, at, size, say)
            _make(book, known, points, 1, size.coarse, f"{world}: wave {at}", say)
            starts[world] = np.vstack([points, cube])[: len(cube)]
    return last_rounds([Fitted(world) for world in worlds], known, starts, book, size, say), known


def last_rounds(
    found: list[Fitted], known: Known, starts: dict[str, F64], book: Book, size: Size, say: Say
) -> list[Fitted]:
    """Make rounds at full size until enough sets of each world are accepted.

    Args:
        found: What is there already.
        known: All runs made before; it grows.
        starts: Where the search for plausible points begins, by world.
        book: Makes and keeps the runs.
        size: How much is spent.
        say: Told of each step.
    """
    for at in range(size.rounds):
        for fitted in found:
            if len(fitted.points) < size.wanted:
                starts[fitted.world] = _round(fitted, known, starts[fitted.world], at, book, size, say)
    return found


def _round(fitted: Fitted, known: Known, start: F64, at: int, book: Book, size: Size, say: Say) -> F64:
    """Make a last round of a world, keep what is accepted, and return where the next begins."""
    world, first = fitted.world, 1 + fitted.tried
    # The first of these rounds is also what teaches the emulators how full size differs.
    slack, limit = (0.0, 0.8) if at == 0 else (-1.2, 1.0)
    points = propose(known, world, start, slack, limit, _count(fitted, at, size), 100 + at, size, say)
    rows = _make(book, known, points, first, size.fine, f"{world}: round {at + 1}", say)
    for seed, (point, row) in enumerate(zip(points, rows, strict=True), first):
        if row and not misses(row, world):
            fitted.points.append(point)
            fitted.figures.append(row)
            fitted.seeds.append(seed)
    fitted.tried += len(points)
    missed = Counter(name for row in rows if row for name in misses(row, world))
    say(
        f"{world}: {len(fitted.points)} of {fitted.tried} sets accepted; missed most: {missed.most_common(4)}"
    )
    return np.vstack([points, start])[: len(start)]


def _count(fitted: Fitted, at: int, size: Size) -> int:
    """Return how many runs of a last round are likely to bring what is missing."""
    if at == 0:
        return size.round
    rate = max(len(fitted.points) / fitted.tried, 0.4)
    return int(min(size.round, 4 + (size.wanted - len(fitted.points)) / rate))


def propose(
    known: Known, world: str, start: F64, slack: float, limit: float, count: int, seed: int,
    size: Size, say: Say,
) -> F64:  # fmt: skip
    """Return so many points, far from each other, that the emulator of all runs finds plausible."""
    emulator = known.emulator(reachable(world))
    rng = np.random.default_rng(seed)
    begin = start[rng.integers(len(start), size=size.drawn)]
    points, reached = matching.plausible(emulator, reachable(world), begin, slack, limit, seed)
    say(f"emulator: errors {_told(emulator.error, reachable(world))}; limit {reached:.2f} (asked {limit:g})")
    return points[_spread(points, count)]


def _make(
    book: Book, known: Known, points: F64, seed: int, weight: float, what: str, say: Say
) -> list[Figures]:
    # Each run has luck of its own, so that the emulators learn the mean and how far luck leads from it.
    asked = [ask(values(p), seed + at, weight) for at, p in enumerate(points)]
    rows = book.figures(asked, lambda done, total: say(f"{what}: {done}/{total}") if done % 20 == 0 else None)
    known.add(points, weight, rows)
    return rows


def _spread(points: F64, count: int) -> list[int]:
    """Return the rows of points that lie far from each other (greedy)."""
    chosen = [0]
    gap = np.linalg.norm(points - points[0], axis=1)
    while len(chosen) < min(count, len(points)):
        chosen.append(int(gap.argmax()))
        gap = np.minimum(gap, np.linalg.norm(points - points[chosen[-1]], axis=1))
    return chosen


def _told(error: F64, targets: Sequence[Target]) -> str:
    half = matching.band(targets)[1]
    worst = sorted(zip(error / half, (t.id for t in targets), strict=True), reverse=True)[:4]
    return ", ".join(f"{name} {ratio:.2f}" for ratio, name in worst) + " tolerances at worst"
