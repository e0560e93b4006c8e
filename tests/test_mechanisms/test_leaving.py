"""Leaving (E14): h = hx exp(-b_q q - b_near near - b_kin roots + b_room (1/2 - room) [visiting] + (b_att (1 - att) + b_B B)
[hosted]) + hx_mis exp(-age / 6) [work] + k_duty days / 12 [hosted, no visit]
+ k_fee fees organisation [hosted, body open]; hx_epi for whom a disaster brought;
life event hx_0: steps down with probability `gradation`, else ends; sleeps with probability p_lat min(1, 2 q).

b_q 2, b_near 0.3, b_kin 0.7, b_room 0.9, b_att 2, b_B 1.5, hx_mis 0, k_duty 0.1, k_fee 0.02, hx_epi 0.23, gradation 0.6, p_lat 0.5.
"""

from __future__ import annotations

import numpy as np
import pytest
import worlds
from worlds import TOWN

from sim.mechanisms.leaving import exit_hazard, leaving
from sim.state import DIRECT, EXCHANGE, FREE, HOBBY, LATENT, NEAR_BIT, ONLINE, ROOTS_BIT, WORK

PEOPLE = 4000
STAY = {f"leaving__{name}": 0.0 for name in ("online", "hobby", "exchange", "work", "direct", "life_event")}
NAMES = {ONLINE: "online", HOBBY: "hobby", EXCHANGE: "exchange", WORK: "work", DIRECT: "direct"}

# stage, q, near, roots, room, att, B: hazard at base 1, probability in a month
TABLE = [
    (ONLINE, 0.5, 0, 0, 0.0, 0.0, 1.0, 0.367879, 0.307799),  # exp(-1): no visiting, no host
    (HOBBY, 0.5, 1, 0, 0.5, 0.0, 1.0, 0.272532, 0.238551),  # exp(-1.3)
    (HOBBY, 0.5, 0, 0, 0.0, 1.0, 0.0, 0.576950, 0.438391),  # exp(-1 + 0.45)
    (HOBBY, 0.5, 0, 0, 1.0, 1.0, 0.0, 0.234570, 0.209089),  # exp(-1 - 0.45)
    (EXCHANGE, 0.5, 0, 0, 0.5, 0.5, 0.4, 1.822119, 0.838317),  # exp(-1 + 1 + 0.6)
    (WORK, 0.0, 0, 0, 0.5, 1.0, 0.0, 1.0, 0.632121),
    (DIRECT, 1.0, 0, 0, 0.5, 1.0, 0.0, 0.135335, 0.126577),  # exp(-2)
    (HOBBY, 0.5, 0, 1, 0.5, 1.0, 0.0, 0.182684, 0.166969),  # exp(-1 - 0.7)
    (ONLINE, 0.5, 1, 1, 0.0, 1.0, 0.0, 0.135335, 0.126577),  # exp(-1 - 0.3 - 0.7)
]


def leave(
    stage, q=0.5, near=0, room=0.5, att=1.0, tired=0.0, base=0.0, tie=None, levels=None, closed=0, **changes
):
    """Return a world of 4,000 equal ties with the town, after a month."""
    w = worlds.bare(PEOPLE, **{**STAY, f"leaving__{NAMES[stage]}": base, **changes})
    worlds.set_levels(w, **(levels or {}))
    w.chances.room[...], w.chances.attention[...], w.state.hosts.exhaustion[...] = room, att, tired
    w.state.regions.closed[TOWN] = closed
    host = w.geometry.host_starts[TOWN] if stage >= EXCHANGE else -1
    worlds.tie(w, slice(None), 0, stage, TOWN, q, host=host, near=near, **(tie or {}))
    worlds.act(w, leaving)
    return w


def gone(w):
    return ~worlds.live(w.state.ties.stage[:, 0])


