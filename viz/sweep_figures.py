"""Figures of sweeps as pure functions: table -> figure. The tables come from `experiments.analysis`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from viz import theme
from viz.messages import bare_unit, say, step
from viz.numbers import number, people, tick

LARGE = ("people", "ties")
"""Units of numbers that are written in words: 3.2 million."""

CELLS_WITH_NUMBERS = 64
"""A heat map with more cells shows colours only."""


def pareto(table: pd.DataFrame, lang: str, narrow: bool = False, *, titled: bool = True) -> Figure:
    """Draw yen against lasting ties, and yen against load; what no other beats is filled and joined.

    Args:
        table: As `experiments.analysis.alternatives.front` returns it.
        lang: "ja" or "en".
        narrow: For a phone.
        titled: Whether the heading stands in the figure.
    """
    t = say(lang)
    load = next(name for name in table.columns if name not in _FRONT)
    with theme.style():
        figure, first = theme.blank(narrow, 1.6 if narrow else 1.0)
        first.remove()
        left, right = figure.subplots(2, 1) if narrow else figure.subplots(1, 2)
        _front(left, table, "lasting_ties", "ties_front", theme.BLUE)
        _front(right, table, load, "load_front", theme.ORANGE)
        left.set_ylabel(t("axis lasting"))
        right.set_ylabel(t("axis host use"))
        left.yaxis.set_major_formatter(FuncFormatter(lambda v, _: tick(v, lang)))
        for ax in (left, right):
            ax.set_xlabel(t("axis yen year"))
            ax.xaxis.set_major_locator(MaxNLocator(4))
            ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{v:,.10g}"))
        theme.title(figure, t("title pareto") if titled else "")
    return figure


_FRONT = ("alternative", "yen_total", "lasting_ties", "ties_front", "load_front")


def indices(table: pd.DataFrame, title: str, lang: str, narrow: bool = False) -> Figure:
    """Draw Sobol' indices of one scenario as bars with intervals: alone, and with others.

    Args:
        table: factor, first, first_low, first_high, total, total_low, total_high.
        title: Heading.
        lang: "ja" or "en".
        narrow: For a phone.
    """
    t = say(lang)
    rows = table.sort_values("total")
    with theme.style():
        figure, ax = theme.blank(narrow, 0.55 + 0.1 * len(rows))
        y = np.arange(len(rows))
        for name, shift, color, key in (
            ("first", 0.2, theme.BASE, "alone"),
            ("total", -0.2, theme.BLUE, "total"),
        ):
            _bars(
                ax,
                y + shift,
                100.0 * rows[[name, f"{name}_low", f"{name}_high"]].to_numpy(),
                color,
                t(f"analysis sobol {key}"),
            )
        ax.set_yticks(y, list(rows["factor"]), color=theme.INK)
        ax.grid(axis="y", visible=False)
        ax.set_xlabel(t("axis share of variance"))
        figure.legend(loc="outside lower center", ncols=2)
        theme.title(figure, title)
    return figure


def elementary(table: pd.DataFrame, title: str, unit: str, lang: str, narrow: bool = False) -> Figure:
    """Draw Morris' effects of one scenario as bars with intervals: factor, effect, low, high."""
    rows = table.sort_values("effect")
    with theme.style():
        figure, ax = theme.blank(narrow, 0.5 + 0.08 * len(rows))
        y = np.arange(len(rows))
        _bars(ax, y, rows[["effect", "low", "high"]].to_numpy(), theme.BLUE, "", 0.6)
        ax.set_yticks(y, list(rows["factor"]), color=theme.INK)
        ax.grid(axis="y", visible=False)
        ax.set_xlabel(say(lang)("axis effect", unit=unit))
        theme.title(figure, title)
    return figure


def tornado(table: pd.DataFrame, title: str, unit: str, lang: str, narrow: bool = False) -> Figure:
    """Draw what each factor does from one end to the other, the largest swing on top, with intervals.

    Args:
        table: Of one scenario, as `experiments.analysis.sensitivity.swings` returns it.
        title: Heading.
        unit: Of the difference.
        lang: "ja" or "en".
        narrow: For a phone.
    """
    rows = table[::-1]
    with theme.style():
        figure, ax = theme.blank(narrow, 0.5 + 0.09 * len(rows))
        y = np.arange(len(rows))
        for at, row in zip(y, rows.to_dict("records"), strict=True):
            color = theme.BLUE if row["difference"] >= 0 else theme.ORANGE
            _bars(
                ax, np.array([at]), np.array([[row["difference"], row["low"], row["high"]]]), color, "", 0.55
            )
        ax.axvline(0.0, color=theme.INK, linewidth=1.2, zorder=1)
        labels = [f"{r['factor']}\n{_word(r['from'])} → {_word(r['to'])}" for r in rows.to_dict("records")]
        ax.set_yticks(y, labels, color=theme.INK)
        ax.grid(axis="y", visible=False)
        ax.margins(y=0.12)
        large = unit in LARGE
        ax.xaxis.set_major_locator(MaxNLocator(3 if narrow else 6))
        ax.xaxis.set_major_formatter(
            FuncFormatter(lambda v, _: people(v, lang, True) if large else f"{v:+,.10g}")
        )
        key = "axis swing short" if narrow else "axis swing"
        ax.set_xlabel(say(lang)(key, unit=bare_unit(step(unit, lang), lang)))
        theme.title(figure, title)
    return figure


