"""A small turn of each proof in `experiments/faults`, and the commands: kills, a real Dask cluster, exit codes."""

import json
import random
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sweeping import HEAD, Inline, cheap

from experiments.faults import dask, kills
from experiments.faults.harness import PATIENCE, finish, left, sweep_file
from experiments.sweep import cluster, engine, local, views, worker
from experiments.sweep.file import read
from sim.errors import InputError
from viz import cli

GRID = "design: factorial\nfactors:\n  - {factor: hub.amount, values: [0, 1]}\n  - {factor: newtie.exchange, values: [0.5, 0.6]}\nreplicates: 3\n"


def test_a_killed_sweep_ends_with_the_same_table(tmp_path):
    tally = kills.prove("coordinator", kills=1, seed=1, folder=tmp_path, replicates=5)
    assert (tally.kills, tally.wrong) == (1, 0)
    assert tally.lingering <= PATIENCE


def test_a_dask_cluster_gives_the_same_table_and_its_loss_is_a_sentence(tmp_path, capsys):
    file = sweep_file(tmp_path, replicates=50)
    engine.sweep(read(str(file)), tmp_path / "here", Inline())
    whole = left(tmp_path / "here")
    with dask.cluster(tmp_path / "dask") as there:
        assert finish(file, tmp_path / "x", "--scheduler", there.address) == (0, whole.digest)
        assert left(tmp_path / "x") == whole
        begun = time.monotonic()  # workers have their kernels now: how long a sweep takes, and when to strike
        assert finish(file, tmp_path / "again", "--scheduler", there.address) == (0, whole.digest)
        length = time.monotonic() - begun
        assert dask.kill_schedulers(1, random.Random(1), there, file, tmp_path, whole, length) == 0
        assert "scheduler    1 kills" in capsys.readouterr().out
    code, said = finish(file, tmp_path / "y", "--scheduler", there.address)
    assert code == 2
    assert said.startswith(f"--scheduler: nobody answers at {there.address}")
    assert "\n" not in said


def test_workers_of_other_code_are_refused(monkeypatch):
    class Client:
        def wait_for_workers(self, count, timeout): ...

        def run(self, probe, on_error):
            return {"tcp://elsewhere:1": {**probe(), "NumPy": "1.0"}}

        def close(self, timeout): ...

    monkeypatch.setattr(cluster, "_connect", lambda address: Client())
    with pytest.raises(InputError, match=r"worker tcp://elsewhere:1 has NumPy 1\.0"):
        cluster.Cluster("tcp://127.0.0.1:1")


class Shaky:
    """A cluster one of whose workers is gone, or wrong, whenever it is asked, for the first times."""

    def __init__(self, trouble: Exception, times: int) -> None:
        self.trouble, self.times = trouble, times

    def wait_for_workers(self, count, timeout): ...

    def run(self, probe, on_error):
        assert on_error == "return"
        self.times -= 1
        return {"one": probe(), "two": self.trouble if self.times >= 0 else probe()}

    def nthreads(self):
        return {"one": 1, "two": 1}

    def close(self, timeout): ...


@pytest.mark.parametrize(
    ("trouble", "times", "told"),
    [
        (ConnectionResetError(), 2, ""),
        (ConnectionResetError(), 99, "workers come and go"),
        (ModuleNotFoundError(), 1, "a worker cannot load kakawari"),
    ],
)
def test_workers_that_go_away_while_they_are_asked_are_asked_again(monkeypatch, trouble, times, told):
    monkeypatch.setattr(cluster, "_connect", lambda address: Shaky(trouble, times))
    monkeypatch.setattr(cluster, "SECONDS_TO_COME_BACK", 0.0)
    if not told:
        assert cluster.Cluster("tcp://127.0.0.1:1").lanes == 2
        return
    with pytest.raises(InputError, match=told):
        cluster.Cluster("tcp://127.0.0.1:1")


def test_an_address_that_is_none_is_refused():
    with pytest.raises(InputError, match="is no address"):
        cluster.Cluster("localhost")


# ---------------------------------------------------------------------------------------------------------------
# The commands.


