"""The board of a workshop: what the teams of a room have handed in. Shared by everybody on this server."""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from functools import cache

from sim.errors import InputError
from viz.dash.editing import checked

MAX_ROOMS, MAX_TEAMS, MAX_NAME = 50, 40, 24
MAX_BUDGET = 1e9
MAX_MINUTES = 120
_CODE = re.compile(r"[A-Z0-9]{2,8}")


@dataclass(frozen=True)
class Entry:
    """What one team has handed in.

    Attributes:
        team: Its name.
        query: Its scenario, as an address.
        guess: Percent by which it expected ties to change.
        found: Percent by which they did.
        low: Lower end of the 90% interval.
        high: Upper end.
        yen: Yen a year for every 5,000 adults.
    """

    team: str
    query: str
    guess: float
    found: float
    low: float
    high: float
    yen: float


@dataclass(frozen=True)
class Room:
    """One workshop.

    Attributes:
        budget: Yen a year that a plan may cost for every 5,000 adults.
        ends: Second at which the round ends; 0 where no round runs.
        entries: By team, in the order of handing in.
    """

    budget: float = 10_000_000.0
    ends: float = 0.0
    entries: dict[str, Entry] = field(default_factory=dict)


class Board:
    """All rooms of this server; the oldest go when there are too many."""

    def __init__(self) -> None:
        self._rooms: OrderedDict[str, Room] = OrderedDict()
        self._lock = threading.Lock()

    def room(self, code: str) -> Room:
        """Return a room, a new one where there is none."""
        with self._lock:
            return self._rooms.get(code, Room())

    def budget(self, code: str, yen: object) -> None:
        """Set what a plan may cost."""
        amount = checked(yen, "budget", 0.0, MAX_BUDGET, "yen a year for 5,000 adults")
        self._put(code, budget=amount)

    def start(self, code: str, minutes: object) -> None:
        """Begin a round of so many minutes."""
        self._put(code, ends=time.time() + 60.0 * checked(minutes, "minutes", 0.0, MAX_MINUTES, "minutes"))

    def hand_in(self, code: str, entry: Entry) -> None:
        """Put a team's result on the board, in place of its last one.

        Raises:
            InputError: No name, too many teams, or a plan above the budget.
        """
        room, team = self.room(code), " ".join(entry.team.split())[:MAX_NAME]
        if not team or not team.isprintable():
            raise InputError(f"team: this name cannot be used; allowed: 1 to {MAX_NAME} characters.")
        if entry.yen > room.budget * 1.000001:
            raise InputError(
                f"budget: the plan costs {entry.yen:,.0f} yen; allowed: at most {room.budget:,.0f} (a year, 5,000 adults)."
            )
        if len(room.entries) >= MAX_TEAMS and team not in room.entries:
            raise InputError(f"team: the board is full; allowed: {MAX_TEAMS} teams.")
        self._put(code, entries={**room.entries, team: replace(entry, team=team)})

    def clear(self, code: str) -> None:
        """Take everything off the board."""
        self._put(code, entries={})

    def _put(self, code: str, **changes: object) -> None:
        with self._lock:
            self._rooms[code] = replace(self._rooms.get(code, Room()), **changes)  # type: ignore[arg-type]
            self._rooms.move_to_end(code)
            while len(self._rooms) > MAX_ROOMS:
                self._rooms.popitem(last=False)


@cache
def board() -> Board:
    """Return this server's board."""
    return Board()


def code_of(text: str) -> str:
    """Return the code of a room from an address; a new one where there is none that can be used."""
    asked = text.upper()
    return (
        asked
        if _CODE.fullmatch(asked)
        else "".join(secrets.choice("ABCDEFGHJKLMNPRSTUVWXYZ23456789") for _ in range(4))
    )
