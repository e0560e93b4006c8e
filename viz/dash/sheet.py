"""One page a team to print: the plan, the guess, and what came out."""

from __future__ import annotations

from markupsafe import Markup

from viz import theme
from viz.dash import files
from viz.dash.board import Entry
from viz.dash.engine import Result
from viz.dash.series import LOOKS, fan
from viz.dash.told import called, compared, headline, tiles
from viz.describe import amount, measure_name, place_text
from viz.messages import say
from viz.numbers import number, yen

STYLE = (
    "@page{size:A4;margin:12mm}body{font:11.5pt sans-serif;color:#1f2933;max-width:180mm;margin:0 auto}@media screen{body{margin:10mm auto}}h1{font-size:19pt;margin:0}h2{font-size:13pt;margin:5mm 0 1mm}"
    "p{margin:2.5mm 0}img{display:block;width:100%;max-height:82mm;object-fit:contain;margin-top:3mm}table{border-collapse:collapse;width:100%}"
    "td{border-bottom:1px solid #d5dbe1;padding:1.3mm 1.5mm;text-align:left}td:nth-child(2){white-space:nowrap}small{color:#5f6b76}"
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
        Markup("<tr><td>{}</td><td>{}</td><td>{}</td></tr>").format(
            measure_name(m, lang),
            amount(m, lang),
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
