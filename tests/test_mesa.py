"""The Mesa face gives the numbers of `sim.run`, and works with Mesa's own tools."""

from __future__ import annotations

import inspect
import pickle
import re
import warnings
import weakref

import mesa
import numpy as np
import pandas as pd
import pytest

from sim import checkpoint
from sim.errors import InputError
from sim.indicators import indicators
from sim.levers import levers
from sim.mesa_agents import (
    EventAgent,
    GuideAgent,
    HubAgent,
    IntermediaryAgent,
    OrganisationAgent,
    RegionAgent,
    TrackedPerson,
)
from sim.mesa_people import COLUMNS, Traits
from sim.model import PERSON_REPORTERS, REPORTERS, RelationalPopulation
from sim.outcome import TYPES
from sim.parameters import changed, defaults
from sim.places import Places
from sim.run import resume, run
from sim.scenario import Measure, Scenario

MONTHS = 24
PLACES = Places(
    name="four",
    code=("a", "b", "c", "d"),
    name_ja=("い", "ろ", "は", "に"),
    name_en=("A", "B", "C", "D"),
    metro=np.array([1, 0, 0, 0]),
    adults=np.array([250_000, 80_000, 40_000, 30_000]),
    area_km2=np.array([500.0, 900.0, 1500.0, 700.0]),
    lat=np.array([35.7, 36.2, 36.6, 37.0]),
    lon=np.array([139.7, 138.9, 138.2, 139.9]),
    inner_km=np.array([15.0, 0.0, 20.0, 0.0]),
)
BASE = Scenario(name="four", places="four", persons_per_agent=100.0, months=MONTHS, burn_in=24)


def build(**kwargs):
    return RelationalPopulation(**{"places": PLACES, "base": BASE, "rng": 7} | kwargs)


def finished(**kwargs):
    model = build(**kwargs)
    model.run_for(MONTHS)
    return model


@pytest.fixture(scope="module")
def model():
    return finished(hub=1.0, tracked=5)


def batch(parameters, seeds, **kwargs):
    """Mesa 3.5 overwrites a parameter called rng, and 3.3 knows no other way."""
    place = {"rng": seeds}
    if "rng" in inspect.signature(mesa.batch_run).parameters:
        return mesa.batch_run(RelationalPopulation, parameters, display_progress=False, **place, **kwargs)
    return mesa.batch_run(RelationalPopulation, parameters | place, display_progress=False, **kwargs)


def row(model, t=-1):
    return {name: values[t] for name, values in model.datacollector.model_vars.items()}


# The same numbers


@pytest.mark.parametrize("changes", [{}, {"hub": 1.0, "coordination": 0.4}, {"burn_in": 0}, {"threads": 3}])
def test_model_has_the_digest_of_sim_run(changes):
    model = finished(**changes)
    assert model.t == MONTHS
    assert model.outcome().digest == run(model.simulation.scenario, PLACES, 7).digest


def test_lever_keyword_is_a_measure_everywhere_in_all_months():
    measure = Measure(lever="hub", amount=1.0)
    asked = BASE.model_copy(update={"measures": (measure,)})
    model = build(hub=1.0)
    assert model.simulation.scenario.digest == asked.digest
    assert build(base=asked, events=6.0).simulation.scenario.measures == (
        measure,
        Measure(lever="events", amount=6.0),
    )


def test_every_lever_has_a_keyword():
    given = {name: 0.25 * (lever.high - lever.today) for name, lever in levers().items()}
    measures = build(burn_in=0, months=1, **given).simulation.scenario.measures
    assert {m.lever: m.amount for m in measures} == given


def test_scenario_without_changes_stays_the_same():
    assert build().simulation.scenario == BASE


def test_nothing_mesa_draws_moves_the_run():
    model = build()
    model.rng.random(100)
    model.random.random()
    model.agents.shuffle_do("level", "hub")
    model.run_for(MONTHS)
    assert model.outcome().digest == run(BASE, PLACES, 7).digest


