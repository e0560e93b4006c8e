"""What is compared in a sweep, and with what it is paired.

With several scenarios, each is an alternative: it is compared at the same point of the design, and points are the
ensemble over which it must hold. With one scenario, the points themselves are the alternatives. Where the sweep was run
over the calibrated ensemble, its members are the repetitions, and seeds are averaged.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from experiments.compare import gaps, paired
from experiments.intervals import LEVEL, LUCK, MEMBERS, Spread, student_t
from experiments.sweep.worker import OK, columns
from sim.errors import InputError

MOST = 200
"""Alternatives that are compared one by one; a drawn design of one scenario has too many points for that."""


@dataclass(frozen=True, eq=False)
class Alternatives:
    """What is compared.

    Attributes:
        names: The alternatives; the first is what the others are compared with.
        figures: scenario (the alternative), seed (number of the repetition), indicator, value: one row for each
            repetition that every alternative has come through.
        over: What repetitions are: "members" of the calibrated ensemble, "seeds", or "points" where a design of
            parameters is the ensemble (with members, each point with each of them).
        dropped: Repetitions left out because an alternative has no result in them.
    """

    names: list[str]
    figures: pd.DataFrame
    over: str
    dropped: int

    @property
    def spread(self) -> Spread:
        """How repetitions are summed up."""
        return MEMBERS if self.over == "members" else LUCK


def repetition(runs: pd.DataFrame) -> str:
    """Return the column that tells repetitions of a point apart: members of the ensemble, or else seeds."""
    return "member" if len(runs["member"].unique()) > 1 else "seed"


def alternatives(runs: pd.DataFrame, factors: list[str]) -> Alternatives:
    """Return what is compared in a sweep.

    Args:
        runs: As `experiments.sweep.views.load` returns them.
        factors: Names of the factors, in the order of the design.

    Raises:
        InputError: Nothing can be compared: too many points of one scenario, or no complete repetition.
    """
    several = len(runs["scenario"].unique()) > 1
    points = runs["point"].nunique()
    table = runs.assign(alternative=runs["scenario"] if several else _labels(runs, factors))
    names = list(dict.fromkeys(table["alternative"]))
    if not several and points > MOST:
        raise InputError(
            f"{points} points of one scenario are too many to compare one by one; allowed: several scenarios, or at most {MOST} points."
        )
    over = "points" if several and points > 1 else f"{repetition(runs)}s"
    repeat = ["point", "member"] if over == "points" else [repetition(runs)]
    keys = ["point", "member", "seed"] if several else ["member", "seed"]
    good = table[table["status"] == OK]
    whole = good.groupby(keys)["alternative"].transform("nunique") == len(names)
    kept = good[whole]
    if kept.empty:
        raise InputError("no repetition has a result for everything compared; run the sweep again.")
    number = kept[repeat[0]] if len(repeat) == 1 else kept.groupby(repeat).ngroup()
    numbered = kept.assign(repetition=number)
    mean = numbered.groupby(["alternative", "repetition"], sort=False)[columns()].mean().reset_index()
    tidy = mean.melt(["alternative", "repetition"], columns(), "indicator", "value")
    tidy = tidy.rename(columns={"alternative": "scenario", "repetition": "seed"})
    dropped = len(table.drop_duplicates(keys)) - len(kept.drop_duplicates(keys))
    return Alternatives(names, tidy, over, dropped)


def effects(compared: Alternatives, level: float = LEVEL) -> pd.DataFrame:
    """Return paired differences from the first alternative.

    Returns:
        alternative, what `experiments.compare.paired` returns: a row an indicator, and one for the extra yen of an
        extra lasting tie; and up and down, the shares of repetitions in which the figure rises and falls.
    """
    base, *others = compared.names
    rows = [_effect(compared, base, other, level) for other in others]
    columns_ = ["alternative", "indicator", "base", "other", "difference", "low", "high", "n", "up", "down"]
    return pd.concat(rows, ignore_index=True)[columns_] if rows else pd.DataFrame(columns=columns_)


def _effect(compared: Alternatives, base: str, other: str, level: float) -> pd.DataFrame:
    found = paired(compared.figures, base, other, level, compared.spread).assign(alternative=other)
    wide = compared.figures.pivot_table(index="seed", columns=["indicator", "scenario"], values="value")
    gap = pd.DataFrame(
        {name: gaps(wide[name][base], wide[name][other]) for name in wide.columns.unique("indicator")}
    )
    return found.assign(
        up=found["indicator"].map((gap > 0.0).sum() / gap.notna().sum()),
        down=found["indicator"].map((gap < 0.0).sum() / gap.notna().sum()),
    )


def enough(compared: Alternatives, share: float = 0.1, level: float = LEVEL) -> pd.DataFrame:
    """Return how many repetitions show each difference to within a share of itself.

    Args:
        compared: What is compared; a single alternative is looked at by its own values.
        share: Half the width of the interval, as a share of the difference.
        level: Share of intervals that cover the true difference.

    Returns:
        alternative, indicator, n (now), needed. Needed is 0 where the spread is none, and -1 where the difference cannot
        be told from zero yet, so that no number would mean anything.
    """
    wide = compared.figures.pivot_table(
        index="seed", columns=["scenario", "indicator"], values="value", sort=False
    )
    base, *others = compared.names
    rows = []
    for name in others or [base]:
        for indicator in columns():
            if indicator not in wide[name]:
                continue
            values = wide[name][indicator] - (wide[base][indicator] if others else 0.0)
            rows.append(
                (name, indicator, int(values.notna().sum()), needed(values.dropna().to_numpy(), share, level))
            )
    return pd.DataFrame(rows, columns=["alternative", "indicator", "n", "needed"])


def needed(values: np.ndarray, share: float, level: float = LEVEL) -> int:
    """Return the smallest sample whose interval for the mean is within a share of the mean, by the spread of this one."""
    if len(values) < 2:
        return -1
    spread, goal = float(values.std(ddof=1)), share * abs(float(values.mean()))
    if spread <= 1e-12 * max(abs(float(values.mean())), 1e-300):
        return 0
    if student_t(level, len(values) - 1) * spread / np.sqrt(len(values)) >= abs(float(values.mean())):
        return -1
    n = 2
    while student_t(level, n - 1) * spread / np.sqrt(n) > goal:
        # The last steps one by one, the first ones by the normal law, which is a little too hopeful.
        n = max(n + 1, min(int((student_t(level, n - 1) * spread / goal) ** 2 * 0.9), 2 * n))
    return n


def front(compared: Alternatives, load: str = "host_use") -> pd.DataFrame:
    """Return which alternatives no other beats in yen and lasting ties, or in yen and load, at once.

    Returns:
        alternative, yen_total, lasting_ties, the load (means), ties_front, load_front (true on the front).
    """
    means = compared.figures.groupby(["scenario", "indicator"])["value"].mean().unstack()  # noqa: PD010
    table = (
        means.loc[compared.names, ["yen_total", "lasting_ties", load]]
        .rename_axis("alternative")
        .reset_index()
    )
    table.columns.name = None
    yen = table["yen_total"].to_numpy()
    table["ties_front"] = unbeaten(yen, -table["lasting_ties"].to_numpy())
    table["load_front"] = unbeaten(yen, table[load].to_numpy())
    return table


def unbeaten(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return where no other point is at most as large in both, and smaller in one (n,)."""
    with np.errstate(invalid="ignore"):
        as_good = (a[None, :] <= a[:, None]) & (b[None, :] <= b[:, None])
        better = (a[None, :] < a[:, None]) | (b[None, :] < b[:, None])
    return np.asarray(~(as_good & better).any(axis=1) & np.isfinite(a) & np.isfinite(b))


