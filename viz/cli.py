"""The command `kakawari`: what can be asked, and what a person sees when something is wrong.

Exit codes: 0 all is well, 1 our mistake, 2 bad input or options, 130 stopped with Ctrl-C.
Heavy packages are imported inside the commands, so that help and checks answer at once.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from sim.errors import InputError

MAX_SEED = 2**53
"""Seeds stay whole numbers in JSON, Parquet and every spreadsheet."""

app = typer.Typer(
    name="kakawari", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    rich_markup_mode="rich", context_settings={"help_option_names": ["-h", "--help"]},
)  # fmt: skip


class Lang(StrEnum):
    """Languages of what people read."""

    ja = "ja"
    en = "en"


Asked = Annotated[
    str,
    typer.Argument(metavar="SCENARIO", help="A packaged name (kakawari describe lists them) or a YAML file."),
]
Seed = Annotated[
    int, typer.Option(help="First seed; the next runs use the next numbers.", min=0, max=MAX_SEED)
]
Workers = Annotated[int, typer.Option(help="Runs at a time. Changes nothing but the time.", min=1, max=256)]
Out = Annotated[
    Path | None,
    typer.Option(help="Output folder. Default: out/NAME-DIGEST.", metavar="DIR", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on stdout and nothing else.")]
Language = Annotated[
    Lang | None,
    typer.Option(help="Language. Default: Japanese report; terminal by LANG.", show_default=False),
]
PlacesName = Annotated[
    str | None,
    typer.Option(
        "--places",
        help="prefectures, municipalities, workshop, typical or a CSV file.",
        metavar="TABLE",
        show_default=False,
    ),
]
Weight = Annotated[
    float | None,
    typer.Option(
        "--persons-per-agent",
        help="Adults for one simulated person; 1 = everybody.",
        metavar="N",
        show_default=False,
    ),
]
Months = Annotated[int | None, typer.Option(help="Months to run.", metavar="N", show_default=False)]


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
) -> None:
    """Run one scenario; write its tables and a report."""
    from viz.jobs import Job, Overrides

    own = Overrides(places, persons_per_agent, months)
    _perform(
        Job((scenario,), replicates, seed, workers, out, _screen_lang(lang), _report_lang(lang), own), as_json
    )


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
) -> None:
    """Compare two scenarios with the same luck: differences with 90% intervals, and a report."""
    from viz.jobs import Job, Overrides

    own = Overrides(places, persons_per_agent, months)
    _perform(
        Job((base, other), replicates, seed, workers, out, _screen_lang(lang), _report_lang(lang), own),
        as_json,
    )


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
        print_names(screen(), [load(name) for name in names()], _screen_lang(lang))
        return
    ready, table = Overrides(places, persons_per_agent, months).apply(load(scenario))
    print_plan(screen(), ready, table, _screen_lang(lang))


@app.command(epilog="Example: [bold]kakawari validate my-town.yaml[/]")
def validate(
    scenario: Annotated[str, typer.Argument(metavar="FILE", help="A YAML file (or a packaged name).")],
    lang: Language = None,
) -> None:
    """Check a scenario file. Runs nothing."""
    from scenarios.loader import load
    from viz.terminal import valid_line

    typer.echo(valid_line(load(scenario), _screen_lang(lang)))


@app.command(epilog="Example: [bold]kakawari statements R08 --lang en[/]")
def statements(
    numbers: Annotated[
        list[str] | None, typer.Argument(metavar="R01 ... R25", help="Which ones; all by default.")
    ] = None,
    seeds: Annotated[int | None, typer.Option(help="Pairs of runs for each.", min=3, max=1_000)] = None,
    workers: Workers = 2,
    as_json: Json = False,
    lang: Language = None,
) -> None:
    """Show for each of the 25 statements behind the model what the model does about it. About 5 minutes at first."""
    from viz.statements import show

    show(numbers or [], seeds, workers, _screen_lang(lang), as_json)


@app.command(epilog="Example: [bold]kakawari dash --port 8765[/]")
def dash(
    port: Annotated[int, typer.Option(help="Port on this machine.", min=1024, max=65535)] = 8765,
    host: Annotated[str, typer.Option(help="0.0.0.0 opens it to everybody in the network.")] = "127.0.0.1",
    password: Annotated[str, typer.Option(help="Asked of every visitor.", show_default=False)] = "",
) -> None:
    """Open the dashboard in a browser: move a measure, see what changes, where, and how surely."""
    from viz.serve import serve

    serve(port, host, password)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; never a traceback unless KAKAWARI_DEBUG=1."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = app(args=given, prog_name="kakawari", standalone_mode=False)
        sys.stdout.flush()
    except InputError as error:
        return _say(str(error), 2)
    except typer.Abort:
        return _say("Stopped.", 130)
    except KeyboardInterrupt:
        return _say("Stopped.", 130)
    except typer.TyperException as error:
        return _usage(error)
    except BrokenPipeError:
        # The reader (head, less) has gone; Python would complain once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if os.environ.get("KAKAWARI_DEBUG") == "1":
            raise
        return _say(f"Something went wrong inside kakawari ({type(error).__name__}); details: {_log()}", 1)
    # Typer turns Ctrl-C into this exit code itself.
    return _say("Stopped.", 130) if code == 130 else code if isinstance(code, int) else 0


def _perform(job: object, as_json: bool) -> None:
    from viz import tables
    from viz.jobs import Job, perform
    from viz.messages import say
    from viz.terminal import screen

    assert isinstance(job, Job)
    done = perform(job)
    if as_json:
        typer.echo(
            json.dumps(tables.as_json(done.results, str(done.folder)), ensure_ascii=False, allow_nan=False)
        )
        return
    console, t = screen(), say(job.lang)
    console.print(tables.run_line(done.results, done.places, job.lang), markup=False)
    console.print(tables.results_table(done.results, done.scenarios, job.lang, console.width))
    for line in tables.last_lines(done.results, job.lang):
        console.print(line, markup=False)
    console.print(t("report at", path=done.folder / "report.html"), markup=False, soft_wrap=True)
    console.print(t("tables at", path=done.folder), markup=False, soft_wrap=True)


def _screen_lang(lang: Lang | None) -> str:
    if lang is not None:
        return lang.value
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "ja" if spoken.lower().startswith("ja") else "en"


def _report_lang(lang: Lang | None) -> str:
    return lang.value if lang is not None else "ja"


def _say(sentence: str, code: int) -> int:
    print(" ".join(sentence.split()), file=sys.stderr)
    return code


def _usage(error: typer.TyperException) -> int:
    """Say what is wrong with the options in one sentence, with where to look."""
    text = error.format_message() if hasattr(error, "format_message") else str(error)
    if not text.strip():
        return 2
    sentence = text.strip()
    return _say(f"{sentence}{'' if sentence.endswith(('.', '?', '!')) else '.'} See: kakawari --help", 2)


def _log() -> str:
    """Write the traceback to a file and return where."""
    for folder in (Path("out"), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / "kakawari-error.log"
            path.write_text(traceback.format_exc(), encoding="utf-8")
        except OSError:
            continue
        return str(path)
    return "no log could be written; set KAKAWARI_DEBUG=1"


if __name__ == "__main__":
    sys.exit(main())
