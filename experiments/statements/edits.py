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


def show_little(state: State) -> None:
    """Let hosts speak of little that they lack."""
    state.hosts.openness[:] = 0.05


def show_half(state: State) -> None:
    """Let hosts speak of half of what they lack."""
    state.hosts.openness[:] = 0.475


def show_all(state: State) -> None:
    """Let hosts speak of nearly all that they lack."""
    state.hosts.openness[:] = 0.9


def welcome_here_and_there(state: State) -> None:
    """Let residents of every second region understand people from elsewhere well, those of the others badly."""
    state.regions.understanding[0::2] = 0.9
    state.regions.understanding[1::2] = 0.2


def welcome_alike(state: State) -> None:
    """Let residents of all regions understand people from elsewhere alike."""
    state.regions.understanding[:] = 0.55


def turn_away(state: State) -> None:
    """Set residents' understanding so low that outsiders' work is felt as interference."""
    state.regions.understanding[:] = 0.2


EDITS: Mapping[str, Edit] = {
    "forget": forget,
    "close up": close_up,
    "show little": show_little,
    "show half": show_half,
    "show all": show_all,
    "welcome here and there": welcome_here_and_there,
    "welcome alike": welcome_alike,
    "turn away": turn_away,
}
