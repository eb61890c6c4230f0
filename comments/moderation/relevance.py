"""The posts of a blog, prepared: what each speaks of, and which one a text would fit.

A telling word that a post and a comment share speaks for the comment, by how much
likelier the post makes it than language in general does (a Jelinek-Mercer mixture, in
nats). The same is asked of every other post. ``likeness`` compares a comment with what
is prepared here.
"""

import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from . import text
from .meaning import Meaning
from .postings import Postings
from .runs import RunIndex, Runs, runs_of
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
        stem
        for word in text.WORD.findall(piece.casefold())
        if (stem := _term(word, language))
    ]


@lru_cache(maxsize=32768)
def _term(word: str, language: str) -> str:
    """Return the stem of a word that tells a subject, and of others nothing.

    The same object for the same stem: they are kept by the hundred thousand.
    """
    if not text.is_telling(word, language):
        return ""
    return sys.intern(text.stem(word, language))


def heard(word: str) -> float:
    """Return how often a word is said in general: its share of all words."""
    return max(UNHEARD, *(text.said(word, language) for language in text.LANGUAGES))


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedSubject:
    """A post counted: which stems it has, how often each, and which the title has.

    Of its text only the beginning is kept, to know it again by.
    """

    title: str
    beginning: str
    language: str
    stems: tuple[str, ...]
    times: Sequence[int]
    in_title: frozenset[str]
    length: int
    runs: Runs = field(compare=False)

    @property
    def counts(self) -> dict[str, int]:
        """How often each stem occurs."""
        return dict(zip(self.stems, self.times, strict=True))


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
    name, beginning = _mark(subject)
    return PreparedSubject(
        title=name,
        beginning=beginning,
        language=language,
        stems=tuple(counts),
        times=array("H", counts.values()),
        in_title=frozenset(title),
        length=max(SHORTEST, counts.total()),
        runs=runs_of(
            " ".join((subject.title, *subject.summaries.values(), subject.body))[
                :POST_LIMIT
            ]
        ),
    )


class PreparedBlog:
    """The posts of a blog, ready to be asked which of them a comment would fit.

    Made once, then only read: keep one in each process and make it anew when a post
    changes, of those that are ``prepared`` already and the ``subjects`` that are not.
    See docs/screening.md for what a thousand posts take.
    """

    def __init__(
        self,
        subjects: Iterable[Subject] = (),
        *,
        prepared: Iterable[PreparedSubject] = (),
    ) -> None:
        self.posts = [*prepared, *map(prepare, subjects)]
        self.languages = np.array([post.language for post in self.posts])
        self.postings = Postings.of(self.posts)
        self.norms = self.postings.norms()
        self._where = {(p.title, p.beginning): i for i, p in enumerate(self.posts)}
        self._lengths = np.array([p.length for p in self.posts], dtype=np.float64)
        is_young = len(self.posts) < YOUNG
        self.meaning = None if is_young else Meaning.of(self.postings)
        self.runs = None if is_young else RunIndex.of([p.runs for p in self.posts])

    def find(self, subject: Subject) -> int | None:
        """Return the number of a post, or None where it is not among these."""
        return self._where.get(_mark(subject))

    def background(self, stem: str, word: str) -> float:
        """Return how likely a word is whatever the subject: in general and here."""
        if len(self.posts) < FEW_POSTS:
            return heard(word)
        said, words = self.postings.said(stem), self.postings.words
        here = (said + 0.2) / (words + BLOG_SAMPLE)
        return (heard(word) + here) / 2

    def rarity(self, stems: tuple[str, ...]) -> float:
        """Return in how few posts the first known of these stems occurs, in nats."""
        known = (self.postings.stems.get(stem) for stem in stems)
        return self.postings.rarity(next((n for n in known if n is not None), None))

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
            numbers, counts = self.postings.of_stem(stem)
            open_ = gain[numbers] == 0
            if stem not in item.near:
                open_ &= foreign[numbers]
            numbers = numbers[open_]
            share = counts[open_] / self._lengths[numbers]
            gain[numbers] = np.log1p(TRUST * share / item.background)
        return gain


def _mark(subject: Subject) -> tuple[str, str]:
    return subject.title, subject.body[:300]
