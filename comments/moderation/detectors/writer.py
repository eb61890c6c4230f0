"""Who writes: people known here have credit, strangers have none yet.

Nothing of this is seen in the comment, so all of it is circumstantial: it weighs only
where another detector saw something, and holds nobody by itself.
"""

import math
from collections.abc import Iterator

from ..organisations import declared
from ..verdicts import Evidence, Reason, Submission, Writer

STRANGER_WEIGHT = 0.5
MOST_CREDIT = 2.5
MOST_DISCREDIT = 2.0
CONFIRMED_WEIGHT = -0.3
DECLARED_WEIGHT = -0.6
ALWAYS_ABOUT = (Reason.OFF_TOPIC, Reason.PROMOTIONAL, Reason.UNDISCLOSED_AFFILIATION)


def detect(submission: Submission) -> Iterator[Evidence]:
    """Weigh what is known of the writer, for each reason but the text's own manners."""
    writer = submission.writer
    code, weight = _standing(writer)
    for reason in (*ALWAYS_ABOUT, Reason.AUTOMATED):
        yield _about(reason, weight, code, writer)
        if writer.is_confirmed:
            yield _about(reason, CONFIRMED_WEIGHT, "writer.confirmed", writer)
    tie = declared(writer)
    if tie:
        for reason in (Reason.OFF_TOPIC, Reason.PROMOTIONAL):
            yield Evidence(
                reason=reason,
                weight=DECLARED_WEIGHT,
                excerpt=tie,
                code="writer.declared",
                circumstantial=True,
            )


def _standing(writer: Writer) -> tuple[str, float]:
    balance = writer.published - writer.rejected
    if writer.is_team or balance > 0:
        credit = MOST_CREDIT if writer.is_team else math.log1p(balance) + 0.4
        return "writer.known", -min(MOST_CREDIT, credit)
    if balance < 0:
        return "writer.rejected", min(MOST_DISCREDIT, 0.5 + math.log1p(-balance))
    return "writer.stranger", STRANGER_WEIGHT


def _about(reason: Reason, weight: float, code: str, writer: Writer) -> Evidence:
    return Evidence(
        reason=reason,
        weight=weight,
        excerpt=writer.name or writer.email or writer.url,
        code=code,
        details={"published": str(writer.published), "rejected": str(writer.rejected)},
        circumstantial=True,
    )
