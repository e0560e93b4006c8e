"""Deepening (E15): hobby -> exchange u_12 (p_enc + k_E (1 - exp(-n_e (1 - online) / 12))) room (0.3 + q)(1 + phi_S S);
exchange -> direct, work u_24 (1 + phi_S S), u_23 room q; online -> visits c (0.3 + 2 q)(1 + k_rep letters)(1 + k_fol p_enc);
down d_21 (1 - room) and d_42 (1 - room)(1 - q); after a disaster online, hobby -> direct k_zn z, k_zh q z.

u_12 0.29, u_24 0.034, u_23 0.03, c 0.004 or in a community 0.012, k_E 0.1, d_21 0.02, d_42 0.03, phi_S 1, k_zn 0.3, k_zh 1.
"""

from __future__ import annotations

import pytest
import worlds
from worlds import TOWN

from sim.mechanisms.deepening import deepening, hazards
from sim.state import DIRECT, EXCHANGE, HOBBY, ONLINE, WORK

PEOPLE = 4000

QUIET = {"followed": 1.0, "touched": 1.0, "community": False, "help_online": 0.0, "help_hobby": 0.0}

# stage, q, room, invited, what else: hazards to direct, work, exchange, hobby
TABLE = [
    (ONLINE, 0.5, 0.0, 0.0, {}, (0, 0, 0, 0.0052)),  # 0.004 x 1.3
    (ONLINE, 0.5, 0.0, 0.0, {"community": True}, (0, 0, 0, 0.0156)),  # 0.012 x 1.3
    (ONLINE, 0.5, 0.0, 0.0, {"followed": 3.0, "help_online": 0.15}, (0.15, 0, 0, 0.0156)),
    (HOBBY, 0.2, 0.5, 0.4, {}, (0, 0, 0.029, 0)),  # 0.29 x 0.4 x 0.5 x 0.5
    (HOBBY, 0.2, 0.5, 0.4, {"touched": 1.5, "help_hobby": 0.5}, (0.1, 0, 0.0435, 0)),  # 0.5 x 0.2
    (EXCHANGE, 0.5, 0.8, 0.9, {}, (0.0136, 0.012, 0, 0.004)),  # 0.034 x 0.4; 0.03 x 0.4; 0.02 x 0.2
    (EXCHANGE, 0.5, 0.8, 0.9, {"touched": 1.5, "help_hobby": 9.0}, (0.0204, 0.012, 0, 0.004)),
    (WORK, 0.5, 0.2, 0.9, {}, (0, 0, 0.012, 0)),  # 0.03 x 0.8 x 0.5
    (DIRECT, 0.5, 0.2, 0.9, {"touched": 9.0, "help_online": 9.0}, (0, 0, 0.012, 0)),
]


def steps(
    stage,
    q=0.5,
    room=0.5,
    meeting=0.0,
    slot=0.0,
    hosts=True,
    community=0,
    spark=0.0,
    help_=0.0,
    levels=None,
    **changes,
):
    """Return a world of 4,000 equal ties with the town, after a month."""
    w = worlds.bare(PEOPLE, **changes)
    worlds.set_levels(w, **{"events": 0.0, **(levels or {})})
    worlds.strike(w, help=help_)
    w.chances.spark[...] = spark
    w.chances.room[...], w.chances.meeting[...], w.chances.slot[...] = room, meeting, slot
    if hosts:
        worlds.open_hosts(w)
    first = w.geometry.host_starts[TOWN]
    host = first if stage >= EXCHANGE else -1
    worlds.tie(w, slice(None), 0, stage, TOWN, q, host=host, community=community)
    worlds.act(w, deepening)
    return w


def count(w, stage):
    return int((w.state.ties.stage[:, 0] == stage).sum())


