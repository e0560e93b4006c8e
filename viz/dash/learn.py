"""Learn: the 25 statements behind the model, a glossary, and what the model cannot say."""

from __future__ import annotations

import inspect

import solara
from markupsafe import Markup

from experiments.statements.catalogue import SEEDS, STATEMENTS
from experiments.statements.record import Measured, Statement
from experiments.statements.store import kept
from sim.levers import levers
from sim.loop import MONTH
from sim.parameters import records
from viz.dash import session
from viz.dash.parts import html, section
from viz.numbers import number, span

TERMS = (
    "kankei",
    "kakawarishiro",
    "weakness",
    "host",
    "burnout",
    "guide",
    "hub",
    "direct",
    "latent",
    "lasting",
    "interval",
    "luck",
)
LIMITS = ("parameters", "interval", "survey", "mean", "places", "prices", "limits")
SOURCE = "国土交通省「ライフスタイルの多様化と関係人口に関する懇談会」最終とりまとめ（2021年3月）"


@solara.component
def Learn() -> None:  # noqa: N802
    """Show the page."""
    t = session.words()
    with section("kk-page kk-learn", "div"):
        html("{}", t("dash page learn title"), tag="h1")
        html("{}", t("learn lead"), tag="p", classes="kk-lead")
        html("{} <code>kakawari statements</code>", t("learn measure"), tag="p", classes="kk-quiet")
        with section("kk-learn-grid", "div"):
            with section("kk-stack", "div"):
                html("{}", t("learn statements"), tag="h2")
                for statement in STATEMENTS:
                    One(statement)
            with section("kk-stack", "div"):
                Glossary()
                Limits()


@solara.component
def One(statement: Statement) -> None:  # noqa: N802
    """Show one statement: its words, how the model makes it so, what moves it, and whether it holds here."""
    t, lang = session.words(), session.LANG.value
    measured = solara.use_memo(lambda: kept(statement.id, range(1, SEEDS + 1)), [])
    known = levers()
    names = [known[name].ja if lang == "ja" else known[name].en for name in statement.levers]
    files = Markup("").join(_mechanism(name) for name in statement.mechanisms)
    off = Markup("").join(_parameter(path) for path in statement.off)
    html(
        "<h3><small>{}</small> {}</h3><p>{}</p>"
        "<details><summary>{}</summary><p><b>{}</b> {}</p><p><b>{}</b> {}</p><ul>{}</ul><p><b>{}</b> {}</p>{}</details><p class='kk-quiet'>{}</p>",
        statement.id, statement.ja if lang == "ja" else statement.en, t(f"mechanism {statement.id}"), t("learn more"),
        t("learn levers"), t("statements comma").join(names), t("learn assumed"), "", off, t("learn source"), SOURCE, files, _status(statement, measured),
        classes="kk-card kk-statement", tag="article",
    )  # fmt: skip


def _status(statement: Statement, measured: Measured | None) -> Markup:
    t, lang = session.words(), session.LANG.value
    if measured is None or not measured.findings:
        return Markup("{}").format(t("learn unmeasured"))
    first = measured.findings[0]
    digits = 1 if first.unit else 3
    words = t("learn holds" if measured.holds else "learn fails")
    interval = span(first.low, first.high, digits, lang, sign=True)
    what = first.ja if lang == "ja" else first.en
    return Markup("<b>{}</b> {} {}{} ({})").format(
        words, what, number(first.estimate, digits, lang, sign=True), first.unit, interval
    )


def _mechanism(name: str) -> Markup:
    """Return the equations as they stand at the head of the mechanism's file."""
    module = next(inspect.getmodule(m) for m in MONTH if m.__name__ == name)
    text = (inspect.getdoc(module) or "").split("\n| symbol")[0].strip()
    return Markup("<pre tabindex='0'>sim/mechanisms/{}.py\n{}</pre>").format(name, text)


def _parameter(path: str) -> Markup:
    t, lang, record = session.words(), session.LANG.value, records()[path]
    return Markup("<li>{} <code>{}</code> ({})</li>").format(
        record.ja if lang == "ja" else record.en, path, t(f"status {record.status}")
    )


@solara.component
def Glossary() -> None:  # noqa: N802
    """Show the words of the pages."""
    t = session.words()
    entries = Markup("").join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(t(f"term {k}"), t(f"meaning {k}")) for k in TERMS
    )
    html("<h2>{}</h2><dl>{}</dl>", t("learn glossary"), entries, classes="kk-card", tag="section")


@solara.component
def Limits() -> None:  # noqa: N802
    """Show what the model cannot say."""
    t = session.words()
    counts = {
        status: sum(r.status == status for r in records().values())
        for status in ("measured", "fitted", "assumed")
    }
    prices = {
        status: sum(r.price_status == status for r in levers().values()) for status in ("measured", "assumed")
    }
    words = [
        t(f"limit {k}", total=len(records()), **(prices if k == "prices" else counts))
        if k in ("parameters", "prices")
        else t(f"limit {k}")
        for k in LIMITS
    ]
    items = Markup("").join(Markup("<li>{}</li>").format(w) for w in words)
    html("<h2>{}</h2><ul>{}</ul>", t("section limits"), items, classes="kk-card", tag="section")
