"""Places: the packaged tables are Japan, one's own table is checked, and names are understood."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from scenarios import places as tables
from scenarios.places import INVENTED, PACKAGED, describe, load_places, resolve, shapes
from sim.errors import InputError
from sim.places import Places, distance_km, travel_hours, travel_matrix


@pytest.fixture(scope="module")
def prefectures() -> Places:
    return load_places("prefectures")


@pytest.fixture(scope="module")
def municipalities() -> Places:
    return load_places("municipalities")


def members(places: Places, prefecture: str) -> np.ndarray:
    return np.array([i for i, code in enumerate(places.code) if code.startswith(prefecture)])


def inside(lat: float, lon: float, geometry: dict) -> bool:
    """Even-odd rule over all rings: holes cancel."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    crossings = 0
    for ring in (ring for polygon in polygons for ring in polygon):
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) / (y2 - y1) * (x2 - x1):
                crossings += 1
    return crossings % 2 == 1


# The packaged tables


@pytest.mark.parametrize(
    ("name", "rows"), [("prefectures", 47), ("municipalities", 1_741), ("workshop", 8), ("typical", 12)]
)
def test_packaged_table_has_all_its_places_once(name, rows):
    places = load_places(name)
    assert name in PACKAGED
    assert len(places) == len(set(places.code)) == rows
    assert all(places.name_ja)
    assert all(places.name_en)


@pytest.mark.parametrize("name", ["prefectures", "municipalities"])
def test_national_table_holds_every_adult_of_the_census(name):
    assert load_places(name).adults.sum() == 102_745_791


def test_adults_of_the_municipalities_add_up_to_their_prefecture(prefectures, municipalities):
    for i, code in enumerate(prefectures.code):
        assert municipalities.adults[members(municipalities, code)].sum() == prefectures.adults[i]


def test_areas_of_the_municipalities_add_up_to_their_prefecture(prefectures, municipalities):
    for i, code in enumerate(prefectures.code):
        total = municipalities.area_km2[members(municipalities, code)].sum()
        assert total == pytest.approx(prefectures.area_km2[i], abs=0.01)
    assert 365_000 < prefectures.area_km2.sum() < 378_000  # Japan without undecided boundaries


@pytest.mark.parametrize("name", sorted(PACKAGED))
def test_every_place_lies_inside_japan(name):
    places = load_places(name)
    assert ((places.lat > 24) & (places.lat < 46)).all()
    assert ((places.lon > 122.9) & (places.lon < 146)).all()


@pytest.mark.parametrize("name", INVENTED)
def test_invented_places_lie_on_land(name):
    land = shapes("prefectures")["features"]
    places = load_places(name)
    for lat, lon in zip(places.lat, places.lon):
        assert any(inside(lat, lon, feature["geometry"]) for feature in land)
    assert not any(inside(36.0, 145.0, feature["geometry"]) for feature in land)  # the open Pacific


def test_damaged_national_table_is_noticed(monkeypatch):
    monkeypatch.setattr(tables, "JAPAN_ADULTS", 1)
    with pytest.raises(InputError, match=r"prefectures\.csv: the adults add up to 102,745,791; allowed: 1,"):
        tables._packaged.__wrapped__("prefectures")  # past the cache


@pytest.mark.parametrize("name", ["prefectures", "municipalities"])
def test_every_place_has_exactly_one_shape(name):
    assert sorted(f["id"] for f in shapes(name)["features"]) == sorted(load_places(name).code)


@pytest.mark.parametrize("name", [*INVENTED, "mine.csv"])
def test_table_without_a_map_has_no_shapes(name):
    assert shapes(name) is None


def test_metro_of_the_municipalities_holds_the_share_that_the_survey_had(municipalities):
    share = municipalities.adults[municipalities.metro == 1].sum() / municipalities.adults.sum()
    assert share == pytest.approx(0.4445, abs=0.001)


def test_metro_of_the_prefectures_is_the_eight_of_the_three_areas(prefectures):
    metro = [name for name, flag in zip(prefectures.name_en, prefectures.metro) if flag]
    assert {"Tokyo", "Osaka", "Aichi"} < set(metro)
    assert len(metro) == 8


def test_inner_km_is_the_mean_distance_between_residents_of_different_towns(prefectures, municipalities):
    km = distance_km(municipalities)
    for i, code in enumerate(prefectures.code):
        rows = members(municipalities, code)
        weight = np.outer(municipalities.adults[rows], municipalities.adults[rows]).astype(float)
        np.fill_diagonal(weight, 0.0)
        mean = (km[np.ix_(rows, rows)] * weight).sum() / weight.sum()
        assert prefectures.inner_km[i] == pytest.approx(mean, abs=0.006)


@pytest.mark.parametrize("name", ["municipalities", "workshop"])
def test_one_daily_living_area_has_no_inner_distance(name):
    assert (load_places(name).inner_km == 0).all()


