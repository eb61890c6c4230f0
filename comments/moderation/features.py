"""A comment as numbers that can be learned from: hashed words, letters, and manner.

Every feature has a place of its own in a vector of ``SIZE``, found by hashing, so that
no list of words has to be kept. Words, letters and manner have separate ranges; within
one, two features may share a place, which costs little.

Source: Weinberger et al., “Feature hashing for large scale multitask learning”, ICML
(2009).
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from .text import EMAIL, LIMIT, LINK, WORD, domains, links, without_links
from .verdicts import Submission

WORDS = 1 << 15
LETTERS = 1 << 15
MANNERS = 1 << 10
SIZE = WORDS + LETTERS + MANNERS
RUNS = (3, 4, 5)
"""Lengths of the runs of letters that are counted, word boundaries included."""
MOST_WORDS = 200
LONGEST_WORD = 24
MANNER_VALUE = 0.25
ADDRESS = re.compile(f"{LINK.pattern}|{EMAIL.pattern}", re.I)
"""Parts of an address are no words; of a site, its domain is one."""
TAG = re.compile(r"</?[a-z][^<>]{0,500}>", re.I)
HREF = re.compile(r"href\s?=\s?[\"']?([^\s\"'<>]{1,300})", re.I)
MOMENT = re.compile(r"(<a\s[^<>]{1,300}>)(\d{1,2}(?::\d\d){1,2})(</a>)", re.I)

Places = npt.NDArray[np.uint32]
Values = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Features:
    """Places in the vector, in rising order, and the value at each."""

    places: Places
    values: Values


@dataclass(frozen=True, slots=True)
class Spoken:
    """A word or a pair of words: the place of its own, those of its letters, as typed.

    ``letters`` is empty for pairs.
    """

    place: int
    letters: tuple[int, ...]
    typed: str


def bare(body: str) -> str:
    """Return a text with its HTML blanked, every character in its place.

    Addresses that tags lead to stay, but for those of a moment in a recording
    (“2:50”), which players make into links by themselves.
    """
    body = MOMENT.sub(lambda m: " " * len(m[1]) + m[2] + " " * len(m[3]), body[:LIMIT])
    return TAG.sub(_blanked, body)


def _blanked(tag: re.Match[str]) -> str:
    address = HREF.search(tag[0])
    if address is None:
        return " " * len(tag[0])
    start, end = address.span(1)
    return " " * start + address[1] + " " * (len(tag[0]) - end)


def words_of(body: str) -> list[Spoken]:
    """Return the different words and pairs of a text, each with how it was typed."""
    body = bare(body)
    found: dict[int, Spoken] = {}
    for site, link in domains(body).items():
        place = _word(f"@{site}")
        found.setdefault(place, Spoken(place, (), link))
    for small, typed in _words_and_pairs(body):
        place = _word(small)
        if place not in found:
            letters = () if " " in small else _letters(small)
            found[place] = Spoken(place, letters, typed)
        if len(found) >= 2 * MOST_WORDS:
            break
    return list(found.values())


def _words_and_pairs(body: str) -> Iterator[tuple[str, str]]:
    """Yield (small letters, as typed) for each word and each two words in a row."""
    taken = [match.span() for match in ADDRESS.finditer(body)]
    before: re.Match[str] | None = None
    for match in WORD.finditer(body):
        if any(start <= match.start() < end for start, end in taken):
            before = None
            continue
        small = match[0].casefold()[:LONGEST_WORD]
        yield small, match[0]
        if before is not None:
            pair = f"{before[0].casefold()[:LONGEST_WORD]} {small}"
            yield pair, body[before.start() : match.end()]
        before = match


def _word(small: str) -> int:
    return crc32(small.encode()) % WORDS


def _letters(small: str) -> tuple[int, ...]:
    padded = f"<{small}>"
    return tuple(
        dict.fromkeys(
            WORDS + crc32(padded[start : start + run].encode()) % LETTERS
            for run in RUNS
            for start in range(len(padded) - run + 1)
        )
    )


def manner_of(submission: Submission) -> list[int]:
    """Return the places for how a comment is made, not for what it says.

    How long it is, its links, questions and shouts, and under what kind of name.
    """
    body = bare(submission.body)
    writer = submission.writer
    number = len(WORD.findall(without_links(body)))
    linked = len(links(body))
    capitals = sum(c.isupper() for c in body) / (1 + sum(c.isalpha() for c in body))
    told = (
        f"length {min(6, int(math.log2(1 + number)))}",
        f"links {min(3, linked)}",
        f"bare link {linked > 0 and number < 4}",
        f"few words and a link {linked > 0 and number < 12}",
        f"question {'?' in body}",
        f"shout {min(3, body.count('!'))}",
        f"capitals {capitals > 0.4}",
        f"name of {min(3, len(WORD.findall(writer.name)))}",
        f"small name {writer.name == writer.name.lower()}",
        f"digits in name {any(c.isdigit() for c in writer.name)}",
        f"site {bool(writer.url)} {writer.url.count('/') > 3}",
    )
    return [WORDS + LETTERS + crc32(item.encode()) % MANNERS for item in told]


def features_of(submission: Submission, spoken: Sequence[Spoken]) -> Features:
    """Return a comment with these words as features.

    Each kind has the same length, whatever the comment's: a long one says no more.
    """
    letters = {place for word in spoken for place in word.letters}
    found: dict[int, float] = {}
    for place in manner_of(submission):
        found[place] = found.get(place, 0.0) + MANNER_VALUE
    found.update(dict.fromkeys((w.place for w in spoken), value_of(len(spoken))))
    found.update(dict.fromkeys(letters, value_of(len(letters))))
    places = sorted(found)
    return Features(
        np.array(places, dtype=np.uint32),
        np.array([found[place] for place in places], dtype=np.float32),
    )


def value_of(number: int) -> float:
    """Return the value of each of so many features: their squares add up to 1."""
    return 1 / math.sqrt(max(1, number))
