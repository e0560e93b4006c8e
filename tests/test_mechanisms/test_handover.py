"""Handover (E19): ties of a host who is gone move with probability rho_h + (1 - rho_h) lambda, those of a burnt-out
one (B > 0.6) with 0.3 lambda; a moved tie keeps 1 - hloss of its strength.

rho_h 0.5, k_rel 0.3, hloss 0.15, p_lat 0.5.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import worlds
from worlds import CITY

from sim.mechanisms.handover import handover
from sim.state import EXCHANGE, GONE, LATENT, RESTING

PEOPLE = 1600


def pass_on(coordination, gone=False, tired=0.0, q=0.25, others=True, **changes):
    """Return a world in which 1,600 residents of the city had a tie with its first host, after a month."""
    w = worlds.bare(4000, **changes)
    worlds.set_levels(w, coordination=coordination)
    h = w.state.hosts
    h.status[0] = GONE if gone else RESTING
    if not others:
        h.status[1:] = RESTING
    h.exhaustion[0] = tired
    worlds.open_hosts(w)
    worlds.tie(w, slice(0, PEOPLE), 0, EXCHANGE, CITY, q, host=0)
    worlds.act(w, handover)
    return w


def moved(w):
    t = w.state.ties
    return (t.stage[:PEOPLE, 0] == EXCHANGE) & (t.host[:PEOPLE, 0] > 0)


# gone, B, lambda: probability to move
TABLE = [
    (True, 0.0, 0.0, 0.5),
    (True, 0.0, 0.1, 0.55),  # 0.5 + 0.5 x 0.1
    (True, 0.0, 1.0, 1.0),
    (False, 0.7, 0.5, 0.15),  # 0.3 x 0.5
    (False, 0.7, 0.0, 0.0),
    (False, 0.5, 1.0, 0.0),  # not yet burnt out
]


@pytest.mark.parametrize(("gone", "tired", "coordination", "probability"), TABLE)
def test_ties_move_with_the_probability_worked_by_hand(gone, tired, coordination, probability):
    w = pass_on(coordination, gone, tired)
    assert worlds.is_likely(moved(w).sum(), PEOPLE, probability)
    stays = ~moved(w)
    assert (w.state.ties.stage[:PEOPLE, 0][stays] == EXCHANGE).all() == (not gone or probability == 1.0)


def test_moved_tie_keeps_its_strength_but_for_the_loss():
    t = pass_on(1.0, gone=True, q=0.4).state.ties
    np.testing.assert_allclose(t.strength[:PEOPLE, 0], 0.34, rtol=1e-6)  # 0.4 x 0.85


def test_tie_that_stays_with_its_tired_host_loses_nothing():
    """Where the burnt-out host is the only one who is asked, relief finds nobody else."""
    w = worlds.bare()
    worlds.set_levels(w, coordination=1.0)
    w.state.hosts.exhaustion[0], w.state.hosts.status[1:] = 0.9, RESTING
    worlds.open_hosts(w)
    worlds.tie(w, slice(None), 0, EXCHANGE, CITY, 0.5, host=0)
    worlds.act(w, handover)
    assert (w.state.ties.host[:, 0] == 0).all()
    assert (w.state.ties.strength[:, 0] == 0.5).all()


def test_moved_ties_go_to_active_hosts_of_the_same_place():
    w = pass_on(1.0, gone=True)
    hosts = w.state.ties.host[:PEOPLE, 0]
    assert hosts.min() >= 1
    assert hosts.max() < w.geometry.host_starts[1]
    assert len(np.unique(hosts)) > 0.9 * w.geometry.host_starts[1]  # 320 hosts, 1,600 ties


def test_ties_that_are_not_moved_end_and_fall_asleep():
    w = pass_on(0.0, gone=True)
    stage = w.state.ties.stage[:PEOPLE, 0]
    ended = int((~moved(w)).sum())
    assert w.tally.ended[CITY] == w.tally.spells[EXCHANGE, 0, 1] == ended
    assert ended > 0
    assert ((stage == LATENT) == ~moved(w)).all()


def test_without_other_hosts_all_ties_of_a_gone_host_end_and_those_of_a_tired_one_stay():
    assert pass_on(1.0, gone=True, others=False).tally.ended[CITY] == PEOPLE
    w = pass_on(1.0, tired=0.9, others=False)
    assert (w.state.ties.host[:PEOPLE, 0] == 0).all()
    assert w.tally.ended.sum() == 0


def test_coordination_saves_ties_when_a_host_leaves():
    saved = [moved(pass_on(c, gone=True)) for c in (0.0, 0.3, 0.6, 1.0)]
    for fewer, more in pairwise(saved):
        assert not (fewer & ~more).any()
        assert fewer.sum() < more.sum()
