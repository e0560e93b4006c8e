"""Sweep files: read and checked from the first line to the last."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from experiments.ensemble import DEFAULT_WORLD, WORLDS
from experiments.sweep.designs import DESIGNS, DRAWN
from experiments.sweep.ensembles import over_ensemble
from experiments.sweep.factors import Factor, Value
from experiments.sweep.file_factors import factor, table
from experiments.sweep.plan import MAX_RUNS, Plan, refuse_huge
from scenarios.checks import listing, mapping, refused, text, whole, within
from scenarios.loader import MAX_BURN_IN, MAX_MONTHS, MAX_NAME, MAX_WEIGHT, load, named
from scenarios.places import load_places
from scenarios.sources import PRESETS
from scenarios.text_file import decode, read_text, shown
from scenarios.yaml_text import Item, parse
from sim.errors import InputError, unknown
from sim.places import Places
from sim.scenario import Measure, Scenario
from sim.shocks import Shock

KIND = "sweep"
KEYS = (
    "name", "title", "scenario", "scenarios", "places", "persons_per_agent", "months", "burn_in",
    "design", "size", "levels", "table", "factors", "replicates", "seed", "ensemble", "world", "time_limit",
)  # fmt: skip
MAX_BYTES = 1_000_000
MAX_FACTORS = 100
MAX_SEED = 2**53
SECONDS_A_RUN = 3_600.0


def names() -> list[str]:
    """Return the names of the packaged sweeps."""
    folder = files("experiments") / "sweeps"
    return sorted(
        entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml")
    )


def read(name_or_path: str) -> Plan:
    """Return the sweep of a packaged name or a YAML file.

    Raises:
        InputError: There is no such sweep, or something in it cannot be used.
    """
    if name_or_path in names():
        data = (files("experiments") / "sweeps" / f"{name_or_path}.yaml").read_bytes()
        return plan(decode(data, f"{name_or_path}.yaml", "sweep file"), f"{name_or_path}.yaml", Path())
    path = Path(name_or_path)
    if "\0" in name_or_path or not path.exists():
        raise unknown("sweep", "sweep", shown(name_or_path), [*names(), "the path of a .yaml file"])
    return plan(read_text(path, MAX_BYTES, "sweep file"), shown(path), path.parent)


def plan(yaml_text: str, file: str, folder: Path) -> Plan:
    """Return the sweep that a YAML text holds.

    Args:
        yaml_text: The text.
        file: What to call it in messages.
        folder: Where its paths start.

    Raises:
        InputError: Something in it cannot be used.
    """
    root = parse(yaml_text, file, KIND)
    e = mapping(root, "a sweep", KEYS)
    if "name" not in e:
        raise InputError(
            f"{root.where}: the sweep has no name; allowed: name: and at most {MAX_NAME} letters."
        )
    scenarios, places = _scenarios(e, root, folder)
    design = _design(e, root)
    levels = whole(e["levels"], "levels", "values a factor", 2, 1_000) if "levels" in e else 4
    factors, rows = _factors(e, design, scenarios, places, folder, root)
    title_ja, title_en = _title(e)
    found = Plan(
        name=named(e["name"]),
        title_ja=title_ja,
        title_en=title_en,
        scenarios=scenarios,
        places=places,
        design=design,
        factors=factors,
        size=_size(e, design, root),
        levels=levels,
        table=rows,
        replicates=whole(e["replicates"], "replicates", "runs", 1, 10_000) if "replicates" in e else 1,
        seed=whole(e["seed"], "seed", "number", 0, MAX_SEED) if "seed" in e else 1,
        limit=within(e["time_limit"], "time_limit", "seconds a run", 0.1, 1e7)
        if "time_limit" in e
        else SECONDS_A_RUN,
        text=yaml_text,
    )
    refuse_huge(found, root.where)
    if design == "morris" and levels % 2:
        raise InputError(f"{root.where}: levels is {levels}; allowed: an even number for morris.")
    return _over_ensemble(found, e)


def _over_ensemble(found: Plan, e: dict[str, Item]) -> Plan:
    if "ensemble" in e:
        world = _wave(e["world"]) if "world" in e else DEFAULT_WORLD
        members = whole(e["ensemble"], "ensemble", "members of the ensemble", 1, MAX_RUNS)
        return over_ensemble(found, members, world, e["ensemble"].where)
    if "world" in e:
        raise refused(e["world"], "world", "of no use without an ensemble", "ensemble: N beside it")
    return found


def _title(e: dict[str, Item]) -> tuple[str, str]:
    if "title" not in e:
        return "", ""
    item = e["title"]
    if item.kind != "mapping":
        return text(item, "title", 200), text(item, "title", 200)
    both = mapping(item, "title", ("ja", "en"))
    said = {lang: text(word, f"title ({lang})", 200) for lang, word in both.items()}
    return said.get("ja", said.get("en", "")), said.get("en", said.get("ja", ""))


def _scenarios(e: dict[str, Item], root: Item, folder: Path) -> tuple[tuple[Scenario, ...], Places]:
    if ("scenario" in e) == ("scenarios" in e):
        raise InputError(
            f"{root.where}: a sweep has either scenario: (one) or scenarios: (a list to compare)."
        )
    items = [e["scenario"]] if "scenario" in e else listing(e["scenarios"], "scenarios", "scenarios")
    if not items:
        raise refused(e["scenarios"], "scenarios", "an empty list", "packaged names or paths")
    loaded = [_loaded(item, e, folder) for item in items]
    first = loaded[0][1]
    seen: dict[str, Item] = {}
    for item, (scenario, places) in zip(items, loaded, strict=True):
        if scenario.name in seen:
            raise refused(item, "scenarios", f"'{scenario.name}' a second time", "different names")
        if places.digest != first.digest:
            raise refused(
                item, "scenarios", f"'{scenario.name}' on other places", "the same places for all (places:)"
            )
        seen[scenario.name] = item
    return tuple(s for s, _ in loaded), first


def _loaded(item: Item, e: dict[str, Item], folder: Path) -> tuple[Scenario, Places]:
    name = text(item, "scenario", 1_000)
    scenario = load(name if name in PRESETS else folder / name)
    changes: dict[str, object] = {}
    if "places" in e:
        changes["places"] = text(e["places"], "places", 1_000)
    places = load_places(str(changes.get("places", scenario.places)), (e.get("places") or item).where)
    if "persons_per_agent" in e:
        top = min(float(MAX_WEIGHT), float(places.adults.sum()))
        changes["persons_per_agent"] = within(
            e["persons_per_agent"], "persons_per_agent", "adults for one simulated person", 1, top
        )
    if "months" in e:
        changes["months"] = whole(e["months"], "months", "months", 1, MAX_MONTHS)
    if "burn_in" in e:
        changes["burn_in"] = whole(e["burn_in"], "burn_in", "months", 0, MAX_BURN_IN)
    ready = scenario.model_copy(update=changes)
    every: list[Measure | Shock] = [*ready.measures, *ready.shocks]
    for of in every:
        if of.first > ready.months:
            raise refused(
                item, "scenario", f"'{name}', which moves something in month {of.first}", "more months:"
            )
        for code in of.places or ():
            if code not in places.code:
                raise unknown(f"{item.where}: '{name}' on '{places.name}'", "place", code, places.code)
    return ready, places


def _design(e: dict[str, Item], root: Item) -> str:
    if "design" not in e:
        raise InputError(
            f"{root.where}: the sweep has no design; allowed: design: and one of {', '.join(DESIGNS)}."
        )
    found = text(e["design"], "design", 20)
    if found not in DESIGNS:
        raise unknown(e["design"].where, "design", shown(found), DESIGNS)
    return found


def _size(e: dict[str, Item], design: str, root: Item) -> int:
    if design not in DRAWN:
        if "size" in e:
            raise refused(
                e["size"], "size", f"of no use in a {design} design", f"size: with {', '.join(DRAWN)}"
            )
        return 0
    if "size" not in e:
        raise InputError(f"{root.where}: a {design} design has no size; allowed: size: and a whole number.")
    size = whole(e["size"], "size", "points, base samples or trajectories", 2, MAX_RUNS)
    if design == "sobol" and size & (size - 1):
        raise refused(e["size"], "size", str(size), "a power of two for sobol (64, 128, 256, ...)")
    return size


def _wave(item: Item) -> str:
    wave = str(item.value) if type(item.value) is int else text(item, "world", 20)
    if wave not in WORLDS:
        raise unknown(item.where, "world", wave, WORLDS)
    return wave


def _factors(
    e: dict[str, Item], design: str, scenarios: tuple[Scenario, ...], places: Places, folder: Path, root: Item
) -> tuple[tuple[Factor, ...], tuple[tuple[Value, ...], ...]]:
    if (design == "table") != ("table" in e):
        raise InputError(f"{root.where}: design: table and table: FILE.csv belong together.")
    if design == "table":
        if "factors" in e:
            raise refused(e["factors"], "factors", "given beside a table", "the columns of the table alone")
        return table(text(e["table"], "table", 1_000), e["table"], scenarios, places, folder)
    items = listing(e["factors"], "factors", "factors") if "factors" in e else []
    if len(items) > MAX_FACTORS or (not items and design != "factorial"):
        raise InputError(
            f"{root.where}: {len(items)} factors; allowed: 1 to {MAX_FACTORS} for a {design} design."
        )
    found = [factor(item, scenarios, places, design) for item in items]
    for item, one in zip(items, found, strict=True):
        if [f.name for f in found].count(one.name) > 1:
            raise refused(item, "factor", f"'{one.name}', given twice", "each factor once")
    return tuple(found), ()
