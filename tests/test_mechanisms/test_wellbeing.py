"""Wellbeing (E24b): b' = b + d_b (beta_0 - b); after contacts b'' = b' + a_b Q* (1 - b'), Q* the best quality of the month.

d_b 0.05, beta_0 0.6, a_b 0.03; Q 0.35 without visits, 0.55 hobby; in the bare world 0.88 x 0.85 x 1.1 = 0.8228 for work and
direct contribution, 0.748 for exchange.
"""

from __future__ import annotations

import pytest
import worlds
from worlds import CITY, SUBURB, TOWN

from sim.mechanisms.wellbeing import wellbeing
from sim.state import DIRECT, EXCHANGE, HOBBY, LATENT, ONLINE, WORK

STEP = 1.0 / 65535
"""Wellbeing is kept in steps of this size."""


def live(before, *ties, months=1, prepare=lambda w: None, **changes):
    """Return the wellbeing of a person with some ties (type, visits), and of the next one without any."""
    w = worlds.bare(**changes)
    w.state.people.wellbeing[...] = round(before * 65535)
    for slot, (stage, visits) in enumerate(ties):
        place = (CITY, SUBURB, TOWN)[slot]
        host = w.geometry.host_starts[place] if EXCHANGE <= stage <= DIRECT else -1
        worlds.tie(w, 3, slot, stage, place, host=host, visits=visits)
    prepare(w)
    worlds.act(w, wellbeing, months)
    return w.state.people.wellbeing[3] / 65535, w.state.people.wellbeing[4] / 65535


# b, ties with visits: b''
TABLE = [
    (0.4, (), 0.41),  # 0.4 + 0.05 x 0.2
    (0.8, (), 0.79),
    (0.4, ((HOBBY, 1),), 0.419735),  # 0.41 + 0.03 x 0.55 x 0.59
    (0.4, ((HOBBY, 9),), 0.419735),  # not the number of visits
    (0.4, ((ONLINE, 1),), 0.416195),
    (0.4, ((EXCHANGE, 1),), 0.4232396),
    (0.4, ((DIRECT, 2),), 0.4245636),
    (0.4, ((HOBBY, 5), (WORK, 1), (ONLINE, 1)), 0.4245636),  # the best contact alone
    (0.4, ((DIRECT, 0), (HOBBY, 1)), 0.419735),  # without a visit no contact
    (0.4, ((LATENT, 3),), 0.41),  # nor in memory
    (1.0, ((DIRECT, 1),), 0.9804937),  # 0.98 + 0.03 x 0.8228 x 0.02
]


@pytest.mark.parametrize(("before", "ties", "expected"), TABLE)
def test_contact_does_good_as_worked_by_hand(before, ties, expected):
    found, alone = live(before, *ties)
    assert found == pytest.approx(expected, abs=STEP)
    assert alone == pytest.approx(before + 0.05 * (0.6 - before), abs=STEP)


def test_quality_is_that_of_the_hosts_and_the_place():
    """Half attention, exhausted hosts: 0.88 x 0.5 x 0.8 x 0.85 x 1.1 = 0.32912; a hobby visit does more good."""

    def prepare(w):
        w.chances.attention[...], w.state.hosts.exhaustion[...] = 0.5, 0.4

    assert live(0.4, (DIRECT, 1), prepare=prepare)[0] == pytest.approx(0.41 + 0.03 * 0.32912 * 0.59, abs=STEP)
    assert live(0.4, (DIRECT, 1), (HOBBY, 1), prepare=prepare)[0] == pytest.approx(0.419735, abs=STEP)


def test_joint_work_and_matching_do_good():
    def prepare(w):
        worlds.set_levels(w, shared_doing=1.0, matching=0.0)

    style = {"strength__shared_doing": 0.25, "strength__matching": 0.2}
    found = live(0.4, (EXCHANGE, 1), prepare=prepare, **style)[0]  # 0.748 x 1.25 x 0.8 = 0.748
    assert found == pytest.approx(0.4232396, abs=STEP)


def test_good_wears_off_exponentially():
    """b - 0.6 shrinks by 0.95 a month, each month rounded to a step: at most half of one, and 20 times that in the long run."""
    assert live(1.0, months=24)[1] == pytest.approx(0.6 + 0.4 * 0.95**24, abs=10 * STEP)


def test_nothing_changes_at_speed_0_and_all_is_as_usual_at_speed_1():
    assert live(0.3, (HOBBY, 1), wellbeing__gain=0.0, wellbeing__back=0.0)[0] == pytest.approx(
        0.3, abs=STEP / 2
    )
    assert live(0.3, wellbeing__back=1.0)[0] == pytest.approx(0.6, abs=STEP / 2)


def test_wellbeing_settles_where_good_and_wear_balance_and_never_passes_1():
    """b' = 0.95 b + 0.03, b = 0.9835 b' + 0.0165: b (1 - 0.934325) = 0.029505 + 0.0165, so b = 0.700495."""
    assert live(0.6, (HOBBY, 1), months=600)[0] == pytest.approx(0.700495, abs=20 * STEP)
    assert live(0.9, (DIRECT, 1), months=50, wellbeing__gain=1.0, strength__quality_direct=1.0)[0] <= 1.0


def test_people_with_good_contacts_are_better_off():
    best, some, none = (live(0.6, *ties, months=24)[0] for ties in (((DIRECT, 1),), ((HOBBY, 1),), ()))
    assert best > some > none
