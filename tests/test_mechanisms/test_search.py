"""Search (E2, E7): hazard r_s (1 + m_metro metro)(1 + k_ft days) x f / (0.7 + 0.3 f), times 1 + kappa if tied, else
1 + k_out sum of M_r outreach; stopped with chance travel if an hour or more away; then meeting, then a role; with p_kin to the place of one's family, where one is met more easily; whom a disaster brought is short-lived.

m_metro 0.25, k_ft 0.03, kappa 1.5, k_out 1, g_enc 0.05, q_0 0.1; roles 0.6 exchange, 0.15 work, 0.25 direct; p_kin 0.25, e_kin 0.3,
p_epi 0.9. x = 1/2 in the bare world, where nobody has family elsewhere unless told.
"""

from __future__ import annotations

import numpy as np
import pytest
import worlds
from worlds import CITY, SUBURB, TOWN

from sim.mechanisms.encounter import encounter
from sim.mechanisms.search import search
from sim.state import DIRECT, EXCHANGE, FREE, HOBBY, LATENT, NEAR_BIT, ONLINE, ROOTS_BIT, SHORT_BIT, WORK
from sim.ties import family_place

PEOPLE = 4000
CITIZENS, SUBURBANITES = slice(0, 1600), slice(1600, 2400)
ALWAYS = {"search__rate": 1000.0}
SHARES = ((EXCHANGE, 0.6), (WORK, 0.15), (DIRECT, 0.25))


def look(
    people=slice(None), prepare=lambda w: None, meeting=0.0, slot=0.0, mobility=1.0, place=TOWN, **changes
):
    """Return a world after a month in which some people, all heading for one place, may look."""
    w = worlds.bare(PEOPLE, **changes)
    w.tables = w.tables._replace(mobility=np.full(256, mobility))
    asleep = np.ones(PEOPLE, bool)
    asleep[people] = False
    w.state.people.interest[asleep] = 0.0
    w.chances.meeting[...], w.chances.slot[...] = meeting, slot
    w.chances.destination[...] = np.arange(4) >= place
    worlds.open_hosts(w)
    prepare(w)
    worlds.act(w, search)
    return w


def tie_with(stage, place, q=0.5, slot=0):
    return lambda w: worlds.tie(
        w, slice(None), slot, stage, place, q, host=0 if HOBBY < stage < LATENT else -1
    )


# people, number of them, mobility, tie they have: probability to look at r_s = 0.4
TABLE = [
    (SUBURBANITES, 800, 1.0, FREE, 0.181269),  # 0.4 x 0.5 = 0.2
    (CITIZENS, 1600, 1.0, FREE, 0.221199),  # x 1.25 = 0.25
    (SUBURBANITES, 800, 1.0, ONLINE, 0.393469),  # x 2.5 = 0.5
    (SUBURBANITES, 800, 1.0, LATENT, 0.181269),  # a memory is no tie
    (SUBURBANITES, 800, 4.0, FREE, 0.343644),  # x 4 / 1.9 = 0.421053
    (SUBURBANITES, 800, 0.0, FREE, 0.0),
]


@pytest.mark.parametrize(("people", "number", "mobility", "stage", "probability"), TABLE)
def test_people_look_with_the_probability_worked_by_hand(people, number, mobility, stage, probability):
    prepare = tie_with(stage, CITY) if stage else lambda w: None
    w = look(people, prepare, mobility=mobility, search__rate=0.4)
    assert worlds.is_likely(w.tally.searchers[TOWN, 0], number, probability)
    assert w.tally.searchers.sum() == w.tally.searchers[TOWN, 0]
    assert w.tally.met.sum() == 0


@pytest.mark.parametrize(("days", "probability"), [(0.0, 0.181269), (5.0, 0.205466), (10.0, 0.228948)])
def test_free_time_lets_people_look_as_worked_by_hand(days, probability):
    """0.2 x 1.15 = 0.23; 0.2 x 1.3 = 0.26."""
    w = look(SUBURBANITES, lambda w: worlds.set_levels(w, free_time=days), search__rate=0.4)
    assert worlds.is_likely(w.tally.searchers[TOWN, 0], 800, probability)


