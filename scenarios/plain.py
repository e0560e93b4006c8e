"""What a word written without quotes means.

YAML 1.1 reads `no` as false, `010` as eight and `12:30` as 750. Here such words are recognised and refused
with a reason instead of being read as something nobody meant.
"""

from __future__ import annotations

import math
import re
from typing import Literal

Kind = Literal["mapping", "list", "text", "number", "truth", "empty", "odd", "date"]

NUMBER = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_SPECIAL = re.compile(r"([-+]?)\.(inf|Inf|INF|nan|NaN|NAN)")
_TRUTH = re.compile(r"true|false|yes|no|on|off", re.IGNORECASE)
_EMPTY = re.compile(r"~?|null|Null|NULL")
_ODD = re.compile(
    r"[-+]?(?:0[0-9_]+|0x[0-9a-fA-F_]+|0o[0-7_]+|0b[01_]+|[0-9][0-9_]*(?::[0-5]?[0-9])+|[0-9]+(?:_[0-9]+)+)(?:\.[0-9_]*)?"
)
_DATE = re.compile(r"(?:19|20)[0-9]{2}(?:[-/.][0-9]{1,2}(?:[-/.][0-9]{1,2}(?:[Tt ].*)?)?|年.*)")


def meaning(text: str) -> tuple[Kind, str | int | float | bool | None]:
    """Return the kind and the value of a word written without quotes."""
    if _EMPTY.fullmatch(text):
        return "empty", None
    if _TRUTH.fullmatch(text):
        return "truth", text.lower() in ("true", "yes", "on")
    special = _SPECIAL.fullmatch(text)
    if special:
        return "number", math.nan if special[2].lower() == "nan" else float(f"{special[1]}inf")
    if looks_like_date(text):
        return "date", text
    if NUMBER.fullmatch(text):
        return "number", _number(text)
    if _ODD.fullmatch(text):
        return "odd", text
    return "text", text


def looks_like_date(text: str) -> bool:
    """Return whether a word is a date such as 2026-04, 2026-04-01 or 2026年4月."""
    # 2026.4 is a number to everybody but a person who means April; 2026.04.01 is not a number at all.
    return bool(_DATE.fullmatch(text)) and not NUMBER.fullmatch(text)


def _number(text: str) -> int | float:
    # Beyond 18 digits an integer is a mistake, and converting thousands of digits is slow.
    return int(text) if _INTEGER.fullmatch(text) and len(text) <= 18 else float(text)
