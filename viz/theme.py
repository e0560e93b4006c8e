"""Colours, sizes and the Japanese font of all figures, and how a figure becomes a file.

matplotlib is imported here and in `viz.figures*` only, and nothing is registered before a figure is drawn.
"""

from __future__ import annotations

import base64
import importlib.util
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

INK = "#1f2933"
QUIET = "#5f6b76"
LINE = "#d5dbe1"
BASE = "#7a8692"
BLUE = "#0b6fb8"
ORANGE = "#d55e00"
TYPES = {
    "ties_hobby": "#e69f00",
    "ties_exchange": "#009e73",
    "ties_work": "#8c5fa8",
    "ties_direct": "#0b6fb8",
    "ties_online": "#7a8692",
}
DIVERGING = ("#a84300", "#ee9d5f", "#f6f5f3", "#7db4dc", "#0a4f87")
"""From orange below zero to blue above: told apart with any colour vision, and as better and worse elsewhere."""
SEQUENTIAL = "YlGnBu"

WIDE = (9.0, 4.8)
NARROW = (4.6, 5.0)

_STYLE: dict[Any, Any] = {
    "font.size": 12.5,
    "axes.titlesize": 13,
    "axes.titleweight": "normal",
    "axes.titlelocation": "left",
    "axes.titlepad": 6,
    "axes.labelsize": 12.5,
    "axes.labelcolor": QUIET,
    "axes.edgecolor": LINE,
    "axes.linewidth": 1.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.unicode_minus": False,
    "grid.color": "#e9edf0",
    "grid.linewidth": 0.9,
    "xtick.color": LINE,
    "ytick.color": LINE,
    "xtick.labelcolor": QUIET,
    "ytick.labelcolor": QUIET,
    "xtick.labelsize": 12,
    "ytick.labelsize": 12,
    "text.color": INK,
    "lines.linewidth": 2.4,
    "legend.frameon": False,
    "legend.fontsize": 12,
    "svg.fonttype": "path",
    "svg.hashsalt": "kakawari",
    "savefig.facecolor": "white",
}


@contextmanager
def style() -> Iterator[None]:
    """Draw in the house style with the packaged Japanese font; nothing outside is changed.

    One thread at a time: matplotlib's options belong to the process, and a second thread would put them back too early.
    """
    with _brush(), mpl.rc_context({**_STYLE, "font.family": [font()]}):
        yield


@cache
def _brush() -> threading.RLock:
    return threading.RLock()


def blank(narrow: bool = False, height: float = 1.0, width: float = 1.0) -> tuple[Figure, Axes]:
    """Return an empty figure with one pair of axes.

    Args:
        narrow: For a phone: less wide, so that the letters stay large.
        height: Factor on the height.
        width: Factor on the width, for screens only.
    """
    broad, tall = NARROW if narrow else (WIDE[0] * width, WIDE[1])
    figure = Figure(figsize=(broad, tall * height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure, figure.add_subplot()


def title(figure: Figure, text: str) -> None:
    """Put a title at the left edge of the figure, where a long one has room."""
    figure.suptitle(text, fontsize=15, x=0.012, ha="left", color=INK)


def svg(figure: Figure) -> str:
    """Return the figure as SVG text, the same for the same figure."""
    buffer = io.StringIO()
    with style():
        _lay_out(figure)
        # Not `savefig`: it would draw everything once more before, for a layout that is already found.
        FigureCanvasSVG(figure).print_svg(buffer, metadata={"Date": None})
    return buffer.getvalue()


def _lay_out(figure: Figure) -> None:
    """Fix the layout, which `savefig` would otherwise find by drawing everything once more."""
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.execute(figure)
        figure.set_layout_engine("none")


def png(figure: Figure, dpi: int = 160) -> bytes:
    """Return the figure as PNG bytes."""
    buffer = io.BytesIO()
    with style():
        figure.savefig(buffer, format="png", dpi=dpi)
    return buffer.getvalue()


def data_uri(text: str) -> str:
    """Return SVG text as an address that needs no file: as an image, its ids cannot clash with others."""
    return "data:image/svg+xml;base64," + base64.b64encode(text.encode()).decode()


@cache
def font() -> str:
    """Return the name of the Japanese font, registered on the first call."""
    # The package sets global options when imported; only its font file is wanted.
    spec = importlib.util.find_spec("matplotlib_fontja")
    if spec is None or spec.origin is None:
        return "sans-serif"
    path = Path(spec.origin).parent / "fonts" / "ipaexg.ttf"
    font_manager.fontManager.addfont(str(path))
    return font_manager.FontProperties(fname=str(path)).get_name()
