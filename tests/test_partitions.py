"""A month in partitions that exchange bytes alone leaves the same world as the month as a whole (MODEL.md 3.3)."""

from __future__ import annotations

import copy
import subprocess
import sys

import numpy as np
import pytest
import worlds

from experiments.partitions.memory import own_rows
from experiments.partitions.messages import COUNTS, FLOWS, LOADS, MOVES, WRITTEN
from experiments.partitions.together import Together, edges
from sim.loop import MONTH, QUICK, advance, quickest
from sim.record import Recorder

MONTHS = 14
SIZES = {MONTH: 600, QUICK: 2500}


def months(w):
    for number in range(1, MONTHS + 1):
        yield worlds.lively_levels(number), worlds.lively_shocks(w, number)


@pytest.fixture(scope="module", params=SIZES, ids=["mechanisms", "passes"])
def whole(request):
    """A world run as a whole, its months written down, and the number of its people."""
    persons = SIZES[request.param]
    w, recorder = worlds.world(persons, p=worlds.LIVELY), Recorder(MONTHS)
    assert quickest(w) is request.param
    for levels, shocks in months(w):
        advance(w, levels, shocks)
        recorder.collect(w, np.zeros(len(w.places)))
    return w, recorder, persons


@pytest.fixture(scope="module", params=[2, 3, 64])
def parted(request, whole):
    w, recorder = worlds.world(whole[2], p=worlds.LIVELY), Recorder(MONTHS)
    together = Together(w, request.param)
    for levels, shocks in months(w):
        together.step(levels, shocks)
        recorder.collect(together.parts[0].world, np.zeros(len(w.places)))
    return together, recorder


def bits(group):
    return {name: column.tobytes() for name, column in group._asdict().items()}


def test_partitions_leave_the_same_world(whole, parted):
    one, other = whole[0].state, parted[0].state()
    for group in ("people", "ties", "hosts", "regions", "census"):
        a, b = bits(getattr(one, group)), bits(getattr(other, group))
        assert [name for name in a if a[name] != b[name]] == [], group


def test_partitions_write_down_the_same_months(whole, parted):
    for one, other in (
        (whole[1].month_table(), parted[1].month_table()),
        (whole[1].spell_table(), parted[1].spell_table()),
    ):
        assert [name for name in one if one[name].tobytes() != other[name].tobytes()] == []


def test_hosts_and_places_are_the_same_in_every_partition(parted):
    first, *others = (part.world.state for part in parted[0].parts)
    for state in others:
        assert bits(state.hosts) == bits(first.hosts)
        assert bits(state.regions) == bits(first.regions)


def test_every_kind_of_message_is_sent_in_the_world_compared(parted):
    sent = parted[0].sent
    assert all(sent[name] > 0 for name in (*LOADS, *FLOWS, *COUNTS, *MOVES, *WRITTEN, "ages"))
    assert (sent["neighbours"] > 0) == (len(parted[0].cut) > 0)


def test_partition_that_hears_too_little_ends_elsewhere(whole):
    """The comparison can fail: with one partition's load on hosts unheard the worlds part."""
    w = worlds.world(whole[2], p=worlds.LIVELY)
    together = Together(w, 2)
    heard = together._heard

    def deaf(said):
        told = copy.copy(said)
        if "minutes" in said[1].columns:
            lost = {**said[1].columns, "minutes": bytes(len(said[1].columns["minutes"]))}
            told[1] = said[1]._replace(columns=lost)
        return heard(told)

    together._heard = deaf
    for levels, shocks in months(w):
        together.step(levels, shocks)
    assert bits(together.state().hosts) != bits(whole[0].state.hosts)


@pytest.mark.parametrize("row", [0, 9_999])
def test_rows_of_other_partitions_cannot_be_read(row):
    code = (
        "import numpy as np; from experiments.partitions.memory import own_rows;"
        f"c = own_rows(np.ones((10_000, 3)), 4_000, 6_000); assert c.values[4_000:6_000].all(); c.values[{row}, 0]"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode < 0, done  # ended by the system


def test_column_notices_what_is_written_beside_its_rows():
    column = own_rows(np.zeros(100, np.float32), 20, 40)
    assert column.intact()
    column.values[19] = 1.0
    assert not column.intact()


@pytest.mark.parametrize("parts", [1, 2, 7, 64])
def test_edges_are_those_of_homes_where_one_is_near(parts):
    starts = np.concatenate([[0], np.cumsum([500, 0, 480, 30, 990, 7])])
    found = edges(starts, parts)
    assert found[0] == 0
    assert found[-1] == starts[-1]
    size = starts[-1] / parts
    assert (np.abs(np.diff(found) - size) <= 0.2 * size + 1.0).all()
    for edge, even in zip(found, np.linspace(0, starts[-1], parts + 1), strict=True):
        assert edge in starts or np.abs(starts - even).min() > 0.1 * size - 1.0
