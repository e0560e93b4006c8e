"""Files that must be refused: (name of the case, content, what the message says after the file's name).

Shared by the tests of the loader and of the command line.
"""

from __future__ import annotations

OK = "name: mine\n"
SHOCK = OK + "shocks:\n  - kind: disaster\n    size: 0.3\n"
HUB = OK + "measures:\n  - lever: hub\n    amount: 0.5\n"


def _text(case: str, text: str, message: str) -> tuple[str, bytes, str]:
    return case, text.encode(), message


_FORM = [
    ("empty", b"", ": the file is empty; allowed: a scenario file."),
    ("blank", b" \n\n \n", ": the file is empty; allowed: a scenario file."),
    ("only_comments", b"# nothing yet\n", ": the file is empty; allowed: a scenario file."),
    (
        "too_large",
        b"#" * 1_000_001,
        ": 1,000,001 bytes is too large; allowed: a scenario file of at most 1,000,000 bytes.",
    ),
    ("long_line", b"#" * 60_000, ", line 1: 60,000 characters in one line; allowed: at most 50,000."),
    ("too_many_lines", b"\n" * 30_000 + b"a: 1", ": 30,001 lines are too many; allowed: at most 20,000."),
    (
        "too_many_lines_of_an_old_mac",
        b"\r" * 30_000 + b"a: 1",
        ": 30,001 lines are too many; allowed: at most 20,000.",
    ),
    (
        "shift_jis",
        "name: mine\ntitle: 出会い\n".encode("shift_jis"),
        ", line 2: byte 0x8F is not UTF-8 text; allowed: a scenario file saved as UTF-8.",
    ),
    (
        "utf_16",
        "name: mine\n".encode("utf-16-le"),
        ", line 1: the control character U+0000 is not text; allowed: plain text in UTF-8.",
    ),
    (
        "picture",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        ", line 1: byte 0x89 is not UTF-8 text; allowed: a scenario file saved as UTF-8.",
    ),
    (
        "escaped_nul",
        b'name: mine\ntitle: "a\\0b"\n',
        ", line 2: 'a?b' holds a control character; allowed: plain text.",
    ),
    (
        "terminal_escape",
        b"name: mine\ntitle: \x1b[31mred\n",
        ", line 2: the control character U+001B is not text; allowed: plain text in UTF-8.",
    ),
    (
        "tab_indent",
        b"name: mine\nparameters:\n\tsearch.rate: 0.3\n",
        ", line 3: a tab cannot indent a line; allowed: spaces.",
    ),
    ("syntax", b"name: mine\ntitle: [open\n", ", line 3, column 1: this is not valid YAML ("),
    (
        "full_width_colon",
        "name：mine\n".encode(),
        ", line 1: 'name：mine' is not a scenario; allowed: lines of 'key: value' with a half-width colon and a space.",
    ),
    (
        "top_level_list",
        b"- name: mine\n",
        ", line 1: a list is not a scenario; allowed: lines of 'key: value' with a half-width colon and a space.",
    ),
    (
        "alias_bomb",
        b"name: mine\na: &a [x, x]\nb: &b [*a, *a]\n",
        ", line 2: the anchor '&a' is not supported; allowed: writing the value out.",
    ),
    (
        "alias",
        b"name: *other\n",
        ", line 1: the alias '*other' is not supported; allowed: writing the value out.",
    ),
    (
        "python_tag",
        b"name: !!python/object/apply:os.system ['ls']\n",
        ", line 1: the tag '!!python/object/apply:os.system' is not supported; allowed: plain values.",
    ),
    (
        "own_tag",
        b"name: mine\nmonths: !years 10\n",
        ", line 2: the tag '!years' is not supported; allowed: plain values.",
    ),
    (
        "duplicate_key",
        b"name: mine\nmonths: 12\nmonths: 24\n",
        ", line 3: 'months' is already set on line 2; allowed: each key once.",
    ),
    (
        "duplicate_nested_key",
        HUB.encode() + b"    amount: 0.7\n",
        ", line 5: 'amount' is already set on line 4; allowed: each key once.",
    ),
    (
        "too_deep",
        b"name: mine\nmeasures: " + b"[" * 5_000,
        ", line 2: nested deeper than 10 levels; allowed: at most 10 levels.",
    ),
    (
        "too_many_values",
        OK.encode() + b"measures: [" + b"1," * 12_000 + b"]\n",
        ", line 2: the file has more than 10,000 values; allowed: at most 10,000.",
    ),
    (
        "two_documents",
        b"name: mine\n---\nname: yours\n",
        ", line 2: a second document begins here ('---'); allowed: one scenario in a file.",
    ),
    (
        "list_as_key",
        b"name: mine\n? [a, b]\n: 1\n",
        ", line 2: a list cannot be a key; allowed: a plain word before the colon.",
    ),
]