@pytest.mark.parametrize(("stage", "q", "room", "invited", "more", "expected"), TABLE)
def test_hazards_are_as_worked_by_hand(stage, q, room, invited, more, expected):
    found = hazards(worlds.book().deepening, stage, q, room, invited, *{**QUIET, **more}.values())
    assert found == pytest.approx(expected, abs=1e-12)


def test_hobby_ties_step_up_as_worked_by_hand():
    """p_enc 0.3 + 0.1 x 0.632121 = 0.363212; x 1 x 0.5 x 0.8 = 0.145285 -> 0.135224."""
    w = steps(HOBBY, meeting=0.3, levels={"events": 12.0}, deepening__hobby_to_exchange=1.0)
    assert worlds.is_likely(count(w, EXCHANGE), PEOPLE, 0.135224)
    t = w.state.ties
    assert ((t.host[:, 0] >= 0) == (t.stage[:, 0] == EXCHANGE)).all()
    assert w.tally.taken.sum() == 0


def test_exchange_ties_choose_between_direct_and_work_as_worked_by_hand():
    """room q = 0.5: 0.3 and 0.1 up, 0 down: 0.32968 step; three quarters to direct."""
    w = steps(EXCHANGE, room=1.0, deepening__exchange_to_direct=0.6, deepening__exchange_to_work=0.2)
    assert worlds.is_likely(count(w, DIRECT), PEOPLE, 0.24726)
    assert worlds.is_likely(count(w, WORK), PEOPLE, 0.08242)
    assert (w.state.ties.host[:, 0] == w.geometry.host_starts[TOWN]).all()


@pytest.mark.parametrize(("slot", "to"), [(0.0, HOBBY), (1.0, EXCHANGE)])
def test_ties_without_visits_become_visits_with_or_without_a_role(slot, to):
    """c 0.5 x 1.3 = 0.65 -> 0.477954; with a role for everybody they are exchange ties, and roles are taken."""
    w = steps(ONLINE, slot=slot, deepening__online_transactional=0.5)
    assert worlds.is_likely(count(w, to), PEOPLE, 0.477954)
    assert count(w, to) + count(w, ONLINE) == PEOPLE
    assert w.tally.taken[TOWN, 0] == (count(w, to) if slot else 0)
    assert w.tally.turned[TOWN] == w.tally.turned.sum() == count(w, to)
    assert ((w.state.ties.host[:, 0] >= 0) == (w.state.ties.stage[:, 0] == EXCHANGE)).all()


def test_role_is_not_taken_where_nobody_takes_new_ties():
    w = steps(ONLINE, slot=1.0, hosts=False, deepening__online_transactional=50.0)
    assert count(w, ONLINE) == PEOPLE
    assert w.tally.taken.sum() == w.tally.turned.sum() == 0


# community, letters, p_enc: probability to visit at q 0.5; c 0.1, in a community 0.2; k_rep 0.25, k_fol 1
@pytest.mark.parametrize(
    ("community", "letters", "meeting", "probability"),
    [(0, 0.0, 0.0, 0.121905), (1, 0.0, 0.0, 0.228948), (0, 4.0, 0.0, 0.228948), (0, 4.0, 0.5, 0.322943)],
)  # 0.13, 0.26, 0.26, 0.39
def test_replies_meetings_and_a_community_bring_supporters_as_worked_by_hand(
    community, letters, meeting, probability
):
    speeds = {"deepening__online_transactional": 0.1, "deepening__online_community": 0.2}
    speeds |= {"deepening__replies": 0.25, "deepening__follow_up": 1.0}
    levels = {"reply_letters": letters}
    w = steps(ONLINE, community=community, meeting=meeting, levels=levels, **speeds)
    assert worlds.is_likely(count(w, HOBBY), PEOPLE, probability)