def test_pickled_model_goes_on_bit_for_bit(model):
    half = build(hub=1.0, tracked=5, threads=2)
    half.run_for(13)
    again = pickle.loads(pickle.dumps(half))
    np.testing.assert_equal(row(again), row(half))
    assert [a.unique_id for a in again.agents] == [a.unique_id for a in half.agents]
    hubs = list(again.agents_by_type[HubAgent])
    assert [h.chance for h in hubs] == [h.chance for h in half.agents_by_type[HubAgent]]
    assert [h.per_5000 for h in hubs] == [1.5] * 4
    again.run_for(MONTHS - 13)
    assert again.outcome().digest == model.outcome().digest
    pd.testing.assert_frame_equal(
        again.datacollector.get_model_vars_dataframe(), model.datacollector.get_model_vars_dataframe()
    )


def test_checkpoint_of_the_simulation_goes_on_bit_for_bit(model, tmp_path):
    half = build(hub=1.0)
    half.run_for(13)
    half.simulation.save(tmp_path / "half.npz")
    on = resume(tmp_path / "half.npz", half.simulation.scenario, PLACES)
    while on.month < MONTHS:
        on.step()
    assert on.outcome().digest == model.outcome().digest


# What is collected


def test_rows_run_from_zero_to_the_last_month(model):
    frame = model.datacollector.get_model_vars_dataframe()
    assert frame["t"].tolist() == list(range(MONTHS + 1))
    assert list(frame) == list(REPORTERS)
    assert frame.iloc[1:].notna().all().all()
    assert {"visits", "yen", "room"} <= set(frame.columns[frame.iloc[0].isna()])
    assert frame.iloc[0][["visiting_share", "host_use", "ties_hobby"]].notna().all()


def test_rows_agree_with_the_indicators(model):
    frame = model.datacollector.get_model_vars_dataframe().tail(12)
    values = indicators(model.outcome(), PLACES)
    for name in ("visiting_share", "nonvisiting_share", "indifferent_share", "direct_contributors", "room"):
        assert frame[name].mean() == pytest.approx(values[name], rel=1e-12), name
    assert frame["yen"].mean() * 12e-6 == pytest.approx(model.outcome().months["yen"][-48:].sum() * 1e-6)


def test_row_at_zero_does_not_depend_on_the_cache_of_burn_ins(monkeypatch):
    build()
    known = build()
    monkeypatch.setattr(checkpoint, "stored_burn_in", lambda key: None)
    fresh = build()
    np.testing.assert_equal(fresh.latest, known.latest)
    np.testing.assert_equal(row(fresh), row(known))


@pytest.mark.parametrize("burn_in", [0, 24])
def test_people_are_counted_at_zero(burn_in):
    model = build(burn_in=burn_in)
    assert row(model)["indifferent_share"] == pytest.approx(model.people.agg("indifferent", np.mean))


def test_model_stops_after_its_last_month(model):
    stopping = build(months=2)
    stopping.run_model()
    assert stopping.t == 2
    assert not stopping.running
    assert stopping.datacollector.model_vars["t"] == [0, 1, 2]
    assert stopping.outcome().digest == run(BASE.model_copy(update={"months": 2}), PLACES, 7).digest


# Agents


def test_there_is_one_agent_of_each_kind_in_a_place(model):
    kinds = (RegionAgent, IntermediaryAgent, HubAgent, EventAgent)
    for kind in kinds:
        assert [a.code for a in model.agents_by_type[kind]] == list("abcd")
    sides = [(a.place, a.side) for a in model.agents_by_type[GuideAgent]]
    assert sorted(sides) == [(r, side) for r in range(4) for side in ("city", "local")]
    assert len(model.agents) == 4 * 6 + 5
    assert all(isinstance(agent, mesa.Agent) for agent in model.agents)


