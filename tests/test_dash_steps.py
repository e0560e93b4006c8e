"""What people do at the dashboard one after the other, in a real browser: pin, compare, stop, ask, switch, press keys."""

from __future__ import annotations

import pytest
from chromium import browser as browser
from dash_server import Watch, dashboard

SMALL = "people=100000&months=24&burn_in=12&lang=en"
FULL = "[data-stage=full][data-runs='8']"


@pytest.fixture(scope="module")
def base():
    with dashboard() as address:
        yield address


@pytest.fixture
def page(browser, base):
    opened = browser.new_page(viewport={"width": 1440, "height": 900})
    watch = Watch(opened, base)
    yield opened
    opened.close()
    assert watch.nothing, (watch.outside, watch.errors, watch.failed)


def press(page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def go(page, path: str) -> None:
    page.locator(f".kk-nav a[href='/{path}']").click()
    page.wait_for_selector(f".kk-nav a[href='/{path}'][aria-current=page]", timeout=30_000)


def test_pinned_plans_are_compared_in_numbers_and_in_words(page, base):
    page.goto(f"{base}/?{SMALL}&m=hub:0.5")
    page.wait_for_selector(FULL, timeout=120_000)
    press(page, "Keep to compare")
    page.locator("[data-field=preset]").select_option("baseline")
    page.wait_for_function("!location.search.includes('hub')", timeout=30_000)
    press(page, "Undo")
    page.wait_for_function("location.search.includes('m=hub:0.5')", timeout=30_000)
    page.locator("[data-lever=events] input").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("location.search.includes('m=events')", timeout=30_000)
    press(page, "Keep to compare")
    go(page, "compare")
    page.wait_for_selector(".kk-interval", timeout=120_000)
    assert page.locator(".kk-interval").count() == 2
    page.locator("[data-field=indicator]").select_option("visiting_share")
    page.wait_for_function(
        "/clearly above|cannot be told apart/.test(document.querySelector('main').innerText)", timeout=30_000
    )
    assert "90% interval" in page.locator("main").inner_text()


def test_what_happens_when_key_people_leave_is_asked_and_answered(page, base):
    page.goto(f"{base}/place?{SMALL}&place=13")
    page.wait_for_selector(FULL, timeout=120_000)
    press(page, "Try it")
    page.wait_for_function(
        "document.querySelector('main').innerText.includes('Ties in the last year:')", timeout=120_000
    )
    assert page.locator(".kk-fan canvas[aria-label*='A fifth leaves']").count() == 1


def test_a_run_can_be_stopped_and_asked_for_again(page, base):
    page.goto(f"{base}/?people=500&months=240&burn_in=12&m=hub:1.5&lang=en")
    page.wait_for_selector("progress", state="attached", timeout=120_000)
    press(page, "Stop")
    page.wait_for_selector("progress", state="detached", timeout=30_000)
    press(page, "Run in full")
    page.wait_for_selector("progress", state="attached", timeout=30_000)
    press(page, "Stop")
    page.wait_for_selector("progress", state="detached", timeout=30_000)


def test_the_language_is_switched_and_everything_else_stays(page, base):
    page.goto(f"{base}/?{SMALL}&m=hub:0.5")
    page.wait_for_selector(FULL, timeout=120_000)
    press(page, "日本語に切り替える")
    page.wait_for_function("document.documentElement.lang === 'ja'", timeout=30_000)
    assert "m=hub:0.5" in page.url
    assert page.locator(FULL).count() == 1
    assert "わたしの案" in page.locator(".kk-headline").inner_text()


def test_dark_stays_dark(page, base):
    page.goto(f"{base}/learn?lang=en")
    page.wait_for_selector(".kk-statement", timeout=60_000)
    assert page.locator(".kk-statement").count() == 25
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    press(page, "Switch between light and dark")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.reload()
    page.wait_for_selector(".kk-statement", timeout=60_000)
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_keys_read_the_chart_and_skip_the_head(page, base):
    page.goto(f"{base}/?{SMALL}&m=hub:0.5")
    page.wait_for_selector(FULL, timeout=120_000)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "kk-skip"
    page.wait_for_selector(".kk-fan canvas[data-stage=full]", timeout=30_000)
    page.locator(".kk-fan canvas").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(
        "document.querySelector('.kk-fan .kk-tip').innerText.includes('month 23')", timeout=30_000
    )
    page.locator(".kk-scrub input").focus()
    page.keyboard.press("Home")
    page.wait_for_selector(".kk-stage canvas[data-month='1']", timeout=30_000)


def test_people_stand_still_where_motion_is_not_wanted(browser, base):
    page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page.goto(f"{base}/?{SMALL}&m=hub:0.5")
    page.wait_for_selector(FULL, timeout=120_000)
    page.locator("[data-kk=people]").click()
    page.wait_for_function(
        "Number(document.querySelector('[data-kk=dots]').dataset.people) > 0", timeout=30_000
    )
    drawn = page.locator("[data-kk=dots]").get_attribute("data-frames")
    page.wait_for_timeout(600)
    assert page.locator("[data-kk=dots]").get_attribute("data-frames") == drawn
    page.close()