@pytest.mark.parametrize(("stage", "probability"), [(ONLINE, 0.139292), (HOBBY, 0.221199), (EXCHANGE, 0.0)])
def test_after_a_disaster_people_come_to_help_as_worked_by_hand(stage, probability):
    """z 0.5: 0.3 z = 0.15 of supporters, z q = 0.25 of hobby visitors; they need a host, and take no role of a list."""
    still = {
        f"deepening__{n}": 0.0 for n in ("online_transactional", "hobby_to_exchange", "exchange_to_direct")
    }
    still |= {f"deepening__{n}": 0.0 for n in ("exchange_to_work", "down_exchange")}
    w = steps(stage, help_=0.5, slot=1.0, **still)
    assert worlds.is_likely(count(w, DIRECT), PEOPLE, probability)
    assert count(w, DIRECT) + count(w, stage) == PEOPLE
    assert w.tally.taken.sum() == 0
    assert w.tally.turned.sum() == (count(w, DIRECT) if stage == ONLINE else 0)


def test_sparks_and_events_on_the_spot_bring_hobby_visitors_in():
    """p_enc 0 and k_E 1: 0.632121 x 0.5 x 0.8 = 0.252848; with S 0.5 half as much again; online nobody is invited."""
    speeds = {"deepening__hobby_to_exchange": 1.0, "deepening__event_exposure": 1.0}
    plain = steps(HOBBY, levels={"events": 12.0}, **speeds)
    assert worlds.is_likely(count(plain, EXCHANGE), PEOPLE, 0.223414)
    touched = steps(HOBBY, levels={"events": 12.0}, spark=0.5, **speeds)
    assert worlds.is_likely(count(touched, EXCHANGE), PEOPLE, 0.315630)
    assert count(steps(HOBBY, levels={"events": 12.0, "online_share": 1.0}, **speeds), HOBBY) == PEOPLE


@pytest.mark.parametrize(("stage", "to"), [(DIRECT, EXCHANGE), (WORK, EXCHANGE), (EXCHANGE, HOBBY)])
def test_ties_loosen_where_there_is_no_room(stage, to):
    """d 0.8 x (1 - 0): 0.8 for exchange -> 0.550671; x (1 - q) = 0.4 for work and direct -> 0.32968."""
    w = steps(stage, room=0.0, deepening__down_exchange=0.8, deepening__down_involved=0.8)
    assert worlds.is_likely(count(w, to), PEOPLE, 0.550671 if to == HOBBY else 0.32968)
    assert ((w.state.ties.host[:, 0] >= 0) == (w.state.ties.stage[:, 0] >= EXCHANGE)).all()


def test_nobody_steps_up_without_room_and_nobody_down_with_all_of_it():
    often = {
        "deepening__hobby_to_exchange": 50.0,
        "deepening__down_exchange": 50.0,
        "deepening__down_involved": 50.0,
    }
    assert count(steps(HOBBY, room=0.0, meeting=1.0, **often), HOBBY) == PEOPLE
    assert count(steps(DIRECT, room=1.0, **often), DIRECT) == PEOPLE
    still = {"deepening__exchange_to_direct": 0.0, "deepening__exchange_to_work": 0.0}
    assert count(steps(EXCHANGE, room=1.0, **often, **still), EXCHANGE) == PEOPLE


def test_nobody_steps_up_where_nobody_takes_new_ties():
    w = steps(HOBBY, room=1.0, meeting=1.0, hosts=False, deepening__hobby_to_exchange=50.0)
    assert count(w, HOBBY) == PEOPLE


def test_more_room_and_more_strength_bring_more_steps():
    few = count(steps(HOBBY, q=0.2, room=0.3, meeting=0.5, deepening__hobby_to_exchange=1.0), EXCHANGE)
    assert (
        count(steps(HOBBY, q=0.2, room=0.9, meeting=0.5, deepening__hobby_to_exchange=1.0), EXCHANGE)
        > 2 * few
    )
    assert (
        count(steps(HOBBY, q=0.9, room=0.3, meeting=0.5, deepening__hobby_to_exchange=1.0), EXCHANGE)
        > 2 * few
    )
