"""The picture of a worked experiment, as a pure function: its table -> figure."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from viz import theme
from viz.messages import bare_unit, say
from viz.numbers import number, people

LETTERS = {"ja": 20, "en": 36}
"""Letters of a label in a line."""

TITLE_LETTERS = {"ja": 44, "en": 78}


def rows(
    name: str, table: pd.DataFrame, label: Callable[[str, str, str], str], lang: str, narrow: bool = False
) -> Figure:
    """Draw the first measure of an experiment: a dot and its 90% interval a row.

    Args:
        name: The experiment.
        table: row, measure, median, low, high, unit, n; the first row on top.
        label: Gives what people read for a row of an experiment.
        lang: "ja" or "en".
        narrow: For a phone.
    """
    t = say(lang)
    shown = table[table["measure"] == table["measure"].iloc[0]].iloc[::-1]
    unit = str(shown["unit"].iloc[0])
    labels = [textwrap.fill(label(name, row, lang), LETTERS[lang]) for row in shown["row"]]
    with theme.style():
        figure, ax = theme.blank(narrow, 0.42 + 0.09 * len(shown))
        y = np.arange(len(shown))
        middle, low, high = (shown[column].to_numpy(np.float64) for column in ("median", "low", "high"))
        arms = np.nan_to_num(np.vstack([middle - low, high - middle])).clip(min=0.0)
        ax.errorbar(
            middle, y, xerr=arms, fmt="o", color=theme.BLUE, ecolor=theme.BLUE, markersize=9, elinewidth=2.4, capsize=4
        )  # fmt: skip
        ax.axvline(0.0, color=theme.QUIET, linewidth=1.2, zorder=1)
        ax.set_yticks(y, labels, color=theme.INK)
        ax.set_ylim(-0.6, len(shown) - 0.4)
        ax.grid(axis="y", visible=False)
        ax.xaxis.set_major_locator(MaxNLocator(6))
        ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: _tick(v, unit, lang)))
        ax.set_xlabel(
            t(f"experiment {name} axis", unit=bare_unit(unit, lang))
            + "\n"
            + t("experiment intervals", n=int(shown["n"].max()))
        )
        theme.title(figure, textwrap.fill(t(f"experiment {name} question"), TITLE_LETTERS[lang]))
    return figure


def _tick(value: float, unit: str, lang: str) -> str:
    return (
        people(value, lang).replace(".0", "")
        if unit in ("ties", "people")
        else number(value, 0 if value == int(value) else 1, lang)
    )
