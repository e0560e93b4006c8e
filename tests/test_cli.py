"""The command line: what it prints, what it leaves behind, and how it says no."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from malformed_cases import MALFORMED
from rich.console import Console

from experiments import compare as compare_module
from experiments.store import load
from scenarios.loader import load as load_scenario
from scenarios.loader import names
from scenarios.places import load_places
from sim.levers import levers
from viz import cli, describe, jobs, messages, numbers, terminal

SMALL = ["--places", "workshop", "--persons-per-agent", "20", "--months", "36"]
REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """Run in an empty folder, in a terminal that speaks English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.delenv("KAKAWARI_DEBUG", raising=False)
    return tmp_path


def one_sentence(text):
    line = text.strip()
    assert line
    assert "\n" not in line
    assert "Traceback" not in line
    return line


def test_run_writes_a_folder_and_says_where(capsys, tmp_path):
    assert cli.main(["run", "baseline", "--replicates", "2", *SMALL]) == 0
    (folder,) = (tmp_path / "out").iterdir()
    assert folder.name.startswith("baseline-")
    assert f"out/{folder.name}/report.html" in capsys.readouterr().out
    assert load(folder).manifest["seeds"] == [1, 2]


def test_json_alone_is_on_stdout_under_stable_names(capsys):
    assert cli.main(["run", "baseline", "--json", "--replicates", "2", *SMALL]) == 0
    data = json.loads(capsys.readouterr().out)
    assert {"scenario", "seeds", "indicators", "digest", "out"} <= set(data)
    assert set(data["indicators"]["visiting_share"]) == {"mean", "low", "high", "unit"}
    assert data["indicators"]["visiting_share"]["unit"] == "% of adults"
    assert 5 < data["indicators"]["visiting_share"]["mean"] < 60
    assert Path(data["out"], "manifest.json").exists()


def test_the_same_command_gives_the_same_digest(capsys):
    digests = []
    for workers in ("1", "2"):
        assert cli.main(["run", "care", "--json", "--replicates", "2", "--workers", workers, *SMALL]) == 0
        digests.append(json.loads(capsys.readouterr().out)["digest"])
    assert digests[0] == digests[1]


def test_compare_prints_differences_with_intervals(capsys, tmp_path):
    arguments = ["compare", "baseline", "both", "--replicates", "3", "--out", "mine", "--lang", "en", *SMALL]
    assert cli.main(arguments) == 0
    said = capsys.readouterr().out
    for words in (
        "Today, unchanged",
        "Meeting and receiving",
        "Difference",
        "90% interval",
        "mine/report.html",
    ):
        assert words in said
    html = (tmp_path / "mine" / "report.html").read_text(encoding="utf-8")
    assert 'lang="en"' in html
    assert "kakawari compare baseline both --replicates 3 --seed 1 --places workshop" in html


def test_compare_as_json_has_base_other_and_difference(capsys):
    assert cli.main(["compare", "baseline", "both", "--replicates", "2", "--json", *SMALL]) == 0
    data = json.loads(capsys.readouterr().out)
    row = data["indicators"]["visiting_share"]
    assert row["difference"] == pytest.approx(row["other"] - row["base"])
    assert row["low"] <= row["difference"] <= row["high"]
    assert (data["base"], data["scenario"]) == ("baseline", "both")


