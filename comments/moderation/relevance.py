"""How well a comment fits a post: which of its telling words occur there.

A word counts by how seldom it is said in general (its information, in nats), so that
one “photovoltaïque” in common says more than three “chose”. Words of the other language
are matched by what both languages share: names, and the many words that begin alike.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from . import text
from .verdicts import Subject, Submission

COGNATE = 5
"""Words of two languages that begin with as many same letters are taken for kin."""
MOST_INFORMATION = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How a comment fits: the share of its information that the post has too.

    ``shared`` and ``alien`` are words as the comment has them, the most telling first.
    ``better`` is a post of the blog which it would fit better, if there is one.
    """

    coverage: float
    shared: tuple[str, ...]
    alien: tuple[str, ...]
    better: Subject | None = None
    better_coverage: float = 0.0

    @property
    def length(self) -> int:
        """How many different telling words the comment has."""
        return len(self.shared) + len(self.alien)


@lru_cache(maxsize=2048)
def _keys_of(piece: str, language: str) -> frozenset[str]:
    spoken = language or text.guess_language(piece)
    stems = set(text.stems(piece, spoken))
    return frozenset(stems | {stem[:COGNATE] + "…" for stem in stems if _kin(stem)})


def _kin(stem: str) -> bool:
    return len(stem) >= COGNATE


def subject_keys(subject: Subject) -> frozenset[str]:
    """Return every stem of a post, its summaries and its tags."""
    whole = "\n".join((subject.title, subject.body, " ".join(subject.tags)))
    keys = _keys_of(whole, subject.language)
    for language, summary in subject.summaries.items():
        keys |= _keys_of(summary, language)
    return keys


def information(word: str) -> float:
    """Return how much a word tells, in nats: the rarer, the more."""
    said = max(text.frequencies(lang).get(word, 0.0) for lang in text.LANGUAGES)
    return min(MOST_INFORMATION, -math.log(said)) if said else MOST_INFORMATION


def fit(submission: Submission) -> Fit:
    """Compare a comment with its post, the conversation there, and the other posts."""
    language = submission.language or text.guess_language(submission.body)
    weights: dict[str, float] = {}
    typed: dict[str, str] = {}
    for word in text.WORD.findall(submission.body[: text.LIMIT]):
        small = word.casefold()
        if text.is_content(small):
            key = text.stem(small, language)
            typed.setdefault(key, word)
            weights[key] = max(weights.get(key, 0.0), information(small))
    conversation = (submission.parent, *submission.thread)
    there = subject_keys(submission.subject).union(*_each(conversation))
    shared = _shared(weights, there)
    better, better_coverage = _best(weights, submission.other_posts)
    by_weight = sorted(weights, key=lambda key: -weights[key])
    return Fit(
        coverage=_coverage(weights, shared),
        shared=tuple(typed[key] for key in by_weight if key in shared),
        alien=tuple(typed[key] for key in by_weight if key not in shared),
        better=better,
        better_coverage=better_coverage,
    )


def _each(pieces: Iterable[str]) -> list[frozenset[str]]:
    return [_keys_of(piece, "") for piece in pieces if piece]


def _shared(weights: dict[str, float], there: frozenset[str]) -> set[str]:
    return {
        key
        for key in weights
        if key in there or (_kin(key) and key[:COGNATE] + "…" in there)
    }


def _coverage(weights: dict[str, float], shared: set[str]) -> float:
    whole = sum(weights.values())
    return sum(weights[key] for key in shared) / whole if whole else 0.0


def _best(
    weights: dict[str, float], posts: tuple[Subject, ...]
) -> tuple[Subject | None, float]:
    best, most = None, 0.0
    for post in posts:
        coverage = _coverage(weights, _shared(weights, subject_keys(post)))
        if coverage > most:
            best, most = post, coverage
    return best, most
