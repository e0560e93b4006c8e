"""The command `kakawari`: what can be asked, and what a person sees when something is wrong.

Exit codes: 0 all is well, 1 our mistake, 2 bad input or options, 3 a sweep without all of its
results or a calibration that does not fit, 130 stopped
with Ctrl-C.
Heavy packages are imported inside the commands, so that help and checks answer at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.errors import InputError
from viz import asking, many
from viz.calibrate import calibrate
from viz.errors import told
from viz.exits import leave, log, usage
from viz.messages import say
from viz.options import (
    Asked,
    Fitted,
    Json,
    Lang,
    Language,
    Members,
    Months,
    Out,
    PlacesName,
    Seed,
    Weight,
    Workers,
    World,
    fitted,
    report_lang,
    screen_lang,
    spoken,
)

if TYPE_CHECKING:
    from viz.jobs import Overrides

app = typer.Typer(
    name="kakawari", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    rich_markup_mode="rich", context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip


def _version(value: bool) -> None:
    if value:
        typer.echo(f"kakawari {version('kakawari')}")
        raise typer.Exit


@app.callback(epilog="Try: [bold]kakawari compare baseline both[/]")
def _root(
    show: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Kakawari simulates 関係人口: people who are neither residents nor tourists of a place but keep coming back.

    Try support measures before paying for them: guides, hubs, events, sharing the load on hosts.
    """


@app.command(epilog="Example: [bold]kakawari run baseline --replicates 8[/]")
def run(
    scenario: Asked,
    replicates: Annotated[int, typer.Option(help="Runs with different luck.", min=1, max=10_000)] = 1,
    seed: Seed = 1,
    workers: Workers = 2,
    out: Out = None,
    as_json: Json = False,
    lang: Language = None,
    places: PlacesName = None,
    persons_per_agent: Weight = None,
    months: Months = None,
    ensemble: Members = None,
    world: World = None,
) -> None:
    """Run one scenario; write its tables and a report."""
    from viz.jobs import Overrides

    own = Overrides(places, persons_per_agent, months)
    _answer((scenario,), replicates, seed, workers, out, lang, own, fitted(ensemble, world), as_json)


@app.command(epilog="Example: [bold]kakawari compare baseline both --replicates 20 --lang en[/]")
def compare(
    base: Annotated[
        str, typer.Argument(metavar="A", help="What to compare with: a packaged name or a YAML file.")
    ],
    other: Annotated[str, typer.Argument(metavar="B", help="What is compared.")],
    replicates: Annotated[
        int, typer.Option(help="Pairs of runs, each pair with the same luck.", min=1, max=10_000)
    ] = 8,
    seed: Seed = 1,
    workers: Workers = 2,
    out: Out = None,
    as_json: Json = False,
    lang: Language = None,
    places: PlacesName = None,
    persons_per_agent: Weight = None,
    months: Months = None,
    ensemble: Members = None,
    world: World = None,
) -> None:
    """Compare two scenarios with the same luck: differences with 90% intervals, and a report."""
    from viz.jobs import Overrides

    own = Overrides(places, persons_per_agent, months)
    _answer((base, other), replicates, seed, workers, out, lang, own, fitted(ensemble, world), as_json)


@app.command(epilog="Example: [bold]kakawari describe both[/]")
def describe(
    scenario: Annotated[
        str | None,
        typer.Argument(
            metavar="SCENARIO",
            help="A packaged name or a YAML file; without one, all packaged names.",
            show_default=False,
        ),
    ] = None,
    lang: Language = None,
    places: PlacesName = None,
    persons_per_agent: Weight = None,
    months: Months = None,
) -> None:
    """Say what a scenario will do, month by month, and what it costs; without a name, list them. Runs nothing."""
    from scenarios.loader import load, names
    from viz.jobs import Overrides
    from viz.terminal import print_names, print_plan, screen

    if scenario is None:
        print_names(screen(), [load(name) for name in names()], screen_lang(lang))
        return
    ready, table = Overrides(places, persons_per_agent, months).apply(load(scenario))
    print_plan(screen(), ready, table, screen_lang(lang))


@app.command(epilog="Example: [bold]kakawari validate my-town.yaml[/]")
def validate(
    scenario: Annotated[str, typer.Argument(metavar="FILE", help="A YAML file (or a packaged name).")],
    lang: Language = None,
) -> None:
    """Check a scenario file. Runs nothing."""
    from scenarios.loader import load
    from viz.terminal import valid_line

    typer.echo(valid_line(load(scenario), screen_lang(lang)))


