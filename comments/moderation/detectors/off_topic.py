"""Has this comment anything to do with the post, or with the conversation under it?"""

from collections.abc import Iterator

from ..relevance import Fit, fit
from ..verdicts import Evidence, Reason, Submission

FEWEST_WORDS = 4
"""With fewer telling words than this nobody can say; “merci !” is at home anywhere."""
SURE_FROM = 12
EXPECTED = 0.22
"""The share of its information that a comment has in common with its own post."""
MOST_WEIGHT = 4.5
SHARED_WEIGHT = 3.0
BETTER_MARGIN = 0.25
BETTER_WEIGHT = 1.2


def detect(submission: Submission) -> Iterator[Evidence]:
    """Weigh what the comment shares with its post, and name a post it fits better."""
    found = fit(submission)
    if found.length < FEWEST_WORDS:
        return
    sureness = min(1.0, found.length / SURE_FROM)
    if found.coverage < EXPECTED:
        yield Evidence(
            reason=Reason.OFF_TOPIC,
            weight=MOST_WEIGHT * sureness * (1 - found.coverage / EXPECTED),
            excerpt=found.alien[0],
            code="off_topic.alien",
            details={"words": _listed(found.alien), "post": submission.subject.title},
        )
    elif found.shared:
        over = min(1.0, (found.coverage - EXPECTED) / EXPECTED)
        yield Evidence(
            reason=Reason.OFF_TOPIC,
            weight=-SHARED_WEIGHT * over,
            excerpt=found.shared[0],
            code="off_topic.shared",
            details={"words": _listed(found.shared), "post": submission.subject.title},
        )
    yield from _fits_better(found)


def _fits_better(found: Fit) -> Iterator[Evidence]:
    if found.better and found.better_coverage > found.coverage + BETTER_MARGIN:
        yield Evidence(
            reason=Reason.OFF_TOPIC,
            weight=BETTER_WEIGHT,
            excerpt=found.alien[0],
            code="off_topic.better",
            details={"post": found.better.title},
        )


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(words[:4])
