"""Attention (E9, E11): pooled = [asked - staff]+ is spread by pi_a, what staff have left is taken off the hosts' own;
c_eff = c e (1 - u_c + u_c U / 0.7)(1 - B), att = min(1, c_eff / L).

h_0 0.1 h a visitor without a role, h_E 60 h an event, online a third (0.33), h_S 100 h a post, u_c 0.6; hosts of the bare world
give 10 h a month.
"""

from __future__ import annotations

import numpy as np
import pytest
import worlds
from worlds import CITY, TOWN

from sim.mechanisms.attention import attention
from sim.state import EMPTY, RESTING


def run(prepare=lambda w: None, events=0.0, levels=None, **changes):
    w = worlds.bare(**changes)
    worlds.set_levels(w, events=events, **(levels or {}))
    w.chances.host[:3] = [2.0, 3.0, 4.0]  # the city's hosts are asked 2 : 1 : 1
    prepare(w)
    worlds.act(w, attention)
    return w


def test_pooled_minutes_are_spread_as_worked_by_hand():
    def prepare(w):
        w.tally.minutes[0], w.tally.pooled[CITY] = 100, 6000  # seconds
        w.state.hosts.past[0, (w.month + 1) % 12] = 7

    w = run(prepare)
    assert w.state.hosts.minutes.tolist() == [150, 25, 25, 0, 0, 0, 0, 0]
    assert w.state.hosts.past[0].sum() == 157
    assert (w.chances.attention == 1.0).all()


# named minutes, B, U: attention
TABLE = [
    (420, 0.5, 0.35, 0.5),  # 600 x (0.4 + 0.6 x 0.5) x 0.5 = 210
    (1200, 0.0, 0.7, 0.5),  # 600
    (300, 0.75, 0.7, 0.5),  # 150
    (240, 0.0, 0.0, 1.0),  # 600 x 0.4 = 240
    (960, 0.0, 0.0, 0.25),
]


@pytest.mark.parametrize(("minutes", "tired", "understanding", "expected"), TABLE)
def test_attention_is_as_worked_by_hand(minutes, tired, understanding, expected):
    def prepare(w):
        w.tally.minutes[1], w.state.hosts.exhaustion[1] = minutes, tired
        w.state.regions.understanding[CITY] = understanding

    assert run(prepare).chances.attention[1] == pytest.approx(expected)


def test_events_and_visitors_without_a_role_cost_as_worked_by_hand():
    """City: 16 adults, n5 = 0.0032. 12 events: 60 h x 1 x 0.0032 = 11.52 min. 4 visitors: 24 min. 35.52 -> 36."""

    def prepare(w):
        w.tally.unmatched[CITY] = 4

    w = run(prepare, events=12.0)
    assert w.state.hosts.minutes[:3].tolist() == [18, 9, 9]


# levels: minutes of the three hosts; 12 events and 4 visitors ask for 11.52 + 24 = 35.52
HELPED = [
    ({"online_share": 0.5}, [16, 8, 8]),  # 11.52 x (1 - 0.67 / 2) = 7.6608; 31.6608 -> 32
    ({"staff": 1.0}, [8, 4, 4]),  # 60 x 100 x 0.0032 = 19.2; 16.32 -> 16
    ({"staff": 0.5, "reception_desk": 0.5}, [8, 4, 4]),  # a desk helps as other staff do
    ({"staff": 2.0}, [0, 0, 0]),  # 38.4
]


@pytest.mark.parametrize(("levels", "expected"), HELPED)
def test_staff_and_events_online_spare_hosts_as_worked_by_hand(levels, expected):
    def prepare(w):
        w.tally.unmatched[CITY] = 4

    assert run(prepare, events=12.0, levels=levels).state.hosts.minutes[:3].tolist() == expected


@pytest.mark.parametrize(
    ("posts", "expected"), [(10.0, [96, 48, 0]), (50.0, [0, 0, 0]), (0.0, [218, 109, 9])]
)
def test_staff_who_have_time_left_help_hosts_with_their_own_visitors(posts, expected):
    """Asked 35.52 of 192 minutes: 156.48 of 300 are left, a share of 0.5216; of 960 more than all. Without staff 36 more."""

    def prepare(w):
        w.tally.unmatched[CITY] = 4
        w.tally.minutes[:3] = [200, 100, 0]

    assert run(prepare, events=12.0, levels={"staff": posts}).state.hosts.minutes[:3].tolist() == expected


def test_staff_help_no_host_elsewhere():
    def prepare(w):
        w.tally.minutes[5] = 100
        w.levels = w.levels._replace(staff=np.array([9.0, 0.0, 0.0, 0.0]))

    assert run(prepare).state.hosts.minutes[5] == 100


def test_hours_lost_in_a_disaster_leave_less_attention():
    """Half of 600 minutes."""

    def prepare(w):
        w.tally.minutes[1] = 600
        w.chances.hours[CITY] = 0.5

    assert run(prepare).chances.attention[1] == 0.5


def test_no_load_leaves_full_attention():
    w = run()
    assert (w.state.hosts.minutes == 0).all()
    assert (w.chances.attention == 1.0).all()


def test_hosts_who_rest_still_look_after_their_own():
    def prepare(w):
        w.tally.minutes[1], w.state.hosts.status[1] = 1200, RESTING

    assert run(prepare).chances.attention[1] == 0.5


@pytest.mark.parametrize("status", [RESTING, EMPTY])
def test_only_those_who_are_asked_share_the_pooled_minutes(status):
    def prepare(w):
        w.state.hosts.status[1] = status
        w.chances.host[:3] = [1.0, 1.0, 2.0]
        w.tally.pooled[CITY] = 5400  # seconds

    assert run(prepare).state.hosts.minutes[:3].tolist() == [45, 0, 45]


def test_spreading_loses_no_minute():
    def prepare(w):
        w.chances.host[:3] = [1.0, 2.0, 3.0]
        w.tally.pooled[CITY], w.tally.pooled[TOWN] = 60_000, 420
        w.chances.host[5:7] = [1.0, 2.0]

    w = run(prepare)
    assert w.state.hosts.minutes[:3].tolist() == [333, 334, 333]  # 333.3, 666.7, 1000 in turn
    assert w.state.hosts.minutes[5:7].tolist() == [4, 3]  # 3.5 -> 4, then 7


def test_events_load_hosts():
    few, many = run(events=6.0, load__event_overhead=4000.0), run(events=60.0, load__event_overhead=4000.0)
    assert (many.state.hosts.minutes[:3] > few.state.hosts.minutes[:3]).all()
    assert np.all(many.chances.attention[:3] < few.chances.attention[:3])
