"""From what was typed to an output folder: load, check, run, store, report.

Nothing is written before everything that was typed has been checked.
"""

from __future__ import annotations

import hashlib
import re
import shlex
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenarios.loader import MAX_MONTHS, MAX_WEIGHT, load
from scenarios.places import load_places, shapes
from sim.errors import InputError, out_of_range, unknown
from sim.places import Places
from sim.scenario import Measure, Scenario
from sim.shocks import Shock
from viz.messages import say
from viz.terminal import aside, progress

if TYPE_CHECKING:
    from experiments.store import Results

OUT = Path("out")


@dataclass(frozen=True)
class Overrides:
    """Options that take the place of what a scenario says; None leaves it as it is."""

    places: str | None = None
    persons_per_agent: float | None = None
    months: int | None = None

    def apply(self, scenario: Scenario) -> tuple[Scenario, Places]:
        """Return the scenario as it will run, and its places.

        Raises:
            InputError: The scenario cannot be run so.
        """
        where = "--places" if self.places else scenario.name
        places = load_places(self.places or scenario.places, where)
        weight = scenario.persons_per_agent if self.persons_per_agent is None else self.persons_per_agent
        months = scenario.months if self.months is None else self.months
        top = min(float(MAX_WEIGHT), float(places.adults.sum()))
        if not 1 <= weight <= top:
            raise out_of_range(
                "--persons-per-agent", f"{weight:g}", 1, top, "adults for one simulated person"
            )
        if not 1 <= months <= MAX_MONTHS:
            raise out_of_range("--months", months, 1, MAX_MONTHS, "months")
        named: list[tuple[str, Measure | Shock]] = [(m.lever, m) for m in scenario.measures]
        named += [(s.kind, s) for s in scenario.shocks]
        for name, of in named:
            if of.first > months:
                raise InputError(
                    f"--months: {months} ends before '{name}' of '{scenario.name}' begins; "
                    f"allowed: at least {of.first}."
                )
            for code in of.places or ():
                if code not in places.code:
                    raise unknown(
                        f"--places: '{scenario.name}' with '{places.name}'", "place", code, places.code
                    )
        changes = {"places": self.places or scenario.places, "persons_per_agent": weight, "months": months}
        return scenario.model_copy(update=changes), places

    @property
    def words(self) -> list[str]:
        """Return the options as typed."""
        given = (
            ("--places", self.places),
            ("--persons-per-agent", self.persons_per_agent),
            ("--months", self.months),
        )
        return [word for name, value in given if value is not None for word in (name, _plain(value))]


@dataclass(frozen=True)
class Job:
    """One `kakawari run` or `kakawari compare`.

    Attributes:
        asked: Scenarios as typed: one, or the base and the other.
        replicates: Seeds for each.
        seed: The first of them.
        workers: Runs at a time.
        out: Output folder; None for a name made from the question.
        overrides: What takes the place of the scenarios' own settings.
        lang: Language of what is printed.
        report_lang: Language of the report.
    """

    asked: tuple[str, ...]
    replicates: int
    seed: int
    workers: int
    out: Path | None
    lang: str
    report_lang: str
    overrides: Overrides = field(default_factory=Overrides)

    @property
    def seeds(self) -> list[int]:
        """Return the seeds, one after the other."""
        return list(range(self.seed, self.seed + self.replicates))

    @property
    def command(self) -> str:
        """Return the command line that gives the same numbers."""
        verb = "compare" if len(self.asked) > 1 else "run"
        counts = ["--replicates", str(self.replicates), "--seed", str(self.seed)]
        return shlex.join(["kakawari", verb, *self.asked, *counts, *self.overrides.words])


@dataclass(frozen=True, eq=False)
class Done:
    """A job's results and where they lie."""

    results: Results
    scenarios: list[Scenario]
    places: Places
    folder: Path


def perform(job: Job) -> Done:
    """Run a job and write its folder.

    Raises:
        InputError: Something typed cannot be used, or the folder cannot be written.
    """
    scenarios, places = loaded(job)
    folder = job.out or OUT / _folder_name(scenarios, places, job.seeds)
    # Imported late: bad input must be answered at once, without waiting for pandas and Numba.
    from experiments.store import check_target, write

    check_target(folder)
    with ThreadPoolExecutor(1) as aside_of_the_run:
        # The kernels release Python's lock: what the report needs is read meanwhile.
        loading = aside_of_the_run.submit(import_module, "viz.report")
        results = _run(job, scenarios, places)
    report = loading.result().render(results, scenarios, places, outlines(places), job.report_lang)
    write(folder, results, {"report.html": report})
    return Done(results, scenarios, places, folder)


def outlines(places: Places) -> Mapping[str, Any] | None:
    """Return the outlines of a table of places, where it has any."""
    return shapes(places.name)


def loaded(job: Job) -> tuple[list[Scenario], Places]:
    """Return the scenarios of a job as they will run, and their places.

    Raises:
        InputError: Something typed cannot be used.
    """
    ready = [job.overrides.apply(load(name)) for name in job.asked]
    scenarios, places = [s for s, _ in ready], ready[0][1]
    if len(ready) > 1:
        _check_pair(scenarios, [p for _, p in ready])
    return scenarios, places


def _check_pair(scenarios: Sequence[Scenario], places: Sequence[Places]) -> None:
    """Refuse pairs whose difference would not be the effect of the measures."""
    a, b = scenarios
    if a.name == b.name:
        raise InputError(f"Both scenarios are called '{a.name}'; compare two with different names.")
    if places[0].digest != places[1].digest:
        raise InputError(
            f"'{a.name}' runs on '{places[0].name}' but '{b.name}' on '{places[1].name}'; give both the same with --places."
        )
    for name, option in (
        ("persons_per_agent", "--persons-per-agent"),
        ("months", "--months"),
        ("burn_in", ""),
    ):
        one, two = getattr(a, name), getattr(b, name)
        if one != two:
            cure = f"give both the same with {option}." if option else "write the same in both files."
            raise InputError(f"{name} is {one:g} in '{a.name}' but {two:g} in '{b.name}'; {cure}")


def _run(job: Job, scenarios: Sequence[Scenario], places: Places) -> Results:
    from experiments.compare import replicate
    from experiments.results import results
    from sim.compiling import prepare, ready

    if not ready(scenarios[0], places):
        aside().print(say(job.lang)("compiling"), markup=False)
        prepare(scenarios[0], places)
    with progress(job.lang) as report:
        runs = replicate(scenarios, places, job.seeds, job.workers, report)
    return results(runs, places, job.command)


def _folder_name(scenarios: Sequence[Scenario], places: Places, seeds: Sequence[int]) -> str:
    """Return a name that is the same for the same question, and only for it."""
    asked = [*(s.digest for s in scenarios), places.digest, *map(str, seeds)]
    digest = hashlib.sha256(" ".join(asked).encode()).hexdigest()[:8]
    names = "-vs-".join(re.sub(r"[^\w-]+", "-", s.name)[:40] for s in scenarios)
    return f"{names}-{digest}"


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
