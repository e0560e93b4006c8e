"""Units of the stored columns, written into the Parquet files so that a reader needs no manual."""

from __future__ import annotations

PERSONS = "simulated persons (times persons_per_agent = real adults)"
TIES = "simulated ties (times persons_per_agent = real ties)"
HOSTS = "simulated hosts (times persons_per_agent = real hosts)"

_COMMON = {
    "scenario": "name",
    "seed": "number",
    "month": "month of the run, 1 = first",
    "year": "year of the run, 1 = first",
    "code": "code of the place",
    "home": "code of the place of residence",
    "place": "code of the place the tie leads to",
    "age": "months",
    "start": "type of tie at the start: 1 without visits, 2 hobby, 3 exchange, 4 work, 5 direct contribution",
    "near": "1 = within an hour",
    "alive": "share of ties",
    "indicator": "name",
    "value": "as in column unit",
    "unit": "text",
    "n": "seeds",
    "active": "1 active, 2 resting",
    "yen": "yen a month, for all real adults",
    "searchers": "simulated persons a month",
    "met": "simulated persons a month",
    "visits": "simulated visits a month",
    "load_hours": "hours a month, simulated hosts",
    "capacity_hours": "hours a month, simulated hosts",
    "open_slots": "roles, in simulated scale",
    "needs": "needs, in simulated scale",
    "capacity": "hours a month",
    "at_risk": TIES,
    "ended": TIES,
    "started": "simulated ties a month",
    "returned": "simulated ties a month",
    "reached36": "simulated ties a month",
    "latent": TIES,
    "home_ties": TIES,
    "people": PERSONS,
    "visiting": PERSONS,
    "nonvisiting": PERSONS,
    "indifferent": PERSONS,
    "direct_people": PERSONS,
    "hosts": HOSTS,
    "hosts_resting": HOSTS,
    "hosts_burnt": HOSTS,
    "exhaustion": "0-1, mean of hosts",
    "use": "load over usable hours",
    "meeting_chance": "probability",
    "slot_chance": "probability",
    "room": "0-1",
    "openness": "0-1",
    "wellbeing": "gains (0-1) of visiting people added up, simulated persons",
    "recommend": "recommenders less critics, simulated ties",
    "turned": "simulated ties a month",
    "moved": "simulated persons a month",
    "work": "working visits a month, in simulated scale",
    "diversity": "0-1",
    "spark": "0-1",
    "understanding": "0-1",
    "lead": "0-1",
    "outsiders": "share of the work, 0-1",
    "link": "0-1",
    "money": "yen per 5,000 adults",
    "service": "share of the full service, 0-1",
    "closed": "1 = closed for good",
    "own_feet": "months in a row without subsidy and debt",
    "review_moved": "share of the movable budget, 0-1",
    "gifts": "yen a month, for all real adults",
    "posts_city": "share of posts filled, 0-1",
    "posts_local": "share of posts filled, 0-1",
    **{f"{name}_{side}": "0-1" for name in ("motivation", "skill") for side in ("city", "local")},
}

_OWN = {
    ("hosts", "hours"): "hours in the last 12 months",
    ("hosts", "ties"): "ties with this host",
    ("flows", "ties"): TIES,
    ("months", "ended"): "simulated ties a month",
}


def unit_of(table: str, column: str) -> str:
    """Return the unit of a stored column in words."""
    if (table, column) in _OWN:
        return _OWN[table, column]
    if column.startswith("ties_"):
        return TIES
    if column.startswith("main_"):
        return PERSONS
    if table == "comparison":
        return _COMMON.get(column, "as in column unit")
    return _COMMON.get(column, "")
