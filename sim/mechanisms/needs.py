"""Needs: what a place lacks becomes open roles only when somebody says so (E20).

    W_r = mean of w_a (1 - B_a) over active hosts
    inflow = nu 4e-4 adults needs-shock (1 + k_sp (1 - mix) (5 [asked for most] - 1))
    D = om W N;   N' = [N (1 - d_N) + inflow (1 + k_ned a [disaster begins]) + k_un projects n5 / 5 - D]+
    K' = [K (1 - d_K) + D + roles n5 / 5 - taken - min(K / 2, k_w work) + k_S S participants]+
    expected searchers  D_s' = rho_D D_s + (1 - rho_D) searchers,   those online likewise

Needs that are not shown are given up (d_N); without that loss disclosure could not matter in the long run.

| symbol | here |
|---|---|
| N, K, D_s | regions.needs, slots, demand |
| om, nu, d_N, d_K, k_w | room.disclosure, inflow, giving_up, expiry, work_done |
| k_sp, k_un, k_S, S | room.speciality, unfinished, spark, chances.spark |
| mix, projects, roles | levels.recruit_mix, unfinished_projects, small_roles |
| k_ned, a, needs-shock | shock.needs, shocks.struck, shocks.inflow |
| rho_D | encounter.memory |
| W_r | openness_by_place() |

Reads regions, hosts, tally, census, levels, shocks. Writes regions.needs, slots, demand, demand_online, taken, expired. Draws nothing. MODEL.md 7.23.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import F64
from sim.jit import kernel
from sim.state import ACTIVE, SKILLS
from sim.world import World


@kernel
def mean_openness(lo, hi, host_starts, status, exhaustion, openness, out):
    """Fill W_r for places [lo, hi); 0 where nobody is active."""
    for r in range(lo, hi):
        total, n = 0.0, 0
        for a in range(host_starts[r], host_starts[r + 1]):
            if status[a] == ACTIVE:
                total += np.float64(openness[a]) * (1.0 - np.float64(exhaustion[a]))
                n += 1
        out[r] = total / n if n > 0 else 0.0


def openness_by_place(w: World) -> F64:
    """Return W_r (R,)."""
    h, out = w.state.hosts, np.zeros(len(w.places))
    mean_openness(0, len(out), w.geometry.host_starts, h.status, h.exhaustion, h.openness, out)
    return out


def needs(w: World) -> None:
    """Let needs arise, be shown, answered and given up."""
    p, reg, lv, n5 = w.parameters.room, w.state.regions, w.levels, w.geometry.units[:, None]
    shown = p.disclosure * openness_by_place(w)[:, None] * reg.needs
    arising = inflow(w)
    burst = arising * (w.parameters.shock.needs * w.shocks.struck)[:, None]
    projects = p.unfinished * lv.unfinished_projects[:, None] * n5 / SKILLS
    reg.needs[...] = np.maximum(reg.needs * (1.0 - p.giving_up) + arising + burst + projects - shown, 0.0)
    done = np.minimum(reg.slots / 2.0, p.work_done * w.tally.work / 2.0)
    withdrawn = p.expiry * reg.slots
    offered = lv.small_roles[:, None] * n5 / SKILLS
    thought_of = p.spark * w.chances.spark[:, None] * w.state.census.participants.sum(axis=1)
    slots = reg.slots - withdrawn + shown + offered - w.tally.taken - done + thought_of
    reg.slots[...] = np.maximum(slots, 0.0)
    remember = 1.0 - 1.0 / w.parameters.openness.window
    reg.taken[...] = remember * reg.taken + w.tally.taken.sum(axis=1)
    reg.expired[...] = remember * reg.expired + withdrawn.sum(axis=1)
    memory = w.parameters.encounter.memory
    reg.demand[...] = memory * reg.demand + (1.0 - memory) * w.tally.searchers
    reg.demand_online[...] = memory * reg.demand_online + (1.0 - memory) * w.tally.searchers_online


def inflow(w: World) -> F64:
    """Return the needs that arise this month, by place and skill (R, 5)."""
    p = w.parameters.room
    uneven = p.speciality * (1.0 - w.levels.recruit_mix)
    most = np.arange(SKILLS)[None, :] == w.geometry.needed[:, None]
    kinds = 1.0 + uneven[:, None] * (5.0 * most - 1.0)
    return p.inflow * 4e-4 * (w.geometry.adults * w.shocks.inflow)[:, None] * kinds
