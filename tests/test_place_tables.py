"""One's own table of places: read as it is meant, or refused in one clear sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.places import load_places, resolve
from sim.errors import InputError

HEADER = "code,name_ja,name_en,metro,adults,area_km2,lat,lon\n"
GOOD = HEADER + "a,甲町,Ko,0,3000,50,35.5,138.5\nb,乙市,Otsu,1,90000,80,35.7,139.5\n"


def own(folder: Path, text: str | bytes) -> Path:
    path = folder / "mine.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("lead", ["", "\ufeff"])
def test_own_table_is_read(tmp_path, lead):
    places = load_places(own(tmp_path, lead + GOOD.replace("\n", "\r\n") + "\r\n"))
    assert places.code == ("a", "b")
    assert places.name_ja == ("甲町", "乙市")
    assert list(places.metro) == [0, 1]
    assert list(places.adults) == [3_000, 90_000]
    assert list(places.lat) == [35.5, 35.7]
    assert list(places.inner_km) == [0, 0]


def test_own_table_may_order_its_columns_and_give_inner_km(tmp_path):
    text = "inner_km,lon,lat,area_km2,adults,metro,name_en,name_ja,code\n"
    text += "12.5,138.5,35.5,50,3000,osaka,Ko,甲町,a\n,139.5,35.7,80,0,other,Otsu,乙市,b\n"
    places = load_places(own(tmp_path, text))
    assert list(places.inner_km) == [12.5, 0]
    assert list(places.metro) == [1, 0]
    assert list(places.lon) == [138.5, 139.5]


BAD = [
    (
        "missing_column",
        GOOD.replace("metro,", ""),
        ", line 1: the column 'metro' is missing; allowed: code, ",
    ),
    (
        "unknown_column",
        GOOD.replace("adults", "adult"),
        ", line 1: unknown column 'adult' (did you mean 'adults'?)",
    ),
    (
        "column_twice",
        GOOD.replace("lat", "lon"),
        ", line 1: the column 'lon' stands there twice; allowed: each",
    ),
    ("no_header", GOOD.removeprefix(HEADER), ", line 1: unknown column 'a'"),
    (
        "duplicate_code",
        GOOD + "a,丙村,Hei,0,10,5,35,138\n",
        ", line 4: the code 'a' is already used on line 2; ",
    ),
    (
        "reserved_code",
        GOOD.replace("\na,", "\nmetro,"),
        ", line 2: code is 'metro', which means a group of places; ",
    ),
    (
        "empty_name",
        GOOD.replace("甲町", ""),
        ", line 2: name_ja is ''; allowed: a text of 1 to 60 characters",
    ),
    (
        "negative",
        GOOD.replace("3000", "-5"),
        ", line 2: adults: -5 is out of range; allowed: at least 0, at most 20,000,000 (persons).",
    ),
    (
        "fraction",
        GOOD.replace("3000", "3000.5"),
        ", line 2: adults is '3000.5'; allowed: a whole number from 0 to 20,000,000 in plain digits, without commas.",
    ),
    (
        "commas",
        GOOD.replace("3000", '"3,000"'),
        ", line 2: adults is '3,000'; allowed: a whole number from 0 to 20,000,000",
    ),
    ("too_many_adults", GOOD.replace("3000", "20000001"), ", line 2: adults: 20000001 is out of range; "),
    (
        "full_width",
        GOOD.replace("3000", "３０００"),
        ", line 2: adults is '３０００'; allowed: a whole number",
    ),
    (
        "swapped",
        GOOD.replace("35.5,138.5", "138.5,35.5"),
        ", line 2: lat: 138.5 is out of range; allowed: at least 20, at most 46 (degrees north).",
    ),
    (
        "nan",
        GOOD.replace("138.5", "nan"),
        ", line 2: lon is 'nan'; allowed: a number from 122 to 154.5 (degrees east).",
    ),
    (
        "no_area",
        GOOD.replace(",50,", ",0,"),
        ", line 2: area_km2: 0 is out of range; allowed: at least 0, at most 1,000,000 (km2, above 0).",
    ),
    (
        "metro_word",
        GOOD.replace("Ko,0", "Ko,tokyo"),
        ", line 2: metro: unknown value 'tokyo'; allowed: shuto, osaka, nagoya, other, 1, 0.",
    ),
    ("short_row", GOOD + "c,丙村\n", ", line 4: 2 values in this row; allowed: 8, one for each column."),
    (
        "one_place",
        HEADER + "a,甲町,Ko,0,3000,50,35.5,138.5\n",
        ": the table has 1 places; allowed: at least 2",
    ),
    (
        "nobody",
        GOOD.replace("3000", "0").replace("90000", "0"),
        ": no place has adults; allowed: at least one place",
    ),
    ("empty", "", ": the file is empty; allowed: a table of places."),
    (
        "shift_jis",
        GOOD.encode("shift_jis"),
        ", line 2: byte 0x8D is not UTF-8 text; allowed: a table of places saved as UTF-8.",
    ),
    (
        "control",
        GOOD.replace("Ko", "K\0o"),
        ", line 2: the control character U+0000 is not text; allowed: plain text",
    ),
    ("open_quote", GOOD + 'c,"丙村,Hei,0,10,5,35,138\n', ", line 4: not valid CSV ("),
    (
        "too_many_rows",
        HEADER + "".join(f"c{i},甲,K,0,1,1,35,138\n" for i in range(20_001)),
        ", line 20002: more than 20,000 places; ",
    ),
    (
        "too_many_lines",
        HEADER + "\n" * 100_000,
        ", line 40001: the file has too many lines; allowed: at most 40,000.",
    ),
    (
        "too_large",
        b"#" * 20_000_001,
        ": 20,000,001 bytes is too large; allowed: a table of places of at most 20,000,000",
    ),
]


@pytest.mark.parametrize(("text", "said"), [pytest.param(t, s, id=i) for i, t, s in BAD])
def test_bad_table_gets_one_clear_sentence(tmp_path, text, said):
    path = own(tmp_path, text)
    with pytest.raises(InputError) as caught:
        load_places(path)
    assert str(caught.value).startswith(f"{path}{said}")
    assert str(caught.value).isprintable()
    assert str(caught.value).endswith(".")


def test_table_that_does_not_exist_is_refused_where_it_was_named(tmp_path):
    with pytest.raises(
        InputError, match=r"^here: unknown table of places 'prefecture' \(did you mean 'prefectures'\?\)"
    ):
        load_places("prefecture", "here")
    with pytest.raises(InputError, match=r"^here: there is no file '.*none\.csv'; allowed: prefectures, "):
        load_places(tmp_path / "none.csv", "here")


def test_group_without_members_is_refused(tmp_path):
    places = load_places(own(tmp_path, GOOD.replace("Ko,0", "Ko,1")))
    with pytest.raises(InputError, match="no place of this table is 'other'"):
        resolve("other", places)
