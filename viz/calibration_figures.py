"""Figures of the calibration as pure functions: table -> figure."""

from __future__ import annotations

import textwrap

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from sim.parameters import records
from viz import theme
from viz.messages import say

PAIRS = 6
"""Parameters of a pairs plot: those with the closest ties to another."""

LETTERS = {"ja": 28, "en": 48}
"""Letters of a line of words beside a pairs plot."""


def targets(table: pd.DataFrame, world: str, lang: str) -> Figure:
    """Draw where the model lies in each target's tolerance: id, value, low, high, model, model_low, model_high."""
    t = say(lang)
    return _in_tolerances(
        table, ("model", "model_low", "model_high"), t("calibration title targets", world=world),
        t("calibration model"), lang,
    )  # fmt: skip


def left_out(table: pd.DataFrame, world: str, lang: str) -> Figure:
    """Draw what the other targets say about each: id, value, low, high, foretold, foretold_low, foretold_high."""
    t = say(lang)
    return _in_tolerances(
        table, ("foretold", "foretold_low", "foretold_high"), t("calibration title left", world=world),
        t("calibration foretold"), lang,
    )  # fmt: skip


def ranges(members: pd.DataFrame, world: str, lang: str) -> Figure:
    """Draw the middle 90% of the members within the plausible range of each parameter, narrow ones on top.

    Args:
        members: One row a member, a column a parameter path.
        world: Wave of the survey.
        lang: "ja" or "en".
    """
    ends = {p: (records()[p].low, records()[p].high) for p in map(str, members)}
    low, middle, high = (
        np.array([100.0 * (members[p].quantile(q) - a) / (b - a) for p, (a, b) in ends.items()])
        for q in (0.05, 0.5, 0.95)
    )
    rows = np.argsort(low - high)
    t = say(lang)
    with theme.style():
        figure, ax = theme.blank(height=0.4 + 0.075 * len(rows), width=1.15)
        y = np.arange(len(rows))
        ax.barh(y, 100.0, color="#eef1f4", height=0.62, zorder=1)
        ax.barh(y, (high - low)[rows], left=low[rows], color=theme.BLUE, height=0.62, zorder=2)
        ax.scatter(middle[rows], y, color="white", s=26, zorder=3)
        ax.set_yticks(y, [_meaning(list(members)[i], lang) for i in rows], color=theme.INK, fontsize=11)
        ax.set_xlim(0, 100)
        ax.grid(axis="y", visible=False)
        ax.set_xlabel(t("calibration axis ranges"))
        theme.title(figure, t("calibration title ranges", world=world))
    return figure


def pairs(members: pd.DataFrame, world: str, lang: str) -> Figure:
    """Draw the parameters that balance each other closest, each pair against each other; the median member in orange.

    Args:
        members: One row a member, a column a parameter path; the median member first.
        world: Wave of the survey.
        lang: "ja" or "en".
    """
    close = members.corr("spearman").abs().to_numpy()
    np.fill_diagonal(close, 0.0)
    chosen = [list(members)[i] for i in np.sort(np.argsort(-close.max(axis=1))[:PAIRS])]
    with theme.style():
        figure = theme.blank(height=2.1, width=1.25)[0]
        figure.clear()
        grid = figure.subplots(len(chosen), len(chosen))
        for i, down in enumerate(chosen):
            for j, across in enumerate(chosen):
                ax = grid[i, j]
                if j > i:
                    ax.set_axis_off()
                    continue
                if i == j:
                    ax.hist(members[across], bins=14, color=theme.BASE)
                    ax.set_yticks([])
                else:
                    ax.scatter(members[across], members[down], s=9, color=theme.BLUE, alpha=0.6)
                    ax.scatter(members[across][0], members[down][0], s=48, color=theme.ORANGE, zorder=3)
                ax.tick_params(labelsize=9, labelleft=j == 0 and i > 0, labelbottom=i == len(chosen) - 1)
                ax.xaxis.set_major_locator(MaxNLocator(3))
                if i != j:
                    ax.yaxis.set_major_locator(MaxNLocator(3))
                if i == len(chosen) - 1:
                    ax.set_xlabel(str(j + 1), fontsize=13)
                if j == 0:
                    ax.set_ylabel(str(i + 1), fontsize=13, rotation=0, labelpad=14)
        words = [
            textwrap.fill(f"{i + 1}  {_meaning(path, lang)}", LETTERS[lang], subsequent_indent="    ")
            for i, path in enumerate(chosen)
        ]
        words += ["", say(lang)("calibration pairs note")]
        figure.text(0.55, 0.93, "\n".join(words), ha="left", va="top", fontsize=12, linespacing=1.6)
        theme.title(figure, say(lang)("calibration title pairs", world=world, members=len(members)))
    return figure


def _in_tolerances(
    table: pd.DataFrame, columns: tuple[str, str, str], title: str, label: str, lang: str
) -> Figure:
    t, rows = say(lang), table.iloc[::-1]
    half = (rows["high"] - rows["value"]).to_numpy()
    middle, low, high = ((rows[c].to_numpy() - rows["value"].to_numpy()) / half for c in columns)
    with theme.style():
        figure, ax = theme.blank(height=0.4 + 0.072 * len(rows), width=1.1)
        y = np.arange(len(rows))
        ax.axvspan(-1.0, 1.0, color="#dcebf5", zorder=0, label=t("calibration band"))
        ax.axvline(0.0, color=theme.LINE, zorder=1)
        out = np.abs(middle) > 1.0
        for which, color in ((~out, theme.BLUE), (out, theme.ORANGE)):
            arms = np.vstack([middle - low, high - middle])[:, which].clip(min=0.0)
            ax.errorbar(
                middle[which], y[which], xerr=arms, fmt="o", color=color, elinewidth=2.2, markersize=6, zorder=3,
                label=label if color == theme.BLUE else None,
            )  # fmt: skip
        reach = max(2.0, float(np.nanmax(np.abs([low, high]))) * 1.05)
        ax.set_xlim(-reach, reach)
        ax.set_yticks(y, [t(f"target {name}") for name in rows["id"]], color=theme.INK, fontsize=11)
        ax.grid(axis="y", visible=False)
        ax.set_xlabel(t("calibration axis targets"))
        figure.legend(loc="outside lower center", ncols=2)
        theme.title(figure, title)
    return figure


def _meaning(path: str, lang: str) -> str:
    record = records()[path]
    return record.ja if lang == "ja" else record.en