@pytest.fixture
def asked(tmp_path, monkeypatch):
    """Run in an empty folder with a sweep file, with cheap runs made on the spot."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setattr(local, "Local", lambda workers: Inline())
    monkeypatch.setattr(engine.sweep, "__kwdefaults__", {**engine.sweep.__kwdefaults__, "runner": cheap})
    Path("mine.yaml").write_text(HEAD + GRID, encoding="utf-8")
    return tmp_path


def test_dry_run_says_what_it_takes_and_runs_nothing(capsys, asked):
    assert cli.main(["sweep", "mine.yaml", "--dry-run"]) == 0
    said = capsys.readouterr().out
    for words in ("12 runs", "6 burn-ins", "hub.amount", "newtie.exchange", "on 2 workers", "of disk"):
        assert words in said
    assert [p.name for p in asked.iterdir()] == ["mine.yaml"]
    assert cli.main(["sweep", "mine.yaml", "--dry-run", "--lang", "ja"]) == 0
    assert "12回の計算" in capsys.readouterr().out


def test_sweep_query_and_analyse_from_the_command_line(capsys, asked):
    assert cli.main(["sweep", "mine.yaml"]) == 0
    said = capsys.readouterr().out
    assert "12 runs made" in said
    assert "of the cores' time inside the model" in said
    assert cli.main(["query", "select count(*) as n from runs", "out/small", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [{"n": 12}]
    assert cli.main(["query", "select count(*) as n from runs", "out/small", "--csv"]) == 0
    assert capsys.readouterr().out.split() == ["n", "12"]
    assert cli.main(["query", "select point, room from runs limit 2", "out/small"]) == 0
    assert "room" in capsys.readouterr().out
    for lang in ("en", "ja"):
        assert cli.main(["analyse", "out/small", "--indicator", "room", "--lang", lang]) == 0
    written = {p.name for p in Path("out/small/analysis").iterdir()}
    assert {
        "effects.csv",
        "effects.svg",
        "front.csv",
        "front.svg",
        "enough.csv",
        "ranks.csv",
        "ranks.svg",
    } <= written
    assert {"heat-baseline.csv", "heat-baseline.svg"} <= written
    effects = pd.read_csv("out/small/analysis/effects.csv")
    assert set(effects["n"]) == {3}


@pytest.mark.parametrize("design", ["sobol", "morris"])
def test_sensitivity_from_the_command_line(capsys, asked, design):
    factors = "factors:\n  - {factor: newtie.exchange}\n  - {factor: search.rate}\n"
    Path("mine.yaml").write_text(HEAD + f"design: {design}\nsize: 8\n{factors}", encoding="utf-8")
    assert cli.main(["sweep", "mine.yaml"]) == 0
    assert cli.main(["analyse", "out/small", "--indicator", "room"]) == 0
    assert "newtie.exchange" in capsys.readouterr().out
    assert {f"{design}.csv", f"{design}-baseline.svg"} == {
        p.name for p in Path("out/small/analysis").iterdir()
    }


def test_figure_that_no_run_has_is_refused_with_those_that_are_there(capsys, asked, monkeypatch):
    """Ties that last 36 months, in a sweep of 24."""
    assert cli.main(["sweep", "mine.yaml"]) == 0
    monkeypatch.setattr("viz.analysing.load", lambda folder: views.load(folder).assign(room=np.nan))
    capsys.readouterr()
    assert cli.main(["analyse", "out/small", "--indicator", "room"]) == 2
    said = capsys.readouterr().err
    assert "no run of this sweep has a figure for room; allowed: visiting_share" in said
    assert not Path("out/small/analysis").exists()


def test_failed_runs_are_said_in_the_exit_code(capsys, asked, monkeypatch):
    monkeypatch.setattr(local, "Local", lambda workers: Inline(breaks=[2]))
    assert cli.main(["sweep", "mine.yaml"]) == 3
    assert "4 failed" in capsys.readouterr().out
    monkeypatch.setattr(local, "Local", lambda workers: Inline())
    assert cli.main(["sweep", "mine.yaml"]) == 3
    assert cli.main(["sweep", "mine.yaml", "--retry-failed"]) == 0


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["sweep", "hostign"], "did you mean 'hosting'"),
        (["sweep", "mine.yaml", "--workers", "0"], "--workers"),
        (["sweep", "mine.yaml", "--scheduler", "nowhere"], "--scheduler: 'nowhere' is no address"),
        (["query", "select 1", "nowhere"], "not the folder of a sweep"),
        (["analyse", "nowhere"], "not the folder of a sweep"),
        (["analyse", "nowhere", "--indicator", "rom"], "did you mean 'room'"),
    ],
)
def test_a_bad_command_exits_2_with_one_sentence(capsys, asked, arguments, hint):
    assert cli.main(arguments) == 2
    said = capsys.readouterr().err.strip()
    assert hint in said
    assert "\n" not in said
    assert [p.name for p in asked.iterdir()] == ["mine.yaml"]


def test_a_worker_says_how_much_memory_it_uses():
    assert 2**20 < worker._memory() < 2**40
