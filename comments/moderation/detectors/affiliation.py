"""Does the writer praise an organisation to which they are tied, without saying so?

Three things must come together: an organisation, a good word for it (praise or an
invitation), and a tie, be it technical (address, site), told (“our team”), or likely (a
stranger who speaks of nothing else). A tie that is declared silences this detector.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .. import offering, phrases
from ..organisations import SHORTEST_TIE, declared, kinds, names, organisations
from ..praise import praise
from ..text import Folded, fold, host_of, links, squeeze
from ..ties import Tie, house_address, is_signed, surname_in, ties
from ..verdicts import Evidence, Reason, Submission
from . import off_topic
from .off_topic import is_far

NAMED_WEIGHT = 1.2
PRAISE_WEIGHT = 0.9
CALLS = (
    (phrases.INVITATION, 1.2),
    (phrases.SUGGESTION, 1.0),
    (phrases.ERRAND, 0.8),
)
SENT_TO_WEIGHT = 0.8
FADING = 0.6
"""Each further sign of a kind says less than the one before."""
MOST_PRAISE = 3
TIE_WEIGHT = 3.2
TIE_CODE = {
    "mail": "affiliation.tie_mail",
    "site": "affiliation.tie_site",
    "name": "affiliation.tie_name",
}
WEAK_TIE_WEIGHT = 2.4
SECOND_TIE_WEIGHT = 0.8
OURS = ((offering.WE_OFFER, 2.2), (phrases.OURS, 1.6), (offering.WE_DO, 1.0))
"""Who says “we”: those who offer, those who have a team, and whoever does things."""
INSIDE = (*offering.INSIDE, phrases.COMMERCE)
INSIDE_WEIGHT = 0.8
PITCH_WEIGHT = 0.8
PITCH_BY_NOBODY_WEIGHT = 0.5
INSIDE_BY_NOBODY_WEIGHT = 0.4
HOUSE_WEIGHT = 1.2
NEAR_WEIGHT = -0.8
NEARBY = -0.8
LIVED_WEIGHT = -0.7
"""Customers tell what happened to them; so do some who only play one."""
CRITICISM_WEIGHT = -1.6
NOTHING_ELSE_WEIGHT = 2.3
DISCLOSED_WEIGHT = -5.5
SIGNED_WEIGHT = -2.0
SIGNED_FROM_OUTSIDE_WEIGHT = -0.6
"""Who signs as a house and says “we” hides little; who praises it like a customer
does, whatever the name."""
DENIED_WEIGHT = -1.0

SAID_BEFORE, SAID_AFTER = 300, 600
"""How far from its name, in characters, an organisation is still spoken of."""
NEAR = 80
MOST_PLACES = 20
SOME_SIGNS = 3
MANY_SIGNS = 4
PLENTY_OF_SIGNS = 5
HARDLY_NEAR = -0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What a text says of an organisation, each as typed; empty where it does not."""

    praise: tuple[str, ...]
    call: str
    call_weight: float
    pitch: str
    inside: tuple[str, ...]
    offer: str
    criticism: str

    @property
    def speak(self) -> bool:
        """Whether there is a good word, a call, or an offer."""
        return bool(self.praise or self.call or self.offer)


def detect(submission: Submission) -> Iterator[Evidence]:
    """Yield what speaks for and against a hidden tie; nothing where one is declared."""
    if declared(submission.writer):
        return
    found_ties = ties(submission)
    named = _named(submission, found_ties)
    if not named:
        return
    folded = fold(submission.body)
    said = _about(folded, named)
    signs = _signs(said, named)
    if not (signs.speak or _is_spoken_of(found_ties, said, signs)):
        return
    if not _is_plain(said) and found_ties and all(map(_is_own_page, found_ties)):
        return
    is_tied = bool(found_ties or signs.offer or house_address(submission.writer))
    yield _evidence(NAMED_WEIGHT, named, "affiliation.named")
    yield from _advertising(signs, named, is_tied)
    yield from _tied(submission, found_ties, named, said)
    if not is_tied:
        yield from _by_nobody(submission, said, named, signs)
    yield from _against(submission, folded, named)


def _signs(said: Folded, named: str) -> Signs:
    criticism = _first(said, offering.CRITICISM)
    call, call_weight = _call(said, named)
    if call.casefold() in criticism.casefold():
        call = ""
    return Signs(
        praise=tuple(dict.fromkeys(_good_words(said, named)))[:MOST_PRAISE],
        call=call,
        call_weight=call_weight,
        pitch=_pitch(said, named),
        inside=tuple(_inside(said)),
        offer=_first(said, offering.WE_OFFER),
        criticism=criticism,
    )