# outreach in the town alone or everywhere, tie, k_out: probability of the suburbanites to look
@pytest.mark.parametrize(
    ("everywhere", "stage", "reached", "probability"),
    [
        (True, FREE, 1.0, 0.329680),  # 0.2 x 2 = 0.4
        (False, FREE, 1.0, 0.232365),  # M_r of the town 0.322209: 0.264442
        (True, LATENT, 1.0, 0.329680),  # a memory is no tie
        (True, HOBBY, 1.0, 0.393469),  # 0.2 x 2.5, as without outreach
        (False, ONLINE, 1.0, 0.393469),
        (True, FREE, 4.0, 0.632121),  # 0.2 x 5: more than a tie does
        (True, HOBBY, 4.0, 0.393469),
        (True, FREE, 0.0, 0.181269),
    ],
)
def test_outreach_makes_people_without_ties_look_as_worked_by_hand(everywhere, stage, reached, probability):
    def prepare(w):
        if stage:
            tie_with(stage, CITY)(w)
        if everywhere:
            worlds.set_levels(w, outreach=1.0)
        else:
            w.levels = worlds.set_at(w, TOWN, outreach=1.0)

    w = look(SUBURBANITES, prepare, search__rate=0.4, search__reached=reached)
    assert worlds.is_likely(w.tally.searchers.sum(), 800, probability)


TOWNSPEOPLE = slice(2400, 3400)


# share of trips that cannot be made: share of searches that are made by those an hour and more away
@pytest.mark.parametrize(("travel", "share"), [(0.0, 1.0), (0.25, 0.75), (0.6, 0.4), (1.0, 0.0)])
def test_closed_roads_stop_searches_as_worked_by_hand(travel, share):
    """All look for the town; 1,000 live there and need no road. Whoever is stopped is counted nowhere."""
    w = look(prepare=lambda w: worlds.strike(w, travel=travel), meeting=1.0, slot=0.4, **ALWAYS)
    went = w.state.ties.stage[:, 0] != FREE
    assert went[TOWNSPEOPLE].all()
    far = int(went.sum()) - 1000
    assert worlds.is_likely(far, 3000, share)
    count = 1000 + far
    assert w.tally.searchers.sum() == w.tally.searchers[TOWN, 0] == w.tally.met.sum() == count
    assert w.tally.started.sum() == w.tally.taken.sum() + w.tally.unmatched.sum() == count
    assert w.tally.returned.sum() == 0
    np.testing.assert_array_equal(w.state.people.interest[~went], 0.5)
    assert (w.state.ties.place[~went] == -1).all()


def test_closed_roads_of_a_place_do_not_stop_its_neighbours_or_searches_elsewhere():
    """The suburb is near the city; roads closed at home do not matter."""
    near = look(slice(0, 2400), lambda w: worlds.strike(w, travel=1.0), meeting=1.0, place=SUBURB, **ALWAYS)
    assert near.tally.searchers[SUBURB].sum() == 2400
    elsewhere = look(prepare=lambda w: worlds.strike(w, travel=[1.0, 1.0, 0.0, 1.0]), **ALWAYS)
    assert elsewhere.tally.searchers[TOWN].sum() == PEOPLE
    there = look(prepare=lambda w: worlds.strike(w, travel=[0.0, 0.0, 1.0, 0.0]), **ALWAYS)
    assert there.tally.searchers.sum() == there.tally.searchers[TOWN].sum() == 1000


def test_whoever_gets_through_closed_roads_does_what_they_would_have_done():
    """The draw is one of its own: ties of those who are not stopped are the same, and memories of the others stay."""
    asleep = lambda w: worlds.tie(w, slice(None), 1, LATENT, TOWN, 0.4)  # noqa: E731
    quiet = look(prepare=asleep, meeting=0.5, slot=0.4, search__rate=2.0)

    def prepare(w):
        asleep(w)
        worlds.strike(w, travel=0.5)

    closed = look(prepare=prepare, meeting=0.5, slot=0.4, search__rate=2.0)
    woken = closed.state.ties.stage[:, 1] != LATENT
    assert not (woken & (quiet.state.ties.stage[:, 1] == LATENT)).any()
    assert 0 < closed.tally.returned[TOWN] == woken.sum() < quiet.tally.returned[TOWN]
    for name in ("stage", "place", "strength", "host", "born", "kind"):
        now, then = (getattr(x.state.ties, name) for x in (closed, quiet))
        np.testing.assert_array_equal(now[woken], then[woken])
    assert (closed.state.ties.strength[~woken, 1] == np.float32(0.4)).all()


