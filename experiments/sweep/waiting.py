"""Which run is made next: runs that share a burn-in go together, suspects come last and alone."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable

from experiments.sweep.trial import Trial


class Waiting:
    """Runs that nobody makes yet.

    The first run of a group makes its burn-in, which all later ones read. So a group whose burn-in is there goes
    before a fresh one, and one whose burn-in is being made comes last.

    Attributes:
        suspects: Runs whose worker died; each is to be made alone.
    """

    def __init__(self, trials: Iterable[Trial], sweep: Iterable[Trial] = ()) -> None:
        """Take the runs to be made, and all runs of the sweep: a stored burn-in may wait for the last of its runs."""
        self._groups: dict[str, deque[Trial]] = defaultdict(deque)
        for trial in trials:
            self._groups[trial.group].append(trial)
        self._left = sum(len(group) for group in self._groups.values())
        sizes = Counter(
            trial.group for trial in sweep or (t for group in self._groups.values() for t in group)
        )
        self._shared = {name for name, size in sizes.items() if size > 1}
        self._fresh = deque(self._groups)
        self._warming: deque[str] = deque()
        self._warm: deque[str] = deque()
        self.suspects: deque[Trial] = deque()

    def __len__(self) -> int:
        return self._left + len(self.suspects)

    @property
    def ordinary(self) -> bool:
        """Whether there are runs that nobody suspects."""
        return bool(self._warm or self._fresh or self._warming)

    def shared(self, trial: Trial) -> bool:
        """Return whether other runs of the sweep begin with the same burn-in."""
        return trial.group in self._shared

    def take(self, count: int) -> list[Trial]:
        """Return up to so many runs to be made one after the other."""
        taken: list[Trial] = []
        begun: set[str] = set()
        while len(taken) < count and self.ordinary:
            if self._warm:
                taken += self._cut(self._warm, count - len(taken))
            elif self._fresh:
                # Whoever makes the first run of a group has its burn-in for the ones that follow in the batch.
                begun.add(self._fresh[0])
                self._warm.append(self._fresh.popleft())
            elif not taken:
                taken += self._cut(self._warming, count)
            else:
                break
        for name in [name for name in self._warm if name in begun]:
            self._warm.remove(name)
            self._warming.append(name)
        self._left -= len(taken)
        return taken

    def finished(self, group: str) -> None:
        """Note that a run of a group is made, and with it the group's burn-in."""
        if group in self._warming:
            self._warming.remove(group)
            self._warm.append(group)

    def _cut(self, names: deque[str], count: int) -> list[Trial]:
        group = self._groups[names[0]]
        taken = [group.popleft() for _ in range(min(count, len(group)))]
        if not group:
            del self._groups[names.popleft()]
        return taken
