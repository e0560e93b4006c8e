"""Small widgets drawn by the browser. Their scripts lie in `static/` and come from this server alone."""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets

from viz.theme import DIVERGING

DARK_DIVERGING = ("#ffb27a", "#b5591f", "#2c363f", "#2f7db5", "#9fd3f7")


def _script(name: str) -> str:
    """Return the module that loads a script from this server, so that browsers keep it.

    It is loaded when the widget is drawn: anywidget gives up on a module that is not there after two seconds, which a
    phone on a slow network may need.
    """
    return (
        "const root = (window.solara && window.solara.rootPath) || '';"
        f"const load = () => import(`${{location.origin}}${{root}}/static/assets/{name}.js`);"
        "export default {render: async (view) => (await load()).default.render(view)};"
    )


class Bridge(anywidget.AnyWidget):
    """What only the browser can do: address, language, clipboard, Ctrl-Z."""

    _esm = _script("bridge")
    query = traitlets.Unicode("").tag(sync=True)
    lang = traitlets.Unicode("ja").tag(sync=True)
    mode = traitlets.Unicode("").tag(sync=True)
    copy = traitlets.Unicode("").tag(sync=True)
    copied = traitlets.Int(0).tag(sync=True)
    pressed = traitlets.Dict().tag(sync=True)
    origin = traitlets.Unicode("").tag(sync=True)


class Levers(anywidget.AnyWidget):
    """Sliders with a mark at today's level."""

    _esm = _script("levers")
    spec: Any = traitlets.List().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    notes = traitlets.Dict().tag(sync=True)
    moved = traitlets.Dict().tag(sync=True)


class FanChart(anywidget.AnyWidget):
    """Two curves with bands over months: six rows of float32 (base mean, low, high; other mean, low, high)."""

    _esm = _script("fan")
    data = traitlets.Bytes(b"").tag(sync=True)
    months = traitlets.Int(0).tag(sync=True)
    shown = traitlets.Int(0).tag(sync=True)
    labels: Any = traitlets.List().tag(sync=True)
    unit = traitlets.Unicode("").tag(sync=True)
    axis = traitlets.Unicode("").tag(sync=True)
    when = traitlets.Unicode("").tag(sync=True)
    alt = traitlets.Unicode("").tag(sync=True)
    lang = traitlets.Unicode("ja").tag(sync=True)
    stage = traitlets.Unicode("").tag(sync=True)
    digits = traitlets.Int(0).tag(sync=True)
    height = traitlets.Int(340).tag(sync=True)
    rev = traitlets.Int(0).tag(sync=True)


class Atlas(anywidget.AnyWidget):
    """The map: float32 differences by month and place, and the film of monthly flows between areas."""

    _esm = _script("atlas")
    table = traitlets.Unicode("").tag(sync=True)
    codes: Any = traitlets.List().tag(sync=True)
    names: Any = traitlets.List().tag(sync=True)
    lat: Any = traitlets.List().tag(sync=True)
    lon: Any = traitlets.List().tag(sync=True)
    adults: Any = traitlets.List().tag(sync=True)
    areas: Any = traitlets.List().tag(sync=True)
    area_at: Any = traitlets.List().tag(sync=True)
    area_letters = traitlets.Int(0).tag(sync=True)
    values = traitlets.Bytes(b"").tag(sync=True)
    step = traitlets.Int(1).tag(sync=True)
    months = traitlets.Int(1).tag(sync=True)
    top = traitlets.Float(1.0).tag(sync=True)
    flows = traitlets.Bytes(b"").tag(sync=True)
    tired = traitlets.Bytes(b"").tag(sync=True)
    hosts = traitlets.Bytes(b"").tag(sync=True)
    people = traitlets.Float(1.0).tag(sync=True)
    palettes = traitlets.Dict({"light": [*DIVERGING], "dark": [*DARK_DIVERGING]}).tag(sync=True)
    texts = traitlets.Dict().tag(sync=True)
    alt = traitlets.Unicode("").tag(sync=True)
    lang = traitlets.Unicode("ja").tag(sync=True)
    height = traitlets.Int(520).tag(sync=True)
    selected = traitlets.Unicode("").tag(sync=True)
    rev = traitlets.Int(0).tag(sync=True)


class HostField(anywidget.AnyWidget):
    """Hosts of a place as dots: float32 rows of load, exhaustion, ties, and whether they have gone."""

    _esm = _script("field")
    data = traitlets.Bytes(b"").tag(sync=True)
    slots = traitlets.Int(0).tag(sync=True)
    texts = traitlets.Dict().tag(sync=True)
    alt = traitlets.Unicode("").tag(sync=True)
    lang = traitlets.Unicode("ja").tag(sync=True)
    rev = traitlets.Int(0).tag(sync=True)


class Choice(anywidget.AnyWidget):
    """Native fields in a row: choices, numbers and texts; `changed` names the field and its new value."""

    _esm = _script("choice")
    fields: Any = traitlets.List().tag(sync=True)
    changed = traitlets.Dict().tag(sync=True)


class Timer(anywidget.AnyWidget):
    """Counts down to the end of a round."""

    _esm = _script("timer")
    ends = traitlets.Float(0.0).tag(sync=True)
