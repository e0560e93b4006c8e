"""Visiting (E8, E9): visits ~ Poisson(f_st f' (0.4 + 1.2 q) exp(-beta_v tau' - beta_y [y_tau tau' - paid]+)
(1 + b_E (1 - exp(-n_e (1 - online) / 12)))(1 + b_H (1 - exp(-hub days / 20)))(1 - travel [far])),
f' = (f + k_bar fund [1 - f]+)(1 + k_ft free), tau' = max(tau - saved / 60, min(tau, 1/4));
minutes of a visit 60 h_st (1 - eps q)(1 - k_o o)(1 - mu).

f_st 0.3 0.3 0.6 0.5, h_st 0.05 0.4 0.55 0.6, eps 0.5, k_o 0.4, o 0.2, beta_v 0.1, beta_y 0, y_tau 5, b_E 0.3, b_H 0, k_bar 1,
k_ft 0.03, p_NV 0.15.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
import worlds
from worlds import CITY, ISLAND, SUBURB, TOWN

from sim.mechanisms.visiting import reach, visiting
from sim.numeric import MOST_VISITS, poisson
from sim.state import DIRECT, EXCHANGE, HOBBY, LATENT, ONLINE, WORK

OFTEN = {f"visit__{name}": 1000.0 for name in ("hobby", "exchange", "work", "direct")}
"""So often that every tie brings the most visits a month can hold, 30."""

# stage, q, mu, o: minutes of 30 visits, and work in halves
TABLE = [
    (HOBBY, 1.0, 0.0, 0.2, 2484, 0),  # 30 x 3 x 0.5 x 0.92 = 41.4 minutes, pooled in seconds
    (EXCHANGE, 0.0, 0.0, 0.2, 662, 30),  # 30 x 24 x 0.92 = 662.4
    (WORK, 0.2, 0.0, 0.2, 820, 60),  # 30 x 33 x 0.9 x 0.92 = 819.72
    (DIRECT, 0.5, 0.0, 0.2, 745, 60),  # 30 x 36 x 0.75 x 0.92 = 745.2
    (DIRECT, 0.5, 0.4, 0.2, 447, 60),  # x 0.6 = 447.12
    (DIRECT, 0.5, 0.0, 1.0, 486, 60),  # 30 x 36 x 0.75 x 0.6
    (DIRECT, 0.5, 0.0, 0.0, 810, 60),
]


@pytest.mark.parametrize(("stage", "q", "mu", "shared", "minutes", "work"), TABLE)
def test_visits_cost_minutes_as_worked_by_hand(stage, q, mu, shared, minutes, work):
    w = worlds.bare(**OFTEN)
    worlds.set_levels(w, intermediary=mu, shared_doing=shared)
    w.state.people.skill[5] = 3
    worlds.tie(w, 5, 2, stage, CITY, q, host=1 if stage > HOBBY else -1)
    worlds.act(w, visiting)
    assert w.state.ties.visits[5, 2] == w.tally.visits[CITY] == MOST_VISITS
    assert w.tally.pooled.tolist() == [minutes if stage == HOBBY else 0, 0, 0, 0]
    assert w.tally.minutes[1] == w.tally.minutes.sum() == (0 if stage == HOBBY else minutes)
    assert w.tally.work[CITY, 3] == w.tally.work.sum() == work


@pytest.mark.parametrize(
    ("u", "mean", "visits"),
    # P(N = 0, <= 1, <= 2) at mean 1: 0.36788, 0.73576, 0.91970; at mean 0.1: 0.90484, 0.99532
    [(0.3678, 1, 0), (0.3679, 1, 1), (0.7357, 1, 1), (0.7358, 1, 2), (0.9196, 1, 2), (0.9198, 1, 3),
     (0.9048, 0.1, 0), (0.9049, 0.1, 1), (0.9953, 0.1, 1), (0.9954, 0.1, 2), (0.9999, 0, 0), (0.5, 1e3, 30)],
)  # fmt: skip
def test_poisson_quantile_is_the_table_of_the_books(u, mean, visits):
    assert poisson(u, float(mean)) == visits


def visits_of_all(
    people=slice(None),
    place=CITY,
    events=0.0,
    q=0.5,
    stage=HOBBY,
    mobility=1.0,
    levels=None,
    cut=0.0,
    **changes,
):
    """Return visits a tie when 4,000 people have one tie each with a place."""
    w = worlds.bare(4000, **changes)
    w.tables = w.tables._replace(mobility=np.full(256, mobility))
    worlds.set_levels(w, events=events, **(levels or {}))
    worlds.strike(w, travel=cut)
    worlds.tie(w, people, 0, stage, place, q)
    worlds.act(w, visiting)
    return w.tally.visits[place] / (w.state.ties.stage[:, 0] == stage).sum()


@pytest.mark.parametrize(
    ("q", "events", "mean"),
    [(0.25, 0.0, 4.2), (0.25, 12.0, 4.99648), (0.75, 0.0, 7.8)],  # 6 x 0.7; x (1 + 0.3 x 0.632121); 6 x 1.3
)
def test_mean_number_of_visits_is_as_worked_by_hand(q, events, mean):
    """5 standard deviations of a Poisson mean of 4,000: 4 % at most."""
    found = visits_of_all(q=q, events=events, visit__hobby=6.0, visit__distance=0.0)
    assert abs(found - mean) < 5 * math.sqrt(mean / 4000)


# mobility, levels: mean at 6 x 0.7 = 4.2, for mobility 1 and nothing else
SUPPORTED = [
    (0.4, {}, 1.68),
    (0.4, {"barrier_fund": 0.5}, 2.94),  # 0.4 + 0.5 x 0.6 = 0.7
    (0.4, {"barrier_fund": 0.5, "free_time": 10.0}, 3.822),  # x 1.3
    (2.0, {"barrier_fund": 1.0}, 8.4),  # who is mobile needs no fund
    (1.0, {"hub": 1.0, "open_days": 20.0}, 6.854906),  # 1 + 1 x 0.632121
    (1.0, {"hub": 2.0, "open_days": 5.0}, 5.852571),  # 1 + 1 x 0.393469
]


@pytest.mark.parametrize(("mobility", "levels", "mean"), SUPPORTED)
def test_funds_time_and_hubs_bring_visits_as_worked_by_hand(mobility, levels, mean):
    found = visits_of_all(
        q=0.25,
        mobility=mobility,
        levels={"hub": 0.0, **levels},
        visit__hobby=6.0,
        visit__distance=0.0,
        visit__hub_draw=1.0,
    )
    assert abs(found - mean) < 5 * math.sqrt(mean / 4000)


def test_events_online_draw_nobody_to_the_place():
    """12 events, half of them online: 4.2 (1 + 0.3 x 0.393469) = 4.695771."""
    options = {"q": 0.25, "visit__hobby": 6.0, "visit__distance": 0.0}
    found = visits_of_all(events=12.0, levels={"online_share": 0.5}, **options)
    assert abs(found - 4.695771) < 5 * math.sqrt(4.7 / 4000)
    assert visits_of_all(events=12.0, levels={"online_share": 1.0}, **options) == visits_of_all(**options)


# hours, minutes saved, fare paid in 1,000 yen: what is left of the visits at beta_v 0.1, beta_y 0.02, y_tau 5
REACH = [
    (4.0, 0.0, 0.0, 0.449329),  # exp(-0.4 - 0.02 x 20)
    (4.0, 30.0, 0.0, 0.496585),  # tau' 3.5: exp(-0.35 - 0.35)
    (4.0, 30.0, 10.0, 0.606531),  # exp(-0.35 - 0.02 x 7.5)
    (4.0, 30.0, 20.0, 0.704688),  # no fare is left: exp(-0.35)
    (0.4, 60.0, 10.0, 0.975310),  # no less than a quarter of an hour: exp(-0.025)
    (0.2, 60.0, 10.0, 0.980199),  # or what it was: exp(-0.02)
]


@pytest.mark.parametrize(("hours", "saved", "paid", "expected"), REACH)
def test_time_and_fare_thin_out_visits_as_worked_by_hand(hours, saved, paid, expected):
    p = worlds.book(visit__cost=0.02).visit
    assert reach(p, hours, saved / 60, paid) == pytest.approx(expected, abs=1e-6)


def test_faster_and_cheaper_ways_bring_visits():
    """City to island 4.6514 h: 15 exp(-0.46514 - 0.02 x 23.257) = 5.9166; an hour and 10,000 yen less: 8.8266."""
    options = {"people": slice(0, 1600), "place": ISLAND, "visit__hobby": 15.0, "visit__cost": 0.02}
    assert abs(visits_of_all(**options) - 5.9166) < 5 * math.sqrt(5.9 / 1600)
    found = visits_of_all(levels={"transport": 60.0, "travel_subsidy": 10.0}, **options)
    assert abs(found - 8.8266) < 5 * math.sqrt(8.8 / 1600)  # 15 exp(-0.36514 - 0.02 x 8.257)


def test_where_ways_are_cut_only_far_visits_are_missing():
    """City to island 9.4206 a tie; of these 0.4 are left."""
    far = {"people": slice(0, 1600), "place": ISLAND, "visit__hobby": 15.0}
    assert abs(visits_of_all(cut=0.6, **far) - 3.7682) < 5 * math.sqrt(3.8 / 1600)
    assert visits_of_all(cut=1.0, **far) == 0.0
    near = {**far, "place": SUBURB}
    assert visits_of_all(cut=1.0, **near) == visits_of_all(**near) > 10


def test_distance_thins_out_visits():
    """City to island 4.6514 h: 15 x exp(-0.46514) = 9.4206 a tie; 1,600 residents of the city, 5 sd or 4 %."""
    found = visits_of_all(people=slice(0, 1600), place=ISLAND, visit__hobby=15.0)
    assert abs(found - 9.4206) < 5 * math.sqrt(9.4206 / 1600)


def test_events_and_strength_bring_more_visits():
    base = visits_of_all(place=TOWN, visit__event_draw=1.0)
    assert visits_of_all(place=TOWN, visit__event_draw=1.0, events=12.0) > base
    assert visits_of_all(place=TOWN, visit__event_draw=1.0, q=0.9) > base


def test_nobody_visits_at_frequency_0_and_everybody_writes_at_probability_1():
    assert visits_of_all(visit__hobby=0.0) == 0.0
    w = worlds.bare(visit__online_contact=1.0)
    worlds.tie(w, slice(None), 0, ONLINE, TOWN)
    worlds.act(w, visiting)
    assert (w.state.ties.visits[:, 0] == 1).all()
    assert w.tally.visits.sum() == w.tally.pooled.sum() == w.tally.minutes.sum() == 0


def test_sleeping_ties_bring_no_visits_and_last_months_are_forgotten():
    w = worlds.bare(**OFTEN)
    worlds.tie(w, slice(None), 1, LATENT, TOWN, visits=9)
    worlds.act(w, visiting)
    assert w.tally.visits.sum() == 0
    assert (w.state.ties.visits == 0).all()


def test_staff_take_over_their_share_of_the_minutes():
    loads = []
    for mu in (0.0, 0.35, 0.7):
        w = worlds.bare(400, **OFTEN)
        worlds.set_levels(w, intermediary=mu)
        worlds.tie(w, slice(None), 0, WORK, CITY, 0.5, host=0)
        worlds.act(w, visiting)
        loads.append(w.tally.minutes[0])
    np.testing.assert_allclose(loads[1:], [loads[0] * 0.65, loads[0] * 0.3], atol=0.5 * 400 * 2)
