"""YAML text to plain data that remembers its lines.

Only what a person writes is read: mappings, lists and words. Aliases, anchors, tags and several documents are refused,
and so is whatever is too deep or too long, while reading, so that no text can cost much time or memory.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import yaml

from scenarios.plain import Kind, meaning
from scenarios.text_file import UNPRINTABLE, refuse_unprintable, shown
from sim.errors import InputError

MAX_DEPTH = 10
MAX_NODES = 10_000
MAX_TEXT = 2_000
MAX_CHARACTERS = 1_000_000
MAX_LINES = 20_000
MAX_LINE = 50_000

# libyaml where PyYAML was built with it: ten times faster. Both send the same events.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Item:
    """One value of a file.

    Attributes:
        kind: What it is.
        value: dict of items, list of items, or a plain value.
        text: The value as written; "" for mappings and lists.
        file: File it stands in.
        line: Line of the value, or of its key in a mapping.
    """

    kind: Kind
    value: Any
    text: str
    file: str
    line: int

    @property
    def where(self) -> str:
        """File and line, as every message begins."""
        return f"{self.file}, line {self.line}"


def parse(text: str, file: str, kind: str = "scenario") -> Item:
    """Return the mapping that a YAML text holds.

    Args:
        text: The text.
        file: Its name, for messages.
        kind: What it should hold, for messages.

    Raises:
        InputError: The text is not the simple YAML that is allowed here.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_long(text, file)
    refuse_unprintable(text, file)
    _refuse_tabs(text, file)
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=LOADER):
            builder.take(event)
    except InputError:  # a ValueError too, but already said
        raise
    except yaml.MarkedYAMLError as error:
        raise _syntax(error, file) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InputError(
            f"{file}: this is not valid YAML ({shown(error)}); allowed: lines of 'key: value'."
        ) from None
    root = builder.root
    if root is None or root.kind == "empty":
        raise InputError(f"{file}: the file is empty; allowed: a {kind} file.")
    if root.kind != "mapping":
        found = "a list" if root.kind == "list" else f"'{shown(root.text)}'"
        raise InputError(
            f"{root.where}: {found} is not a {kind}; allowed: lines of 'key: value' with a half-width colon and a space."
        )
    return root


class _Builder:
    """Builds items from YAML events with a stack of its own, so that depth is never recursion."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Item | None = None
        self.open: list[Item] = []
        self.keys: list[Item | None] = []  # the key waiting for its value, one for each open item
        self.nodes = 0
        self.documents = 0

    def take(self, event: Any) -> None:
        """Add what one event says."""
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise self._error(line, "a second document begins here ('---')", "one scenario in a file")
        elif isinstance(event, yaml.AliasEvent):
            raise self._error(
                line, f"the alias '*{shown(event.anchor)}' is not supported", "writing the value out"
            )
        elif isinstance(event, yaml.NodeEvent):
            self._node(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()
            self.keys.pop()

    def _node(self, event: Any, line: int) -> None:
        self._refuse(event, line)
        if isinstance(event, yaml.ScalarEvent):
            plain = event.implicit[0]
            kind, value = meaning(event.value) if plain else ("text", event.value)
            self._add(Item(kind, value, event.value, self.file, line))
            return
        mapping = isinstance(event, yaml.MappingStartEvent)
        item = Item("mapping", {}, "", self.file, line) if mapping else Item("list", [], "", self.file, line)
        self._add(item)
        self.open.append(item)
        self.keys.append(None)

    def _refuse(self, event: Any, line: int) -> None:
        self.nodes += 1
        if event.anchor is not None:
            raise self._error(
                line, f"the anchor '&{shown(event.anchor)}' is not supported", "writing the value out"
            )
        if event.tag is not None:
            tag = shown(event.tag.replace("tag:yaml.org,2002:", "!!"))
            raise self._error(line, f"the tag '{tag}' is not supported", "plain values")
        if self.nodes > MAX_NODES:
            raise self._error(line, f"the file has more than {MAX_NODES:,} values", f"at most {MAX_NODES:,}")
        if len(self.open) >= MAX_DEPTH and not isinstance(event, yaml.ScalarEvent):
            raise self._error(line, f"nested deeper than {MAX_DEPTH} levels", f"at most {MAX_DEPTH} levels")
        if isinstance(event, yaml.ScalarEvent):
            if len(event.value) > MAX_TEXT:
                raise self._error(
                    line,
                    f"'{shown(event.value)}' is too long ({len(event.value):,} characters)",
                    f"at most {MAX_TEXT:,}",
                )
            if UNPRINTABLE.search(event.value):  # written as an escape, e.g. "\0"
                raise self._error(line, f"'{shown(event.value)}' holds a control character", "plain text")

    def _add(self, item: Item) -> None:
        if not self.open:
            self.root = item
            return
        parent, key = self.open[-1], self.keys[-1]
        if parent.kind == "list":
            parent.value.append(item)
        elif key is None:
            self._check_key(item, parent)
            self.keys[-1] = item
        else:
            parent.value[key.text] = replace(item, line=key.line)
            self.keys[-1] = None

    def _check_key(self, key: Item, parent: Item) -> None:
        if key.kind in ("mapping", "list"):
            raise self._error(key.line, f"a {key.kind} cannot be a key", "a plain word before the colon")
        if key.text in parent.value:
            first = parent.value[key.text].line
            raise self._error(
                key.line, f"'{shown(key.text)}' is already set on line {first}", "each key once"
            )

    def _error(self, line: int, what: str, allowed: str) -> InputError:
        return InputError(f"{self.file}, line {line}: {what}; allowed: {allowed}.")


def _refuse_long(text: str, file: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            f"{file}: {len(text):,} characters are too many; allowed: at most {MAX_CHARACTERS:,}."
        )
    lines = text.count("\n") + 1
    if lines > MAX_LINES:
        raise InputError(f"{file}: {lines:,} lines are too many; allowed: at most {MAX_LINES:,}.")
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MAX_LINE:
            raise InputError(
                f"{file}, line {number}: {len(line):,} characters in one line; allowed: at most {MAX_LINE:,}."
            )


def _refuse_tabs(text: str, file: str) -> None:
    found = re.search(r"^ *\t[ \t]*[^ \t\r\n#]", text, re.MULTILINE)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise InputError(f"{file}, line {line}: a tab cannot indent a line; allowed: spaces.")


def _syntax(error: yaml.MarkedYAMLError, file: str) -> InputError:
    mark = error.problem_mark or error.context_mark
    place = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
    return InputError(
        f"{file}{place}: this is not valid YAML ({shown(error.problem or error.context)}); "
        "allowed: lines of 'key: value', and the same indent within a block."
    )
