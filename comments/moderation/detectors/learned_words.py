"""What do this blog's own decisions say of a comment, for each reason?

The weights of the regression are shared out to the words that carry them, letters
included, so that people see which words told. What belongs to no single word (how the
comment is made, how often screening was right before) is told as a whole.
"""

import math
from collections.abc import Iterator, Sequence

from ..features import Features, Spoken
from ..learning import PUBLISHED, WHOLE, Learned, Seen, told_by
from ..verdicts import Evidence, Reason, Submission

MOST_SHOWN = 8
WORTH_SHOWING = 0.05
SHOWN_START = 60


def detect(
    submission: Submission,
    *,
    spoken: Sequence[Spoken],
    features: Features,
    seen: Seen,
    learned: Learned,
) -> Iterator[Evidence]:
    """Yield what was learned of the comment, for each reason that was decided for."""
    start = submission.body.strip()[:SHOWN_START]
    if not start:
        return
    for question in learned.heads:
        if question == WHOLE:
            continue
        reason = Reason(question)
        total = learned.adds(question, features, seen)
        shown = _shown(learned, question, spoken)
        for word, weight in shown:
            yield _word(reason, weight, word, learned)
        rest = total - math.fsum(weight for _, weight in shown)
        if rest:
            yield Evidence(
                reason=reason,
                weight=rest,
                excerpt=start,
                code="learned.like_rejected" if rest > 0 else "learned.like_published",
            )


def _shown(
    learned: Learned, question: str, spoken: Sequence[Spoken]
) -> list[tuple[Spoken, float]]:
    """Return the words that tell most, each with its weight in nats."""
    weighed = told_by(learned, question, spoken)
    weighed.sort(key=lambda pair: (-abs(pair[1]), pair[0].place))
    return [pair for pair in weighed[:MOST_SHOWN] if abs(pair[1]) >= WORTH_SHOWING]


def _word(reason: Reason, weight: float, word: Spoken, learned: Learned) -> Evidence:
    times = {
        "rejected": learned.times(word.place, reason.value),
        "published": learned.times(word.place, PUBLISHED),
    }
    kind = "rejected" if weight > 0 else "published"
    return Evidence(
        reason=reason,
        weight=weight,
        excerpt=word.typed,
        # Some carry only letters of others: of those nobody has read this one.
        code=f"learned.{kind}" if times[kind] else f"learned.near_{kind}",
        details={name: str(number) for name, number in times.items()},
    )