def test_report_is_japanese_and_terminal_follows_the_environment(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    assert cli.main(["run", "baseline", "--out", "x", *SMALL]) == 0
    assert "指標" in capsys.readouterr().out
    assert 'lang="ja"' in (tmp_path / "x" / "report.html").read_text(encoding="utf-8")


def test_describe_says_what_will_happen(capsys, tmp_path):
    text = "name: mine\nbase: baseline\nmonths: 48\nparameters:\n  search.rate: 0.4\n"
    text += "measures:\n  - lever: hub\n    amount: 1\n    from: 13\n    to: 24\n"
    Path("mine.yaml").write_text(text, encoding="utf-8")
    if cli.main(["describe", "mine.yaml", "--lang", "en"]) != 0:
        pytest.fail(capsys.readouterr().err)
    said = capsys.readouterr().out
    for words in (
        "month 1 to 12",
        "month 13 to 24",
        "month 25 to 48",
        "Hubs",
        "search.rate",
        "fitted",
        "Cost over the run",
    ):
        assert words in said, words
    assert list(tmp_path.iterdir()) == [tmp_path / "mine.yaml"]


@pytest.fixture
def wide(monkeypatch):
    """A screen on which no cell of a table is wrapped."""
    monkeypatch.setattr(terminal, "screen", lambda: Console(width=1000, highlight=False))


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", names())
def test_describe_tells_the_whole_story_of_a_preset(capsys, wide, tmp_path, name, lang):
    assert cli.main(["describe", name, "--lang", lang]) == 0
    said = capsys.readouterr().out
    scenario, t = load_scenario(name), messages.say(lang)
    places = load_places(scenario.places)
    expected = [getattr(scenario, f"{key}_{lang}") for key in ("title", "question", "expectation", "finding")]
    for m in scenario.measures:
        lever = levers()[m.lever]
        expected += [
            getattr(lever, lang),
            messages.bare_unit(lever.unit, lang),
            numbers.yen(lever.price, lang),
        ]
        expected += [f"{abs(m.amount):g}", f"{lever.today:g}", describe.place_text(m, places, lang)]
        expected += [describe.month_text(m.first, m.last or 120, lang)]
    for shock in scenario.shocks:
        expected += [t(f"shock {shock.kind}"), f"{shock.size:g}", f"{shock.first}"]
    for words in expected:
        assert words in said, words
    assert ("disaster_unprepared" in said) == (name in ("disaster_unprepared", "ready_for_disaster"))
    assert list(tmp_path.iterdir()) == []


def test_describe_without_a_name_lists_what_there_is(capsys):
    assert cli.main(["describe", "--lang", "en"]) == 0
    said = capsys.readouterr().out
    for name in names():
        assert name in said
        assert load_scenario(name).title_en in said
    assert cli.main(["describe", "--lang", "ja"]) == 0
    assert load_scenario("open_weakness").title_ja in capsys.readouterr().out


OWN = """
name: mine
places: workshop
months: 48
expectation: {ja: 増える, en: More}
finding: {ja: 減る, en: Less}
compared_with: care
parameters: {search.rate: 0.4, newtie.exchange: 0.5}
measures:
  - {lever: guide_recognition, amount: 1.5, places: metro, from: 13, to: 24}
  - {lever: hub, amount: -0.25, price: 2500000}
shocks:
  - {kind: key_people, size: 0.05, from: 7}
  - {kind: travel, size: 0.75, places: other, from: 30, to: 36}
  - {kind: needs, size: 2, from: 40}
  - {kind: disaster, size: 0.25, from: 25}
"""
OWN_WORDS = {
    "ja": (
        "予想：増える", "計算してみると：減る", "比べる相手：care", "案内人への手当と感謝", "万円／月", "三大都市圏（計2）",
        "13〜24か月目", "250万円（このシナリオの単価）", "−0.25", "中心になる迎え手が去る", "7か月目", "迎え手の0.05",
        "遠出の0.75", "30〜36か月目", "三大都市圏以外", "2倍", "40〜48か月目", "25か月目から", "search.rate", "／月",
        "調査に合わせた", "MLIT 2020 and 2023", "newtie.exchange", "仮の値",
    ),
    "en": (
        "Expected: More", "Found: Less", "Compare with: care", "Recognition of guides", "10,000 yen a month",
        "metropolitan areas (2", "month 13 to 24", "2.5 million yen (this scenario's own)", "−0.25", "Key people leave",
        "month 7", "0.05 of the hosts", "0.75 of long trips", "month 30 to 36", "outside the metropolitan areas", "× 2",
        "month 40 to 48", "from month 25", "search.rate", "/month", "fitted", "MLIT 2020 and 2023", "newtie.exchange",
        "assumed",
    ),
}  # fmt: skip


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_describe_prints_every_measure_shock_and_parameter(capsys, wide, lang):
    Path("mine.yaml").write_text(OWN, encoding="utf-8")
    assert cli.main(["describe", "mine.yaml", "--lang", lang]) == 0
    said = capsys.readouterr().out
    for words in OWN_WORDS[lang]:
        assert words in said, words


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_describe_cuts_nothing_off_on_a_narrow_screen(capsys, monkeypatch, lang):
    monkeypatch.setattr(terminal, "screen", lambda: Console(width=80, highlight=False))
    Path("mine.yaml").write_text(OWN, encoding="utf-8")
    assert cli.main(["describe", "mine.yaml", "--lang", lang]) == 0
    assert "…" not in capsys.readouterr().out


def test_a_shock_after_the_end_is_refused(capsys, tmp_path):
    text = "name: late\nshocks:\n  - {kind: disaster, size: 0.3, from: 60}\n"
    (tmp_path / "late.yaml").write_text(text, encoding="utf-8")
    assert cli.main(["run", "late.yaml", "--months", "24"]) == 2
    assert "'disaster' of 'late' begins; allowed: at least 60" in one_sentence(capsys.readouterr().err)


def test_a_shock_in_a_place_of_another_table_is_refused(capsys):
    assert cli.main(["run", "disaster_unprepared", "--places", "workshop"]) == 2
    assert "unknown place 'T06'" in one_sentence(capsys.readouterr().err)


@pytest.mark.parametrize("name", names())
def test_validate_says_ok_and_writes_nothing(capsys, tmp_path, name):
    assert cli.main(["validate", name]) == 0
    assert capsys.readouterr().out.startswith("ok: ")
    assert list(tmp_path.iterdir()) == []


def test_version_and_help(capsys):
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("kakawari ")
    for command in ([], ["run"], ["compare"], ["describe"], ["validate"]):
        assert cli.main([*command, "--help"]) == 0
    assert "Example" in capsys.readouterr().out


@pytest.mark.parametrize(("data", "said"), [pytest.param(d, s, id=c) for c, d, s in MALFORMED])
def test_malformed_file_exits_2_with_one_sentence_and_writes_nothing(capsys, tmp_path, data, said):
    (tmp_path / "mine.yaml").write_bytes(data)
    assert cli.main(["run", "mine.yaml"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said.strip()[:40] in one_sentence(err)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.yaml"]


BAD_OPTIONS = [
    (["run", "baseline", "--replicats", "3"], "--replicates"),
    (["run", "baseline", "--replicates", "0"], "--replicates"),
    (["run", "baseline", "--replicates", "many"], "--replicates"),
    (["run", "baseline", "--seed", "-1"], "--seed"),
    (["run", "baseline", "--lang", "fr"], "fr"),
    (["run"], "SCENARIO"),
    (["compare", "baseline"], "B"),
    (["rnu", "baseline"], "run"),
    (["run", "baseline", "extra"], "extra"),
    (["run", "basline"], "baseline"),
    (["run", "baseline", "--places", "prefecture"], "prefectures"),
    (["run", "baseline", "--months", "0"], "--months"),
    (["run", "baseline", "--months", "5000"], "--months"),
    (["run", "baseline", "--persons-per-agent", "0.2"], "--persons-per-agent"),
    (["run", "baseline", "--persons-per-agent", "nan"], "--persons-per-agent"),
    (["compare", "baseline", "baseline"], "different names"),
    (["validate", "nowhere.yaml"], "nowhere.yaml"),
    (["describe", "both", "--months", "-3"], "--months"),
]


@pytest.mark.parametrize(
    ("arguments", "hint"), BAD_OPTIONS, ids=lambda v: " ".join(v) if isinstance(v, list) else ""
)
def test_bad_option_exits_2_with_one_sentence(capsys, tmp_path, arguments, hint):
    assert cli.main(arguments) == 2
    assert hint in one_sentence(capsys.readouterr().err)
    assert list(tmp_path.iterdir()) == []


def test_scenarios_that_cannot_be_paired_are_refused(capsys, tmp_path):
    (tmp_path / "short.yaml").write_text("name: short\nbase: baseline\nmonths: 24\n", encoding="utf-8")
    assert cli.main(["compare", "baseline", "short.yaml"]) == 2
    assert "--months" in one_sentence(capsys.readouterr().err)


def test_a_measure_after_the_end_is_refused(capsys, tmp_path):
    text = "name: late\nbase: baseline\nmeasures:\n  - lever: hub\n    amount: 1\n    from: 60\n"
    (tmp_path / "late.yaml").write_text(text, encoding="utf-8")
    assert cli.main(["run", "late.yaml", "--months", "24"]) == 2
    assert "at least 60" in one_sentence(capsys.readouterr().err)


def test_a_folder_of_somebody_else_is_refused_before_running(capsys, tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_text("meow")
    assert cli.main(["run", "baseline", "--out", "photos"]) == 2
    assert "holds other files" in one_sentence(capsys.readouterr().err)


def test_a_read_only_place_is_refused_before_running(capsys, tmp_path, monkeypatch):
    (tmp_path / "locked").mkdir()
    monkeypatch.setattr(
        os, "access", lambda *_: False
    )  # root may write everywhere, so permissions cannot say it
    assert cli.main(["run", "baseline", "--out", "locked/x"]) == 2
    assert "cannot be written" in one_sentence(capsys.readouterr().err)


def test_an_unexpected_failure_is_one_sentence_with_a_log(capsys, tmp_path, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("deep inside")

    monkeypatch.setattr(compare_module, "replicate", broken)
    assert cli.main(["run", "baseline", *SMALL]) == 1
    said = one_sentence(capsys.readouterr().err.splitlines()[-1])
    assert "ZeroDivisionError" in said
    assert "deep inside" in (tmp_path / "out" / "kakawari-error.log").read_text()
    monkeypatch.setenv("KAKAWARI_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        cli.main(["run", "baseline", *SMALL])


def test_ctrl_c_exits_130_and_leaves_nothing(capsys, tmp_path, monkeypatch):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(jobs, "_run", stopped)
    assert cli.main(["run", "baseline", *SMALL]) == 130
    assert one_sentence(capsys.readouterr().err) == "Stopped."
    assert list(tmp_path.iterdir()) == []


def kakawari(*arguments, **more):
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    command = [sys.executable, "-m", "viz", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, **more)


@pytest.mark.parametrize("case", ["empty", "alias_bomb", "picture"])
def test_malformed_file_through_a_real_process(tmp_path, case):
    (tmp_path / "mine.yaml").write_bytes({name: content for name, content, _ in MALFORMED}[case])
    done = kakawari("validate", "mine.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert "mine.yaml" in one_sentence(done.stderr)


def test_heavy_packages_wait_until_they_are_needed():
    code = "import sys, viz.cli, viz.jobs, viz.terminal; print([m for m in ('pandas', 'matplotlib', 'mesa') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=REPOSITORY, check=True
    )
    assert done.stdout.strip() == "[]"


def test_ctrl_c_in_a_real_process(tmp_path):
    asked = ["run", "baseline", "--persons-per-agent", "400", "--replicates", "50"]
    process = subprocess.Popen(
        [sys.executable, "-m", "viz", *asked],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        # A shell's background job starts with Ctrl-C ignored, and would hand that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        time.sleep(4.0)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    assert "Traceback" not in err
    assert not list(tmp_path.glob("out/*"))


def test_a_reader_that_leaves_early_is_no_error():
    command = f"{sys.executable} -m viz describe both | head -1"
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(command, shell=True, capture_output=True, text=True, env=environment)
    assert "Traceback" not in done.stderr


def test_refusals_are_japanese_where_that_is_spoken(capsys, monkeypatch):
    assert cli.main(["run", "conect", "--lang", "ja"]) == 2
    said = one_sentence(capsys.readouterr().err)
    assert said.startswith("scenario：「conect」というシナリオはない（「connect」のことか）。")
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    assert cli.main(["describe", "conect"]) == 2
    assert "というシナリオはない" in capsys.readouterr().err
    assert cli.main(["run", "conect", "--lang=en"]) == 2
    assert "did you mean 'connect'?" in capsys.readouterr().err
