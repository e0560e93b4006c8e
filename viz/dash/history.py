"""Undo and redo: the scenarios that a session has gone through, as one immutable value."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sim.scenario import Scenario

KEPT = 100
"""Steps that can be taken back."""

MERGED_SECONDS = 1.5
"""Moves of one control that follow each other this closely are one step."""


@dataclass(frozen=True)
class History:
    """Steps of a session.

    Attributes:
        steps: Scenarios, oldest first.
        at: Which of them holds now.
        key: Control that made the last step; "" where steps are never merged.
        when: Second of the last step.
    """

    steps: tuple[Scenario, ...]
    at: int = 0
    key: str = ""
    when: float = 0.0

    @property
    def now(self) -> Scenario:
        """The scenario that holds."""
        return self.steps[self.at]

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self.at > 0

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to take again."""
        return self.at < len(self.steps) - 1

    def put(self, scenario: Scenario, key: str, when: float) -> History:
        """Return the history with one more step; a quick series of moves of one control stays one step."""
        if scenario == self.now:
            return self
        same = bool(key) and key == self.key and when - self.when < MERGED_SECONDS and self.can_undo
        before = self.steps[: self.at] if same else self.steps[: self.at + 1]
        steps = (*before, scenario)[-KEPT:]
        return History(steps, len(steps) - 1, key, when)

    def undo(self) -> History:
        """Return the history one step back."""
        return replace(self, at=max(0, self.at - 1), key="")

    def redo(self) -> History:
        """Return the history one step on."""
        return replace(self, at=min(len(self.steps) - 1, self.at + 1), key="")
