"""How well a comment fits a post, a conversation, and the other posts of the blog.

A telling word that post and comment share speaks for the comment, by how much likelier
the post makes it than language in general does (a Jelinek-Mercer mixture, in nats). The
same is asked of every other post: a comment that is likelier under another one may have
strayed. Where the blog has enough posts, ``meaning`` compares what is meant as well.
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
from .pairs import kin
from .verdicts import Subject, Submission

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
MOST_WORDS = 400

Floats = npt.NDArray[np.float64]


@lru_cache(maxsize=8192)
def _terms(piece: str, language: str) -> tuple[tuple[str, str], ...]:
    """Return the telling words of a text as (stem, small letters), in their order."""
    return tuple(
        (text.stem(word, language), word)
        for word in text.WORD.findall(piece.casefold())
        if text.is_telling(word, language)
    )


@lru_cache(maxsize=4096)
def _counts(piece: str) -> Mapping[str, int]:
    spoken = text.guess_language(piece)
    return Counter(stem for stem, _ in _terms(piece[: text.LIMIT], spoken))


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
    title = [stem for stem, _ in _terms(headline[:2000], language)]
    counts = Counter(stem for stem, _ in _terms(subject.body[:POST_LIMIT], language))
    for stem in title:
        counts[stem] += TITLE_COUNTS
    for spoken, summary in subject.summaries.items():
        counts.update(stem for stem, _ in _terms(summary[:POST_LIMIT], spoken))
    length = max(SHORTEST, sum(counts.values()))
    return PreparedSubject(
        subject=subject,
        language=language,
        counts=counts,
        title=frozenset(title),
        length=length,
    )


class PreparedBlog:
    """The posts of a blog, ready to be asked which of them a comment would fit.

    Made once, then only read: keep one in each process and make it anew when a post
    changes. A thousand posts take about a second and some 20 MB.
    """

    def __init__(self, subjects: Iterable[Subject]) -> None:
        self.posts = [prepare(subject) for subject in subjects]
        self._languages = frozenset(post.language for post in self.posts)
        self._where = {_mark(p.subject): i for i, p in enumerate(self.posts)}
        self.lengths = np.array([p.length for p in self.posts], dtype=np.float64)
        self.said: Counter[str] = Counter()
        places: dict[str, list[tuple[int, int]]] = {}
        for number, post in enumerate(self.posts):
            self.said.update(post.counts)
            for stem, count in post.counts.items():
                places.setdefault(stem, []).append((number, count))
        self._places = {
            stem: (
                np.array([number for number, _ in found], dtype=np.intp),
                np.array([count for _, count in found], dtype=np.float64),
            )
            for stem, found in places.items()
        }
        self.words = self.said.total()
        self.meaning = (
            Meaning.of([post.counts for post in self.posts])
            if len(self.posts) >= YOUNG
            else None
        )

    def find(self, subject: Subject) -> int | None:
        """Return the number of a post, or None where it is not among these."""
        return self._where.get(_mark(subject))

    def crosses(self, language: str, post: PreparedSubject) -> bool:
        """Whether a comment in ``language`` may meet posts in the other one."""
        return bool({post.language, *self._languages} - {language})

    def background(self, stem: str, word: str) -> float:
        """Return how likely a word is whatever the subject: in general and here."""
        if len(self.posts) < FEW_POSTS:
            return heard(word)
        here = (self.said.get(stem, 0) + 0.2) / (self.words + BLOG_SAMPLE)
        return (heard(word) + here) / 2

    def fits(self, wanted: Mapping[str, tuple[float, tuple[str, ...]]]) -> Floats:
        """Return how well each post fits, in nats.

        ``wanted`` maps each stem to its background and the stems that match it.
        """
        total = np.zeros(len(self.posts))
        for background, stems in wanted.values():
            for stem in stems:
                if stem in self._places:
                    numbers, counts = self._places[stem]
                    gain = TRUST * counts / self.lengths[numbers] / background
                    total[numbers] += np.log1p(gain)
                    break
        return total


def _mark(subject: Subject) -> tuple[str, str]:
    return subject.title, subject.body[:300]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How a comment fits its post.

    ``own`` is what the post and its conversation make likelier, ``others`` what the
    other posts or none would on average, both in nats by the root of the number of
    words; ``title`` counts words of the title, ``known`` all telling words of the post
    and its conversation. ``near`` is the cosine of what is meant
    (None on a blog of few posts), ``near_best`` that of the three nearest other posts,
    ``ahead`` how many are nearer than the own one. ``shared`` and ``alien`` are words
    of the comment, the most telling first; ``better`` is the post that fits best, if
    that is not the own one.
    """

    own: float
    others: float
    title: int
    known: int
    shared: tuple[str, ...]
    alien: tuple[str, ...]
    better: Subject | None = None
    near: float | None = None
    near_best: float = 0.0
    ahead: int = 0

    @property
    def length(self) -> int:
        """How many different telling words the comment has."""
        return len(self.shared) + len(self.alien)


