"""What a blog's own decisions teach: in how many comments of each kind a word occurs.

Counts are all that is learned. They add up in any order, so replaying the decisions
gives them again to the last digit, and every process of a site reads the same.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .text import LIMIT, WORD, domains, guess_language, is_content, stem
from .verdicts import Reason, Submission

PUBLISHED = "published"
ALL_COMMENTS = ""
"""The token under which the comments themselves are counted."""
LABELS = (PUBLISHED, *(reason.value for reason in Reason))
MOST_TOKENS = 240
LONGEST_TOKEN = 80

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
    """Return what is counted of a comment: words, pairs of words, sites it links to."""
    body = comment if isinstance(comment, str) else comment.body
    return set(typed_tokens(body[:LIMIT]))


def typed_tokens(body: str) -> dict[str, str]:
    """Map each token of a text to the words that it came from, as they were typed."""
    language = guess_language(body)
    found: dict[str, str] = {}
    for site, link in domains(body).items():
        found.setdefault(f"@{site}"[:LONGEST_TOKEN], link)
    for word in WORD.findall(body[:LIMIT]):
        small = word.casefold()
        if is_content(small):
            found.setdefault(stem(small, language)[:LONGEST_TOKEN], word)
    kept = list(found.items())[:MOST_TOKENS]
    return {token: typed for token, typed in kept if token != ALL_COMMENTS}


def count(decided: Iterable[tuple[set[str], str]]) -> Learned:
    """Count decided comments, given as their tokens and what became of them."""
    counts: dict[str, Counter[str]] = {}
    for tokens, label in decided:
        if label not in LABELS:
            raise ValueError(f"{label!r} is neither “published” nor a reason.")
        for token in (ALL_COMMENTS, *tokens):
            counts.setdefault(token, Counter())[label] += 1
    return Learned(counts=counts)
