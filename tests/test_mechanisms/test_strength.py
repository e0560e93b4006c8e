"""Strength (E12, E13): Q = Q_st att (1 - B/2)(1/2 + U/2)(1 + b_w w v)(1 + b_o o)(1 - b_m (1 - matching)), at most 1;
contact 1-q' = (1-q)(1-eta Q)^n; else q (1 - d_q k_kin^[roots] (1 - k_on min(1, sessions story / 5))).

eta 0.15, k_NV 0.3, d_q 0.0135, b_w 0.4, b_o 0, b_m 0, k_kin 0.3, k_on 0.5, Q_st 0.35 0.55 0.80 0.88 0.88; v = 0.5 for
everybody in the bare world.
"""

from __future__ import annotations

import numpy as np
import pytest
import worlds
from worlds import CITY

from sim.mechanisms.strength import strength
from sim.state import DIRECT, EXCHANGE, HOBBY, LATENT, ONLINE, WORK

# stage, q, contacts, att, B, U, w: q after a month
TABLE = [
    (HOBBY, 0.5, 0, 1.0, 0.0, 0.7, 0.5, 0.49325),  # 0.5 x 0.9865
    (ONLINE, 0.08, 1, 1.0, 0.0, 0.7, 0.5, 0.09449),  # 0.15 x 0.3 x 0.35 = 0.01575; 1 - 0.92 x 0.98425
    (HOBBY, 0.2, 2, 0.5, 0.9, 0.1, 0.5, 0.326555),  # 0.0825, no host terms; 1 - 0.8 x 0.9175^2
    (
        EXCHANGE,
        0.5,
        1,
        0.5,
        0.4,
        0.7,
        0.5,
        0.52244,
    ),  # 0.8 x 0.5 x 0.8 x 0.85 x 1.1 = 0.2992; x 0.15 = 0.04488
    (WORK, 0.3, 1, 1.0, 0.0, 1.0, 0.5, 0.40164),  # 0.88 x 1.1 = 0.968; x 0.15 = 0.1452; 1 - 0.7 x 0.8548
    (DIRECT, 0.3, 1, 1.0, 0.0, 1.0, 0.0, 0.3924),  # 0.88; x 0.15 = 0.132; 1 - 0.7 x 0.868
    (DIRECT, 0.0, 3, 1.0, 1.0, 0.0, 0.0, 0.095769),  # 0.88 x 0.5 x 0.5 = 0.22; 0.033; 1 - 0.904231
]


def after(
    stage,
    q,
    contacts,
    att=1.0,
    tired=0.0,
    understanding=0.7,
    shown=0.5,
    months=1,
    roots=0,
    levels=None,
    **changes,
):
    """Return the strength of one tie, with its host in the state told."""
    w = worlds.bare(**changes)
    worlds.set_levels(w, **(levels or {}))
    w.chances.attention[0], w.state.hosts.exhaustion[0] = att, tired
    w.state.regions.understanding[CITY], w.state.hosts.openness[0] = understanding, shown
    host = 0 if stage >= EXCHANGE else -1
    worlds.tie(w, 3, 1, stage, CITY, q, host=host, visits=contacts, roots=roots)
    worlds.act(w, strength, months)
    return w.state.ties.strength[3, 1]


@pytest.mark.parametrize(("stage", "q", "n", "att", "tired", "understanding", "shown", "expected"), TABLE)
def test_tie_grows_and_fades_as_worked_by_hand(stage, q, n, att, tired, understanding, shown, expected):
    assert after(stage, q, n, att, tired, understanding, shown) == pytest.approx(expected, abs=1e-6)


# stage, levels: q after one contact from 0.5, at b_o 0.25 and b_m 0.1; full attention, U 0.7, w 0.5: 0.8 x 0.85 x 1.1 = 0.748
STYLE = [
    (EXCHANGE, {"shared_doing": 0.0, "matching": 1.0}, 0.5561),  # 0.15 x 0.748 = 0.1122
    (EXCHANGE, {"shared_doing": 1.0, "matching": 1.0}, 0.570125),  # x 1.25
    (EXCHANGE, {"shared_doing": 0.0, "matching": 0.0}, 0.55049),  # x 0.9
    (EXCHANGE, {"shared_doing": 0.2, "matching": 0.5}, 0.5559598),  # x 1.05 x 0.95
    (
        DIRECT,
        {"shared_doing": 1.0, "matching": 1.0},
        0.575,
    ),  # 0.88 x 0.85 x 1.1 x 1.25 = 1.0285, but at most 1
    (HOBBY, {"shared_doing": 1.0, "matching": 0.0}, 0.54125),  # 0.15 x 0.55, whatever hosts do
]


@pytest.mark.parametrize(("stage", "levels", "expected"), STYLE)
def test_joint_work_and_matching_deepen_a_meeting_as_worked_by_hand(stage, levels, expected):
    found = after(stage, 0.5, 1, levels=levels, strength__shared_doing=0.25, strength__matching=0.1)
    assert found == pytest.approx(expected, abs=1e-6)


# roots, sessions, story: q after a month without contact from 0.5
@pytest.mark.parametrize(
    ("roots", "sessions", "story", "expected"),
    [
        (0, 0.0, 1.0, 0.49325),
        (1, 0.0, 1.0, 0.497975),  # x 0.3: 0.00405
        (0, 10.0, 0.5, 0.496625),  # x 0.5: 0.00675
        (0, 5.0, 0.5, 0.4949375),  # half as many: x 0.75
        (0, 20.0, 1.0, 0.496625),  # more than enough
        (1, 10.0, 0.5, 0.4989875),  # both: 0.002025
        (0, 20.0, 0.0, 0.49325),
    ],
)
def test_roots_and_sessions_keep_ties_from_fading_as_worked_by_hand(roots, sessions, story, expected):
    found = after(HOBBY, 0.5, 0, roots=roots, levels={"virtual_hub": sessions, "story": story})
    assert found == pytest.approx(expected, abs=1e-7)


def test_quality_is_at_most_1():
    """0.88 (1 + 2 x 1 x 0.5) = 1.76 counts as 1: with eta = 1 the tie is as strong as can be, not stronger."""
    assert after(DIRECT, 0.3, 1, shown=1.0, understanding=1.0, strength__weakness_bonus=2.0) == pytest.approx(
        0.405
    )


def test_best_contact_with_full_gain_makes_the_strongest_tie():
    assert after(DIRECT, 0.2, 1, understanding=1.0, strength__gain=1.0, strength__quality_direct=1.0) == 1.0


def test_contact_without_gain_leaves_a_tie_as_it_is():
    assert after(HOBBY, 0.25, 5, strength__gain=0.0) == 0.25


def test_fading_is_exponential():
    """q (1 - d)^36, each month rounded to a float32 (6e-8)."""
    found = after(HOBBY, 0.8, 0, months=36)
    assert found == pytest.approx(0.8 * 0.9865**36, rel=36 * 6e-8)


def test_free_and_sleeping_slots_are_left_alone():
    assert after(LATENT, 0.4, 0) == np.float32(0.4)


def test_contact_grows_a_tie_less_when_its_host_is_tired_absent_or_not_understood():
    best = after(DIRECT, 0.3, 1)
    assert after(DIRECT, 0.3, 1, tired=0.5) < best
    assert after(DIRECT, 0.3, 1, att=0.5) < best
    assert after(DIRECT, 0.3, 1, understanding=0.2) < best
    assert after(DIRECT, 0.3, 1, shown=0.9) > best