def test_regions_show_the_months_table():
    model = build()
    for _ in range(3):
        model.step()
        months = model.outcome().months
        for name in months.keys() - {"month", "place"}:
            assert [getattr(a, name) for a in model.regions] == months[name][-4:].tolist(), name
    helped = model.agents_by_type[IntermediaryAgent]
    assert [a.load_hours for a in helped] == months["load_hours"][-4:].tolist()


def test_support_agents_show_this_months_levels():
    here = (
        Measure(lever="hub", amount=2.0, places=("b",), first=2),
        Measure(lever="guides_local", amount=1.5, places=("c",)),
        Measure(lever="intermediary", amount=0.3, places=("d",)),
    )
    model = build(base=BASE.model_copy(update={"measures": here}), events=6.0)
    hub = list(model.agents_by_type[HubAgent])
    assert all(np.isnan(a.chance) for a in hub)
    model.step()
    assert [a.per_5000 for a in hub] == [0.5] * 4
    before = hub[1].chance
    model.step()
    assert [a.per_5000 for a in hub] == [0.5, 2.5, 0.5, 0.5]
    assert hub[1].chance > before > 0
    assert hub[1].count == 2.5 * 16
    assert [a.count for a in model.agents_by_type[EventAgent]] == pytest.approx([50, 16, 8, 6])
    guides = {(a.place, a.side): a.per_5000 for a in model.agents_by_type[GuideAgent]}
    assert guides[2, "local"] == 2.5
    assert guides[2, "city"] == 1.0
    assert [a.share for a in model.agents_by_type[IntermediaryAgent]] == [0, 0, 0, 0.3]
    assert [a.coordination for a in model.agents_by_type[IntermediaryAgent]] == [0.1] * 4


def test_guides_show_their_posts_motivation_and_skill():
    model = build(guide_recognition=3.0, guide_training=10.0, guide_meetings=6.0)
    model.run_for(12)
    regions, latest = model.simulation.world.state.regions, model.latest
    for agent in model.agents_by_type[GuideAgent]:
        side = ("city", "local").index(agent.side)
        assert agent.posts == regions.posts[agent.place, side] == latest[f"posts_{agent.side}"][agent.place]
        assert agent.motivation == regions.motivation[agent.place, side]
        assert agent.skill == regions.guide_skill[agent.place, side]
        assert agent.link == regions.link[agent.place]
        assert 0 < agent.at_work == agent.posts * agent.count <= agent.count
    plain = build()
    plain.run_for(12)
    for ours, theirs in zip(model.agents_by_type[GuideAgent], plain.agents_by_type[GuideAgent], strict=True):
        assert ours.motivation > theirs.motivation
        assert ours.skill > theirs.skill
        assert ours.link > theirs.link


def test_private_bodies_come_and_go_with_their_lever():
    here = (
        Measure(lever="organisation", amount=1.0, places=("b", "c"), first=2, last=7),
        Measure(lever="organisation", amount=0.5, places=("d",), first=4),
        Measure(lever="subsidy", amount=8.0, places=("b", "d"), first=2),
    )
    model = build(base=BASE.model_copy(update={"measures": here}), months=12)
    seen = []
    for _ in range(8):
        model.step()
        seen.append("".join(sorted(a.code for a in model.organisations.values())))
    assert seen == ["", "bc", "bc", "bcd", "bcd", "bcd", "bcd", "d"]
    assert set(model.agents_by_type[OrganisationAgent]) == set(model.organisations.values())
    (body,) = model.organisations.values()
    regions = model.simulation.world.state.regions
    assert (body.size, body.subsidy) == (0.5, 8.0)
    assert body.money == regions.money[3] > 0
    assert body.service == regions.service[3] > 0
    assert (body.closed, body.own_feet, body.self_sustaining) == (0, 0, False)
    hub = list(model.agents_by_type[HubAgent])[3]
    assert hub.per_5000 > 0.5  # it runs a hub
    again = pickle.loads(pickle.dumps(model))
    assert [a.code for a in again.organisations.values()] == ["d"]
    assert list(again.agents_by_type[HubAgent])[3].per_5000 == hub.per_5000