@app.command(epilog="Example: [bold]kakawari statements R08 --lang en[/]")
def statements(
    numbers: Annotated[
        list[str] | None, typer.Argument(metavar="R01 ... R25", help="Which ones; all by default.")
    ] = None,
    seeds: Annotated[int | None, typer.Option(help="Pairs of runs for each.", min=3, max=1_000)] = None,
    workers: Workers = 2,
    as_json: Json = False,
    lang: Language = None,
    ensemble: Members = None,
    world: World = None,
) -> None:
    """Show for each of the 25 statements behind the model what the model does about it.

    About 5 minutes at first; with --ensemble, 5 minutes for each of the sets.
    """
    from viz.statements import show

    show(numbers or [], seeds, workers, screen_lang(lang), as_json, fitted(ensemble, world))


app.command(epilog="Example: [bold]kakawari sweep hosting --dry-run[/]")(many.sweep)
app.command(
    epilog='Example: [bold]kakawari query "select point, avg(lasting_ties) from runs group by 1" out/hosting[/]'
)(many.query)
app.command(epilog="Example: [bold]kakawari analyse out/hosting --indicator host_use[/]")(many.analyse)
app.command(epilog="Example: [bold]kakawari calibrate --check --world 2020[/]")(calibrate)
app.command(
    epilog="Example: [bold]kakawari predict --origins tokyo=13,14,11,12 --destinations shimane=32[/]"
)(asking.predict)
app.command(epilog="Example: [bold]kakawari experiment guides_or_hub[/]")(asking.experiment)


@app.command(epilog="Example: [bold]kakawari report out/baseline-vs-both-1a2b3c4d --lang en --pdf[/]")
def report(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a run or a comparison.")],
    pdf: Annotated[bool, typer.Option("--pdf", help="As PDF, too (needs Chromium).")] = False,
    lang: Language = None,
) -> None:
    """Write the report of a stored run or comparison again: Japanese or English, HTML and PDF."""
    from viz.reporting import write_report

    for path in write_report(folder, report_lang(lang), pdf):
        typer.echo(path)


@app.command(epilog="Example: [bold]kakawari dash --port 8765[/]")
def dash(
    port: Annotated[int, typer.Option(help="Port on this machine.", min=1024, max=65535)] = 8765,
    host: Annotated[str, typer.Option(help="0.0.0.0 opens it to everybody in the network.")] = "127.0.0.1",
    password: Annotated[str, typer.Option(help="Asked of every visitor.", show_default=False)] = "",
    sweeps: Annotated[Path, typer.Option(help="Folder whose sweeps may be opened.", metavar="DIR")] = Path(
        "out"
    ),
    lang: Language = None,
) -> None:
    """Open the dashboard in a browser: move a measure, see what changes, where, and how surely."""
    from viz.serve import serve

    serve(port, host, password, sweeps, screen_lang(lang))


@app.command(epilog="Example: [bold]kakawari bench --most 1e6[/]")
def bench(
    most: Annotated[float, typer.Option(help="Leave out worlds with more people.", min=1e5, max=1e8)] = 1e7,
    growth: Annotated[bool, typer.Option("--growth", help="How cost grows, instead.")] = False,
    out: Annotated[Path, typer.Option(help="Where figures are kept.", metavar="FILE")] = Path(
        "build/bench.json"
    ),
) -> None:
    """Measure speed, memory and waiting on this machine. Takes 10 to 40 minutes; see --most."""
    from viz.benching import measure

    measure(most, growth, out)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; never a traceback unless KAKAWARI_DEBUG=1."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = app(args=given, prog_name="kakawari", standalone_mode=False)
        sys.stdout.flush()
    except InputError as error:
        return leave(told(error, spoken(given)), 2)
    except (typer.Abort, KeyboardInterrupt):
        return leave(say(spoken(given))("exit stopped"), 130)
    except typer.TyperException as error:
        return usage(error)
    except BrokenPipeError:
        # The reader (head, less) has gone; Python would complain once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if os.environ.get("KAKAWARI_DEBUG") == "1":
            raise
        words = say(spoken(given))("exit failed", kind=type(error).__name__, log=log())
        return leave(words, 1)
    # Typer turns Ctrl-C into this exit code itself.
    if code == 130:
        return leave(say(spoken(given))("exit stopped"), 130)
    return code if isinstance(code, int) else 0


def _answer(
    asked: tuple[str, ...], replicates: int, seed: int, workers: int, out: Path | None, lang: Lang | None,
    own: Overrides, sets: Fitted | None, as_json: bool,
) -> None:  # fmt: skip
    from viz.answers import show, show_across
    from viz.jobs import Job

    job = Job(asked, replicates, seed, workers, out, screen_lang(lang), report_lang(lang), own)
    if sets is None:
        show(job, as_json)
    else:
        show_across(job, *sets, as_json)
