"""What a sweep has found, as tables: for pandas, and for SQL."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from experiments.sweep import parts
from experiments.sweep.folder import DESIGN, manifest
from experiments.sweep.worker import FAILED, columns
from sim.errors import InputError


def load(folder: Path) -> pd.DataFrame:
    """Return what a sweep has found, a row a cell of its design.

    Returns:
        point, member, scenario, seed, key, the factors, status ("ok", "failed", or "missing" in an unfinished sweep), cause,
        digest, and the figures in the unit of their record; NaN where a run failed or a figure has no meaning.

    Raises:
        InputError: It is no folder of a sweep, or a part is damaged.
    """
    manifest(folder)
    design = pq.read_table(folder / DESIGN).to_pandas()
    rows = parts.read(folder).drop_columns(["code"]).to_pandas()
    whole = design.merge(rows, on="key", how="left")
    whole["status"] = whole["status"].fillna("missing")
    return whole.fillna({"cause": "", "digest": ""})


def query(folder: Path, sql: str) -> pd.DataFrame:
    """Return the answer to a question in SQL (DuckDB).

    Views: `runs`, as `load` returns it; `failures`, its rows without a result; `indicators`, a row a run and figure
    (point, member, scenario, seed, indicator, value). The question can read nothing else, and change nothing.

    Raises:
        InputError: It is no folder of a sweep, or the question cannot be answered.
    """
    import duckdb

    whole = pa.Table.from_pandas(load(folder), preserve_index=False)
    figures = ", ".join(f'"{name}"' for name in columns())
    with duckdb.connect(":memory:") as base:
        base.register("runs", whole)
        base.execute(f"create view failures as select * from runs where status = '{FAILED}'")
        base.execute(
            "create view indicators as select point, member, scenario, seed, indicator, value from "
            f"(unpivot runs on {figures} into name indicator value value)"
        )
        # A question copied from somewhere must not read or write files.
        base.execute("set enable_external_access = false")
        base.execute("set lock_configuration = true")
        try:
            return base.execute(sql).df()
        except duckdb.Error as error:
            said = " ".join(str(error).split("\n")[0].split())
            raise InputError(
                f"query: {said}; allowed: SQL on the views runs, failures and indicators."
            ) from None
