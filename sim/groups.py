"""The values of the parameters, one `NamedTuple` a mechanism; they go to the Numba kernels as they are.

Units, ranges, sources and meanings are in `data/parameters.csv`, symbols in MODEL.md.
"""

from __future__ import annotations

from typing import NamedTuple


class Traits(NamedTuple):
    """What a person is born with (MODEL.md 5)."""

    indifferent_part: float
    indifferent_shape: float
    interested_a: float
    interested_b: float
    mobility_spread: float
    turnover: float


class Interest(NamedTuple):
    """How interest rises and falls (E1)."""

    forgetting: float
    peers: float
    first_meeting: float


class Search(NamedTuple):
    """How people look for a place and which they choose (E2, E3)."""

    rate: float
    reinforcement: float
    metro: float
    distance: float
    rural_pull: float
    peer_choice: float
    online_rate: float
    online_chance: float


class Encounter(NamedTuple):
    """How a searcher meets somebody of the place (E4, E5)."""

    chance: float
    guide_contacts: float
    guide_link: float
    hub_contacts: float
    event_seats: float
    guide_yield: float
    hub_yield: float
    event_yield: float
    memory: float


class Room(NamedTuple):
    """Needs, their disclosure and open slots: the room for involvement (E6, E20)."""

    inflow: float
    disclosure: float
    giving_up: float
    expiry: float
    slot_crowding: float
    participant_crowding: float
    work_done: float


class NewTie(NamedTuple):
    """What a meeting turns into (E7)."""

    exchange: float
    work: float
    strength: float
    online_strength: float


class Visit(NamedTuple):
    """How often a tie brings a visit (E8)."""

    hobby: float
    exchange: float
    work: float
    direct: float
    distance: float
    event_draw: float
    online_contact: float


class Load(NamedTuple):
    """Host hours that a visit costs (E9)."""

    hobby: float
    exchange: float
    work: float
    direct: float
    unmatched: float
    event_overhead: float
    experience: float
    shared_doing: float
    shared_saving: float


class Hosting(NamedTuple):
    """Hosts, their hours and who is asked (E10, E11)."""

    host_share: float
    host_share_metro: float
    capacity: float
    capacity_spread: float
    popularity: float
    welcome_share: float
    understanding: float


class Strength(NamedTuple):
    """How a tie deepens and fades (E12, E13)."""

    gain: float
    online_gain: float
    decay: float
    quality_online: float
    quality_hobby: float
    quality_exchange: float
    quality_work: float
    quality_direct: float
    weakness_bonus: float


class Leaving(NamedTuple):
    """How a tie ends (E14)."""

    online: float
    hobby: float
    exchange: float
    work: float
    direct: float
    life_event: float
    strong_ties: float
    poor_attention: float
    tired_host: float
    no_room: float
    near: float
    step_down: float


class Deepening(NamedTuple):
    """Steps up and down between types of tie (E15)."""

    hobby_to_exchange: float
    exchange_to_direct: float
    exchange_to_work: float
    online_to_visit: float
    event_exposure: float
    down_exchange: float
    down_involved: float


class Latent(NamedTuple):
    """Ties that sleep, return or are forgotten (E16)."""

    kept: float
    spontaneous: float
    reminded: float
    forgotten: float


class Burnout(NamedTuple):
    """How hosts tire and recover (E18)."""

    tiring: float
    recovery: float
    steepness: float
    lost_capacity: float


class Succession(NamedTuple):
    """Hosts who rest, stop and are followed by others; ties handed over (E19)."""

    withdrawal: float
    withdrawal_tired: float
    rest_above: float
    back_below: float
    recruitment: float
    handed_over: float
    relief: float
    relief_above: float
    handover_loss: float


class Openness(NamedTuple):
    """Weakness that hosts show, and what becomes of it (E21)."""

    mean: float
    learning: float
    tired_silence: float
    window: float


class Parameters(NamedTuple):
    """All parameters of a run, one group a mechanism."""

    traits: Traits
    interest: Interest
    search: Search
    encounter: Encounter
    room: Room
    newtie: NewTie
    visit: Visit
    load: Load
    hosting: Hosting
    strength: Strength
    leaving: Leaving
    deepening: Deepening
    latent: Latent
    burnout: Burnout
    succession: Succession
    openness: Openness
