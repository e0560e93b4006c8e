"""Bad scenario files: each gets one clear sentence, quickly, and never a traceback."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from malformed_cases import MALFORMED

from scenarios import text_file, yaml_text
from scenarios.loader import load, read
from sim.errors import InputError

CASES = [pytest.param(data, said, id=case) for case, data, said in MALFORMED]


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        load(path)
    return str(caught.value)


@pytest.mark.parametrize(("data", "said"), CASES)
def test_malformed_file_gets_one_clear_sentence(data, said, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_bytes(data)
    message = refusal(path)
    assert message.startswith(f"{path}{said}")
    assert message.endswith(".")
    assert message.isprintable()  # one line, nothing hidden
    assert "Traceback" not in message
    assert len(message) - len(str(path)) < 400


@pytest.mark.parametrize(("data", "said"), [c for c in CASES if c.id not in ("syntax",)])
def test_messages_do_not_depend_on_libyaml(data, said, tmp_path, monkeypatch):
    monkeypatch.setattr(yaml_text, "LOADER", yaml_text.yaml.SafeLoader)
    path = tmp_path / "mine.yaml"
    path.write_bytes(data)
    assert refusal(path).startswith(f"{path}{said}")


def test_malformed_cases_have_names_of_their_own():
    names = [case for case, _, _ in MALFORMED]
    assert len(set(names)) == len(names) >= 35


def test_misspelt_packaged_name_gets_the_nearest_one():
    with pytest.raises(InputError) as caught:
        load("conect")
    assert str(caught.value) == (
        "scenario: unknown scenario 'conect' (did you mean 'connect'?); "
        "allowed: baseline, connect, care, both, nothing, guides_only, hubs_only, many_events, "
        "meeting_and_receiving, shared_load, open_weakness, reach_indifferent, …."
    )


def test_folder_is_refused(tmp_path):
    assert refusal(tmp_path) == f"{tmp_path}: this is a folder; allowed: a scenario file."


def test_pipe_is_refused_without_waiting_for_it(tmp_path):
    path = tmp_path / "pipe.yaml"
    os.mkfifo(path)
    assert refusal(path) == f"{path}: this is not a plain file; allowed: a scenario file."


def test_ten_gigabyte_file_is_refused_unread(tmp_path, monkeypatch):
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(10_000_000_000)  # sparse: takes no room on the disk
    monkeypatch.setattr(Path, "open", None)
    said = ": 10,000,000,000 bytes is too large; allowed: a scenario file of at most 1,000,000 bytes."
    assert refusal(path) == f"{path}{said}"


def test_file_that_grows_while_it_is_read_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "log.yaml"
    path.write_bytes(b"#" * 1_000_001)
    monkeypatch.setattr(text_file, "_look", lambda _: (stat.S_IFREG, 10))
    assert refusal(path) == f"{path}: too large; allowed: a scenario file of at most 1,000,000 bytes."


@pytest.mark.parametrize("name", ["", " ", "a\0b", "x" * 5_000, "\n\nname: a"])
def test_name_that_no_file_can_have_is_refused_on_one_line(name):
    with pytest.raises(InputError, match="unknown scenario") as caught:
        load(name)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 300


def test_circle_of_bases_is_refused_with_its_way(tmp_path):
    for one, two in (("a", "b"), ("b", "c"), ("c", "a")):
        (tmp_path / f"{one}.yaml").write_text(f"name: {one}\nbase: {two}.yaml\n", encoding="utf-8")
    assert refusal(tmp_path / "a.yaml") == (
        f"{tmp_path / 'c.yaml'}, line 2: the base 'a.yaml' leads back to itself "
        "(a.yaml → b.yaml → c.yaml → a.yaml); allowed: a scenario that does not build on this one."
    )


def test_scenario_that_is_its_own_base_is_refused(tmp_path):
    (tmp_path / "a.yaml").write_text("name: a\nbase: a.yaml\n", encoding="utf-8")
    assert "leads back to itself (a.yaml → a.yaml)" in refusal(tmp_path / "a.yaml")


def test_endless_chain_of_bases_is_refused(tmp_path):
    for i in range(25):
        (tmp_path / f"{i}.yaml").write_text(f"name: n{i}\nbase: {i + 1}.yaml\n", encoding="utf-8")
    said = "line 2: base is more than 20 files deep; allowed: at most 20."
    assert refusal(tmp_path / "0.yaml").endswith(said)


def test_measure_that_a_base_already_has_is_refused_with_both_files(tmp_path):
    path = tmp_path / "more.yaml"
    path.write_text(
        "name: more\nbase: care\nmeasures:\n- {lever: coordination, amount: 0.2}\n", encoding="utf-8"
    )
    message = refusal(path)
    assert message.startswith(f"{path}, line 4: two measures that exclude each other: 'coordination' ")
    assert "care.yaml, line " in message


def test_base_measure_after_the_end_names_the_base_file(tmp_path):
    (tmp_path / "a.yaml").write_text(
        "name: a\nmeasures:\n- {lever: hub, amount: 1, to: 72}\n", encoding="utf-8"
    )
    (tmp_path / "b.yaml").write_text("name: b\nbase: a.yaml\nmonths: 60\n", encoding="utf-8")
    assert refusal(tmp_path / "b.yaml").startswith(f"{tmp_path / 'a.yaml'}, line 3: to: 72 is out of range")


@pytest.mark.parametrize("line", ["base: secret.yaml", "places: secret.csv", "base: /etc/hostname"])
def test_text_from_a_stranger_cannot_ask_for_files(line, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.yaml").write_text("name: secret\n", encoding="utf-8")
    (tmp_path / "secret.csv").write_text("secret\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"^upload, line 2: unknown (scenario|table of places) '"):
        read(f"name: mine\n{line}\n", "upload")


def test_longer_text_than_a_file_may_have_is_refused():
    with pytest.raises(
        InputError, match=r"^upload: 1,000,006 characters are too many; allowed: at most 1,000,000\.$"
    ):
        read("a: 1\n" + "#\n" * 500_000 + "\n", "upload")
