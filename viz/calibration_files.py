"""Tables and figures of a calibration as files of one name."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from experiments.files import reason, write_whole
from sim.errors import InputError
from viz import theme


def write(out: Path, name: str, table: pd.DataFrame, figure: Figure | None) -> None:
    """Write a table as CSV, with a mark by which spreadsheets know UTF-8, and its figure beside it.

    Raises:
        InputError: The folder cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        write_whole(out / f"{name}.csv", table.to_csv().encode("utf-8-sig"))
        if figure is not None:
            write_whole(out / f"{name}.png", theme.png(figure))
    except OSError as error:
        raise InputError(f"{out / name}: could not be written ({reason(error)}).") from None