def _advertising(signs: Signs, named: str, is_tied: bool) -> Iterator[Evidence]:
    """Weigh praise, call and knowledge, of which friends have some as well."""
    yield from _fading(PRAISE_WEIGHT, signs.praise, "affiliation.praise", named)
    if signs.call:
        yield _evidence(
            signs.call_weight, signs.call, "affiliation.invitation", organisation=named
        )
    if signs.pitch:
        weight = PITCH_WEIGHT if is_tied else PITCH_BY_NOBODY_WEIGHT
        yield _evidence(weight, signs.pitch, "affiliation.pitch", organisation=named)
    weight = INSIDE_WEIGHT if is_tied else INSIDE_BY_NOBODY_WEIGHT
    yield from _fading(weight, signs.inside, "affiliation.inside", named)
    if signs.criticism:
        yield _evidence(
            CRITICISM_WEIGHT,
            signs.criticism,
            "affiliation.critical",
            organisation=named,
        )


def _fading(
    weight: float, excerpts: Sequence[str], code: str, named: str
) -> Iterator[Evidence]:
    for number, excerpt in enumerate(excerpts):
        yield _evidence(weight * FADING**number, excerpt, code, organisation=named)


def _by_nobody(
    submission: Submission, said: Folded, named: str, signs: Signs
) -> Iterator[Evidence]:
    """Weigh whether somebody with no visible tie advertises, or takes part."""
    lived = _first(said, offering.LIVED)
    is_called = bool(_first(said, phrases.INVITATION))
    if lived and not is_called:
        yield _evidence(LIVED_WEIGHT, lived, "affiliation.lived", organisation=named)
    elif _speaks_of_nothing_else(submission, said, bool(signs.praise)):
        yield _evidence(NOTHING_ELSE_WEIGHT, named, "affiliation.nothing_else")
        return
    on_topic = list(off_topic.detect(submission))
    nearest = min(on_topic, key=lambda item: item.weight, default=None)
    if nearest and math.fsum(item.weight for item in on_topic) < NEARBY:
        yield _evidence(
            NEAR_WEIGHT, nearest.excerpt, "affiliation.near", organisation=named
        )


def _is_spoken_of(found: Sequence[Tie], said: Folded, signs: Signs) -> bool:
    """Whether an organisation is named, as a stranger would, by somebody of theirs.

    Nobody sees the address of a writer, but everybody sees the site beside their name:
    to speak of that is to hide little, unless it sells.
    """
    named = [tie for tie in found if not tie.is_link]
    if any(tie.kind == "mail" and (tie.is_whole or signs.pitch) for tie in named):
        return True
    sells = bool(signs.pitch or signs.inside)
    sells = sells or bool(_first(said, phrases.COMMERCE, phrases.TRADE))
    return sells and any(tie.is_whole for tie in named)


def _is_own_page(tie: Tie) -> bool:
    """Linking a page of the site beside one's name, as people do with their blogs."""
    return tie.kind == "site" and tie.is_link


def _about(folded: Folded, named: str) -> Folded:
    """Return the part of a text that may speak of ``named``: from a bit before on.

    Advertising names its organisation and goes on about it; in a long comment, what was
    said long before or after is about something else.
    """
    at = folded.text.find(fold(named).text)
    if at < 0:
        return folded
    start, end = max(0, at - SAID_BEFORE), at + SAID_AFTER
    return Folded(folded.text[start:end], folded.source, folded.offsets[start:end])


def _evidence(weight: float, excerpt: str, code: str, **details: str) -> Evidence:
    return Evidence(
        reason=Reason.UNDISCLOSED_AFFILIATION,
        weight=weight,
        excerpt=excerpt,
        code=code,
        details=details,
    )


def _named(submission: Submission, found: Sequence[Tie]) -> str:
    if found:
        named = found[0].named
    else:
        named = next(iter(organisations(submission)), "") or _kind(submission)
    is_link = named in links(submission.body)
    return _by_name(submission.body, named) if is_link else named


def _kind(submission: Submission) -> str:
    """Return what is offered in the name of a “we”, where it has no name itself."""
    if not offering.WE_OFFER.search(fold(submission.body).text):
        return ""
    return next(iter(kinds(submission.body)), "")


def _by_name(body: str, address: str) -> str:
    """Return what a person calls whom ``address`` leads to, as typed in the comment.

    “Do you have a link with https://…?” is no way to ask: the name is said where the
    comment says it, else the host alone.
    """
    host = host_of(address)
    spelled = squeeze(host)
    for name in names(body):
        if len(name) >= SHORTEST_TIE and squeeze(name) in spelled:
            return name
    bare = host.removeprefix("www.")
    start = address.lower().find(bare)
    return address[start : start + len(bare)] if start >= 0 else address


def _good_words(folded: Folded, named: str) -> Iterator[str]:
    for excerpt in praise(folded, phrases.PRAISE, phrases.WARM):
        if excerpt not in named:
            yield excerpt


def _inside(said: Folded) -> list[str]:
    """Return what those inside know, one excerpt of each kind, nothing twice."""
    found: list[str] = []
    for pattern in INSIDE:
        excerpt = _first(said, pattern)
        if excerpt and not any(excerpt in one or one in excerpt for one in found):
            found.append(excerpt)
    return found


