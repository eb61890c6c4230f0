"""What a blog's own decisions teach: in how many comments of each kind a word occurs.

Counts are all that is learned. They add up in any order, so replaying the decisions
gives them again to the last digit, and every process of a site reads the same.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .text import LIMIT, WORD, domains, guess_language, links, stem
from .verdicts import Reason, Submission

PUBLISHED = "published"
ALL_COMMENTS = ""
"""The token under which the comments themselves are counted."""
LABELS = (PUBLISHED, *(reason.value for reason in Reason))
MOST_TOKENS = 240
LONGEST_TOKEN = 80
MANNER = "="
"""Tokens that begin so tell how a comment is made, not what it says."""

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """Counts of decided comments: token → label → number of comments with it.

    Only the tokens of the comment at hand are needed, and the empty one.
    """

    counts: Counts = field(default_factory=dict)

    def count(self, token: str, label: str) -> int:
        return self.counts.get(token, {}).get(label, 0)

    def comments(self, label: str) -> int:
        return self.count(ALL_COMMENTS, label)


EMPTY = Learned()


def tokens_of(comment: Submission | str) -> set[str]:
    """Return what is counted of a comment.

    Its words and pairs of words, the sites it links to and, where more than its text is
    given, how it is made: how long, with how many links, under what kind of name.
    """
    if isinstance(comment, str):
        return set(typed_tokens(comment))
    return {*typed_tokens(comment.body), *manner(comment)}


def typed_tokens(body: str) -> dict[str, str]:
    """Map each token of a text to the words that it came from, as they were typed."""
    body = body[:LIMIT]
    language = guess_language(body)
    found: dict[str, str] = {}
    for site, link in domains(body).items():
        found.setdefault(f"@{site}"[:LONGEST_TOKEN], link)
    before, end = "", 0
    for match in WORD.finditer(body):
        after = stem(match[0].casefold(), language)
        found.setdefault(after[:LONGEST_TOKEN], match[0])
        if before:
            pair = f"{before} {after}"[:LONGEST_TOKEN]
            found.setdefault(pair, body[end : match.end()])
        before, end = after, match.start()
        if len(found) >= MOST_TOKENS:
            break
    found.pop(ALL_COMMENTS, None)
    return dict(list(found.items())[:MOST_TOKENS])


def manner(submission: Submission) -> set[str]:
    """Return tokens for how a comment is made: length, links, question, name, site."""
    body = submission.body[:LIMIT]
    name = submission.writer.name
    size = int(math.log2(1 + len(WORD.findall(body))))
    path = submission.writer.url.count("/") > 3
    return {
        f"{MANNER}length {min(6, size)}",
        f"{MANNER}links {min(2, len(links(body)))}",
        f"{MANNER}question {'?' in body}",
        f"{MANNER}name {min(3, len(WORD.findall(name)))} {name == name.lower()}",
        f"{MANNER}digits {any(c.isdigit() for c in name)}",
        f"{MANNER}site {bool(submission.writer.url)} {path}",
    }


def count(decided: Iterable[tuple[set[str], str]]) -> Learned:
    """Count decided comments, given as their tokens and what became of them."""
    counts: dict[str, Counter[str]] = {}
    for tokens, label in decided:
        if label not in LABELS:
            raise ValueError(f"{label!r} is neither “published” nor a reason.")
        for token in (ALL_COMMENTS, *tokens):
            counts.setdefault(token, Counter())[label] += 1
    return Learned(counts=counts)
