"""The numbers of SPEC.md, shared by all implementations."""

PLACES = 47
"""Places to visit, and as many homes."""

HIGHEST_SET_POINT = 0.8
"""Set points of interest are uniform in (0, this)."""

RETURN = 0.1
"""Share of the way to its set point that interest goes back in a step."""

KICK = 0.1
"""Interest is moved by a number uniform in (-this, this) a step."""

TRIP = 0.25
"""Chance of a trip in a step at interest 1; it goes with the square of interest."""

GAIN = 0.3
"""Share of the way to 1 that a contact lifts the strength of a tie."""

KEEP = 0.9
"""What is left of the strength of a tie after a step."""

LOST = 0.1
"""A tie weaker than this is lost: its strength becomes 0."""


def capacities(people: int) -> list[float]:
    """Return the capacity of each place: 0.02 to 0.08 of the residents of a home."""
    return [people / PLACES * (0.02 + 0.06 * place / (PLACES - 1)) for place in range(PLACES)]


def first_residents(people: int) -> list[int]:
    """Return the first resident of each home, and at the end the number of people; person i lives in i * PLACES // people."""
    return [-(-home * people // PLACES) for home in range(PLACES + 1)]