def _call(said: Folded, named: str) -> tuple[str, float]:
    """Return where readers are called upon, or told to go there: “stop at ‹named›”."""
    for pattern, weight in CALLS:
        if called := _first(said, pattern):
            return called, weight
    for start, end in _places(said, named):
        sent = offering.SENT_TO.search(said.text, max(0, start - NEAR), start)
        if sent:
            return said.original(sent.start(), end), SENT_TO_WEIGHT
    return "", 0.0


def _pitch(folded: Folded, named: str) -> str:
    """Return where the text says what ``named`` does for people, or they with it."""
    for start, end in _places(folded, named):
        after = phrases.PITCH_AFTER.match(folded.text, end)
        before = phrases.PITCH_BEFORE.search(folded.text, max(0, start - NEAR), start)
        if after:
            return folded.original(start, after.end())
        if before:
            return folded.original(before.start(), end)
    return ""


def _places(folded: Folded, named: str) -> Iterator[tuple[int, int]]:
    """Yield where in a folded text an organisation is named: (start, end)."""
    name = fold(named).text
    at = folded.text.find(name) if name else -1
    for _ in range(MOST_PLACES):
        if at < 0:
            return
        yield at, at + len(name)
        at = folded.text.find(name, at + len(name))


def _first(folded: Folded, *patterns: re.Pattern[str]) -> str:
    return next((found for p in patterns for found in folded.find(p)), "")


def _tied(
    submission: Submission, found: Sequence[Tie], named: str, said: Folded
) -> Iterator[Evidence]:
    for number, tie in enumerate(found):
        weight = TIE_WEIGHT if tie.is_whole else WEAK_TIE_WEIGHT
        if number:
            weight = SECOND_TIE_WEIGHT
        yield _evidence(
            weight, tie.shown, TIE_CODE[tie.kind], organisation=tie.named or named
        )
    surname = "" if found else surname_in(submission.writer, named)
    if surname:
        yield _evidence(
            WEAK_TIE_WEIGHT, surname, "affiliation.tie_name", organisation=named
        )
    house = house_address(submission.writer)
    if house:
        yield _evidence(HOUSE_WEIGHT, house, "affiliation.house", organisation=named)
    for pattern, weight in OURS:
        if ours := _first(said, pattern):
            yield _evidence(weight, ours, "affiliation.ours", organisation=named)
            return


def _is_plain(folded: Folded) -> bool:
    """Whether the praise or the invitation is one that needs no guessing."""
    plain = (phrases.PRAISE, phrases.INVITATION, phrases.SUGGESTION)
    return bool(_first(folded, *plain))


def _speaks_of_nothing_else(
    submission: Submission, said: Folded, praised: bool
) -> bool:
    """Whether a stranger praises, calls upon the readers, and says nothing of the post.

    Friends recommend as well, and with one good word: it takes a call, or several.
    """
    if submission.writer.is_known or not praised:
        return False
    kinds = (phrases.PRAISE, phrases.WARM, phrases.SUGGESTION, phrases.ERRAND)
    signs = {sign for pattern in kinds for sign in said.find(pattern)}
    called = bool(_first(said, phrases.INVITATION))
    if len(signs) + called >= PLENTY_OF_SIGNS:
        return _strays(submission) > HARDLY_NEAR
    is_sent = bool(_first(said, phrases.SUGGESTION, phrases.ERRAND))
    many = SOME_SIGNS if is_sent else MANY_SIGNS
    return (called or len(signs) >= many) and is_far(submission)


def _strays(submission: Submission) -> float:
    """How much speaks for the comment's being off its subject, in nats."""
    return math.fsum(item.weight for item in off_topic.detect(submission))


def _against(submission: Submission, folded: Folded, named: str) -> Iterator[Evidence]:
    disclosed = _disclosed(folded, named)
    if disclosed:
        yield _evidence(
            DISCLOSED_WEIGHT, disclosed, "affiliation.disclosed", organisation=named
        )
    elif is_signed(submission, named):
        openly = _first(folded, phrases.OURS, phrases.WE)
        weight = SIGNED_WEIGHT if openly else SIGNED_FROM_OUTSIDE_WEIGHT
        yield _evidence(weight, submission.writer.name, "affiliation.signed")
    if submission.writer.denies_tie:
        name = submission.writer.name or submission.writer.email
        yield _evidence(DENIED_WEIGHT, name, "affiliation.denied", organisation=named)


def _disclosed(folded: Folded, named: str) -> str:
    """Return where the writer tells a tie: “full disclosure”, or “I run ‹named›”."""
    told = _first(folded, phrases.DISCLOSURE)
    if told:
        return told
    for start, end in _places(folded, named):
        tied = phrases.TIED.search(folded.text, max(0, start - NEAR), start)
        if tied:
            return folded.original(tied.start(), end)
    return ""