@pytest.mark.parametrize(
    ("stage", "q", "near", "roots", "room", "att", "tired", "hazard", "probability"), TABLE
)
def test_ties_end_as_worked_by_hand(stage, q, near, roots, room, att, tired, hazard, probability):
    bits, strain = NEAR_BIT * near + ROOTS_BIT * roots, 2.0 * (1.0 - att) + 1.5 * tired
    found = exit_hazard(worlds.book().leaving, 1.0, 0.7, stage, q, bits, room, strain, 1000, 0.0)
    assert found == pytest.approx(hazard, abs=1e-6)
    w = leave(stage, q, near, room, att, tired, base=1.0, tie={"roots": roots})
    ended = int(gone(w).sum())
    assert worlds.is_likely(ended, PEOPLE, probability)
    assert w.tally.ended[TOWN] == w.tally.spells[stage, near].sum() == ended


@pytest.mark.parametrize(("q", "asleep"), [(0.1, 0.1), (0.25, 0.25), (0.5, 0.5), (0.9, 0.5)])
def test_ended_ties_sleep_as_worked_by_hand(q, asleep):
    """0.5 x min(1, 2 q); hazard of the others so high that all end."""
    w = leave(HOBBY, q, base=500.0)
    stage = w.state.ties.stage[:, 0]
    assert w.tally.ended[TOWN] == PEOPLE
    assert worlds.is_likely((stage == LATENT).sum(), PEOPLE, asleep)
    assert (w.state.ties.place[:, 0][stage == FREE] == -1).all()
    assert (w.state.ties.place[:, 0][stage == LATENT] == TOWN).all()


@pytest.mark.parametrize(
    ("stage", "looser"), [(DIRECT, EXCHANGE), (WORK, EXCHANGE), (EXCHANGE, HOBBY), (HOBBY, ONLINE)]
)
def test_life_events_loosen_or_end_ties_as_worked_by_hand(stage, looser):
    """Hazard 0.2: 0.181269; x 0.6 = 0.108762 loosen, 0.072508 end."""
    w = leave(stage, leaving__life_event=0.2)
    t = w.state.ties
    assert worlds.is_likely((t.stage[:, 0] == looser).sum(), PEOPLE, 0.108762)
    assert worlds.is_likely(gone(w).sum(), PEOPLE, 0.072508)
    assert ((t.host[:, 0] >= 0) == (t.stage[:, 0] >= EXCHANGE) & worlds.live(t.stage[:, 0])).all()


def test_tie_without_visits_cannot_loosen():
    w = leave(ONLINE, leaving__life_event=0.2)
    assert worlds.is_likely(gone(w).sum(), PEOPLE, 0.181269)


@pytest.mark.parametrize(
    ("stage", "age", "probability"),
    [(WORK, 1, 0.344968), (WORK, 6, 0.168016), (WORK, 24, 0.009116), (DIRECT, 1, 0.0), (EXCHANGE, 1, 0.0)],
)  # 0.5 exp(-1/6) = 0.423241, 0.5 / e = 0.183940, 0.5 exp(-4) = 0.009158
def test_work_that_does_not_suit_ends_soon_as_worked_by_hand(stage, age, probability):
    w = leave(stage, leaving__mismatch=0.5, tie={"born": 1 - age})
    assert worlds.is_likely(gone(w).sum(), PEOPLE, probability)


@pytest.mark.parametrize(
    ("stage", "visits", "probability"),
    [(EXCHANGE, 0, 0.181269), (WORK, 0, 0.181269), (DIRECT, 0, 0.181269), (DIRECT, 1, 0.0), (HOBBY, 0, 0.0)],
)
def test_duty_ends_ties_of_those_who_do_not_come_as_worked_by_hand(stage, visits, probability):
    """24 days: 0.1 x 24 / 12 = 0.2."""
    w = leave(stage, levels={"minimum_duty": 24.0}, tie={"visits": visits})
    assert worlds.is_likely(gone(w).sum(), PEOPLE, probability)


