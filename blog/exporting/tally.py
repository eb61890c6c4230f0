"""How far an export has come, and what it could not bring."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

# What is counted, as it is told to people.
COUNTED = {
    "posts": ngettext_lazy("%d post", "%d posts"),
    "pages": ngettext_lazy("%d page", "%d pages"),
    "readings": ngettext_lazy("%d reading page", "%d reading pages"),
    "comments": ngettext_lazy("%d comment", "%d comments"),
    "pictures": ngettext_lazy("%d picture", "%d pictures"),
}


@dataclass(slots=True)
class Tally:
    """Counts of what was written, by format and kind; ``notify`` is told as they grow.

    ``missing`` names files of pictures that are not on the disk.
    """

    counts: dict[str, Counter] = field(default_factory=dict)
    format: str = ""
    missing: list[str] = field(default_factory=list)
    notify: Any = None

    def begin(self, name):
        """Note that the format called ``name`` is written from now on."""
        self.format = name
        self.counts[name] = Counter()

    def add(self, **counts):
        self.counts[self.format].update(counts)
        if self.notify:
            self.notify(self)

    def miss(self, names):
        self.missing.extend(name for name in names if name not in self.missing)

    def to_json(self):
        return {"counts": self.counts, "missing": self.missing}

    @classmethod
    def from_json(cls, data):
        """Return the tally that ``to_json`` told; an empty one of nothing."""
        counts = {name: Counter(c) for name, c in data.get("counts", {}).items()}
        return cls(counts=counts, missing=data.get("missing", []))

    def lines(self):
        """Yield what was written as lines for people, in the active language."""
        for name, counts in self.counts.items():
            told = [
                sentence % counts[kind]
                for kind, sentence in COUNTED.items()
                if counts[kind]
            ]
            yield _("{format}: {counts}").format(
                format=name, counts=", ".join(told) or "0"
            )
        for name in self.missing:
            yield _("A picture has no file on the disk, and is missing: {name}").format(
                name=name
            )
