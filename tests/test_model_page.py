"""MODEL.md says what the code does: its tables are the records, its sections are the mechanisms."""

import re
from pathlib import Path

from sim.loop import MONTH
from sim.parameters import records
from viz.appendix import with_tables

PAGE = (Path(__file__).parent.parent / "MODEL.md").read_text(encoding="utf-8")


def test_tables_of_the_model_page_are_the_records() -> None:
    assert with_tables(PAGE) == PAGE, "run `make docs`"


def test_schedule_of_the_model_page_is_the_tuple() -> None:
    section = PAGE.split("## 3. Process overview")[1].split("## 4.")[0]
    named = re.findall(r"\b[a-z]+\b", section.split("`MONTH`")[1].split("\n\n")[1])
    assert named == [m.__name__ for m in MONTH]


def test_every_mechanism_names_its_section() -> None:
    for number, mechanism in enumerate(MONTH, start=1):
        doc = __import__(mechanism.__module__, fromlist=["x"]).__doc__ or ""
        section = re.search(r"MODEL\.md 7\.(\d+)", doc)
        assert section, mechanism.__module__
        title = re.search(rf"^### 7\.{section.group(1)} (.+)$", PAGE, re.MULTILINE)
        assert title
        assert title.group(1).lower().startswith(mechanism.__name__), (number, title.group(1))


def test_every_symbol_of_a_parameter_stands_in_the_text() -> None:
    body = PAGE.split("## 9. Parameters")[0]
    assert [r.path for r in records().values() if r.symbol not in body] == []
