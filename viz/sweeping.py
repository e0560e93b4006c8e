"""A sweep in the terminal: what it will take, how far it is, and what became of it."""

from __future__ import annotations

import json
import shlex
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn

from viz.jobs import OUT
from viz.messages import bare_unit, say
from viz.numbers import number
from viz.terminal import aside, plain_table, screen

if TYPE_CHECKING:
    from experiments.sweep.engine import Report, Summary
    from experiments.sweep.meter import Progress as Far
    from experiments.sweep.plan import Plan
    from experiments.sweep.pools import Pool
    from viz.options import Fitted

SHOWN = 12
"""Points of a design that are printed."""

LINE_SECONDS = 30.0
"""How often a line is printed where there is no screen to draw a bar on."""


@dataclass(frozen=True)
class Order:
    """One `kakawari sweep`.

    Attributes:
        file: Packaged name or path.
        workers: Processes on this machine.
        scheduler: Address of a Dask scheduler that takes their place.
        out: Folder; None for out/NAME.
        dry: Say only what would be run.
        retry: Run again what failed before.
        lang: Language of what is printed.
        sets: Parameter sets that fit the survey, in place of what the file says; None leaves it as it is.
    """

    file: str
    workers: int
    scheduler: str | None
    out: Path | None
    dry: bool
    retry: bool
    lang: str
    sets: Fitted | None = None

    @property
    def command(self) -> str:
        """Return the command line that gives the same numbers."""
        sets = ["--ensemble", str(self.sets.members), "--world", self.sets.world] if self.sets else []
        return shlex.join(["kakawari", "sweep", self.file, *sets])


def perform(order: Order) -> bool:
    """Run a sweep and say what became of it; return whether every run has its result.

    Raises:
        InputError: Something in the file cannot be used, or the folder or the scheduler is not to be had.
    """
    from experiments.sweep.engine import sweep
    from experiments.sweep.ensembles import over_ensemble
    from experiments.sweep.file import read

    plan = read(order.file)
    if order.sets:
        plan = over_ensemble(plan, *order.sets, "--ensemble")
    target = order.out or OUT / plan.name
    if order.dry:
        _describe(plan, target, order, screen())
        return True
    pool = _pool(order)
    try:
        with _shown(order.lang) as report:
            summary = sweep(plan, target, pool, report, command=order.command, retry=order.retry)
    except KeyboardInterrupt:
        aside().print(say(order.lang)("sweep interrupted", path=target), markup=False, soft_wrap=True)
        raise
    finally:
        pool.close()
    _tell(summary, target, order.lang)
    return not (summary.stopped or summary.progress.failed)


def ask(folder: Path, sql: str, as_csv: bool, as_json: bool) -> None:
    """Print the answer to a question in SQL.

    Raises:
        InputError: It is no folder of a sweep, or the question cannot be answered.
    """
    from experiments.sweep.views import query

    answer = query(folder, sql)
    if as_json:
        # pandas turns NaN into null, and knows how to write every type it holds.
        print(
            json.dumps(json.loads(answer.to_json(orient="records", double_precision=15)), ensure_ascii=False)
        )
    elif as_csv:
        answer.to_csv(sys.stdout, index=False)
    else:
        table = plain_table()
        for name in answer.columns:
            table.add_column(escape(str(name)), overflow="fold")
        for row in answer.itertuples(index=False, name=None):
            table.add_row(*(escape(f"{v:,.6g}" if isinstance(v, float) else str(v)) for v in row))
        screen().print(table)


def _pool(order: Order) -> Pool:
    from experiments.sweep.cluster import Cluster
    from experiments.sweep.local import Local

    return Cluster(order.scheduler) if order.scheduler else Local(order.workers)