def test_closed_roads_stop_the_way_to_ones_family_too():
    """All ways over an hour: of 2,400 in the city and the suburb 0.498062 have family near, of the town's 1,000 0.322209."""
    family = {"roots__share": 1.0, "roots__choice": 1.0}
    w = look(slice(0, 3400), lambda w: worlds.strike(w, travel=1.0), meeting=1.0, **family, **ALWAYS)
    found = w.tally.searchers.sum(axis=1)
    for r in (CITY, SUBURB):
        assert worlds.is_likely(found[r], 2400, FAMILY[r])
    assert worlds.is_likely(found[TOWN], 1000, FAMILY[TOWN])
    assert found[3] == 0
    kind = w.state.ties.kind[w.state.ties.stage > 0]
    assert len(kind) == found.sum() == w.tally.met.sum()
    assert ((kind & NEAR_BIT) > 0).all()


# M_r of city, suburb, town and island as shares (test_online)
FAMILY = (0.313633, 0.184429, 0.322209, 0.179729)


def test_family_is_where_people_come_from_and_stays_there():
    w = worlds.bare(PEOPLE)
    found = np.array([
        family_place(i, h, np.uint64(1), 0.4, w.geometry.family, w.geometry.pull)
        for i, h in enumerate(worlds.home_of(w))
    ])  # fmt: skip
    mainland = found[:-600]
    assert worlds.is_likely((mainland == -1).sum(), 3400, 0.6)
    for r, share in enumerate(FAMILY):
        assert worlds.is_likely((mainland == r).sum(), 3400, 0.4 * share)
    assert not (found[-600:] == 3).any()  # the own daily living area is not elsewhere
    assert worlds.is_likely((found[-600:] == -1).sum(), 600, 0.6 + 0.4 * FAMILY[3])


def test_some_go_to_the_place_of_their_family_as_worked_by_hand():
    """All look; 0.4 have family and 0.25 of these go there: 0.1; the others go to the town."""
    w = look(slice(0, 3400), roots__share=0.4, **ALWAYS)
    found = w.tally.searchers[:, 0]
    for r in (0, 1, 3):
        assert worlds.is_likely(found[r], 3400, 0.1 * FAMILY[r])
    assert worlds.is_likely(found[TOWN], 3400, 0.9 + 0.1 * FAMILY[TOWN])


def test_family_makes_meeting_easier_as_worked_by_hand():
    """All of 3,400 go to their family: met with 1 - 0.8 x 0.7 = 0.44, and the ties have roots."""
    family = {"roots__share": 1.0, "roots__choice": 1.0}
    w = look(slice(0, 3400), meeting=0.2, **family, **ALWAYS)
    assert worlds.is_likely(w.tally.met.sum(), 3400, 0.44)
    kind = w.state.ties.kind[w.state.ties.stage > 0]
    assert ((kind & ROOTS_BIT) > 0).all()


def test_place_of_ones_family_leaves_roots_however_one_came_there():
    """Nobody goes there for that, everybody to the town, and the families of 0.322209 live there."""
    w = look(meeting=1.0, roots__share=1.0, roots__choice=0.0, **ALWAYS)
    kind = w.state.ties.kind[:, 0]
    assert worlds.is_likely(((kind & ROOTS_BIT) > 0).sum(), PEOPLE, FAMILY[TOWN])