_VALUES = [
    _text(
        "name_missing",
        "months: 12\n",
        ", line 1: the scenario has no name; allowed: name: and 1 to 60 letters a-z, digits, - and _, kana or kanji.",
    ),
    _text(
        "name_is_a_path",
        "name: ../mine\n",
        ", line 1: name is '../mine'; allowed: 1 to 60 letters a-z, digits, - and _, kana or kanji, not beginning with -.",
    ),
    _text(
        "name_too_long",
        f"name: {'a' * 61}\n",
        ", line 1: name is 61 characters long; allowed: at most 60 characters.",
    ),
    _text(
        "name_is_no",
        "name: no\n",
        ", line 1: name is 'no', which YAML reads as false (put it in quotes if it is meant as text); allowed: a text.",
    ),
    _text(
        "name_is_a_number",
        "name: 2030\n",
        ", line 1: name is the number '2030' (put it in quotes if it is meant as text); allowed: a text.",
    ),
    _text("name_is_empty", "name:\nmonths: 12\n", ", line 1: name is empty; allowed: a text."),
    _text(
        "title_too_long",
        OK + f"title: {'あ' * 201}\n",
        ", line 2: title is 201 characters long; allowed: at most 200 characters.",
    ),
    _text(
        "title_in_french",
        OK + "title: {fr: Rencontre}\n",
        ", line 2: unknown key in title 'fr'; allowed: ja, en.",
    ),
    _text(
        "text_of_a_novel",
        OK + f"question: {'a' * 2_001}\n",
        ", line 2: '" + "a" * 59 + "…' is too long (2,001 characters); allowed: at most 2,000.",
    ),
    _text(
        "unknown_key",
        OK + "mesures: []\n",
        ", line 2: unknown key in a scenario 'mesures' (did you mean 'measures'?); allowed: name, title, question, expectation, finding, ",
    ),
    _text(
        "months_out_of_range",
        OK + "months: 1201\n",
        ", line 2: months: 1201 is out of range; allowed: at least 1, at most 1,200 (months).",
    ),
    _text(
        "months_zero",
        OK + "months: 0\n",
        ", line 2: months: 0 is out of range; allowed: at least 1, at most 1,200 (months).",
    ),
    _text(
        "months_not_whole",
        OK + "months: 12.5\n",
        ", line 2: months is '12.5'; allowed: a whole number (months) written without a decimal point.",
    ),
    _text(
        "months_full_width",
        OK + "months: １２\n",
        ", line 2: months is the text '１２' (write 12 with half-width digits); allowed: a number (months).",
    ),
    _text(
        "months_huge",
        OK + f"months: {'9' * 400}\n",
        ", line 2: months is '"
        + "9" * 59
        + "…', which is not a number to count with; allowed: a finite number (months).",
    ),
    _text(
        "burn_in_negative",
        OK + "burn_in: -1\n",
        ", line 2: burn_in: -1 is out of range; allowed: at least 0, at most 600 (months).",
    ),
    _text(
        "burn_in_on",
        OK + "burn_in: on\n",
        ", line 2: burn_in is 'on', which YAML reads as true; allowed: a number (months).",
    ),
    _text(
        "weight_zero",
        OK + "persons_per_agent: 0\n",
        ", line 2: persons_per_agent: 0 is out of range; allowed: at least 1, at most 1,000,000 (adults for one simulated person).",
    ),
    _text(
        "weight_with_comma",
        OK + "persons_per_agent: 1,000\n",
        ", line 2: persons_per_agent is the text '1,000' (write 1000 without commas); allowed: a number (adults for one simulated person).",
    ),
    _text(
        "weight_octal",
        OK + "persons_per_agent: 0100\n",
        ", line 2: persons_per_agent is '0100', which YAML does not read as a plain decimal number; allowed: a number ",
    ),
    _text(
        "weight_above_all_people",
        OK + "places: workshop\npersons_per_agent: 1000000\n",
        ", line 3: persons_per_agent is 1,000,000, more than the 790,700 adults of 'workshop'; allowed: at least 1, at most 790,700 (adults for one simulated person).",
    ),
    _text(
        "places_misspelt",
        OK + "places: prefecture\n",
        ", line 2: unknown table of places 'prefecture' (did you mean 'prefectures'?); allowed: prefectures, municipalities, workshop, typical, the path of a .csv file.",
    ),
    _text("places_file_missing", OK + "places: mine.csv\n", ", line 2: there is no file '"),
    _text(
        "base_misspelt",
        OK + "base: conect\n",
        ", line 2: unknown scenario 'conect' (did you mean 'connect'?); allowed: baseline, connect, care, both, nothing, ",
    ),
    _text(
        "parameter_misspelt",
        OK + "parameters:\n  search.rat: 0.3\n",
        ", line 3: unknown parameter 'search.rat' (did you mean 'search.rate'?); allowed: traits.indifferent_part, ",
    ),
    _text(
        "parameter_group_misspelt",
        OK + "parameters:\n  serch:\n    rate: 0.3\n",
        ", line 4: unknown parameter 'serch.rate' (did you mean 'search.rate'?); allowed: traits.indifferent_part, ",
    ),
    _text(
        "parameter_nan",
        OK + "parameters:\n  search.rate: .nan\n",
        ", line 3: search.rate is '.nan', which is not a number to count with; allowed: a finite number (/month).",
    ),
    _text(
        "parameter_infinite",
        OK + "parameters:\n  search.rate: -.inf\n",
        ", line 3: search.rate is '-.inf', which is not a number to count with; allowed: a finite number (/month).",
    ),
    _text(
        "parameter_quoted",
        OK + 'parameters:\n  search.rate: "0.3"\n',
        ", line 3: search.rate is the text '0.3' (leave out the quotes); allowed: a number (/month).",
    ),
    _text(
        "parameter_truth",
        OK + "parameters:\n  search.rate: yes\n",
        ", line 3: search.rate is 'yes', which YAML reads as true; allowed: a number (/month).",
    ),
    _text(
        "parameter_list",
        OK + "parameters:\n  search.rate: [0.1, 0.3]\n",
        ", line 3: search.rate is a list; allowed: a number (/month).",
    ),
    _text(
        "parameter_below_floor",
        OK + "parameters:\n  search:\n    rate: -0.1\n",
        ", line 4: search.rate: -0.1 is out of range; allowed: at least 0, any number above (/month).",
    ),
    _text(
        "parameter_above_ceiling",
        OK + "parameters:\n  encounter.chance: 1.5\n",
        ", line 3: encounter.chance: 1.5 is out of range; allowed: at least 0, at most 1 (probability).",
    ),
    _text(
        "parameter_twice",
        OK + "parameters:\n  search.rate: 0.3\n  search:\n    rate: 0.4\n",
        ", line 5: search.rate is already set on line 3; allowed: each parameter once.",
    ),
    _text(
        "parameters_a_list",
        OK + "parameters:\n  - search.rate: 0.3\n",
        ", line 2: parameters is not a group of values; allowed: lines such as 'search.rate: 0.3'.",
    ),
]

