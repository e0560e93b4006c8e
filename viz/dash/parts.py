"""Small pieces of pages: safe HTML, buttons, sections, downloads.

Text that comes from people (titles, names, messages) goes through `Markup.format`, which escapes it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

import solara
from markupsafe import Markup
from solara.components.file_download import FileDownloadWidget

from viz.dash.session import aside, guarded


def html(template: str, *values: Any, tag: str = "div", classes: str = "", **attributes: str) -> None:
    """Show a template with its values escaped."""
    solara.HTML(
        tag=tag,
        unsafe_innerHTML=str(Markup(template).format(*values)),
        attributes={
            **({"class": classes} if classes else {}),
            **{k.replace("_", "-"): v for k, v in attributes.items()},
        },
    )


def section(classes: str = "kk-card", tag: str = "section", **attributes: str) -> Any:
    """Return an element of a page, to be used with `with`."""
    return solara.v.Html(
        tag=tag, class_=classes, attributes={k.replace("_", "-"): v for k, v in attributes.items()}
    )


def button(
    label: str, action: Callable[[], None], *, icon: str = "", main: bool = False, disabled: bool = False,
    name: str = "", pressed: bool | None = None, classes: Sequence[str] = (),
) -> None:  # fmt: skip
    """Show a button; `name` is read out where the label is a sign only."""
    attributes = {"aria-label": name} if name else {}
    if pressed is not None:
        attributes["aria-pressed"] = str(pressed).lower()
    if name:
        attributes["title"] = name
    solara.Button(
        label, on_click=guarded(action), icon_name=icon or None, disabled=disabled, text=False,
        classes=[*(["kk-main"] if main else []), *classes], attributes=attributes,
    )  # fmt: skip


def download(label: str, make: Callable[[], bytes], filename: str, icon: str = "mdi-download") -> None:
    """Show a button whose file is made when it is pressed."""
    Download(label, make, filename, icon)


@solara.component
def Download(label: str, make: Callable[[], bytes], filename: str, icon: str) -> None:  # noqa: N802
    """Show the button. Solara's own begins a thread, and draws the page three times, whenever the file would change."""
    data, put = solara.use_state(cast("bytes | None", None))
    asked, ask = solara.use_state(False)

    def work() -> None:
        try:
            put(make())
        except BaseException:
            ask(False)
            raise

    def wanted(yes: bool) -> None:
        ask(yes)
        put(None)  # the browser saves what changes: the same file may be wanted again
        if yes:
            aside(work)

    FileDownloadWidget.element(
        filename=filename, bytes=data, request_download=asked, on_request_download=wanted,
        children=[solara.Button(label, icon_name=icon)],
    )  # fmt: skip


def table(
    head: Sequence[Any], rows: Sequence[Sequence[Any]], caption: str = "", numbers: Sequence[int] = ()
) -> None:
    """Show a table; columns in `numbers` stand to the right, the first cell of a row is its name."""
    marked = frozenset(numbers)

    def cell(tag: str, at: int, value: Any, scope: str = "") -> Markup:
        kind = Markup(' class="n"') if at in marked else Markup("")
        return Markup("<{0}{1}{2}>{3}</{0}>").format(Markup(tag), kind, Markup(scope), value)

    top = Markup("").join(cell("th", i, h, ' scope="col"') for i, h in enumerate(head))
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(
                cell("th" if i == 0 else "td", i, v, ' scope="row"' if i == 0 else "")
                for i, v in enumerate(row)
            )
        )
        for row in rows
    )
    if caption:
        html("{}", caption, tag="p", classes="kk-quiet")
    html(
        "<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>",
        top, body, classes="kk-scroll", tabindex="0", role="region", aria_label=caption or str(head[0]),
    )  # fmt: skip