def test_private_body_without_income_closes():
    here = (Measure(lever="organisation", amount=1.0, places=("d",)),)
    poor = changed(defaults(), {"organisation.visit_yen": 0.0, "organisation.supporter_yen": 0.0})
    model = build(base=BASE.model_copy(update={"measures": here, "parameters": poor}))
    model.run_for(MONTHS)
    (body,) = model.organisations.values()
    assert (body.closed, body.service, body.money, body.self_sustaining) == (1, 0.0, 0.0, False)


def test_private_body_that_earns_enough_stands_on_its_own_feet():
    here = (Measure(lever="organisation", amount=1.0), Measure(lever="fees", amount=20.0))
    rich = changed(defaults(), {"organisation.visit_yen": 10000.0, "organisation.cost": 1.0})
    model = build(base=BASE.model_copy(update={"measures": here, "parameters": rich}))
    model.run_for(MONTHS)
    assert [a.own_feet for a in model.organisations.values()] == [MONTHS] * 4
    assert all(a.self_sustaining for a in model.organisations.values())


def test_agents_and_people_cannot_be_written(model):
    for thing in (model.regions[0], model.people[0], next(iter(model.agents_by_type[TrackedPerson]))):
        with pytest.raises(AttributeError):
            thing.visiting = 1
    for name in ("interest", "home", "tie_stage"):
        with pytest.raises(ValueError, match="read-only"):
            model.people.get(name)[0] = 1
    model.step()


def test_tracked_persons_are_collected(model):
    tracked = list(model.agents_by_type[TrackedPerson])
    assert [a.row for a in tracked] == np.linspace(0, 3999, 5).astype(int).tolist()
    frame = model.datacollector.get_agenttype_vars_dataframe(TrackedPerson)
    assert list(frame) == list(PERSON_REPORTERS)
    assert len(frame) == 5 * (MONTHS + 1)
    assert frame["interest"].groupby("AgentID").nunique().max() > 1
    last = frame.tail(5)
    assert last["interest"].tolist() == [model.people[a.row].interest for a in tracked]
    assert [a.ties for a in tracked] == [model.people[a.row].ties for a in tracked]
    assert [a.row for a in build(tracked=(3, 1)).agents_by_type[TrackedPerson]] == [3, 1]


def test_users_collector_takes_our_agents(model):
    collector = mesa.DataCollector(agenttype_reporters={RegionAgent: {"use": "use", "code": "code"}})
    collector.collect(model)
    frame = collector.get_agenttype_vars_dataframe(RegionAgent)
    assert frame["use"].tolist() == [a.use for a in model.regions]
    assert model.agents_by_type[RegionAgent].agg("hosts", sum) == model.latest["hosts"].sum()


# People


def test_people_view_counts_equal_the_census(model):
    people, latest = model.people, model.latest
    for name in ("visiting", "nonvisiting", "indifferent"):
        counts = people.select(**{name: True}).groupby("home").count()
        assert [counts.get(r, 0) for r in range(4)] == latest[name].tolist(), name
    for k, name in enumerate(TYPES[1:], start=2):
        assert [len(people.select(main=k, home=r)) for r in range(4)] == latest[f"main_{name}"].tolist()
    assert list(people.groupby("home").agg("direct", np.sum).values()) == latest["direct_people"].tolist()
    assert list(people.groupby("home").agg("visiting_ties", sum).values()) == latest["home_ties"].tolist()
    stage, place = people.get("tie_stage"), people.get("tie_place")
    for k, name in enumerate(TYPES, start=1):
        assert np.bincount(place[stage == k], minlength=4).tolist() == latest[f"ties_{name}"].tolist()
    assert [len(a.residents) for a in model.regions] == latest["people"].tolist() == [2500, 800, 400, 300]
    assert sum(latest["visiting"]) > 100
    assert len(set(stage.ravel().tolist())) == 7


