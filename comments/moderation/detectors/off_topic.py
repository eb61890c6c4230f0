"""Has this comment anything to do with the post, or with the conversation under it?

What was found of its likeness is added up: each feature weighs by how far it is from
what is usual. ``manage.py fit_relevance`` found the weights, once, on comments under
their own and under other posts, with all signs fixed (docs/screening.md).
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from ..likeness import Likeness, likeness
from ..verdicts import Evidence, Reason, Submission

FEWEST_WORDS = 4
"""With fewer telling words than this a comment may be praised, but hardly accused."""
ACCUSED_BY_A_WORD = 0.4
FEWEST_CHARACTERS = 40
"""A shorter comment is not accused at all; it has no room to say what it is about."""
MOST_WEIGHT = 5.0
MOST_QUOTED = 4

Weights = Mapping[str, tuple[float, float]]
"""For each feature what is usual, and what a unit above that weighs, in nats."""

BASE = -0.77
SETTLED: Weights = {
    "length": (2.72, 0.57),
    "post_length": (5.29, 0.22),
    "thread_length": (3.72, 0.58),
    "own": (3.39, -0.60),
    "title": (0.25, -0.99),
    "phrases": (0.85, -0.39),
    "spelling": (0.175, -0.44),
    "cosine": (0.066, -9.2),
    "others": (3.20, 0.69),
    "nearest": (0.365, -3.7),
    "elsewhere": (0.64, 3.1),
    "kindred": (0.17, -1.3),
    "straying": (0.435, 0.78),
}

# On a blog of few posts, which have little to say about what else there is.
YOUNG_BASE = -0.98
YOUNG: Weights = {
    "length": (2.72, 1.12),
    "post_length": (5.29, 0.68),
    "thread_length": (3.72, 0.61),
    "own": (5.38, -0.44),
    "title": (0.25, -1.38),
    "phrases": (0.85, -0.45),
    "spelling": (0.25, -0.34),
}
STRAYED_WEIGHT = 0.85
"""What it weighs there that another post fits better."""

ELSEWHERE = frozenset({"others"})
MEANT = frozenset({"nearest", "elsewhere", "kindred", "straying"})

FAR = 1.2
"""From this weight on, in nats, a comment strikes as having nothing to do here."""


def detect(submission: Submission) -> Iterator[Evidence]:
    """Weigh what the comment shares with its post, and name a post it fits better."""
    found = likeness(submission)
    observed = _bounded(_observed(found), found)
    is_short = len(submission.body.strip()) < FEWEST_CHARACTERS
    if found.length and not (is_short and _total(observed) > 0):
        yield from _told(submission, found, observed)


def is_far(submission: Submission) -> bool:
    """Whether the comment speaks of nothing that its post does, as far as one sees."""
    found = likeness(submission)
    far = _total(_bounded(_observed(found), found)) > FAR
    return far and found.length >= FEWEST_WORDS


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
    """Return what each feature weighs, in nats."""
    values = asdict(found.features)
    return {
        name: weight * (values[name] - usual)
        for name, (usual, weight) in weights.items()
    }


def _code(weight: float) -> str:
    return "alien" if weight > 0 else "shared"


def _bounded(
    observed: list[tuple[float, str]], found: Likeness
) -> list[tuple[float, str]]:
    """Shrink all weights alike, so that together they stay within their bounds."""
    total = _total(observed)
    most = MOST_WEIGHT
    if total > 0 and found.length < FEWEST_WORDS:
        most = min(most, ACCUSED_BY_A_WORD * found.length)
    if abs(total) <= most:
        return observed
    return [(weight * most / abs(total), code) for weight, code in observed]


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
