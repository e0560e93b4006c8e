"""The dashboard in a real browser: every page in both languages at three widths, quiet, reachable, and safe."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import pytest
from chromium import browser as browser
from dash_server import Watch, dashboard

PAGES = {
    "": ".kk-fan canvas[data-stage]", "place": ".kk-bar", "compare": "progress, .kk-interval", "sweep": "[data-field='factor 0']",
    "assumptions": ".kk-lever", "learn": ".kk-statement", "workshop": ".kk-board",
}  # fmt: skip
SMALL = "people=100000&months=24&burn_in=12"
"""A question that is answered at once: a thousand persons, two years."""

XSS = "<img src=x onerror=window.pwn=1><script>window.pwn=1</script>{{constructor.constructor('window.pwn=1')()}}"


@pytest.fixture(scope="module")
def base():
    with dashboard() as address:
        yield address


@pytest.fixture(scope="module")
def axe():
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def serious(page, axe) -> list[str]:
    """Return what axe-core finds serious or worse."""
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found if v["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_quiet_fits_and_can_be_read_aloud(browser, base, axe, name, lang):
    page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="ja-JP")
    watch = Watch(page, base)
    page.goto(f"{base}/{name}?{SMALL}&m=hub:0.5&lang={lang}")
    page.wait_for_selector(PAGES[name], timeout=90_000)
    for width in (1440, 1024, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(250)
        sizes = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert sizes[0] <= sizes[1], width
    assert serious(page, axe) == []
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert [f for f in serious(page, axe) if f.startswith("color-contrast")] == []
    assert page.evaluate("document.documentElement.lang") == lang
    words = page.evaluate("document.querySelector('main').innerText")
    assert (len(re.findall(r"[ぁ-ん]", words)) > 80) == (lang == "ja")
    page.close()
    assert watch.nothing, (watch.outside, watch.errors, watch.failed)


def test_a_move_shows_at_once_keeps_the_address_and_can_be_taken_back(browser, base):
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    watch = Watch(page, base)
    page.goto(f"{base}/?{SMALL}")
    page.wait_for_selector("[data-stage=full][data-runs='8']", timeout=120_000)
    slider = page.locator("[data-lever=hub] input")
    assert slider.input_value() == "0.5"
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("location.search.includes('m=hub:0.1')", timeout=20_000)
    page.wait_for_selector("[data-stage=full][data-runs='8']", timeout=60_000)
    page.wait_for_function("document.querySelector('.kk-headline').innerText.includes('90%')", timeout=60_000)
    shared = page.url
    assert page.evaluate("document.activeElement.id") == "kk-hub"  # the slider keeps the hand that moves it
    page.keyboard.press("Control+z")
    page.wait_for_function("!location.search.includes('hub')", timeout=20_000)
    assert slider.input_value() == "0.5"
    page.goto(shared)
    page.wait_for_selector("[data-lever=hub].kk-moved", timeout=60_000)
    assert page.locator("[data-lever=hub] input").input_value() == "0.6"
    page.close()
    assert watch.nothing, (watch.outside, watch.errors, watch.failed)


def test_people_move_on_the_map(browser, base):
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{base}/?people=20000&months=12&burn_in=6&m=hub:0.5")
    page.wait_for_selector("[data-stage=full][data-runs='8']", timeout=150_000)
    page.locator("[data-kk=people]").click()
    page.locator("[data-kk=play]").click()
    dots = "document.querySelector('[data-kk=dots]').dataset"
    page.wait_for_function(f"Number({dots}.people) > 200", timeout=30_000)
    first = page.evaluate(f"Number({dots}.frames)")
    page.wait_for_function(f"Number({dots}.frames) > {first}", timeout=30_000)
    month = "document.querySelector('.kk-stage canvas').dataset.month"
    page.wait_for_function(f"Number({month}) > 2", timeout=30_000)
    page.close()


def test_a_file_is_taken_over_and_what_is_wrong_is_said(browser, base, tmp_path):
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{base}/?{SMALL}")
    page.wait_for_selector("input[type=file]", timeout=60_000)
    good = tmp_path / "good.yaml"
    title = json.dumps(XSS)
    good.write_text(
        f"name: mine\ntitle: {title}\npersons_per_agent: 100000\nmonths: 24\nburn_in: 12\nmeasures:\n- {{lever: events, amount: 6}}\n",
        encoding="utf-8",
    )
    page.set_input_files("input[type=file]", good)
    page.wait_for_selector("[data-lever=events].kk-moved", timeout=30_000)
    page.wait_for_function(
        "document.querySelector('.kk-headline').innerText.includes('<img')", timeout=60_000
    )
    bad = tmp_path / "bad.yaml"
    bad.write_text("name: a\nmeasures: [{lever: hbu, amount: 1}]\n", encoding="utf-8")
    page.set_input_files("input[type=file]", bad)
    notice = page.wait_for_selector(".kk-notice", timeout=20_000).inner_text()
    assert "「hbu」という取組はない（「hub」のことか）" in notice
    assert "Traceback" not in page.locator("body").inner_text()
    for path in ("place", "compare", "learn"):
        page.locator(f".kk-nav a[href='/{path}']").click()
        page.wait_for_selector(f".kk-nav a[href='/{path}'][aria-current=page]", timeout=20_000)
        page.wait_for_timeout(300)
    assert page.evaluate("window.pwn") is None
    page.close()


@pytest.mark.parametrize(
    "query", ["m=hub:99", "s=zzz", "m=" + "9" * 7500, "x=flood:1", f"look={XSS}&place={XSS}&lang=ja"]
)
def test_bad_addresses_show_the_page_and_one_sentence(browser, base, query):
    page = browser.new_page()
    watch = Watch(page, base)
    page.goto(f"{base}/?{query}")
    page.wait_for_selector(".kk h1", timeout=60_000)
    if not query.startswith("look"):
        assert len(page.wait_for_selector(".kk-notice", timeout=20_000).inner_text()) < 900
    assert page.evaluate("window.pwn") is None
    page.close()
    assert not watch.errors


def test_hostile_values_on_the_wire_are_refused_and_others_go_on(browser, base):
    """Writes to the page's own widgets, past their sliders, as a script in the browser could."""
    other = browser.new_page()
    other.goto(f"{base}/learn")
    other.wait_for_selector(".kk-statement", timeout=60_000)
    page = browser.new_page()
    page.add_init_script(
        "const send = WebSocket.prototype.send; WebSocket.prototype.send = function (data) {"
        " window.sockets = (window.sockets || new Set()).add(this);"
        " if (typeof data === 'string' && data.includes('\"moved\"')) window.moves = data; return send.call(this, data); };"
    )
    page.goto(f"{base}/?{SMALL}")
    page.wait_for_selector("[data-lever=hub] input", timeout=60_000)
    page.locator("[data-lever=hub] input").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("location.search.includes('m=hub:0.1')", timeout=20_000)
    for value in ("1e9", "-5", "1e400", '"abc"', "null", "[]", '{"a": 1}', '"<script>"', "true"):
        forged = page.evaluate(
            """value => { const socket = [...window.sockets].pop(); const old = window.moves;
              const made = old.replace(/"value":[^,}]*/, '"value":' + value).replace(/"n":\\d+/, '"n":' + Math.floor(1e6 * Math.random()));
              socket.send(made); return made !== old; }""",
            value,
        )
        assert forged
    page.wait_for_selector(".kk-notice", timeout=20_000)
    page.wait_for_timeout(1500)
    assert "m=hub:0.1" in page.url
    assert "Traceback" not in page.locator("body").inner_text()
    other.locator(".kk-nav a[href='/assumptions']").click()
    other.wait_for_selector(".kk-lever", timeout=20_000)
    page.close()
    other.close()


def test_a_team_guesses_before_it_sees_and_hands_in(browser, base):
    page = browser.new_page(viewport={"width": 1024, "height": 900})
    watch = Watch(page, base)
    page.goto(f"{base}/workshop?{SMALL}&m=hub:0.5&mode=workshop&room=TEST1")
    page.wait_for_selector(".kk-qr svg", timeout=60_000)
    assert page.locator(".kk-headline").count() == 0
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") > 18
    page.locator("[data-field=guess]").fill("5")
    page.locator("[data-field=guess]").press("Tab")
    page.get_by_role("button", name="結果を見る").click()
    page.wait_for_selector("[data-stage=full][data-runs='8']", timeout=90_000)
    page.locator("[data-field=team]").fill("<b>さくら</b>")
    page.locator("[data-field=team]").press("Tab")
    page.get_by_role("button", name="ボードに出す").click()
    page.wait_for_function(
        "document.querySelector('.kk-board').innerText.includes('<b>さくら</b>')", timeout=30_000
    )
    page.close()
    assert watch.nothing, (watch.outside, watch.errors, watch.failed)
