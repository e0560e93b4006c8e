"""Parameters of places, hosts and those who support them, one `NamedTuple` a mechanism."""

from __future__ import annotations

from typing import NamedTuple


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
    desk: float


class Room(NamedTuple):
    """Needs, their disclosure and open slots: the room for involvement (E6, E20)."""

    inflow: float
    disclosure: float
    giving_up: float
    expiry: float
    slot_crowding: float
    participant_crowding: float
    work_done: float
    matching: float
    shown: float
    speciality: float
    unfinished: float
    spark: float


class Load(NamedTuple):
    """Host hours that a visit costs (E9)."""

    hobby: float
    exchange: float
    work: float
    direct: float
    unmatched: float
    event_overhead: float
    experience: float
    shared_saving: float
    online_event: float
    staff: float


class Hosting(NamedTuple):
    """Hosts, their hours and who is asked (E10, E11)."""

    host_share: float
    host_share_metro: float
    capacity: float
    capacity_spread: float
    popularity: float
    welcome_share: float
    understanding: float
    body: float


class Shock(NamedTuple):
    """What a disaster sets off (E16)."""

    short_lived_share: float
    strangers: float
    help_online: float
    help_hobby: float
    help_latent: float
    damage: float
    needs: float
    help_months: float
    strangers_months: float
    repair_months: float


class Spark(NamedTuple):
    """How varied people touch each other off (E22)."""

    strength: float
    density: float
    diversity: float


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
    spark: float


class Openness(NamedTuple):
    """Weakness that hosts show, and what becomes of it (E21)."""

    mean: float
    learning: float
    tired_silence: float
    window: float
    workshop: float
    reversion: float
    spark: float


class Leading(NamedTuple):
    """Whether residents lead the work for their place (E22c)."""

    growth: float
    crowding_out: float
    bearable: float
    residents_work: float
    back: float
    usual: float


class Understanding(NamedTuple):
    """Residents' understanding of people from elsewhere (E23)."""

    learning: float
    goodwill: float
    fading: float
    crowding: float
    bearable: float
    results: float
    gatherings: float
    newsletters: float


class Guides(NamedTuple):
    """Motivation, skill, posts and link of the guides (E24)."""

    back: float
    usual: float
    encouragement: float
    hoped: float
    overload: float
    bearable: float
    training: float
    forgetting: float
    novice: float
    leaving: float
    leaving_low: float
    recruiting: float
    meetings: float
    drifting: float
    usual_team: float


class Organisation(NamedTuple):
    """A private body that earns its keep, or not (E25)."""

    cost: float
    fixed: float
    visit_yen: float
    supporter_yen: float
    hub: float
    help: float
    sharing: float
    shrinking: float
    growing: float
    patience: float


class Review(NamedTuple):
    """Budget moved between meeting and receiving (E25c)."""

    too_full: float
    slack: float
    open_enough: float
    step: float
    movable: float