def test_person_has_the_values_of_its_row(model):
    columns = model.people.get(list(COLUMNS))
    for person in model.people.select(visiting=True, at_most=50):
        for name, values in columns.items():
            assert getattr(person, name) == values[person.row], name
            assert type(person.get(name)) in (int, float, bool)


def person_kinds(model, row):
    ties = model.simulation.world.state.ties
    return ties.kind[row][ties.stage[row] != 0].tolist()


def test_marks_of_ties_agree_with_the_census(model):
    kind, stage, place = (model.people.get(f"tie_{name}") for name in ("kind", "stage", "place"))
    visiting = (stage >= 2) & (stage <= 5)
    for name, bit, those in (("near", 8, visiting), ("roots", 16, visiting), ("community", 32, stage == 1)):
        count = np.bincount(place[those & ((kind & bit) > 0)], minlength=4)
        assert count.tolist() == model.latest[f"ties_{name}"].tolist(), name
        assert count.sum() > 0, name


def test_good_contacts_lift_wellbeing(model):
    tied, untied = (model.people.select(visiting=flag) for flag in (True, False))
    assert tied.agg("wellbeing", np.mean) > untied.agg("wellbeing", np.mean) + 0.005


def test_person_lists_its_ties(model):
    for person in model.people.select(lambda p: p.live_ties >= 2, at_most=20):
        stages = [t["type"] for t in person.ties]
        assert sum(t in TYPES for t in stages) == person.live_ties
        best = max(
            (t for t in person.ties if t["type"] in TYPES[1:]), key=lambda t: t["strength"], default=None
        )
        assert person.main == (TYPES.index(best["type"]) + 1 if best else 0)
        assert person.main_place == (best["place"] if best else -1)
        for tie, kind in zip(person.ties, person_kinds(model, person.row), strict=True):
            marks = [tie[name] for name in ("near", "roots", "community", "short_lived")]
            assert marks == [bool(kind & bit) for bit in (8, 16, 32, 64)]
            host_needed = tie["type"] in TYPES[2:]
            assert (tie["host"] is not None) >= host_needed
            assert 0 <= tie["months"] <= model.simulation.world.state.month
            assert 0 <= tie["strength"] <= 1


def test_every_column_of_people_is_an_attribute():
    assert {name for name in vars(Traits) if name[0] != "_" and name != "get"} == set(COLUMNS)


def test_select_takes_masks_functions_and_values(model):
    people = model.people
    keen = people.select(lambda p: (p.interest > 0.5) & p.visiting, home=[0, 2])
    rows = [p.row for p in people if p.interest > 0.5 and p.visiting and p.home in (0, 2)]
    assert keen.rows.tolist() == rows
    assert len(rows) > 10
    assert people.select(people.interest > 0.5).select(visiting=True, home=(0, 2)).rows.tolist() == rows
    assert keen.select(at_most=3).rows.tolist() == rows[:3]
    assert len(keen.select(at_most=0.5)) == len(rows) // 2
    assert len(keen.select(at_most=1)) == 1
    assert [p.row for p in keen] == rows
    assert keen[-1].row == rows[-1]
    assert keen[2:5].rows.tolist() == rows[2:5]
    assert len(people.select(home=99)) == 0
    with pytest.raises(InputError, match="booleans"):
        people.select(lambda p: p.skill)
    with pytest.raises(InputError, match="did you mean 'interest'"):
        people.select(intrest=1)
    with pytest.raises(IndexError):
        keen[len(keen)]


