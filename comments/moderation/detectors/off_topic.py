"""Has this comment anything to do with the post, or with the conversation under it?

Three observations add up: the words it shares with them, whether another post would
explain its words better, and whether it means the same. Their weights grow with the
logarithm of its length. They were fitted once, on comments under their own and under
other posts, with all signs fixed (docs/screening.md); a blog too young for the second
and third is judged by the first.
"""

import math
from collections.abc import Iterator

from ..relevance import Fit, fit
from ..verdicts import Evidence, Reason, Submission

FEWEST_WORDS = 4
"""With fewer telling words than this a comment may be praised, but hardly accused."""
ACCUSED_BY_A_WORD = 0.4
MOST_WEIGHT = 5.0
MOST_QUOTED = 4

STRAYED_WEIGHT = 0.8

# What is usual: there an observation speaks neither for nor against.
USUAL_OWN = 2.8
USUAL_OTHERS = 4.5
USUAL_NEAR = 0.35
USUAL_NEAR_BEST = 0.63
USUAL_AHEAD = 3.75

FAR = 0.5
"""From this weight on, in nats, a comment strikes as having nothing to do here."""


def detect(submission: Submission) -> Iterator[Evidence]:
    """Weigh what the comment shares with its post, and name a post it fits better."""
    found = fit(submission)
    if not found.length:
        return
    length = math.log1p(found.length)
    young = found.near is None
    words = _young_words(found, length) if young else _words(found, length)
    observed = [(words, "alien" if words > 0 else "shared")]
    if young and found.better is not None:
        observed.append((STRAYED_WEIGHT, "better"))
    if not young:
        elsewhere = _elsewhere(found, length)
        if found.better is None:
            observed = [(words + elsewhere, _code(words + elsewhere))]
        else:
            observed.append((elsewhere, "better"))
        near = _nearness(found, length)
        observed.append((near, "far" if near > 0 else "near"))
    yield from _told(submission, found, _bounded(observed, found))


def is_far(submission: Submission) -> bool:
    """Whether the comment speaks of nothing that its post does, as far as one sees."""
    found = fit(submission)
    total = math.fsum(item.weight for item in detect(submission))
    return found.length >= FEWEST_WORDS and total > FAR


def _code(weight: float) -> str:
    return "alien" if weight > 0 else "shared"


def _words(found: Fit, length: float) -> float:
    titled = math.log1p(found.title)
    pull = 0.306 + 0.164 * length
    return (
        -2.93 + 1.06 * length + pull * (USUAL_OWN - found.own) - 0.398 * length * titled
    )


def _young_words(found: Fit, length: float) -> float:
    titled = math.log1p(found.title)
    return (
        -1.381
        + 1.397 * length
        - (0.333 + 0.055 * length) * found.own
        - (1.229 + 0.262 * length) * titled
    )


def _elsewhere(found: Fit, length: float) -> float:
    return (0.306 + 0.164 * length) * (found.others - USUAL_OTHERS)


def _nearness(found: Fit, length: float) -> float:
    return (
        (1.466 + 0.651 * length) * (USUAL_NEAR - (found.near or 0.0))
        + 0.918 * length * (found.near_best - USUAL_NEAR_BEST)
        + (0.051 + 0.058 * length) * (math.log1p(found.ahead) - USUAL_AHEAD)
    )


def _bounded(observed: list[tuple[float, str]], found: Fit) -> list[tuple[float, str]]:
    """Shrink all weights alike, so that together they stay within their bounds."""
    total = math.fsum(weight for weight, _ in observed)
    most = MOST_WEIGHT
    if total > 0 and found.length < FEWEST_WORDS:
        most = ACCUSED_BY_A_WORD * found.length
    if abs(total) <= most:
        return observed
    return [(weight * most / abs(total), code) for weight, code in observed]


def _told(
    submission: Submission, found: Fit, observed: list[tuple[float, str]]
) -> Iterator[Evidence]:
    for weight, code in observed:
        words = found.alien if weight > 0 else found.shared
        words = words or found.shared or found.alien
        post = found.better if code == "better" else submission.subject
        yield Evidence(
            reason=Reason.OFF_TOPIC,
            weight=weight,
            excerpt=words[0],
            code=f"off_topic.{code}",
            details={
                "words": ", ".join(words[:MOST_QUOTED]),
                "post": post.title if post else "",
            },
        )
