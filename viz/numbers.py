"""How numbers are written for people: signs, thousands, 万 and 億."""

from __future__ import annotations

import math

MINUS = "−"
NONE = {"ja": "―", "en": "–"}


def number(value: float, digits: int, lang: str, sign: bool = False) -> str:
    """Return a number with thousands separators; a dash where there is none.

    Args:
        value: The number.
        digits: Digits after the point.
        lang: "ja" or "en".
        sign: Put a plus before what is above zero.
    """
    if not math.isfinite(value):
        return NONE[lang]
    text = f"{abs(value):,.{digits}f}"
    if not any(c in "123456789" for c in text):
        return text
    return (MINUS if value < 0 else "+" if sign else "") + text


def yen(value: float, lang: str, sign: bool = False) -> str:
    """Return an amount in yen as it is said: 3.2億円, 45万円; 320 million yen."""
    if not math.isfinite(value):
        return NONE[lang]
    steps = (
        ((1e12, "兆円"), (1e8, "億円"), (1e4, "万円"), (1.0, "円"))
        if lang == "ja"
        else ((1e12, " trillion yen"), (1e9, " billion yen"), (1e6, " million yen"), (1.0, " yen"))
    )
    for size, word in steps:
        if abs(value) >= size or size == 1.0:
            scaled = value / size
            return number(_known(scaled), 1 if size > 1.0 and abs(scaled) < 100 else 0, lang, sign) + word
    raise AssertionError("the smallest step fits every number")


def people(value: float, lang: str, sign: bool = False) -> str:
    """Return a count to about three figures: 1,234万 or 12.3 million."""
    if not math.isfinite(value):
        return NONE[lang]
    size, word = _step(value, lang)
    scaled = value / size
    small = size > 1.0 and abs(scaled) < 100
    return number(_known(scaled), 1 if small else 0, lang, sign) + word


def tick(value: float, lang: str) -> str:
    """Return a count on an axis, not rounded: 2,875万 or 28.75 million."""
    size, word = _step(value, lang)
    return f"{value / size:,.10g}{word}"


def _step(value: float, lang: str) -> tuple[float, str]:
    """Return the largest unit of counting that a number reaches, and its word."""
    steps = ((1e8, "億"), (1e4, "万")) if lang == "ja" else ((1e6, " million"),)
    return next((step for step in steps if abs(value) >= step[0]), (1.0, ""))


def _known(value: float) -> float:
    """Return a number of five digits and more to three figures: 270,825 would say more than is known."""
    return float(f"{value:.3g}") if abs(value) >= 10_000 else value


def span(low: float, high: float, digits: int, lang: str, sign: bool = False) -> str:
    """Return an interval: 1.2〜3.4, or 1.2 to 3.4."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return NONE[lang]
    between = "〜" if lang == "ja" else " to "
    return f"{number(low, digits, lang, sign)}{between}{number(high, digits, lang, sign)}"


def clear_of_zero(low: float, high: float) -> bool:
    """Return whether an interval lies on one side of zero."""
    return math.isfinite(low) and math.isfinite(high) and (low > 0.0 or high < 0.0)
