"""Maps of Japan: coloured areas where there are borders, dots where there are none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import PathCollection
from matplotlib.colors import Colormap, LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.path import Path

from sim.places import Places
from viz import theme
from viz.messages import say

MAIN = ((128.3, 146.2), (30.0, 45.8))
"""Longitudes and latitudes of the main map; far islands lie outside."""
SOUTH = ((126.4, 128.7), (25.8, 27.2))
SOUTH_CODE = "47"
NO_VALUE = "#eceff1"


def place_map(
    values: pd.DataFrame,
    places: Places,
    shapes: Mapping[str, Any] | None,
    lang: str,
    difference: bool,
    narrow: bool = False,
) -> Figure:
    """Draw one value a place.

    Args:
        values: code, mean: ties for 10,000 adults of the place, or a difference of it.
        places: Where the places lie.
        shapes: GeoJSON with a code on every feature; None for dots.
        lang: "ja" or "en".
        difference: Colours are centred on zero; otherwise they rise from the smallest value.
        narrow: For a phone.
    """
    t = say(lang)
    colors = dict(zip(values["code"].astype(str), values["mean"].astype(float), strict=True))
    norm, palette = _scale(np.array(list(colors.values())), difference)
    with theme.style():
        figure, ax = theme.blank(narrow, 1.15 if narrow else 1.4, width=0.75)
        if shapes is None:
            _dots(ax, places, colors, norm, palette, lang)
        else:
            _areas(ax, shapes, colors, norm, palette)
            _frame(ax, MAIN)
            if any(code.startswith(SOUTH_CODE) for code in colors):
                inset = ax.inset_axes((0.04, 0.63, 0.3, 0.26))
                _areas(inset, shapes, colors, norm, palette, SOUTH_CODE)
                _frame(inset, SOUTH)
                inset.set_title(t("okinawa"), fontsize=11, color=theme.QUIET, pad=3)
                for side in inset.spines.values():
                    side.set(visible=True, color=theme.LINE)
        bar = figure.colorbar(
            ScalarMappable(norm, palette),
            ax=ax,
            orientation="horizontal",
            fraction=0.045,
            pad=0.02,
            aspect=32,
        )
        bar.outline.set_visible(False)
        bar.set_label(t("axis map difference" if difference else "axis map"))
        theme.title(figure, t("title map difference" if difference else "title map"))
    return figure


def _scale(values: np.ndarray, difference: bool) -> tuple[Normalize, Colormap]:
    known = values[np.isfinite(values)]
    if not len(known):
        return Normalize(-1, 1), _diverging()
    if difference:
        # One extreme place must not wash out the others.
        top = max(float(np.quantile(np.abs(known), 0.98)), 1e-9)
        return Normalize(-top, top), _diverging()
    return Normalize(0.0, max(float(np.quantile(known, 0.98)), 1e-9)), colormaps[theme.SEQUENTIAL]


def _diverging() -> Colormap:
    return LinearSegmentedColormap.from_list("difference", theme.DIVERGING)


def _areas(
    ax: Axes, shapes: Mapping[str, Any], colors: Mapping[str, float], norm: Normalize, palette: Colormap,
    start: str = "",
) -> None:  # fmt: skip
    paths, faces = [], []
    for feature in shapes["features"]:
        code = code_of(feature)
        if not code.startswith(start):
            continue
        value = colors.get(code, np.nan)
        paths.append(_path(feature["geometry"]))
        faces.append(palette(norm(value)) if np.isfinite(value) else NO_VALUE)
    line = 0.5 if len(paths) < 200 else 0.15
    ax.add_collection(PathCollection(paths, facecolors=faces, edgecolors="#8b949c", linewidths=line))


def _dots(
    ax: Axes, places: Places, colors: Mapping[str, float], norm: Normalize, palette: Colormap, lang: str
) -> None:
    size = 80 + 1500 * np.sqrt(places.adults / max(float(places.adults.max()), 1.0))
    shades = [palette(norm(v)) if np.isfinite(v := colors.get(c, np.nan)) else NO_VALUE for c in places.code]
    ax.scatter(places.lon, places.lat, s=size, c=shades, edgecolors="#8b949c", linewidths=1)
    if len(places) <= 20:
        names = places.name_ja if lang == "ja" else places.name_en
        for name, x, y, area in zip(names, places.lon, places.lat, size, strict=True):
            beside = (float(np.sqrt(area / np.pi)) + 3, 0)
            ax.annotate(name, (x, y), xytext=beside, textcoords="offset points", va="center", fontsize=12)
    ax.margins(0.2)
    ax.set_aspect(_aspect(float(places.lat.mean())), adjustable="datalim")
    _bare(ax)


def _frame(ax: Axes, window: tuple[tuple[float, float], tuple[float, float]]) -> None:
    (west, east), (south, north) = window
    ax.set_xlim(west, east)
    ax.set_ylim(south, north)
    ax.set_aspect(_aspect((south + north) / 2))
    _bare(ax)


def _bare(ax: Axes) -> None:
    ax.set_xticks([])
    ax.set_yticks([])
    ax.grid(visible=False)
    for side in ax.spines.values():
        side.set_visible(False)


def _aspect(lat: float) -> float:
    return float(1.0 / np.cos(np.radians(lat)))


def code_of(feature: Mapping[str, Any]) -> str:
    """Return the code of the place that a feature outlines."""
    about = feature.get("properties") or {}
    return str(about.get("code") or feature.get("id") or "")


def _path(geometry: Mapping[str, Any]) -> Path:
    return Path.make_compound_path(*(Path(np.asarray(ring)[:, :2], closed=True) for ring in _rings(geometry)))


def _rings(geometry: Mapping[str, Any]) -> Iterator[Any]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        yield from polygon
