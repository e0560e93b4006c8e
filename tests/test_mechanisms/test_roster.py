"""Roster: the rows of people with a tie or a memory of one, in order, whatever the chunks."""

from __future__ import annotations

import numpy as np
import pytest
import worlds
from worlds import CITY

from sim.mechanisms.roster import roster
from sim.state import HOBBY, LATENT, ONLINE


def listed(w):
    """Return the rows that mechanisms about ties would meet."""
    roster(w)
    rows = []
    w.crew.each_tied(lambda lo, hi, found: rows.append(np.array(found[lo:hi])))
    return np.sort(np.concatenate(rows)).tolist() if rows else []


def test_people_with_any_slot_in_use_are_listed():
    w = worlds.bare()
    for person, slot, stage in (
        (0, 0, HOBBY),
        (7, 1, LATENT),
        (8, 2, ONLINE),
        (39, 2, HOBBY),
        (39, 0, LATENT),
    ):
        worlds.tie(w, person, slot, stage, CITY)
    assert listed(w) == [0, 7, 8, 39]


def test_nobody_is_listed_without_ties_and_everybody_with():
    w = worlds.bare()
    assert listed(w) == []
    worlds.tie(w, slice(None), 2, LATENT, CITY)
    assert listed(w) == list(range(40))


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_list_does_not_depend_on_the_number_of_threads(threads):
    w = worlds.world(400, 40, threads=threads)
    used = np.flatnonzero((w.state.ties.stage > 0).any(axis=1))
    assert 20 < len(used) < 380
    assert listed(w) == used.tolist()


def test_list_is_made_anew():
    w = worlds.bare()
    worlds.tie(w, [3, 5], 0, HOBBY, CITY)
    assert listed(w) == [3, 5]
    worlds.tie(w, 3, 0, 0, -1)
    assert listed(w) == [5]
