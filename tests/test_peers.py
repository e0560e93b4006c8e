"""The small model that frameworks are timed with: ours runs, and has the moments of the plain NumPy version."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import numpy as np
import pytest

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"
PEOPLE, STEPS, SEEDS = 4700, 12, range(1, 13)


@pytest.fixture(scope="module")
def peers():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCHMARKS / "peers"))
        patch.syspath_prepend(str(BENCHMARKS))
        yield [importlib.import_module(name) for name in ("kakawari", "numpy_plain")]
    for name in ("kakawari", "numpy_plain", "rules"):
        sys.modules.pop(name, None)


def moments(peer, seed):
    """Return visits, contacts, ties at the end, mean interest and mean strength."""
    model = peer.make(PEOPLE, seed)
    for _ in range(STEPS):
        peer.step(model)
    visitors, contacts, tied = peer.records(model)
    interest, strength = peer.columns(model)
    return [np.sum(visitors), np.sum(contacts), np.sum(tied[-1]), np.mean(interest), np.mean(strength)]


def test_ours_agrees_with_the_plain_version(peers):
    """Five means of 12 seeds each, within 4.5 standard errors: a false alarm in 30,000 tests."""
    ours, plain = (np.array([moments(peer, seed) for seed in SEEDS]) for peer in peers)
    error = np.sqrt((ours.var(axis=0, ddof=1) + plain.var(axis=0, ddof=1)) / len(SEEDS))
    assert (np.abs(ours.mean(axis=0) - plain.mean(axis=0)) < 4.5 * error).all()
    assert (ours.mean(axis=0) > 10 * error).all()
