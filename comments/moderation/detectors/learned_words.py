"""Which of the comment's words were published here, and which rejected?

Words are many and repeat each other, so their weights are damped by the root of their
number. What was learned weighs more the more decisions it rests on.
"""

import math
from collections.abc import Iterator

from ..learning import ALL_COMMENTS, PUBLISHED, Learned, manner, typed_tokens
from ..verdicts import Evidence, Reason, Submission

MOST_WEIGHT = 4.0
"""All that was learned together speaks for a comment no more than this."""
MOST_AGAINST = 2.2
"""And against it no more than this: words alone hold nobody on a new subject."""
TRUST_AFTER = 40
"""After so many decisions of a kind, what was learned has half its weight."""
WORDS_SHARE = 0.8
MANNER_SHARE = 0.6
MOST_SHOWN = 8
SHOWN_START = 60


def detect(submission: Submission, learned: Learned) -> Iterator[Evidence]:
    """Weigh the words and the manner by the decisions taken here so far."""
    published = learned.comments(PUBLISHED)
    reasons = [reason for reason in Reason if learned.comments(reason)]
    if not published or not reasons:
        return
    typed = typed_tokens(submission.body)
    made = manner(submission)
    for reason in reasons:
        yield from _about(reason, submission, typed, made, learned)


def _about(
    reason: Reason,
    submission: Submission,
    typed: dict[str, str],
    made: set[str],
    learned: Learned,
) -> Iterator[Evidence]:
    seen = [t for t in typed if _times(t, reason, learned)]
    weights = {
        token: WORDS_SHARE * token_weight(token, reason, learned) / math.sqrt(len(seen))
        for token in seen
    }
    style = MANNER_SHARE * math.fsum(
        token_weight(t, reason, learned)
        for t in sorted(made)
        if _times(t, reason, learned)
    )
    total = math.fsum((*weights.values(), style))
    if not total:
        return
    fewer = min(learned.comments(reason), learned.comments(PUBLISHED))
    most = MOST_AGAINST if total > 0 else MOST_WEIGHT
    bound = most * math.tanh(abs(total) / most) / abs(total)
    trust = bound * fewer / (fewer + TRUST_AFTER)
    shown = sorted(weights, key=lambda token: (-abs(weights[token]), token))
    for token in shown[:MOST_SHOWN]:
        yield _word(reason, weights[token] * trust, token, typed[token], learned)
    rest = style + math.fsum(weights[token] for token in shown[MOST_SHOWN:])
    start = submission.body.strip()[:SHOWN_START]
    if rest and start:
        yield Evidence(
            reason=reason,
            weight=rest * trust,
            excerpt=start,
            code="learned.like_rejected" if rest > 0 else "learned.like_published",
        )


def _word(
    reason: Reason, weight: float, token: str, typed: str, learned: Learned
) -> Evidence:
    return Evidence(
        reason=reason,
        weight=weight,
        excerpt=typed,
        code="learned.rejected" if weight > 0 else "learned.published",
        details={
            "rejected": str(learned.count(token, reason)),
            "published": str(learned.count(token, PUBLISHED)),
        },
    )


def _times(token: str, reason: Reason, learned: Learned) -> int:
    return learned.count(token, reason) + learned.count(token, PUBLISHED)


def token_weight(token: str, reason: Reason, learned: Learned) -> float:
    """Return how much a token tells for a reason against being published, in nats.

    Rates are smoothed as (k + 1) / (n + 2), so no weight is infinite.

    Raises ``ValueError`` if a token is counted in more comments than there are.

    Source: I. J. Good, “Weight of evidence: a brief survey”, Bayesian Statistics 2
    (1985); smoothing by Laplace’s rule of succession.
    """
    if token == ALL_COMMENTS:
        return 0.0
    in_rejected = learned.count(token, reason)
    in_published = learned.count(token, PUBLISHED)
    rejected, published = learned.comments(reason), learned.comments(PUBLISHED)
    if in_rejected > rejected or in_published > published:
        raise ValueError(f"{token!r} is counted in more comments than exist.")
    return math.log(
        ((in_rejected + 1) / (rejected + 2)) / ((in_published + 1) / (published + 2))
    )