# strangers g, chance of a role: share of short-lived ties, their type
@pytest.mark.parametrize(
    ("strangers", "slot", "share", "stage"),
    [(1.0, 1.0, 0.45, DIRECT), (1.0, 0.0, 0.45, HOBBY), (8.0, 1.0, 0.8, DIRECT), (0.0, 1.0, 0.0, DIRECT)],
)
def test_those_whom_a_disaster_brought_are_short_lived_as_worked_by_hand(strangers, slot, share, stage):
    """0.9 g / (1 + g)."""
    prepare = lambda w: worlds.strike(w, strangers=strangers)  # noqa: E731
    t = look(prepare=prepare, meeting=1.0, slot=slot, **ALWAYS).state.ties
    short = (t.kind[:, 0] & SHORT_BIT) > 0
    assert worlds.is_likely(short.sum(), PEOPLE, share)
    assert (t.stage[short, 0] == stage).all()
    if slot:
        for kind, part in SHARES:
            assert worlds.is_likely((t.stage[~short, 0] == kind).sum(), int((~short).sum()), part)


def test_whoever_goes_to_the_family_is_not_short_lived():
    family = {"roots__share": 1.0, "roots__choice": 1.0}
    w = look(slice(0, 3400), lambda w: worlds.strike(w, strangers=99.0), meeting=1.0, **family, **ALWAYS)
    assert w.tally.met.sum() == 3400
    assert not (w.state.ties.kind & SHORT_BIT).any()


def test_places_are_found_as_often_as_they_come_to_mind():
    """Weights 1 : 2 : 5 : 0 in each home; everybody looks (hazard 500)."""

    def prepare(w):
        w.chances.destination[...] = [1.0, 3.0, 8.0, 8.0]

    found = look(prepare=prepare, **ALWAYS).tally.searchers.sum(axis=1)
    assert found.sum() == PEOPLE
    assert found[3] == 0
    for r, share in enumerate((0.125, 0.25, 0.625)):
        assert worlds.is_likely(found[r], PEOPLE, share)


def test_meeting_without_a_role_begins_a_hobby_tie_as_worked_by_hand():
    """Everybody looks, 0.3 meet; q 0.1; interest 0.5 + 0.5 x 0.05 = 0.525 for those who met."""
    w = look(meeting=0.3, **ALWAYS)
    t, met = w.state.ties, w.state.ties.stage[:, 0] == HOBBY
    assert worlds.is_likely(met.sum(), PEOPLE, 0.3)
    assert w.tally.met[TOWN] == w.tally.unmatched[TOWN] == w.tally.started[TOWN] == met.sum()
    np.testing.assert_allclose(w.state.people.interest[met], 0.525)
    np.testing.assert_allclose(w.state.people.interest[~met], 0.5)
    np.testing.assert_allclose(t.strength[met, 0], 0.1)
    assert (t.host == -1).all()
    assert (t.place[met, 0] == TOWN).all()
    assert (t.born[met, 0] == 1).all()


def test_roles_are_found_and_shared_out_as_worked_by_hand():
    w = look(meeting=1.0, slot=0.4, **ALWAYS)
    stage, starts = w.state.ties.stage[:, 0], w.geometry.host_starts
    hosted = stage > HOBBY
    assert worlds.is_likely(hosted.sum(), PEOPLE, 0.4)
    assert w.tally.taken[TOWN, 0] == hosted.sum() == PEOPLE - w.tally.unmatched[TOWN]
    for kind, share in SHARES:
        assert worlds.is_likely((stage == kind).sum(), int(hosted.sum()), share)
    hosts = w.state.ties.host[hosted, 0]
    assert starts[TOWN] <= hosts.min() <= hosts.max() < starts[TOWN + 1]
    assert (w.state.ties.host[~hosted, 0] == -1).all()


def test_near_places_are_marked_as_near():
    kinds = look(meeting=1.0, place=SUBURB, **ALWAYS).state.ties.kind[:, 0]
    assert (kinds[: SUBURBANITES.stop] == HOBBY + NEAR_BIT).all()
    assert (kinds[SUBURBANITES.stop :] == HOBBY).all()


def test_sleeping_tie_with_the_place_wakes_with_its_strength():
    def prepare(w):
        worlds.tie(w, slice(None), 1, LATENT, TOWN, 0.4, roots=1, near=1, short=1)

    w = look(prepare=prepare, meeting=1.0, **ALWAYS)
    t = w.state.ties
    assert w.tally.returned[TOWN] == PEOPLE
    assert w.tally.started.sum() == 0
    assert (t.stage == [FREE, HOBBY, FREE]).all()
    np.testing.assert_allclose(t.strength[:, 1], 0.4)
    home = worlds.home_of(w)
    near = np.where(home == TOWN, NEAR_BIT, 0)
    np.testing.assert_array_equal(
        t.kind[:, 1], HOBBY + ROOTS_BIT + near
    )  # roots stay, the rest is fixed anew


