"""Guiding: guides are encouraged or worn out, trained, lost and followed, and get to know each other (E24).

    m' = m + a_m (m_0 - m) + r_m (recognition / 5 + success - s_G) - o_m [introductions / (kappa n5 guides F) - b_G]+
    lost = v_0 + v_m (1 - m)^2
    z' = z + l_z days / 12 (1 - z) - d_z z - lost [z - z_n]+;     F' = F + r_F (1 - F) - lost F;     all within 0-1
    chi' = chi + k_chi meetings / 12 (1 - chi) - d_chi chi

for the city side and the local side; introductions = p_G D, success = roles taken over people met this month.

| symbol | here |
|---|---|
| m, z, F, chi | regions.motivation, guide_skill, posts, link |
| a_m, m_0, r_m, s_G, o_m, b_G | guides.back, usual, encouragement, hoped, overload, bearable |
| l_z, d_z, z_n | guides.training, forgetting, novice |
| v_0, v_m, r_F | guides.leaving, leaving_low, recruiting |
| k_chi, d_chi | guides.meetings, drifting |
| recognition, days, meetings | levels.guide_recognition, guide_training, guide_meetings |
| introductions | chances.introductions |

Reads tally, chances, levels, regions. Writes regions.motivation, guide_skill, posts, link. Draws nothing. MODEL.md 7.27.
"""

from __future__ import annotations

import numpy as np

from sim.arrays import F64
from sim.world import World


def guiding(w: World) -> None:
    """Let guides change."""
    p, reg, lv = w.parameters.guides, w.state.regions, w.levels
    met, taken = w.tally.met, w.tally.taken.sum(axis=1)
    success = np.divide(taken, met, out=np.zeros(len(met)), where=met > 0)
    spirits = (lv.guide_recognition / 5.0 + success - p.hoped)[:, None]
    crowded = np.maximum(load(w) - p.bearable, 0.0)
    m, z, filled = reg.motivation, reg.guide_skill, reg.posts
    lost = p.leaving + p.leaving_low * (1.0 - m) * (1.0 - m)
    learnt = p.training * (lv.guide_training / 12.0)[:, None] * (1.0 - z)
    z_next = z + learnt - p.forgetting * z - lost * np.maximum(z - p.novice, 0.0)
    m_next = m + p.back * (p.usual - m) + p.encouragement * spirits - p.overload * crowded
    filled[...] = np.clip(filled + p.recruiting * (1.0 - filled) - lost * filled, 0.0, 1.0)
    m[...] = np.clip(m_next, 0.0, 1.0)
    z[...] = np.clip(z_next, 0.0, 1.0)
    reg.link[...] += p.meetings * lv.guide_meetings / 12.0 * (1.0 - reg.link) - p.drifting * reg.link


def load(w: World) -> F64:
    """Return introductions asked of a guide in post, relative to what one can do, by side (R, 2)."""
    can = w.parameters.encounter.guide_contacts * w.geometry.units
    posts = np.stack([w.levels.guides_city, w.levels.guides_local], axis=1) * w.state.regions.posts
    capacity = can[:, None] * posts
    asked = np.broadcast_to(w.chances.introductions[:, None], capacity.shape)
    return np.divide(asked, capacity, out=np.zeros_like(capacity), where=capacity > 0.0)