def ranks(compared: Alternatives, indicator: str, better: str) -> pd.DataFrame:
    """Return how often each alternative takes each rank over the repetitions.

    Args:
        compared: What is compared.
        indicator: By which it is ranked.
        better: "up" or "down": which way is good.

    Returns:
        alternative, rank (1 is best), share (0-1); the alternatives in the order of their mean rank.
    """
    rows = compared.figures[compared.figures["indicator"] == indicator]
    wide = rows.pivot_table(index="seed", columns="scenario", values="value", sort=False)[
        compared.names
    ].dropna()
    order = wide.rank(axis=1, ascending=better == "down", method="first")
    best = list(order.mean().sort_values(kind="stable").index)
    share = [
        (name, rank, float((order[name] == rank).mean())) for name in best for rank in range(1, len(best) + 1)
    ]
    return pd.DataFrame(share, columns=["alternative", "rank", "share"])


def _labels(runs: pd.DataFrame, factors: list[str]) -> list[str]:
    """Return what tells points apart: the factors that vary, with their values."""
    varied = [name for name in factors if len(runs[name].unique()) > 1]
    rows = runs[["point", *varied]].itertuples(index=False, name=None)
    # The number of the point, too: a table may hold the same values twice.
    return [
        f"{point}: " + ", ".join(_word(*pair) for pair in zip(varied, values, strict=True))
        for point, *values in rows
    ]


def _word(name: str, value: object) -> str:
    return f"{name}={value:g}" if isinstance(value, float) else f"{name}={value}"
