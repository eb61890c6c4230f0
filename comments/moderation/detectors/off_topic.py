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
TELLS_ENOUGH = 80
"""A post of fewer telling words leaves open what belongs to it: accuse less."""
MOST_WEIGHT = 5.0
MOST_QUOTED = 4

STRAYED_WEIGHT = 0.8

# What is usual: there an observation speaks neither for nor against.
USUAL_OWN = 2.8
USUAL_OTHERS = 2.5
USUAL_NEAR = 0.33
USUAL_NEAR_BEST = 0.63
USUAL_AHEAD = 3.8

FAR = 1.3
"""From this weight on, in nats, a comment strikes as having nothing to do here."""


def detect(submission: Submission) -> Iterator[Evidence]:
    """Weigh what the comment shares with its post, and name a post it fits better."""
    found = fit(submission)
    if not found.length:
        return
    length = math.log1p(found.length)
    observed = (_young if found.near is None else _settled)(found, length)
    yield from _told(submission, found, _bounded(observed, found))


def is_far(submission: Submission) -> bool:
    """Whether the comment speaks of nothing that its post does, as far as one sees."""
    found = fit(submission)
    total = math.fsum(item.weight for item in detect(submission))
    return found.length >= FEWEST_WORDS and total > FAR


def _young(found: Fit, length: float) -> list[tuple[float, str]]:
    """On a blog of few posts: the words, and another post if it explains more."""
    titled = math.log1p(found.title)
    words = (
        -1.282
        + 1.369 * length
        - (0.393 + 0.049 * length) * found.own
        - (0.847 + 0.327 * length) * titled
    )
    observed = [(words, _code(words))]
    if found.better is not None:
        observed.append((STRAYED_WEIGHT, "better"))
    return observed


def _settled(found: Fit, length: float) -> list[tuple[float, str]]:
    """On a blog of some posts: the words, the other posts, and the meaning."""
    pull = 0.375 + 0.145 * length
    words = (
        -1.053
        + 0.318 * length
        + pull * (USUAL_OWN - found.own)
        - 0.36 * length * math.log1p(found.title)
    )
    elsewhere = pull * (found.others - USUAL_OTHERS)
    near = _nearness(found, length)
    meaning = (near, "far" if near > 0 else "near")
    if found.better is None or elsewhere <= 0:
        words += elsewhere
        return [(words, _code(words)), meaning]
    return [(words, _code(words)), (elsewhere, "better"), meaning]


def _code(weight: float) -> str:
    return "alien" if weight > 0 else "shared"


def _nearness(found: Fit, length: float) -> float:
    return (
        (1.389 + 0.526 * length) * (USUAL_NEAR - (found.near or 0.0))
        + 0.967 * length * (found.near_best - USUAL_NEAR_BEST)
        + (0.087 + 0.065 * length) * (math.log1p(found.ahead) - USUAL_AHEAD)
    )


def _bounded(observed: list[tuple[float, str]], found: Fit) -> list[tuple[float, str]]:
    """Shrink all weights alike, so that together they stay within their bounds."""
    total = math.fsum(weight for weight, _ in observed)
    most = MOST_WEIGHT
    if total > 0 and found.known < TELLS_ENOUGH:
        most = min(most, total * math.sqrt(found.known / TELLS_ENOUGH))
    if total > 0 and found.length < FEWEST_WORDS:
        most = min(most, ACCUSED_BY_A_WORD * found.length)
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
