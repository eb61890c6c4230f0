"""Was this comment made by a machine? Its traps, its repetitions and its disguises."""

import re
import unicodedata
from collections.abc import Iterator

from .. import phrases
from ..text import CONFUSABLES, LIMIT, fold, links, words
from ..verdicts import Evidence, Reason, Submission

HONEYPOT_WEIGHT = 6.0
REPEAT_WEIGHT = 3.0
MOST_REPEAT_WEIGHT = 6.0
INVISIBLE_WEIGHT = 3.5
MIXED_SCRIPT_WEIGHT = 3.5
SPACED_OUT_WEIGHT = 2.5
MARKUP_WEIGHT = 2.8
MANY_LINKS = 4
MANY_LINKS_WEIGHT = 1.0
FLATTERY_WEIGHT = 1.4
FLATTERER_WITH_SITE_WEIGHT = 1.8
GIBBERISH_WEIGHT = 4.0
FADING = 0.7

INVISIBLE = re.compile(
    "[a-zA-ZÀ-ÿ][\u200b-\u200d\u2060-\u2064\ufeff\u00ad]{1,9}[a-zA-ZÀ-ÿ]"
)
WORD = re.compile(r"[^\W\d_]{3,40}")
SPACED_OUT = re.compile(r"(?<!\w)(?:[a-zA-Z][ *_-]){4,20}[a-zA-Z](?!\w)")
MARKUP = re.compile(r"\[/?(?:url|link)\b[^\]\n]{0,200}\]?|<a\s[^>\n]{0,300}href", re.I)
GIBBERISH = re.compile(r"(?<!\S)[a-k]{9,16}(?!\S)")
LATIN = re.compile(r"[a-zA-Z]")


def detect(submission: Submission) -> Iterator[Evidence]:
    """Look for what machines do and people hardly ever."""
    body = submission.body[:LIMIT]
    yield from _traps(submission)
    yield from _disguises(body)
    yield from _links(submission, body)
    yield from _flattery(submission)


def _evidence(weight: float, excerpt: str, code: str, **details: str) -> Evidence:
    return Evidence(
        reason=Reason.AUTOMATED,
        weight=weight,
        excerpt=excerpt,
        code=f"automated.{code}",
        details=details,
    )


def _traps(submission: Submission) -> Iterator[Evidence]:
    start = submission.body.strip()[:60]
    if submission.honeypot:
        yield _evidence(HONEYPOT_WEIGHT, submission.honeypot[:100], "honeypot")
    if submission.repeats > 0:
        weight = min(MOST_REPEAT_WEIGHT, REPEAT_WEIGHT + submission.repeats)
        yield _evidence(weight, start, "repeat", times=str(submission.repeats))


def _disguises(body: str) -> Iterator[Evidence]:
    invisible = INVISIBLE.search(body)
    if invisible:
        yield _evidence(INVISIBLE_WEIGHT, invisible[0], "invisible")
    for match in WORD.finditer(body):
        if _mixes_scripts(match[0]):
            yield _evidence(MIXED_SCRIPT_WEIGHT, match[0], "mixed_script")
            break
    spaced = SPACED_OUT.search(body)
    if spaced:
        yield _evidence(SPACED_OUT_WEIGHT, spaced[0], "spaced_out")
    gibberish = GIBBERISH.search(body)
    if gibberish and len(set(gibberish[0])) > 4:
        yield _evidence(GIBBERISH_WEIGHT, gibberish[0], "gibberish")


def _mixes_scripts(word: str) -> bool:
    if word.isascii() or not LATIN.search(word):
        return False
    return any(
        c in CONFUSABLES or "MATHEMATICAL" in unicodedata.name(c, "") for c in word
    )


def _links(submission: Submission, body: str) -> Iterator[Evidence]:
    markup = MARKUP.search(body)
    if markup:
        yield _evidence(MARKUP_WEIGHT, markup[0], "markup")
    found = links(body)
    if len(found) >= MANY_LINKS and len(words(body)) < 15 * len(found):
        yield _evidence(
            MANY_LINKS_WEIGHT, found[0], "many_links", number=str(len(found))
        )


def _flattery(submission: Submission) -> Iterator[Evidence]:
    """Praise for any blog whatever, of the kind that programs leave under a link."""
    folded = fold(submission.body[:2000])
    found = list(dict.fromkeys(folded.find(phrases.FLATTERY)))[:3]
    if len(found) < 2:
        return
    for number, excerpt in enumerate(found):
        yield _evidence(FLATTERY_WEIGHT * FADING**number, excerpt, "flattery")
    if submission.writer.url:
        yield _evidence(
            FLATTERER_WITH_SITE_WEIGHT, submission.writer.url, "flatterer_with_site"
        )
