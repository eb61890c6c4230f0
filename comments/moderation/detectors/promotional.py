"""Does this comment advertise? Its words, its links, and the name it goes under."""

import re
from collections.abc import Iterator, Mapping

from .. import phrases
from ..hosts import MARKETS, SHORTENERS
from ..organisations import declared, organisations
from ..praise import praise
from ..text import (
    EMAIL,
    Folded,
    domain,
    domains,
    fold,
    host_of,
    without_links,
    words,
)
from ..ties import is_signed, ties
from ..verdicts import Evidence, Reason, Submission

COMMERCE_WEIGHT = 2.6
TRADE_WEIGHT = 1.2
SELF_PROMOTION_WEIGHT = 3.2
INVITATION_WEIGHT = 2.5
SUGGESTION_WEIGHT = 1.5
PRAISE_WEIGHT = 0.3
MOST_OF_IT_WEIGHT = 1.0
OURS_WEIGHT = 0.9
CONTACT_WEIGHT = 1.2
MONEY_WEIGHT = 0.4
OWN_PRAISE_WEIGHT = 1.6
LINK_WEIGHT = 0.3
BARE_LINK_WEIGHT = 1.4
ONLY_LINK_WEIGHT = 1.9
PAID_LINK_WEIGHT = 1.5
SHORT_LINK_WEIGHT = 0.7
KEYWORD_LINK_WEIGHT = 1.6
OWN_LINK_WEIGHT = 0.3
KEYWORD_NAME_WEIGHT = 3.0
ADVERTISED_WEIGHT = 0.8
KEYWORD_SITE_WEIGHT = 1.0
ADDRESS_AS_NAME_WEIGHT = 1.3
SELLING_ADDRESS_WEIGHT = 4.0
SOLD_AS_TIE_WEIGHT = 4.5
"""The name and the declared tie are shown as well: they are no place to sell from."""
FADING = 0.55
"""Each further phrase of a kind says less than the one before."""
MOST_QUOTED = 4
FEW_WORDS = 12
MOST_OF_IT = 0.4
HARDLY_A_WORD = 2

KEYWORD_NAME = re.compile(
    r"\b(?:seo|cheap|buy|best|online|services?|casino|agency|agence|loans?|credit|"
    r"hotels?|plumb(?:er|ers|ing)|plombier|serrurier|rental|repairs?|insurance|"
    r"assurances?|sales|marketing|coaching|formation|immobilier|real estate|escort|"
    r"dating|voyance|expert|experts|waterproofing|roofing|dentist|lawyer|avocat|movers|"
    r"shop|store|(?:it|tech|customer) support|software|download|hosting|grants|replica|"
    r"reviews|savings|deals|gadgets|comparatif|prix|promos?|occaz|soldes|redaction|"
    r"spell ?caster|visa help|pas cher|voitures? neuves?|devis|travaux|renovation|"
    r"depannage|referencement|pozycjonowanie|taxi|nettoyage|demenagement|mutuelle|"
    r"bijoux|montres|watches|shoes)\b"
)
"""Names that are searched for, and bring a page forward in search engines."""
OWN_BLOG = re.compile(r"\b(?:mon|ma|my(?: own)?) (?:blog|site|carnet|page|notes?)\b")
PAID_LINK = re.compile(
    r"[?&](?:ref|aff|affid|affiliate|aff_id|partner|promo|coupon|invite|referr\w{2,4}|"
    r"tag|r)=[\w-]{2,40}|/(?:ref|invite|aff|go)/[\w-]{2,40}",
    re.I,
)
KEYWORDS_IN_LINK = re.compile(
    r"comparatif|occaz|soldes|rencontres|coquin|promo|deals|savings|logo-|redac-|avis-|"
    r"cheap|buy|casino|loans?\b|seo|support|escort|replica|pharma|viagra|cialis|poker|"
    r"forex|crypto|dating|slots|essay|hack|backlink|followers|pills|rolex|outlet|"
    r"discount|voyance|serrurier|plombier|credit|assurance|insurance|immobilier|shirts|"
    r"waterproofing|roofing|mandataire|tweaking|earn|money|bonus|free(?:movie|down|gift)",
    re.I,
)

KINDS = (
    (phrases.SELF_PROMOTION, SELF_PROMOTION_WEIGHT, "promotional.self_promotion"),
    (phrases.COMMERCE, COMMERCE_WEIGHT, "promotional.commerce"),
    (phrases.INVITATION, INVITATION_WEIGHT, "promotional.invitation"),
    (phrases.SUGGESTION, SUGGESTION_WEIGHT, "promotional.suggestion"),
    (phrases.TRADE, TRADE_WEIGHT, "promotional.trade"),
    (phrases.OURS, OURS_WEIGHT, "promotional.ours"),
)


def detect(submission: Submission) -> Iterator[Evidence]:
    """Quote invitations, offers, praise of a third party, contact data and links."""
    folded = fold(submission.body)
    yield from _phrases(folded)
    praised = list(_praise(folded))
    yield from praised
    if praised and phrases.INVITATION.search(folded.text):
        yield from _advertised(submission)
    yield from _contact(submission.body, folded)
    yield from _links(submission)
    yield from _name(submission)
    yield from _its_own_praise(submission)
    yield from _declared(submission)


def _evidence(weight: float, excerpt: str, code: str) -> Evidence:
    return Evidence(
        reason=Reason.PROMOTIONAL,
        weight=weight,
        excerpt=excerpt,
        code=code,
    )


