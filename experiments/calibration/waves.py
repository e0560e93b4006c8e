"""The calibration: waves of runs, each where the emulator of the ones before sees no reason against a set.

The first wave is spread over the whole space and is shared by both worlds, which differ in their targets alone. It and
the next ones are made with fewer persons. The last rounds are made at full size, and only a set whose own run meets every
target it can is accepted: an emulator proposes, it never decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.stats import qmc

from experiments.calibration import matching
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

    first: int = 512
    waves: tuple[int, ...] = (120, 120)
    coarse: float = 2500.0
    fine: float = 1000.0
    round: int = 60
    rounds: int = 8
    wanted: int = 110
    drawn: int = 600


@dataclass
class Known:
    """Runs that the emulators are made from: positions and figures."""

    points: list[F64] = field(default_factory=list)
    figures: list[Figures] = field(default_factory=list)

    def add(self, points: F64, figures: Sequence[Figures]) -> None:
        """Add runs that did not fail."""
        for point, row in zip(points, figures, strict=True):
            if row and all(np.isfinite(v) for v in row.values()):
                self.points.append(point)
                self.figures.append(row)


@dataclass
class Fitted:
    """What became of a world.

    Attributes:
        world: The wave of the survey.
        points: Positions of the accepted sets (n, free).
        figures: Figures of their own runs.
        known: All runs made for it, the first wave included.
        tried: Runs of the last rounds.
    """

    world: str
    points: list[F64]
    figures: list[Figures]
    known: Known
    tried: int = 0


def calibrate(world: str, book: Book, size: Size, say: Say = lambda _: None) -> Fitted:
    """Fit a world.

    Args:
        world: "2020" or "2023".
        book: Makes and keeps the runs.
        size: How much is spent.
        say: Told of each step.
    """
    targets, known = reachable(world), Known()
    cube = 2.0 * qmc.Sobol(len(FREE), seed=1).random(size.first) - 1.0
    _make(book, known, cube, size.coarse, f"{world}: wave 0", say)
    start = cube
    for at, count in enumerate(size.waves, 1):
        points = propose(known, targets, start, 2.0, 1.0, count, at, size, say)
        _make(book, known, points, size.coarse, f"{world}: wave {at}", say)
        start = np.vstack([points, cube])
    found = Fitted(world, [], [], known)
    for at in range(size.rounds):
        points = propose(known, targets, start, 0.0, 0.8, size.round, 100 + at, size, say)
        rows = _make(book, known, points, size.fine, f"{world}: round {at + 1}", say)
        for point, row in zip(points, rows, strict=True):
            if row and not misses(row, world):
                found.points.append(point)
                found.figures.append(row)
        found.tried += len(points)
        start = np.vstack([points, start])[: len(cube)]
        say(f"{world}: {len(found.points)} of {found.tried} sets accepted")
        if len(found.points) >= size.wanted:
            break
    return found


def propose(
    known: Known, targets: Sequence[Target], start: F64, slack: float, limit: float, count: int, seed: int,
    size: Size, say: Say,
) -> F64:  # fmt: skip
    """Return so many points, far from each other, that the emulator of all runs finds plausible."""
    answers = matching.even(known.figures, targets)
    emulator = matching.emulate(np.array(known.points), answers, targets)
    rng = np.random.default_rng(seed)
    begin = start[rng.integers(len(start), size=size.drawn)]
    points, reached = matching.plausible(emulator, targets, begin, slack, limit, seed)
    say(f"emulator: errors {_told(emulator.error, targets)}; limit {reached:.2f} (asked {limit:g})")
    return points[_spread(points, count)]


def _make(book: Book, known: Known, points: F64, weight: float, what: str, say: Say) -> list[Figures]:
    asked = [ask(values(p), 1 + at, weight) for at, p in enumerate(points)]
    rows = book.figures(asked, lambda done, total: say(f"{what}: {done}/{total}") if done % 50 == 0 else None)
    known.add(points, rows)
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
