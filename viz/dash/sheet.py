"""One page a team to print: the plan, the guess, and what came out."""

from __future__ import annotations

from markupsafe import Markup

from viz import theme
from viz.dash import files
from viz.dash.board import Entry
from viz.dash.engine import Result
from viz.dash.series import LOOKS, fan
from viz.dash.told import called, compared, headline, tiles
from viz.describe import measure_name, place_text
from viz.messages import bare_unit, say
from viz.numbers import number, yen

STYLE = (
    "body{font:12pt sans-serif;color:#1f2933;max-width:180mm;margin:10mm auto}h1{font-size:19pt;margin:0}h2{font-size:13pt;margin:5mm 0 1mm}"
    "img{width:100%}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #d5dbe1;padding:1.5mm;text-align:left}small{color:#5f6b76}"
)


def sheet(result: Result, entry: Entry, lang: str) -> bytes:
    """Return the page as HTML that needs nothing else."""
    t, look = say(lang), LOOKS["ties"]
    drawn = fan(result.base, result.other, look, None)
    sentence = headline(
        drawn,
        result,
        look,
        t(f"where {result.places.name}") if result.places.name != "own-places.csv" else t("where own"),
        lang,
    )
    picture = files.picture(
        drawn, look, called(result.asked, lang), [t("as today"), called(result.asked, lang)], lang, "svg"
    ).decode()
    measures = Markup("").join(
        Markup("<tr><td>{}</td><td>{} {}</td><td>{}</td></tr>").format(
            measure_name(m, lang),
            number(m.amount, 2, lang, sign=True),
            _unit(m.lever, lang),
            place_text(m, result.places, lang),
        )
        for m in result.asked.measures
    )
    found = Markup("").join(
        Markup("<tr><td>{}</td><td>{}</td><td>{}</td></tr>").format(x.name, x.value, x.note)
        for x in tiles(result, compared(result), lang)
    )
    guess = t(
        "workshop sheet",
        guess=number(entry.guess, 0, lang, sign=True),
        found=number(entry.found, 1, lang, sign=True),
        yen=yen(entry.yen, lang),
    )
    return str(
        Markup(
            "<!doctype html><html lang='{}'><meta charset='utf-8'><title>{}</title><style>{}</style><body><small>{}</small><h1>{}</h1><p>{}</p><p><b>{}</b></p>"
            "<h2>{}</h2><table>{}</table><img alt='' src='{}'><h2>{}</h2><table>{}</table><p><small>{}</small></p></body></html>"
        ).format(
            lang,
            entry.team or t("dash name"),
            Markup(STYLE),
            t("report kicker"),
            entry.team or called(result.asked, lang),
            sentence,
            guess,
            t("section asked"),
            measures,
            theme.data_uri(picture),
            t("section numbers"),
            found,
            t("dash caveat"),
        )
    ).encode()


def _unit(lever: str, lang: str) -> str:
    from sim.levers import levers

    return bare_unit(levers()[lever].unit, lang)