def _phrases(folded: Folded) -> Iterator[Evidence]:
    """Quote phrases of each kind, no word twice: the weightiest kind comes first."""
    taken: list[tuple[int, int]] = []
    called = 0
    for pattern, weight, code in KINDS:
        quoted: list[str] = []
        for start, end in folded.spans(pattern):
            if len(quoted) == MOST_QUOTED:
                break
            excerpt = folded.original(start, end)
            is_new = all(end <= s or e <= start for s, e in taken)
            if is_new and excerpt not in quoted:
                taken.append((start, end))
                yield _evidence(weight * FADING ** len(quoted), excerpt, code)
                quoted.append(excerpt)
                called += (end - start) * (weight > TRADE_WEIGHT)
    if called > MOST_OF_IT * len(folded.text.strip()):
        start, end = taken[0]
        yield _evidence(
            MOST_OF_IT_WEIGHT, folded.original(start, end), "promotional.most_of_it"
        )


def _praise(folded: Folded) -> Iterator[Evidence]:
    found = list(dict.fromkeys(praise(folded, phrases.PRAISE)))
    for number, excerpt in enumerate(found[:MOST_QUOTED]):
        yield _evidence(PRAISE_WEIGHT * FADING**number, excerpt, "promotional.praise")


def _advertised(submission: Submission) -> Iterator[Evidence]:
    """Praise and invitation together, for one organisation: that is advertising."""
    for named in organisations(submission)[:1]:
        yield _evidence(ADVERTISED_WEIGHT, named, "promotional.organisation")


def _contact(body: str, folded: Folded) -> Iterator[Evidence]:
    for pattern in (EMAIL, phrases.PHONE):
        match = pattern.search(body[:10_000])
        if match:
            yield _evidence(CONTACT_WEIGHT, match[0], "promotional.contact")
    for excerpt in list(folded.find(phrases.MESSENGER))[:1]:
        yield _evidence(CONTACT_WEIGHT, excerpt, "promotional.contact")
    for excerpt in list(folded.find(phrases.MONEY))[:1]:
        yield _evidence(MONEY_WEIGHT, excerpt, "promotional.money")


def _links(submission: Submission) -> Iterator[Evidence]:
    own = {domain(host) for host in submission.own_hosts}
    foreign = {d: link for d, link in domains(submission.body).items() if d not in own}
    site = domain(host_of(submission.writer.url)) if submission.writer.url else ""
    code, weight = _beside_words(submission.body)
    for number, (name, link) in enumerate(list(foreign.items())[:MOST_QUOTED]):
        yield _evidence(weight * FADING**number, link, code)
        if name == site and not OWN_BLOG.search(fold(submission.body).text):
            yield _evidence(OWN_LINK_WEIGHT, link, "promotional.own_link")
    yield from _selling_links(dict(list(foreign.items())[:MOST_QUOTED]))


def _selling_links(foreign: Mapping[str, str]) -> Iterator[Evidence]:
    """Quote a link by which somebody is paid, and one whose name says what it sells."""
    for name, link in foreign.items():
        at = name.split(".", 1)[0]
        if at in MARKETS or PAID_LINK.search(link):
            yield _evidence(PAID_LINK_WEIGHT, link, "promotional.paid_link")
            break
        if at in SHORTENERS:
            yield _evidence(SHORT_LINK_WEIGHT, link, "promotional.short_link")
            break
    for name, link in foreign.items():
        if KEYWORDS_IN_LINK.search(name):
            yield _evidence(KEYWORD_LINK_WEIGHT, link, "promotional.keyword_link")
            break


def _beside_words(body: str) -> tuple[str, float]:
    """How a link weighs: beside a text, beside a few words, or all alone."""
    said = len(words(without_links(body)))
    if said <= HARDLY_A_WORD:
        return "promotional.only_link", ONLY_LINK_WEIGHT
    if said < FEW_WORDS:
        return "promotional.bare_link", BARE_LINK_WEIGHT
    return "promotional.link", LINK_WEIGHT


def _name(submission: Submission) -> Iterator[Evidence]:
    """People have names. What is for sale has none, nor have sites, which may be ours.

    Many a blogger signs with the address of their blog: that alone holds nothing.
    """
    name = submission.writer.name[:200]
    site = submission.writer.url
    if domains(name):
        weight = SELLING_ADDRESS_WEIGHT if _sells(name) else ADDRESS_AS_NAME_WEIGHT
        yield _evidence(weight, name, "promotional.address_as_name")
    elif KEYWORD_NAME.search(fold(name).text):
        yield _evidence(KEYWORD_NAME_WEIGHT, name, "promotional.keyword_name")
    elif site and KEYWORDS_IN_LINK.search(domain(host_of(site))):
        yield _evidence(KEYWORD_SITE_WEIGHT, site, "promotional.keyword_site")


def _sells(name: str) -> bool:
    looks = (KEYWORD_NAME, KEYWORDS_IN_LINK, phrases.MONEY)
    return "%" in name or any(look.search(fold(name).text) for look in looks)


def _its_own_praise(submission: Submission) -> Iterator[Evidence]:
    """An organisation that writes under its own name, and about itself."""
    name = submission.writer.name
    for tie in ties(submission):
        if tie.is_whole and not tie.is_link and is_signed(submission, tie.named):
            yield _evidence(OWN_PRAISE_WEIGHT, name, "promotional.own_praise")
            return


def _declared(submission: Submission) -> Iterator[Evidence]:
    """A tie is a name; offers, calls and prices beside a comment are advertising."""
    folded = fold(declared(submission.writer))
    for pattern, code in (
        (phrases.COMMERCE, "promotional.commerce"),
        (phrases.INVITATION, "promotional.invitation"),
        (phrases.SELF_PROMOTION, "promotional.self_promotion"),
        (phrases.PHONE, "promotional.contact"),
    ):
        for excerpt in list(folded.find(pattern))[:1]:
            yield _evidence(SOLD_AS_TIE_WEIGHT, excerpt, code)
