"""Latent (E16): q' = q (1 - d_q k_kin^[roots]), forgotten under q_min; returns with hazard
q (a_re / 0.2 + k_re (p_H + p_E) + k_zl z).

d_q 0.0135, k_kin 0.3, q_min 0.02, k_zl 2; a returned tie has a role with p_K: exchange 0.6, work 0.15, direct 0.25.
"""

from __future__ import annotations

import numpy as np
import pytest
import worlds
from worlds import TOWN

from sim.mechanisms.latent import latent
from sim.state import DIRECT, EXCHANGE, FREE, HOBBY, LATENT, NEAR_BIT, ONLINE, ROOTS_BIT, WORK

PEOPLE = 4000
NEVER = {"latent__spontaneous": 0.0, "latent__reminded": 0.0}


def sleep(q=0.5, months=1, hub=0.0, event=0.0, slot=0.0, help_=0.0, tie=None, **changes):
    w = worlds.bare(PEOPLE, **changes)
    worlds.strike(w, help=help_)
    w.chances.hub[...], w.chances.event[...], w.chances.slot[...] = hub, event, slot
    worlds.open_hosts(w)
    worlds.tie(w, slice(None), 0, LATENT, TOWN, q, **(tie or {}))
    worlds.act(w, latent, months)
    return w


# spontaneous, reminded, p_H, p_E, z: probability of a return at q 0.5, which is 0.49325 after a month
TABLE = [
    (0.2, 0.0, 0.9, 0.9, 0.0, 0.389361),  # 0.49325
    (0.0, 1.0, 0.4, 0.2, 0.0, 0.256175),  # 0.49325 x 0.6 = 0.29595
    (0.2, 1.0, 0.4, 0.2, 0.0, 0.545792),  # 0.7892
    (0.0, 0.0, 0.9, 0.9, 0.25, 0.218566),  # 0.49325 x 2 x 0.25 = 0.246625
]


@pytest.mark.parametrize(("spontaneous", "reminded", "hub", "event", "help_", "probability"), TABLE)
def test_sleeping_ties_return_with_the_probability_worked_by_hand(
    spontaneous, reminded, hub, event, help_, probability
):
    reasons = {"latent__spontaneous": spontaneous, "latent__reminded": reminded}
    w = sleep(hub=hub, event=event, help_=help_, **reasons)
    returned = int((w.state.ties.stage[:, 0] == HOBBY).sum())
    assert worlds.is_likely(returned, PEOPLE, probability)
    assert w.tally.returned[TOWN] == w.tally.unmatched[TOWN] == returned
    assert w.tally.started.sum() == 0


def test_fading_is_exponential_and_ends_in_forgetting():
    """0.5 x 0.9865^n falls under 0.02 in month 237: ln 25 / 0.013592 = 236.8."""
    at = {n: sleep(months=n, **NEVER).state.ties for n in (12, 236, 237)}
    np.testing.assert_allclose(at[12].strength[:, 0], 0.5 * 0.9865**12, rtol=12 * 6e-8)
    assert (at[236].stage[:, 0] == LATENT).all()
    assert (at[237].stage[:, 0] == FREE).all()
    assert (at[237].place[:, 0] == -1).all()


def test_ties_with_roots_fade_more_slowly():
    """0.5 x (1 - 0.0135 x 0.3)^12."""
    t = sleep(months=12, tie={"roots": 1}, **NEVER).state.ties
    np.testing.assert_allclose(t.strength[:, 0], 0.5 * 0.99595**12, rtol=12 * 6e-8)


def test_returned_ties_find_roles_as_newcomers_do():
    w = sleep(slot=1.0, latent__spontaneous=50.0)
    stage = w.state.ties.stage[:, 0]
    assert w.tally.taken[TOWN, 0] == PEOPLE == w.tally.returned[TOWN]  # hazard 123: everybody returns
    assert w.tally.unmatched.sum() == 0
    for kind, share in ((EXCHANGE, 0.6), (WORK, 0.15), (DIRECT, 0.25)):
        assert worlds.is_likely((stage == kind).sum(), PEOPLE, share)
    hosts, starts = w.state.ties.host[:, 0], w.geometry.host_starts
    assert starts[TOWN] <= hosts.min() <= hosts.max() < starts[TOWN + 1]


def test_returned_tie_begins_a_new_spell_and_keeps_place_strength_and_distance():
    """And roots; what brought or held the old spell is over."""
    tie = {"near": 1, "roots": 1, "short": 1, "community": 1, "start": ONLINE}
    t = sleep(tie=tie, latent__spontaneous=50.0, roots__slower_fading=1.0).state.ties
    assert (t.born[:, 0] == 1).all()
    assert (t.kind[:, 0] == HOBBY + NEAR_BIT + ROOTS_BIT).all()
    assert (t.place[:, 0] == TOWN).all()
    np.testing.assert_allclose(t.strength[:, 0], 0.49325, rtol=1e-6)


def test_nobody_returns_without_a_reason():
    w = sleep(hub=1.0, event=1.0, slot=1.0, **NEVER)
    assert (w.state.ties.stage[:, 0] == LATENT).all()
    assert w.tally.returned.sum() == 0


def test_stronger_memories_return_more_often():
    weak, strong = (sleep(q=q, latent__spontaneous=0.2).state.ties.stage[:, 0] == HOBBY for q in (0.1, 0.6))
    assert not (weak & ~strong).any()
    assert strong.sum() > 2 * weak.sum()
