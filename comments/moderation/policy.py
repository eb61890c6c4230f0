"""What follows from a verdict: publish, ask, or hold. The machine never rejects.

A comment is held when one reason is likely enough by itself, or when several together
are. The thresholds say what a mistake costs. At ``BALANCED``, some two in a hundred
honest comments of strangers wait for a person; of people known here, hardly any.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .detectors.writer import STRANGER_WEIGHT
from .organisations import declared
from .verdicts import PRIORS, Outcome, Reason, Verdict, Writer, log_odds, probability


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """From where on a comment is held: for one reason alone (a probability), likewise
    for a hidden tie and for straying off the topic (which people do), and for all that
    was seen together (nats). From ``asked`` on, the writer is asked about a tie: an
    answer costs less than a wait."""

    alone: float
    hidden_tie: float
    asked: float
    off_topic: float
    together: float

    def of(self, reason: Reason) -> float:
        """Return the probability from which this reason holds alone."""
        if reason == Reason.OFF_TOPIC:
            return self.off_topic
        if reason == Reason.UNDISCLOSED_AFFILIATION:
            return self.hidden_tie
        return self.alone


STRANGER: Mapping[Strictness, Limits] = {
    Strictness.LITTLE: Limits(
        alone=0.9, hidden_tie=0.85, asked=0.8, off_topic=0.985, together=3.4
    ),
    Strictness.BALANCED: Limits(
        alone=0.75, hidden_tie=0.65, asked=0.57, off_topic=0.955, together=2.4
    ),
    Strictness.MUCH: Limits(
        alone=0.5, hidden_tie=0.4, asked=0.4, off_topic=0.85, together=1.4
    ),
}
KNOWN: Mapping[Strictness, Limits] = {
    Strictness.LITTLE: Limits(
        alone=0.97, hidden_tie=0.97, asked=0.95, off_topic=0.999, together=7.0
    ),
    Strictness.BALANCED: Limits(
        alone=0.9, hidden_tie=0.9, asked=0.85, off_topic=0.995, together=5.0
    ),
    Strictness.MUCH: Limits(
        alone=0.8, hidden_tie=0.8, asked=0.75, off_topic=0.98, together=3.5
    ),
}

USUAL = STRANGER[Strictness.BALANCED]
"""Where learning measures from."""

STRAYING = 0.8
"""How much being off-topic counts beside the other reasons: people do stray."""
BELONGING = -2.0
"""Belonging to the post, or speaking as published comments do, excuses no more."""

TOLD: Mapping[Reason, float] = {
    Reason.OFF_TOPIC: 0.7,
    Reason.PROMOTIONAL: 0.3,
    Reason.UNDISCLOSED_AFFILIATION: 0.5,
    Reason.AUTOMATED: 0.3,
    Reason.ABUSIVE: 0.5,
}
"""From these probabilities on, a reason is told beside the one that holds a comment."""


def decide(
    verdict: Verdict,
    writer: Writer,
    *,
    strictness: Strictness = Strictness.BALANCED,
) -> Ruling:
    """Say what happens to a comment with this verdict by this writer.

    The team is published whatever was seen. A detector that failed holds everybody
    else's comment. A hidden tie alone is asked about, and sooner than anything is held;
    with another reason beside it, or after the writer said that there is none, the
    comment waits for a person. What was learned never holds somebody known here: it may
    only speak for them.
    """
    if writer.is_team:
        return Ruling(outcome=Outcome.PUBLISH)
    limits = (KNOWN if writer.is_known else STRANGER)[strictness]
    learned = min(0.0, verdict.learned) if writer.is_known else verdict.learned
    is_over = margin(verdict, limits) + learned >= 0
    reasons = _reasons(verdict, limits) if is_over else ()
    if verdict.failed:
        return Ruling(outcome=Outcome.HOLD, reasons=reasons)
    if not is_over:
        is_asked = may_be_asked(writer) and _is_doubtful(verdict, limits, learned)
        return _ASK if is_asked else Ruling(outcome=Outcome.PUBLISH)
    if reasons == (Reason.UNDISCLOSED_AFFILIATION,) and may_be_asked(writer):
        return _ASK
    return Ruling(outcome=Outcome.HOLD, reasons=reasons)


_ASK = Ruling(outcome=Outcome.ASK, reasons=(Reason.UNDISCLOSED_AFFILIATION,))


def _is_doubtful(verdict: Verdict, limits: Limits, learned: float) -> bool:
    """Whether a tie is likely enough to ask, though not to hold."""
    scores = verdict.scores if verdict.first is None else verdict.first
    score = scores[Reason.UNDISCLOSED_AFFILIATION]
    if score is None:
        return False
    return log_odds(score) + learned >= log_odds(limits.asked)


def may_be_asked(writer: Writer) -> bool:
    """Whether “do you have a tie?” still is a question to this writer.

    Who wrote “none” in the form had not been asked about anybody yet.
    """
    return not declared(writer) and not writer.denies_tie


def margin(verdict: Verdict, limits: Limits) -> float:
    """Return how far a comment is over the limit (under it: negative), in nats.

    By what the detectors saw: what was learned comes on top.
    """
    scores = verdict.scores if verdict.first is None else verdict.first
    alone = (
        log_odds(score) - log_odds(limits.of(reason))
        for reason, score in scores.items()
        if score is not None
    )
    return max((together(scores) - limits.together, *alone))


def together(scores: Mapping[Reason, float | None]) -> float:
    """Add up what was seen for all reasons to hold, in nats.

    Nothing unusual gives 0. A hidden tie and hurting somebody are matters of their own
    and count when they are likely themselves.
    """
    seen = {reason: _seen(scores, reason) for reason in Reason}
    tie = scores[Reason.UNDISCLOSED_AFFILIATION] or 0.0
    return (
        STRAYING * max(BELONGING, seen[Reason.OFF_TOPIC])
        + max(BELONGING, seen[Reason.PROMOTIONAL])
        + max(0.0, seen[Reason.AUTOMATED])
        + max(0.0, log_odds(tie))
    )


def suspicion(verdict: Verdict) -> float:
    """Return all that was seen and learned as one probability: one half at the limit
    for a stranger."""
    return probability(margin(verdict, USUAL) + verdict.learned)


def _seen(scores: Mapping[Reason, float | None], reason: Reason) -> float:
    """Return what speaks for a reason, beyond what is usual of any stranger."""
    score = scores[reason]
    if score is None:
        return 0.0
    return log_odds(score) - PRIORS[reason] - STRANGER_WEIGHT


def _reasons(verdict: Verdict, limits: Limits) -> tuple[Reason, ...]:
    """Return what a held comment is told to be held for, the likeliest first."""
    scores = {r: score for r, score in verdict.scores.items() if score is not None}
    if not scores:
        return ()
    told = {
        reason
        for reason, score in scores.items()
        if score >= min(limits.of(reason), TOLD[reason])
    }
    told = told or {max(scores, key=lambda reason: scores[reason])}
    return tuple(sorted(told, key=lambda reason: (-scores[reason], reason)))
