"""Was this comment made by a machine? Its traps, its repetitions and its disguises."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from .. import phrases
from ..text import (
    CONFUSABLES,
    LIMIT,
    fold,
    host_of,
    links,
    squeeze,
    without_links,
    words,
)
from ..ties import label
from ..verdicts import Evidence, Reason, Submission

HONEYPOT_WEIGHT = 6.0
REPEAT_WEIGHT = 3.0
MOST_REPEAT_WEIGHT = 6.0
INVISIBLE_WEIGHT = 3.5
MIXED_SCRIPT_WEIGHT = 3.5
SPACED_OUT_WEIGHT = 2.5
DISGUISED_LINK_WEIGHT = 2.5
AGAIN_AND_AGAIN_WEIGHT = 1.8
MOST_OFTEN = 5
MARKUP_WEIGHT = 2.8
TEMPLATE_WEIGHT = 2.0
MANY_LINKS = 4
MANY_LINKS_WEIGHT = 1.0
FLATTERY_WEIGHT = 1.4
FLATTERER_WITH_SITE_WEIGHT = 1.8
NOTHING_SAID_WEIGHT = 0.7
NAMED_AS_SITE_WEIGHT = 0.8
"""Of a few words under a site, and under its very name; many a blogger writes so."""
FEW_WORDS = 5
GIBBERISH_WEIGHT = 4.0
TRACKBACK_WEIGHT = 2.6
FADING = 0.7

INVISIBLE = re.compile(
    "[a-zA-ZÀ-ÿ][\u200b-\u200d\u2060-\u2064\ufeff\u00ad]{1,9}[a-zA-ZÀ-ÿ]"
)
WORD = re.compile(r"[^\W\d_]{3,40}")
SPACED_OUT = re.compile(r"(?<!\w)(?:[a-zA-Z][ *_-]){4,20}[a-zA-Z](?!\w)")
MARKUP = re.compile(r"\[/?(?:url|link)\b[^\]\n]{0,200}\]?|<a\s[^>\n]{0,300}href", re.I)
DISGUISED_LINK = re.compile(
    r"(?<![\w.])[a-z0-9-]{4,40}(?: \. ?| ?\(?\[?(?:dot|point)\]?\)? ?|\. )"
    r"(?:com|info|biz|org)(?=[/\s]|$)(?! domain)"
    r"|h(?:xx|\*\*)ps?:?//\S{4,80}|(?<!\w)w ?w ?w ?\. (?=[a-z])[a-z .]{4,40}",
    re.I,
)
ABOUT_ADDRESSES = re.compile(
    r"^(?:sites?|websites?|domain\w{0,2}|extensions?|under|avec|from|with|hello|pour)\b",
    re.I,
)
TEMPLATE = re.compile(
    r"\{[^\W\d_]{2}[^{}|\n]{0,40}(?:\|[^\W\d_]{2}[^{}|\n]{0,40}){1,8}\}|%(?:blog|post|site|author)_?\w{0,10}%"
)
GIBBERISH = re.compile(r"(?<!\S)[a-k]{9,16}(?!\S)")
TRACKBACK = re.compile(
    r"^.{0,160}?\[(?:\.{3}|…)\].{1,2000}\[(?:\.{3}|…)\][\s.…]{0,9}$", re.S
)
"""A title and a piece of a page, as sites send them to each other by themselves."""
LATIN = re.compile(r"[a-zA-Z]")


def detect(submission: Submission) -> Iterator[Evidence]:
    """Look for what machines do and people hardly ever."""
    body = submission.body[:LIMIT]
    yield from _traps(submission)
    yield from _disguises(body)
    yield from _links(submission, body)
    yield from _flattery(submission)
    yield from _nothing_said(submission, body)
    yield from _again_and_again(body)


def _evidence(weight: float, excerpt: str, code: str, **details: str) -> Evidence:
    return Evidence(
        reason=Reason.AUTOMATED,
        weight=weight,
        excerpt=excerpt,
        code=code,
        details=details,
    )


def _traps(submission: Submission) -> Iterator[Evidence]:
    start = submission.body.strip()[:60]
    if submission.honeypot:
        yield _evidence(
            HONEYPOT_WEIGHT, submission.honeypot[:100], "automated.honeypot"
        )
    if submission.repeats > 0:
        weight = min(MOST_REPEAT_WEIGHT, REPEAT_WEIGHT + submission.repeats)
        yield _evidence(
            weight, start, "automated.repeat", times=str(submission.repeats)
        )


def _disguises(body: str) -> Iterator[Evidence]:
    invisible = INVISIBLE.search(body)
    if invisible:
        yield _evidence(INVISIBLE_WEIGHT, invisible[0], "automated.invisible")
    for match in WORD.finditer(body):
        if _mixes_scripts(match[0]):
            yield _evidence(MIXED_SCRIPT_WEIGHT, match[0], "automated.mixed_script")
            break
    hidden = DISGUISED_LINK.search(body)
    if hidden and not ABOUT_ADDRESSES.match(hidden[0]):
        yield _evidence(DISGUISED_LINK_WEIGHT, hidden[0], "automated.disguised_link")
    spaced = SPACED_OUT.search(body)
    if spaced and spaced[0].islower():
        # People space out capitals for emphasis, and stammer for fun.
        yield _evidence(SPACED_OUT_WEIGHT, spaced[0], "automated.spaced_out")
    for match in list(TEMPLATE.finditer(body))[:2]:
        yield _evidence(TEMPLATE_WEIGHT, match[0], "automated.template")
    trackback = TRACKBACK.match(body)
    if trackback:
        yield _evidence(TRACKBACK_WEIGHT, trackback[0][:100], "automated.trackback")
    gibberish = GIBBERISH.search(body)
    if gibberish and len(set(gibberish[0])) > 4:
        yield _evidence(GIBBERISH_WEIGHT, gibberish[0], "automated.gibberish")


def _mixes_scripts(word: str) -> bool:
    if word.isascii() or not LATIN.search(word):
        return False
    return any(
        c in CONFUSABLES or "MATHEMATICAL" in unicodedata.name(c, "") for c in word
    )


def _links(submission: Submission, body: str) -> Iterator[Evidence]:
    markup = MARKUP.search(body)
    if markup:
        yield _evidence(MARKUP_WEIGHT, markup[0], "automated.markup")
    found = links(body)
    if len(found) >= MANY_LINKS and len(words(body)) < 15 * len(found):
        yield _evidence(
            MANY_LINKS_WEIGHT, found[0], "automated.many_links", number=str(len(found))
        )


def _flattery(submission: Submission) -> Iterator[Evidence]:
    """Praise for any blog whatever, of the kind that programs leave under a link."""
    folded = fold(submission.body[:2000])
    found = list(dict.fromkeys(folded.find(phrases.FLATTERY)))[:3]
    if len(found) < 2:
        return
    for number, excerpt in enumerate(found):
        yield _evidence(FLATTERY_WEIGHT * FADING**number, excerpt, "automated.flattery")
    if submission.writer.url and label(host_of(submission.writer.url)):
        yield _evidence(
            FLATTERER_WITH_SITE_WEIGHT,
            submission.writer.url,
            "automated.flatterer_with_site",
        )


def _nothing_said(submission: Submission, body: str) -> Iterator[Evidence]:
    """A few words that would do anywhere, as they are left for the link of a name."""
    site, name = submission.writer.url, submission.writer.name[:200]
    named = label(host_of(site)) if site else ""
    if not named or not 0 < len(words(body)) <= FEW_WORDS:
        return
    yield _evidence(NOTHING_SAID_WEIGHT, site, "automated.nothing_said")
    if squeeze(named) == squeeze(name):
        yield _evidence(NAMED_AS_SITE_WEIGHT, name, "automated.named_as_site")


def _again_and_again(body: str) -> Iterator[Evidence]:
    """Three words in a row that come back many times: to be found, not to be read."""
    said = words(without_links(body))
    threes = Counter(zip(said, said[1:], said[2:], strict=False))
    if not threes:
        return
    three, often = threes.most_common(1)[0]
    if often < MOST_OFTEN or often * 3 < len(said) / 2 or not any(map(is_word, three)):
        return
    found = re.search(r"[\W_]+".join(map(re.escape, three)), body, re.I)
    if found:
        yield _evidence(
            AGAIN_AND_AGAIN_WEIGHT,
            found[0],
            "automated.again_and_again",
            times=str(often),
        )


def is_word(word: str) -> bool:
    """Whether this is a word rather than a number or a mark."""
    return len(word) > 2 and word.isalpha()
