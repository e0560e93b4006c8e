"""A run or comparison in the terminal: made, and told as a table or as JSON."""

from __future__ import annotations

import json

from viz import tables
from viz.jobs import Job, perform
from viz.messages import say
from viz.terminal import screen


def tell(job: Job, as_json: bool) -> None:
    """Perform a job and print what came of it."""
    done = perform(job)
    if as_json:
        print(json.dumps(tables.as_json(done.results, str(done.folder)), ensure_ascii=False, allow_nan=False))
        return
    console, t = screen(), say(job.lang)
    console.print(tables.run_line(done.results, done.places, job.lang), markup=False)
    console.print(tables.results_table(done.results, done.scenarios, job.lang, console.width))
    for line in tables.last_lines(done.results, job.lang):
        console.print(line, markup=False)
    console.print(t("report at", path=done.folder / "report.html"), markup=False, soft_wrap=True)
    console.print(t("tables at", path=done.folder), markup=False, soft_wrap=True)
