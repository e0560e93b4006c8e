"""Figures as pure functions: table -> figure. The tables come from `experiments.summaries`.

Every function takes `labels` (scenario name -> what people read; the first is the base), `lang` and
`narrow` (for a phone), and gives back a matplotlib Figure that no global state knows of.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

from viz import theme
from viz.messages import say
from viz.numbers import number

Labels = Mapping[str, str]
TYPE_ORDER = ("ties_hobby", "ties_exchange", "ties_work", "ties_direct", "ties_online")


def ties_by_type(table: pd.DataFrame, labels: Labels, lang: str, narrow: bool = False) -> Figure:
    """Draw ties by type over the years, one small picture a type.

    Args:
        table: scenario, kind, month, mean, low, high; counts of real ties.
        labels: Scenario name -> label, the base first.
        lang: "ja" or "en".
        narrow: For a phone.
    """
    t = say(lang)
    with theme.style():
        figure, first = theme.blank(narrow, 1.5 if narrow else 1.15)
        first.remove()
        axes = figure.subplots(3, 2) if narrow else figure.subplots(2, 3)
        scale = _large(float(table["mean"].max()), lang)
        for ax, kind in zip(axes.flat, TYPE_ORDER, strict=False):
            rows = table[table["kind"] == kind]
            _curves(ax, rows, labels, "month", 12.0, scale, theme.TYPES[kind])
            ax.set_title(t(f"type {kind}"))
            ax.set_ylim(0, max(float(rows[["mean", "high"]].max().max()) / scale * 1.15, 1e-9))
            ax.yaxis.set_major_locator(MaxNLocator(4))
            ax.xaxis.set_major_locator(MaxNLocator(3 if narrow else 5, integer=True))
        _note(axes.flat[5], t("unit note ties"))
        figure.legend(handles=_keys(labels), loc="outside lower center", ncols=1 if narrow else 2)
        for ax in axes[-1] if narrow else (*axes[-1][:2], axes[0][-1]):
            ax.set_xlabel(t("axis years short"))
        figure.supylabel(
            t("axis ties large" if scale > 1.0 else "axis ties"), fontsize=12.5, color=theme.QUIET
        )
        theme.title(figure, t("title ties"))
    return figure


def persistence(table: pd.DataFrame, labels: Labels, lang: str, narrow: bool = False) -> Figure:
    """Draw the share of ties still alive by their age: scenario, age, mean, low, high (0-1)."""
    t = say(lang)
    with theme.style():
        figure, ax = theme.blank(narrow)
        _curves(ax, table, labels, "age", 1.0, 1.0, theme.BLUE, label=True)
        ax.set_ylim(0, 1)
        ax.set_xlim(0, max(12, float(table["age"].max())))
        ax.set_xticks(np.arange(0, table["age"].max() + 1, 12))
        ax.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0, symbol=""))
        for age in (12, 36):
            ax.axvline(age, color=theme.LINE, linewidth=1, linestyle=(0, (2, 3)), zorder=0)
        ax.set_xlabel(t("axis age"))
        ax.set_ylabel(t("axis alive"))
        theme.title(figure, t("title persistence"))
        ax.legend(loc="upper right")
    return figure


def load(table: pd.DataFrame, labels: Labels, lang: str, narrow: bool = False) -> Figure:
    """Draw hours a month of hosts in ten groups, least asked to most asked: scenario, tenth, mean, low, high."""
    t = say(lang)
    with theme.style():
        figure, ax = theme.blank(narrow)
        wide = 0.8 / len(labels)
        for at, (name, label) in enumerate(labels.items()):
            rows = table[table["scenario"] == name].sort_values("tenth")
            x = rows["tenth"] + (at - (len(labels) - 1) / 2) * wide
            color = _color(at, len(labels), theme.BLUE)
            ax.bar(x, rows["mean"], width=wide * 0.92, color=color, label=label, zorder=2)
            ax.errorbar(
                x, rows["mean"], yerr=_arms(rows), fmt="none", ecolor=theme.INK, elinewidth=1.2, zorder=3
            )
        ax.set_xticks(range(1, 11))
        ax.grid(axis="x", visible=False)
        ax.set_xlabel(t("axis tenths short" if narrow else "axis tenths"))
        ax.set_ylabel(t("axis host hours"))
        theme.title(figure, t("title load"))
        ax.legend(loc="upper left")
    return figure


def cost(table: pd.DataFrame, lang: str, narrow: bool = False) -> Figure:
    """Draw yen per lasting tie as dots with intervals.

    Args:
        table: label, mean, low, high (yen), in the order from top to bottom.
        lang: "ja" or "en".
        narrow: For a phone.
    """
    t = say(lang)
    scale = 1e4 if lang == "ja" else 1e3
    with theme.style():
        figure, ax = theme.blank(narrow, 0.62 if narrow else 0.6)
        y = np.arange(len(table))[::-1]
        x = table["mean"].to_numpy(dtype=np.float64) / scale
        colors = [theme.BASE, theme.BLUE, theme.ORANGE][: len(table)]
        ax.barh(y, np.nan_to_num(x), height=0.5, color=colors, alpha=0.9, zorder=2)
        ax.errorbar(
            x, y, xerr=_arms(table) / scale, fmt="none", ecolor=theme.INK, elinewidth=1.6, capsize=4, zorder=3
        )
        top = np.nanmax([np.nanmax(table[["mean", "high"]].to_numpy() / scale, initial=0.0), 1e-9])
        for here, value, high in zip(y, x, table["high"].to_numpy() / scale, strict=True):
            place = np.nanmax([0.0, value, high]) if np.isfinite(value) else 0.0
            text = number(float(value), 1, lang) + t("cost unit") if np.isfinite(value) else t("cannot tell")
            ax.annotate(
                text, (place, here), xytext=(9, 0), textcoords="offset points", va="center", fontsize=13, color=theme.INK
            )  # fmt: skip
        ax.set_yticks(y, list(table["label"]), fontsize=12.5, color=theme.INK)
        ax.set_xlim(
            min(0.0, float(np.nan_to_num(np.nanmin(x, initial=0.0)))), top * (1.5 if narrow else 1.25)
        )
        ax.set_ylim(-0.6, len(table) - 0.4)
        ax.grid(axis="y", visible=False)
        ax.set_xlabel(t("axis cost"))
        theme.title(figure, t("title cost"))
    return figure


def differences(table: pd.DataFrame, base: str, lang: str, narrow: bool = False) -> Figure:
    """Draw relative differences as dots with intervals.

    Args:
        table: label, mean, low, high (per cent of the base), good (1 better, -1 worse, 0 neither or not told
            apart from zero), in the order from top to bottom.
        base: Label of the scenario compared with.
        lang: "ja" or "en".
        narrow: For a phone.
    """
    t = say(lang)
    with theme.style():
        figure, ax = theme.blank(narrow, (0.55 if narrow else 0.4) + 0.09 * len(table))
        y = np.arange(len(table))[::-1]
        for kind, color, marker, fill in _KINDS:
            at = (table["good"] == kind).to_numpy()
            if not at.any():
                continue
            rows = table[at]
            face = color if fill else "white"
            ax.errorbar(
                rows["mean"], y[at], xerr=_arms(rows), fmt=marker, color=color, markerfacecolor=face,
                markersize=9, markeredgewidth=2, elinewidth=2.2, label=t(f"good {kind}"), zorder=3,
            )  # fmt: skip
        ax.axvline(0, color=theme.INK, linewidth=1.2, zorder=1)
        ax.set_yticks(y, list(table["label"]), color=theme.INK)
        _numbers_beside(ax, table, y, lang, narrow)
        ax.set_ylim(-0.6, len(table) - 0.4)
        ax.grid(axis="y", visible=False)
        ax.set_xlabel(t("axis relative short" if narrow else "axis relative", base=base))
        theme.title(figure, t("title differences", base=base))
        figure.legend(loc="outside lower center", ncols=1 if narrow else 3)
    return figure


_KINDS = (
    (1, theme.BLUE, "o", True),
    (-1, theme.ORANGE, "s", True),
    (0, theme.BASE, "D", False),
)
"""Better, worse, cannot tell: colour, marker, filled. Told apart without colour too."""


def _numbers_beside(ax: Axes, table: pd.DataFrame, y: np.ndarray, lang: str, narrow: bool) -> None:
    span = table[["mean", "low", "high"]].to_numpy(dtype=np.float64)
    low, high = np.nanmin(span, initial=0.0), np.nanmax(span, initial=0.0)
    room = max(high - low, 1e-6)
    # A phone has no room between the names and a long bar to the left: numbers then stand to the right.
    ax.set_xlim(
        low - (0.28 if low < 0 and not narrow else 0.08) * room, high + (0.55 if narrow else 0.28) * room
    )
    for here, ends in zip(y, span, strict=True):
        left = ends[0] < 0 and not narrow
        end = np.nanmin(ends) if left else np.nanmax(ends)
        text = number(float(ends[0]), 1, lang, sign=True) + "%"
        ax.annotate(
            text, (end, here), xytext=(-9 if left else 9, 0), textcoords="offset points",
            ha="right" if left else "left", va="center", fontsize=12, color=theme.INK,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
        )  # fmt: skip


def _curves(
    ax: Axes, table: pd.DataFrame, labels: Labels, x: str, x_scale: float, scale: float, color: str,
    label: bool = False,
) -> None:  # fmt: skip
    for at, (name, text) in enumerate(labels.items()):
        rows = table[table["scenario"] == name].sort_values(x)
        ink = _color(at, len(labels), color)
        dashes = (0, (4, 2)) if at == 0 and len(labels) > 1 else "-"
        where = rows[x] / x_scale
        ax.fill_between(where, rows["low"] / scale, rows["high"] / scale, color=ink, alpha=0.22, linewidth=0)
        ax.plot(where, rows["mean"] / scale, color=ink, linestyle=dashes, label=text if label else None)
    ax.margins(x=0)
    ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{v:,.10g}"))


def _keys(labels: Labels) -> list[Line2D]:
    """Legend entries for small pictures that each have a colour of their own."""
    dashed = len(labels) > 1
    return [
        Line2D(
            [],
            [],
            color=_color(at, len(labels), theme.INK),
            linestyle="--" if dashed and at == 0 else "-",
            label=text,
        )
        for at, text in enumerate(labels.values())
    ]


def _note(ax: Axes, text: str) -> None:
    ax.axis("off")
    ax.text(0.03, 0.05, text, transform=ax.transAxes, fontsize=11, color=theme.QUIET, va="bottom")


def _large(top: float, lang: str) -> float:
    """Return the step in which large counts are said: 10,000 in Japanese, a million in English."""
    step = 1e4 if lang == "ja" else 1e6
    return step if top >= 2 * step else 1.0


def _color(at: int, count: int, color: str) -> str:
    return theme.BASE if at == 0 and count > 1 else color


def _arms(rows: pd.DataFrame) -> np.ndarray:
    """Lengths of the arms of an interval; none where there is no interval."""
    down = (rows["mean"] - rows["low"]).to_numpy(dtype=np.float64)
    up = (rows["high"] - rows["mean"]).to_numpy(dtype=np.float64)
    return np.nan_to_num(np.vstack([down, up])).clip(min=0.0)
