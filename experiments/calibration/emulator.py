"""An emulator: what a run would show at a point where none was made, and how surely.

A quadratic surface for each target, fitted by ridge regression: the answers are smooth over the ranges, and what the
surface misses shows in the leave-one-out error, which is carried along. Runs near the targets weigh more. Runs with
fewer persons are a little off (few hosts make for uneven load), by as much as a term of their own says.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.arrays import F64

PENALTIES = 10.0 ** np.arange(-3.0, 3.5, 0.5)


@dataclass(frozen=True, eq=False)
class Emulator:
    """Surfaces of J targets over P parameters, for runs with many persons.

    Attributes:
        weights: Coefficients (features, J).
        error: Standard deviation of what a surface misses where it was not fitted (J,).
    """

    weights: F64
    error: F64

    def predict(self, points: F64) -> F64:
        """Return the targets at points (n, P) as (n, J)."""
        return np.asarray(features(points, np.zeros(len(points))) @ self.weights)


def fit(points: F64, few: F64, answers: F64, near: F64) -> Emulator:
    """Fit the surfaces.

    Args:
        points: Positions from -1 to 1 (n, P).
        few: 1 for a run with few persons, else 0; all 0 where all runs are alike (n,).
        answers: Targets of the runs made there (n, J).
        near: Weight of each run (n,).
    """
    x, root = features(points, few), np.sqrt(near / near.mean())[:, None]
    # The mean and the slopes are hardly held back: one effect that is real would be spread over many that are not.
    scale = np.where(np.arange(x.shape[1]) <= points.shape[1] + 1, 10.0, 1.0)
    u, s, vt = np.linalg.svd(root * x * scale, full_matrices=False)
    weights, errors = np.empty((x.shape[1], answers.shape[1])), np.empty(answers.shape[1])
    for j in range(answers.shape[1]):
        y = root[:, 0] * answers[:, j]
        best = min((_left_out(u, s, y, p) for p in PENALTIES), key=lambda found: found[0])
        weights[:, j] = scale * (vt.T @ (s / (s * s + best[1]) * (u.T @ y)))
        errors[j] = np.sqrt(best[0])
    return Emulator(weights, errors)


def features(points: F64, few: F64) -> F64:
    """Return 1, the positions, whether persons are few, and all products of two positions (n, features)."""
    rows, columns = np.triu_indices(points.shape[1])
    return np.hstack([np.ones((len(points), 1)), points, few[:, None], points[:, rows] * points[:, columns]])


def _left_out(u: F64, s: F64, y: F64, penalty: float) -> tuple[float, float]:
    """Return the mean square error of runs left out in turn, and the penalty."""
    shrink = s * s / (s * s + penalty)
    hat = (u * u * shrink).sum(axis=1)
    residual = (y - u @ (shrink * (u.T @ y))) / np.maximum(1.0 - hat, 0.02)
    return float(np.mean(residual * residual)), float(penalty)
