"""History matching: points that the emulator does not rule out, drawn evenly from wherever they are.

How far a point is from a target is counted in tolerances, widened by what the emulator may be wrong by; a point is as
implausible as its worst target. Plausible points are too rare to be met by chance, so the limit is lowered in steps
(subset simulation), each time among the neighbours of those that are still in.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from experiments.calibration.emulator import Emulator, fit
from experiments.calibration.targets import Target
from sim.arrays import F64

KEPT = 0.3
"""Share of points kept at each step."""

LEAST = 0.2
"""Part of a tolerance that is always left."""

MOVES = 12
STEPS = 60


def band(targets: Sequence[Target]) -> tuple[F64, F64]:
    """Return middle and half width of each target's tolerance on its even scale (J,)."""
    ends = np.array([[t.even(t.low), t.even(t.high)] for t in targets])
    return ends.mean(axis=1), 0.5 * (ends[:, 1] - ends[:, 0])


def even(figures: Sequence[dict[str, float]], targets: Sequence[Target]) -> F64:
    """Return figures of runs on the even scale of each target (n, J)."""
    return np.array([[t.even(row[t.measure]) for t in targets] for row in figures])


def emulate(points: F64, sizes: F64, answers: F64, targets: Sequence[Target]) -> Emulator:
    """Fit an emulator where the targets are, from runs in which a person stands for `sizes` adults (n,)."""
    middle, half = band(targets)
    off = np.sqrt(np.mean(np.minimum(np.abs(answers - middle) / half, 20.0) ** 2, axis=1))
    scale = max(1.0, float(np.quantile(off, 0.15)))
    return fit(points, (sizes > sizes.min()).astype(np.float64), answers, 1.0 / (1.0 + (off / scale) ** 4))


def distance(emulator: Emulator, points: F64, targets: Sequence[Target], slack: float) -> F64:
    """Return how implausible points are (n,): the worst target, in tolerances and so many emulator's errors.

    With a slack below zero the tolerance is narrowed, so that a run is likely to be inside.
    """
    middle, half = band(targets)
    # A tolerance narrower than nothing would call the points furthest from its target the best ones.
    width = np.maximum(half + slack * emulator.error, LEAST * half)
    return np.asarray((np.abs(emulator.predict(points) - middle) / width).max(axis=1))


def plausible(
    emulator: Emulator, targets: Sequence[Target], start: F64, slack: float, limit: float, seed: int
) -> tuple[F64, float]:
    """Return points of the space that are not ruled out, and the limit that was reached.

    Args:
        emulator: Surfaces of the targets.
        targets: What has to be met.
        start: Points to begin with (n, P); as many are returned.
        slack: Emulator's errors by which a tolerance is widened.
        limit: What counts as plausible.
        seed: Of the draws.
    """
    rng = np.random.default_rng(seed)
    points, far = start.copy(), distance(emulator, start, targets, slack)
    reached = float(far.max())
    for _ in range(STEPS):
        last, reached = reached, max(limit, float(np.quantile(far, KEPT)))
        inside = np.flatnonzero(far <= reached)
        chosen = rng.choice(inside, len(points))
        points, far = points[chosen], far[chosen]
        for _ in range(MOVES):
            points, far = _move(emulator, targets, slack, reached, points, far, rng)
        if reached <= limit or last - reached < 1e-4 * reached:
            break
    return points, reached


def _move(
    emulator: Emulator, targets: Sequence[Target], slack: float, limit: float, points: F64, far: F64,
    rng: np.random.Generator,
) -> tuple[F64, F64]:  # fmt: skip
    """Move each point along the difference of two others, in some of its parameters, if it stays plausible."""
    n, p = points.shape
    a, b = rng.integers(n, size=(2, n))
    some = rng.random((n, p)) < rng.choice([0.15, 0.4, 1.0], size=(n, 1))
    step = rng.choice([0.3, 0.6, 1.0], size=(n, 1)) * (points[a] - points[b])
    to = points + some * (step + rng.normal(0.0, 0.02, (n, p)))
    # A point that would leave the space is reflected at its wall.
    to = np.abs(np.mod(to - 1.0, 4.0) - 2.0) - 1.0
    new = distance(emulator, to, targets, slack)
    stays = (new <= limit)[:, None]
    return np.where(stays, to, points), np.where(stays[:, 0], new, far)
