"""From a submission to a verdict: every detector looks, and what they saw adds up."""

import logging
import math
from collections.abc import Iterable, Mapping
from dataclasses import replace

from . import policy
from .detectors import DETECTORS, Detector, learned_words
from .features import Features, features_of, words_of
from .learning import EMPTY, WHOLE, Example, Learned, Seen
from .verdicts import (
    PRIORS,
    Evidence,
    Reason,
    Submission,
    Verdict,
    probability,
)

logger = logging.getLogger(__name__)

LEARNED = "learned"
"""Under this name learning fails, and codes of evidence from it begin so."""


def screen(
    submission: Submission,
    *,
    learned: Learned = EMPTY,
    detectors: Mapping[str, Detector] = DETECTORS,
) -> Verdict:
    """Show a comment to every detector, then ask what this blog's decisions add.

    A detector that raises is logged and named in ``Verdict.failures``; the others go
    on. The score of a reason is the probability of its prior and all weights together,
    or None where nobody saw anything in the comment that tells for or against it.
    """
    seen: list[Evidence] = []
    failures: list[str] = []
    for name, detect in detectors.items():
        try:
            seen.extend(detect(submission))
        except Exception:
            logger.exception("The detector %s failed; the comment is held.", name)
            failures.append(name)
    verdict = replace(weigh(seen), failures=tuple(failures))
    try:
        return _taught(verdict, submission, learned) if learned.heads else verdict
    except Exception:
        logger.exception("Asking what was learned failed; the comment is held.")
        return replace(verdict, failures=(*failures, LEARNED))


def weigh(seen: Iterable[Evidence]) -> Verdict:
    """Add up what detectors saw. The circumstantial counts beside something else."""
    seen = tuple(seen)
    told = {item.reason for item in seen if not item.circumstantial}
    counted = tuple(item for item in seen if item.reason in told)
    return Verdict(evidence=counted, scores=_scores(counted))


def log_odds(reason: Reason, evidence: Iterable[Evidence]) -> float:
    """Add the weights for a reason to its prior, in nats."""
    weights = (item.weight for item in evidence if item.reason == reason)
    return math.fsum((PRIORS[reason], *weights))


def example(
    submission: Submission, evidence: Iterable[Evidence], label: str
) -> Example:
    """Return a decided comment to learn from.

    ``evidence`` is all that was seen in it before the decision. Of a submission only
    the words and who wrote them are needed. Raises ``ValueError`` if ``label`` is
    neither “published” nor a reason.
    """
    by_itself = (item for item in evidence if not item.code.startswith(LEARNED))
    return Example(
        features=_features(submission),
        seen=_seen(weigh(by_itself)),
        label=label,
    )


def _features(submission: Submission) -> Features:
    return features_of(submission, words_of(submission.body))


def _seen(verdict: Verdict) -> Seen:
    return Seen(
        margin=policy.margin(verdict, policy.USUAL),
        weights=tuple(
            log_odds(reason, verdict.evidence) - PRIORS[reason] for reason in Reason
        ),
    )


def _taught(verdict: Verdict, submission: Submission, learned: Learned) -> Verdict:
    seen = _seen(verdict)
    spoken = words_of(submission.body)
    features = features_of(submission, spoken)
    found = learned_words.detect(
        submission, spoken=spoken, features=features, seen=seen, learned=learned
    )
    evidence = (*verdict.evidence, *found)
    return replace(
        verdict,
        evidence=evidence,
        scores=_scores(evidence),
        first=verdict.scores,
        learned=learned.adds(WHOLE, features, seen),
    )


def _scores(evidence: tuple[Evidence, ...]) -> dict[Reason, float | None]:
    told = {item.reason for item in evidence}
    return {
        reason: probability(log_odds(reason, evidence)) if reason in told else None
        for reason in Reason
    }
