"""Compiled equals Python, bit for bit, for every kernel and helper of `sim`; and no mechanism writes more than it says.

The kernels are found by walking the modules, so a new one is tested without a word here, and fails if the small
world below never calls it. While the world runs, each function is its own twin: the compiled code works on copies
of the arguments, the Python code on the arguments themselves, and the two are compared call by call.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable
from types import FunctionType, ModuleType

import numba
import numpy as np
import pytest
import worlds
from numba.core.dispatcher import Dispatcher

import sim
from sim import loop, population, record
from sim.jit import helper, kernel, roomy_kernel
from sim.levers import Levels
from sim.state import Census, Hosts, People, Regions, Tally, Ties
from sim.traits import trait_tables
from sim.world import Chances, geometry

PERSONS, SETTLED, MONTHS = 400, 40, 6

# A lively world: with all levers moved and all shocks, every branch that people rarely take is taken by somebody.
LIVELY = worlds.parameters(
    traits__turnover=0.02, search__rate=0.6, search__online_rate=0.2, leaving__life_event=0.05,
    latent__spontaneous=0.05, latent__forgotten=0.05, deepening__exchange_to_direct=0.2, deepening__exchange_to_work=0.2,
    deepening__down_exchange=0.2, deepening__online_transactional=0.1, deepening__online_community=0.2,
    succession__withdrawal=0.05, succession__relief_above=0.1, succession__rest_above=0.3, succession__back_below=0.2,
    moving__rate=0.3, review__too_full=0.1, organisation__patience=1.0, organisation__visit_yen=0.0,
)  # fmt: skip


def modules() -> list[ModuleType]:
    """Return all modules but the Mesa face, which may not compile anything (test_architecture)."""
    names = [m.name for m in pkgutil.walk_packages(sim.__path__, "sim.")]
    return [importlib.import_module(n) for n in names if n != "sim.model" and not n.startswith("sim.mesa_")]


def python(function: Callable) -> FunctionType:
    """Return the Python code of a kernel or helper."""
    return getattr(function, "py_func", function)


def compiled() -> dict[str, Callable]:
    """Return every kernel and helper by `module.name`, in the module that defines it."""
    return {
        f"{module.__name__.removeprefix('sim.')}.{name}": value
        for module in modules()
        for name, value in vars(module).items()
        if isinstance(value, Dispatcher) or hasattr(value, "is_helper")
        if python(value).__module__ == module.__name__
    }


NAMES = sorted(compiled())


class Twin:
    """A function that is run compiled and as Python at each call, and remembers where the two differ."""

    def __init__(self, function: Callable) -> None:
        self.original, self.python = function, python(function)
        self.function = numba.njit(error_model="numpy")(function) if function is self.python else function
        self.calls, self.changes, self.results, self.different = 0, 0, set(), []

    def knows(self, by_id: dict[int, Twin]) -> None:
        """Let the Python code call twins, where the compiled code calls compiled code."""
        code, names = self.python.__code__, self.python.__globals__
        self.python = FunctionType(code, {n: by_id.get(id(v), v) for n, v in names.items()})

    def __call__(self, *args):
        before, copies = clone(args), clone(args)
        result = self.function(*copies)
        own = self.python(*args)
        self.calls += 1
        self.results.add(bits(own))
        self.changes += any(bits(a) != bits(b) for a, b in zip(args, before, strict=True))
        names = self.python.__code__.co_varnames
        self.different += [n for n, a, b in zip(names, args, copies, strict=False) if bits(a) != bits(b)]
        if bits(own) != bits(result):
            self.different.append(f"result {own} for {result}")
        return own


def clone(value):
    """Return a value with copies of its arrays, also of those within tuples."""
    if isinstance(value, tuple):
        copies = [clone(v) for v in value]
        return type(value)(*copies) if hasattr(value, "_fields") else tuple(copies)
    return value.copy() if isinstance(value, np.ndarray) else value


def bits(value) -> object:
    """Return a value in a form in which equal means equal in every bit, and Python's numbers equal NumPy's."""
    if isinstance(value, np.ndarray):
        return value.tobytes()
    if isinstance(value, tuple):
        return tuple(bits(v) for v in value)
    if isinstance(value, float | np.floating):
        return float(value).hex()
    return value if value is None else int(value)


class InTurn:
    """A pool whose workers take turns: the arguments of one call must not change under the eyes of its twin."""

    def __init__(self, workers: int) -> None:
        self.map = map


def advance(w, month: int) -> None:
    """Run one month of the lively world: first by mechanisms, later by passes."""
    way = loop.MONTH if month <= MONTHS else loop.QUICK
    loop.advance(w, worlds.lively_levels(month), worlds.lively_shocks(w, month), month=way)


@pytest.fixture(scope="module")
def months():
    """Run the lively world by twins from the start of its people, and compiled beside it."""
    twins = {name: Twin(function) for name, function in compiled().items()}
    by_id = {id(twin.original): twin for twin in twins.values()}
    inner = {n for twin in twins.values() for n in twin.python.__code__.co_names}
    for twin in twins.values():
        twin.knows(by_id)
    expected = worlds.world(PERSONS, SETTLED, p=LIVELY)
    drawn = worlds.world(PERSONS, 0, p=LIVELY)
    for month in range(1, 2 * MONTHS + 1):
        advance(expected, month)
    with pytest.MonkeyPatch.context() as patch, np.errstate(all="raise"):
        patch.setattr("sim.crew.ThreadPoolExecutor", InTurn)
        actual = worlds.world(PERSONS, SETTLED, p=LIVELY, threads=2)
        for module in modules():
            for name, value in list(vars(module).items()):
                if id(value) in by_id and name not in inner:
                    patch.setattr(module, name, by_id[id(value)])
        built = population.build(drawn.geometry, drawn.tables, LIVELY, drawn.seed)
        geometry(worlds.four_places(), LIVELY, 1.0, 1)
        trait_tables(LIVELY)
        for month in range(1, 2 * MONTHS + 1):
            advance(actual, month)
        row = record.observe(actual, np.zeros(4))
    return twins, expected, actual, drawn, built, row


def test_there_are_compiled_functions():
    assert len(NAMES) >= 70
    assert {"draws.philox", "mechanisms.search.look", "mechanisms.census.count", "numeric.find"} <= set(NAMES)
    assert {"mechanisms.moving.settle", "mechanisms.wellbeing.enjoy", "contact.contact_quality"} <= set(NAMES)


ROOMY = {"turnover.replace", "moving.decide", "moving.settle", "search.look"}


def test_kernels_that_make_no_arrays_count_no_references():
    """Numba keeps the option to itself; should it go, months take a quarter longer, and this test says why."""

    @helper
    def first(pair):
        return pair[0][0]

    def total(lo, hi, pair, out):
        for i in range(lo, hi):
            out[i] += first(pair)

    pair = (np.ones(3), np.ones(3))
    counting = {}
    for form in (kernel, roomy_kernel):
        options = {n: v for n, v in form(total).targetoptions.items() if n not in ("cache", "nopython")}
        compiled_anew = numba.njit(**options)(total)
        compiled_anew(0, 3, pair, np.zeros(3))
        counting[form] = any("NRT_incref" in text for text in compiled_anew.inspect_llvm().values())
    assert counting == {kernel: False, roomy_kernel: True}
    kernels = {
        n: f
        for n, f in compiled().items()
        if isinstance(f, Dispatcher) and f.targetoptions.get("inline") != "always"
    }
    lean = {n for n, f in kernels.items() if f.targetoptions.get("_nrt") is False}
    assert {n.removeprefix("mechanisms.") for n in kernels} - {
        n.removeprefix("mechanisms.") for n in lean
    } == ROOMY


@pytest.mark.parametrize("name", NAMES)
def test_compiled_equals_python_bit_for_bit(months, name):
    twin = months[0][name]
    assert twin.calls > 0, "the small world never calls it: make the world livelier, or delete the function"
    assert not twin.different


@pytest.mark.parametrize("name", [n for n in NAMES if python(compiled()[n]).__code__.co_argcount])
def test_function_does_something_in_the_small_world(months, name):
    """So that the comparison can fail: some array changed, or at least two different results."""
    twin = months[0][name]
    assert twin.changes > 0 or len(twin.results) > 1


def test_whole_months_in_python_leave_the_same_world(months):
    _, expected, actual, _, _, _ = months
    one, other = worlds.columns(expected), worlds.columns(actual)
    assert [name for name in one if one[name].tobytes() != other[name].tobytes()] == []


def test_people_and_hosts_drawn_in_python_are_the_same(months):
    _, _, _, drawn, built, _ = months
    for group in ("people", "hosts", "ties", "regions"):
        for one, other in zip(getattr(drawn.state, group), getattr(built, group), strict=True):
            np.testing.assert_array_equal(one, other)


def test_row_written_down_from_python_is_the_same(months):
    _, expected, _, _, _, row = months
    for name, values in record.observe(expected, np.zeros(4)).items():
        np.testing.assert_array_equal(values, row[name], err_msg=name)


# ---------------------------------------------------------------------------------------------------------------
# "Writes …" in the docstring of a mechanism is all that it writes.

FIELDS = {
    "people": People._fields, "ties": Ties._fields, "hosts": Hosts._fields, "regions": Regions._fields,
    "census": Census._fields, "tally": Tally._fields, "chances": tuple(Chances.__dataclass_fields__),
    "levels": Levels._fields,
}  # fmt: skip


def declared(mechanism) -> tuple[set[str], set[str]]:
    """Return what stands after "Writes" in the docstring of a mechanism's module: whole groups, and columns.

    "tally.met, taken" are two columns of the tally, unless `taken` were a group; the roster is no column.
    """
    text = importlib.import_module(mechanism.__module__).__doc__
    words = re.search(r"Writes (.*?)\.\s+Draws", text, re.S).group(1)
    groups, alone, group = set(), set(), ""
    for item in re.split(r",\s*", words.replace("\n", " ").replace("the crew's roster", "nothing")):
        head, _, column = item.strip().partition(".")
        group = head if column else group
        if column or (head not in FIELDS and head != "nothing"):
            alone.add(f"{group}.{column or head}")
        elif head in FIELDS:
            groups.add(head)
    known = {f"{group}.{name}" for group, names in FIELDS.items() for name in names}
    assert alone <= known, f"no such column: {sorted(alone - known)}"
    return groups, alone


@pytest.fixture(scope="module")
def written():
    """Return which columns each mechanism changed within two years of the lively world, ten times as big."""
    w = worlds.world(10 * PERSONS, SETTLED, p=LIVELY)
    changed = {mechanism: set() for mechanism in loop.MONTH}
    for month in range(1, 25):
        w.month = w.state.month + 1
        w.levels, w.shocks = worlds.lively_levels(month), worlds.lively_shocks(w, month)
        for column in w.tally:
            column[...] = 0
        for mechanism in loop.MONTH:
            before = worlds.columns(w)
            mechanism(w)
            after = worlds.columns(w)
            changed[mechanism] |= {n for n in after if after[n].tobytes() != before[n].tobytes()}
        w.state.month = w.month
    return changed


@pytest.mark.parametrize("mechanism", loop.MONTH, ids=lambda m: m.__name__)
def test_mechanism_changes_only_what_it_says_it_writes(written, mechanism):
    groups, alone = declared(mechanism)
    assert {c for c in written[mechanism] if c.split(".")[0] not in groups} <= alone


@pytest.mark.parametrize("mechanism", loop.MONTH, ids=lambda m: m.__name__)
def test_mechanism_changes_all_that_it_says_it_writes(written, mechanism):
    """Every column named on its own; of a whole group ("ties"), at least one."""
    groups, alone = declared(mechanism)
    assert alone <= written[mechanism]
    assert groups <= {c.split(".")[0] for c in written[mechanism]}
