"""Visiting (E8, E9): visits ~ Poisson(f_st f (0.4 + 1.2 q) exp(-beta_v tau) (1 + b_E (1 - exp(-n_e / 12)))),
minutes of a visit 60 h_st (1 - eps q)(1 - k_o o)(1 - mu).

f_st 0.3 0.3 0.6 0.5, h_st 0.05 0.4 0.55 0.6, eps 0.5, k_o o = 0.08, beta_v 0.1, b_E 0.3, p_NV 0.15.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
import worlds
from worlds import CITY, ISLAND, TOWN

from sim.mechanisms.visiting import visiting
from sim.numeric import MOST_VISITS, poisson
from sim.state import DIRECT, EXCHANGE, HOBBY, LATENT, ONLINE, WORK

OFTEN = {f"visit__{name}": 1000.0 for name in ("hobby", "exchange", "work", "direct")}
"""So often that every tie brings the most visits a month can hold, 30."""

# stage, q, mu: minutes of 30 visits, and work in halves
TABLE = [
    (HOBBY, 1.0, 0.0, 2484, 0),  # 30 x 3 x 0.5 x 0.92 = 41.4 minutes, pooled in seconds
    (EXCHANGE, 0.0, 0.0, 662, 30),  # 30 x 24 x 0.92 = 662.4
    (WORK, 0.2, 0.0, 820, 60),  # 30 x 33 x 0.9 x 0.92 = 819.72
    (DIRECT, 0.5, 0.0, 745, 60),  # 30 x 36 x 0.75 x 0.92 = 745.2
    (DIRECT, 0.5, 0.4, 447, 60),  # x 0.6 = 447.12
]


@pytest.mark.parametrize(("stage", "q", "mu", "minutes", "work"), TABLE)
def test_visits_cost_minutes_as_worked_by_hand(stage, q, mu, minutes, work):
    w = worlds.bare(**OFTEN)
    worlds.set_levels(w, intermediary=mu)
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


def visits_of_all(people=slice(None), place=CITY, events=0.0, q=0.5, stage=HOBBY, **changes):
    """Return visits a tie when 4,000 people have one tie each with a place."""
    w = worlds.bare(4000, **changes)
    worlds.set_levels(w, events=events)
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
