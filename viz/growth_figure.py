"""The figure of how cost grows: months against people, places, ties and threads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from viz import theme
from viz.messages import Say, say
from viz.numbers import tick

Row = Mapping[str, Any]


def draw(found: Mapping[str, Any], lang: str) -> Figure:
    """Draw the four series, with 90% intervals and the line fitted to people.

    Args:
        found: As `experiments.bench.growth.growth` returns it.
        lang: "ja" or "en".
    """
    t = say(lang)
    with theme.style():
        figure, first = theme.blank(height=2.2)
        first.remove()
        grid = figure.add_gridspec(3, 2)
        _people(figure.add_subplot(grid[0, :]), found, t, lang)
        _places(figure.add_subplot(grid[1, 0]), found["places"], t)
        _cost(figure.add_subplot(grid[1, 1]), found["ties"], "ties", t)
        _threads(figure.add_subplot(grid[2, 0]), found["threads"], t)
        _memory(figure.add_subplot(grid[2, 1]), found["people"], t, lang)
        theme.title(figure, t("title growth"))
    return figure


def _people(ax: Axes, found: Mapping[str, Any], t: Say, lang: str) -> None:
    """Draw seconds a month against people, on logarithmic axes, with the line of exponent 1 through the last point."""
    rows = found["people"]
    x, y = [r["people"] for r in rows], [r["seconds"] for r in rows]
    ax.errorbar(x, y, _bars(rows), fmt="o", color=theme.BLUE, label=t("growth months"), capsize=3)
    last = found["people"][-1]
    ends = np.array([found["people"][0]["people"], last["people"]])
    line = last["seconds"] * ends / last["people"]
    ax.plot(ends, line, color=theme.BASE, lw=1.2, ls="--", label=t("growth line"))
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: tick(v, lang)))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{v:,.10g}"))
    ax.set_xlabel(t("axis growth people"))
    ax.set_ylabel(t("axis growth seconds"))
    slope, low, high = found["exponent"]
    ax.set_title(t("growth exponent", slope=f"{slope:.2f}", low=f"{low:.2f}", high=f"{high:.2f}"))
    ax.legend(loc="upper left", fontsize=10.5)


def _places(ax: Axes, rows: Sequence[Row], t: Say) -> None:
    """Draw nanoseconds a person and month against places, whose numbers are marked as they are."""
    _cost(ax, rows, "places", t)
    ax.set_xscale("log")
    ax.set_xticks([r["places"] for r in rows], [f"{r['places']:,}" for r in rows])
    ax.xaxis.set_minor_formatter(NullFormatter())
    ax.tick_params(axis="x", which="minor", length=0)


def _threads(ax: Axes, rows: Sequence[Row], t: Say) -> None:
    """Draw seconds a month, by the clock on the wall, as bars by threads."""
    names = [str(r["threads"]) for r in rows]
    ax.bar(
        names,
        [r["seconds"] for r in rows],
        0.5,
        yerr=_bars(rows),
        color=theme.BLUE,
        capsize=3,
        ecolor=theme.INK,
    )
    ax.grid(axis="x", visible=False)
    ax.set_xlabel(t("axis growth threads"))
    ax.set_ylabel(t("axis growth seconds"))
    ax.set_title(t("growth threads", people=f"{rows[0]['people']:,}"))


def _cost(ax: Axes, rows: Sequence[Row], name: str, t: Say) -> None:
    """Draw nanoseconds a person and month against places or ties."""
    scale = [1e9 / r["people"] for r in rows]
    bars = np.array(_bars(rows)) * scale
    ax.errorbar(
        [r[name] for r in rows], [r["ns"] for r in rows], bars, fmt="o-", lw=1.4, color=theme.BLUE, capsize=3
    )
    ax.set_ylim(bottom=0.0)
    ax.set_xlabel(t(f"axis growth {name}"))
    ax.set_ylabel(t("axis growth ns"))
    ax.set_title(t(f"growth {name}", people=f"{rows[0]['people']:,}"))


def _memory(ax: Axes, rows: Sequence[Row], t: Say, lang: str) -> None:
    """Draw bytes a person against people: all, and the people's own."""
    x = [r["people"] for r in rows]
    ax.plot(x, [r["bytes"] for r in rows], "o-", lw=1.4, color=theme.BLUE, label=t("growth all bytes"))
    ax.plot(
        x, [r["bytes_people"] for r in rows], "--", lw=1.4, color=theme.BASE, label=t("growth people bytes")
    )
    ax.set_xscale("log")
    ax.xaxis.set_major_locator(LogLocator(100.0))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: tick(v, lang)))
    ax.set_ylim(0.0, 1.15 * max(r["bytes"] for r in rows))
    ax.set_xlabel(t("axis growth people"))
    ax.set_ylabel(t("axis growth bytes"))
    ax.set_title(t("growth memory"))
    ax.legend(loc="lower right", fontsize=10.5)


def _bars(rows: Sequence[Row]) -> list[list[float]]:
    """Return how far intervals reach below and above the medians."""
    down = [(r["seconds"] - r["low"]) for r in rows]
    return [down, [(r["high"] - r["seconds"]) for r in rows]]
