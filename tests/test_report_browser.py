"""The report in a real browser: opens from disk, fetches nothing, fits a phone and a projector."""

import pytest
from chromium import browser as browser
from fakes import run as fake_run

from experiments.compare import replicate
from experiments.results import results
from scenarios.places import load_places, shapes
from sim.scenario import Measure, Scenario
from viz import report

BASE = Scenario(name="base", title_ja="いまのまま", title_en="Today, unchanged", months=60)
OTHER = Scenario(
    name="other",
    title_ja="出会いと受け皿",
    title_en="Meeting and receiving",
    months=60,
    measures=(Measure(lever="hub", amount=1), Measure(lever="coordination", amount=0.5, first=13)),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    where, path = load_places("prefectures"), tmp_path_factory.mktemp("reports")
    pair = results(replicate([BASE, OTHER], where, [1, 2, 3], runner=fake_run), where, "kakawari compare a b")
    alone = results(replicate([OTHER], where, [1], runner=fake_run), where, "kakawari run b")
    for lang in ("ja", "en"):
        for name, made, asked in (("pair", pair, [BASE, OTHER]), ("alone", alone, [OTHER])):
            html = report.render(made, asked, where, shapes("prefectures"), lang)
            (path / f"{name}_{lang}.html").write_text(html, encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [1440, 820, 641, 390])
@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", ["pair", "alone"])
def test_report_opens_quietly_and_fits(browser, folder, name, lang, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    errors, asked = [], []
    page.on(
        "console",
        lambda message: errors.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / f"{name}_{lang}.html").as_uri())
    page.wait_for_load_state("networkidle")
    sizes = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    drawn = page.evaluate("[...document.images].every(i => i.complete && i.naturalWidth > 100)")
    wide = page.evaluate(
        "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.tagName)"
    )
    page.close()
    assert errors == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert sizes[0] <= sizes[1]
    assert wide == []
    assert drawn


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_report_prints_within_the_page(browser, folder, lang):
    page = browser.new_page(viewport={"width": 680, "height": 960})  # A4 less its margins
    page.emulate_media(media="print")
    page.goto((folder / f"pair_{lang}.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    pdf = page.pdf(format="A4", print_background=True)
    page.close()
    assert pdf.startswith(b"%PDF")
    assert 3 <= pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") + pdf.count(b"/Type/Page/") <= 20
