"""The shape of the code: imports point down, randomness is addressed, Numba is in one place, files are short."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

import sim
from sim.loop import MONTH
from sim.parameters import records

ROOT = Path(sim.__file__).parent.parent
LAYERS = ("sim", "scenarios", "experiments", "viz")
FILES = {path.relative_to(ROOT).as_posix(): path for layer in LAYERS for path in (ROOT / layer).rglob("*.py")}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in FILES.items()}
SIM = [name for name in FILES if name.startswith("sim/")]
MECHANISMS = [name for name in SIM if re.fullmatch(r"sim/mechanisms/[a-z]+\.py", name)]

MESA_FACE = {"sim/model.py", "sim/mesa_agents.py", "sim/mesa_people.py"}
SIM_NEEDS = {"numpy", "pydantic", "platformdirs"}
MAY_ALSO = {"sim/jit.py": {"numba"}, "sim/run.py": {"numba"}} | {face: {"mesa"} for face in MESA_FACE}


def imported(tree: ast.AST) -> set[str]:
    """Return full names of all modules a file imports, also within functions and by `importlib`."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "a relative import"
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in (
            "import_module",
            "importlib.import_module",
            "__import__",
        ):
            found.add(node.args[0].value if isinstance(node.args[0], ast.Constant) else "anything")
    return found


def tops(name: str) -> set[str]:
    return {module.split(".")[0] for module in imported(TREES[name])}


def test_all_layers_are_walked():
    assert {name.split("/")[0] for name in FILES} == set(LAYERS)
    assert len(MECHANISMS) >= 20


@pytest.mark.parametrize("name", FILES)
def test_imports_point_down(name):
    above = LAYERS[LAYERS.index(name.split("/")[0]) + 1 :]
    assert tops(name) & {*above, "tests", "anything"} == set()


@pytest.mark.parametrize("name", SIM)
def test_model_core_needs_little(name):
    """No tables, drawing, command line or YAML in `sim`; Numba and Mesa in the files that are for them."""
    foreign = {top for top in tops(name) if top not in sys.stdlib_module_names and top != "sim"}
    assert foreign <= SIM_NEEDS | MAY_ALSO.get(name, set())


def test_run_uses_numba_for_its_version_only():
    used = {ast.unparse(n) for n in ast.walk(TREES["sim/run.py"]) if isinstance(n, ast.Attribute)}
    assert {u for u in used if u.startswith("numba")} == {"numba.__version__"}


@pytest.mark.parametrize("name", [n for n in SIM if n not in MESA_FACE])
def test_model_core_does_not_know_its_mesa_face(name):
    faces = {n.removesuffix(".py").replace("/", ".") for n in MESA_FACE}
    assert imported(TREES[name]) & faces == set()


@pytest.mark.parametrize("name", sorted(MESA_FACE))
def test_mesa_face_compiles_nothing(name):
    """Its rules would be tested nowhere: test_kernels leaves it out."""
    assert not {m for m in imported(TREES[name]) if m.startswith("sim.jit")}


def test_running_does_not_load_mesa():
    """Mesa 3.3.1 sets how the whole process starts others."""
    code = "import sys, sim.run, sim.indicators; sys.exit('mesa' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


@pytest.mark.parametrize("name", SIM)
def test_randomness_comes_from_addresses_alone(name):
    """`sim/model.py` may ask the system for a seed, once, when it is given none."""
    modules = imported(TREES[name])
    assert not {m for m in modules if m == "random" or m.startswith(("random.", "numpy.random"))}
    assert "secrets" not in modules or name == "sim/model.py"
    attributes = {ast.unparse(n) for n in ast.walk(TREES[name]) if isinstance(n, ast.Attribute)}
    assert attributes & {"np.random", "numpy.random", "os.urandom", "uuid.uuid1", "time.time"} == set()


@pytest.mark.parametrize("name", SIM)
def test_numba_is_used_without_the_flags_that_change_results(name):
    calls = [n for n in ast.walk(TREES[name]) if isinstance(n, ast.Call)]
    assert {k.arg for c in calls for k in c.keywords} & {"parallel", "fastmath"} == set()
    names = {n.id for n in ast.walk(TREES[name]) if isinstance(n, ast.Name)}
    attributes = {n.attr for n in ast.walk(TREES[name]) if isinstance(n, ast.Attribute)}
    assert "prange" not in names | attributes
    assert name == "sim/jit.py" or not {"njit", "jit", "vectorize"} & (names | attributes)


