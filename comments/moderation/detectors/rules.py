"""Is it on a list that the moderators keep? What they said in advance goes first.

A rule decides by itself, unlike anything else that is seen. Still it only lets a
comment wait or appear: nothing is ever rejected by a rule.
"""

from collections.abc import Iterator

from ..rules import Effect, Match, Written, matching
from ..verdicts import Evidence, Reason, Submission

BLOCK_WEIGHT = 30.0
"""More than the credit of the best known writer and of all their words together."""
ALLOW_WEIGHT = -40.0
"""More than all that can be seen against a comment. No list excuses an insult."""
EXCUSED = tuple(reason for reason in Reason if reason != Reason.ABUSIVE)
MOST_NAMED = 8


def detect(submission: Submission) -> Iterator[Evidence]:
    """Name the rules that apply. Who stands on both lists waits for a person."""
    if not submission.rules:
        return
    writer = submission.writer
    written = Written(
        body=submission.body,
        name=writer.name,
        email=writer.email,
        url=writer.url,
        affiliation=writer.affiliation,
    )
    found = matching(written, submission.rules)
    blocking = [match for match in found if match.rule.effect == Effect.BLOCK]
    for match in blocking[:MOST_NAMED]:
        yield _evidence(match, Reason(match.rule.reason), BLOCK_WEIGHT)
    if found and not blocking:
        for reason in EXCUSED:
            yield _evidence(found[0], reason, ALLOW_WEIGHT)


def _evidence(match: Match, reason: Reason, weight: float) -> Evidence:
    rule = match.rule
    named = "site" if match.place == "site" else rule.kind.value
    return Evidence(
        reason=reason,
        weight=weight,
        excerpt=match.excerpt,
        code=f"rule.{named}.{rule.effect.value}",
        details={
            "pattern": rule.pattern,
            "author": rule.author,
            "since": rule.since,
            "note": rule.note,
        },
    )