# type, yen (thousands), size of the body, closed: probability
@pytest.mark.parametrize(
    ("stage", "fees", "size", "closed", "probability"),
    [
        (EXCHANGE, 10.0, 1.0, 0, 0.181269),  # 0.02 x 10
        (WORK, 10.0, 1.0, 0, 0.181269),
        (DIRECT, 10.0, 1.0, 0, 0.181269),
        (DIRECT, 5.0, 1.0, 0, 0.095163),
        (DIRECT, 10.0, 0.5, 0, 0.095163),  # half a body asks half of them
        (HOBBY, 10.0, 1.0, 0, 0.0),  # only who takes part pays
        (ONLINE, 10.0, 1.0, 0, 0.0),
        (DIRECT, 0.0, 1.0, 0, 0.0),
        (DIRECT, 10.0, 0.0, 0, 0.0),  # there is nobody to pay
        (DIRECT, 10.0, 1.0, 1, 0.0),  # a closed body asks for nothing
    ],
)
def test_fees_deter_as_worked_by_hand(stage, fees, size, closed, probability):
    """Whether they come or not."""
    for visits in (0, 2):
        w = leave(stage, levels={"fees": fees, "organisation": size}, closed=closed, tie={"visits": visits})
        assert worlds.is_likely(gone(w).sum(), PEOPLE, probability)


def test_fees_add_to_what_else_ends_ties_and_are_those_of_the_place():
    """0.2 and 24 days of duty, 0.2: 0.4. Fees of all other places change nothing."""
    asked = {"fees": 10.0, "organisation": 1.0}
    both = leave(DIRECT, levels={**asked, "minimum_duty": 24.0})
    assert worlds.is_likely(gone(both).sum(), PEOPLE, 0.329680)
    w = leave(DIRECT, levels={"organisation": 1.0})
    w.levels = w.levels._replace(fees=np.array([10.0, 10.0, 0.0, 10.0]))
    worlds.act(w, leaving)
    assert not gone(w).any()


@pytest.mark.parametrize("stage", [ONLINE, HOBBY, DIRECT])
def test_whom_a_disaster_brought_leaves_soon_whatever_binds_others(stage):
    """0.23 -> 0.205466, strong or weak, well or badly looked after."""
    for q, att in ((0.0, 0.2), (1.0, 1.0)):
        w = leave(
            stage,
            q=q,
            att=att,
            base=5.0,
            levels={"minimum_duty": 12.0, "fees": 10.0, "organisation": 1.0},
            tie={"short": 1, "roots": 1},
        )
        assert worlds.is_likely(gone(w).sum(), PEOPLE, 0.205466)


def test_nobody_leaves_at_hazard_0_and_nobody_sleeps_without_memory():
    assert not gone(leave(DIRECT, q=0.0, att=0.0, tired=1.0, room=0.0)).any()
    w = leave(HOBBY, q=1.0, base=500.0, latent__kept=0.0)
    assert (w.state.ties.stage[:, 0] == FREE).all()


@pytest.mark.parametrize(
    ("better", "worse"),
    [({"near": 1}, {"near": 0}), ({"q": 0.8}, {"q": 0.2}), ({"tired": 0.0}, {"tired": 0.8}),
     ({"att": 1.0}, {"att": 0.4}), ({"room": 0.9}, {"room": 0.1}), ({"tie": {"roots": 1}}, {})],
    ids=["near", "strength", "rested host", "attention", "room", "roots"],
)  # fmt: skip
def test_ties_last_longer_when(better, worse):
    """The same draws: whoever leaves in the better case leaves in the worse one too, and not the other way round."""
    fewer, more = gone(leave(DIRECT, base=0.5, **better)), gone(leave(DIRECT, base=0.5, **worse))
    assert not (fewer & ~more).any()
    assert fewer.sum() < more.sum()


def test_loose_membership_keeps_people_who_would_have_ended():
    strict, loose = (leave(DIRECT, leaving__life_event=0.3, levels={"gradation": g}) for g in (0.0, 1.0))
    assert gone(strict).sum() > 500
    assert not gone(loose).any()