@pytest.mark.parametrize("name", FILES)
def test_files_are_short(name):
    assert len(FILES[name].read_text(encoding="utf-8").splitlines()) <= 300


# ---------------------------------------------------------------------------------------------------------------
# Mechanisms have one shape.


def test_every_mechanism_file_is_in_the_month_and_the_month_holds_nothing_else():
    assert sorted(m.__name__ for m in MONTH) == sorted(Path(name).stem for name in MECHANISMS)
    assert [m.__module__ for m in MONTH] == [f"sim.mechanisms.{m.__name__}" for m in MONTH]


@pytest.mark.parametrize("name", MECHANISMS)
def test_mechanisms_do_not_import_each_other(name):
    assert {m for m in imported(TREES[name]) if m.startswith("sim.mechanisms")} == set()


@pytest.mark.parametrize("mechanism", MONTH, ids=lambda m: m.__name__)
def test_mechanism_says_what_it_reads_writes_and_draws(mechanism):
    text = " ".join(importlib.import_module(mechanism.__module__).__doc__.split())
    title = text.split(":")[0]
    assert title == mechanism.__name__.capitalize() or title.split()[0].lower() == mechanism.__name__
    assert re.search(r"Reads .+?\. Writes .+?\. Draws .+?\.", text)


@pytest.mark.parametrize("mechanism", MONTH, ids=lambda m: m.__name__)
def test_mechanism_that_draws_says_so(mechanism):
    """The streams a file imports are those after "Draws"."""
    name = mechanism.__module__.replace(".", "/") + ".py"
    text = ast.get_docstring(TREES[name])
    streams = {m.split(".")[-1] for m in imported(TREES[name]) if re.fullmatch(r"sim\.draws\.[A-Z_]+", m)}
    said = set(
        re.findall(r"\b[A-Z_]{4,}\b", re.search(r"Draws (.*)", text, re.S).group(1).split("MODEL.md")[0])
    )
    if not streams:
        assert re.search(r"Draws nothing", text)
    assert streams <= said
    assert said - streams <= {"TRAITS", "HOST_TRAITS", "FAMILY"}  # drawn by `sim.population` and `sim.ties`


@pytest.mark.parametrize("mechanism", MONTH, ids=lambda m: m.__name__)
def test_mechanism_points_to_its_section_in_the_order_of_the_month(mechanism):
    text = importlib.import_module(mechanism.__module__).__doc__
    assert re.findall(r"MODEL\.md 7\.(\d+)", text) == [str(MONTH.index(mechanism) + 1)]


@pytest.mark.parametrize("name", MECHANISMS)
def test_mechanism_with_parameters_has_a_table_of_symbols(name):
    text, source = ast.get_docstring(TREES[name]), FILES[name].read_text(encoding="utf-8")
    assert ("| symbol | here |" in text) == ("w.parameters" in source)
    groups = {record.group for record in records().values()}
    table = "\n".join(line for line in text.splitlines() if line.startswith("|"))
    named = re.findall(r"\b([a-z]+)\.([a-z_]+)", table)
    assert [f"{g}.{n}" for g, n in named if g in groups and f"{g}.{n}" not in records()] == []


def test_every_symbol_stands_in_the_docstring_of_a_mechanism():
    """But for what people and hosts are born with and how places weigh; f_st stands for f_V1 to f_V4, and so on."""
    files = [*MECHANISMS, "sim/shocks.py", "sim/record.py"]
    words = set(re.findall(r"\w+", " ".join(ast.get_docstring(TREES[name]) for name in files)))
    born = {
        f"hosting.{n}"
        for n in ("host_share", "host_share_metro", "capacity", "capacity_spread", "understanding")
    }
    born |= {"openness.mean"} | {path for path, r in records().items() if r.group == "traits"}
    symbols = {
        path: re.sub(r"_(NV|V[1-4])$", "_st", r.symbol) for path, r in records().items() if path not in born
    }
    assert {
        path: s for path, s in symbols.items() if s not in words and records()[path].symbol not in words
    } == {}
