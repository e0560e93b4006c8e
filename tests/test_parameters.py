"""Parameters, levers and scenarios: records are whole, wrong values are refused in one sentence, all values matter."""

from __future__ import annotations

import hashlib
import math
import re
from statistics import NormalDist

import numpy as np
import pytest
import worlds
from pydantic import ValidationError

from sim.errors import InputError
from sim.levers import Levels, levers
from sim.loop import advance
from sim.parameters import changed, defaults, differences, records
from sim.record import observe
from sim.scenario import Measure, Scenario, levels, yen
from sim.shocks import Shock, shocks
from sim.traits import beta_density, lognormal, quantiles, trait_tables
from sim.world import apportion, geometry

JAPANESE = re.compile(r"[\u3041-\u30fa\u4e00-\u9fff]")
PLACES = worlds.four_places()


@pytest.mark.parametrize("record", records().values(), ids=lambda r: r.path)
def test_record_is_whole(record):
    assert record.floor <= record.low <= record.default <= record.high <= record.ceiling
    assert record.low < record.high
    assert math.isfinite(record.high)
    for text in (record.symbol, record.unit, record.source, record.ja, record.en):
        assert text.strip() == text != ""
    assert JAPANESE.search(record.ja)
    assert not JAPANESE.search(record.en)


def test_symbols_and_paths_are_unique():
    rows = list(records().values())
    twice = {r.symbol for r in rows if sum(o.symbol == r.symbol for o in rows) > 1}
    assert twice == set()
    assert len(records()) == sum(len(group) for group in defaults())


def test_defaults_are_those_of_the_records():
    for record in records().values():
        assert getattr(getattr(defaults(), record.group), record.name) == record.default


def refusal(changes, where="here"):
    with pytest.raises(InputError) as caught:
        changed(defaults(), changes, where)
    message = str(caught.value)
    assert message.startswith(f"{where}: ")
    assert "\n" not in message
    assert message.endswith(".")
    return message


@pytest.mark.parametrize(
    ("typo", "meant"),
    [("search.rat", "search.rate"), ("hosting.popularty", "hosting.popularity"), ("leaving.dirct", "leaving.direct"),
     ("burnout.tireing", "burnout.tiring")],
)  # fmt: skip
def test_typo_is_refused_with_the_nearest_name(typo, meant):
    message = refusal({typo: 0.1})
    assert f"'{typo}'" in message
    assert f"'{meant}'" in message


@pytest.mark.parametrize(
    "name", ["", "rate", "search", "search.", "SEARCH.RATE", "search.rate.x", "count", "search._fields"]
)
def test_name_that_is_no_path_is_refused(name):
    assert "unknown parameter" in refusal({name: 0.1})


@pytest.mark.parametrize(
    "value", [math.nan, math.inf, -math.inf, True, False, "0.3", None, [0.3], 1j, np.array(0.3)], ids=repr
)
def test_value_that_is_no_number_is_refused(value):
    message = refusal({"search.rate": value})
    assert "search.rate" in message
    assert "number" in message


@pytest.mark.parametrize(
    ("path", "value"),
    [("search.rate", -1e-9), ("latent.kept", 1.0001), ("burnout.lost_capacity", 1.0), ("latent.kept", -5)],
)
def test_value_out_of_range_is_refused_with_the_range(path, value):
    record = records()[path]
    message = refusal({path: value})
    assert path in message
    assert f"{value}" in message
    assert f"{record.floor:g}" in message


@pytest.mark.parametrize("record", records().values(), ids=lambda r: r.path)
def test_range_includes_its_ends(record):
    for value in (record.floor, record.low, record.high, min(record.ceiling, 1e6)):
        new = changed(defaults(), {record.path: value})
        assert getattr(getattr(new, record.group), record.name) == value
    with pytest.raises(InputError):
        changed(defaults(), {record.path: np.nextafter(record.floor, -np.inf).item()})


