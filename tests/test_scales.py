"""Runs of one scale against runs of another."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from experiments.intervals import student_t
from experiments.scales import Scale, difference, main, table


def scale(name: str, weight: float, *shares: float) -> Scale:
    return Scale(name, weight, pd.DataFrame({"visiting_share": shares}))


REFERENCE = scale("a", 1000.0, 17.0, 18.0, 19.0)


def test_difference_of_two_samples_is_that_of_their_means_with_both_spreads():
    mean, low, high = difference(REFERENCE, scale("b", 100.0, 20.0, 20.2, 20.4), "visiting_share")
    assert mean == pytest.approx(2.2)
    half = student_t(0.9, 2) * np.sqrt(1.0 / 3 + 0.04 / 3)
    assert (low, high) == pytest.approx((2.2 - half, 2.2 + half))


def test_single_run_has_the_spread_of_the_reference_less_the_root_of_its_agents():
    mean, low, high = difference(REFERENCE, scale("b", 10.0, 20.0), "visiting_share")
    half = student_t(0.9, 2) * np.sqrt(1.0 / 3 + 0.01)
    assert (mean, low, high) == pytest.approx((2.0, 2.0 - half, 2.0 + half))


def test_a_star_marks_what_differs():
    same, other = scale("b", 1000.0, 17.5, 18.0, 18.6), scale("c", 1000.0, 27.0, 28.0, 29.0)
    cells = table([REFERENCE, same, other]).splitlines()[2].split("|")[3:5]
    assert ["*" in cell for cell in cells] == [False, True]


def test_what_differs_by_less_than_a_digit_has_no_star_and_no_sign():
    close = scale("b", 1000.0, *(v - 1e-9 for v in (17.0, 18.0, 19.0)))
    one = scale("a", 1000.0, 18.0 + 1e-12, 18.0, 18.0 - 1e-12)
    assert (
        table([one, scale("c", 1000.0, 18.0 - 1e-9, 18.0 - 1e-9)])
        .splitlines()[2]
        .endswith("+0.000 (+0.000 to +0.000) |")
    )
    assert "*" not in table([REFERENCE, close])


def test_folder_that_is_none_is_refused_in_a_sentence(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["scales", str(tmp_path)])
    assert main() == 2
    assert str(tmp_path) in capsys.readouterr().err
