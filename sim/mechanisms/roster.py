"""Roster: whoever has a tie, or a memory of one, is listed; to all rules about ties the others cost nothing.

Made after new ties have begun; nobody gets a tie later in the month, and slots that fall free later are skipped.

Reads ties.stage. Writes the crew's roster. Draws nothing. MODEL.md 7.12.
"""

from __future__ import annotations

from sim.jit import kernel
from sim.state import FREE
from sim.world import World


@kernel
def enrol(lo, hi, stage, roster):
    """List the rows of [lo, hi) with a slot in use from roster[lo] on; return where the list ends."""
    n = lo
    for i in range(lo, hi):
        roster[n] = i
        n += stage[i, 0] != FREE or stage[i, 1] != FREE or stage[i, 2] != FREE
    return n


def roster(w: World) -> None:
    """List the people with ties."""
    w.crew.list_tied(enrol, w.state.ties.stage)