def test_people_have_the_verbs_of_an_agentset(model):
    people = model.people.select(visiting=True)
    assert people.agg("interest", [np.min, np.max]) == [people.interest.min(), people.interest.max()]
    order = people.sort("interest").interest
    assert (np.diff(order) <= 0).all()
    assert people.sort("skill").rows.tolist() == sorted(
        people.rows.tolist(), key=lambda r: -model.people[r].skill
    )
    assert people.sort("skill", ascending=True)[0].skill == 0
    assert people.map(lambda p, add: p.skill + add, 1) == (people.skill + 1).tolist()
    seen = []
    assert people.do(lambda p: seen.append(p.row)) is people
    assert seen == people.rows.tolist()
    groups = people.groupby(lambda p: p.interest > 0.5)
    assert {key: len(members) for key, members in groups} == groups.count()
    assert len(groups) == 2
    assert all((members.interest > 0.5).all() == key for key, members in groups)
    assert pd.DataFrame(people.get(["home", "interest"])).shape == (len(people), 2)


# Mesa's tools


def test_batch_run_gives_the_numbers_of_sim_run():
    rows = batch({"places": PLACES, "base": [BASE], "hub": [0, 1]}, [1, 2], max_steps=MONTHS)
    assert [(r["rng"], r["hub"], r["t"]) for r in sorted(rows, key=lambda r: (r["rng"], r["hub"]))] == [
        (seed, hub, MONTHS) for seed in (1, 2) for hub in (0, 1)
    ]
    for found in rows:
        measures = (Measure(lever="hub", amount=1.0),) if found["hub"] else ()
        last = run(BASE.model_copy(update={"measures": measures}), PLACES, found["rng"]).months
        last = {name: values[-4:] for name, values in last.items()}
        assert found["visiting_share"] == last["visiting"].sum() / last["people"].sum()
        assert found["direct_contributors"] == last["direct_people"].sum() * 100
        assert found["yen"] == last["yen"].sum()


@pytest.mark.parametrize(("months", "max_steps", "last"), [(5, 5, 5), (5, 40, 5), (40, 5, 5)])
def test_batch_run_ends_in_the_same_month_on_every_mesa(months, max_steps, last):
    rows = batch({"places": PLACES, "base": [BASE], "months": months}, [1], max_steps=max_steps)
    assert [r["t"] for r in rows] == [last]


def test_batch_run_every_month_gives_rows_in_order():
    rows = batch({"places": PLACES, "base": [BASE], "months": 4}, [1], max_steps=4, data_collection_period=1)
    assert [r["t"] for r in rows] == [0, 1, 2, 3, 4]


def test_models_are_freed():
    first = build(tracked=2)
    first.step()
    gone = weakref.ref(first)
    arrays = weakref.ref(first.simulation.world.state.people.interest)
    del first
    second = build()
    assert gone() is None
    assert arrays() is None
    assert second.t == 0


def test_plot_component_draws_the_run():
    import matplotlib as mpl
    import solara
    from mesa.visualization import make_plot_component

    mpl.use("agg")
    drawn = []
    plot = make_plot_component({"visiting_share": "tab:blue"}, post_process=drawn.append)
    component = plot[0] if isinstance(plot, tuple) else plot
    small = build(months=3)
    small.run_model()
    _, rendered = solara.render(component(small), handle_error=False)
    (line,) = drawn[-1].lines
    np.testing.assert_array_equal(line.get_ydata(), small.datacollector.model_vars["visiting_share"])
    rendered.close()


