"""The report: one HTML file that opens anywhere, without a network."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import jinja2
from markupsafe import Markup

from experiments.compare import EXTRA, YEN
from experiments.store import Results
from sim.indicators import records
from sim.levers import levers
from sim.parameters import records as parameter_records
from sim.places import Places
from sim.scenario import Scenario
from sim.shocks import Shock
from viz import describe, sentences, theme
from viz.charts import Material, charts, goodness
from viz.messages import say, step
from viz.naming import label, places_name, question
from viz.numbers import number, yen

KINDS = {1: "good", -1: "bad", 0: "none"}


def render(
    results: Results,
    scenarios: Sequence[Scenario],
    places: Places,
    shapes: Mapping[str, Any] | None,
    lang: str = "ja",
) -> str:
    """Return the report of one scenario, or of two (the base first).

    Args:
        results: Tables and manifest, as stored.
        scenarios: What was run, in the order of the comparison.
        places: Where.
        shapes: Outlines of the places, or None.
        lang: "ja" or "en".
    """
    labels = {s.name: label(s, lang) for s in scenarios}
    material = Material(results, places, shapes, labels, lang)
    t = say(lang)
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("viz", "templates"), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    first, second = _headline(material)
    key = "report title compare" if material.compared else "report title single"
    return environment.get_template("report.html.j2").render(
        t=t, lang=lang, compared=material.compared, base=labels[scenarios[0].name],
        title=t(key, base=labels[scenarios[0].name], other=labels[scenarios[-1].name]),
        question=question(scenarios[-1], lang), headline=first, detail=second,
        cards=_cards(material), findings=_findings(material), rows=_rows(material), note=_note(material),
        figures=_figures(material), asked=_asked(scenarios, places, lang), changes=_changes(scenarios, places, lang),
        method=_method(material, scenarios[-1]), limits=limits(lang), manifest=results.manifest,
        credit=t("credit japan") if _origin(places) == "real" else "",
    )  # fmt: skip


def limits(lang: str) -> list[str]:
    """Return what a result cannot know, with the counts behind it."""
    t = say(lang)
    status = [r.status for r in parameter_records().values()]
    prices = [lever.price_status for lever in levers().values()]
    count = {name: status.count(name) for name in ("measured", "fitted", "assumed")}
    return [
        t("limit parameters", total=len(status), **count),
        t("limit interval"),
        t("limit survey"),
        t("limit mean"),
        t("limit places"),
        t("limit prices", measured=prices.count("measured"), assumed=prices.count("assumed")),
        t("limit limits"),
    ]


def _headline(m: Material) -> tuple[str, str]:
    months = m.results.manifest["months"]
    if m.compared:
        return sentences.headline(m.pairs["lasting_ties"], m.labels, months, m.lang)
    return sentences.headline_single(m.means(m.other), m.labels[m.other], months, m.lang)


def _cards(m: Material) -> list[dict[str, str]]:
    t, cards = say(m.lang), []
    means = m.means(m.other)
    for name in sentences.FINDINGS:
        record = records()[name]
        after = sentences.value(means[name].mean, record.digits, record.unit, m.lang)
        card = {"name": t(f"short {name}"), "big": after, "small": "", "kind": "none"}
        if m.compared:
            row = m.pairs[name]
            before = sentences.value(row.base, record.digits, record.unit, m.lang)
            card["big"] = sentences.difference(row.difference, record.digits, record.unit, m.lang)
            card["small"] = t("card base", base=before, other=after)
            card["kind"] = KINDS[goodness(row, record.better)]
            card["word"] = sentences.reading(row, record.better, m.lang)[0]
        cards.append(card)
    return cards


def _findings(m: Material) -> list[str]:
    if not m.compared:
        return []
    t, pairs, known = say(m.lang), m.pairs, records()
    made = [
        sentences.finding(pairs[n], t(f"short {n}"), known[n].digits, known[n].unit, m.lang)
        for n in sentences.FINDINGS
    ]
    return [*made, sentences.extra_sentence(pairs[EXTRA], m.lang)]


def _rows(m: Material) -> list[dict[str, str]]:
    if not m.compared:
        return _single_rows(m)
    rows = []
    for name, row in m.pairs.items():
        if name == YEN:
            continue
        record = records().get(name)
        digits, better = (record.digits, record.better) if record else (0, "none")
        word, kind = sentences.reading(row, better, m.lang)
        if name == EXTRA:
            word, kind = "", "none"
        rows.append({
            "name": _name(name, m.lang), "unit": sentences.rounded_unit(row.unit, m.lang),
            "base": sentences.rounded(row.base, digits, row.unit, m.lang),
            "other": sentences.rounded(row.other, digits, row.unit, m.lang),
            "difference": sentences.rounded(row.difference, digits, row.unit, m.lang, sign=True),
            "step": step(row.unit, m.lang) if row.unit.startswith("%") else "",
            "interval": sentences.rounded_span(row.low, row.high, digits, row.unit, m.lang, sign=True),
            "word": word, "kind": kind,
        })  # fmt: skip
    return rows


def _single_rows(m: Material) -> list[dict[str, str]]:
    means, rows = m.means(m.other), []
    for name, record in records().items():
        row = means[name]
        rows.append({
            "name": _name(name, m.lang), "unit": sentences.rounded_unit(record.unit, m.lang),
            "mean": sentences.rounded(row.mean, record.digits, record.unit, m.lang),
            "interval": sentences.rounded_span(row.low, row.high, record.digits, record.unit, m.lang),
        })  # fmt: skip
    return rows


def _name(indicator: str, lang: str) -> str:
    record = records().get(indicator)
    if record is None:
        return say(lang)(indicator)
    return str(record.ja if lang == "ja" else record.en)


def _note(m: Material) -> str:
    t = say(m.lang)
    if len(m.results.manifest["seeds"]) < 2:
        return t("no interval note")
    return t("interval note" if m.compared else "interval note single")


def _figures(m: Material) -> list[dict[str, Any]]:
    t, count = say(m.lang), len(m.results.manifest["seeds"])
    made = []
    for at, chart in enumerate(charts(m), start=1):
        caption = (
            t("caption one")
            if count < 2
            else t("caption map" if chart.name == "map" else "caption band", n=count)
        )
        wide, narrow = (Markup(theme.data_uri(theme.svg(chart.draw(n)))) for n in (False, True))
        made.append({
            "name": chart.name, "number": t("figure note", n=at), "title": chart.title,
            "reading": chart.reading, "caption": caption, "wide": wide, "narrow": narrow,
        })  # fmt: skip
    return made


def _asked(scenarios: Sequence[Scenario], places: Places, lang: str) -> list[dict[str, Any]]:
    asked = []
    for scenario in scenarios:
        rows = [
            {
                "name": describe.measure_name(m, lang),
                "places": describe.place_text(m, places, lang),
                "months": describe.month_text(m.first, m.last or scenario.months, lang),
                "amount": describe.amount(m, lang),
                "yen": yen(describe.yearly_cost(m, scenario, places), lang, sign=True),
            }
            for m in scenario.measures
        ]
        shocks = [_shock(s, scenario, places, lang) for s in scenario.shocks]
        asked.append({"label": label(scenario, lang), "rows": rows, "shocks": shocks})
    return asked


def _shock(shock: Shock, scenario: Scenario, places: Places, lang: str) -> dict[str, str]:
    t = say(lang)
    return {
        "name": t(f"shock {shock.kind}"), "size": describe.shock_size(shock, lang),
        "places": describe.place_text(shock, places, lang),
        "months": describe.shock_months(shock, scenario, lang), "meaning": t(f"shock help {shock.kind}"),
    }  # fmt: skip


def _changes(scenarios: Sequence[Scenario], places: Places, lang: str) -> list[dict[str, str]]:
    t, rows = say(lang), []
    for scenario in scenarios:
        for change in describe.plan(scenario, places).changes:
            r = change.record
            rows.append({
                "scenario": label(scenario, lang), "path": r.path, "name": r.ja if lang == "ja" else r.en,
                "value": f"{change.value:g} ({r.default:g}) {r.unit if r.unit != '-' else ''}",
                "status": t(f"status {r.status}"), "source": r.source,
            })  # fmt: skip
    return rows


def _origin(places: Places) -> str:
    """Return whether a table of places is real, invented, or the reader's own."""
    known = {"prefectures": "real", "municipalities": "real", "workshop": "invented", "typical": "invented"}
    return known.get(places.name, "own")


def _method(m: Material, scenario: Scenario) -> list[str]:
    t, count = say(m.lang), len(m.results.manifest["seeds"])
    adults = float(m.places.adults.sum())
    agents = adults / scenario.persons_per_agent if scenario.persons_per_agent else math.nan
    return [
        t("method people", adults=number(adults, 0, m.lang), weight=f"{scenario.persons_per_agent:,g}",
          agents=number(agents, 0, m.lang), places=places_name(m.places, m.lang), origin=t(f"method {_origin(m.places)}", count=len(m.places))),
        t("method months", burn=scenario.burn_in, months=scenario.months),
        t("method pairs" if m.compared else "method single", n=count),
    ]  # fmt: skip
