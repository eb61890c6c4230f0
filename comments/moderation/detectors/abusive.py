"""Does this comment hurt? Insults and threats, in both languages, by list and by form.

Strong language about things is not abuse: coarse words count only when somebody is
addressed, and never hold a comment by themselves.
"""

import re
from collections.abc import Iterator

from .. import phrases
from ..insults import insults
from ..text import Folded, fold
from ..verdicts import Evidence, Reason, Submission

INSULT_WEIGHT = 5.8
NEXT_INSULT_WEIGHT = 1.0
COARSE_WEIGHT = 0.8
SHOUTING_WEIGHT = 0.7
CONTEMPT_WEIGHT = 2.0
MOST_CONTEMPT = 4
MOST_QUOTED = 4

SENTENCE = re.compile(r"[^.!?\n]{1,600}[.!?\n]?")
ADDRESSED = re.compile(r"\b(?:tu|toi|ton|ta|tes|vous|votre|vos|you|your|you're|u|ur)\b")
SHOUTED = re.compile(r"\b[A-ZÀ-Ý]{4,20}(?:[ ,!]{1,3}[A-ZÀ-Ý]{2,20}){3,20}[!]{0,5}")


def detect(submission: Submission) -> Iterator[Evidence]:
    """Quote each insult; coarse words and shouting only where somebody is addressed."""
    folded = fold(submission.body)
    hurtful = _hurtful(folded)
    for number, excerpt in enumerate(hurtful):
        yield Evidence(
            reason=Reason.ABUSIVE,
            weight=NEXT_INSULT_WEIGHT if number else INSULT_WEIGHT,
            excerpt=excerpt,
            code="abusive.insult",
        )
    if not hurtful and not ADDRESSED.search(folded.text):
        return
    yield from _contempt(folded, hurtful)
    coarse = list(dict.fromkeys(folded.find(phrases.MILD)))[:2]
    for excerpt in coarse:
        yield Evidence(
            reason=Reason.ABUSIVE,
            weight=COARSE_WEIGHT,
            excerpt=excerpt,
            code="abusive.coarse",
        )
    shouted = SHOUTED.search(submission.body[:2000]) if hurtful or coarse else None
    if shouted:
        yield Evidence(
            reason=Reason.ABUSIVE,
            weight=SHOUTING_WEIGHT,
            excerpt=shouted[0],
            code="abusive.shouting",
        )


def _hurtful(folded: Folded) -> list[str]:
    """Return insults and threats as typed: from the list, then those that it lacks."""
    found = list(dict.fromkeys(folded.find(phrases.INSULT)))
    for excerpt in insults(folded):
        if not any(excerpt in other or other in excerpt for other in found):
            found.append(excerpt)
    return found[:MOST_QUOTED]


def _contempt(folded: Folded, hurtful: list[str]) -> Iterator[Evidence]:
    """Quote scornful words, where one sentence addresses somebody with two or more."""
    found: list[str] = []
    for sentence in SENTENCE.finditer(folded.text):
        start = sentence.start()
        scorn = [
            folded.original(start + match.start(), start + match.end())
            for match in phrases.CONTEMPT.finditer(sentence[0])
        ]
        if len(set(scorn)) > 1 and ADDRESSED.search(sentence[0]):
            found += scorn
    already = " ".join(hurtful)
    new = [word for word in dict.fromkeys(found) if word not in already]
    for excerpt in new[:MOST_CONTEMPT]:
        yield Evidence(
            reason=Reason.ABUSIVE,
            weight=CONTEMPT_WEIGHT,
            excerpt=excerpt,
            code="abusive.contempt",
        )
