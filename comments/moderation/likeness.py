"""How like its post, the conversation and the other posts a comment is.

Ten-odd figures, each of which is told in ``Features``. What they weigh is in
``detectors/off_topic.py``, and how the weights are found in ``fitting.py``.
"""

import math
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt

from . import text
from .meaning import Array, Meaning
from .pairs import kin, paired
from .relevance import (
    FEW_POSTS,
    POST_LIMIT,
    SHORTEST,
    TRUST,
    Floats,
    PreparedBlog,
    PreparedSubject,
    Wanted,
    heard,
    prepare,
    terms,
)
from .runs import RunIndex, Runs, runs_of
from .verdicts import Submission

MOST_WORDS = 400
TALK = 2
"""How much more a word tells that people use under the post than one of the post."""
MOST_SPELLED = 40
"""So many of the words that match nothing are compared letter by letter."""
LETTERS = 5
"""Words that share most runs of so many letters are spellings of one another."""
SAID = 6.0
"""Words that come more often than once in e⁶ (some 400) say nothing, ..."""
PAIRED = 13.0
"""... nor do two that stand together more often than once in e¹³; ..."""
MOST_PAIRED = 8.0
"""... and no pair says more than this, all in nats."""
KNOWN_LITTLE = 80
"""A post of fewer telling words is taken to have as many when its length counts, ..."""
KNOWN_ENOUGH = 1000
"""... and a post or a conversation of more likewise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What is observed of a comment. Where nothing can be, None.

    ``length``, ``post_length`` and ``thread_length``: logarithms of how many different
    telling words the comment has, and of how many the post and the conversation have.
    ``own``: what post and conversation make likelier than language in general does.
    ``title``: logarithm of how many words of the title it has. ``phrases``: pairs of
    words that stand together in the post or the conversation too. On a blog of few
    posts, ``spelling``: words spelled nearly like one there. On one of some posts,
    ``cosine``: that of the comment with the post, rare words weighing most; ``others``:
    what the blog's other posts, or none, would make likelier on average. All are in
    nats by the root of the number of words, but for the logarithms and the cosine.

    How it is spelled, by its runs of letters, also on a blog of some posts and in the
    language of the post: ``outspelled``, the logarithm of the share of the other posts
    that are more like it than the post, the conversation and each comment in it;
    ``respelled``, the cosine with the three other posts that are most like it.

    What is meant, likewise, as cosines: ``nearest``, that with the post or, if it is
    nearer, with the conversation; ``elsewhere`` with the three other posts that are
    nearest; ``kindred`` of the post with those that would explain the words of the
    comment; ``straying`` of the conversation with the post.
    """

    length: float
    post_length: float
    thread_length: float
    own: float
    title: float
    phrases: float
    spelling: float | None = None
    cosine: float | None = None
    others: float | None = None
    outspelled: float | None = None
    respelled: float | None = None
    nearest: float | None = None
    elsewhere: float | None = None
    kindred: float | None = None
    straying: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What was found of a comment.

    ``shared`` and ``alien`` are its telling words, as typed, the most telling first:
    those that post or conversation have, and those that they have not. ``better`` is
    the title of the post that fits best, if that is not the own one.
    """

    features: Features
    shared: tuple[str, ...]
    alien: tuple[str, ...]
    better: str | None = None

    @property
    def length(self) -> int:
        """How many different telling words the comment has."""
        return len(self.shared) + len(self.alien)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    """A comment beside what it is compared with.

    ``said`` and ``talked`` count, for each wanted word, how often post and conversation
    have it; ``gains`` is what that tells, in nats.
    """

    submission: Submission
    blog: PreparedBlog
    at: int | None
    post: PreparedSubject
    thread: Counter[str]
    language: str
    wanted: Sequence[Wanted]
    said: Sequence[int]
    talked: Sequence[int]
    gains: Sequence[float]

    @property
    def thread_length(self) -> int:
        return max(SHORTEST, self.thread.total())

    @property
    def root(self) -> float:
        return math.sqrt(max(1, len(self.wanted)))

    def in_post(self, item: Wanted) -> tuple[str, ...]:
        return item.near if self.post.language == self.language else item.anywhere


_latest: list[tuple[Submission, Likeness]] = []
"""The last submission that was looked at: more than one detector asks about it."""


def likeness(submission: Submission) -> Likeness:
    """Compare a comment with its post, the conversation there, and the other posts."""
    for seen, found in _latest[:1]:
        if seen is submission:
            return found
    found = _likeness(_compare(submission))
    _latest[:] = [(submission, found)]
    return found


def _likeness(compared: _Compared) -> Likeness:
    fits = compared.blog.fits(compared.wanted, compared.language)
    own = math.fsum(compared.gains)
    order = sorted(
        range(len(compared.wanted)),
        key=lambda i: (-compared.gains[i], compared.wanted[i].background),
    )
    return Likeness(
        features=_features(compared, fits),
        shared=tuple(compared.wanted[i].word for i in order if compared.gains[i] > 0),
        alien=tuple(compared.wanted[i].word for i in order if compared.gains[i] <= 0),
        better=_better(compared, fits, own),
    )


def _compare(submission: Submission) -> _Compared:
    blog = submission.blog or PreparedBlog(submission.other_posts)
    at = blog.find(submission.subject)
    post = prepare(submission.subject) if at is None else blog.posts[at]
    thread = _conversation(submission)
    language = submission.language or text.guess_language(submission.body)
    is_foreign = post.language != language
    wanted = _wanted(submission.body, language, blog, is_foreign=is_foreign)
    counts = post.counts
    said = [
        _first(counts, item.anywhere if is_foreign else item.near) for item in wanted
    ]
    talked = [_first(thread, item.anywhere) for item in wanted]
    thread_length = max(SHORTEST, thread.total())
    gains = [
        math.log1p(
            TRUST
            * (here / post.length + TALK * there / thread_length)
            / item.background
        )
        for item, here, there in zip(wanted, said, talked, strict=True)
    ]
    return _Compared(
        submission=submission,
        blog=blog,
        at=at,
        post=post,
        thread=thread,
        language=language,
        wanted=wanted,
        said=said,
        talked=talked,
        gains=gains,
    )


def _wanted(
    body: str, language: str, blog: PreparedBlog, *, is_foreign: bool
) -> list[Wanted]:
    """Return the different telling words of a comment, as first typed."""
    found: dict[str, Wanted] = {}
    other = "fr" if language == "en" else "en"
    for word in text.WORD.findall(body[: text.LIMIT]):
        small = word.casefold()
        if not text.is_telling(small, language):
            continue
        stem = text.stem(small, language)
        if stem not in found:
            found[stem] = Wanted(
                word=word,
                stem=stem,
                quoted=text.stem(small, other),
                abroad=(kin if is_foreign else paired)(small, language),
                background=blog.background(stem, small),
            )
            if len(found) >= MOST_WORDS:
                break
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Piece:
    """A post or an earlier comment as it was read.

    ``words`` are all its words in their order, in small letters.
    """

    words: tuple[str, ...]
    runs: Runs

    @property
    def letters(self) -> str:
        """The words that are long enough to be compared by letters, once each."""
        bare = (text.unaccented(word) for word in set(self.words))
        return " ".join(word for word in bare if len(word) >= LETTERS)


def _read(piece: str) -> _Piece:
    words = tuple(map(sys.intern, text.WORD.findall(piece[:POST_LIMIT].casefold())))
    return _Piece(words, runs_of(piece[:POST_LIMIT]))


# What was read is remembered, so that a comment is read once and not again for each
# that follows it; of long texts fewer.
_read_post = lru_cache(maxsize=32)(_read)
_read_comment = lru_cache(maxsize=1024)(_read)


@lru_cache(maxsize=1024)
def _told(piece: str) -> tuple[str, ...]:
    return tuple(terms(piece[: text.LIMIT], text.guess_language(piece)))


def _conversation(submission: Submission) -> Counter[str]:
    """Count the words of the conversation; those of the answered comment again."""
    pieces = (*submission.thread, submission.parent, submission.parent)
    return Counter(chain.from_iterable(_told(piece) for piece in pieces if piece))


def _first(counts: Mapping[str, int], stems: tuple[str, ...]) -> int:
    for stem in stems:
        if stem in counts:
            return counts[stem]
    return 0


def _features(compared: _Compared, fits: Floats) -> Features:
    post, root = compared.post, compared.root
    titled = sum(
        1
        for item in compared.wanted
        if not post.in_title.isdisjoint(compared.in_post(item))
    )
    pieces = _pieces(compared.submission)
    return Features(
        length=math.log1p(len(compared.wanted)),
        post_length=math.log(max(KNOWN_LITTLE, min(KNOWN_ENOUGH, post.length))),
        thread_length=math.log(min(KNOWN_ENOUGH, compared.thread_length)),
        own=math.fsum(compared.gains) / root,
        title=math.log1p(titled),
        phrases=_phrases(compared.submission.body, pieces),
        **(
            _beside_the_others(compared, fits, talk=pieces[1:])
            or {"spelling": _spelling(compared, pieces) / root}
        ),
    )


def _comparable(compared: _Compared) -> npt.NDArray[np.bool_]:
    """Return which posts to compare with: others, in the languages that are met here.

    Words that only look alike make every post of the other language fit a little.
    """
    met = (compared.language, compared.post.language)
    chosen = np.isin(compared.blog.languages, met)
    if compared.at is not None:
        chosen[compared.at] = False
    return np.asarray(chosen, dtype=np.bool_)


def _average(fits: Floats) -> float:
    """Return the logarithm of the mean likelihood ratio, of all posts and of none."""
    best = float(fits.max(initial=0.0))
    total = float(np.exp(fits - best).sum()) + math.exp(-best)
    return best + math.log(total / (fits.size + 1))


def _tells(background: float) -> float:
    return max(0.0, -math.log(background) - SAID)


def _cosine(compared: _Compared, at: int) -> float:
    """Return the cosine of comment and post: log frequency by rarity on the blog."""
    blog = compared.blog
    weights = [blog.rarity(item.anywhere) for item in compared.wanted]
    product = math.fsum(
        weight * weight * (1 + math.log(count))
        for weight, count in zip(weights, compared.said, strict=True)
        if count
    )
    lengths = math.hypot(*weights) * float(blog.norms[at])
    return product / lengths if product else 0.0


def _pieces(submission: Submission) -> list[_Piece]:
    """Read the post and each comment of the conversation."""
    subject = submission.subject
    post = _read_post(f"{subject.title} {subject.body}"[:POST_LIMIT])
    talk = [_read_comment(piece) for piece in submission.thread]
    if submission.parent:
        talk.append(_read_comment(submission.parent))
    return [post, *talk]


def _phrases(body: str, pieces: Iterable[_Piece]) -> float:
    """Return what the pairs of words tell that stand together there too."""
    words = text.words(body)
    pairs = frozenset(pairwise(words))
    shared: set[tuple[str, str]] = set()
    for piece in pieces:
        shared |= pairs.intersection(pairwise(piece.words))
    told = math.fsum(min(MOST_PAIRED, _paired(*pair)) for pair in shared)
    return told / math.sqrt(max(4, len(set(words))))


def _paired(first: str, second: str) -> float:
    return max(0.0, -math.log(heard(first) * heard(second)) - PAIRED)


def _spelling(compared: _Compared, pieces: Iterable[_Piece]) -> float:
    """Return what words tell that match none, but share most of their letters."""
    there = " ".join(piece.letters for piece in pieces)
    alien = [
        item
        for item, gain in zip(compared.wanted, compared.gains, strict=True)
        if not gain > 0 and len(item.word) >= LETTERS
    ]
    return math.fsum(
        _tells(item.background)
        for item in alien[:MOST_SPELLED]
        if _is_spelled(text.stem(item.word.casefold(), ""), there)
    )


def _is_spelled(word: str, there: str) -> bool:
    runs = {word[i : i + LETTERS] for i in range(len(word) - LETTERS + 1)}
    return 2 * sum(run in there for run in runs) > len(runs)


def _beside_the_others(
    compared: _Compared, fits: Floats, *, talk: Sequence[_Piece]
) -> dict[str, float]:
    """Return what is seen only beside other posts; nothing on a blog of few."""
    meaning, index, at = compared.blog.meaning, compared.blog.runs, compared.at
    if meaning is None or index is None or at is None:
        return {}
    return {
        "cosine": _cosine(compared, at),
        "others": _average(fits[_comparable(compared)]) / compared.root,
        **_spelled(compared, index, at, [piece.runs for piece in talk]),
        **_meant(compared, meaning, at, fits),
    }


def _spelled(
    compared: _Compared, index: RunIndex, at: int, talk: Sequence[Runs]
) -> dict[str, float]:
    """Return how the runs of letters compare with those of posts in its language.

    Two languages spell the same thing apart: between them it tells nothing.
    """
    rivals = compared.blog.languages == compared.language
    rivals[at] = False
    if compared.post.language != compared.language or rivals.sum() < FEW_POSTS:
        return {}
    runs = runs_of(compared.submission.body[: text.LIMIT])
    cosines = index.cosines(runs)
    own = max(float(cosines[at]), index.likest(runs, talk))
    others = cosines[rivals]
    return {
        "outspelled": math.log((1 + (others >= own).sum()) / (1 + others.size)),
        "respelled": float(np.partition(others, -3)[-3:].mean()),
    }


def _meant(
    compared: _Compared, meaning: Meaning, at: int, fits: Floats
) -> dict[str, float]:
    points, talk = _points(compared, meaning), _talk(compared, meaning)
    closeness = meaning.posts @ points
    near, others = float(closeness[at]), np.delete(closeness, at)
    explains = np.exp(np.delete(fits, at) - np.delete(fits, at).max())
    kin_of_post = np.delete(meaning.posts @ meaning.posts[at], at)
    return {
        "nearest": max(near, float(points @ talk)),
        "elsewhere": float(np.partition(others, -3)[-3:].mean()),
        "kindred": float(explains @ kin_of_post / explains.sum()),
        "straying": float(talk @ meaning.posts[at]),
    }


def _points(compared: _Compared, meaning: Meaning) -> Array:
    """Return where the comment points: by the first stem of each word that is known."""
    terms = meaning.terms
    known = [
        next((terms[stem] for stem in item.anywhere if stem in terms), None)
        for item in compared.wanted
    ]
    rows = [row for row in known if row is not None]
    return meaning.direction(rows, [1.0] * len(rows))


def _talk(compared: _Compared, meaning: Meaning) -> Array:
    """Return where the conversation points."""
    terms, thread = meaning.terms, compared.thread
    known = [(terms[stem], n) for stem, n in thread.items() if stem in terms]
    return meaning.direction(
        [row for row, _ in known], [1 + math.log(n) for _, n in known]
    )


def _better(compared: _Compared, fits: Floats, own: float) -> str | None:
    """Name the other post that fits best, if it fits better than the own one."""
    if compared.at is not None:
        fits = fits.copy()
        fits[compared.at] = -math.inf
    if not fits.size or fits.max() <= own:
        return None
    return compared.blog.posts[int(fits.argmax())].title
