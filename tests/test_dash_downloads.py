"""What the pages hand out and take in, in a real browser: files, own tables, maps of municipalities, hostile input."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

import pytest
from chromium import browser as browser
from dash_server import Watch, dashboard

SMALL = "people=100000&months=24&burn_in=12&lang=en"
FULL = "[data-stage=full][data-runs='8']"
FORMULA = '=HYPERLINK("http://127.0.0.1:9/","x")<img src=x onerror=window.pwn=1>'


@pytest.fixture(scope="module")
def base():
    with dashboard("--sweeps", "/nonexistent") as address:
        yield address


def saved(page, name: str) -> tuple[str, bytes]:
    """Press a download button; return the file's name and what is in it."""
    with page.expect_download(timeout=30_000) as waiting:
        page.get_by_role("button", name=name, exact=True).first.click()
    return waiting.value.suggested_filename, open(waiting.value.path(), "rb").read()


def test_every_file_can_be_saved_and_is_what_it_says(browser, base):
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    watch = Watch(page, base)
    page.goto(f"{base}/?{SMALL}&m=hub:0.5")
    page.wait_for_selector(FULL, timeout=120_000)
    begins = {
        "Months (CSV)": ("kakawari-months.csv", b"\xef\xbb\xbflook,"), "Places (CSV)": ("kakawari-places.csv", b"\xef\xbb\xbflook,"),
        "PNG": ("kakawari.png", b"\x89PNG"), "SVG": ("kakawari.svg", b"<?xml"),
        "Report to print": ("kakawari-report.html", b"<!doctype html>"), "Save scenario (YAML)": ("my-plan.yaml", b"name: my-plan"),
    }  # fmt: skip
    for button, (name, first) in begins.items():
        file, data = saved(page, button)
        assert file == name
        assert data.startswith(first), (button, data[:40])
        assert saved(page, button)[0] == name  # once more: what is the same is saved again
    page.close()
    assert watch.nothing, (watch.outside, watch.errors, watch.failed)


def test_a_table_of_ones_own_runs_loses_key_people_and_names_in_it_stay_text(browser, base):
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{base}/place?{SMALL}")
    page.wait_for_selector("textarea", timeout=60_000)
    lines = page.locator("textarea").input_value().splitlines()
    first = lines[1].split(",")
    at = lines[0].split(",").index("name_en")
    first[at] = '"' + FORMULA.replace('"', '""') + '"'
    page.locator("textarea").fill("\n".join([lines[0], ",".join(first), *lines[2:]]))
    page.locator("textarea").press("Tab")
    page.get_by_role("button", name="Use this table").click()
    page.wait_for_selector(".kk-bar, .kk-notice", timeout=60_000)
    assert page.evaluate("window.pwn") is None
    page.locator("textarea").fill("code,adults\n1,nan\n")
    page.locator("textarea").press("Tab")
    page.get_by_role("button", name="Use this table").click()
    assert "own-places.csv" in page.wait_for_selector(".kk-notice", timeout=20_000).inner_text()
    page.close()


def test_the_map_of_all_municipalities_is_drawn_and_a_place_can_be_chosen(browser, base):
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    watch = Watch(page, base)
    page.goto(f"{base}/?places=municipalities&people=100000&months=6&burn_in=3&m=hub:0.5&lang=en")
    page.wait_for_selector(FULL, timeout=180_000)
    page.wait_for_selector(".kk-stage canvas[data-month]", timeout=60_000)
    assert page.locator("[data-field=place] option").count() == 1742
    page.locator("[data-field=place]").select_option("01202")
    page.wait_for_function("location.search.includes('place=01202')", timeout=30_000)
    page.close()
    assert watch.nothing, (watch.outside, watch.errors, watch.failed)


def test_the_sweep_page_without_sweeps_says_so_and_runs_a_small_one(browser, base):
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    watch = Watch(page, base)
    page.goto(f"{base}/sweep?{SMALL}")
    page.wait_for_selector(".kk-empty", timeout=60_000)
    page.locator("[data-field=values]").select_option("2")
    page.locator("[data-field=replicates]").select_option("3")
    page.locator("[data-field='high 0']").fill("99")
    page.locator("[data-field='high 0']").press("Tab")
    assert "99" in page.wait_for_selector(".kk-notice", timeout=20_000).inner_text()
    page.get_by_role("button", name="Run", exact=True).click()
    page.wait_for_selector("[data-sweep=shown]", timeout=180_000)
    # No tie can last 36 months in a run of 24: of the pictures one is left.
    page.wait_for_function("document.querySelectorAll('[data-picture]').length === 1", timeout=30_000)
    page.locator("[data-field=indicator]").select_option("visiting_share")
    page.wait_for_function("document.querySelectorAll('[data-picture]').length === 3", timeout=30_000)
    kinds = page.eval_on_selector_all("[data-picture]", "all => all.map(e => e.dataset.picture)")
    assert sorted(kinds) == ["heat", "pareto", "tornado"]
    page.close()
    assert watch.nothing, (watch.outside, watch.errors, watch.failed)


def test_a_huge_file_is_refused_and_the_page_goes_on(browser, base, tmp_path):
    page = browser.new_page()
    page.goto(f"{base}/?{SMALL}")
    page.wait_for_selector("input[type=file]", timeout=60_000)
    huge = tmp_path / "huge.yaml"
    huge.write_bytes(b"name: a\n" + b"# x\n" * 26_000_000)
    page.set_input_files("input[type=file]", huge)
    assert "too large" in page.wait_for_selector(".kk-notice", timeout=30_000).inner_text()
    page.locator(".kk-nav a[href='/learn']").click()
    page.wait_for_selector(".kk-statement", timeout=20_000)
    page.close()


@pytest.mark.parametrize(
    ("header", "value", "status"), [("Host", "evil.example", 421), ("Origin", "http://evil.example", 403)]
)
def test_foreign_names_and_pages_are_turned_away(base, header, value, status):
    """Asked of the server as it runs; `test_guard` has the guard by itself, and its websockets."""
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=20)
    connection.request("GET", "/", headers={header: value})
    assert connection.getresponse().status == status
    connection.close()
