"""How a command ends when something is wrong: one sentence on stderr, and an exit code."""

from __future__ import annotations

import sys
import tempfile
import traceback
from pathlib import Path

import typer


def leave(sentence: str, code: int) -> int:
    """Say a sentence on stderr; return the exit code."""
    print(" ".join(sentence.split()), file=sys.stderr)
    return code


def usage(error: typer.TyperException) -> int:
    """Say what is wrong with the options in one sentence, with where to look."""
    text = error.format_message() if hasattr(error, "format_message") else str(error)
    if not text.strip():
        return 2
    sentence = text.strip()
    return leave(f"{sentence}{'' if sentence.endswith(('.', '?', '!')) else '.'} See: kakawari --help", 2)


def log() -> str:
    """Write the traceback to a file and return where."""
    for folder in (Path("out"), Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / "kakawari-error.log"
            path.write_text(traceback.format_exc(), encoding="utf-8")
        except OSError:
            continue
        return str(path)
    return "no log could be written; set KAKAWARI_DEBUG=1"