_MEASURES = [
    _text(
        "measures_a_group",
        OK + "measures:\n  lever: hub\n  amount: 1\n",
        ", line 2: measures is a group of 'key: value' lines; allowed: a list of measures, each on a line that begins with '- '.",
    ),
    _text(
        "measure_a_word",
        OK + "measures:\n  - hub\n",
        ", line 3: a measure is the text 'hub'; allowed: lines of 'key: value' with the keys lever, amount, places, from, to, price.",
    ),
    _text(
        "lever_misspelt",
        OK + "measures:\n  - lever: hubs\n    amount: 1\n",
        ", line 3: unknown lever 'hubs' (did you mean 'hub'?); allowed: guides_city, guides_local, guide_meetings, ",
    ),
    _text(
        "lever_missing",
        OK + "measures:\n  - amount: 1\n",
        ", line 3: a measure has no lever; allowed: lever: and one of guides_city, guides_local, guide_meetings, ",
    ),
    _text(
        "measure_key_misspelt",
        HUB + "    form: 12\n",
        ", line 5: unknown key in a measure 'form' (did you mean 'from'?); allowed: lever, amount, places, from, to, price.",
    ),
    _text(
        "amount_missing",
        OK + "measures:\n  - lever: hub\n",
        ", line 3: the measure 'hub' has no amount; allowed: amount: and a number (hubs per 5000 adults).",
    ),
    _text(
        "amount_above_range",
        OK + "measures:\n  - lever: hub\n    amount: 9\n",
        ", line 4: amount of 'hub', added to today's 0.5: 9 is out of range; allowed: at least -0.5, at most 3.5 (hubs per 5000 adults).",
    ),
    _text(
        "amount_below_range",
        OK + "measures:\n  - lever: hub\n    amount: -1\n",
        ", line 4: amount of 'hub', added to today's 0.5: -1 is out of range; allowed: at least -0.5, at most 3.5 (hubs per 5000 adults).",
    ),
    _text(
        "amount_nan",
        OK + "measures:\n  - lever: hub\n    amount: .NaN\n",
        ", line 4: amount is '.NaN', which is not a number to count with; allowed: a finite number (hubs per 5000 adults).",
    ),
    _text(
        "price_negative",
        HUB + "    price: -1\n",
        ", line 5: price: -1 is out of range; allowed: at least 0, at most 1,000,000,000,000 (yen a year).",
    ),
    _text(
        "place_misspelt",
        HUB + "    places: [北海道, 青森]\n",
        ", line 5: unknown place '青森' (did you mean '青森県'?); allowed: all, metro, other, ",
    ),
    _text("place_of_another_table", HUB + "    places: 札幌市\n", ", line 5: unknown place '札幌市'"),
    _text(
        "place_ambiguous",
        OK + "places: municipalities\nmeasures:\n  - {lever: hub, amount: 1, places: 府中市}\n",
        ", line 4: '府中市' is the name of 2 places; allowed: one of the codes 13206 東京都, 34208 広島県.",
    ),
    _text(
        "place_empty_list",
        HUB + "    places: []\n",
        ", line 5: the list of places is empty; allowed: all, metro, other, names or codes.",
    ),
    _text(
        "place_truth",
        HUB + "    places: [no]\n",
        ", line 5: places is 'no'; allowed: all, metro, other, a name or code of a place, or a list of them.",
    ),
    _text(
        "from_a_date",
        HUB + "    from: 2026-04-01\n",
        ", line 5: from is the date '2026-04-01'; allowed: the month of the run as a number, from 1 (the first) to 120 (the last).",
    ),
    _text(
        "to_a_japanese_date",
        HUB + "    to: 2027年3月\n",
        ", line 5: to is the date '2027年3月'; allowed: the month of the run as a number, from 1 (the first) to 120 (the last).",
    ),
    _text(
        "from_not_whole",
        HUB + "    from: 1.5\n",
        ", line 5: from is '1.5'; allowed: a whole number (month of the run) written without a decimal point.",
    ),
    _text(
        "from_zero",
        HUB + "    from: 0\n",
        ", line 5: from: 0 is out of range; allowed: at least 1, at most 120 (month of the run).",
    ),
    _text(
        "from_after_the_end",
        HUB + "    from: 121\n",
        ", line 5: from: 121 is out of range; allowed: at least 1, at most 120 (month of the run).",
    ),
    _text(
        "to_after_the_end",
        HUB + "    to: 25\nmonths: 24\n",
        ", line 5: to: 25 is out of range; allowed: at least 1, at most 24 (month of the run).",
    ),
    _text(
        "to_before_from",
        HUB + "    from: 24\n    to: 12\n",
        ", line 6: to is 12, before from, which is 24; allowed: a month from 24 to 120.",
    ),
    _text(
        "measures_that_exclude_each_other",
        HUB + "    to: 24\n  - lever: hub\n    amount: 1\n    places: 北海道\n    from: 13\n",
        ", line 6: two measures that exclude each other: 'hub' is moved here and at line 3 in 北海道 (01) in months 13 to 24; allowed: one measure for a lever, place and month.",
    ),
    _text(
        "measures_that_touch_in_one_month",
        HUB + "    to: 12\n  - {lever: hub, amount: 1, from: 12}\n",
        ", line 6: two measures that exclude each other: 'hub' is moved here and at line 3 in 北海道 (01) in month 12; allowed: one measure for a lever, place and month.",
    ),
    _text(
        "from_a_quoted_date",
        HUB + '    from: "2026-04"\n',
        ", line 5: from is the date '2026-04'; allowed: the month of the run as a number, from 1 (the first) to 120 (the last).",
    ),
    _text(
        "subsidy_without_a_body",
        OK + "measures:\n  - lever: subsidy\n    amount: 6\n    places: 東京都\n",
        ", line 3: 'subsidy' has no private body to act on in 東京都 (13) in month 1; allowed: a measure on 'organisation' above 0 in the same places and months.",
    ),
    _text(
        "subsidy_before_the_body",
        OK
        + "measures:\n  - {lever: organisation, amount: 1, from: 13}\n  - {lever: subsidy, amount: 6, from: 7}\n",
        ", line 4: 'subsidy' has no private body to act on in 北海道 (01) in month 7; allowed: ",
    ),
    _text(
        "subsidy_after_the_body",
        OK + "measures:\n  - {lever: subsidy, amount: 6}\n  - {lever: organisation, amount: 1, to: 60}\n",
        ", line 3: 'subsidy' has no private body to act on in 北海道 (01) in month 61; allowed: ",
    ),
    _text(
        "fees_beside_the_body",
        OK
        + "measures:\n  - {lever: organisation, amount: 1, places: [石川県, 富山県]}\n  - {lever: fees, amount: 1, places: [石川県, 福井県]}\n",
        ", line 4: 'fees' has no private body to act on in 福井県 (18) in month 1; allowed: ",
    ),
    _text(
        "fees_of_a_body_of_size_nothing",
        OK + "measures:\n  - {lever: organisation, amount: 0}\n  - {lever: fees, amount: 1}\n",
        ", line 4: 'fees' has no private body to act on in 北海道 (01) in month 1; allowed: ",
    ),
    _text(
        "too_many_measures",
        OK + "measures:\n" + "  - {lever: hub, amount: 0}\n" * 1_001,
        ", line 1003: 1,001 measures are too many; allowed: at most 1,000.",
    ),
]

