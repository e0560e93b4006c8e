"""Members of the ensemble: which ones are run, and the same done with each of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from experiments.ensemble import Ensemble
from sim.errors import InputError, out_of_range
from sim.parameters import changed, differences
from sim.scenario import Scenario

Progress = Callable[[int, int], None]
T = TypeVar("T")
R = TypeVar("R")


def chosen(ensemble: Ensemble, count: int, option: str = "--ensemble") -> list[dict[str, float]]:
    """Return so many members, evenly spread over the ensemble.

    Raises:
        InputError: More than there are, or none.
    """
    there = len(ensemble.members)
    if not 1 <= count <= there:
        raise out_of_range(option, count, 1, there, "members of the ensemble")
    return [ensemble.members[i * there // count] for i in range(count)]


def with_member(scenario: Scenario, values: Mapping[str, float]) -> Scenario:
    """Return a scenario with a member's parameter values.

    Raises:
        InputError: The scenario sets one of them itself, so that it would not be the member that is run.
    """
    clash = sorted(set(differences(scenario.parameters)) & set(values))
    if clash:
        raise InputError(
            f"'{scenario.name}' sets {clash[0]} itself, which the ensemble varies; leave out one of the two."
        )
    return scenario.model_copy(update={"parameters": changed(scenario.parameters, values, "ensemble")})


def each(
    jobs: Sequence[T], perform: Callable[[T], R], workers: int, report: Progress | None = None
) -> list[R]:
    """Do the same with each of some jobs, so many at a time; return the results in the order of the jobs.

    Threads: the kernels release Python's lock. After an error or Ctrl-C no further job begins.
    """
    lock, done = threading.Lock(), 0

    def one(job: T) -> R:
        nonlocal done
        result = perform(job)
        with lock:
            done += 1
            if report is not None:
                report(done, len(jobs))
        return result

    with ThreadPoolExecutor(max_workers=workers) as pool:
        futures = [pool.submit(one, job) for job in jobs]
        try:
            return [future.result() for future in futures]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