def test_new_ties_are_as_strong_as_guides_make_them():
    def prepare(w):
        w.chances.first[...] = [0.2, 0.3, 0.15, 0.4]

    np.testing.assert_allclose(look(prepare=prepare, meeting=1.0, **ALWAYS).state.ties.strength[:, 0], 0.15)


def test_weakest_memory_gives_way_to_a_new_tie():
    def prepare(w):
        for slot, (place, q) in enumerate([(CITY, 0.5), (SUBURB, 0.2), (3, 0.9)]):
            worlds.tie(w, slice(None), slot, LATENT, place, q)

    w = look(prepare=prepare, meeting=1.0, **ALWAYS)
    t = w.state.ties
    assert (t.stage == [LATENT, HOBBY, LATENT]).all()
    np.testing.assert_allclose(t.strength[:, 1], 0.1)
    assert w.tally.started[TOWN] == PEOPLE


def test_live_tie_with_the_place_leaves_nobody_new_to_meet():
    w = look(prepare=tie_with(DIRECT, TOWN), meeting=1.0, **ALWAYS)
    assert w.tally.searchers[TOWN, 0] == PEOPLE
    assert w.tally.met.sum() == w.tally.started.sum() == 0


def test_people_with_three_live_ties_do_not_look():
    def prepare(w):
        for slot in range(3):
            worlds.tie(w, slice(None), slot, HOBBY, slot)

    assert look(prepare=prepare, meeting=1.0, place=3, **ALWAYS).tally.searchers.sum() == 0


def test_nobody_looks_at_rate_0():
    assert look(meeting=1.0, search__rate=0.0).tally.searchers.sum() == 0


def test_where_no_host_is_active_there_are_no_roles():
    def prepare(w):
        w.chances.host[...] = 0.0

    w = look(prepare=prepare, meeting=1.0, slot=1.0, **ALWAYS)
    assert (w.state.ties.stage[:, 0] == HOBBY).all()
    assert w.tally.taken.sum() == 0


def test_no_encounter_at_zero_capacity_without_chance():
    def prepare(w):
        worlds.set_levels(w, guides_city=0.0, guides_local=0.0, hub=0.0, events=0.0)
        encounter(w)

    w = look(prepare=prepare, encounter__chance=0.0, **ALWAYS)
    assert w.tally.searchers.sum() == PEOPLE
    assert w.tally.met.sum() == 0
    assert (w.state.ties.stage == FREE).all()


def test_mobile_people_look_more_but_mobility_saturates():
    """f / (0.7 + 0.3 f) -> 10 / 3: 2,400 people look with 1 - exp(-1/3), the 1,600 citizens with 1 - exp(-5/12)."""
    counts = [int(look(mobility=f, search__rate=0.2).tally.searchers.sum()) for f in (0.5, 1.0, 4.0, 1e9)]
    assert counts[0] < counts[1] < counts[2] < counts[3]
    assert abs(counts[3] - 1225.5) < 5 * np.sqrt(2400 * 0.2835 * 0.7165 + 1600 * 0.3408 * 0.6592)


def test_interest_and_ties_make_people_look():
    def keen(w):
        w.state.people.interest[...] = 0.9

    base = look(search__rate=0.2).tally.searchers.sum()
    assert look(prepare=keen, search__rate=0.2).tally.searchers.sum() > 1.5 * base
    assert look(prepare=tie_with(HOBBY, CITY), search__rate=0.2).tally.searchers.sum() > 1.5 * base


def test_where_there_is_no_other_place_nobody_looks():
    def prepare(w):
        w.chances.destination[...] = 0.0

    w = look(prepare=prepare, meeting=1.0, slot=1.0, **ALWAYS)
    assert w.tally.searchers.sum() == w.tally.started.sum() == 0
    assert (w.state.ties.stage == FREE).all()
