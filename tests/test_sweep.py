"""The coordinator and its store: nothing lost, nothing doubled, nothing mixed, whatever happens."""

import errno
import itertools
import json
import signal
import time
from pathlib import Path

import pytest
from sweeping import GRID, KILLS, Inline, cheap, small, unruly

from experiments import store
from experiments.sweep import engine, folder, parts
from experiments.sweep.engine import sweep
from experiments.sweep.local import Local
from experiments.sweep.plan import frame
from experiments.sweep.pools import Lost
from experiments.sweep.views import load, query
from experiments.sweep.waiting import Waiting
from sim.errors import InputError

PLAN = GRID + "replicates: 6\n"
RUNS = 24


def made(target, more=PLAN, pool=None, runner=cheap, **options):
    return sweep(small(more), target, pool or Inline(), runner=runner, **options)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The digest of a sweep that nothing disturbs."""
    done = made(tmp_path_factory.mktemp("sweep") / "x")
    assert (done.progress.done, done.progress.failed, done.stopped) == (RUNS, 0, "")
    return done.digest


def test_every_cell_has_its_row(tmp_path):
    made(tmp_path / "x")
    table = load(tmp_path / "x")
    assert len(table) == RUNS
    assert set(table["status"]) == {"ok"}
    assert table["visiting_share"].nunique() == RUNS
    assert store.load(tmp_path / "x").equals(table)


@pytest.mark.parametrize("seconds", [0.0, 1e-4, 100.0])
def test_neither_order_nor_batches_matter(tmp_path, whole, seconds):
    assert made(tmp_path / "x", pool=Inline(seconds=seconds)).digest == whole


def test_processes_give_the_same_table(tmp_path, whole):
    assert made(tmp_path / "x", pool=Local(2)).digest == whole


def test_the_model_gives_the_same_table_in_processes_and_here(tmp_path):
    from experiments.sweep.worker import simulate

    digests = {
        made(tmp_path / str(n), GRID, pool, simulate).digest for n, pool in enumerate((Inline(), Local(2)))
    }
    assert len(digests) == 1


def test_a_second_start_has_nothing_to_do(tmp_path, whole):
    made(tmp_path / "x")
    before = {p.name: p.stat().st_mtime_ns for p in (tmp_path / "x" / parts.PARTS).iterdir()}
    pool = Inline()
    again = made(tmp_path / "x", pool=pool)
    assert (again.progress.stored, again.progress.done, pool.batches, again.digest) == (RUNS, 0, [], whole)
    assert {p.name: p.stat().st_mtime_ns for p in (tmp_path / "x" / parts.PARTS).iterdir()} == before


def test_more_replicates_use_what_is_there(tmp_path):
    made(tmp_path / "x", GRID + "replicates: 2\n")
    more = made(tmp_path / "x")
    assert (more.progress.stored, more.progress.done) == (8, RUNS - 8)


@pytest.mark.parametrize("damage", [lambda b: b[:-50], lambda b: b[:40] + b"x" + b[41:], lambda b: b""])
def test_a_damaged_part_is_found_and_made_again(tmp_path, whole, damage):
    made(tmp_path / "x", flush=0.0)
    some = sorted((tmp_path / "x" / parts.PARTS).iterdir())[0]
    some.write_bytes(damage(some.read_bytes()))
    with pytest.raises(InputError, match="damaged"):
        load(tmp_path / "x")
    again = made(tmp_path / "x")
    assert (again.damaged, again.digest) == (1, whole)
    assert again.progress.done > 0
    assert some.with_name(some.name + parts.BROKEN).exists()


def test_what_a_killed_process_left_half_written_is_never_read(tmp_path, whole):
    made(tmp_path / "x")
    (tmp_path / "x" / parts.PARTS / ".abc.parquet.1234.part").write_bytes(b"half")
    assert made(tmp_path / "x").digest == whole
    assert not list((tmp_path / "x").rglob("*.part"))


def test_parts_copied_from_elsewhere_double_nothing(tmp_path, whole):
    made(tmp_path / "x")
    made(tmp_path / "y", flush=0.0)
    for part in (tmp_path / "y" / parts.PARTS).iterdir():
        (tmp_path / "x" / parts.PARTS / part.name).write_bytes(part.read_bytes())
    assert len(load(tmp_path / "x")) == RUNS
    assert made(tmp_path / "x").digest == whole


def test_a_second_coordinator_is_refused(tmp_path):
    plan = small(PLAN)
    with (
        folder.opened(tmp_path / "x", plan, frame(plan)[0], ""),
        pytest.raises(InputError, match="another sweep"),
    ):
        made(tmp_path / "x")


def test_a_store_of_other_code_is_refused(tmp_path, monkeypatch):
    made(tmp_path / "x")
    before = sorted(p.name for p in (tmp_path / "x").rglob("*"))
    monkeypatch.setattr(folder, "code_hash", lambda: "f" * 64)
    with pytest.raises(InputError, match="made by other code"):
        made(tmp_path / "x")
    assert sorted(p.name for p in (tmp_path / "x").rglob("*")) == before


def test_other_code_is_another_key(monkeypatch):
    from experiments.sweep import trial

    keys = {t.key for t in frame(small(PLAN))[1]}
    monkeypatch.setattr(trial, "code_hash", lambda: "f" * 64)
    assert not keys & {t.key for t in frame(small(PLAN))[1]}


def test_a_folder_of_something_else_is_refused(tmp_path):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "cat.jpg").write_text("meow")
    with pytest.raises(InputError, match="holds other files"):
        made(tmp_path / "x")
    (tmp_path / "y").write_text("")
    with pytest.raises(InputError, match="this is a file"):
        made(tmp_path / "y")
    made(tmp_path / "z")
    with pytest.raises(InputError, match="holds the sweep 'small', not 'other'"):
        sweep(small(PLAN, "name: other\nscenario: baseline\n"), tmp_path / "z", Inline(), runner=cheap)


def test_a_full_disk_keeps_what_is_stored_and_says_so(tmp_path, monkeypatch, whole):
    written = []

    def full(target, rows, code):
        if len(written) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        written.extend(rows[:1])
        parts_write(target, rows, code)

    parts_write = parts.write
    monkeypatch.setattr(engine.parts, "write", full)
    done = made(tmp_path / "x", flush=0.0, pool=Inline(seconds=0.0))
    assert "the disk is full" in done.stopped
    assert 3 <= len(parts.read(tmp_path / "x")) < RUNS
    monkeypatch.undo()
    assert made(tmp_path / "x").digest == whole


def test_a_folder_that_cannot_be_written_is_refused(tmp_path, monkeypatch):
    def locked(*_, **__):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", locked)
    with pytest.raises(InputError, match="the disk is read-only"):
        made(tmp_path / "x")


def test_a_clock_that_jumps_changes_nothing(tmp_path, monkeypatch, whole):
    now = iter(range(10**9, 0, -(10**6)))
    monkeypatch.setattr(time, "time", lambda: next(now))
    done = made(tmp_path / "x", flush=0.0)
    assert done.digest == whole
    assert done.progress.seconds >= 0.0


def test_runs_that_misbehave_fail_alone(tmp_path):
    one = "design: factorial\nreplicates: 6\ntime_limit: 1\n"
    done = made(tmp_path / "x", one, Local(2), unruly)
    assert (done.progress.done, done.progress.failed, done.stopped) == (6, 4, "")
    assert dict(zip(*(load(tmp_path / "x")[name] for name in ("seed", "cause")), strict=True)) == {
        1: "ValueError: this one raises",
        2: "visiting_share is nan",
        3: "its worker died each time (signal 9)",
        4: "took longer than 1 s",
        5: "",
        6: "",
    }
    assert len(query(tmp_path / "x", "select * from failures")) == 4


def test_failed_runs_are_made_again_on_request_only(tmp_path, whole):
    made(tmp_path / "x", pool=Inline(breaks=[KILLS]))
    assert made(tmp_path / "x").progress.failed == 4
    again = made(tmp_path / "x", retry=True)
    assert (again.progress.done, again.progress.failed, again.digest) == (4, 0, whole)


def test_a_death_is_charged_to_the_run_that_caused_it(tmp_path):
    done = made(tmp_path / "x", pool=Inline(breaks=[KILLS], seconds=100.0))
    assert done.progress.failed == 4
    assert set(load(tmp_path / "x").query("status == 'failed'")["seed"]) == {KILLS}


def test_a_lost_scheduler_keeps_what_came_back(tmp_path, whole):
    class Fleeting(Inline):
        def next(self, timeout):
            if len(self.batches) > 6:
                raise Lost("the scheduler is gone")
            return super().next(timeout)

    done = made(tmp_path / "x", pool=Fleeting(seconds=0.0))
    assert done.stopped == "the scheduler is gone"
    assert 0 < len(parts.read(tmp_path / "x")) < RUNS
    assert made(tmp_path / "x").digest == whole


def test_ctrl_c_keeps_what_came_back(tmp_path, whole):
    class Interrupted(Inline):
        def submit(self, ticket, batch):
            super().submit(ticket, batch)
            if len(self.batches) == 5:
                signal.raise_signal(signal.SIGINT)

    pool = Interrupted(seconds=0.0)
    with pytest.raises(KeyboardInterrupt):
        made(tmp_path / "x", pool=pool)
    assert pool.closed
    assert len(parts.read(tmp_path / "x")) == 5
    assert made(tmp_path / "x").digest == whole


def test_runs_that_share_a_burn_in_go_together_once_it_is_made(tmp_path):
    trials = frame(small(PLAN))[1]
    waiting, order = Waiting(trials), []
    first, second = waiting.take(1), waiting.take(1)
    assert first[0].group != second[0].group  # not two workers on one burn-in
    waiting.finished(first[0].group)
    assert waiting.take(1)[0].group == first[0].group
    while waiting.ordinary:
        order += [t.group for t in waiting.take(4)]
    assert len(order) == RUNS - 3
    assert sum(a != b for a, b in itertools.pairwise(order)) == len(set(order)) - 1


def test_manifest_says_how_to_do_it_again(tmp_path):
    made(tmp_path / "x", command="kakawari sweep small.yaml")
    found = json.loads((tmp_path / "x" / folder.MANIFEST).read_text(encoding="utf-8"))
    assert found["command"] == "kakawari sweep small.yaml"
    assert PLAN in found["file"]
    assert {"code", "versions", "places", "factors", "seed", "replicates"} <= set(found)


def test_views_answer_sql_and_read_nothing_else(tmp_path):
    made(tmp_path / "x")
    answer = query(
        tmp_path / "x", 'select "hub.amount" a, count(*) n, avg(room) r from runs group by a order by a'
    )
    assert list(answer["n"]) == [12, 12]
    assert answer["r"][0] == pytest.approx(load(tmp_path / "x").query("`hub.amount` == 0")["room"].mean())
    long = query(tmp_path / "x", "select count(*) n from indicators where indicator = 'room'")
    assert long["n"][0] == RUNS
    for sql in (
        "select * from nothing",
        "selec 1",
        "select * from read_text('/etc/hostname')",
        "copy runs to 'x.csv'",
    ):
        with pytest.raises(InputError, match="query: ") as caught:
            query(tmp_path / "x", sql)
        assert "\n" not in str(caught.value)


def test_part_columns_say_their_unit():
    assert all(field.metadata[b"unit"] for field in parts.schema())
