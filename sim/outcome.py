"""What a run leaves behind: plain columns with their provenance.

Counts are in simulated persons and ties; one of them stands for `persons_per_agent` real ones
(provenance). Types of tie are numbered as in `sim.state`: 1 without visits, 2 hobby, 3 exchange,
4 work, 5 direct contribution.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Table = dict[str, NDArray[Any]]

TYPES = ("online", "hobby", "exchange", "work", "direct")
"""Names of the live types of tie, 1 to 5, as used in column names."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """Tables of one run.

    Attributes:
        months: One row a month (1..T) and place, month-major. Columns:
            month, place (index), people, visiting (residents with a tie that brings visits),
            nonvisiting (residents with only ties without visits), indifferent (interest under 0.2),
            main_hobby, main_exchange, main_work, main_direct (visiting residents by the type of their
            strongest visiting tie), direct_people (residents with at least one tie of direct
            contribution), ties_online, ties_hobby, ties_exchange, ties_work, ties_direct, latent
            (ties that lead to the place), home_ties (visiting ties of residents), wellbeing (gain of visiting
            residents, summed), ties_near, ties_roots, ties_short (visiting ties to the place: within an hour, with
            family or former home, of short-lived helpers), ties_community (ties without visits that are a
            community), recommend (visiting ties of recommenders less critics), reached36 (ties to
            the place that began as visiting ones and pass their 36th month this month), searchers, met, started,
            returned, ended, turned (ties without visits that led to visits), moved (people who moved in), visits,
            work (working visits), load_hours, capacity_hours, hosts (active or resting), hosts_resting,
            hosts_burnt, exhaustion (mean of hosts), use (mean load over usable capacity), open_slots,
            needs, meeting_chance, slot_chance, room, openness, diversity, spark, understanding, lead (of
            residents), outsiders (share of the work done by people from elsewhere), posts_city, posts_local,
            motivation_city, motivation_local, skill_city, skill_local, link (guides), money (yen per 5,000 adults),
            service, closed, own_feet (months; private body), review_moved (share of the movable budget), gifts
            (yen, for all real ties without visits), yen (for all real adults).
        spells: Life of ties by year of the run (1..), start (type at the start, 1..5), near (1 within
            an hour), age (months, last open): at_risk, ended. Rows with nobody at risk are left out.
        hosts: One row a host place at the end: place, hours (in the last 12 months), capacity (hours a
            month), exhaustion, ties, active (1 active, 2 resting; empty places are left out).
        flows: One row a pair of places at the end: home, place, people (residents whose strongest
            visiting tie leads there), ties (visiting ties). Empty pairs are left out.
        provenance: Scenario content and digest, seed, places' digest, code hash, versions.
    """

    months: Table
    spells: Table
    hosts: Table
    flows: Table
    provenance: dict[str, Any]

    @property
    def tables(self) -> dict[str, Table]:
        """All tables by name."""
        return {"months": self.months, "spells": self.spells, "hosts": self.hosts, "flows": self.flows}

    @property
    def digest(self) -> str:
        """SHA-256 over the names, types and bytes of all columns of all tables."""
        sha = hashlib.sha256()
        for name, table in self.tables.items():
            for column, values in table.items():
                sha.update(json.dumps([name, column, values.dtype.str, len(values)]).encode())
                sha.update(np.ascontiguousarray(values).tobytes())
        return sha.hexdigest()