@pytest.mark.parametrize("name", INVENTED)
def test_invented_names_are_of_no_real_place(name, prefectures, municipalities):
    real = set(municipalities.name_ja) | set(prefectures.name_ja)
    assert not set(load_places(name).name_ja) & real


def test_workshop_reaches_from_a_village_to_a_big_city():
    assert sorted(load_places("workshop").adults)[0] == 2_000
    assert sorted(load_places("workshop").adults)[-1] == 600_000


def test_typical_regions_are_metropolitan_as_japan_is():
    """The survey had 44.1% of the adults in the three metropolitan areas; three regions are those here."""
    places = load_places("typical")
    assert places.metro.sum() == 3
    assert places.adults[places.metro == 1].sum() / places.adults.sum() == pytest.approx(0.44, abs=0.005)


def test_typical_regions_have_some_neighbours_within_an_hour():
    hours = travel_matrix(load_places("typical"))
    pairs = np.argwhere(np.triu(hours < 1.0, 1))
    assert pairs.tolist() == [[0, 3], [1, 4], [5, 6]]


def test_workshop_towns_lie_within_a_trip_of_the_city():
    km = distance_km(load_places("workshop"))[0, 2:]
    assert (km > 40).all()
    assert (km < 300).all()


def test_columns_cannot_be_changed_by_one_user_for_all(prefectures):
    with pytest.raises(ValueError, match="read-only"):
        prefectures.adults[0] = 0
    assert load_places("prefectures") is prefectures


# Travel


@pytest.mark.parametrize(
    ("home", "away", "low", "high"),
    [
        ("Tokyo", "Osaka", 3.0, 4.0),
        ("Tokyo", "Hokkaido", 4.0, 5.5),
        ("Tokyo", "Kanagawa", 0.5, 1.2),
        ("Tokyo", "Okinawa", 4.5, 6.5),
        ("Tokyo", "Nagano", 1.7, 2.8),
        ("Osaka", "Fukuoka", 3.3, 4.5),
    ],
)
def test_travel_hours_of_well_known_pairs_are_those_of_the_timetable(prefectures, home, away, low, high):
    hours = travel_matrix(prefectures)
    i, j = prefectures.name_en.index(home), prefectures.name_en.index(away)
    assert low < hours[i, j] < high


def test_travel_takes_as_long_there_as_back(prefectures):
    hours = travel_matrix(prefectures)
    np.testing.assert_allclose(hours, hours.T, rtol=1e-6)


def test_longer_ways_take_longer():
    assert (np.diff(travel_hours(np.linspace(0, 3_000, 30_001))) > 0).all()


# Names


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("北海道", ("01",)),
        ("hokkaido", ("01",)),
        ("TOKYO", ("13",)),
        ("47", ("47",)),
        (["47", "Hokkaido", "01"], ("01", "47")),
        ("all", None),
        (["metro", "other"], None),
    ],
)
def test_word_for_a_prefecture_is_understood(prefectures, word, codes):
    assert resolve(word, prefectures) == codes


def test_metro_and_other_part_the_table(prefectures):
    metro, other = resolve("metro", prefectures), resolve("other", prefectures)
    assert "13" in metro
    assert "01" in other
    assert sorted(metro + other) == list(prefectures.code)


@pytest.mark.parametrize("word", ["鳥取県", "31", "Tottori"])
def test_prefecture_stands_for_all_its_municipalities(municipalities, word):
    codes = resolve(word, municipalities)
    assert len(codes) == 19
    assert all(code.startswith("31") for code in codes)


@pytest.mark.parametrize("word", ["札幌市", "sapporo-shi", "01100", "北海道札幌市"])
def test_word_for_a_municipality_is_understood(municipalities, word):
    assert resolve(word, municipalities) == ("01100",)


@pytest.mark.parametrize(
    ("word", "choices"),
    [("府中市", "13206 東京都, 34208 広島県"), ("伊達市", "01233 北海道, 07213 福島県")],
)
def test_name_of_two_places_is_refused_with_their_codes(municipalities, word, choices):
    with pytest.raises(InputError) as caught:
        resolve(word, municipalities, "here")
    assert (
        str(caught.value) == f"here: '{word}' is the name of 2 places; allowed: one of the codes {choices}."
    )


def test_prefecture_before_the_name_tells_two_places_apart(municipalities):
    assert resolve("広島県府中市", municipalities) == ("34208",)


def test_unknown_place_gets_the_nearest_name(municipalities):
    with pytest.raises(InputError, match=r"^here: unknown place '札幌' \(did you mean '札幌市'\?\)"):
        resolve("札幌", municipalities, "here")


@pytest.mark.parametrize("word", ["metro", "other", "鳥取県", ["鳥取県", "01100"], ["34208", "13206"]])
def test_described_places_are_the_same_places(municipalities, word):
    codes = resolve(word, municipalities)
    assert resolve(describe(codes, municipalities), municipalities) == codes


def test_whole_prefecture_is_described_by_its_name(municipalities):
    assert describe(resolve(["31", "01100"], municipalities), municipalities) == ["鳥取県", "01100"]
