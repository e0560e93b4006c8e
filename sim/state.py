"""What a run remembers: people, ties, hosts and places as plain columns.

N people (sorted by home, so that home needs no column), 3 tie slots each, A host places (sorted by place),
R places, 5 skills.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sim.arrays import F32, F64, I16, I32, I64, U8, U16

SLOTS = 3
SKILLS = 5
YEAR = 12

AGES = 121
"""Ages of ties in months, 0 to 120; the last one is open."""

MONTHS = 256
"""Months of birth of ties are known modulo this number."""

OLDEST = 250
"""A live tie that is older counts as born so many months ago."""

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

# Bits of the `kind` column: type at the start; the place is within an hour; it is the place of one's family or
# former home; a community, not a purchase; brought by a disaster.
START_BITS = 7
NEAR_BIT = 8
ROOTS_BIT = 16
COMMUNITY_BIT = 32
SHORT_BIT = 64

# Sides of the guides.
CITY_SIDE, LOCAL_SIDE = 0, 1
SIDES = 2


class People(NamedTuple):
    """People, shape (N,)."""

    interest: F32
    """Interest in places other than one's own, 0-1."""
    wellbeing: U16
    """Wellbeing b, 0-1, in steps of 1/65535."""
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
    born: U8
    """Month in which this spell began, modulo 256; the census moves it on before it is that long ago."""
    kind: U8
    """Type at the start, and the bits near, roots, community and short-lived."""
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
    minutes: I32
    """Load of the month in minutes."""
    past: U16
    """Load of the last 12 months in minutes, month m in column m mod 12 (A, 12); at most 65,535, or 1,092 hours."""
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
    demand_online: F64
    """Expected searchers a month without visits (R,)."""
    visited: F64
    """Visits of last month (R,)."""
    lead: F64
    """R, lead of residents in the work for their place, 0-1 (R,)."""
    posts: F64
    """F, share of guides' posts filled, by side (R, 2)."""
    motivation: F64
    """m of guides, 0-1, by side (R, 2)."""
    guide_skill: F64
    """z of guides, 0-1, by side (R, 2)."""
    link: F64
    """chi, how well the two sides work together, 0-1 (R,)."""
    money: F64
    """Yen of the private body per 5,000 adults (R,)."""
    service: F64
    """sv, share of its full service, 0-1 (R,)."""
    closed: U8
    """1 where it has closed for good (R,)."""
    own_feet: I32
    """Months in a row without subsidy and without debt (R,)."""
    shifted: F64
    """v, share of the movable budget moved to the hosts, 0-1 (R,)."""
    newcomers: I32
    """People who moved in, month m in column m mod 12 (R, 12)."""


class Census(NamedTuple):
    """Counts of people and ties, taken anew at the end of each month."""

    home: I64
    """Residents by the columns named below (R, 11)."""
    stages: I64
    """Ties that lead to the place, by stage (R, 7)."""
    participants: I64
    """Ties to the place by type (exchange, work, direct) and skill (R, 3, 5)."""
    marks: I64
    """Ties to the place by the columns named below (R, 5)."""
    reached: I64
    """Live ties to the place that began as visiting ones and pass 36 months this month (R,)."""
    neighbours: I32
    """Live ties by home and place (R, R)."""
    ages: I64
    """Live ties by start (0-5), near (0, 1) and age (6, 2, AGES)."""
    hosted: I32
    """Ties by host (A,)."""


# Columns of Census.home.
VISITING, NONVISITING, INDIFFERENT, TIED = 0, 1, 2, 3
MAIN_HOBBY, DIRECT_PEOPLE, HOME_TIES = 4, 8, 9
WELLBEING = 10
HOME_COUNTS = 11

# Columns of Census.marks: visiting ties that are near, have roots, are short-lived; ties without visits that are
# a community; recommenders less critics (mGAP).
MARK_NEAR, MARK_ROOTS, MARK_SHORT, MARK_COMMUNITY, MARK_RECOMMEND = 0, 1, 2, 3, 4
MARKS = 5


class Tally(NamedTuple):
    """What happened this month: integer counts that do not depend on the order of people."""

    searchers: I64
    """By place and skill (R, 5)."""
    searchers_online: I64
    """(R,)."""
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
    turned: I64
    """Ties without visits that became visiting ones (R,)."""
    moved: I64
    """People who moved in (R,)."""
    visits: I64
    """(R,)."""
    work: I64
    """Working visits by place and skill, in halves (R, 5)."""
    pooled: I64
    """Seconds that fall on the hosts of a place together (R,)."""
    minutes: I32
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
