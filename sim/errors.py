"""The one error that a user's input can raise."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class InputError(ValueError):
    """Input that cannot be used, said in one sentence: where, what, allowed, nearest valid name."""


def unknown(where: str, what: str, name: object, allowed: Iterable[str]) -> InputError:
    """Return the error for a name that does not exist, with the nearest name that does."""
    names = [str(a) for a in allowed]
    near = difflib.get_close_matches(str(name), names, n=1, cutoff=0.5)
    hint = f" (did you mean '{near[0]}'?)" if near else ""
    shown = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    return InputError(f"{where}: unknown {what} '{_short(name)}'{hint}; allowed: {shown}.")


def out_of_range(where: str, value: object, low: float, high: float, unit: str) -> InputError:
    """Return the error for a number outside its range."""
    top = f"at most {high:,.15g}" if high != float("inf") else "any number above"
    return InputError(
        f"{where}: {_short(value)} is out of range; allowed: at least {low:,.15g}, {top} ({unit})."
    )


def _short(value: object) -> str:
    text = "".join(c if c.isprintable() else " " for c in str(value))
    return text if len(text) <= 60 else text[:57] + "…"
