"""Has this comment anything to do with the post, or with the conversation under it?

What was found of its likeness is added up: each feature weighs by how far it is from
what is usual. ``manage.py fit_relevance`` found the weights, once, on comments under
their own and under other posts, with all signs fixed (docs/screening.md).
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace

from ..likeness import Likeness, likeness
from ..text import LIMIT, without_links, words
from ..verdicts import Evidence, Reason, Submission

FEWEST_WORDS = 4
"""With fewer telling words than this a comment may be praised, but hardly accused."""
ACCUSED_BY_A_WORD = 0.4
SAYS_LITTLE = 3.0
"""An accusation by n telling words counts n / (n + 3): few may miss by chance. ..."""
LOUDER = 1.25
"""... Of all of them as much is made as makes the probabilities true."""
FEWEST_CHARACTERS = 40
"""A shorter comment is not accused at all; it has no room to say what it is about."""
MOST_WEIGHT = 5.0
MOST_QUOTED = 4

Weights = Mapping[str, tuple[float, float]]
"""For each feature what is usual, and what a unit above that weighs, in nats."""

BASE = -0.705
SETTLED: Weights = {
    "length": (2.72, 0.407),
    "post_length": (5.19, 0.423),
    "thread_length": (3.83, 0.506),
    "own": (3.15, -0.413),
    "title": (0.241, -1.05),
    "phrases": (0.869, -0.423),
    "cosine": (0.0596, -8.62),
    "others": (2.73, 0.666),
    "outspelled": (-3.13, 0.236),
    "respelled": (0.0516, 20.2),
    "nearest": (0.373, -4.18),
    "elsewhere": (0.658, 1.84),
    "kindred": (0.177, -1.26),
    "straying": (0.502, 0.74),
}

# On a blog of few posts, which have little to say about what else there is.
YOUNG_BASE = -0.878
YOUNG: Weights = {
    "length": (2.72, 1.11),
    "post_length": (5.19, 0.573),
    "thread_length": (3.83, 0.745),
    "own": (5.05, -0.463),
    "title": (0.241, -1.61),
    "phrases": (0.869, -0.418),
    "spelling": (0.249, -0.42),
}
STRAYED_WEIGHT = 0.656
"""What it weighs there that another post fits better."""

ELSEWHERE = frozenset({"others"})
MEANT = frozenset({"nearest", "elsewhere", "kindred", "straying"})

FAR = 1.2
"""From this weight on, in nats, a comment strikes as having nothing to do here."""


def detect(submission: Submission) -> Iterator[Evidence]:
    """Weigh what the comment shares with its post, and name a post it fits better."""
    found = _likeness(submission)
    observed = _bounded(_observed(found), found)
    is_short = len(submission.body.strip()) < FEWEST_CHARACTERS
    if found.length and not (is_short and _total(observed) > 0):
        yield from _told(submission, found, observed)


def is_far(submission: Submission) -> bool:
    """Whether the comment speaks of nothing that its post does, as far as one sees."""
    found = _likeness(submission)
    far = _total(_bounded(_observed(found), found)) > FAR
    return far and found.length >= FEWEST_WORDS


def _likeness(submission: Submission) -> Likeness:
    """Compare what is said with the post; an address alone says nothing of it.

    Else a link to a site that others have named would belong here for that.
    """
    said = without_links(submission.body[:LIMIT])
    if len(words(said)) < FEWEST_WORDS and said != submission.body:
        submission = replace(submission, body=said)
    return likeness(submission)


def _total(observed: list[tuple[float, str]]) -> float:
    return math.fsum(weight for weight, _ in observed)


def _observed(found: Likeness) -> list[tuple[float, str]]:
    """Return what words, other posts and meaning weigh, each with how it is told."""
    if found.features.others is None:
        words = YOUNG_BASE + math.fsum(weighed(found, YOUNG).values())
        strayed = [] if found.better is None else [(STRAYED_WEIGHT, "better")]
        return [(words, _code(words)), *strayed]
    weights = weighed(found, SETTLED)
    meant = math.fsum(weights[name] for name in MEANT)
    elsewhere = math.fsum(weights[name] for name in ELSEWHERE)
    words = BASE + math.fsum(weights.values()) - meant - elsewhere
    meaning = (meant, "far" if meant > 0 else "near")
    if found.better is None or elsewhere <= 0:
        words += elsewhere
        return [(words, _code(words)), meaning]
    return [(words, _code(words)), (elsewhere, "better"), meaning]


def weighed(found: Likeness, weights: Weights) -> dict[str, float]:
    """Return what each feature weighs, in nats; where nothing can be seen, nothing."""
    values = asdict(found.features)
    return {
        name: 0.0 if values[name] is None else weight * (values[name] - usual)
        for name, (usual, weight) in weights.items()
    }


def _code(weight: float) -> str:
    return "alien" if weight > 0 else "shared"


def _bounded(
    observed: list[tuple[float, str]], found: Likeness
) -> list[tuple[float, str]]:
    """Shrink all weights alike, so that together they stay within their bounds."""
    total = _total(observed)
    if not total:
        return observed
    share = bounded(total, found.length) / total
    return [(weight * share, code) for weight, code in observed]


def bounded(total: float, length: int) -> float:
    """Return how much is made of a weight, for a comment of so many telling words."""
    if total <= 0:
        return max(-MOST_WEIGHT, total)
    most = ACCUSED_BY_A_WORD * length if length < FEWEST_WORDS else MOST_WEIGHT
    return min(most, LOUDER * total * length / (length + SAYS_LITTLE))


def _told(
    submission: Submission, found: Likeness, observed: list[tuple[float, str]]
) -> Iterator[Evidence]:
    for weight, code in observed:
        words = found.alien if weight > 0 else found.shared
        words = words or found.shared or found.alien
        post = found.better if code == "better" else submission.subject.title
        yield Evidence(
            reason=Reason.OFF_TOPIC,
            weight=weight,
            excerpt=words[0],
            code=f"off_topic.{code}",
            details={
                "words": ", ".join(words[:MOST_QUOTED]),
                "post": post or "",
            },
        )