def test_change_leaves_the_base_alone_and_is_found_again():
    base = defaults()
    changes = {"search.rate": 0.3, "latent.kept": 0.25, "load.hobby": 0}
    new = changed(base, changes)
    assert base == defaults()
    assert differences(base) == {}
    assert differences(new) == changes
    assert changed(new, {path: records()[path].default for path in changes}) == base


@pytest.mark.parametrize("record", records().values(), ids=lambda r: r.path)
def test_every_parameter_changes_something(record):
    """Four years of a lively world with another value: some column of the state, the month or the table differs."""
    base = getattr(getattr(LIVELY, record.group), record.name)
    ends = (record.low, record.high)
    far = max(ends, key=lambda end: abs(end - base))
    assert lived(changed(LIVELY, {record.path: far})) != lived(LIVELY)


LIVELY = worlds.parameters(
    leaving__life_event=0.05, latent__spontaneous=0.05, succession__withdrawal=0.02, succession__relief_above=0.4,
    succession__rest_above=0.5, hosting__capacity=5.0, load__exchange=1.5, load__direct=1.5,
    room__participant_crowding=0.11, strength__decay=0.03, moving__rate=0.05, understanding__bearable=0.1,
    leading__bearable=0.2, review__too_full=0.6, review__slack=0.7, review__open_enough=0.3,
)  # fmt: skip
SEEN: dict[object, str] = {}


def lived(p):
    if p not in SEEN:
        w = worlds.world(3000, 0, p=p)
        for month in range(1, 49):
            often = worlds.lively_levels(month)._replace(
                reviews=np.full(4, 4.0)
            )  # so that money moves, and back
            advance(w, often, worlds.lively_shocks(w, month))
        columns = {**worlds.columns(w), **observe(w, np.zeros(4))}
        content = b"".join(np.ascontiguousarray(column).tobytes() for column in columns.values())
        SEEN[p] = hashlib.sha256(content).hexdigest()
    return SEEN[p]


# Levers, measures, scenarios.


def test_levers_are_the_columns_of_levels():
    assert tuple(levers()) == Levels._fields
    for lever in levers().values():
        assert lever.low <= lever.today <= lever.high
        assert lever.low < lever.high
        assert lever.price >= 0
        for text in (lever.unit, lever.price_source, lever.ja, lever.en, lever.help_ja, lever.help_en):
            assert text.strip() == text != ""
        assert JAPANESE.search(lever.ja)
        assert JAPANESE.search(lever.help_ja)


def test_measures_add_up_within_the_range_of_their_lever():
    measures = (
        Measure(lever="hub", amount=1.0),
        Measure(lever="hub", amount=0.25, places=("t", "s"), first=3, last=4),
        Measure(lever="hub", amount=9.0, places=("i",)),
        Measure(lever="events", amount=-99.0, first=2),
    )
    asked = worlds.scenario(measures=measures)
    today = {name: [lever.today] * 4 for name, lever in levers().items()}
    for month, hub, events in (
        (0, [0.5, 0.5, 0.5, 0.5], 6.0),
        (1, [1.5, 1.5, 1.5, 4.0], 6.0),
        (2, [1.5, 1.5, 1.5, 4.0], 0.0),
        (3, [1.5, 1.75, 1.75, 4.0], 0.0),
        (5, [1.5, 1.5, 1.5, 4.0], 0.0),
    ):
        found = {name: column.tolist() for name, column in levels(asked, PLACES, month)._asdict().items()}
        assert found == today | {"hub": hub, "events": [events] * 4}


