"""Changes to the state at the end of the burn-in that no lever or parameter can make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from sim.state import FREE, LATENT, ONLINE, State

Edit = Callable[[State], None]


def forget(state: State) -> None:
    """Wipe out ties without visits and sleeping ties."""
    t = state.ties
    gone = (t.stage == ONLINE) | (t.stage == LATENT)
    t.stage[gone] = FREE
    t.strength[gone] = 0.0
    t.host[gone] = -1


def show_weakness(openness: float, state: State) -> None:
    """Let hosts speak of so much of what they lack."""
    state.hosts.openness[:] = openness


def welcome(understanding: float, state: State) -> None:
    """Let residents everywhere understand people from elsewhere so well."""
    state.regions.understanding[:] = understanding


def welcome_here_and_there(state: State) -> None:
    """Let residents of every second region understand people from elsewhere well, those of the others badly."""
    state.regions.understanding[0::2] = 0.9
    state.regions.understanding[1::2] = 0.2


EDITS: Mapping[str, Edit] = {
    "forget": forget,
    "openness 0.05": partial(show_weakness, 0.05),
    "openness 0.475": partial(show_weakness, 0.475),
    "openness 0.9": partial(show_weakness, 0.9),
    "understanding 0.1": partial(welcome, 0.1),
    "understanding 0.2": partial(welcome, 0.2),
    "understanding 0.5": partial(welcome, 0.5),
    "understanding 0.55": partial(welcome, 0.55),
    "understanding 0.9": partial(welcome, 0.9),
    "understanding uneven": welcome_here_and_there,
}
