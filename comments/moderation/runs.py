"""Which posts are spelled like a text: runs of letters that both have, word or no word.

Words that are misspelled, without their accents, or in a form that no stemmer knows
share most of their runs with the right ones. Runs have no list: each has a place in a
table of ``SIZE``, found by hashing.

Source: P. McNamee & J. Mayfield, “Character n-gram tokenization for European language
text retrieval”, Information Retrieval 7 (2004).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from . import text

LENGTH = 6
BITS = 16
SIZE = 1 << BITS
MOST_SPREAD = 0.3
"""A run that more posts than this share have tells nothing."""
RARITY_POWER = 1.5
MOST_TIMES = 255
TINY = 1e-9

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.uint16]

_FIRST, _NEXT = np.uint32(2166136261), np.uint32(16777619)
_TOLD = np.log1p(np.arange(MOST_TIMES + 1)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Runs:
    """The places of the runs of a text, in rising order, and how often each is met."""

    places: Places
    times: npt.NDArray[np.uint8]


def runs_of(piece: str) -> Runs:
    """Return the runs of the words of a text, folded; those between words included."""
    words = text.WORD.findall(text.without_links(piece))
    folded = text.unaccented(f" {' '.join(words)} ")
    letters = np.frombuffer(folded.encode("utf-32-le"), dtype=np.uint32)
    hashed = np.full(max(0, letters.size - LENGTH + 1), _FIRST)
    for at in range(LENGTH):
        hashed ^= letters[at : at + hashed.size]
        hashed *= _NEXT
    places, times = np.unique(hashed >> (32 - BITS), return_counts=True)
    return Runs(
        places.astype(np.uint16), np.minimum(times, MOST_TIMES).astype(np.uint8)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RunIndex:
    """Which posts have each run, and how often: those of place ``i`` are listed from
    ``starts[i]`` to ``starts[i + 1]``.

    ``rarity`` is what a run tells by being in few posts, ``norms`` the length of each
    post as a vector of logarithms of frequency by rarity.
    """

    number: int
    rarity: Floats
    starts: npt.NDArray[np.int32]
    posts: npt.NDArray[np.uint32]
    times: npt.NDArray[np.uint8]
    norms: Floats

    @classmethod
    def of(cls, posts: Sequence[Runs]) -> "RunIndex":
        spread = np.zeros(SIZE, dtype=np.int32)
        for post in posts:
            spread[post.places] += 1
        tells = spread <= MOST_SPREAD * len(posts)
        told = np.log((len(posts) + 1) / (spread + 0.5)) ** RARITY_POWER
        rarity: Floats = np.where(tells, told, 0).astype(np.float32)
        kept = np.where(tells, spread, 0)
        starts = np.concatenate([[0], np.cumsum(kept)]).astype(np.int32)
        found = np.empty(starts[-1], dtype=np.uint32)
        times = np.empty(starts[-1], dtype=np.uint8)
        norms = np.empty(len(posts), dtype=np.float32)
        free = starts[:-1].copy()
        for number, post in enumerate(posts):
            of_kept = tells[post.places]
            places = post.places[of_kept]
            found[free[places]] = number
            times[free[places]] = post.times[of_kept]
            free[places] += 1
            norms[number] = _norm(_TOLD[post.times] * rarity[post.places])
        return cls(
            number=len(posts),
            rarity=rarity,
            starts=starts,
            posts=found,
            times=times,
            norms=norms,
        )

    def cosines(self, runs: Runs) -> Floats:
        """Return the cosine of a text with each post."""
        pull = _TOLD[runs.times] * self.rarity[runs.places]
        starts = self.starts[runs.places]
        sizes = self.starts[runs.places.astype(np.intp) + 1] - starts
        ends = np.cumsum(sizes)
        there = np.arange(sizes.sum()) + np.repeat(starts - ends + sizes, sizes)
        each = np.repeat(pull * self.rarity[runs.places], sizes)
        told = np.bincount(
            self.posts[there], each * _TOLD[self.times[there]], self.number
        )
        return (told / (self.norms * _norm(pull))).astype(np.float32)

    def likest(self, one: Runs, others: Sequence[Runs]) -> float:
        """Return the highest cosine of a text with others, each and all as one."""
        if not others:
            return 0.0
        sizes = [other.places.size for other in others]
        of = np.repeat(np.arange(len(others)), sizes)
        places = np.concatenate([other.places for other in others])
        times = np.concatenate([other.times for other in others])
        pull = np.zeros(SIZE, dtype=np.float32)
        pull[one.places] = _TOLD[one.times] * self.rarity[one.places]
        each = _TOLD[times] * self.rarity[places]
        shared = np.bincount(of, each * pull[places], len(others))
        lengths = np.sqrt(np.bincount(of, each**2, len(others))) + TINY
        together = np.bincount(places, times, SIZE)
        met = np.flatnonzero(together)
        whole = np.log1p(together[met]) * self.rarity[met]
        likeness = float((whole * pull[met]).sum()) / _norm(whole)
        return max(likeness, float((shared / lengths).max())) / _norm(pull)


def _norm(values: npt.NDArray[np.floating]) -> float:
    return float(np.sqrt((values**2).sum())) + TINY
