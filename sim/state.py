"""What a run remembers: people, ties, hosts and places as plain columns.

N people (sorted by home, so that home needs no column), 3 tie slots each, A host places (sorted by place),
R places, 5 skills.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sim.arrays import F32, F64, I16, I32, I64, U8

SLOTS = 3
SKILLS = 5
YEAR = 12

AGES = 121
"""Ages of ties in months, 0 to 120; the last one is open."""

# Types of tie, in the `stage` column (MODEL.md 2.2).
FREE = 0
ONLINE = 1
HOBBY = 2
EXCHANGE = 3
WORK = 4
DIRECT = 5
LATENT = 6

# Status of a host place.
EMPTY = 0
ACTIVE = 1
RESTING = 2
GONE = 3

# Bits of the `kind` column: type at the start, and whether the place is within an hour.
START_BITS = 7
NEAR_BIT = 8


class People(NamedTuple):
    """People, shape (N,)."""

    interest: F32
    """Interest in places other than one's own, 0-1."""
    setpoint: U8
    """Level of natural interest: index into a table of 256 quantiles."""
    mobility: U8
    """Level of mobility (time, money, habit): index into a table of 256 quantiles."""
    openness: U8
    """Level of openness to show one's own weakness: index into a table of 256 quantiles."""
    skill: U8
    """Skill and kind of need that it meets, 0-4."""


class Ties(NamedTuple):
    """Ties, shape (N, 3): at most one tie between a person and a place."""

    stage: U8
    """Type of tie: 0 free slot, 1-5 live, 6 latent."""
    place: I16
    """Place the tie leads to."""
    strength: F32
    """Strength q, 0-1."""
    host: I32
    """Row of the host who looks after it; -1 where there is none."""
    born: I16
    """Month in which this spell began."""
    kind: U8
    """Type at the start, and the near bit."""
    visits: U8
    """Visits (or contacts without a visit) this month."""


class Hosts(NamedTuple):
    """Host places, shape (A,)."""

    status: U8
    """Empty, active, resting (no new ties) or gone (ties to be handed over)."""
    capacity: F32
    """Hours a month this person can give."""
    exhaustion: F32
    """B, 0-1."""
    openness: F32
    """w, disclosure of weakness, 0-1."""
    minutes: I64
    """Load of the month in minutes."""
    past: I32
    """Load of the last 12 months in minutes, month m in column m mod 12 (A, 12)."""
    ties: I32
    """Ties looked after, recounted each month."""


class Regions(NamedTuple):
    """Places, shape (R,) or (R, 5)."""

    needs: F64
    """Hidden needs N by skill (R, 5)."""
    slots: F64
    """Open roles K by skill (R, 5)."""
    understanding: F64
    """U, residents' understanding, 0-1 (R,)."""
    demand: F64
    """Expected searchers a month by skill (R, 5)."""
    taken: F64
    """Roles taken, remembered over some months (R,)."""
    expired: F64
    """Roles withdrawn unanswered, remembered over some months (R,)."""


class Census(NamedTuple):
    """Counts of people and ties, taken anew at the end of each month."""

    home: I64
    """Residents by the columns named below (R, 10)."""
    stages: I64
    """Ties that lead to the place, by stage (R, 7)."""
    participants: I64
    """Exchange, work and direct ties to the place by skill (R, 5)."""
    reached: I64
    """Live ties to the place that began as visiting ones and pass 36 months this month (R,)."""
    neighbours: I32
    """Live ties by home and place (R, R)."""
    ages: I64
    """Live ties by start (0-5), near (0, 1) and age (6, 2, AGES)."""
    hosted: I64
    """Ties by host (A,)."""


# Columns of Census.home.
VISITING, NONVISITING, INDIFFERENT, TIED = 0, 1, 2, 3
MAIN_HOBBY, DIRECT_PEOPLE, HOME_TIES = 4, 8, 9
HOME_COUNTS = 10


class Tally(NamedTuple):
    """What happened this month: integer counts that do not depend on the order of people."""

    searchers: I64
    """By place and skill (R, 5)."""
    met: I64
    """(R,)."""
    taken: I64
    """Roles taken by place and skill (R, 5)."""
    unmatched: I64
    """Visitors who met somebody but found no role (R,)."""
    started: I64
    """Live ties that began, latent ones that returned left out (R,)."""
    returned: I64
    """Latent ties that came back to life (R,)."""
    ended: I64
    """Live ties that ended, latent or dropped (R,)."""
    visits: I64
    """(R,)."""
    work: I64
    """Working visits by place and skill, in halves (R, 5)."""
    pooled: I64
    """Seconds that fall on the hosts of a place together (R,)."""
    minutes: I64
    """Minutes that fall on a host by name (A,)."""
    spells: I64
    """Ended ties by start, near and age (6, 2, AGES)."""


@dataclass(eq=False)
class State:
    """All memory of a run.

    Attributes:
        month: Months done since the start of the burn-in.
        people: Columns of people.
        ties: Columns of ties.
        hosts: Columns of host places.
        regions: Columns of places.
        census: Counts at the end of the last month.
    """

    month: int
    people: People
    ties: Ties
    hosts: Hosts
    regions: Regions
    census: Census
