"""What a person waits for at the dashboard, in a real browser on this machine: `make dash-bench`.

The national prefecture world (100,000 persons, 120 months, 8 seeds): from a key press on a slider to the rough picture,
to the first full runs and to all eight; how long a click waits while runs are under way; and how many frames a second
the map shows with 50,000 moving people. Needs Chromium and the development packages.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
from typing import Any

from viz.screenshots import FLAGS, chromium, dashboard

FULL = "[data-stage=full][data-runs='8']"
CROWD = "/?people=200&months=12&burn_in=12&m=hub:0.5"
"""A world with some 50,000 ties to draw."""

WATCH = """() => {
  const since = {};
  window.begin = () => { for (const k of Object.keys(since)) delete since[k]; window.from = performance.now(); window.rev = rev(); };
  const rev = () => Number(document.querySelector('.kk-fan canvas').dataset.rev);
  const look = () => {
    const badge = document.querySelector('[data-stage][data-runs]'), canvas = document.querySelector('.kk-fan canvas');
    if (window.from && canvas && rev() !== window.rev) {
      const stage = canvas.dataset.stage, at = performance.now() - window.from;
      if (stage === 'preview') since.any ??= at;
      else if (since.any) { since.first ??= at; if (badge?.dataset.runs === '8') since.all ??= at; }
    }
    requestAnimationFrame(look);
  };
  window.since = since;
  look();
}"""
CLICK = """() => new Promise(done => {
  const from = performance.now(), lang = document.documentElement.lang;
  document.querySelector('.kk-tools button').click();
  const look = () => document.documentElement.lang !== lang ? done(performance.now() - from) : requestAnimationFrame(look);
  look();
})"""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="make dash-bench", description=__doc__)
    parser.add_argument("--moves", type=int, default=20, help="moves of the slider (20)")
    moves = parser.parse_args().moves
    program = chromium()
    if program is None:
        print("dash-bench: no Chromium on this machine; run: make browser", file=sys.stderr)
        return 2
    from playwright.sync_api import sync_playwright

    with dashboard() as (base, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        _moves(browser, base, moves)
        _frames(browser, base)
        browser.close()
    return 0


def _moves(browser: Any, base: str, moves: int) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{base}/")
    page.wait_for_selector(FULL, timeout=300_000)
    page.evaluate(WATCH)
    page.locator("[data-lever=hub] input").focus()
    found: dict[str, list[float]] = {"any": [], "first": [], "all": []}
    for _ in range(moves):
        page.evaluate("window.begin()")
        page.keyboard.press("ArrowRight")
        page.wait_for_function("window.since.all", timeout=120_000)
        for name, value in page.evaluate("window.since").items():
            found[name].append(value / 1000.0)
    for name, words in (("any", "rough picture"), ("first", "first full runs"), ("all", "all 8 runs")):
        _say(f"slider to {words}", found[name])
    clicks = []
    for _ in range(moves):
        page.locator("[data-lever=events] input").focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_selector("progress", state="attached", timeout=60_000)
        page.wait_for_timeout(900)
        clicks += [page.evaluate(CLICK) / 1000.0, page.evaluate(CLICK) / 1000.0]
    _say("click on the other language while runs are under way", clicks)
    page.close()


def _frames(browser: Any, base: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{base}{CROWD}")
    page.wait_for_selector(FULL, timeout=300_000)
    page.locator("[data-kk=people]").click()
    page.locator("[data-kk=play]").click()
    page.wait_for_timeout(2500)
    dots, rates = page.locator("[data-kk=dots]"), []
    for _ in range(4):
        before = int(dots.get_attribute("data-frames"))
        spent = page.evaluate(
            "() => new Promise(r => { const t = performance.now(); setTimeout(() => r(performance.now() - t), 2000); })"
        )
        rates.append((int(dots.get_attribute("data-frames")) - before) / spent * 1000.0)
    print(
        f"frames a second with {dots.get_attribute('data-people')} people: median {statistics.median(rates):.0f}, least {min(rates):.0f}"
    )
    page.close()


def _say(what: str, seconds: list[float]) -> None:
    print(
        f"{what}: median {statistics.median(seconds):.2f} s, worst {max(seconds):.2f} s ({len(seconds)})",
        flush=True,
    )


if __name__ == "__main__":
    subprocess.run(["uptime"], check=False)
    sys.exit(main())