def fit(submission: Submission) -> Fit:
    """Compare a comment with its post, the conversation there, and the other posts."""
    blog = submission.blog or PreparedBlog(submission.other_posts)
    at = blog.find(submission.subject)
    post = prepare(submission.subject) if at is None else blog.posts[at]
    thread = _conversation(submission)
    thread_length = max(SHORTEST, sum(thread.values()))
    language = submission.language or text.guess_language(submission.body)
    typed = _typed(submission.body, language)
    crosses = blog.crosses(language, post)
    wanted: dict[str, tuple[float, tuple[str, ...]]] = {}
    gains: dict[str, float] = {}
    for stem, word in typed.items():
        small = word.casefold()
        background = blog.background(stem, small)
        stems = (stem, *kin(small, language)) if crosses else (stem,)
        wanted[stem] = (background, stems)
        said = _first(post.counts, stems) / post.length
        talked = _first(thread, stems) / thread_length
        gains[stem] = math.log1p(TRUST * (said + talked) / background)
    number = max(1, len(typed))
    own = math.fsum(gains.values())
    others = blog.fits(wanted)
    if at is not None:
        others = np.delete(others, at)
    best = float(others.max(initial=0.0))
    rest = best + math.log(
        (float(np.exp(others - best).sum()) + math.exp(-best)) / (others.size + 1)
    )
    near, near_best, ahead = _meaning(blog, at, wanted)
    by_gain = sorted(typed, key=lambda stem: (-gains[stem], wanted[stem][0]))
    return Fit(
        own=own / math.sqrt(number),
        others=rest / math.sqrt(number),
        title=sum(1 for _, stems in wanted.values() if post.title.intersection(stems)),
        known=sum(post.counts.values()) + sum(thread.values()),
        shared=tuple(typed[stem] for stem in by_gain if gains[stem] > 0),
        alien=tuple(
            typed[stem]
            for stem in sorted(typed, key=lambda stem: wanted[stem][0])
            if not gains[stem] > 0
        ),
        better=_better(blog, at, others, own),
        near=near,
        near_best=near_best,
        ahead=ahead,
    )


def _typed(body: str, language: str) -> dict[str, str]:
    """Map each telling stem of a comment to the word it was first typed as."""
    typed: dict[str, str] = {}
    for word in text.WORD.findall(body[: text.LIMIT]):
        small = word.casefold()
        if text.is_telling(small, language):
            typed.setdefault(text.stem(small, language), word)
            if len(typed) >= MOST_WORDS:
                break
    return typed


def _conversation(submission: Submission) -> Counter[str]:
    """Count the words of the conversation; those of the answered comment again."""
    thread: Counter[str] = Counter()
    for piece in (*submission.thread, submission.parent, submission.parent):
        if piece:
            thread.update(_counts(piece))
    return thread


def _first(counts: Mapping[str, int], stems: tuple[str, ...]) -> int:
    for stem in stems:
        if stem in counts:
            return counts[stem]
    return 0


def _better(
    blog: PreparedBlog, at: int | None, others: Floats, own: float
) -> Subject | None:
    """Return the other post that fits best, if it fits better than the own one."""
    if not others.size or others.max() <= own:
        return None
    number = int(others.argmax())
    if at is not None and number >= at:
        number += 1
    return blog.posts[number].subject


def _meaning(
    blog: PreparedBlog,
    at: int | None,
    wanted: Mapping[str, tuple[float, tuple[str, ...]]],
) -> tuple[float | None, float, int]:
    if blog.meaning is None or at is None:
        return None, 0.0, 0
    near = blog.meaning.nearness(stems for _, stems in wanted.values())
    others = np.sort(np.delete(near, at))[::-1]
    return float(near[at]), float(others[:3].mean()), int((others >= near[at]).sum())
