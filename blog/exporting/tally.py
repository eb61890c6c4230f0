"""How far an export has come, and what it could not bring."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Tally:
    """Counts of what was written, by kind; ``notify`` is called with it as they grow.

    ``missing`` names files of pictures that are not on the disk.
    """

    counts: Counter = field(default_factory=Counter)
    missing: list[str] = field(default_factory=list)
    notify: Any = None

    def add(self, **counts):
        self.counts.update(counts)
        if self.notify:
            self.notify(self)

    def miss(self, names):
        self.missing.extend(name for name in names if name not in self.missing)