def _describe(plan: Plan, target: Path, order: Order, console: Console) -> None:
    from experiments.sweep.estimate import estimate
    from experiments.sweep.folder import is_sweep
    from experiments.sweep.parts import read as stored
    from experiments.sweep.plan import frame

    t, lang = say(order.lang), order.lang
    _, trials = frame(plan)
    there = set(stored(target)["key"].to_pylist()) if is_sweep(target) else set()
    have = sum(trial.key in there for trial in trials)
    takes = estimate(plan, [trial for trial in trials if trial.key not in there], order.workers)
    console.print(
        f"{(plan.title_ja if lang == 'ja' else plan.title_en) or plan.name} ({plan.name})", style="bold"
    )
    console.print(t(
        "sweep plan", points=number(len(plan.settings), 0, lang), scenarios=len(plan.scenarios), seeds=plan.replicates,
        runs=number(plan.runs, 0, lang), distinct=number(len(trials), 0, lang),
        burn_ins=number(len({trial.group for trial in trials}), 0, lang), persons=number(takes.persons, 0, lang),
        sets=max(len(plan.members), 1),
    ), markup=False)  # fmt: skip
    if plan.members:
        console.print(t("sweep ensemble", world=plan.world, members=len(plan.members)), markup=False)
    if have:
        console.print(t("sweep here", stored=have, path=target), markup=False, soft_wrap=True)
    console.print(t(
        "sweep cost", time=clock(takes.seconds), workers=order.workers, disk=size(takes.disk),
    ), markup=False)  # fmt: skip
    factors = plain_table()
    for key in ("factor", "unit", "range"):
        factors.add_column(t(f"sweep {key}"), overflow="fold")
    for f in plan.factors:
        values = ", ".join(_value(v) for v in f.values) or t(
            "sweep span", low=f"{f.low:g}", high=f"{f.high:g}"
        )
        factors.add_row(f.name, bare_unit(f.unit, lang), escape(values))
    console.print(factors)
    points = plain_table()
    for name in (t("sweep point"), *(f.name for f in plan.factors)):
        points.add_column(name, overflow="fold")
    for at, setting in enumerate(plan.settings[:SHOWN]):
        points.add_row(str(at), *(escape(_value(v)) for v in setting.values()))
    console.print(points)
    if len(plan.settings) > SHOWN:
        console.print(t("sweep more", count=number(len(plan.settings) - SHOWN, 0, lang)), markup=False)


@contextmanager
def _shown(lang: str) -> Iterator[Report]:
    """Show how far a sweep is: a bar on a screen, else a line now and then."""
    console = aside()
    if not console.is_terminal:
        yield _lines(console, lang)
        return
    with Progress(BarColumn(), TextColumn("{task.description}"), console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda far: bar.update(
            task, completed=far.total - far.missing, total=far.total, description=_state(far, lang)
        )


def _lines(console: Console, lang: str) -> Report:
    told = time.monotonic()

    def report(far: Far) -> None:
        nonlocal told
        if time.monotonic() - told >= LINE_SECONDS:
            told = time.monotonic()
            console.print(_state(far, lang), markup=False, soft_wrap=True)

    return report


def _state(far: Far, lang: str) -> str:
    return say(lang)(
        "sweep state", done=number(far.total - far.missing, 0, lang), total=number(far.total, 0, lang),
        failed=far.failed, rate=number(far.rate, 1, lang), left=clock(far.left), model=number(100 * far.in_model, 0, lang),
    )  # fmt: skip


def _tell(summary: Summary, target: Path, lang: str) -> None:
    t, far, console = say(lang), summary.progress, screen()
    if summary.damaged:
        console.print(t("sweep damaged", count=summary.damaged), markup=False)
    console.print(t(
        "sweep done", done=number(far.done, 0, lang), time=clock(far.seconds), stored=number(far.stored, 0, lang),
        failed=far.failed, model=number(100 * far.in_model, 1, lang),
    ), markup=False)  # fmt: skip
    if far.memory[0]:
        early, late = map(size, far.memory)
        console.print(t("sweep memory", early=early, late=late), markup=False)
    console.print(t("sweep digest", digest=summary.digest[:16]), markup=False)
    if far.failed:
        console.print(t("sweep failures", path=target), markup=False, soft_wrap=True)
    if summary.stopped:
        aside().print(t("sweep stopped", why=summary.stopped), markup=False, soft_wrap=True)
    else:
        console.print(t("sweep next", path=target), markup=False, soft_wrap=True)


def _value(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def clock(seconds: float) -> str:
    """Return a duration as 1:02:03 or 2:03."""
    if seconds != seconds:
        return "–"
    whole = round(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"


def size(count: float) -> str:
    """Return a number of bytes as 12 MB."""
    for unit, bytes_ in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= bytes_:
            return f"{count / bytes_:.3g} {unit}"
    return f"{count:.0f} B"