def heat(
    table: pd.DataFrame, title: str, digits: int, lang: str, narrow: bool = False, *, unit: str = ""
) -> Figure:
    """Draw a figure over two factors: rows and columns as `experiments.analysis.sensitivity.heat` returns them.

    Counts of people and ties (`unit`) are written in short words.
    """

    def written(value: float) -> str:
        return people(value, lang) if unit in LARGE else number(value, digits, lang)

    values = table.to_numpy(dtype=np.float64)
    with theme.style():
        figure, ax = theme.blank(narrow)
        picture = ax.pcolormesh(values, cmap=theme.SEQUENTIAL, edgecolors="white", linewidth=1.5)
        ax.set_xticks(np.arange(values.shape[1]) + 0.5, [_word(v) for v in table.columns])
        ax.set_yticks(np.arange(values.shape[0]) + 0.5, [_word(v) for v in table.index])
        ax.set_xlabel(str(table.columns.name))
        ax.set_ylabel(str(table.index.name))
        ax.grid(visible=False)
        figure.colorbar(
            picture,
            ax=ax,
            format=FuncFormatter(lambda v, _: tick(v, lang) if unit in LARGE else f"{v:,.10g}"),
        )
        if values.size <= CELLS_WITH_NUMBERS:
            middle = 0.5 * (np.nanmin(values) + np.nanmax(values))
            for (row, column), value in np.ndenumerate(values):
                color = "white" if value > middle else theme.INK
                ax.text(
                    column + 0.5,
                    row + 0.5,
                    written(float(value)),
                    fontsize=9 if narrow else None,
                    ha="center",
                    va="center",
                    color=color,
                )
        theme.title(figure, title)
    return figure


def ranks(table: pd.DataFrame, labels: Sequence[str], lang: str, narrow: bool = False) -> Figure:
    """Draw how often each alternative takes each rank.

    Args:
        table: alternative, rank, share; the best alternative first.
        labels: What people read for each alternative, in that order.
        lang: "ja" or "en".
        narrow: For a phone.
    """
    t = say(lang)
    order = list(dict.fromkeys(table["alternative"]))
    with theme.style():
        figure, ax = theme.blank(narrow, 0.5 + 0.09 * len(order))
        wide = table.pivot_table(index="alternative", columns="rank", values="share").loc[order[::-1]]
        values = 100.0 * wide.to_numpy()
        ax.pcolormesh(values, cmap=theme.SEQUENTIAL, vmin=0, vmax=100, edgecolors="white", linewidth=1.5)
        if values.size <= CELLS_WITH_NUMBERS:
            for (row, column), value in np.ndenumerate(values):
                color = "white" if value > 50 else theme.INK
                ax.text(
                    column + 0.5,
                    row + 0.5,
                    number(float(value), 0, lang),
                    ha="center",
                    va="center",
                    color=color,
                )
        ax.set_xticks(np.arange(values.shape[1]) + 0.5, [str(r) for r in wide.columns])
        ax.set_yticks(np.arange(len(order)) + 0.5, list(labels)[::-1], color=theme.INK)
        ax.grid(visible=False)
        ax.set_xlabel(f"{t('axis rank')} – {t('axis rank share')}")
        theme.title(figure, t("title ranks"))
    return figure


def _front(ax: Axes, table: pd.DataFrame, name: str, on: str, color: str) -> None:
    best = table[table[on]].sort_values("yen_total")
    ax.plot(best["yen_total"], best[name], color=color, linewidth=1.6, zorder=2)
    ax.scatter(best["yen_total"], best[name], color=color, s=70, zorder=3)
    rest = table[~table[on]]
    ax.scatter(
        rest["yen_total"],
        rest[name],
        facecolors="white",
        edgecolors=theme.BASE,
        s=55,
        linewidths=1.6,
        zorder=3,
    )
    ax.margins(0.12)


def _bars(ax: Axes, y: np.ndarray, values: np.ndarray, color: str, label: str, height: float = 0.36) -> None:
    middle, low, high = values.T
    arms = np.nan_to_num(np.vstack([middle - low, high - middle])).clip(min=0.0)
    ax.barh(y, middle, height=height, color=color, label=label or None, zorder=2)
    ax.errorbar(middle, y, xerr=arms, fmt="none", ecolor=theme.INK, elinewidth=1.4, capsize=3, zorder=3)


def _word(value: object) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)