def test_yen_are_as_worked_by_hand():
    """One hub more in the town, 1,000,000 adults: 200 units of 5,000; 6,000,000 / 12 x 200 = 100 million a month."""
    hub = levers()["hub"].price
    base = yen(worlds.scenario(), PLACES, 1)
    for price, expected in ((None, hub), (1_200_000.0, 1_200_000.0)):
        measure = Measure(lever="hub", amount=1.0, places=("t",), first=2, price=price)
        asked = worlds.scenario(measures=(measure,))
        np.testing.assert_allclose(yen(asked, PLACES, 2) - base, [0, 0, expected / 12 * 200, 0], atol=1e-3)
        np.testing.assert_array_equal(yen(asked, PLACES, 1), base)
    today = sum(lever.today * lever.price for lever in levers().values())
    np.testing.assert_allclose(base, today / 12 * PLACES.adults / 5000)


def test_scenarios_and_measures_refuse_unknown_fields_and_cannot_be_changed():
    with pytest.raises(ValidationError, match="amout"):
        Measure(lever="hub", amount=1.0, amout=2.0)
    with pytest.raises(ValidationError, match="month"):
        Scenario(name="x", month=3)
    with pytest.raises(ValidationError, match="frozen"):
        worlds.scenario().months = 3


def test_digest_is_about_content_not_about_names():
    base = worlds.scenario()
    assert (
        worlds.scenario(name="other", places="mine.csv", title_ja="別の名前", question_ja="?").digest
        == base.digest
    )
    others = [
        worlds.scenario(months=13), worlds.scenario(burn_in=1), worlds.scenario(401),
        worlds.scenario(parameters=worlds.parameters(search__rate=0.3)),
        worlds.scenario(measures=(Measure(lever="hub", amount=1.0),)),
        worlds.scenario(shocks=(Shock(kind="travel", size=0.5),)),
        worlds.scenario(shocks=(Shock(kind="travel", size=0.5, first=2),)),
    ]  # fmt: skip
    assert len({s.digest for s in [base, *others]}) == 8


# Shocks.

CALM = {
    "help": 0.0,
    "strangers": 0.0,
    "damage": 0.0,
    "struck": 0.0,
    "leavers": 0.0,
    "travel": 0.0,
    "inflow": 1.0,
}

# kind, size, last, month (the shock is of month 5, in the town): what differs there from a month without shocks
SHOCKS = [
    ("disaster", 0.5, None, 4, {}),
    ("disaster", 0.5, None, 5, {"help": 0.5, "strangers": 16.0, "damage": 1.0, "struck": 0.5}),
    ("disaster", 0.25, None, 5, {"help": 0.25, "strangers": 8.0, "damage": 0.5, "struck": 0.25}),
    (
        "disaster",
        0.5,
        None,
        11,
        {"help": 0.183940, "strangers": 3.570083, "damage": 0.513417},
    ),  # e^-1, e^-1.5, e^-2/3
    ("disaster", 1.0, None, 5, {"help": 1.0, "strangers": 32.0, "damage": 1.0, "struck": 1.0}),
    ("key_people", 0.3, None, 5, {"leavers": 0.3}),
    ("key_people", 0.3, None, 6, {}),
    ("travel", 0.4, 7, 7, {"travel": 0.4}),
    ("travel", 0.4, 7, 8, {}),
    ("travel", 0.4, None, 99, {"travel": 0.4}),
    ("needs", 3.0, 7, 7, {"inflow": 3.0}),
    ("needs", 3.0, 7, 8, {}),
    ("needs", 0.0, None, 99, {"inflow": 0.0}),
]


def shocked(given, month):
    """Return the columns of a month as lists over places, with the book's k_str 32, k_dam 2, t_z 6, t_s 4, t_d 9."""
    found = shocks(tuple(given), PLACES, month, worlds.book().shock)
    return {name: column.tolist() for name, column in found._asdict().items()}


@pytest.mark.parametrize(("kind", "size", "last", "month", "expected"), SHOCKS)
def test_shocks_are_as_worked_by_hand(kind, size, last, month, expected):
    found = shocked([Shock(kind=kind, size=size, places=("t",), first=5, last=last)], month)
    for name, calm in CALM.items():
        assert found[name] == pytest.approx([calm, calm, expected.get(name, calm), calm], abs=1e-6)


