"""Reading a text file that a person hands in, without trusting it."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from sim.errors import InputError

# Everything that would break a one-line message or hide in a text: controls, half surrogates, non-characters.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def read_text(path: Path, limit: int, kind: str) -> str:
    """Return the text of a file.

    Args:
        path: The file.
        limit: Largest size in bytes; checked before anything is read.
        kind: What the file should be, for messages, e.g. "scenario file".

    Raises:
        InputError: There is no such file, or it is a folder, a device, empty, too large or not UTF-8 text.
    """
    try:
        mode, size = _look(path)
        if stat.S_ISDIR(mode):
            raise InputError(f"{shown(path)}: this is a folder; allowed: a {kind}.")
        if not stat.S_ISREG(mode):
            raise InputError(f"{shown(path)}: this is not a plain file; allowed: a {kind}.")
        if size > limit:
            raise InputError(
                f"{shown(path)}: {size:,} bytes is too large; allowed: a {kind} of at most {limit:,} bytes."
            )
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise InputError(
            f"{shown(path)}: cannot be read ({error.strerror}); allowed: a readable {kind}."
        ) from None
    if len(data) > limit:  # it grew after it was measured
        raise InputError(f"{shown(path)}: too large; allowed: a {kind} of at most {limit:,} bytes.")
    return decode(data, shown(path), kind)


def decode(data: bytes, file: str, kind: str) -> str:
    """Return UTF-8 bytes as text, without a byte order mark.

    Raises:
        InputError: The bytes are empty, binary or in another encoding.
    """
    if not data.strip():
        raise InputError(f"{file}: the file is empty; allowed: a {kind}.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = f"byte 0x{data[error.start]:02X}"
        raise InputError(
            f"{file}, line {line}: {byte} is not UTF-8 text; allowed: a {kind} saved as UTF-8."
        ) from None
    return text


def shown(value: object, width: int = 60) -> str:
    """Return a value as it may stand in a one-line message: no line breaks, no controls, not long."""
    text = UNPRINTABLE.sub("?", " ".join(str(value).split()))
    return text if len(text) <= width or isinstance(value, Path) else text[: width - 1] + "…"


def refuse_unprintable(text: str, file: str) -> None:
    """Raise an InputError when a text holds a control character."""
    found = UNPRINTABLE.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise InputError(
            f"{file}, line {line}: the control character U+{ord(found[0]):04X} is not text; allowed: plain text in UTF-8."
        )


def _look(path: Path) -> tuple[int, int]:
    try:
        info = path.stat()
    except FileNotFoundError:
        raise InputError(f"{shown(path)}: there is no such file.") from None
    except ValueError:  # a NUL in the name
        raise InputError(f"{shown(path)}: this is not a file name.") from None
    return info.st_mode, info.st_size
