"""Addressed random numbers: the published generator, uniform and uncorrelated along every part of an address.

Seeds are fixed, so no test can fail by chance tomorrow. Each threshold says how likely a good generator would have
missed it: 5 standard deviations, 6e-7 for a normal statistic.
"""

from __future__ import annotations

import ast
from pathlib import Path

import numba
import numpy as np
import pytest

import sim
from sim import draws
from sim.draws import draw, fill_draws, lead_byte, lead_words, list_low, philox, screen

SEED = 2**40 + 17

N = 20_000
MASK = 0xFFFFFFFF

# Known answers of philox4x32-10 in the Random123 library (kat_vectors): counter, key, result.
KNOWN = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]


def words(text: str) -> list[np.uint64]:
    return [np.uint64(int(word, 16)) for word in text.split()]


def philox_by_hand(counter: list[int], key: list[int]) -> list[int]:
    """Philox4x32-10 as the paper has it, in whole numbers without limit."""
    c, k = list(counter), list(key)
    for _ in range(10):
        high0, low0 = divmod(0xD2511F53 * c[0], 2**32)
        high1, low1 = divmod(0xCD9E8D57 * c[2], 2**32)
        c = [high1 ^ c[1] ^ k[0], low1, high0 ^ c[3] ^ k[1], low0]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return c


def numbers(seed=7, stream=draws.VISIT, month=3, person=0, part=0) -> np.ndarray:
    """Return the four numbers at each of N addresses; one of the arguments is an array (N, 4)."""
    parts = np.broadcast_arrays(np.asarray(seed, np.uint64), stream, month, person, part, np.zeros(N))
    rows = zip(*(p.tolist() for p in parts[:5]), strict=True)
    return np.array([draw(np.uint64(s), st, m, i, k) for s, st, m, i, k in rows])


ALONG = {
    "person": numbers(person=np.arange(N)),
    "month": numbers(month=np.arange(N)),
    "stream": numbers(stream=np.arange(N)),
    "part": numbers(part=np.arange(N)),
    "seed": numbers(seed=np.arange(N)),
}


@pytest.mark.parametrize("function", [philox, philox.py_func], ids=["compiled", "python"])
@pytest.mark.parametrize(("counter", "key", "result"), KNOWN, ids=["zeros", "ones", "pi"])
def test_philox_gives_the_published_answers(function, counter, key, result):
    assert [int(w) for w in function(*words(counter), *words(key))] == [int(w) for w in words(result)]


@pytest.mark.parametrize("seed", [0, 1, 2**32, 2**64 - 1])
def test_address_becomes_counter_and_key_as_documented(seed):
    counter = [123_456, 78, draws.LEAVE + 65536 * 2, 0]
    expected = philox_by_hand(counter, [seed & MASK, seed >> 32])
    found = draw(np.uint64(seed), draws.LEAVE, 78, 123_456, 2)
    assert list(found) == [(w + 0.5) / 2**32 for w in expected]


def test_leading_bytes_are_the_bytes_of_a_block_of_16_people_as_documented():
    expected = philox_by_hand([5, 78, draws.SEARCH, 1], [9, 0])
    in_order = [(word >> (8 * k)) & 255 for word in expected for k in range(4)]
    people = range(5 * 16, 6 * 16)
    found = [lead_byte(lead_words(np.uint64(9), draws.SEARCH, 78, i), i) for i in people]
    assert found == in_order


def test_leading_bytes_are_the_same_compiled_and_in_python():
    @numba.njit
    def compiled(i):
        return lead_byte(lead_words(np.uint64(3), draws.ONLINE, 11, i), i)

    assert [compiled(i) for i in range(200)] == [compiled.py_func(i) for i in range(200)]


def test_numbers_lie_strictly_between_0_and_1():
    every = np.concatenate(list(ALONG.values()))
    assert every.min() > 0.0
    assert every.max() < 1.0


@pytest.mark.parametrize("axis", ALONG)
def test_no_two_addresses_share_their_numbers(axis):
    """Four words a row: two of 20,000 rows agree by chance with probability 6e-31."""
    assert len(np.unique(ALONG[axis], axis=0)) == N


def test_axes_do_not_meet():
    """Nothing of one axis turns up on another, but for the address that all share: 1e5 rows, 1e-29 by chance."""
    shared = numbers(person=np.zeros(N, int))[:1]
    rows = np.concatenate([v[np.any(v != shared, axis=1)] for v in ALONG.values()])
    assert len(np.unique(rows, axis=0)) == len(rows)


@pytest.mark.parametrize("axis", ALONG)
@pytest.mark.parametrize("word", range(4))
def test_numbers_are_uniform(axis, word):
    """Chi square on 256 cells: mean 255, sd sqrt(510); 40 sides tested, false alarm 2e-5 in all."""
    cells = np.bincount((ALONG[axis][:, word] * 256).astype(int), minlength=256)
    chi = ((cells - N / 256) ** 2).sum() / (N / 256)
    assert abs(chi - 255) < 5 * np.sqrt(510)


