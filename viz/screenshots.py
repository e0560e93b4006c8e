"""Pictures of every page in both languages at three widths: `make screenshots` writes them to out/screenshots.

    python -m viz.screenshots [--out DIR] [--page NAME ...]

Needs Chromium and the development packages; nothing of the product imports this.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

OUT = Path("out") / "screenshots"
WIDTHS = (1440, 1024, 390)
TALLEST = 4_000
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-sync",
)
FULL = "[data-stage=full][data-runs='8']"

PAGES = {
    "explore": ("/?s=both", FULL),
    "people": ("/?s=both", FULL),
    "place": ("/place?s=both&place=32", FULL),
    "compare": ("/compare", ".kk-interval"),
    "sweep": ("/sweep", "[data-field=sweep], .kk-empty"),
    "assumptions": ("/assumptions?s=both", FULL),
    "learn": ("/learn", ".kk-statement"),
    "workshop": ("/workshop?mode=workshop", ".kk-board"),
}
"""Address of each page, and what is there once it is drawn."""


def main() -> int:
    """Start a dashboard, photograph every page, and stop it."""
    parser = argparse.ArgumentParser(
        prog="make screenshots", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=OUT, help=f"folder ({OUT})")
    parser.add_argument("--page", action="append", choices=PAGES, help="only this page; can be given again")
    given = parser.parse_args()
    browser = chromium()
    if browser is None:
        print("screenshots: no Chromium on this machine; run: make browser", file=sys.stderr)
        return 2
    from playwright.sync_api import sync_playwright

    given.out.mkdir(parents=True, exist_ok=True)
    with dashboard() as (base, _), sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser, args=list(FLAGS))
        for theme, widths in (("light", WIDTHS), ("dark", WIDTHS[:1])):
            for lang in ("ja", "en"):
                for name in given.page or PAGES:
                    _photograph(started, base, name, lang, theme, widths, given.out)
        started.close()
    print(given.out)
    return 0


def chromium() -> str | None:
    """Return the system's Chromium, None where there is none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@contextmanager
def dashboard() -> Iterator[tuple[str, int]]:
    """Run a dashboard in a process of its own; yield its address and the number of its process."""
    port = _free_port()
    server = subprocess.Popen([sys.executable, "-m", "viz", "dash", "--port", str(port)])
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}", server.pid
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()


def _photograph(
    browser: Any, base: str, name: str, lang: str, theme: str, widths: tuple[int, ...], out: Path
) -> None:
    path, ready = PAGES[name]
    page = browser.new_page(viewport={"width": widths[0], "height": 900}, color_scheme=theme)
    page.goto(f"{base}{path}{'&' if '?' in path else '?'}lang={lang}")
    page.wait_for_selector(ready, timeout=300_000)
    if name == "people":
        page.locator("[data-kk=people]").click()
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(700)
        height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
        # The whole page as one window: a panel that stays in view is then drawn once, at its place.
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(900)
        page.screenshot(path=out / f"{name}-{lang}-{width}{'-dark' if theme == 'dark' else ''}.png")
    page.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60)
            return
        except OSError:
            time.sleep(0.25)
    raise SystemExit("the dashboard did not start")


if __name__ == "__main__":
    sys.exit(main())
