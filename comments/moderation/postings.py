"""Which posts each word is in, and how often: an inverted index, in a few arrays.

Source: Manning, Raghavan & Schütze, “Introduction to Information Retrieval” (2008), 1.2
and 6.2.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int32]


class Counted(Protocol):
    """What has stems, and how many times each."""

    @property
    def stems(self) -> Sequence[str]: ...
    @property
    def times(self) -> Sequence[int]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Postings:
    """The numbers of the posts that have each stem, and how often it is there.

    ``stems`` numbers the stems, those in most posts first. ``posts`` and ``counts``
    list them stem by stem, those of stem ``i`` from ``starts[i]`` to ``starts[i + 1]``.
    ``number`` is how many posts there are, ``words`` how many words they have in all.
    """

    number: int
    words: int
    stems: Mapping[str, int]
    starts: Numbers
    posts: Numbers
    counts: Numbers

    @classmethod
    def of(cls, posts: Sequence[Counted]) -> "Postings":
        spread = Counter(chain.from_iterable(post.stems for post in posts))
        stems = {stem: i for i, (stem, _) in enumerate(spread.most_common())}
        met = _numbers(stems[stem] for post in posts for stem in post.stems)
        order = np.argsort(met, kind="stable")
        counts = _numbers(chain.from_iterable(post.times for post in posts))[order]
        return cls(
            number=len(posts),
            words=int(counts.sum()),
            stems=stems,
            starts=_numbers(np.searchsorted(met[order], np.arange(len(stems) + 1))),
            posts=_numbers(
                np.repeat(np.arange(len(posts)), [len(post.stems) for post in posts])
            )[order],
            counts=counts,
        )

    def of_stem(self, stem: str) -> tuple[Numbers, Numbers]:
        """Return the numbers of the posts that have a stem, and how often."""
        number = self.stems.get(stem)
        if number is None:
            return self.posts[:0], self.counts[:0]
        there = slice(self.starts[number], self.starts[number + 1])
        return self.posts[there], self.counts[there]

    def said(self, stem: str) -> int:
        """Return how often a stem occurs in all posts together."""
        return int(self.of_stem(stem)[1].sum())

    def rarity(self, number: int | None) -> float:
        """Return in how few posts a stem occurs, in nats: the inverse frequency."""
        spread = 0
        if number is not None:
            spread = int(self.starts[number + 1] - self.starts[number])
        return math.log((self.number + 1) / (spread + 0.5))

    @property
    def spread(self) -> Numbers:
        """In how many posts each stem is."""
        return np.diff(self.starts)

    def norms(self) -> Floats:
        """Return the length of each post as a vector: log frequencies by rarity."""
        rarity = np.log((self.number + 1) / (self.spread + 0.5))
        weights = (1 + np.log(self.counts)) * np.repeat(rarity, self.spread)
        return np.sqrt(np.bincount(self.posts, weights**2, self.number))


def _numbers(found: Iterable[int]) -> Numbers:
    if isinstance(found, np.ndarray):
        return found.astype(np.int32)
    return np.fromiter(found, dtype=np.int32)
