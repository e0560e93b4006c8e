"""`kakawari report`: the report of a stored output folder once more, in either language, as HTML and as PDF.

The PDF is printed by the Chromium that the dashboard's tests use, too: one layout for screen, print and PDF.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from scenarios.places import load_places
from sim.errors import InputError
from sim.parameters import changed, defaults
from sim.places import Places
from sim.scenario import Measure, Scenario
from sim.shocks import Shock

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
PRINT_SECONDS = 120


def write_report(folder: Path, lang: str, pdf: bool) -> list[Path]:
    """Write the report of an output folder into it; return the files.

    Raises:
        InputError: It is no output folder of a run or comparison, its places have changed, or there is no Chromium.
    """
    program = _program() if pdf else ""
    from experiments.files import reason, write_whole
    from experiments.store import Results, load
    from viz.jobs import outlines
    from viz.report import render

    results = load(folder)
    if not isinstance(results, Results):
        raise InputError(
            f"{folder}: the folder of a sweep; its pictures are made by: kakawari analyse {folder}."
        )
    places = _places(results.manifest, folder)
    scenarios = [_scenario(about, places.name) for about in results.manifest["scenarios"]]
    html = render(results, scenarios, places, outlines(places), lang)
    made = [folder / "report.html"]
    try:
        write_whole(made[0], html.encode())
        if pdf:
            made.append(folder / "report.pdf")
            write_whole(made[1], printed(made[0], program))
    except OSError as error:
        raise InputError(f"{folder}: could not be written ({reason(error)}).") from None
    return made


def printed(page: Path, program: str) -> bytes:
    """Return an HTML file as PDF.

    Raises:
        InputError: Chromium could not print it.
    """
    with tempfile.TemporaryDirectory(prefix="kakawari-") as work:
        target = Path(work) / "report.pdf"
        command = [
            program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
            f"--user-data-dir={work}/profile", "--no-pdf-header-footer", f"--print-to-pdf={target}", page.absolute().as_uri(),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=PRINT_SECONDS, check=False)
            return target.read_bytes()
        except (OSError, subprocess.TimeoutExpired):
            raise InputError(
                f"--pdf: {program} could not print {page}; open it in a browser and print it there."
            ) from None


def _program() -> str:
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        raise InputError(
            "--pdf: needs Chromium, and there is none on this machine; install it, or print report.html in a browser."
        )
    return found


def _places(manifest: dict[str, Any], folder: Path) -> Places:
    about = manifest["places"]
    places = load_places(about["name"], str(folder))
    if places.digest != about["digest"]:
        raise InputError(f"{folder}: ran on another version of the places '{about['name']}'; run it again.")
    return places


def _scenario(about: dict[str, Any], places: str) -> Scenario:
    """Return a scenario as the manifest holds it."""
    content = dict(about["content"])
    texts = {name: about[name] for name in ("name", "title_ja", "title_en", "question_ja", "question_en")}
    return Scenario(
        **texts, places=places, parameters=changed(defaults(), content.pop("parameters")),
        measures=tuple(Measure(**m) for m in content.pop("measures")),
        shocks=tuple(Shock(**s) for s in content.pop("shocks")), **content,
    )  # fmt: skip
