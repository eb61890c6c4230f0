"""The posts of a blog, prepared: what each speaks of, and which one a text would fit.

A telling word that a post and a comment share speaks for the comment, by how much
likelier the post makes it than language in general does (a Jelinek-Mercer mixture, in
nats). The same is asked of every other post. ``likeness`` compares a comment with what
is prepared here.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from . import text
from .meaning import Meaning
from .verdicts import Subject

POST_LIMIT = 20_000
TITLE_COUNTS = 3
SHORTEST = 20
"""A text of fewer telling words is taken to have as many, so that one is no proof."""
TRUST = 0.5
UNHEARD = 2e-7
BLOG_SAMPLE = 1000
FEW_POSTS = 10
"""Under so many posts the blog's own vocabulary says nothing yet."""
YOUNG = 25
"""Under so many posts, meaning cannot be told from chance."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word of a comment, and what stands for it in posts of either language.

    ``background`` is its share of all words, in general and on this blog; ``abroad``
    are the stems that may mean the same in a post of the other language. ``quoted`` is
    how it would be written in a text of the other language.
    """

    word: str
    stem: str
    quoted: str
    abroad: tuple[str, ...]
    background: float

    @property
    def near(self) -> tuple[str, ...]:
        """The stems it has in a post of its own language, which may quote the other."""
        return (self.stem, self.quoted)

    @property
    def anywhere(self) -> tuple[str, ...]:
        return (self.stem, *self.abroad)


def terms(piece: str, language: str) -> list[str]:
    """Return the stems of the telling words of a text, in their order."""
    return [
        text.stem(word, language)
        for word in text.WORD.findall(piece.casefold())
        if text.is_telling(word, language)
    ]


@lru_cache(maxsize=65536)
def heard(word: str) -> float:
    """Return how often a word is said in general: its share of all words."""
    return max(UNHEARD, *(text.frequencies(lang).get(word, 0) for lang in ("fr", "en")))


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedSubject:
    """A post counted: how often each stem occurs, and which ones the title has."""

    subject: Subject
    language: str
    counts: Mapping[str, int]
    title: frozenset[str]
    length: int


def prepare(subject: Subject) -> PreparedSubject:
    """Count a post's words, each text in its own language."""
    language = subject.language or text.guess_language(subject.body or subject.title)
    headline = " ".join((subject.title, *subject.tags))
    title = terms(headline[:2000], language)
    counts = Counter(terms(subject.body[:POST_LIMIT], language))
    for stem in title:
        counts[stem] += TITLE_COUNTS
    for spoken, summary in subject.summaries.items():
        counts.update(terms(summary[:POST_LIMIT], spoken))
    return PreparedSubject(
        subject=subject,
        language=language,
        counts=counts,
        title=frozenset(title),
        length=max(SHORTEST, counts.total()),
    )


class PreparedBlog:
    """The posts of a blog, ready to be asked which of them a comment would fit.

    Made once, then only read: keep one in each process and make it anew when a post
    changes. See docs/screening.md for what a thousand posts take.
    """

    def __init__(self, subjects: Iterable[Subject]) -> None:
        self.posts = [prepare(subject) for subject in subjects]
        self.languages = np.array([post.language for post in self.posts])
        self._where = {_mark(p.subject): i for i, p in enumerate(self.posts)}
        self._lengths = np.array([p.length for p in self.posts], dtype=np.float64)
        self.said: Counter[str] = Counter()
        for post in self.posts:
            self.said.update(post.counts)
        self._words = self.said.total()
        self._places = _places(self.posts)
        self._norms = [self._norm(post) for post in self.posts]
        self.meaning = (
            Meaning.of([post.counts for post in self.posts])
            if len(self.posts) >= YOUNG
            else None
        )

    def find(self, subject: Subject) -> int | None:
        """Return the number of a post, or None where it is not among these."""
        return self._where.get(_mark(subject))

    def background(self, stem: str, word: str) -> float:
        """Return how likely a word is whatever the subject: in general and here."""
        if len(self.posts) < FEW_POSTS:
            return heard(word)
        here = (self.said.get(stem, 0) + 0.2) / (self._words + BLOG_SAMPLE)
        return (heard(word) + here) / 2

    def rarity(self, stems: tuple[str, ...]) -> float:
        """Return in how few posts the first known of these stems occurs, in nats."""
        known = next((self._places[s] for s in stems if s in self._places), ())
        spread = len(known[0]) if known else 0
        return math.log((len(self.posts) + 1) / (spread + 0.5))

    def norm(self, post: PreparedSubject) -> float:
        """Return the length of a post as a vector: log frequencies by rarity."""
        at = self.find(post.subject)
        return self._norm(post) if at is None else self._norms[at]

    def _norm(self, post: PreparedSubject) -> float:
        return math.hypot(
            *(
                (1 + math.log(count)) * self.rarity((stem,))
                for stem, count in post.counts.items()
            )
        )

    def fits(self, wanted: Iterable[Wanted], language: str) -> Floats:
        """Return how well each post fits a comment in ``language``, in nats.

        Words of the other language count where the post is in it.
        """
        total = np.zeros(len(self.posts))
        foreign = self.languages != language
        for item in wanted:
            total += self._gain(item, foreign)
        return total

    def _gain(self, item: Wanted, foreign: npt.NDArray[np.bool_]) -> Floats:
        """Return what a word speaks for each post: the first stem that is in it."""
        gain = np.zeros(len(self.posts))
        for stem in item.anywhere:
            if stem not in self._places:
                continue
            numbers, counts = self._places[stem]
            open_ = gain[numbers] == 0
            if stem not in item.near:
                open_ &= foreign[numbers]
            numbers = numbers[open_]
            share = counts[open_] / self._lengths[numbers]
            gain[numbers] = np.log1p(TRUST * share / item.background)
        return gain


def _places(
    posts: Iterable[PreparedSubject],
) -> dict[str, tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]]:
    """Map each stem to the numbers of the posts it is in, and how often it is there."""
    places: dict[str, tuple[list[int], list[int]]] = {}
    for number, post in enumerate(posts):
        for stem, count in post.counts.items():
            numbers, counts = places.setdefault(stem, ([], []))
            numbers.append(number)
            counts.append(count)
    return {
        stem: (np.array(numbers, np.int32), np.array(counts, np.float32))
        for stem, (numbers, counts) in places.items()
    }


def _mark(subject: Subject) -> tuple[str, str]:
    return subject.title, subject.body[:300]
