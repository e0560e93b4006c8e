"""Parameters of people and their ties, one `NamedTuple` a mechanism."""

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
    told: float
    school: float
    news: float


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
    free_time: float
    local: float
    outreach: float
    reached: float


class Roots(NamedTuple):
    """Family and former homes: ties with roots (R18)."""

    share: float
    choice: float
    welcome: float
    longer: float
    slower_fading: float


class Online(NamedTuple):
    """Ties without visits: two kinds, campaigns, sessions (E3v, R05, R22)."""

    community: float
    campaign: float
    story: float
    session: float
    best: float
    keeping: float
    gift: float


class NewTie(NamedTuple):
    """What a meeting turns into (E7)."""

    exchange: float
    work: float
    strength: float
    online_strength: float
    guide_skill: float


class Visit(NamedTuple):
    """How often a tie brings a visit (E8)."""

    hobby: float
    exchange: float
    work: float
    direct: float
    distance: float
    event_draw: float
    online_contact: float
    cost: float
    fare: float
    hub_draw: float
    barrier: float


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
    shared_doing: float
    matching: float


class Wellbeing(NamedTuple):
    """What good contact does to the people who visit (E24b)."""

    gain: float
    back: float
    usual: float


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
    mismatch: float
    duty: float
    fee: float
    short_lived: float


class Deepening(NamedTuple):
    """Steps up and down between types of tie (E15)."""

    hobby_to_exchange: float
    exchange_to_direct: float
    exchange_to_work: float
    event_exposure: float
    down_exchange: float
    down_involved: float
    online_transactional: float
    online_community: float
    replies: float
    follow_up: float
    spark: float


class Latent(NamedTuple):
    """Ties that sleep, return or are forgotten (E16)."""

    kept: float
    spontaneous: float
    reminded: float
    forgotten: float


class Moving(NamedTuple):
    """How a deep tie ends in moving to the place (E17)."""

    rate: float
    housing: float
    houses: float
    roots_strength: float
    become_host: float
