"""For notebooks: ask a scenario, and the answer shows itself; draw a model that has run.

`answer = ask("baseline", "both")` runs, `answer` alone on a line shows the result in words and numbers, and
`answer.plot("ties")` one of the report's figures. `draw(model)` does it for a `sim.model.RelationalPopulation`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from markupsafe import Markup
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from experiments.compare import replicate
from experiments.results import results
from experiments.store import Results
from scenarios.loader import load
from sim.errors import InputError, unknown
from sim.indicators import records
from sim.model import RelationalPopulation
from sim.places import Places
from sim.scenario import Scenario
from viz import sentences, theme
from viz.charts import MAIN, Chart, Material, charts
from viz.jobs import Overrides, outlines
from viz.messages import say
from viz.naming import label
from viz.numbers import number, tick

KINDS = ("ties_hobby", "ties_exchange", "ties_work", "ties_direct", "ties_online")


@dataclass(frozen=True, eq=False)
class Picture:
    """A figure that shows itself; `figure` is the matplotlib one, to save or change."""

    figure: Figure

    def _repr_svg_(self) -> str:
        return theme.svg(self.figure)


@dataclass(frozen=True, eq=False)
class Answer:
    """What one scenario leads to, or how two differ; shows itself as a table.

    Attributes:
        results: All tables as pandas frames (`results.months`, `results.indicators`, `results.comparison`, ...).
        scenarios: What was run.
        places: Where.
        lang: "ja" or "en".
    """

    results: Results
    scenarios: tuple[Scenario, ...]
    places: Places
    lang: str

    @property
    def figures(self) -> list[str]:
        """Names that `plot` knows."""
        return [chart.name for chart in self._charts()]

    def plot(self, name: str = "ties", narrow: bool = False) -> Picture:
        """Return one of the report's figures.

        Raises:
            InputError: There is none of that name.
        """
        found = {chart.name: chart for chart in self._charts()}
        if name not in found:
            raise unknown("plot", "figure", name, found)
        return Picture(found[name].draw(narrow))

    def _charts(self) -> list[Chart]:
        return charts(self._material())

    def _material(self) -> Material:
        labels = {s.name: label(s, self.lang) for s in self.scenarios}
        return Material(self.results, self.places, outlines(self.places), labels, self.lang)

    def _repr_html_(self) -> str:
        t, m = say(self.lang), self._material()
        months = self.results.manifest["months"]
        if m.compared:
            first, second = sentences.headline(m.pairs["lasting_ties"], m.labels, months, self.lang)
        else:
            first, second = sentences.headline_single(m.means(m.other), m.labels[m.other], months, self.lang)
        head = [
            t("column indicator"),
            *m.labels.values(),
            *([t("column difference")] if m.compared else []),
            t("column interval"),
        ]
        rows = Markup("").join(_row([self._name(name), *self._cells(m, name)], "td") for name in MAIN)
        note = t("interval note" if m.compared else "interval note single")
        return str(
            Markup("<div><p><b>{}</b><br>{}</p><table>{}{}</table><p><small>{}</small></p></div>").format(
                first, second, _row(head, "th"), rows, note
            )
        )

    def _cells(self, m: Material, name: str) -> list[str]:
        record = records()[name]
        shown = record.digits, record.unit, self.lang
        if not m.compared:
            row = m.means(m.other)[name]
            return [sentences.value(row.mean, *shown), sentences.interval_text(row.low, row.high, *shown)]
        pair = m.pairs[name]
        return [
            sentences.value(pair.base, *shown),
            sentences.value(pair.other, *shown),
            sentences.difference(pair.difference, *shown),
            sentences.interval_text(pair.low, pair.high, *shown, sign=True),
        ]

    def _name(self, name: str) -> str:
        record = records()[name]
        return str(record.ja if self.lang == "ja" else record.en)


def ask(
    *asked: str | Scenario, replicates: int = 8, seed: int = 1, workers: int = 2, lang: str = "en",
    places: str | None = None, persons_per_agent: float | None = None, months: int | None = None,
) -> Answer:  # fmt: skip
    """Run one scenario, or two to be compared (the base first), with the same seeds.

    Args:
        asked: Packaged names, paths of YAML files, or scenarios.
        replicates: Seeds for each.
        seed: The first of them.
        workers: Runs at a time.
        lang: "ja" or "en".
        places: A table of places in place of the scenarios' own.
        persons_per_agent: In place of that of the scenarios.
        months: In place of those of the scenarios.

    Raises:
        InputError: Something asked cannot be run.
    """
    if not 1 <= len(asked) <= 2:
        raise InputError(f"ask: {len(asked)} scenarios; allowed: one, or two to compare. For more: a sweep.")
    own = Overrides(places, persons_per_agent, months)
    ready = [own.apply(one if isinstance(one, Scenario) else load(one)) for one in asked]
    scenarios, where = [s for s, _ in ready], ready[0][1]
    if any(table.digest != where.digest for _, table in ready):
        raise InputError("ask: the two run on different places; allowed: the same (places=...).")
    runs = replicate(scenarios, where, range(seed, seed + replicates), workers)
    return Answer(results(runs, where, "viz.notebook.ask"), tuple(scenarios), where, lang)


def draw(model: RelationalPopulation, lang: str = "en") -> Picture:
    """Return the ties of a model by kind over the months that it has run.

    Raises:
        InputError: It has not run a month yet.
    """
    t, rows = say(lang), model.simulation.recorder.kept()
    if not rows:
        raise InputError("draw: the model has not run yet; allowed: after model.step().")
    weight = model.simulation.scenario.persons_per_agent
    with theme.style():
        figure, ax = theme.blank()
        for kind in KINDS:
            ties = rows[kind].sum(axis=1) * weight
            ax.plot(np.arange(1, len(ties) + 1), ties, color=theme.TYPES[kind], label=t(f"type {kind}"))
        ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: tick(v, lang)))
        ax.set_xlabel(t("axis months run"))
        ax.set_ylabel(t("axis ties"))
        ax.legend()
        theme.title(
            figure,
            f"{label(model.simulation.scenario, lang)}, {number(len(model.people), 0, lang)} × {weight:,g}",
        )
    return Picture(figure)


def _row(cells: list[str], tag: str) -> Markup:
    inner = Markup("").join(Markup("<{0}>{1}</{0}>").format(Markup(tag), cell) for cell in cells)
    return Markup("<tr>{}</tr>").format(inner)
