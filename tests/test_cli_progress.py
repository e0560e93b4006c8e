"""Progress where stderr is a file: a line a minute, so that a run of an hour can be followed in its log."""

import pytest

from viz import terminal


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test sets."""
    now = [1000.0]
    monkeypatch.setattr(terminal, "monotonic", lambda: now[0])
    return now


def test_a_line_of_progress_is_written_for_each_minute_and_none_before(clock, capsys):
    with terminal.progress("en") as report:
        for second, done in ((1, 10), (59, 20), (60, 30), (61, 40), (119, 50), (120, 1060), (500, 2000)):
            clock[0] = 1000.0 + second
            report(done, 2000)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "Running: 30 of 2,000 months", "Running: 1,060 of 2,000 months", "Running: 2,000 of 2,000 months",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "said"), [("runs", "runs"), ("sets", "parameter sets"), ("statements", "statements")]
)
def test_what_is_counted_is_named(clock, capsys, what, said):
    with terminal.progress("en", what) as report:
        clock[0] += 61
        report(3, 20)
    assert capsys.readouterr().err == f"Running: 3 of 20 {said}\n"
