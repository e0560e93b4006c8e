"""Organising: a private body runs a hub, helps and shares the hosting as far as its accounts allow (E25).

    income = a (y_V visits + y_NV / 12 supporters) / n5 + 1000 / 12 fees a participants / n5
    full = a c_O 1e6 / 12,   cost = full (phi_F + (1 - phi_F) sv),   money' = money + 1e6 / 12 subsidy + income - cost
    closed for good at money' < -t_cl full;  sv falls by s_fal in debt, rises by s_ris above a month's cost

On its own feet (自走) is a body that has earned its cost for 24 months without subsidy and without debt. Where there is no body (any more)
the accounts stand still; closed is closed.

| symbol | here |
|---|---|
| a, subsidy, fees | levels.organisation, subsidy, fees |
| c_O, phi_F, y_V, y_NV | organisation.cost, fixed, visit_yen, supporter_yen |
| s_fal, s_ris, t_cl | organisation.shrinking, growing, patience |
| k_OH, k_Omu, k_Olam | organisation.hub, help, sharing |
| money, sv | regions.money, regions.service |

Reads census, regions, levels. Writes regions.money, service, closed, own_feet, levels.hub, intermediary, coordination.
Draws nothing. MODEL.md 7.4.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import F64
from sim.levers import levers
from sim.state import ONLINE
from sim.world import World


def organising(w: World) -> None:
    """Let private bodies earn, shrink, grow or close, and set this month's levels."""
    p, lv, reg = w.parameters.organisation, w.levels, w.state.regions
    size = lv.organisation
    full = size * p.cost * 1e6 / 12.0
    cost = full * (p.fixed + (1.0 - p.fixed) * reg.service)
    earned = income(w)
    money = reg.money + 1e6 / 12.0 * lv.subsidy + earned - cost
    runs = size > 0.0
    open_ = runs & (reg.closed == 0)
    fails = open_ & (money < -p.patience * full)
    alive = open_ & ~fails
    service = np.where(
        money < 0.0,
        np.maximum(reg.service - p.shrinking, 0.0),
        np.where(money > cost, np.minimum(reg.service + p.growing, 1.0), reg.service),
    )
    stands = alive & (lv.subsidy == 0.0) & (money >= 0.0) & (earned >= cost)
    reg.own_feet[...] = np.where(stands, reg.own_feet + 1, 0)
    reg.closed[...] = (reg.closed > 0) | fails
    reg.money[...] = np.where(alive, money, np.where(fails, 0.0, reg.money))
    reg.service[...] = np.where(alive, service, np.where(fails, 0.0, reg.service))
    serve(w, np.where(alive, size * reg.service, 0.0))


def income(w: World) -> F64:
    """Return what a body earns a month from visits, supporters and participants, yen per 5,000 adults (R,)."""
    p, lv, census, n5 = w.parameters.organisation, w.levels, w.state.census, w.geometry.units
    participants = census.participants.sum(axis=(1, 2))
    earned = lv.organisation * (
        p.visit_yen * w.state.regions.visited + p.supporter_yen / 12.0 * census.stages[:, ONLINE]
    )
    earned += 1000.0 / 12.0 * lv.fees * lv.organisation * participants
    return np.divide(earned, n5, out=np.zeros_like(earned), where=n5 > 0.0)


def serve(w: World, service: F64) -> None:
    """Add what the bodies do to the levels of the month, within the levers' ranges."""
    p, lv = w.parameters.organisation, w.levels
    w.levels = lv._replace(
        hub=np.minimum(lv.hub + p.hub * service, levers()["hub"].high),
        intermediary=np.minimum(lv.intermediary + p.help * service, levers()["intermediary"].high),
        coordination=np.minimum(lv.coordination + p.sharing * service, levers()["coordination"].high),
    )