def test_solara_viz_steps_and_resets_without_an_error():
    import ipyvuetify
    import solara
    from mesa.visualization import Slider, SolaraViz, make_plot_component

    first = build(hub=1.0)
    holder = solara.reactive(first)
    params = {
        "places": PLACES,
        "base": BASE,
        "hub": Slider("hubs", 1.0, 0.0, 3.5, 0.5),
        "coordination": {"type": "SliderFloat", "value": 0.2, "min": 0.0, "max": 0.9, "step": 0.1},
        "rng": {"type": "InputText", "value": "7", "label": "seed"},
    }

    @solara.component
    def App():  # noqa: N802
        with solara.AppLayout():
            SolaraViz(holder, components=[make_plot_component("visiting_share")], model_params=params)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _, rendered = solara.render(App(), handle_error=False)

        def click(label):
            buttons = rendered.find(ipyvuetify.Btn).widgets
            next(b for b in buttons if label in [c for c in b.children if isinstance(c, str)]).click()

        click("Step")
        click("Step")
        assert holder.value is first
        assert first.t == 2
        click("Reset")
        assert holder.value is not first
        assert holder.value.t == 0
        click("Step")
        assert holder.value.t == 1
        assert not rendered.find(ipyvuetify.Alert).widgets
        rendered.close()
    scenario = holder.value.simulation.scenario
    assert {m.lever: m.amount for m in scenario.measures} == {"hub": 1.0, "coordination": 0.2}
    again = build(hub=1.0, coordination=0.2)
    again.step()
    assert holder.value.outcome().digest == again.outcome().digest


# Input


@pytest.mark.parametrize("seed", [7, np.int64(7), "7", " 7 "])
def test_seed_may_be_a_number_or_its_text(seed):
    model = build(rng=seed, burn_in=0)
    assert model.seed == 7
    assert type(model.seed) is int
    np.testing.assert_equal(row(model), row(build(burn_in=0)))


def test_model_without_a_seed_says_which_it_took():
    first, second = build(rng=None, burn_in=0, months=1), build(rng=" ", burn_in=0)
    assert first.seed != second.seed
    again = build(rng=first.seed, burn_in=0, months=1)
    first.step()
    again.step()
    assert first.outcome().digest == again.outcome().digest


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"rng": 1.5}, "rng: '1.5' is not a seed; allowed: a whole number"),
        ({"rng": np.random.default_rng(1)}, "is not a seed"),
        ({"rng": "seven"}, "rng: 'seven' is not a seed"),
        ({"rng": -1}, "seed: -1 is out of range"),
        ({"hub": 3.6}, "hub: 3.6 is out of range; allowed: at least -0.5, at most 3.5"),
        ({"coordination": float("nan")}, "coordination: nan is out of range"),
        ({"persons_per_agent": 0.0}, "persons_per_agent: 0.0 is out of range"),
        ({"persons_per_agent": 0.5}, "persons_per_agent: 0.5 is out of range; allowed: at least 1"),
        ({"months": 0}, "months: 0 is out of range"),
        (
            {"months": 2.5},
            "months: 2.5 is out of range; allowed: at least 1, any number above (whole months)",
        ),
        ({"burn_in": float("inf")}, "burn_in: inf is out of range"),
        (
            {"hubs": 1.0},
            "RelationalPopulation: unknown lever 'hubs' (did you mean 'hub'?); allowed: guides_city",
        ),
        ({"tracked": -1}, "tracked: -1 is out of range; allowed: at least 0, at most 4,000"),
        ({"tracked": [4000]}, "tracked: 4000 is out of range; allowed: at least 0, at most 3,999"),
    ],
)
def test_input_out_of_range_is_refused_in_one_sentence(given, said):
    with pytest.raises(InputError, match=re.escape(said)):
        build(**given)


def test_every_municipality_has_agents_of_its_own():
    count = 1741
    many = Places(
        name="many",
        code=tuple(f"{i:05d}" for i in range(count)),
        name_ja=("村",) * count,
        name_en=("Village",) * count,
        metro=np.zeros(count, np.int64),
        adults=np.full(count, 1000),
        area_km2=np.full(count, 100.0),
        lat=np.linspace(31.0, 45.0, count),
        lon=np.linspace(130.0, 145.0, count),
        inner_km=np.zeros(count),
    )
    model = RelationalPopulation(places=many, rng=1, burn_in=0, persons_per_agent=1000)
    assert len(model.agents) == 6 * count
