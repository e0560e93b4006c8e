"""Changes to the state at the end of the burn-in that no lever or parameter can make."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sim.state import FREE, LATENT, ONLINE, State

Edit = Callable[[State], None]


def forget(state: State) -> None:
    """Wipe out ties without visits and sleeping ties."""
    t = state.ties
    gone = (t.stage == ONLINE) | (t.stage == LATENT)
    t.stage[gone] = FREE
    t.strength[gone] = 0.0
    t.host[gone] = -1


def close_up(state: State) -> None:
    """Leave people no openness to show their own weakness."""
    state.people.openness[:] = 0


def turn_away(state: State) -> None:
    """Set residents' understanding so low that outsiders' work is felt as interference."""
    state.regions.understanding[:] = 0.2


EDITS: Mapping[str, Edit] = {"forget": forget, "close up": close_up, "turn away": turn_away}
