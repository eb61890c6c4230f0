"""Does this comment advertise? Its words, its links, and the name it goes under."""

import re
from collections.abc import Iterator

from .. import phrases
from ..organisations import organisations
from ..text import EMAIL, Folded, domain, domains, fold, host_of, links, words
from ..verdicts import Evidence, Reason, Submission

COMMERCE_WEIGHT = 2.6
SELF_PROMOTION_WEIGHT = 2.8
INVITATION_WEIGHT = 2.5
SUGGESTION_WEIGHT = 1.5
PRAISE_WEIGHT = 0.3
OURS_WEIGHT = 0.9
CONTACT_WEIGHT = 1.2
MONEY_WEIGHT = 0.4
LINK_WEIGHT = 0.4
BARE_LINK_WEIGHT = 1.9
OWN_LINK_WEIGHT = 0.4
KEYWORD_NAME_WEIGHT = 3.0
ADVERTISED_WEIGHT = 0.8
ADDRESS_AS_NAME_WEIGHT = 4.0
SOLD_AS_TIE_WEIGHT = 4.5
"""The name and the declared tie are shown as well: they are no place to sell from."""
FADING = 0.55
"""Each further phrase of a kind says less than the one before."""
MOST_QUOTED = 4
FEW_WORDS = 12

SENTENCE = re.compile(r"[^.!?\n]{1,600}[.!?\n]?")
ABOUT_THE_POST = re.compile(
    r"\b(?:posts?|article|articles|blog|billet|billets|tutorial|tuto|write-?up|texte|"
    r"photos?|lecture|read|reading|recette|recipe)\b"
)
KEYWORD_NAME = re.compile(
    r"\b(?:seo|cheap|buy|best|online|services?|casino|agency|agence|loans?|credit|"
    r"hotels?|plumb\w{2,4}|plombier|serrurier|rental|repairs?|insurance|assurances?|"
    r"sales|marketing|coaching|formation|immobilier|real estate|escort|dating|voyance|"
    r"expert|experts|waterproofing|roofing|dentist|lawyer|avocat|movers|shop|store)\b"
)


def detect(submission: Submission) -> Iterator[Evidence]:
    """Quote invitations, offers, praise of a third party, contact data and links."""
    folded = fold(submission.body)
    yield from _phrases(folded, phrases.COMMERCE, COMMERCE_WEIGHT, "commerce")
    yield from _phrases(
        folded, phrases.SELF_PROMOTION, SELF_PROMOTION_WEIGHT, "self_promotion"
    )
    yield from _phrases(folded, phrases.INVITATION, INVITATION_WEIGHT, "invitation")
    yield from _phrases(folded, phrases.SUGGESTION, SUGGESTION_WEIGHT, "suggestion")
    yield from _phrases(folded, phrases.OURS, OURS_WEIGHT, "ours")
    praised = list(_praise(folded))
    yield from praised
    if praised and phrases.INVITATION.search(folded.text):
        yield from _advertised(submission)
    yield from _contact(submission.body, folded)
    yield from _links(submission)
    yield from _name(submission)
    yield from _declared(submission)


def _evidence(weight: float, excerpt: str, code: str) -> Evidence:
    return Evidence(
        reason=Reason.PROMOTIONAL,
        weight=weight,
        excerpt=excerpt,
        code=f"promotional.{code}",
    )


def _phrases(
    folded: Folded, pattern: re.Pattern[str], weight: float, code: str
) -> Iterator[Evidence]:
    different = list(dict.fromkeys(folded.find(pattern)))[:MOST_QUOTED]
    for number, excerpt in enumerate(different):
        yield _evidence(weight * FADING**number, excerpt, code)


def _praise(folded: Folded) -> Iterator[Evidence]:
    """Praise, unless it is for what the blogger wrote."""
    found: list[str] = []
    for sentence in SENTENCE.finditer(folded.text):
        if not ABOUT_THE_POST.search(sentence[0]):
            found += [
                folded.original(
                    sentence.start() + m.start(), sentence.start() + m.end()
                )
                for m in phrases.PRAISE.finditer(sentence[0])
            ]
    addresses = " ".join(links(folded.source))
    found = [excerpt for excerpt in found if excerpt not in addresses]
    for number, excerpt in enumerate(list(dict.fromkeys(found))[:MOST_QUOTED]):
        yield _evidence(PRAISE_WEIGHT * FADING**number, excerpt, "praise")


def _advertised(submission: Submission) -> Iterator[Evidence]:
    """Praise and invitation together, for one organisation: that is advertising."""
    for named in organisations(submission)[:1]:
        yield _evidence(ADVERTISED_WEIGHT, named, "organisation")


def _contact(body: str, folded: Folded) -> Iterator[Evidence]:
    for pattern in (EMAIL, phrases.PHONE):
        match = pattern.search(body[:10_000])
        if match:
            yield _evidence(CONTACT_WEIGHT, match[0], "contact")
    for excerpt in list(folded.find(phrases.MESSENGER))[:1]:
        yield _evidence(CONTACT_WEIGHT, excerpt, "contact")
    for excerpt in list(folded.find(phrases.MONEY))[:1]:
        yield _evidence(MONEY_WEIGHT, excerpt, "money")


def _links(submission: Submission) -> Iterator[Evidence]:
    own = {domain(host) for host in submission.own_hosts}
    foreign = {d: link for d, link in domains(submission.body).items() if d not in own}
    site = domain(host_of(submission.writer.url)) if submission.writer.url else ""
    few = len(words(submission.body)) - 4 * len(foreign) < FEW_WORDS
    for number, (name, link) in enumerate(list(foreign.items())[:MOST_QUOTED]):
        code, weight = ("bare_link", BARE_LINK_WEIGHT) if few else ("link", LINK_WEIGHT)
        yield _evidence(weight * FADING**number, link, code)
        if name == site:
            yield _evidence(OWN_LINK_WEIGHT, link, "own_link")


def _name(submission: Submission) -> Iterator[Evidence]:
    name = submission.writer.name[:200]
    if KEYWORD_NAME.search(fold(name).text):
        yield _evidence(KEYWORD_NAME_WEIGHT, name, "keyword_name")
    elif domains(name):
        yield _evidence(ADDRESS_AS_NAME_WEIGHT, name, "keyword_name")


def _declared(submission: Submission) -> Iterator[Evidence]:
    """A tie is a name; offers, calls and prices beside a comment are advertising."""
    folded = fold(submission.writer.affiliation)
    for pattern, code in (
        (phrases.COMMERCE, "commerce"),
        (phrases.INVITATION, "invitation"),
        (phrases.SELF_PROMOTION, "self_promotion"),
        (phrases.PHONE, "contact"),
    ):
        for excerpt in list(folded.find(pattern))[:1]:
            yield _evidence(SOLD_AS_TIE_WEIGHT, excerpt, code)
