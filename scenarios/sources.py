"""Where a scenario's text comes from, and what it builds on: packaged presets, files, and chains of bases."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from scenarios.checks import mapping, refused, text
from scenarios.text_file import decode, read_text, shown
from scenarios.yaml_text import Item, parse
from sim.errors import InputError, unknown

# In the order in which the story is told.
PRESETS = (
    "baseline",
    "connect",
    "care",
    "both",
    "nothing",
    "guides_only",
    "hubs_only",
    "many_events",
    "meeting_and_receiving",
    "shared_load",
    "open_weakness",
    "reach_indifferent",
    "from_online",
    "a_bit_of_everything",
    "typical_regions",
    "disaster_unprepared",
    "ready_for_disaster",
    "after_subsidy",
)
KEYS = (
    "name",
    "title",
    "question",
    "expectation",
    "finding",
    "compared_with",
    "shows",
    "base",
    "places",
    "persons_per_agent",
    "months",
    "burn_in",
    "parameters",
    "measures",
    "shocks",
)
MAX_BYTES = 1_000_000
MAX_BASES = 20


class Source(NamedTuple):
    """One scenario file, read but not yet checked.

    Attributes:
        identity: Preset's name or full path, to find circles of bases.
        entries: Values by key.
        line: The first line, for messages about what is missing.
        folder: Where paths in it start; None where it may name no files.
    """

    identity: str
    entries: dict[str, Item]
    line: str
    folder: Path | None


def source(text_: str, file: str, identity: str, folder: Path | None) -> Source:
    """Return a scenario's text as a source; unknown keys are refused."""
    root = parse(text_, file)
    return Source(identity, mapping(root, "a scenario", KEYS), root.where, folder)


def preset(name: str) -> Source:
    """Return a packaged scenario."""
    file = f"{name}.yaml"
    data = (files("scenarios") / "presets" / file).read_bytes()
    return source(decode(data, file, "scenario file"), file, name, None)


def from_file(path: Path) -> Source:
    """Return a scenario from a file of one's own; its paths start in its folder."""
    identity = str(path.resolve())
    return source(read_text(path, MAX_BYTES, "scenario file"), shown(path), identity, path.parent)


def find(name: str, where: str, folder: Path | None) -> Source:
    """Return the scenario with a packaged name, or in the file with that path.

    Args:
        name: Packaged name or path.
        where: Place named in an error about the name.
        folder: Where a path starts; None to allow packaged names only.

    Raises:
        InputError: There is no such scenario, or it cannot be read.
    """
    if name in PRESETS:
        return preset(name)
    if folder is None:
        raise unknown(where, "scenario", shown(name), PRESETS)
    path = folder / name
    if "\0" in name or not name.strip() or not _exists(path):
        raise unknown(where, "scenario", shown(name), [*PRESETS, "the path of a .yaml file"])
    return from_file(path)


def chain(top: Source) -> list[Source]:
    """Return a scenario after everything it builds on, each source once, bases first."""
    done: dict[str, Source] = {}
    _collect(top, (), done)
    return list(done.values())


def _collect(top: Source, trail: tuple[str, ...], done: dict[str, Source]) -> None:
    trail = (*trail, top.identity)
    for item in _bases(top):
        if len(trail) > MAX_BASES:
            raise refused(item, "base", f"more than {MAX_BASES} files deep", f"at most {MAX_BASES}")
        base = find(text(item, "base", 1_000), item.where, top.folder)
        if base.identity in trail:
            circle = " → ".join(
                Path(step).name for step in (*trail[trail.index(base.identity) :], base.identity)
            )
            raise InputError(
                f"{item.where}: the base '{shown(item.text)}' leads back to itself ({circle}); "
                "allowed: a scenario that does not build on this one."
            )
        if base.identity not in done:
            _collect(base, trail, done)
    done[top.identity] = top


def _bases(top: Source) -> list[Item]:
    if "base" not in top.entries:
        return []
    item = top.entries["base"]
    items: list[Item] = item.value if item.kind == "list" else [item]
    return items


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that is too long or not a name
        return False
