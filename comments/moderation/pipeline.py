"""From a submission to a verdict: every detector looks, and what they saw adds up."""

import logging
import math
from collections.abc import Mapping
from functools import partial

from .detectors import DETECTORS, Detector, learned_words
from .learning import EMPTY, Learned
from .verdicts import (
    PRIORS,
    Evidence,
    Reason,
    Submission,
    Verdict,
    probability,
)

logger = logging.getLogger(__name__)


def screen(
    submission: Submission,
    *,
    learned: Learned = EMPTY,
    detectors: Mapping[str, Detector] = DETECTORS,
) -> Verdict:
    """Show a comment to every detector and weigh what they saw.

    A detector that raises is logged and named in ``Verdict.failures``; the others go
    on. The score of a reason is the probability of its prior and all weights together,
    or None where nobody saw anything in the comment that tells for or against it.
    """
    looking: dict[str, Detector] = {
        **detectors,
        "learned": partial(learned_words.detect, learned=learned),
    }
    seen: list[Evidence] = []
    failures: list[str] = []
    for name, detect in looking.items():
        try:
            seen.extend(detect(submission))
        except Exception:
            logger.exception("The detector %s failed; the comment is held.", name)
            failures.append(name)
    told = {item.reason for item in seen if not item.circumstantial}
    counted = tuple(item for item in seen if item.reason in told)
    return Verdict(
        evidence=counted,
        scores={reason: _score(reason, counted) for reason in Reason},
        failures=tuple(failures),
    )


def log_odds(reason: Reason, evidence: tuple[Evidence, ...]) -> float:
    """Add the weights for a reason to its prior, in nats."""
    weights = (item.weight for item in evidence if item.reason == reason)
    return math.fsum((PRIORS[reason], *weights))


def _score(reason: Reason, evidence: tuple[Evidence, ...]) -> float | None:
    if not any(item.reason == reason for item in evidence):
        return None
    return probability(log_odds(reason, evidence))