def test_shocks_add_up_within_their_limits_and_factors_multiply():
    """Everywhere 0.7, in the town and on the island 0.6 more: no more than all; 3 x 0.5 = 1.5; two disasters of 0.5 and 0.25."""
    both = [
        Shock(kind=kind, size=size, places=places)
        for kind, size, places in (
            ("travel", 0.7, None), ("travel", 0.6, ("t", "i")), ("key_people", 0.7, None), ("key_people", 0.6, ("t", "i")),
            ("needs", 3.0, None), ("needs", 0.5, ("t", "i")), ("disaster", 0.5, ("c", "t")), ("disaster", 0.25, ("t",)),
        )
    ]  # fmt: skip
    found = shocked(both, 1)
    assert found["travel"] == found["leavers"] == [0.7, 0.7, 1.0, 1.0]
    assert found["inflow"] == [3.0, 3.0, 1.5, 1.5]
    assert found["help"] == found["struck"] == [0.5, 0.0, 0.75, 0.0]
    assert found["strangers"] == [16.0, 0.0, 24.0, 0.0]
    assert found["damage"] == [1.0, 0.0, 1.0, 0.0]


@pytest.mark.parametrize("month", [0, -239])
def test_there_are_no_shocks_in_the_burn_in(month):
    given = [Shock(kind=kind, size=0.5) for kind in ("disaster", "key_people", "travel", "needs")]
    assert shocked(given, month) == {name: [calm] * 4 for name, calm in CALM.items()}


@pytest.mark.parametrize(
    ("fields", "word"),
    [({"kind": "travel", "size": 1.1}, "size"), ({"kind": "disaster", "size": -0.1}, "size"), ({"kind": "needs", "size": 11}, "size"),
     ({"kind": "travel", "size": 0.5, "first": 0}, "last"), ({"kind": "travel", "size": 0.5, "first": 5, "last": 4}, "last"),
     ({"kind": "disaster", "size": math.nan}, "size"), ({"kind": "disaster", "size": 0.5, "last": 9}, "last")],
)  # fmt: skip
def test_shock_that_cannot_be_meant_is_refused(fields, word):
    with pytest.raises(ValidationError, match=f"shock {fields['kind']}: {word}"):
        Shock(**fields)


# Tables of traits, and people and hosts by place.


