"""The headline over the main chart, and how far the runs are."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

import numpy as np
import solara

from sim.places import Places
from viz.dash import session
from viz.dash.engine import SEEDS, Progress, Result
from viz.dash.parts import button, html, section
from viz.dash.series import LOOKS, Fan, Look, fan
from viz.dash.told import amount, called, compared, headline, piece, tiles
from viz.dash.widgets import Choice, FanChart


@solara.component
def Headline() -> None:  # noqa: N802
    """Show the main result in one sentence, and whether it is rough."""
    result, lang, look = session.RESULT.value, session.LANG.value, LOOKS[session.LOOK.value]
    t = session.words()
    if result is None:
        html("{}", t("dash first run"), classes="kk-headline kk-rough", tag="p")
        return
    drawn = curves(result, look)
    sentence = headline(drawn, result, look, place_name(result.places), lang)
    html(
        "{}",
        sentence,
        classes=f"kk-headline{' kk-rough' if result.preview else ''}",
        tag="p",
        aria_live="polite",
    )


@solara.component
def State() -> None:  # noqa: N802
    """Show whether the picture is rough or done, the progress, and how to stop it."""
    t, result, progress = session.words(), session.RESULT.value, session.PROGRESS.value
    with section("kk-state", "div"):
        if result is not None:
            rough = result.preview
            html("{}", t("dash rough" if rough else "dash done", n=len(result.other)), tag="span",
                 classes=f"kk-badge {'kk-rough' if rough else 'kk-done'}", data_stage="preview" if rough else "full",
                 data_runs=str(len(result.other)), data_asked=result.asked.digest[:12])  # fmt: skip
        if progress is not None:
            share = round(100 * progress.share)
            html(
                "<progress max='100' value='{}' aria-label='{}'></progress> {}",
                share,
                t("progress"),
                _left(progress),
                tag="span",
            )
            button(t("dash cancel"), session.cancel)
        elif result is None or result.preview or len(result.other) < len(SEEDS):  # stopped on the way
            button(t("dash run full"), lambda: session.TURN.set(session.TURN.value + 1))


def _left(progress: Progress) -> str:
    t, share, begun = session.words(), progress.share, progress.begun
    if progress.ahead:
        return t("dash ahead", count=progress.ahead)
    if share < 0.03 or not begun:
        return t("dash starting")
    return t("dash left", seconds=max(1, round((time.monotonic() - begun) * (1 - share) / share)))


@solara.component
def Chart() -> None:  # noqa: N802
    """Show what can be looked at, and the two curves of that."""
    t = session.words()
    options = [{"items": [[key, t(f"look {key}")] for key in LOOKS]}]
    field = {
        "name": "look",
        "kind": "select",
        "label": t("dash look"),
        "value": session.LOOK.value,
        "options": options,
    }
    # Widgets keep their place among their siblings: what comes and goes lies in components of its own.
    with section("", "div"):
        Choice.element(fields=[field], on_changed=session.guarded(choose_look))
        Curves()


@solara.component
def Curves() -> None:  # noqa: N802
    """Show the two curves with their key."""
    t, lang, result = session.words(), session.LANG.value, session.RESULT.value
    look, count = LOOKS[session.LOOK.value], solara.use_ref(0)
    if result is None:
        html(
            "", classes="kk-wait", aria_hidden="true"
        )  # the picture's room, so that nothing jumps when it comes
        return
    drawn = curves(result, look)
    count.current += 1
    labels = [t("as today"), called(result.asked, lang)]
    alt = t(
        "dash alt chart",
        what=t(f"look {look.key}"),
        base=labels[0],
        other=labels[1],
        before=amount(float(drawn.base.mean[-1]), look, lang),
        after=amount(float(drawn.other.mean[-1]), look, lang),
    )
    Keys(labels)
    picture(drawn, look, labels, alt, "preview" if result.preview else "full", count.current)
    html("{}", t("dash chart note", unit=t(f"look unit {look.key}")), tag="p", classes="kk-quiet")


def picture(
    drawn: Fan, look: Look, labels: Sequence[str], alt: str, stage: str, rev: int, height: int = 340
) -> None:
    """Show curves as the chart widget.

    Args:
        drawn: The curves.
        look: What they show.
        labels: Words for the two lines.
        alt: What a screen reader says.
        stage: "preview" or "full".
        rev: A number that rises with every picture.
        height: In pixels.
    """
    t, lang = session.words(), session.LANG.value
    months, shown = len(drawn.base.mean), len(drawn.other.mean)
    rows = np.full((6, months), np.nan, dtype=np.float32)
    rows[:3], rows[3:, :shown] = np.array(drawn.base), np.array(drawn.other)
    FanChart.element(
        data=rows.tobytes(), months=months, shown=shown, labels=list(labels), unit="%" if look.share else piece(look, lang),
        axis=t("dash axis years"), when=t("dash when"), alt=alt, lang=lang, stage=stage,
        digits=look.digits if look.share else 0, height=height, rev=rev,
    )  # fmt: skip


@solara.component
def Keys(labels: list[str]) -> None:  # noqa: N802
    """Show which line is which."""
    html(
        "<span><svg aria-hidden='true'><line x1='0' y1='5' x2='30' y2='5' stroke='var(--base)' stroke-width='2.6' stroke-dasharray='7 5'/></svg>{}</span>"
        "<span><svg aria-hidden='true'><line x1='0' y1='5' x2='30' y2='5' stroke='var(--blue)' stroke-width='2.6'/></svg>{}</span>",
        *labels, classes="kk-keys",
    )  # fmt: skip


@solara.component
def Tiles() -> None:  # noqa: N802
    """Show the main indicators with their differences, once the runs have all their months."""
    result, lang = session.RESULT.value, session.LANG.value
    rows = solara.use_memo(lambda: compared(result) if result is not None and whole(result) else {}, [result])
    if result is None or not rows:
        return
    with section("kk-tiles", "div"):
        for tile in tiles(result, rows, lang):
            html(
                "<span>{}</span><b>{}</b><small class='kk-{}'>{}</small>",
                tile.name,
                tile.value,
                tile.kind,
                tile.note,
                classes="kk-tile",
            )


def whole(result: Result) -> bool:
    """Return whether the scenario has run as many months as what it is compared with."""
    return all(
        run.tables["months"]["month"][-1] == result.base[0].tables["months"]["month"][-1]
        for run in result.other
    )


def choose_look(changed: Mapping[str, object]) -> None:
    """Take over what is looked at."""
    value = changed.get("value")
    if isinstance(value, str) and value in LOOKS:
        session.LOOK.value = value


def curves(result: Result, look: Look) -> Fan:
    """Return the curves for the chosen place, or for all."""
    code = session.PLACE.value
    row = result.places.code.index(code) if code in result.places.code else None
    return fan(result.base, result.other, look, row)


def place_name(places: Places) -> str:
    """Return the name of the chosen place, or of the whole table."""
    lang, code = session.LANG.value, session.PLACE.value
    if code in places.code:
        return (places.name_ja if lang == "ja" else places.name_en)[places.code.index(code)]
    return (
        session.words()(f"where {places.name}")
        if places.name in ("prefectures", "municipalities", "workshop", "typical")
        else session.words()("where own")
    )
