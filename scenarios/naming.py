"""From what a person calls a place to its code, and back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from scenarios.place_table import RESERVED
from scenarios.text_file import shown
from sim.errors import InputError, unknown
from sim.places import Places

Codes = tuple[str, ...]


class Index:
    """Every name of the places of one table, and of the prefectures they lie in."""

    def __init__(self, places: Places, prefectures: Places | None) -> None:
        self.codes = places.code
        self.order = {code: i for i, code in enumerate(places.code)}
        self.groups: dict[str, Codes] = {
            "metro": tuple(code for code, flag in zip(places.code, places.metro) if flag),
            "other": tuple(code for code, flag in zip(places.code, places.metro) if not flag),
        }
        self.regions: dict[str, Codes] = {}
        self.named: dict[str, list[str]] = {}
        self.labels: dict[str, str] = {}
        self.spelt = [*RESERVED]
        home = self._add_regions(prefectures) if prefectures else {}
        for code, ja, en in zip(places.code, places.name_ja, places.name_en):
            region = home.get(code, "")
            self.labels[code] = f"{code} {region or ja}"
            for name in {ja, region + ja, en.casefold()}:
                self.named.setdefault(name, []).append(code)
        self.spelt += [*places.name_ja, *places.name_en, *places.code]

    def _add_regions(self, prefectures: Places) -> dict[str, str]:
        home = {}
        for prefix, ja, en in zip(prefectures.code, prefectures.name_ja, prefectures.name_en):
            members = tuple(code for code in self.codes if code.startswith(prefix))
            self.regions.update({prefix: members, ja: members, en.casefold(): members})
            self.spelt += [ja, en]
            home.update(dict.fromkeys(members, ja))
        return home

    def find(self, token: str, where: str) -> Codes:
        """Return the codes that one word stands for."""
        if token in self.groups:
            if not self.groups[token]:
                raise InputError(
                    f"{where}: no place of this table is '{token}'; allowed: all or the name of a place."
                )
            return self.groups[token]
        if token in self.order:
            return (token,)
        region = self.regions.get(token) or self.regions.get(token.casefold())
        if region:
            return region
        codes = self.named.get(token) or self.named.get(token.casefold())
        if not codes:
            raise unknown(where, "place", shown(token), self.spelt)
        if len(codes) > 1:
            choices = ", ".join(self.labels[code] for code in codes)
            raise InputError(
                f"{where}: '{token}' is the name of {len(codes)} places; allowed: one of the codes {choices}."
            )
        return (codes[0],)


@lru_cache(maxsize=8)
def index(places: Places, prefectures: Places | None) -> Index:
    """Return the names of a table; kept, because a file names many places of one table."""
    return Index(places, prefectures)


def codes_of(tokens: Sequence[str], names: Index, where: str) -> Codes | None:
    """Return the codes of the places meant, in the order of the table; None for everywhere."""
    if not tokens:
        raise InputError(f"{where}: the list of places is empty; allowed: all, metro, other, names or codes.")
    parts = [names.codes if token == "all" else names.find(token, where) for token in tokens]
    if len(parts) == 1:  # already in order
        return None if len(parts[0]) == len(names.codes) else parts[0]
    found = set().union(*parts)
    if len(found) == len(names.codes):
        return None
    return tuple(sorted(found, key=names.order.__getitem__))


def shortest(codes: Codes, names: Index) -> str | list[str]:
    """Return the shortest way to write codes: a group, prefectures as a whole, and single codes."""
    for group, members in names.groups.items():
        if codes == members:
            return group
    left = set(codes)
    written: list[str] = []
    for region, members in names.regions.items():
        # Each prefecture is there under its code and two names: the Japanese one is the readable one.
        if not region.isascii() and left.issuperset(members):
            written.append(region)
            left.difference_update(members)
    return written + [code for code in codes if code in left]
