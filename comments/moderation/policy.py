"""What follows from a verdict: publish, ask, or hold. The machine never rejects.

The thresholds say what a mistake costs. At ``BALANCED`` a wrongly held comment of a
stranger is taken to be as bad as some two advertisements that pass, one of somebody
known here as bad as nine.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .verdicts import Outcome, Reason, Verdict, Writer


class Strictness(StrEnum):
    """How much a blogger wants held."""

    LITTLE = "little"
    BALANCED = "balanced"
    MUCH = "much"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What happens to a comment, and for which reasons, the likeliest first.

    A comment that is held because a detector failed may have no reason at all.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()


STRANGER: Mapping[Strictness, float] = {
    Strictness.LITTLE: 0.85,
    Strictness.BALANCED: 0.65,
    Strictness.MUCH: 0.4,
}
KNOWN: Mapping[Strictness, float] = {
    Strictness.LITTLE: 0.97,
    Strictness.BALANCED: 0.9,
    Strictness.MUCH: 0.8,
}
ALSO = 0.5
"""Once one reason holds a comment, those which are likelier than not are told too."""


def threshold(writer: Writer, strictness: Strictness = Strictness.BALANCED) -> float:
    """Return the probability from which a comment of this writer is held."""
    return (KNOWN if writer.is_known else STRANGER)[strictness]


def decide(
    verdict: Verdict,
    writer: Writer,
    *,
    strictness: Strictness = Strictness.BALANCED,
) -> Ruling:
    """Say what happens to a comment with this verdict by this writer.

    The team is published whatever was seen. A detector that failed holds everybody
    else's comment. A hidden tie alone is asked about; with another reason beside it, or
    after the writer said that there is none, the comment waits for a person.
    """
    if writer.is_team:
        return Ruling(outcome=Outcome.PUBLISH)
    reasons = _reasons(verdict, threshold(writer, strictness))
    if verdict.failed:
        return Ruling(outcome=Outcome.HOLD, reasons=reasons)
    if not reasons:
        return Ruling(outcome=Outcome.PUBLISH)
    if reasons == (Reason.UNDISCLOSED_AFFILIATION,) and may_be_asked(writer):
        return Ruling(outcome=Outcome.ASK, reasons=reasons)
    return Ruling(outcome=Outcome.HOLD, reasons=reasons)


def may_be_asked(writer: Writer) -> bool:
    """Whether “do you have a tie?” still is a question to this writer."""
    return not writer.affiliation.strip() and not writer.denies_tie


def _reasons(verdict: Verdict, limit: float) -> tuple[Reason, ...]:
    scores = {reason: score or 0.0 for reason, score in verdict.scores.items()}
    if not any(score >= limit for score in scores.values()):
        return ()
    told = [reason for reason, score in scores.items() if score >= min(limit, ALSO)]
    return tuple(sorted(told, key=lambda reason: -scores[reason]))