@pytest.mark.parametrize("sigma", [0.0, 0.7, 1.0, 1.3])
@pytest.mark.parametrize("size", [256, 1024])
def test_lognormal_table_has_mean_1_and_the_right_spread(sigma, size):
    values = lognormal(sigma, size)
    assert values.mean() == pytest.approx(1.0, abs=1e-12)
    assert (np.diff(values) > 0).all() or sigma == 0.0
    z = NormalDist().inv_cdf(0.75 + 0.25 / size) * 2  # between levels, quartile to quartile
    quarter, rest = values[size // 4 - 1], values[3 * size // 4]
    assert np.log(rest / quarter) == pytest.approx(sigma * z, rel=0.02, abs=1e-12)


@pytest.mark.parametrize(
    ("a", "b", "mean", "median"),
    [
        (2.0, 2.0, 0.5, 0.5),
        (3.0, 3.5, 3 / 6.5, 0.457),
        (1.0, 16.0, 1 / 17, 1 - 0.5 ** (1 / 16)),
        (1.75, 3.25, 0.35, 0.327),
    ],
)
def test_beta_tables_have_the_mean_and_median_of_the_distribution(a, b, mean, median):
    """Median of Beta(1, b): 1 - 2^(-1/b); of others (a - 1/3) / (a + b - 2/3) within 0.005."""
    values = quantiles(beta_density(a, b), 256)
    assert values.mean() == pytest.approx(mean, abs=1e-3)
    assert (values[127] + values[128]) / 2 == pytest.approx(median, abs=5e-3)
    assert (np.diff(values) > 0).all()
    assert 0.0 < values[0] < values[-1] < 1.0


def test_traits_have_the_means_that_their_records_promise():
    """Interest 0.76 / 17 + 0.24 x 3 / 6.5 = 0.155475; hours 13; openness of hosts 0.35, of visitors 1/2."""
    p = changed(defaults(), {
        "traits.indifferent_part": 0.76, "traits.indifferent_shape": 16, "traits.interested_a": 3,
        "traits.interested_b": 3.5, "hosting.capacity": 13, "openness.mean": 0.35,
    })  # fmt: skip
    tables = trait_tables(p)
    assert tables.setpoint.mean() == pytest.approx(0.155475, abs=1e-3)
    assert tables.mobility.mean() == pytest.approx(1.0, abs=1e-12)
    assert tables.capacity.mean() == pytest.approx(13.0, abs=1e-9)
    assert tables.host_openness.mean() == pytest.approx(0.35, abs=1e-3)
    assert tables.openness.mean() == pytest.approx(0.5, abs=1e-6)


def test_people_of_the_start_have_the_spread_of_their_tables():
    """4,000 people: means of levels within 5 standard errors (sd of a byte 73.9), skills a fifth each."""
    w = worlds.world(4000)
    people = w.state.people
    for trait in (people.setpoint, people.mobility, people.openness):
        assert abs(trait.mean() - 127.5) < 5 * 73.9 / np.sqrt(4000)
    for skill in range(5):
        assert worlds.is_likely((people.skill == skill).sum(), 4000, 0.2)
    np.testing.assert_array_equal(people.interest, w.tables.setpoint[people.setpoint].astype(np.float32))
    assert (people.wellbeing == round(65535 * w.parameters.wellbeing.usual)).all()


@pytest.mark.parametrize(
    ("amounts", "total", "expected"),
    [([1.0, 1.0, 1.0], 3, [1, 1, 1]), ([1.0, 1.0, 1.0], 4, [2, 1, 1]), ([0.5, 0.3, 0.2], 7, [4, 2, 1]),
     ([0.0, 2.0, 0.0], 5, [0, 5, 0]), ([3.0, 1.0], 0, [0, 0])],
)  # fmt: skip
def test_people_are_shared_out_as_by_hand(amounts, total, expected):
    """7 by 5 : 3 : 2 are 3.5, 2.1, 1.4: the largest remainder gets the one that is left."""
    assert apportion(np.array(amounts), total).tolist() == expected


def test_shared_out_people_are_all_there_and_nobody_is_off_by_one():
    rng = np.random.default_rng(3)
    for _ in range(200):
        amounts = rng.lognormal(0.0, 2.0, rng.integers(1, 60))
        total = int(rng.integers(0, 5000))
        parts = apportion(amounts, total)
        assert parts.sum() == total
        assert (np.abs(parts - amounts / amounts.sum() * total) < 1.0).all()


def test_places_have_their_people_and_hosts():
    shares = worlds.parameters(hosting__host_share=0.02, hosting__host_share_metro=0.01)
    g = geometry(PLACES, shares, 1000.0, 1)
    assert np.diff(g.starts).tolist() == [1600, 800, 1000, 600]
    assert np.diff(g.host_starts).tolist() == [16, 16, 20, 12]  # 1 % of the city, 2 % of the others
    np.testing.assert_allclose(g.units, [0.32, 0.16, 0.2, 0.12])
    np.testing.assert_allclose(g.adults, [1600.0, 800.0, 1000.0, 600.0])
    np.testing.assert_allclose(g.family, np.cumsum(g.mass))
    assert g.family[-1] == pytest.approx(1.0)
    few = geometry(PLACES, worlds.parameters(), 1e6, 1)
    assert np.diff(few.host_starts).tolist() == [1, 1, 1, 1]  # every place has somebody
