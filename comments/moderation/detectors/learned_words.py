"""Which of the comment's words were published here, and which rejected?"""

import math
from collections.abc import Iterator

from ..learning import ALL_COMMENTS, PUBLISHED, Learned, typed_tokens
from ..verdicts import Evidence, Reason, Submission

MOST_WEIGHT = 4.0
"""All that was learned together weighs no more than this, for or against."""
TRUST_AFTER = 20
"""After so many decisions of a kind, what was learned has half its weight."""
TELLING = 0.4
MOST_WORDS = 12
DOUBT = 1.0


def detect(submission: Submission, learned: Learned) -> Iterator[Evidence]:
    """Weigh the words that told most in the decisions taken here so far."""
    typed = typed_tokens(submission.body)
    for reason in Reason:
        yield from _about(reason, typed, learned)


def _about(
    reason: Reason, typed: dict[str, str], learned: Learned
) -> Iterator[Evidence]:
    rejected, published = learned.comments(reason), learned.comments(PUBLISHED)
    if not rejected or not published:
        return
    weights = {
        token: weight
        for token in typed
        if abs(weight := token_weight(token, reason, learned)) >= TELLING
    }
    telling = sorted(weights, key=lambda token: (-abs(weights[token]), token))
    telling = telling[:MOST_WORDS]
    total = sum(weights[token] for token in telling)
    if not total:
        return
    trust = min(rejected, published) / (min(rejected, published) + TRUST_AFTER)
    shrink = trust * MOST_WEIGHT * math.tanh(abs(total) / MOST_WEIGHT) / abs(total)
    for token in telling:
        yield Evidence(
            reason=reason,
            weight=weights[token] * shrink,
            excerpt=typed[token],
            code="learned.rejected" if weights[token] > 0 else "learned.published",
            details={
                "rejected": str(learned.count(token, reason)),
                "published": str(learned.count(token, PUBLISHED)),
            },
        )


def token_weight(token: str, reason: Reason, learned: Learned) -> float:
    """Return how much a word tells for a reason against being published, in nats.

    Both rates are drawn towards the word's rate in all decided comments, as if one more
    comment of each kind had been seen with it. A word never seen tells nothing.
    """
    if token == ALL_COMMENTS:
        return 0.0
    in_rejected = learned.count(token, reason)
    in_published = learned.count(token, PUBLISHED)
    rejected, published = learned.comments(reason), learned.comments(PUBLISHED)
    if in_rejected > rejected or in_published > published:
        raise ValueError(f"{token!r} is counted in more comments than exist.")
    rate = (in_rejected + in_published) / (rejected + published)
    if not rate:
        return 0.0
    return math.log(
        ((in_rejected + DOUBT * rate) / (rejected + DOUBT))
        / ((in_published + DOUBT * rate) / (published + DOUBT))
    )