_SHOCKS = [
    _text(
        "shocks_a_group",
        OK + "shocks:\n  kind: disaster\n  size: 0.3\n",
        ", line 2: shocks is a group of 'key: value' lines; allowed: a list of shocks, each on a line that begins with '- '.",
    ),
    _text(
        "shock_a_word",
        OK + "shocks:\n  - disaster\n",
        ", line 3: a shock is the text 'disaster'; allowed: lines of 'key: value' with the keys kind, size, places, from, to.",
    ),
    _text(
        "shock_kind_missing",
        OK + "shocks:\n  - size: 0.3\n",
        ", line 3: a shock has no kind; allowed: kind: and one of disaster, key_people, travel, needs.",
    ),
    _text(
        "shock_kind_misspelt",
        OK + "shocks:\n  - kind: disasster\n    size: 0.3\n",
        ", line 3: unknown kind of shock 'disasster' (did you mean 'disaster'?); allowed: disaster, key_people, travel, needs.",
    ),
    _text(
        "shock_kind_a_number",
        OK + "shocks:\n  - kind: 1\n    size: 0.3\n",
        ", line 3: kind is the number '1' (put it in quotes if it is meant as text); allowed: a text.",
    ),
    _text(
        "shock_key_misspelt",
        SHOCK + "    place: 石川県\n",
        ", line 5: unknown key in a shock 'place' (did you mean 'places'?); allowed: kind, size, places, from, to.",
    ),
    _text(
        "shock_size_missing",
        OK + "shocks:\n  - kind: travel\n",
        ", line 3: the shock 'travel' has no size; allowed: size: and a number (share of long trips, 0-1).",
    ),
    _text(
        "shock_size_above_range",
        OK + "shocks:\n  - kind: disaster\n    size: 7.6\n",
        ", line 4: size of 'disaster': 7.6 is out of range; allowed: at least 0, at most 1 (0-1, about 0.25 for one that fills the news).",
    ),
    _text(
        "shock_factor_above_range",
        OK + "shocks:\n  - kind: needs\n    size: 10.5\n",
        ", line 4: size of 'needs': 10.5 is out of range; allowed: at least 0, at most 10 (factor on new needs, 0-10).",
    ),
    _text(
        "shock_size_negative",
        OK + "shocks:\n  - kind: key_people\n    size: -0.1\n",
        ", line 4: size of 'key_people': -0.1 is out of range; allowed: at least 0, at most 1 (share of hosts, 0-1).",
    ),
    _text(
        "shock_size_nan",
        OK + "shocks:\n  - kind: travel\n    size: .nan\n",
        ", line 4: size of 'travel' is '.nan', which is not a number to count with; allowed: a finite number (share of long trips, 0-1).",
    ),
    _text(
        "shock_size_in_percent",
        OK + "shocks:\n  - kind: travel\n    size: 30%\n",
        ", line 4: size of 'travel' is the text '30%'; allowed: a number (share of long trips, 0-1).",
    ),
    _text(
        "shock_place_misspelt",
        SHOCK + "    places: 石川\n",
        ", line 5: unknown place '石川' (did you mean '石川県'?); allowed: all, metro, other, ",
    ),
    _text(
        "shock_place_empty",
        SHOCK + "    places: []\n",
        ", line 5: the list of places is empty; allowed: all, metro, other, names or codes.",
    ),
    _text(
        "shock_from_after_the_end",
        SHOCK + "    from: 121\n",
        ", line 5: from: 121 is out of range; allowed: at least 1, at most 120 (month of the run).",
    ),
    _text(
        "shock_from_a_date",
        SHOCK + "    from: 2024-01-01\n",
        ", line 5: from is the date '2024-01-01'; allowed: the month of the run as a number, from 1 (the first) to 120 (the last).",
    ),
    _text(
        "shock_to_before_from",
        OK + "shocks:\n  - kind: travel\n    size: 0.8\n    from: 24\n    to: 12\n",
        ", line 6: to is 12, before from, which is 24; allowed: a month from 24 to 120.",
    ),
    _text(
        "shock_to_after_the_end",
        OK + "months: 24\nshocks:\n  - {kind: needs, size: 2, to: 25}\n",
        ", line 4: to: 25 is out of range; allowed: at least 1, at most 24 (month of the run).",
    ),
    _text(
        "disaster_with_an_end",
        SHOCK + "    from: 12\n    to: 24\n",
        ", line 6: to means nothing for a disaster, which fades by itself; allowed: kind, size, places, from.",
    ),
    _text(
        "key_people_with_an_end",
        OK + "shocks:\n  - {kind: key_people, size: 0.05, to: 24}\n",
        ", line 3: to means nothing for key_people, who leave in one month; allowed: kind, size, places, from.",
    ),
    _text(
        "shock_twice",
        SHOCK + "  - {kind: disaster, size: 0.1, places: 石川県}\n",
        ", line 5: 'disaster' begins here and at line 3 in 石川県 (17) in month 1; allowed: one shock of a kind that begins in a place and month.",
    ),
    _text(
        "too_many_shocks",
        OK + "shocks:\n" + "  - {kind: travel, size: 0}\n" * 1_001,
        ", line 1003: 1,001 shocks are too many; allowed: at most 1,000.",
    ),
]

