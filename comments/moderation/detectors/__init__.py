"""What looks at a comment: one module for each kind of observation.

A detector is a function from a submission to the evidence it finds. It knows nothing of
the others, and each of them always runs.
"""

from collections.abc import Callable, Iterator, Mapping

from ..verdicts import Evidence, Submission
from . import (
    abusive,
    affiliation,
    automated,
    off_topic,
    promotional,
    rules,
    writer,
)

Detector = Callable[[Submission], Iterator[Evidence]]

DETECTORS: Mapping[str, Detector] = {
    "off_topic": off_topic.detect,
    "promotional": promotional.detect,
    "affiliation": affiliation.detect,
    "automated": automated.detect,
    "abusive": abusive.detect,
    "writer": writer.detect,
    "rules": rules.detect,
}
