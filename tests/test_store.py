"""The output folder: what goes in comes out, whole or not at all."""

import errno
import json

import pandas as pd
import pyarrow.parquet as pq
import pytest
from fakes import places
from fakes import run as fake_run

from experiments import store
from experiments.compare import replicate
from experiments.results import results
from sim.errors import InputError
from sim.scenario import Measure, Scenario


@pytest.fixture(scope="module")
def made():
    where = places(4)
    pair = [
        Scenario(name="base", months=24),
        Scenario(name="other", months=24, measures=(Measure(lever="hub", amount=1),)),
    ]
    return results(replicate(pair, where, [1, 2], runner=fake_run), where, "kakawari compare base other")


def test_what_is_written_is_read_back(made, tmp_path):
    folder = tmp_path / "out" / "x"
    store.write(folder, made, {"report.html": "<p>報告</p>"})
    back = store.load(folder)
    for name, frame in made.tables.items():
        pd.testing.assert_frame_equal(back.tables[name], frame, check_dtype=False, check_categorical=False)
    assert back.manifest == json.loads(json.dumps(made.manifest))
    assert (folder / "report.html").read_text(encoding="utf-8") == "<p>報告</p>"
    assert sorted(p.name for p in folder.parent.iterdir()) == ["x"]


def test_every_column_says_its_unit(made, tmp_path):
    store.write(tmp_path / "x", made)
    for path in (tmp_path / "x").glob("*.parquet"):
        for field in pq.read_schema(path):
            assert field.metadata[b"unit"], f"{path.name}: {field.name}"


def test_a_single_scenario_has_no_comparison(tmp_path):
    where = places(4)
    one = results(
        replicate([Scenario(name="base", months=24)], where, [1], runner=fake_run), where, "kakawari run base"
    )
    store.write(tmp_path / "x", one)
    assert store.load(tmp_path / "x").comparison is None


def test_manifest_says_how_to_do_it_again(made):
    manifest = made.manifest
    assert manifest["command"] == "kakawari compare base other"
    assert manifest["seeds"] == [1, 2]
    assert set(manifest["digests"]) == {"base", "other"}
    assert all(len(d) == 64 for by_seed in manifest["digests"].values() for d in by_seed.values())
    assert {"python", "numpy", "numba", "pandas", "mesa", "kakawari"} <= set(manifest["versions"])
    assert len(manifest["code_hash"]) == len(manifest["places"]["digest"]) == 64


def test_an_older_folder_of_ours_is_replaced(made, tmp_path):
    store.write(tmp_path / "x", made, {"old.txt": "old"})
    store.write(tmp_path / "x", made, {"new.txt": "new"})
    assert not (tmp_path / "x" / "old.txt").exists()
    assert (tmp_path / "x" / "new.txt").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


def test_a_crash_in_the_middle_leaves_no_folder(made, tmp_path, monkeypatch):
    def crash(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "_swap", crash)
    with pytest.raises(KeyboardInterrupt):
        store.write(tmp_path / "x", made)
    assert list(tmp_path.iterdir()) == []


def test_a_crash_keeps_the_older_folder(made, tmp_path, monkeypatch):
    store.write(tmp_path / "x", made, {"note.txt": "old"})
    monkeypatch.setattr(store, "_fill", lambda *_: (_ for _ in ()).throw(RuntimeError("crash")))
    with pytest.raises(RuntimeError):
        store.write(tmp_path / "x", made)
    assert (tmp_path / "x" / "note.txt").read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


def test_a_full_disk_is_said_in_one_sentence(made, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store, "_fill", full)
    with pytest.raises(InputError, match="the disk is full"):
        store.write(tmp_path / "x", made)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_ours_is_refused(made, tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_text("meow")
    with pytest.raises(InputError, match="holds other files"):
        store.write(tmp_path / "photos", made)
    assert [p.name for p in (tmp_path / "photos").iterdir()] == ["cat.jpg"]


def test_a_file_in_the_way_is_refused(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="this is a file"):
        store.check_target(tmp_path / "file")
    with pytest.raises(InputError, match="is a file, so no folder"):
        store.check_target(tmp_path / "file" / "below")


def test_a_nearly_full_disk_is_refused_before_the_run(tmp_path, monkeypatch):
    usage = type("Usage", (), {"free": 1000})()
    monkeypatch.setattr(store.shutil, "disk_usage", lambda _: usage)
    with pytest.raises(InputError, match="less than 64 MB"):
        store.check_target(tmp_path / "x")


def test_a_strange_folder_cannot_be_loaded(tmp_path):
    with pytest.raises(InputError, match="not an output folder"):
        store.load(tmp_path)