@pytest.mark.parametrize("axis", ALONG)
@pytest.mark.parametrize("lag", [1, 2, 16])
def test_neighbouring_addresses_are_uncorrelated(axis, lag):
    """5 standard deviations of a correlation, 1 / sqrt(n); 16 word pairs each, false alarm 1e-5 a test."""
    x, y = ALONG[axis][:-lag], ALONG[axis][lag:]
    correlation = np.corrcoef(x.T, y.T)[:4, 4:]
    assert np.abs(correlation).max() < 5 / np.sqrt(N - lag)


@pytest.mark.parametrize("axis", ALONG)
def test_the_four_numbers_of_an_address_are_uncorrelated(axis):
    correlation = np.corrcoef(ALONG[axis].T)[np.triu_indices(4, 1)]
    assert np.abs(correlation).max() < 5 / np.sqrt(N)


def leads(stream=draws.TURNOVER, months=range(4), people=5_000) -> np.ndarray:
    """Return leading bytes (months, people)."""
    return np.array(
        [[lead_byte(lead_words(np.uint64(7), stream, m, i), i) for i in range(people)] for m in months]
    )


def test_leading_bytes_are_uniform_and_uncorrelated_between_neighbours_and_months():
    found = leads()
    cells = np.bincount(found.ravel(), minlength=256)
    chi = ((cells - found.size / 256) ** 2).sum() / (found.size / 256)
    assert abs(chi - 255) < 5 * np.sqrt(510)
    for lag in (1, 4, 16):
        pairs = np.corrcoef(found[:, :-lag].ravel(), found[:, lag:].ravel())[0, 1]
        assert abs(pairs) < 5 / np.sqrt(found[:, lag:].size)
    months = np.corrcoef(found)[np.triu_indices(4, 1)]
    assert np.abs(months).max() < 5 / np.sqrt(found.shape[1])


def test_leading_bytes_do_not_tell_the_rest_of_the_number():
    found = leads(stream=draws.VISIT, months=[3], people=N)[0]
    correlation = np.corrcoef(found, ALONG["person"].T)[0, 1:]
    assert np.abs(correlation).max() < 5 / np.sqrt(N)


@pytest.mark.parametrize("probability", [0.0012, 0.03, 0.5])
def test_screened_decision_has_its_probability(probability):
    """lead + u < 256 p happens with probability p: 80,000 decisions, 5 standard deviations."""
    passed = 0
    for month in range(4):
        lead = leads(stream=draws.TURNOVER, months=[month], people=N)[0]
        rest = numbers(stream=draws.TURNOVER, month=month, person=np.arange(N))[:, 0]
        passed += int((lead + rest < 256.0 * probability).sum())
    trials = 4 * N
    assert abs(passed - trials * probability) < 5 * np.sqrt(trials * probability * (1 - probability))


def streams() -> dict[str, int]:
    return {n: v for n, v in vars(draws).items() if n.isupper() and not n.startswith("_")}


def test_streams_have_numbers_of_their_own():
    found = streams()
    assert len(set(found.values())) == len(found) >= 15
    assert max(found.values()) < 65536


def test_each_stream_belongs_to_one_file():
    """Two mechanisms on one stream would draw the same numbers for the same person; passes draw those of theirs."""
    users: dict[str, list[str]] = {name: [] for name in streams()}
    for path in sorted(Path(sim.__file__).parent.rglob("*.py")):
        if path.parent.name == "passes":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "sim.draws":
                for alias in node.names:
                    if alias.name in users:
                        users[alias.name].append(path.name)
    assert {name: files for name, files in users.items() if len(files) != 1} == {}


@pytest.mark.parametrize(("lo", "hi"), [(0, 1), (5, 6), (0, 40), (13, 100), (16, 32), (1000, 2024)])
def test_listed_rows_are_those_with_a_low_leading_byte(lo, hi):
    """Bytes drawn by the block equal those drawn one by one, wherever the rows begin."""
    words, rows = screen()
    n, leads = list_low(lo, hi, np.uint64(SEED), draws.MOVE, 7, 100.0, words, rows)
    one_by_one = [lead_byte(lead_words(np.uint64(SEED), draws.MOVE, 7, i), i) for i in range(lo, hi)]
    assert leads[: hi - lo].tolist() == one_by_one
    assert rows[:n].tolist() == [i for i, lead in zip(range(lo, hi), one_by_one, strict=True) if lead < 100]


def test_columns_of_numbers_are_those_of_their_addresses():
    rows, parts = np.array([0, 5, 5, 2**31 + 1], np.uint32), np.array([1, 0, 1741, 3], np.uint32)
    columns = [np.zeros(4) for _ in range(4)]
    fill_draws(4, np.uint64(SEED), draws.VISIT, 77, rows, parts, *columns)
    for t, address in enumerate(zip(rows.tolist(), parts.tolist(), strict=True)):
        assert tuple(c[t] for c in columns) == draw(np.uint64(SEED), draws.VISIT, 77, *address)
