"""What a coordinator asks of those who make the runs, on this machine or on others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from experiments.sweep.worker import Batch, Done


class Lost(Exception):  # noqa: N818
    """Nobody is left to make runs, e.g. because the scheduler is gone."""


@dataclass(frozen=True)
class Died:
    """A batch whose worker ended before the batch did; nobody knows which run did it.

    Attributes:
        cause: What is known of the end, in words.
        tries: How many workers the batch has ended, each after its time limit if that is why; 0 if it cannot be.
    """

    cause: str
    tries: int = 1


class Pool(Protocol):
    """Makes batches, in no particular order.

    Attributes:
        lanes: Batches made at a time.
        alone: Batches that may be under way when one of them is suspected to end its worker: so few that its death
            can only be its own doing.
        patience: Deaths of a run made alone after which it is given up.
        seconds: How long a batch should last.
    """

    lanes: int
    alone: int
    patience: int
    seconds: float

    def submit(self, ticket: int, batch: Batch) -> None:
        """Take a batch.

        Raises:
            Lost: Nobody can make it.
        """

    def next(self, timeout: float) -> tuple[int, Done | Died] | None:
        """Return the ticket and the result of a batch that has come to its end, None if none does in time.

        Raises:
            Lost: The batches under way will never come back.
        """

    def close(self) -> None:
        """Let go of all workers, at once."""