_STORY = [
    _text(
        "finding_too_long",
        OK + f"finding: {'あ' * 1_001}\n",
        ", line 2: finding is 1001 characters long; allowed: at most 1000 characters.",
    ),
    _text(
        "expectation_in_french",
        OK + "expectation: {fr: Rien}\n",
        ", line 2: unknown key in expectation 'fr'; allowed: ja, en.",
    ),
    _text(
        "compared_with_misspelt",
        OK + "compared_with: basline\n",
        ", line 2: unknown scenario 'basline' (did you mean 'baseline'?); allowed: baseline, ",
    ),
    _text(
        "claim_without_a_change",
        OK + "shows:\n  - indicator: room\n",
        ", line 3: unknown change ''; allowed: up, down, same.",
    ),
    _text(
        "claim_about_an_unknown_indicator",
        OK + "shows:\n  - {indicator: rom, change: up}\n",
        ", line 3: unknown indicator 'rom' (did you mean 'room'?); allowed: visiting_share, ",
    ),
    _text(
        "claim_about_two_things",
        OK + "shows:\n  - {indicator: room, column: visits, change: up}\n",
        ", line 3: a claim has both or none of indicator and column; allowed: one of them.",
    ),
    _text(
        "claim_about_an_indicator_somewhere",
        OK + "shows:\n  - {indicator: room, change: up, places: 石川県}\n",
        ", line 3: places is given for an indicator; allowed: places with a column only.",
    ),
    _text(
        "claim_of_one_number",
        OK + "shows:\n  - {indicator: room, change: up, between: [1]}\n",
        ", line 3: between is [1]; allowed: two numbers, the smaller one first, as in [1, 2.5].",
    ),
    _text(
        "claim_of_many_numbers",
        OK + "shows:\n  - {indicator: room, change: up, between: [1, 2, 3, 4, 5]}\n",
        ", line 3: between is [1, 2, 3, …]; allowed: two numbers, the smaller one first, as in [1, 2.5].",
    ),
    _text(
        "claim_the_wrong_way_round",
        OK + "shows:\n  - {indicator: room, change: up, percent: [20, 10]}\n",
        ", line 3: percent is [20, 10]; allowed: two numbers, the smaller one first, as in [1, 2.5].",
    ),
    _text(
        "claim_of_a_word",
        OK + "shows:\n  - {indicator: room, change: up, percent: [many, 10]}\n",
        ", line 3: percent is the text 'many'; allowed: a number (%).",
    ),
    _text(
        "claim_of_a_number_alone",
        OK + "shows:\n  - {indicator: room, change: up, percent: 10}\n",
        ", line 3: percent is the number '10'; allowed: a list of two numbers, each on a line that begins with '- '.",
    ),
]

MALFORMED: list[tuple[str, bytes, str]] = [*_FORM, *_VALUES, *_MEASURES, *_SHOCKS, *_STORY]
