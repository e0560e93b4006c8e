"""Sentences about input that cannot be used: everything that the code can say has a Japanese sentence."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from malformed_cases import MALFORMED

from scenarios.loader import read
from sim.errors import InputError, out_of_range
from viz.errors import told
from viz.messages import bare_unit

ROOT = Path(__file__).parents[1]
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龥]")
ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}")


def said(node: ast.expr) -> str | None:
    """Return the text of an expression, with a mark for what differs."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(v.value if isinstance(v, ast.Constant) else "⟦⟧" for v in node.values)
    return None


def sentences() -> list[tuple[str, str]]:
    found = []
    for folder in ("sim", "scenarios", "experiments", "viz"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            if (
                file == ROOT / "sim" / "errors.py"
            ):  # frames of sentences: the malformed files have all of them
                continue
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                    continue
                if node.func.id == "InputError":
                    text = said(node.args[0]) or ""
                elif (
                    node.func.id == "_refuse" and len(node.args) == 2
                ):  # a cluster's sentences have one frame
                    text = f"--scheduler: {said(node.args[1])}."
                else:
                    continue
                parts = text.split("⟦⟧")
                numbered = parts[0] + "".join(f"⟦{i}⟧{part}" for i, part in enumerate(parts[1:]))
                if numbered:
                    found.append((f"{file.relative_to(ROOT)}:{node.lineno}", numbered))
    return found


@pytest.mark.parametrize(("where", "english"), sentences())
def test_everything_that_is_refused_has_a_japanese_sentence(where, english):
    japanese = told(InputError(english), "ja")
    rest = re.sub(r"⟦\d+⟧|'[^']*'", "", english)
    assert JAPANESE.search(japanese) or not ENGLISH.search(rest), where
    assert "allowed:" not in japanese, where
    assert not ENGLISH.search(re.sub(r"⟦\d+⟧|「[^」]*」|'[^']*'|kakawari \w+ |dask \w+", "", japanese)), (
        japanese
    )
    assert sorted(re.findall(r"⟦\d+⟧", english)) == sorted(re.findall(r"⟦\d+⟧", japanese)), japanese


def test_sentences_were_found():
    assert len(sentences()) > 120


@pytest.mark.parametrize(("data", "said"), [pytest.param(d, s, id=c) for c, d, s in MALFORMED])
def test_malformed_files_are_refused_in_japanese(data, said):
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return
    with pytest.raises(InputError) as caught:
        read(text, "mine.yaml")
    japanese = told(caught.value, "ja")
    assert JAPANESE.search(japanese), japanese
    assert "allowed" not in japanese
    assert not ENGLISH.search(re.sub(r"「[^」]*」|YAMLとして読めない（.*?）。", "", japanese)), japanese


def test_english_is_what_was_said():
    assert told(InputError("a: b; allowed: c."), "en") == "a: b; allowed: c."


@pytest.mark.parametrize(
    ("english", "japanese"),
    [
        (
            "mine.yaml, line 3: unknown lever 'hbu' (did you mean 'hub'?); allowed: hub, events.",
            "mine.yamlの3行目：「hbu」という取組はない（「hub」のことか）。使えるもの：hub, events。",
        ),
        (
            "mine.yaml, line 2: months: 1201 is out of range; allowed: at least 1, at most 1200 (months).",
            "mine.yamlの2行目：months：1201は範囲の外。使えるもの：1以上1200以下（か月）。",
        ),
        ("no such words, and none like them", "no such words, and none like them"),
    ],
)
def test_pieces_are_put_together(english, japanese):
    assert told(english, "ja") == japanese


def test_long_texts_are_not_searched_through():
    text = "a: " * 100_000
    assert told(text, "ja") == text
    assert bare_unit("months", "ja") == "か月"


def test_numbers_of_any_size_stay_readable():
    for lang in ("ja", "en"):
        assert "1,000,000" in told(out_of_range("months", 2e6, 1, 1e6, "months"), lang)
        assert len(told(out_of_range("months", 1e308, 1, 1e6, "months"), lang)) < 100
