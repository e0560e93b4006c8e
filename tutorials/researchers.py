# %% [markdown]
# # Kakawari for researchers
#
# From a question to a result with an interval, to the model month by month, to a sweep that says which assumption
# decides. Every cell runs in seconds at this size; raise the numbers in the first cell for figures to publish.
# Open this file as a notebook in any editor that knows `# %%` cells, or run it as it is.

# %%
# ruff: noqa: B018, D100 - a name alone on a line shows itself in a notebook
import tempfile
from pathlib import Path

from experiments.analysis.sensitivity import morris
from experiments.sweep.engine import sweep
from experiments.sweep.file import plan
from experiments.sweep.local import Local
from experiments.sweep.views import load as runs_of
from scenarios import load, load_places
from sim.model import RelationalPopulation
from viz.notebook import ask, draw

PERSONS_PER_AGENT = 5_000
MONTHS = 120
REPLICATES = 8
TRAJECTORIES = 6

# %% [markdown]
# ## 1. Two scenarios with the same luck
#
# Every random number has an address (seed, stream, month, person), so that both scenarios meet the same luck and their
# difference is paired seed by seed: the interval is narrower than that of either mean.

# %%
answer = ask("baseline", "care", replicates=REPLICATES, months=MONTHS, persons_per_agent=PERSONS_PER_AGENT)
answer

# %%
answer.plot("ties")

# %% [markdown]
# All tables are pandas frames: `months`, `spells`, `hosts`, `flows`, `persistence`, `indicators`, `comparison`.

# %%
comparison = answer.results.comparison.set_index("indicator")
comparison.loc[["lasting_ties", "host_use"], ["base", "other", "difference", "low", "high"]]

# %% [markdown]
# ## 2. The same model as a `mesa.Model`
#
# Levers are keywords: what is added to today's level everywhere. Regions, hubs, guides and events are agents; people
# are rows of columns that can be selected and grouped.

# %%
model = RelationalPopulation(
    places=load_places("prefectures"),
    rng=1,
    persons_per_agent=PERSONS_PER_AGENT,
    months=MONTHS,
    burn_in=24,
    hub=0.5,
)
model.run_for(12)
model

# %%
draw(model)

# %%
model.datacollector.get_model_vars_dataframe().tail(3)

# %% [markdown]
# ## 3. Which assumption decides?
#
# A sweep is a file. Morris' design moves one factor at a time along random paths and says how far a figure moves, and
# whether a factor works together with others. `kakawari sweep FILE` runs the same file, on many cores or machines,
# and goes on where it stopped.

# %%
SWEEP = f"""
name: what-decides
scenario: typical_regions
persons_per_agent: {PERSONS_PER_AGENT}
months: {MONTHS}
burn_in: 24
design: morris
size: {TRAJECTORIES}
factors:
  - {{factor: search.rate}}
  - {{factor: newtie.exchange}}
  - {{factor: hub.amount}}
"""
design = plan(SWEEP, "what-decides.yaml", Path())

with tempfile.TemporaryDirectory() as folder:
    summary = sweep(design, Path(folder) / "what-decides", Local(2))
    runs = runs_of(Path(folder) / "what-decides")

# %%
effects = morris(runs, [factor.name for factor in design.factors], "visiting_share", design.levels)
effects[["factor", "effect", "low", "high", "spread"]].sort_values("effect", ascending=False)

# %% [markdown]
# ## 4. What to write in the paper
#
# The scenario, the places, the seeds and the code are known by hashes; `MODEL.md` is the ODD protocol, with the status
# (measured, fitted or assumed) of every parameter.

# %%
{key: answer.results.manifest[key] for key in ("seeds", "code_hash", "places", "versions")}

# %%
load("care").title_en
